"""What a run has to do: each listed file's freshness, decided here, so that only stale work goes out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from nianbao.again import Job, Kept
from nianbao.fingerprints import Fingerprints
from nianbao.freshness import Due, Reading, due_of, listed_as, stamps_of
from nianbao.manager import Registry
from nianbao.model import Filing, Status
from nianbao.processed import Step
from nianbao.records import Context
from nianbao.store.freshness import Freshness

_FROM_KEPT = (Step.EXTRACT, Step.VALIDATE)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done of the files that a run listed.

    Args:
        due: of each file by its id, in the order of the listing.
        todo: those of which something is to be done.
        left: those that are new or stale, and left alone because only the failed ones were asked for.
    """

    due: Mapping[int, Due] = field(default_factory=dict)
    todo: tuple[int, ...] = ()
    left: tuple[int, ...] = ()

    @property
    def new_and_left(self) -> frozenset[int]:
        """The files that have never been read, and are not read now."""
        return frozenset(file_id for file_id in self.left if self.due[file_id].reading is None)

    @property
    def unchanged(self) -> dict[int, Reading]:
        """The files of which nothing is done, and how they were read; new ones have not been."""
        done = set(self.todo)
        return {
            file_id: due.reading
            for file_id, due in self.due.items()
            if due.reading is not None and file_id not in done
        }


def make_plan(
    freshness: Freshness,
    registry: Registry,
    context: Context,
    prints: Fingerprints,
    listed: Sequence[tuple[int, Filing]],
    *,
    force: bool = False,
    only_failed: bool = False,
) -> Plan:
    """Decide what is to be done.

    Args:
        freshness: of the store.
        registry: the sources that stamp.
        context: of the run.
        prints: of what would read now.
        listed: the files, each with its id.
        force: whether all is to be done.
        only_failed: whether nothing but what failed is to be done, and that whole.
    """
    readings = freshness.readings([file_id for file_id, _ in listed])
    stamps = stamps_of(registry, (filing for _, filing in listed))
    due = {
        file_id: due_of(readings.get(file_id), stamp, listed_as(filing), prints, context.today, force=force)
        for (file_id, filing), stamp in zip(listed, stamps, strict=True)
    }
    stale = tuple(file_id for file_id, each in due.items() if not each.is_fresh)
    if not only_failed:
        return Plan(due, stale)
    failed = {i: replace(each, step=Step.READ) for i, each in due.items() if has_failed(each)}
    left = tuple(file_id for file_id in stale if file_id not in failed)
    return Plan(due | failed, tuple(failed), left)


def has_failed(due: Due) -> bool:
    """Tell whether a file could not be read when it was last tried, or a plugin failed on it."""
    return due.reading is not None and due.reading.has_failed


def settled_again(
    readings: Mapping[int, Reading], prints: Fingerprints, quarantined: Iterable[str]
) -> dict[int, Due]:
    """Return what is due of the files that were extracted with other plugins than are to be heard now.

    Args:
        readings: how files were last read.
        prints: of what reads now; files that it has not extracted are left out, and those without a text.
        quarantined: the plugins that are not to be heard.
    """
    wanted = tuple(sorted(quarantined))
    return {
        file_id: Due(Step.EXTRACT, True, reading.stamp, reading.listed, reading)
        for file_id, reading in readings.items()
        if reading.outcome != Status.UNREADABLE
        and reading.is_extracted_by(prints)
        and reading.went_without != wanted
    }


def jobs_of(
    freshness: Freshness, plan: Plan, ids: Sequence[int], filings: Sequence[Filing], *, force: bool = False
) -> list[Job]:
    """Return the jobs of files, each with what the store keeps of it as far as it is needed."""
    kept = freshness.kept([file_id for file_id in ids if plan.due[file_id].step in _FROM_KEPT])
    contents = freshness.contents([file_id for file_id in ids if plan.due[file_id].step is Step.READ])
    jobs = []
    for file_id, filing in zip(ids, filings, strict=True):
        due = plan.due[file_id]
        document, reports = kept.get(file_id, (None, ()))
        step = Step.READ if due.step in _FROM_KEPT and document is None else due.step
        # What could not be fetched has no content to be the same as; an older one may stand in the archive.
        before = due.reading.sha256 if due.reading else ""
        sha256 = contents.get(file_id, "") if step is Step.READ else before
        jobs.append(Job(filing, Kept(sha256, step, due.is_same, document, reports, force)))
    return jobs
