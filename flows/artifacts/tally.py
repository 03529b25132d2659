"""What an operator is shown of a year, counted of the yearbook that was published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from nianbao.divisions import Divisions
from nianbao.model import Finding, Report, Severity, Status, Yearbook
from nianbao.quarantine import is_quarantine
from nianbao.review.counting import pressing_by_report
from nianbao.roster.counties import Counties
from nianbao.yearbook import may_be_of
from outputs.workbook.lines import name_of

# So many rows a table of Prefect's pages is to hold at most; the rest stands in the workbook.
MOST_ROWS = 1_000
PLUGIN = "plugin"
WHOLE_YEAR = "全年汇总"
_LONGEST = 200
_READ = (Status.COMPLETE, Status.PARTIAL)
_GRAVEST = tuple(reversed(Severity))

Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Arrived:
    """Which reports of a run are new, and of which the source has changed, by file and part."""

    new: frozenset[Key] = frozenset()
    changed: frozenset[Key] = frozenset()


@dataclass(frozen=True, slots=True)
class CountyTally:
    """A county's row.

    Args:
        county: its name.
        asked: how many should report; None where no roster tells.
        reported: how many of these have, in files that can be read; without a roster, the reports that count.
        new: reports whose file no earlier run has seen.
        changed: reports whose file is another one than the last run saw.
        failed: files that can't be read, and reports on which a plugin failed.
        open: what is to be looked at, as the review pages count it.
    """

    county: str
    asked: int | None = None
    reported: int = 0
    new: int = 0
    changed: int = 0
    failed: int = 0
    open: int = 0


@dataclass(frozen=True, slots=True)
class Cause:
    """What findings or failures have in common.

    Args:
        what: a finding's severity, or `plugin`.
        told: the findings' kind, or the plugin and its error.
        count: how many there are.
        example: one of them.
    """

    what: str
    told: str
    count: int
    example: str


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A finding that nobody has waived: whose, of which kind, how bad, what it says, where, what to do."""

    issuer: str
    kind: str
    severity: Severity
    message: str
    quote: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class MissingRow:
    """An issuer of the roster that has not reported; its code is empty where the roster gives none."""

    issuer: str
    county: str
    code: str


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """A report on which a plugin failed."""

    file: str
    plugin: str
    error: str


@dataclass(frozen=True, slots=True)
class Tally:
    """What an operator is shown of a year.

    Args:
        counties: the rows, by division code.
        unlisted: how many reports are none of the roster's.
        causes: all that findings and failures of plugins have in common, in no order.
        found: the gravest findings, errors first; no more than so many.
        missing: who has not reported, in the roster's order.
        broken: the reports on which plugins failed; no more than so many.
    """

    counties: tuple[CountyTally, ...] = ()
    unlisted: int = 0
    causes: tuple[Cause, ...] = ()
    found: tuple[FoundRow, ...] = ()
    missing: tuple[MissingRow, ...] = ()
    broken: tuple[BrokenRow, ...] = ()

    def at_rest(self) -> Tally:
        """Return it as it is told when nothing has arrived since."""
        return replace(self, counties=tuple(replace(each, new=0, changed=0) for each in self.counties))

    def in_short(self) -> Tally:
        """Return it without what may be a thousand rows."""
        return replace(self, found=(), missing=(), broken=())


@dataclass(slots=True)
class _Row:
    """A county's counts while they are added up."""

    asked: int = 0
    counts: Counter[str] = field(default_factory=Counter)

    def told(self, county: str, *, rostered: bool) -> CountyTally:
        return CountyTally(county, self.asked if rostered else None, **self.counts)


def tally_of(yearbook: Yearbook, arrived: Arrived, divisions: Divisions) -> Tally:
    """Count a year.

    Args:
        yearbook: as it was published, what is personal hidden where that is wanted.
        arrived: what is new in this run.
        divisions: tells the county of an issuer that has not reported.
    """
    counties = Counties((entry.report for entry in yearbook.entries), divisions)
    missing = tuple(
        MissingRow(each.entry.name, counties.of_entry(each.entry), each.entry.code or "")
        for each in yearbook.roster or ()
        if not each.files
    )
    found = sorted(_found(yearbook), key=lambda each: _GRAVEST.index(each[1].severity))
    return Tally(
        counties=_counties(yearbook, counties, arrived),
        unlisted=_unlisted(yearbook),
        causes=tuple(_causes(yearbook, found)),
        found=tuple(_row(*each) for each in found[:MOST_ROWS]),
        missing=missing,
        broken=tuple(_broken(yearbook))[:MOST_ROWS],
    )


