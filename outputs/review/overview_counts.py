"""What the overview of a year counts: pure figures, no HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from nianbao import (
    AcceptanceState,
    CorrectionState,
    FigureStatus,
    Finding,
    IndicatorInfo,
    Report,
    Severity,
    Status,
    Yearbook,
)
from nianbao.divisions import divisions
from nianbao.roster.counties import Counties
from outputs.workbook import terms
from outputs.workbook.lines import READ, is_town
from outputs.workbook.pairs import Total, in_both_years
from outputs.workbook.roster import LATE_KIND, outcome_of, remarks_on, reports_by_file, statuses_by_file

_GRAVEST = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


@dataclass(slots=True)
class County:
    """How a county's issuers reported.

    Args:
        name: of the county.
        on_time, late, missing, unusable: how many reported in time, late, not at all, or in a file that can't
            be read or is none.
        names: those that have not reported.
        is_asked: whether a roster tells who should.
    """

    name: str
    on_time: int = 0
    late: int = 0
    missing: int = 0
    unusable: int = 0
    names: list[str] = field(default_factory=list)

    @property
    def asked(self) -> int:
        """How many should report."""
        return self.on_time + self.late + self.missing + self.unusable


def counties_of(yearbook: Yearbook) -> list[County]:
    """Return how each county's issuers reported, those with the most missing first."""
    counties: dict[str, County] = {}
    known = Counties((entry.report for entry in yearbook.entries), divisions())

    def county(name: str) -> County:
        return counties.setdefault(name, County(name))

    if yearbook.roster is None:
        for report in (entry.report for entry in yearbook.counted):
            found = county(known.of(report))
            if report.status not in READ:
                found.unusable += 1
            elif _is_late(report):
                found.late += 1
            else:
                found.on_time += 1
    else:
        statuses, reports = statuses_by_file(yearbook), reports_by_file(yearbook)
        for outcome in yearbook.roster:
            own = [report for file in outcome.files for report in reports.get(file, ())]
            found = county(known.of_entry(outcome.entry, own))
            match outcome_of(outcome, statuses):
                case terms.NOT_REPORTED:
                    found.missing += 1
                    found.names.append(outcome.entry.name)
                case terms.REPORTED if terms.LATE in remarks_on(outcome, reports):
                    found.late += 1
                case terms.REPORTED:
                    found.on_time += 1
                case _:
                    found.unusable += 1
    return sorted(counties.values(), key=lambda each: (-each.missing, -each.late, -each.asked, each.name))


def _is_late(report: Report) -> bool:
    return any(finding.kind == LATE_KIND and finding.waiver is None for finding in report.findings)


@dataclass(frozen=True, slots=True)
class Rule:
    """How often a rule found something, by severity."""

    kind: str
    rule: str
    counts: Counter[Severity]
    reports: int


def findings_of(yearbook: Yearbook) -> Iterator[tuple[str, Finding]]:
    """Yield all findings of a year, each with the report's name; an empty one for the year as a whole."""
    for entry in yearbook.entries:
        yield from ((f"{entry.report.file}\n{entry.report.part}", each) for each in entry.report.findings)
    yield from (("", each) for each in yearbook.findings)


def rules_of(yearbook: Yearbook) -> list[Rule]:
    """Return the rules that found something that nobody has waived, the gravest and most frequent first."""
    counts: dict[tuple[str, str], Counter[Severity]] = {}
    files: dict[tuple[str, str], set[str]] = {}
    for file, finding in findings_of(yearbook):
        if finding.waiver is None:
            key = (finding.kind, finding.rule)
            counts.setdefault(key, Counter())[finding.severity] += 1
            files.setdefault(key, set()).add(file)
    rules = [Rule(*key, counts[key], len(files[key] - {""})) for key in counts]
    return sorted(rules, key=lambda each: ([-each.counts[severity] for severity in _GRAVEST], each.rule))


@dataclass(slots=True)
class Doubt:
    """How many reports tell an indicator in several ways, or not surely, and nobody has settled it."""

    info: IndicatorInfo
    disputed: int = 0
    unsure: int = 0
    told: int = 0


def doubts_of(yearbook: Yearbook) -> list[Doubt]:
    """Return the indicators of which figures are doubtful, the most often disputed first."""
    doubts = {info.id: Doubt(info) for info in yearbook.indicators}
    for figure in (figure for entry in yearbook.counted for figure in entry.report.figures):
        doubt = doubts.get(figure.indicator)
        if doubt is None or figure.value is None:
            continue
        doubt.told += 1
        if figure.correction is None and figure.acceptance is None:
            doubt.disputed += figure.status is FigureStatus.DISPUTED
            doubt.unsure += figure.status is not FigureStatus.DISPUTED and bool(figure.review)
    found = [each for each in doubts.values() if each.disputed or each.unsure]
    return sorted(found, key=lambda each: (-each.disputed, -each.unsure))


def changes_of(yearbook: Yearbook) -> list[Total]:
    """Return the sums of what the towns told in both years, what most of them tell first; none of rates."""
    towns = [e.report for e in yearbook.counted if e.report.status in READ and is_town(e.report)]
    totals: dict[str, Total] = {}
    for _, info, before, now in in_both_years(yearbook, towns):
        if info.dimension != "rate":
            total = totals.setdefault(info.id, Total(info))
            total.before.figures.append(before)
            total.now.figures.append(now)
    return sorted(totals.values(), key=lambda total: -len(total.now.figures))


@dataclass(slots=True)
class Person:
    """What somebody settled: accepted, corrected and waived, and what of it does not hold any more."""

    name: str
    accepted: int = 0
    corrected: int = 0
    waived: int = 0
    stale: int = 0

    @property
    def settled(self) -> int:
        """How much of it holds."""
        return self.accepted + self.corrected + self.waived


def persons_of(yearbook: Yearbook) -> list[Person]:
    """Return who settled what, whoever settled most first."""
    persons: dict[str, Person] = {}

    def person(name: str) -> Person:
        return persons.setdefault(name, Person(name))

    for accepted in yearbook.acceptances:
        found = person(accepted.acceptance.person)
        found.accepted += accepted.state is AcceptanceState.HELD
        found.stale += accepted.state is AcceptanceState.STALE
    for corrected in yearbook.corrections:
        found = person(corrected.correction.person)
        found.corrected += corrected.state is CorrectionState.APPLIED
        found.stale += corrected.state is CorrectionState.STALE
    for finding in _waived(finding for _, finding in findings_of(yearbook)):
        person(finding.waiver.person if finding.waiver else "").waived += 1
    found_any = [each for each in persons.values() if each.settled or each.stale]
    return sorted(found_any, key=lambda each: (-each.settled, each.name))


def _waived(findings: Iterable[Finding]) -> Iterator[Finding]:
    return (finding for finding in findings if finding.waiver is not None)


def states_of(yearbook: Yearbook) -> Counter[Status]:
    """Return how many reports there are of each state."""
    return Counter(entry.report.status for entry in yearbook.entries)
