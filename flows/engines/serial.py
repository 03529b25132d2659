"""One document at a time, in one process apart: for small machines, and where the order of events matters."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Iterator
from threading import Lock

from flows.engines.alone import Alone
from flows.engines.base import Conditions, Engine, jobs_from
from flows.worker import Outcome
from nianbao.again import Job
from nianbao.model import Filing


class Serial(Engine):
    """One process, and a second one that waits beside it once there was a document for slow readers.

    Args:
        conditions: what it works under; the numbers of workers do not count.
    """

    def __init__(self, conditions: Conditions) -> None:
        super().__init__(conditions)
        self._fast = Alone(self, conditions.lane())
        self._slow = Alone(self, conditions.lane(slow=True))
        self._turn = Lock()

    def outcomes(self, given: Iterable[Filing | Job]) -> Iterator[Outcome]:
        """Process filings, or do jobs, one after the other, whatever the threads; as `Engine` tells it."""
        for some, to_prepare in self.together(jobs_from(given)):
            with self._turn:
                self.check_running(some[0].filing)
                if to_prepare:
                    self._fast.prepare(to_prepare)
            for job in some:
                with self._turn:
                    outcome = self._outcome(job)
                yield outcome

    def warm(self) -> None:
        """Start the process; where it fails, that is told when the first document comes."""
        with self._turn:
            self._fast.begin()

    def _outcome(self, job: Job) -> Outcome:
        self.check_running(job.filing)
        outcome = self._fast.outcome(job)
        return self._slow.outcome(job) if outcome.processed.is_deferred else outcome

    def stop(self) -> None:
        """End the process at once."""
        self._stopped = True
        for child in multiprocessing.active_children():
            child.terminate()

    def close(self) -> None:
        """Let the process go."""
        self._fast.close()
        self._slow.close()
