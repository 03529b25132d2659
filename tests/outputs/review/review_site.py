"""A review that was written, and a visit to it in a browser's window."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from chrome import PATIENCE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

WIDE, NARROW = 1280, 390
_HEIGHTS = {WIDE: 800, NARROW: 844}
_LOCAL = ("file:", "blob:")


@dataclass(frozen=True, slots=True)
class Site:
    """A year's review in its folder."""

    folder: Path

    @property
    def index(self) -> str:
        return (self.folder / "index.html").as_uri()

    def data(self) -> dict[str, Any]:
        told = (self.folder / "data" / "yearbook.js").read_text("utf-8")
        found: dict[str, Any] = json.loads(told.removeprefix("window.nianbaoYearbook = ").rstrip(";\n"))
        return found

    def page(self, issuer: str) -> Path:
        """Return the page of an issuer, by a part of its name."""
        (name,) = (page for page, called, *_ in self.data()["reports"] if issuer in called)
        return self.folder / "r" / name

    def address(self, issuer: str) -> str:
        return self.page(issuer).as_uri()


@dataclass
class Visit:
    """A window on the site, and what went wrong in it."""

    site: Site
    context: BrowserContext
    page: Page
    complaints: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    @classmethod
    def begin(cls, browser: Browser, site: Site, width: int) -> Self:
        context = browser.new_context(
            viewport={"width": width, "height": _HEIGHTS[width]},
            reduced_motion="reduce",
            has_touch=width == NARROW,
            locale="zh-CN",
        )
        visit = cls(site, context, context.new_page())
        visit.page.on("console", visit._on_console)
        visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
        context.on("request", visit._on_request)
        visit.page.set_default_timeout(PATIENCE)
        return visit

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def _on_request(self, request: Request) -> None:
        if not request.url.startswith(_LOCAL):
            self.asked.append(request.url)

    def end(self) -> None:
        self.context.close()
        assert self.complaints == []
        assert self.asked == []

    def open(self, issuer: str = "", anchor: str = "") -> Page:
        """Open the list, or the page of an issuer."""
        self.page.goto((self.site.address(issuer) if issuer else self.site.index) + anchor)
        return self.page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def sign(self, name: str = "王敏") -> None:
        """Answer who is at work."""
        self.page.locator("#person-name").fill(name)
        self.page.keyboard.press("Enter")
        self.page.locator("dialog").wait_for(state="detached")

    def told(self) -> str:
        return self.page.locator("#told").inner_text()

    def point(self) -> str:
        return self.page.locator("#point").inner_text()

    def kept(self) -> list[dict[str, Any]]:
        """Return the decisions that the browser keeps."""
        key = f"nianbao-review/{self.site.data()['id']}"
        found: list[dict[str, Any]] = json.loads(
            self.page.evaluate("key => localStorage.getItem(key) ?? '[]'", key)
        )
        return found

    def saved(self) -> tuple[str, dict[str, Any]]:
        """Save what was decided; return the file's name and what it holds."""
        with self.page.expect_download() as download:
            self.page.locator("#save").click()
        told = Path(download.value.path()).read_text("utf-8")
        return download.value.suggested_filename, json.loads(told)
