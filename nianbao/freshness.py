"""Which of a file's steps are stale: by its bytes, by what read, extracted and checked it, and by the day."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from nianbao.fingerprints import Fingerprints
from nianbao.guard import guarded
from nianbao.manager import Registry
from nianbao.model import Fact, Failure, Filing, Status
from nianbao.processed import Processed, Step


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file was last read.

    Args:
        sha256: of the bytes; empty where they could not be fetched.
        stamp: the source's, from before they were fetched; empty where it gave none.
        listed: what the listing said of the file.
        read_by, extracted_by, validated_by: the fingerprints of what did it, those of the last two with what
            the regions of its reports add (`told_by`); behind that of the extraction stand the plugins that
            were quarantined (`extracted_with`).
        until: the first day on which the rules may decide otherwise, or None.
        digest: of all that a yearbook takes from it.
        may_pass: whether it could not be read for a reason that may pass.
        outcome, cause: how it ended, and why it is not complete.
        media_type, headers: what the sender told with the bytes.
    """

    sha256: str
    stamp: str
    listed: str
    read_by: str
    extracted_by: str
    validated_by: str
    until: date | None = None
    digest: str = ""
    may_pass: bool = False
    outcome: str = ""
    cause: str = ""
    media_type: str | None = None
    headers: tuple[Fact, ...] = ()

    def is_extracted_by(self, prints: Fingerprints) -> bool:
        """Whether these did the extraction; with or without some that were quarantined since."""
        return _holds(self.extracted_by.partition(" ")[0], prints.extraction_of_all, prints)

    def is_validated_by(self, prints: Fingerprints) -> bool:
        """Whether these did the validation."""
        return _holds(self.validated_by, prints.validation_of_all, prints)

    @property
    def went_without(self) -> tuple[str, ...]:
        """The plugins that were quarantined when it was extracted."""
        return tuple(self.extracted_by.split(" ")[1:])

    @property
    def has_failed(self) -> bool:
        """Whether the file could not be read, or a plugin failed on it."""
        return self.outcome in (Status.UNREADABLE, Status.PARTIAL)


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be done of a listed file.

    Args:
        step: from which step on.
        is_same: whether its bytes are known to be those that were read.
        stamp, listed: of this listing.
        reading: how it was last read, or None where it is new.
    """

    step: Step
    is_same: bool
    stamp: str
    listed: str
    reading: Reading | None = None

    @property
    def is_fresh(self) -> bool:
        """Whether nothing at all is to be done, not even looking at its bytes."""
        return self.is_same and self.step is Step.NOTHING


def due_of(
    reading: Reading | None,
    stamp: str,
    listed: str,
    prints: Fingerprints,
    today: date,
    *,
    force: bool = False,
) -> Due:
    """Return what is to be done of a file.

    Args:
        reading: how it was last read, or None.
        stamp: what its source tells now.
        listed: what the listing tells now.
        prints: of what would read it now.
        today: the day of the run.
        force: whether all is to be done whatever was done before.
    """
    if reading is None:
        return Due(Step.READ, is_same=False, stamp=stamp, listed=listed)
    step = Step.READ if force else _stale(reading, listed, prints, today)
    return Due(step, bool(stamp) and stamp == reading.stamp, stamp, listed, reading)


def _stale(reading: Reading, listed: str, prints: Fingerprints, today: date) -> Step:
    if reading.may_pass or reading.listed != listed or reading.read_by != prints.reading:
        return Step.READ
    if reading.outcome == Status.UNREADABLE:
        return Step.NOTHING
    if not reading.is_extracted_by(prints) or (reading.until is not None and reading.until <= today):
        return Step.EXTRACT
    return Step.NOTHING if reading.is_validated_by(prints) else Step.VALIDATE


def extracted_with(told: str, quarantined: Iterable[str]) -> str:
    """Return what an extraction is known by.

    Args:
        told: the fingerprint of what does it.
        quarantined: the plugins that it goes without.
    """
    return " ".join((told, *sorted(quarantined)))


def told_by(of_all: str, prints: Fingerprints, regions: Iterable[str]) -> str:
    """Return a fingerprint together with what bears on the reports of some regions alone.

    Args:
        of_all: what bears on all reports.
        prints: which it is of.
        regions: the codes of the profiles that read a file's reports.
    """
    return "/".join((of_all, *(f"{code}:{prints.regions.get(code, '')}" for code in sorted(regions))))


def _holds(told: str, of_all: str, prints: Fingerprints) -> bool:
    """Whether what `told_by` gave would be told now, for the same regions."""
    codes = [each.partition(":")[0] for each in told.split("/")[1:]]
    return told == told_by(of_all, prints, codes)


def _regions_of(done: Processed, prints: Fingerprints) -> frozenset[str]:
    """Return the codes of the profiles that read a file's reports; of all where a plugin failed on one.

    What failed may have been what would have read it.
    """
    if any(report.failures for report in done.reports):
        return frozenset(prints.regions)
    return frozenset(report.region.code for report in done.reports if report.region is not None)


def reading_of(
    done: Processed,
    due: Due,
    prints: Fingerprints,
    outcome: str,
    cause: str,
    *,
    quarantined: Iterable[str] = (),
) -> Reading:
    """Return how a file is read once something was done of it.

    Args:
        done: what came of it.
        due: what was to be done.
        prints: of what did it.
        outcome, cause: how it ended.
        quarantined: the plugins that it was done without.
    """
    before = due.reading
    if done.step is Step.NOTHING and before is not None:
        return replace(before, stamp=due.stamp)
    told = done if done.step is Step.READ or before is None else None
    regions = _regions_of(done, prints)
    return Reading(
        sha256=done.sha256,
        stamp=due.stamp,
        listed=due.listed,
        read_by=prints.reading,
        extracted_by=extracted_with(told_by(prints.extraction_of_all, prints, regions), quarantined),
        validated_by=told_by(prints.validation_of_all, prints, regions),
        until=done.until,
        digest=done.digest,
        may_pass=done.may_pass,
        outcome=outcome,
        cause=cause,
        media_type=told.media_type if told else before.media_type if before else None,
        headers=told.facts if told else before.headers if before else (),
    )


def listed_as(filing: Filing) -> str:
    """Return what a listing tells of a file and what may stand in its document."""
    facts = [[fact.name, fact.value, fact.origin] for fact in filing.facts]
    return json.dumps([filing.name, facts], ensure_ascii=False)


def stamps_of(registry: Registry, filings: Iterable[Filing]) -> list[str]:
    """Return the stamp of each filing, by its source; empty where there is none."""
    sources = {source.name: source.stamp for source in registry.sources}
    stamps = []
    for filing in filings:
        stamp = sources.get(filing.source)
        told = guarded(filing.source, "stamp", stamp, filing) if stamp is not None else ""
        stamps.append("" if isinstance(told, Failure) else str(told))
    return stamps
