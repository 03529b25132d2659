"""What is done again of a filing that was read before, and only that: from the step on that is stale."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nianbao.checking import validate_report
from nianbao.errors import PassingReadError, StoreError
from nianbao.horizon import next_day
from nianbao.intake import try_fetch
from nianbao.kinds import to_read
from nianbao.manager import Registry
from nianbao.model import Document, Download, Failure, Filing, Report, Status
from nianbao.parting import find_parts, shifted
from nianbao.processed import Processed, Step, unreadable
from nianbao.records import Context
from nianbao.steps import analyse_parts, context_of, entry_of, process_download

if TYPE_CHECKING:
    from nianbao.archive import Archive

_BY_READERS = frozenset({"bid", "read"})
_BY_CHECKS = "validate"


@dataclass(frozen=True, slots=True)
class Kept:
    """What stands in the store of a filing.

    Args:
        sha256: of the bytes that were read; empty where it never was.
        step: from which step on it is to be done again, should the bytes still be the same.
        is_same: whether the bytes are known to be the same, so that they need not be fetched for that.
        document: as it was read; given where `step` is EXTRACT or VALIDATE.
        reports: as they were found; given with the document.
        anew: whether the archive is to be written over.
    """

    sha256: str = ""
    step: Step = Step.READ
    is_same: bool = False
    document: Document | None = None
    reports: tuple[Report, ...] = ()
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """A filing to do.

    Args:
        filing: the filing.
        kept: what is kept of it; None where it is done whole and nothing is kept.
        barred: how the calls of records end that are not to be called (`nianbao.barring`).
    """

    filing: Filing
    kept: Kept | None = None
    barred: tuple[Failure, ...] = ()


def redo(
    registry: Registry, job: Job, context: Context, *, slow: bool = True, archive: Archive | None = None
) -> Processed:
    """Do what is stale of a filing; never raises for bad input.

    The bytes that are fetched are archived. Those that can't be fetched any more are taken from the archive.

    Args:
        registry: the plugins' records.
        job: what to do.
        context: of the run.
        slow: as for `process`.
        archive: where the bytes are kept, if they are.

    Raises:
        StoreError: the archive can't be written.
    """
    kept = job.kept or Kept()
    note = ""
    if kept.step is Step.READ or not kept.is_same:
        download, note = _fetched(registry, job.filing, kept, archive)
        if isinstance(download, Processed):
            return sealed(download, context)
        if archive is not None and not note:
            archive.put(download.sha256, download.data, anew=kept.anew)
        if kept.step is Step.READ or download.sha256 != kept.sha256:
            done = process_download(registry, download, context, slow=slow)
            return done if done.is_deferred else sealed(replace(done, note=note), context)
    return sealed(replace(_from_kept(registry, job.filing, kept, context), note=note), context)


def sealed(done: Processed, context: Context) -> Processed:
    """Return what came of a filing with its digest, and the day until which it holds."""
    if done.step is Step.NOTHING:
        return done
    until = next_day(done.document, context.today) if done.document else None
    return replace(done, until=until, digest=_digest(done))


def _digest(done: Processed) -> str:
    """Return the digest of all that a yearbook takes from a filing."""
    document = done.document
    told = (document.reader, document.text) if document else ("", "")
    places = [entry_of(report, document).places for report in done.reports]
    return hashlib.sha256(repr((told, places, done.reports)).encode(errors="replace")).hexdigest()[:32]


def _fetched(
    registry: Registry, filing: Filing, kept: Kept, archive: Archive | None
) -> tuple[Download | Processed, str]:
    """Return a filing's bytes, or what came of it without them; and what the user should know."""
    fetched, failures = try_fetch(registry, filing)
    if isinstance(fetched, Download):
        return fetched, ""
    stored = _from_archive(filing, kept, archive)
    if stored is not None:
        return stored, f"{fetched.message}，用的是上次归档的内容"
    row = unreadable(filing.name, "", fetched, failures)
    return Processed(filing, "", None, (row,), may_pass=isinstance(fetched, PassingReadError)), ""


def _from_archive(filing: Filing, kept: Kept, archive: Archive | None) -> Download | None:
    if archive is None or not kept.sha256:
        return None
    try:
        return Download(filing, archive.get(kept.sha256), kept.sha256, facts=filing.facts)
    except StoreError:
        return None


def _from_kept(registry: Registry, filing: Filing, kept: Kept, context: Context) -> Processed:
    document = kept.document
    if kept.step is Step.NOTHING or document is None:
        return Processed(filing, kept.sha256, None, (), step=Step.NOTHING)
    if kept.step is Step.EXTRACT:
        by_readers = [each for each in kept.reports[0].failures if each.stage in _BY_READERS]
        reports = analyse_parts(registry, document, context, by_readers)
    else:
        reports = validated_again(registry, document, kept.reports, context)
    return Processed(filing, kept.sha256, document, reports, step=kept.step)


def validated_again(
    registry: Registry, document: Document, reports: Sequence[Report], context: Context
) -> tuple[Report, ...]:
    """Check settled reports of a document anew; nothing of what was found before stays.

    Args:
        registry: the validators.
        document: what was read.
        reports: those of all its parts.
        context: of the run.
    """
    parts = dict(enumerate(find_parts(document), 1))
    done = []
    for report in reports:
        if report.status in (Status.COMPLETE, Status.PARTIAL):
            part = parts[report.part]
            own_context = context_of(registry, part.document, context)
            own = validate_report(
                registry,
                shifted(_unchecked(report), -part.start),
                part.document,
                to_read(registry, report, part.document, own_context),
            )
            done.append(shifted(own, part.start))
        else:
            done.append(report)
    return tuple(done)


def _unchecked(report: Report) -> Report:
    failures = tuple(failure for failure in report.failures if failure.stage != _BY_CHECKS)
    status = Status.PARTIAL if failures else Status.COMPLETE
    return replace(report, findings=(), failures=failures, status=status)
