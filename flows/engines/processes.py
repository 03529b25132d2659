"""A pool of processes: a document that kills one takes nothing else along, and slow ones hold up no other."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice

from flows.engines.alone import Alone
from flows.engines.base import Conditions, Engine, jobs_from
from flows.engines.shares import Pace
from flows.lanes import Lane
from flows.packing import Packed, pack
from flows.worker import Outcome, lost, packed
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
    outcome: Packed | None = None


@dataclass(slots=True)
class _Share:
    """What a worker does in one go."""

    under: list[_Under]
    future: Future[list[Packed]]


class Processes(Engine):
    """Worker processes, which start with the first document.

    Args:
        conditions: what they work under.
    """

    def __init__(self, conditions: Conditions) -> None:
        super().__init__(conditions)
        self._fast = conditions.lane()
        self._slow = conditions.lane(slow=True)
        self._pace = Pace()

    def outcomes(self, given: Iterable[Filing | Job]) -> Iterator[Outcome]:
        """Process filings, or do jobs, in the pool, as `Engine` tells it.

        What only a slow reader can read goes to workers of its own, and
        the others go on meanwhile. Where a worker dies, the documents that were in the pool are
        done again one by one in a process of their own, so that the one to blame is known.
        """
        return (each.unpack() for each in self.packed(given))

    def packed(self, given: Iterable[Filing | Job]) -> Iterator[Packed]:
        """Do the same as `outcomes`, for who hands on what comes of it."""
        all_under: deque[_Under] = deque()
        fast: deque[_Share] = deque()
        slow: deque[_Share] = deque()
        source = self._prepared(jobs_from(given))
        with ExitStack() as stack:
            alone = {lane.slow: stack.enter_context(Alone(self, lane)) for lane in (self._fast, self._slow)}
            while True:
                ahead = sum(len(share.under) for share in fast)
                while (size := self._pace.share) <= min(WINDOW - ahead, _BUFFER - len(all_under)):
                    if not (under := [_Under(job) for job in islice(source, size)]):
                        break
                    fast.append(self._submit(self._fast, under))
                    all_under += under
                    ahead += len(under)
                if not all_under:
                    return
                if (outcome := all_under[0].outcome) is not None:
                    all_under.popleft()
                    yield outcome
                elif fast:
                    share = fast.popleft()
                    self._settle(share, alone[False])
                    slow += self._deferred(share)
                else:
                    self._settle(slow.popleft(), alone[True])

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
        for some, to_prepare in self.together(jobs):
            self.check_running(some[0].filing)
            if to_prepare:
                self._fast.prepare(to_prepare)
            yield from some

    def _settle(self, share: _Share, alone: Alone) -> None:
        outcomes = self._outcomes(share.under[0].job.filing, share.future)
        if isinstance(outcomes, str):
            outcomes = [pack(lost(each.job.filing, outcomes)) for each in share.under]
        if outcomes is not None:
            self._pace.count(outcomes)
        for place, under in enumerate(share.under):
            under.outcome = (
                packed(under.job.filing, alone.outcome(under.job)) if outcomes is None else outcomes[place]
            )

    def _deferred(self, share: _Share) -> Iterator[_Share]:
        """Hand on to the slow readers what is for them."""
        for under in share.under:
            if under.outcome is not None and under.outcome.is_deferred:
                under.outcome = None
                yield self._submit(self._slow, [under])

    def _outcomes(self, first: Filing, future: Future[list[Packed]]) -> Sequence[Packed] | str | None:
        """Return the outcomes of a share, why they can't be had, or None where a worker died under it.

        Raises:
            NianbaoError: the workers can't be used at all.
        """
        error = None if future.cancelled() else future.exception()
        self.check_running(first)
        if isinstance(error, BrokenProcessPool):
            return None
        if isinstance(error, NianbaoError):
            raise error
        if error is not None:
            return f"处理结果无法取回：{type(error).__name__}: {error}"
        return future.result()

    def _submit(self, lane: Lane, under: list[_Under]) -> _Share:
        self.check_running(under[0].job.filing)
        return _Share(under, lane.submit([self.spared(each.job) for each in under]))

    def stop(self) -> None:
        """End all workers at once; what is under way is lost."""
        self._stopped = True
        for child in multiprocessing.active_children():
            child.terminate()

    def close(self) -> None:
        """Let the workers go."""
        self._fast.close()
        self._slow.close()