def shortened(text: str, most: int = _LONGEST) -> str:
    """Return a text on one line, cut where it is longer than so many characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _counties(yearbook: Yearbook, counties: Counties, arrived: Arrived) -> tuple[CountyTally, ...]:
    rows: dict[str, _Row] = {}
    by_file: dict[str, list[Report]] = {}
    for entry in yearbook.entries:
        if entry.report.status in _READ:
            by_file.setdefault(entry.report.file, []).append(entry.report)
    of_file = {}
    for outcome in yearbook.roster or ():
        own = [report for file in outcome.files for report in by_file.get(file, ())]
        county = counties.of_entry(outcome.entry, own)
        of_file.update(dict.fromkeys(outcome.files, county))
        row = rows.setdefault(county, _Row())
        row.asked += 1
        row.counts["reported"] += bool(own)
    is_rostered = yearbook.roster is not None
    counted = {(entry.report.file, entry.report.part) for entry in yearbook.counted}
    pressing = pressing_by_report(yearbook)
    for entry in yearbook.entries:
        report = entry.report
        key = (report.file, report.part)
        if report.status is Status.UNREADABLE:
            if may_be_of(report.file, yearbook.year):
                county = of_file.get(report.file) or counties.of(report)
                rows.setdefault(county, _Row()).counts["failed"] += 1
            continue
        counts = rows.setdefault(counties.of(report), _Row()).counts
        counts["reported"] += not is_rostered and key in counted
        counts["new"] += key in arrived.new
        counts["changed"] += key in arrived.changed
        counts["failed"] += any(True for _ in _failures(report))
        counts["open"] += pressing.get(key, 0)
    return tuple(rows[name].told(name, rostered=is_rostered) for name in sorted(rows, key=counties.order))


def _failures(report: Report) -> Iterator[tuple[str, str]]:
    """Yield the plugins that failed on a report, each with its error, but for those in quarantine."""
    for failure in report.failures:
        if not is_quarantine(failure.error):
            yield failure.plugin, failure.error


def _unlisted(yearbook: Yearbook) -> int:
    if yearbook.roster is None:
        return 0
    listed = {file for outcome in yearbook.roster for file in outcome.files}
    readable = (entry.report for entry in yearbook.counted if entry.report.status in _READ)
    return sum(report.file not in listed for report in readable)


def _found(yearbook: Yearbook) -> Iterator[tuple[str, Finding]]:
    """Yield the findings that nobody has waived, each with the name of whom it is about."""
    for entry in yearbook.entries:
        named = name_of(entry.report) if entry.report.findings else ""
        yield from ((named, each) for each in entry.report.findings if each.waiver is None)
    for each in yearbook.findings:
        if each.waiver is None:
            yield (each.subject.name if each.subject else WHOLE_YEAR), each


def _row(issuer: str, finding: Finding) -> FoundRow:
    return FoundRow(
        shortened(issuer),
        finding.kind,
        finding.severity,
        shortened(finding.message),
        shortened(" ／ ".join(quote.quote for quote in finding.quotes)),
        shortened(finding.suggestion),
    )


def _causes(yearbook: Yearbook, found: Iterable[tuple[str, Finding]]) -> Iterator[Cause]:
    counts: Counter[tuple[str, str]] = Counter()
    examples: dict[tuple[str, str], str] = {}
    told = [((each.severity.value, each.kind), f"{name}：{each.message}") for name, each in found]
    for entry in yearbook.entries:
        failed = {each.plugin: each.error for each in reversed(entry.report.failures)}
        name = name_of(entry.report) if failed else ""
        told += [((PLUGIN, f"{plugin}：{shortened(error)}"), name) for plugin, error in failed.items()]
    for key, example in told:
        counts[key] += 1
        examples.setdefault(key, example)
    return (Cause(*key, count, shortened(examples[key])) for key, count in counts.items())


def _broken(yearbook: Yearbook) -> Iterator[BrokenRow]:
    for entry in yearbook.entries:
        for plugin, error in _failures(entry.report):
            yield BrokenRow(entry.report.file, plugin, shortened(error))
