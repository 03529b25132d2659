"""Worker processes: a document that kills one takes nothing else along, and slow ones hold up no other."""

from __future__ import annotations

import multiprocessing
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from itertools import islice
from time import perf_counter
from types import TracebackType
from typing import Self

from flows.bounded import BLAMED, CALL_TOO_LATE, DIED, Board, new_board, read_board, too_late
from flows.lanes import Lane
from flows.stopping import StoppedError
from flows.worker import (
    Outcome,
    Setup,
    installed,
    lost,
    not_ready,
    process_one,
    ready,
)
from nianbao.again import Job
from nianbao.errors import NianbaoError
from nianbao.model import Failure, Filing
from nianbao.processed import Step
from nianbao.quarantine import TOO_MANY, failures_of, line_of

# Documents that are handed to the pool ahead of the one whose result is waited for.
WINDOW = 64
# Outcomes that may wait for a slow one before them.
_BUFFER = 1_024
# Files that readers prepare together.
_TOGETHER = 32


@dataclass(slots=True)
class _Under:
    """A job under way."""

    job: Job
    future: Future[Outcome]
    outcome: Outcome | None = None


class Engine:
    """Worker processes; use it as a context manager.

    Args:
        setup: builds a worker's registry and context; a module-level function or a partial of one.
        workers: how many processes.
        limit: seconds that one document may take before its worker is ended.
        slow_workers: how many processes read what only slow readers can.
        slow_limit: seconds that such a document may take.
        archive: where the bytes that a store's jobs fetch are kept, if they are.
        dispensable: what may be quarantined, as `nianbao.quarantine` tells it: one that ends a process too
            often is not called any more.
    """

    def __init__(
        self,
        setup: Setup = installed,
        workers: int = 2,
        limit: float = 120.0,
        slow_workers: int = 2,
        slow_limit: float = 3_600.0,
        *,
        archive: str = "",
        dispensable: Mapping[tuple[str, str], str] | None = None,
    ) -> None:
        self._fast = Lane(setup, workers, limit, archive=archive)
        self._slow = Lane(setup, slow_workers, slow_limit, slow=True, archive=archive)
        self._stopped = False
        self._owners = dispensable or {}
        self._crashes: Counter[str] = Counter()
        self._quarantined: dict[str, str] = {}

    def outcomes(self, given: Iterable[Filing | Job]) -> Iterator[Outcome]:
        """Process filings, or do jobs, in the pool; yield their outcomes in the order given.

        Several threads may do so at once. What only a slow reader can read goes to workers of its own, and
        the others go on meanwhile. Where a worker dies, the documents that were in the pool are
        done again one by one in a process of their own, so that the one to blame is known.

        Raises:
            StoppedError: the engine was stopped.
            StoreError: the archive can't be written.
        """
        all_under: deque[_Under] = deque()
        fast: deque[_Under] = deque()
        source = self._prepared(each if isinstance(each, Job) else Job(each) for each in given)
        with ExitStack() as stack:
            alone = {lane.slow: stack.enter_context(_Alone(self, lane)) for lane in (self._fast, self._slow)}
            while True:
                for job in islice(source, min(WINDOW - len(fast), _BUFFER - len(all_under))):
                    under = _Under(job, self._submit(self._fast, job))
                    all_under.append(under)
                    fast.append(under)
                if not all_under:
                    return
                if (outcome := all_under[0].outcome) is not None:
                    all_under.popleft()
                    yield outcome
                    continue
                if not fast:
                    self._settle(all_under[0], alone[True])
                    continue
                under = fast.popleft()
                self._settle(under, alone[False])
                if under.outcome is not None and under.outcome.processed.is_deferred:
                    under.outcome, under.future = None, self._submit(self._slow, under.job)

    def _prepared(self, jobs: Iterable[Job]) -> Iterator[Job]:
        """Yield jobs once readers have prepared the filings that they are to read, some at a time."""
        source = iter(jobs)
        while together := list(islice(source, _TOGETHER)):
            self.check_running(together[0].filing)
            to_read = [job.filing for job in together if job.kept is None or job.kept.step is Step.READ]
            if to_read:
                self._fast.prepare(to_read)
            yield from together

    def _settle(self, under: _Under, alone: _Alone) -> None:
        under.outcome = self._outcome(under.job.filing, under.future) or alone.outcome(under.job)

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

    def _submit(self, lane: Lane, job: Job) -> Future[Outcome]:
        self.check_running(job.filing)
        return lane.submit(self.spared(job))

    def spared(self, job: Job) -> Job:
        """Return a job without the calls that have ended processes too often."""
        known = failures_of(self._owners, self._quarantined)
        return replace(job, barred=(*known, *job.barred)) if known else job

    def blame(self, failure: Failure) -> None:
        """Count a call that ended a process."""
        plugin = self._owners.get((failure.stage, failure.plugin))
        if plugin is not None:
            self._crashes[plugin] += 1
            if self._crashes[plugin] >= TOO_MANY:
                self._quarantined.setdefault(plugin, line_of(plugin, failure.error))

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
        self._fast.close()
        self._slow.close()


@dataclass(slots=True)
class _Alone:
    """One process of a lane's kind in which suspects are tried one by one."""

    engine: Engine
    lane: Lane
    pool: ProcessPoolExecutor | None = None
    board: Board = field(default_factory=new_board)

    def outcome(self, job: Job) -> Outcome:
        """Return what came of a job; where a plugin's call ends the process, once more without that one."""
        job = self.engine.spared(job)
        while True:
            pool = self._warm(job.filing)
            began = perf_counter()
            error = (future := pool.submit(process_one, job)).exception()
            seconds = perf_counter() - began
            self.engine.check_running(job.filing)
            if error is None:
                return future.result()
            if isinstance(error, NianbaoError):
                raise error
            self.close()
            is_late = seconds >= self.lane.limit
            at_work = read_board(self.board)
            if at_work is None or at_work in {(each.plugin, each.stage) for each in job.barred}:
                return lost(job.filing, too_late(self.lane.limit) if is_late else DIED, seconds)
            told = CALL_TOO_LATE.format(self.lane.limit) if is_late else BLAMED
            blamed = Failure(*at_work, told)
            self.engine.blame(blamed)
            job = replace(job, barred=(*job.barred, blamed))

    def _warm(self, filing: Filing) -> ProcessPoolExecutor:
        if self.pool is None:
            self.board.value = b""
            self.pool = self.lane.new_pool(1, self.board)
            error = self.pool.submit(ready).exception()
            self.engine.check_running(filing)
            if error is not None:
                raise error if isinstance(error, NianbaoError) else not_ready(error)
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
