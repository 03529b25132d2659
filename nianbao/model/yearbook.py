"""A year's reports together, as publishers and yearbook validators see them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from nianbao.model.corrections import CorrectionOutcome
from nianbao.model.decisions import AcceptanceOutcome
from nianbao.model.document import Block
from nianbao.model.figures import Finding
from nianbao.model.overlaps import Overlap, Stock
from nianbao.model.report import DocumentKind, Report, SectionKind


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """An issuer that should report.

    Args:
        name: as the roster gives it.
        code: division code, where the roster gives one.
        row: the roster's row, counted from 1 with the header; 0 where the division table lists it.
    """

    name: str
    code: str | None
    row: int


@dataclass(frozen=True, slots=True)
class RosterOutcome:
    """What came of a roster's entry: the files of its reports; none means that it has not reported."""

    entry: RosterEntry
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndicatorInfo:
    """What a publisher needs to know of an indicator."""

    id: str
    name: str
    area: str
    area_name: str
    dimension: str
    unit: str
    definition: str


@dataclass(frozen=True, slots=True)
class RegionInfo:
    """A region whose profile read some of a yearbook's reports."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class RunRecord:
    """What is needed to repeat a run.

    Args:
        id: of the run.
        started: when, in Asia/Shanghai.
        version: of nianbao.
        catalogue: fingerprint of the catalogue.
        plugins: (name, version) of every plugin that took part.
        settings: (name, value) of what was set.
        reading, extraction: fingerprints of what reads and what extracts, kept with what was published.
    """

    id: str
    started: datetime
    version: str
    catalogue: str = ""
    plugins: tuple[tuple[str, str], ...] = ()
    settings: tuple[tuple[str, str], ...] = ()
    reading: str = ""
    extraction: str = ""


@dataclass(frozen=True, slots=True)
class Digests:
    """What an entry's text said before what is personal in it was hidden.

    Args:
        text: digest of the whole text, as snapshots have it.
        silence: digest of the evidence of figures that the report does not tell.
        evidence: (indicator, digest) of what its figures rest on.
        findings: the digest of each of its findings, in their order (`nianbao.review.digests`).
        numerals: the digest of each of its unclaimed numerals, in their order.
    """

    text: str
    silence: str
    evidence: tuple[tuple[str, str], ...]
    findings: tuple[str, ...] = ()
    numerals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A report in a yearbook.

    Args:
        report: the report.
        places: where each observation's evidence stands in the original, in the order of the observations.
        reader: who read the file.
        text: the text of the whole file, in which the report's offsets count; empty where it can't be read.
        original: the path or address of the file that was read, for links to it; empty where nobody knows.
        review: its review page's address from the folder of what is published; empty where there is none.
        digests: what the text was known by before what is personal in it was hidden; None where nothing was.
        spots: the paragraphs and cells that hold its evidence and whose box on a page is known, in order.
    """

    report: Report
    places: tuple[str, ...]
    reader: str
    text: str = field(default="", repr=False)
    original: str = ""
    review: str = ""
    digests: Digests | None = field(default=None, repr=False)
    spots: tuple[Block, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class TopicExample:
    """An item that tells a topic.

    Args:
        file, part: of the report, as `Report` has them.
        start, end: the item's span in the document's text.
        gist: its point in short.
    """

    file: str
    part: int
    start: int
    end: int
    gist: str


@dataclass(frozen=True, slots=True)
class Topic:
    """What several reports name among their problems, or among their plans.

    Args:
        id: of the topic, the same for problems and plans.
        name: in Chinese, as `kind` asks.
        kind: problems or plan.
        reports: how many reports name it.
        items: how many of their items are about it.
        examples: some of them, of different reports, the plainest first.
    """

    id: str
    name: str
    kind: SectionKind
    reports: int
    items: int
    examples: tuple[TopicExample, ...]


@dataclass(frozen=True, slots=True)
class SetAside:
    """A report that does not count, as another of the same issuer and year does.

    Args:
        file, part: of the report, as `Report` has them.
        chosen_file, chosen_part: of the one that counts.
        reason: why, one Chinese clause.
    """

    file: str
    part: int
    chosen_file: str
    chosen_part: int
    reason: str


@dataclass(frozen=True, slots=True)
class Yearbook:
    """All reports of one year.

    Args:
        year: the year reported on.
        title: what the published files are called, in Chinese.
        entries: the reports of that year, and the files that could not be read,
            ordered by division code and file.
        indicators: the indicators that were looked for, in the catalogue's order.
        findings: findings about the year as a whole.
        roster: the roster with its outcomes, or None where none was given.
        run: the record of the run.
        topics: what the problems and plans are about, problems first, the most widespread first.
        earlier: the reports of the year before by the same issuers, for comparison alone.
        notes: what its readers should know besides, such as waivers that do nothing; Chinese lines.
        overlaps: which reports of different issuers share how much, the most alike first.
        reused: which reports say again most of what their issuers said the year before.
        stocks: groups of reports that are made of the same sentences.
        set_aside: which of the entries don't count, as another report of the same issuer does.
        regions: the regions whose profiles read some of the entries, by code.
        corrections: the ledger's entries of this year and what became of each; those that went stale first.
        acceptances: what people looked at and let stand, and what became of each; what went stale first.
        kind: what its reports are; of every kind each year has a yearbook of its own.
        archive: the folder or address where the originals' bytes are kept by their digest (see
            `nianbao.archive`); empty where nobody knows.
    """

    year: int
    title: str
    entries: tuple[Entry, ...]
    indicators: tuple[IndicatorInfo, ...]
    findings: tuple[Finding, ...]
    roster: tuple[RosterOutcome, ...] | None
    run: RunRecord
    topics: tuple[Topic, ...] = ()
    notes: tuple[str, ...] = ()
    earlier: tuple[Entry, ...] = field(default=(), repr=False)
    overlaps: tuple[Overlap, ...] = ()
    reused: tuple[Overlap, ...] = ()
    stocks: tuple[Stock, ...] = ()
    corrections: tuple[CorrectionOutcome, ...] = ()
    acceptances: tuple[AcceptanceOutcome, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    regions: tuple[RegionInfo, ...] = ()
    kind: DocumentKind = DocumentKind.REPORT
    archive: str = ""

    @property
    def counted(self) -> tuple[Entry, ...]:
        """The entries of which each issuer has one only, and the files that could not be read."""
        aside = {(each.file, each.part) for each in self.set_aside}
        return tuple(e for e in self.entries if (e.report.file, e.report.part) not in aside)
