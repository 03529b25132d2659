"""One process that reads files for a command: a file that kills it or never ends takes nothing else along."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from time import perf_counter
from types import TracebackType
from typing import Self

from flows.bounded import DIED, Watchdog, begin_bounded, too_late
from nianbao.errors import ReadError
from nianbao.intake import SlowReadError, prepare, try_fetch, try_read
from nianbao.limits import limits
from nianbao.manager import intake_registry
from nianbao.model import Document, Failure, Filing


@dataclass(frozen=True, slots=True)
class Read:
    """What came of reading a filing.

    Args:
        result: the document, or why there is none.
        failures: what failed on the way in sources and readers.
    """

    result: Document | ReadError
    failures: tuple[Failure, ...] = ()

    @property
    def is_deferred(self) -> bool:
        """Whether only a slow reader can read it, and was not asked."""
        return isinstance(self.result, SlowReadError)


class Bench:
    """Reads filings in a process of its own; use it as a context manager."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._seconds = limits().file_seconds, limits().scan_seconds

    def prepare(self, filings: Sequence[Filing]) -> None:
        """Let readers prepare filings together; what fails here is told when the file itself is read."""
        try:
            self._ready().submit(_prepare, filings, self._seconds[0] * len(filings)).result()
        except BrokenProcessPool:
            self._drop()

    def read(self, filing: Filing, *, slow: bool = False) -> Read:
        """Read a filing.

        Args:
            filing: what to read.
            slow: whether slow readers may read it, which takes its time.
        """
        limit = self._seconds[slow]
        began = perf_counter()
        try:
            return self._ready().submit(_read, filing, limit, slow=slow).result()
        except BrokenProcessPool:
            self._drop()
        if perf_counter() - began >= limit:
            return Read(ReadError(too_late(limit), where=filing.name))
        return Read(ReadError(DIED, where=filing.name))

    def _ready(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # A fork has all that is loaded here at once; elsewhere forking is not safe.
            context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
            self._pool = ProcessPoolExecutor(1, context, initializer=partial(begin_bounded, slow=True))
        return self._pool

    def _drop(self) -> None:
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=True, cancel_futures=True)

    def __enter__(self) -> Self:
        """Start the process: now, because no thread shows any progress yet that a fork would tear."""
        self._ready().submit(os.getpid).result()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process, at once where an error leaves the block."""
        if kind is not None:
            for child in multiprocessing.active_children():
                child.terminate()
        self._drop()


def _prepare(filings: Sequence[Filing], limit: float) -> None:
    with Watchdog(limit):
        prepare(intake_registry(), filings)


def _read(filing: Filing, limit: float, *, slow: bool) -> Read:
    with Watchdog(limit):
        found = intake_registry()
        download, failures = try_fetch(found, filing)
        if isinstance(download, ReadError):
            return Read(download, failures)
        result, on_the_way = try_read(found, download, slow=slow)
        return Read(result, failures + on_the_way)
