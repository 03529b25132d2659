"""Pools of worker processes of one kind, begun anew where a document has killed one."""

from __future__ import annotations

import multiprocessing
import threading
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import partial

from flows.bounded import Board
from flows.packing import Packed
from flows.stopping import sheltered
from flows.worker import Setup, abilities, build_bench, not_ready, prepare_all, process_some, ready
from nianbao.again import Job
from nianbao.model import Filing


@dataclass(slots=True)
class Lane:
    """A pool of worker processes of one kind.

    Args:
        setup: builds a worker's registry and context; a module-level function or a partial of one.
        workers: how many processes.
        limit: seconds that one document may take before its worker is ended.
        slow: whether slow readers may read here.
        archive: where the bytes that a store's jobs fetch are kept, if they are.
        environment: variables that each process takes over before it begins.
    """

    setup: Setup
    workers: int
    limit: float
    slow: bool = False
    archive: str = ""
    environment: tuple[tuple[str, str], ...] = ()
    _pool: ProcessPoolExecutor | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def submit(self, jobs: list[Job]) -> Future[list[Packed]]:
        """Hand jobs to the pool, for one worker to do one after the other."""
        while True:
            pool = self._current()
            try:
                with sheltered():
                    return pool.submit(process_some, jobs)
            except BrokenProcessPool:
                self._discard(pool)

    def warm(self) -> None:
        """Start a worker, so that the first job need not wait for it."""
        with sheltered():
            self._current().submit(ready)

    def abilities(self) -> str:
        """Return what a worker can do, as `flows.worker.abilities_of` tells it.

        Raises:
            NianbaoError: no worker can begin.
        """
        pool = self._current()
        try:
            with sheltered():
                future = pool.submit(abilities)
            return future.result()
        except BrokenProcessPool as error:
            self._discard(pool)
            raise not_ready(error) from error

    def prepare(self, filings: list[Filing]) -> None:
        """Let a worker prepare filings; one that dies of it has done what it could."""
        pool = self._current()
        try:
            with sheltered():
                future = pool.submit(prepare_all, filings)
            error = future.exception()
        except BrokenProcessPool as broken:
            error = broken
        if isinstance(error, BrokenProcessPool):
            self._discard(pool)

    def new_pool(self, workers: int, board: Board | None = None) -> ProcessPoolExecutor:
        """Return a pool whose workers build their own tools; a single one may write down who is at work."""
        context = multiprocessing.get_context("spawn")
        begin = partial(
            build_bench,
            self.setup,
            self.limit,
            slow=self.slow,
            archive=self.archive,
            board=board,
            environment=self.environment,
        )
        return ProcessPoolExecutor(workers, context, initializer=begin)

    def close(self) -> None:
        """Let the workers go."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=True, cancel_futures=True)

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
