"""What of a report's original stands beside its text: drawn or cleaned when its page is opened."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from nianbao.model import Yearbook
from outputs.review.listing import ListedReport
from outputs.review.sources import Beside, Sources, beside_html


@dataclass(slots=True)
class Originals:
    """Pictures and cleaned pages of originals in a folder of this program's own; a context manager.

    Args:
        folder: where they lie until the program ends.
    """

    folder: Path
    _sources: dict[tuple[int, str], Sources] = field(default_factory=dict)
    _files: dict[tuple[int, str], Path] = field(default_factory=dict)
    _stack: ExitStack = field(default_factory=ExitStack)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __enter__(self) -> Self:
        """Return it."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process that draws."""
        self._stack.close()

    def aside(self, yearbook: Yearbook, listed: ListedReport, root: str) -> str:
        """Return the HTML of what is shown beside a report; empty where there is nothing.

        Args:
            yearbook: the report's.
            listed: the report, with its points.
            root: the year's address from the page.
        """
        with self._lock:
            place = self.folder / str(yearbook.year)
            beside = self._of(yearbook, place).beside_of(listed.entry, listed.points)
            if beside is None:
                return ""
            for address in _addresses(beside):
                self._files[yearbook.year, address.rpartition("/")[2]] = place / address
        return beside_html(beside, root)

    def file(self, year: int, name: str) -> Path | None:
        """Return one of the files that a page of this program has shown; None where it is none."""
        return self._files.get((year, name))

    def _of(self, yearbook: Yearbook, place: Path) -> Sources:
        key = (yearbook.year, yearbook.archive)
        if key not in self._sources:
            place.mkdir(parents=True, exist_ok=True)
            self._sources[key] = self._stack.enter_context(Sources(place, archive=yearbook.archive))
        return self._sources[key]


def _addresses(beside: Beside) -> tuple[str, ...]:
    pictures = (each.address for each in beside.pictures)
    return (*pictures, beside.frame) if beside.frame else tuple(pictures)
