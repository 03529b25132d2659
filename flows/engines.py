"""Worker processes: each builds its own registry, and a document that kills one takes nothing else along."""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from time import perf_counter
from types import TracebackType
from typing import IO, Self

from flows.stopping import StoppedError, sheltered
from nianbao.errors import NianbaoError, ReadError
from nianbao.guard import guarded
from nianbao.manager import Registry, registry
from nianbao.model import Failure, Filing
from nianbao.records import Context
from nianbao.steps import Processed, make_context, process, unreadable

Setup = Callable[[], tuple[Registry, Context]]

# Documents that are handed to the pool ahead of the one whose result is waited for.
WINDOW = 64


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one filing, and how many seconds it took."""

    processed: Processed
    seconds: float


def installed() -> tuple[Registry, Context]:
    """Return the installed registry and the context of a run: what every worker needs."""
    found = registry()
    return found, make_context()


def lost(filing: Filing, reason: str, seconds: float = 0.0) -> Outcome:
    """Return the row of a filing that could not be brought to its end."""
    row = unreadable(filing.name, "", ReadError(reason))
    return Outcome(Processed(filing, "", None, (row,)), seconds)


def process_here(found: Registry, context: Context, filing: Filing) -> Outcome:
    """Process a filing in this process; an error of our own costs this filing alone."""
    began = perf_counter()
    result = guarded("nianbao", "process", process, found, filing, context)
    seconds = perf_counter() - began
    if isinstance(result, Failure):
        return lost(filing, f"处理时程序出错：{result.error}", seconds)
    return Outcome(result, seconds)


@dataclass(slots=True)
class _Bench:
    """What a worker process has built for itself."""

    limit: float = 0.0
    tools: tuple[Registry, Context] | None = None
    error: str = ""
    trace: IO[str] | None = None


_BENCH = _Bench()


def _prepare(setup: Setup, limit: float) -> None:
    # Ctrl-C reaches the whole process group; the parent alone decides what becomes of its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _BENCH.limit = limit
    _BENCH.trace = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  open as long as the worker lives
    tools = guarded("nianbao", "setup", setup)
    if isinstance(tools, Failure):
        _BENCH.error = tools.error
    else:
        _BENCH.tools = tools


def _tools() -> tuple[Registry, Context]:
    if _BENCH.tools is None:
        raise _not_ready(_BENCH.error)
    return _BENCH.tools


def _not_ready(error: object) -> NianbaoError:
    return NianbaoError(f"工作进程无法启动：{error}", hint="请先运行 nianbao plugins list --check")


def _ready() -> None:
    """Tell by its result that a worker has built its tools; they stay where they are."""
    _tools()


def _process_one(filing: Filing) -> Outcome:
    tools = _tools()
    # Its watchdog is a C thread: it ends the process even where a library never lets go of the interpreter.
    faulthandler.dump_traceback_later(_BENCH.limit, exit=True, file=_BENCH.trace or sys.stderr)
    try:
        return process_here(*tools, filing)
    finally:
        faulthandler.cancel_dump_traceback_later()


@dataclass(slots=True)
class Engine:
    """A pool of worker processes; use it as a context manager.

    Args:
        setup: builds a worker's registry and context; a module-level function or a partial of one.
        workers: how many processes.
        limit: seconds that one document may take before its worker is ended.
    """

    setup: Setup = installed
    workers: int = 2
    limit: float = 120.0
    _pool: ProcessPoolExecutor | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _stopped: bool = False

    def outcomes(self, filings: Iterable[Filing]) -> Iterator[Outcome]:
        """Process filings in the pool; yield their outcomes in the order given.

        Several threads may do so at once. Where a worker dies, the documents that were in the pool are
        done again one by one in a process of their own, so that the one to blame is known.

        Raises:
            StoppedError: the engine was stopped.
        """
        waiting: deque[tuple[Filing, Future[Outcome]]] = deque()
        source = iter(filings)
        with _Alone(self) as alone:
            while True:
                while len(waiting) < WINDOW and (filing := next(source, None)) is not None:
                    waiting.append((filing, self._submit(filing)))
                if not waiting:
                    return
                filing, future = waiting.popleft()
                yield self._outcome(filing, future) or alone.outcome(filing)

    def _outcome(self, filing: Filing, future: Future[Outcome]) -> Outcome | None:
        """Return the outcome, or None where a worker died under it.

        Raises:
            NianbaoError: the workers can't be used at all.
        """
        error = None if future.cancelled() else future.exception()
        self.check_running(filing)
        if isinstance(error, BrokenProcessPool):
            return None
        if isinstance(error, NianbaoError):
            raise error
        if error is not None:
            return lost(filing, f"处理结果无法取回：{type(error).__name__}: {error}")
        return future.result()

    def _submit(self, filing: Filing) -> Future[Outcome]:
        while True:
            self.check_running(filing)
            pool = self._current()
            try:
                with sheltered():
                    return pool.submit(_process_one, filing)
            except BrokenProcessPool:
                self._discard(pool)

    def _current(self) -> ProcessPoolExecutor:
        with self._lock:
            if self._pool is None:
                self._pool = self.new_pool(self.workers)
            return self._pool

    def _discard(self, broken: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._pool is broken:
                self._pool = None
        broken.shutdown(wait=False)

    def new_pool(self, workers: int) -> ProcessPoolExecutor:
        """Return a pool whose workers build their own tools."""
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(workers, context, initializer=_prepare, initargs=(self.setup, self.limit))

    def check_running(self, filing: Filing) -> None:
        """Raise StoppedError where the engine was stopped."""
        if self._stopped:
            raise StoppedError("已停止", where=filing.name)

    def stop(self) -> None:
        """End all workers at once; what is under way is lost."""
        self._stopped = True
        for child in multiprocessing.active_children():
            child.terminate()

    def __enter__(self) -> Self:
        """Return the engine; its workers start with the first document."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the workers go, at once where an error leaves the block."""
        if kind is not None:
            self.stop()
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=True, cancel_futures=True)


@dataclass(slots=True)
class _Alone:
    """One process in which suspects are tried one by one."""

    engine: Engine
    pool: ProcessPoolExecutor | None = None

    def outcome(self, filing: Filing) -> Outcome:
        pool = self._warm(filing)
        began = perf_counter()
        error = (future := pool.submit(_process_one, filing)).exception()
        seconds = perf_counter() - began
        self.engine.check_running(filing)
        if error is None:
            return future.result()
        self.close()
        if seconds >= self.engine.limit:
            return lost(filing, f"处理超过 {self.engine.limit:g} 秒，已放弃这份文件", seconds)
        return lost(filing, "处理这份文件时工作进程意外退出，文件可能已损坏", seconds)

    def _warm(self, filing: Filing) -> ProcessPoolExecutor:
        if self.pool is None:
            self.pool = self.engine.new_pool(1)
            error = self.pool.submit(_ready).exception()
            self.engine.check_running(filing)
            if error is not None:
                raise error if isinstance(error, NianbaoError) else _not_ready(error)
        return self.pool

    def close(self) -> None:
        pool, self.pool = self.pool, None
        if pool is not None:
            pool.shutdown(wait=True, cancel_futures=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def in_region(code: str) -> Setup:
    """Return a setup whose context has the region of this division code."""
    return partial(_in_region, code)


def _in_region(code: str) -> tuple[Registry, Context]:
    found, context = installed()
    profile = next(region for region in found.regions if region.code == code)
    return found, replace(context, region=profile)
