"""What all engines share: their conditions, their stop, and the blame for processes that ended."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from types import TracebackType
from typing import Self

from flows.lanes import Lane
from flows.stopping import StoppedError
from flows.worker import Outcome, Setup, installed
from nianbao.again import Job
from nianbao.model import Failure, Filing
from nianbao.processed import Step
from nianbao.quarantine import TOO_MANY, failures_of, line_of

# Files that readers prepare together.
_TOGETHER = 32


@dataclass(frozen=True, slots=True)
class Conditions:
    """What an engine works under; equal ones give equal results, whatever the engine.

    Args:
        setup: builds a worker's registry and context; a module-level function or a partial of one.
        workers: how many processes.
        limit: seconds that one document may take before its worker is ended.
        slow_workers: how many processes read what only slow readers can.
        slow_limit: seconds that such a document may take.
        archive: where the bytes that a store's jobs fetch are kept, if they are.
        dispensable: what may be quarantined, as `nianbao.quarantine` tells it: one that ends a process too
            often is not called any more.
        environment: variables that each worker takes over before it begins; none where it inherits them.
        prepared: how names end of what readers prepare some at a time (`nianbao.intake.prepared_endings`);
            None where any may.
    """

    setup: Setup = installed
    workers: int = 2
    limit: float = 120.0
    slow_workers: int = 2
    slow_limit: float = 3_600.0
    archive: str = ""
    dispensable: Mapping[tuple[str, str], str] = field(default_factory=dict)
    environment: tuple[tuple[str, str], ...] = ()
    prepared: tuple[str, ...] | None = None

    def lane(self, *, slow: bool = False) -> Lane:
        """Return the processes for what slow readers read, or for the rest."""
        workers, limit = (self.slow_workers, self.slow_limit) if slow else (self.workers, self.limit)
        return Lane(self.setup, workers, limit, slow, self.archive, self.environment)


class Engine(ABC):
    """Where documents are processed; use it as a context manager.

    Args:
        conditions: what it works under.
    """

    def __init__(self, conditions: Conditions) -> None:
        self.conditions = conditions
        self._stopped = False
        self._crashes: Counter[str] = Counter()
        self._quarantined: dict[str, str] = {}

    @abstractmethod
    def outcomes(self, given: Iterable[Filing | Job]) -> Iterator[Outcome]:
        """Process filings, or do jobs, in processes apart; yield their outcomes in the order given.

        Several threads may do so at once. A document that kills its process or never ends costs itself alone.

        Raises:
            StoppedError: the engine was stopped.
            StoreError: the archive can't be written.
            NianbaoError: the workers can't be used at all.
        """

    @abstractmethod
    def warm(self) -> None:
        """Start what takes its time, so that the first document need not wait for it."""

    @abstractmethod
    def stop(self) -> None:
        """End all workers at once; what is under way is lost."""

    @abstractmethod
    def close(self) -> None:
        """Let the workers go."""

    def __enter__(self) -> Self:
        """Return the engine."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the workers go, at once where an error leaves the block."""
        if kind is not None:
            self.stop()
        self.close()

    def spared(self, job: Job) -> Job:
        """Return a job without the calls that have ended processes too often."""
        known = failures_of(self.conditions.dispensable, self._quarantined)
        return replace(job, barred=(*known, *job.barred)) if known else job

    def together(self, jobs: Iterable[Job]) -> Iterator[tuple[list[Job], list[Filing]]]:
        """Yield jobs some at a time, each time with the filings of them that readers are to prepare."""
        source, endings = iter(jobs), self.conditions.prepared
        while some := list(islice(source, _TOGETHER)):
            wanted = [job.filing for job in some if job.kept is None or job.kept.step is Step.READ]
            if endings is not None:
                wanted = [each for each in wanted if _ends(each, endings)]
            yield some, wanted

    def blame(self, failure: Failure) -> None:
        """Count a call that ended a process."""
        plugin = self.conditions.dispensable.get((failure.stage, failure.plugin))
        if plugin is not None:
            self._crashes[plugin] += 1
            if self._crashes[plugin] >= TOO_MANY:
                self._quarantined.setdefault(plugin, line_of(plugin, failure.error))

    def check_running(self, filing: Filing) -> None:
        """Raise StoppedError where the engine was stopped."""
        if self._stopped:
            raise StoppedError("已停止", where=filing.name)


def jobs_from(given: Iterable[Filing | Job]) -> Iterator[Job]:
    """Yield what is given as jobs."""
    return (each if isinstance(each, Job) else Job(each) for each in given)


def _ends(filing: Filing, endings: tuple[str, ...]) -> bool:
    return any(each.lower().endswith(endings) for each in (filing.uri, filing.name))
