"""One process in which documents are done one by one, so that the one that ends it is known."""

from __future__ import annotations

from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from time import perf_counter
from types import TracebackType
from typing import Self

from flows.bounded import BLAMED, CALL_TOO_LATE, DIED, Board, new_board, read_board, too_late
from flows.engines.base import Engine
from flows.lanes import Lane
from flows.stopping import sheltered
from flows.worker import Outcome, lost, not_ready, prepare_all, process_one, ready
from nianbao.again import Job
from nianbao.errors import NianbaoError
from nianbao.model import Failure, Filing


@dataclass(slots=True)
class Alone:
    """One process of a lane's kind; it starts with the first document.

    Args:
        engine: whose documents these are.
        lane: the kind.
    """

    engine: Engine
    lane: Lane
    pool: ProcessPoolExecutor | None = None
    is_ready: bool = False
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

    def prepare(self, filings: list[Filing]) -> None:
        """Let the process prepare filings; one that dies of it has done what it could."""
        if isinstance(self._warm(filings[0]).submit(prepare_all, filings).exception(), BrokenProcessPool):
            self.close()

    def begin(self) -> Future[None]:
        """Start the process; return what tells how that went."""
        if self.pool is None:
            self.board.value = b""
            self.pool = self.lane.new_pool(1, self.board)
        with sheltered():
            return self.pool.submit(ready)

    def _warm(self, filing: Filing) -> ProcessPoolExecutor:
        if self.pool is None or not self.is_ready:
            error = self.begin().exception()
            self.engine.check_running(filing)
            if error is not None:
                raise error if isinstance(error, NianbaoError) else not_ready(error)
            self.is_ready = True
        assert self.pool is not None
        return self.pool

    def close(self) -> None:
        """Let the process go."""
        pool, self.pool, self.is_ready = self.pool, None, False
        if pool is not None:
            pool.shutdown(wait=True, cancel_futures=True)

    def __enter__(self) -> Self:
        """Return it."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the process go."""
        self.close()
