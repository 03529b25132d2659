"""One process that reads files for a command: a file that kills it or never ends takes nothing else along."""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import signal
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from types import TracebackType
from typing import Self

from nianbao.errors import ReadError
from nianbao.intake import SlowReadError, prepare, try_fetch, try_read
from nianbao.limits import is_anything_set
from nianbao.manager import intake_registry
from nianbao.model import Document, Failure, Filing

FILE_SECONDS = 120.0
SCAN_SECONDS = 3_600.0


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
        self._seconds = _time_limits()

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
            return Read(ReadError(f"处理超过 {limit:g} 秒，已放弃这份文件", where=filing.name))
        return Read(ReadError("处理这份文件时工作进程意外退出，文件可能已损坏", where=filing.name))

    def _ready(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # A fork has all that is loaded here at once; elsewhere forking is not safe.
            context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
            self._pool = ProcessPoolExecutor(1, context, initializer=_begin)
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


def _time_limits() -> tuple[float, float]:
    """Return the seconds that a file may take, and one that a slow reader reads."""
    if not is_anything_set():
        return FILE_SECONDS, SCAN_SECONDS
    from nianbao.settings import load_settings

    settings = load_settings()
    return settings.file_seconds, settings.scan_seconds


def _begin() -> None:
    # Ctrl-C reaches the whole process group; the parent alone decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _prepare(filings: Sequence[Filing], limit: float) -> None:
    with _Watchdog(limit):
        prepare(intake_registry(), filings)


def _read(filing: Filing, limit: float, *, slow: bool) -> Read:
    with _Watchdog(limit):
        found = intake_registry()
        download, failures = try_fetch(found, filing)
        if isinstance(download, ReadError):
            return Read(download, failures)
        result, on_the_way = try_read(found, download, slow=slow)
        return Read(result, failures + on_the_way)


class _Watchdog:
    """Ends the process at a limit, even where a library never lets go of the interpreter."""

    def __init__(self, limit: float) -> None:
        self._limit = limit
        self._trace = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  the watchdog writes to it

    def __enter__(self) -> None:
        faulthandler.dump_traceback_later(self._limit, exit=True, file=self._trace)

    def __exit__(self, *_: object) -> None:
        faulthandler.cancel_dump_traceback_later()
        self._trace.close()
