"""One line on a terminal while sites are collected: how many are done, pages, failures."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.status import Status

_EVERY = 0.5


class Progress:
    """Shows how a crawl goes, by its state alone; nowhere but on a terminal.

    Args:
        path: of the state.
        keys: what it knows the sites by.
        year: of the reports; None for all.
    """

    def __init__(self, path: Path, keys: Sequence[str], year: int | None) -> None:
        self._path, self._keys, self._year = path, keys, year or 0
        self._began = datetime.now(UTC).isoformat(timespec="seconds")
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None
        self._status: Status | None = None

    def __enter__(self) -> Self:
        """Begin to show."""
        from rich.console import Console

        console = Console(stderr=True)
        if console.is_terminal:
            self._status = console.status(f"正在采集 {len(self._keys)} 个网站……")
            self._status.start()
            self._thread = threading.Thread(target=self._watch, daemon=True)
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the line away."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()
        if self._status is not None:
            self._status.stop()

    def _watch(self) -> None:
        from connectors.sources.website.state import State

        assert self._status is not None
        with closing(State(self._path)) as state:
            while not self._ended.wait(_EVERY):
                done, counts = state.history.tally(self._keys, self._year, self._began)
                self._status.update(
                    f"正在采集：网站 {done}/{len(self._keys)}，已取 {counts.get('done', 0)} 页，"
                    f"没有取到 {counts.get('failed', 0)}，待取 {counts.get('todo', 0)}"
                )
