"""A pool of processes: a document that kills one takes nothing else along, and slow ones hold up no other."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice

from flows.engines.alone import Alone
from flows.engines.base import Conditions, Engine, jobs_from, together
from flows.lanes import Lane
from flows.worker import Outcome, lost
from nianbao.again import Job
from nianbao.errors import NianbaoError
from nianbao.model import Filing

# Documents that are handed to the pool ahead of the one whose result is waited for.
WINDOW = 64
# Outcomes that may wait for a slow one before them.
_BUFFER = 1_024


@dataclass(slots=True)
class _Under:
    """A job under way."""

    job: Job
    future: Future[Outcome]
    outcome: Outcome | None = None


class Processes(Engine):
    """Worker processes, which start with the first document.

    Args:
        conditions: what they work under.
    """

    def __init__(self, conditions: Conditions) -> None:
        super().__init__(conditions)
        self._fast = conditions.lane()
        self._slow = conditions.lane(slow=True)

    def outcomes(self, given: Iterable[Filing | Job]) -> Iterator[Outcome]:
        """Process filings, or do jobs, in the pool, as `Engine` tells it.

        What only a slow reader can read goes to workers of its own, and
        the others go on meanwhile. Where a worker dies, the documents that were in the pool are
        done again one by one in a process of their own, so that the one to blame is known.
        """
        all_under: deque[_Under] = deque()
        fast: deque[_Under] = deque()
        source = self._prepared(jobs_from(given))
        with ExitStack() as stack:
            alone = {lane.slow: stack.enter_context(Alone(self, lane)) for lane in (self._fast, self._slow)}
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

    def warm(self) -> None:
        """Start a worker; where it fails, that is told when the first document comes."""
        self._fast.warm()

    def abilities(self) -> str:
        """Return what the workers can do, as `flows.worker.abilities_of` tells it.

        Raises:
            NianbaoError: none can begin.
        """
        return self._fast.abilities()

    def _prepared(self, jobs: Iterable[Job]) -> Iterator[Job]:
        """Yield jobs once readers have prepared the filings that they are to read, some at a time."""
        for some, to_prepare in together(jobs):
            self.check_running(some[0].filing)
            if to_prepare:
                self._fast.prepare(to_prepare)
            yield from some

    def _settle(self, under: _Under, alone: Alone) -> None:
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

    def stop(self) -> None:
        """End all workers at once; what is under way is lost."""
        self._stopped = True
        for child in multiprocessing.active_children():
            child.terminate()

    def close(self) -> None:
        """Let the workers go."""
        self._fast.close()
        self._slow.close()
