"""Has originals drawn and cleaned by a process of its own, which is ended where a file takes too long."""

from __future__ import annotations

import multiprocessing
from collections.abc import Mapping, Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any, Final, Self

from outputs.review.sources.apart import FAILED, Cleaned, Cleaning, Drawing, Drawn, serve
from outputs.review.sources.drawing import Asked
from outputs.review.sources.locating import Wanted

SECONDS: Final = 20.0
# Starting takes most of the first one's time.
_START_SECONDS: Final = 20.0
# After so many that hung, no more files of this year are shown.
_MOST_HUNG: Final = 3
TOO_LONG: Final = "处理原件用时太久，请直接打开原件"


class Drawer:
    """Draws and cleans; the process is started for the first file, and ended with the `with` block.

    Args:
        seconds: how long one file may take.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._hung = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def draw(self, data: bytes, asked: Sequence[Asked], most: int, have: frozenset[int]) -> Drawn | str:
        """Return the pages on which what is asked stands, as `drawing.draw`; or why not, in Chinese."""
        told: Drawn | str = self._ask((data, tuple(asked), most, have))
        return told

    def clean(self, data: bytes, asked: Mapping[int, Sequence[Wanted]], text: str) -> Cleaned | str:
        """Return a web page and what is marked in it, as `webpage.framed`; or why not, in Chinese."""
        told: Cleaned | str = self._ask((data, asked, text))
        return told

    def _ask(self, job: Drawing | Cleaning) -> Any:
        if self._hung >= _MOST_HUNG:
            return TOO_LONG
        seconds = self.seconds
        if self._connection is None:
            self._connection, seconds = self._start(), seconds + _START_SECONDS
        try:
            self._connection.send(job)
            if self._connection.poll(seconds):
                return self._connection.recv()
        except (EOFError, OSError):
            self.close()
            return FAILED
        self._hung += 1
        self.close()
        return TOO_LONG

    def close(self) -> None:
        """End the process, if there is one."""
        if self._connection is not None:
            self._connection.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
        self._connection = self._process = None

    def _start(self) -> Connection:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs,), daemon=True)
        process.start()
        theirs.close()
        self._process = process
        return ours
