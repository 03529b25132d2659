"""Chromium, driven by Playwright, as tests use it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Milliseconds that something may take to be seen: a busy machine is slow, and what is right comes at once.
PATIENCE = 60_000


@contextmanager
def started(program: Path) -> Iterator[Browser]:
    """Start a browser; while it runs, no other test of this process may have an event loop of its own."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(program), args=["--no-sandbox"], timeout=PATIENCE
        )
        yield browser
        browser.close()
