"""What the notice says of a year: who reported, which parts are missing, what contradicts, key figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from nianbao import Finding, IndicatorInfo, Report, Severity, Status, Yearbook
from outputs.workbook import terms
from outputs.workbook.lines import is_town, name_of
from outputs.workbook.parts import part_state
from outputs.workbook.roster import outcome_of, remarks_on
from outputs.workbook.tally import SUMMED, Tally

# A notice is read, not searched: the workbook lists all.
LISTED: Final = 30
CONTRADICTIONS: Final = 12
PER_AREA: Final = 2
READ: Final = (Status.COMPLETE, Status.PARTIAL)
_AT_FAULT: Final = (terms.PART_MISSING, terms.PART_BELOW, terms.PART_UNDIVIDED)
LATE: Final = "late"


@dataclass(frozen=True, slots=True)
class Received:
    """How the reports came in.

    Args:
        expected: how many should report; None where no roster tells.
        reported: how many of these have; without a roster, how many reports count.
        late: how many were published late.
        rows: (unit, what is to be said of it), those that have not reported first.
    """

    expected: int | None
    reported: int
    late: int
    rows: tuple[tuple[str, str], ...]

    def of(self, situation: str) -> int:
        """Return how many units are in a situation."""
        return sum(told == situation for _, told in self.rows)


@dataclass(frozen=True, slots=True)
class Key:
    """A key figure: what the units of one kind tell together, and how many of them tell it."""

    area: str
    name: str
    unit: str
    sum: str
    telling: int
    units: int


@dataclass(frozen=True, slots=True)
class Content:
    """All that the notice says.

    Args:
        year: the year reported on.
        received: how the reports came in.
        checked: how many reports count and were read.
        parts: (part, how many reports lack it or do not tell it apart).
        lacking: (unit, the parts that it lacks).
        kinds: (kind of finding, errors, warnings), the most frequent first.
        contradictions: (unit, what contradicts what), of the errors.
        errors, warnings, units_with_errors: how many there are.
        keys: the key figures.
        whose: whose figures these are, in Chinese.
    """

    year: int
    received: Received
    checked: int
    parts: tuple[tuple[str, int], ...]
    lacking: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, int, int], ...]
    contradictions: tuple[tuple[str, str], ...]
    errors: int
    warnings: int
    units_with_errors: int
    keys: tuple[Key, ...]
    whose: str


def content_of(yearbook: Yearbook) -> Content:
    """Return what the notice says of a yearbook."""
    counted = [entry.report for entry in yearbook.counted if entry.report.status in READ]
    found = [(report, finding) for report in counted for finding in _counting(report)]
    severe = [(report, finding) for report, finding in found if finding.severity is not Severity.NOTE]
    towns = [report for report in counted if is_town(report)]
    return Content(
        year=yearbook.year,
        received=_received(yearbook, counted),
        checked=len(counted),
        parts=tuple(_parts(counted)),
        lacking=tuple((name_of(report), lacks) for report in counted if (lacks := _lacks(report))),
        kinds=tuple(_kinds([finding for _, finding in severe])),
        contradictions=tuple(
            (name_of(report), finding.message)
            for report, finding in found
            if finding.severity is Severity.ERROR and finding.kind != "missing-part"
        ),
        errors=sum(finding.severity is Severity.ERROR for _, finding in found),
        warnings=sum(finding.severity is Severity.WARNING for _, finding in found),
        units_with_errors=len({id(r) for r, finding in found if finding.severity is Severity.ERROR}),
        keys=tuple(_keys(towns or counted, yearbook.indicators)),
        whose="各乡镇（街道）" if towns else "各单位",
    )


def _counting(report: Report) -> Iterator[Finding]:
    return (finding for finding in report.findings if finding.waiver is None)


def _received(yearbook: Yearbook, counted: Sequence[Report]) -> Received:
    if yearbook.roster is None:
        rows = [(name_of(report), terms.LATE) for report in counted if _is_late(report)]
        unread = [e.report for e in yearbook.entries if e.report.status is Status.UNREADABLE]
        rows += [(name_of(report), terms.STATUSES[Status.UNREADABLE]) for report in unread]
        return Received(None, len(counted), sum(told == terms.LATE for _, told in rows), tuple(rows))
    statuses: dict[str, set[Status]] = {}
    reports: dict[str, list[Report]] = {}
    for report in (entry.report for entry in yearbook.entries):
        statuses.setdefault(report.file, set()).add(report.status)
        if report.status in READ:
            reports.setdefault(report.file, []).append(report)
    told = [(o.entry.name, outcome_of(o, statuses), remarks_on(o, reports)) for o in yearbook.roster]
    late = [(name, terms.LATE) for name, _, remarks in told if terms.LATE in remarks]
    missing = [(name, state) for name, state, _ in told if state != terms.REPORTED]
    missing.sort(key=lambda row: row[1] != terms.NOT_REPORTED)
    reported = sum(state == terms.REPORTED for _, state, _ in told)
    return Received(len(told), reported, len(late), (*missing, *late))


def _is_late(report: Report) -> bool:
    return any(finding.kind == LATE for finding in _counting(report))


def _parts(reports: Sequence[Report]) -> Iterator[tuple[str, int]]:
    for kind, name in terms.PARTS.items():
        yield name.replace("\n", ""), sum(part_state(report, kind) in _AT_FAULT for report in reports)


def _lacks(report: Report) -> str:
    states = ((name.replace("\n", ""), part_state(report, kind)) for kind, name in terms.PARTS.items())
    at_fault = [(name, state) for name, state in states if state in _AT_FAULT]
    if len(at_fault) == len(terms.PARTS) and all(state == terms.PART_UNDIVIDED for _, state in at_fault):
        return "没有分列各部分"
    return "、".join(
        f"{name}（{'缺' if state == terms.PART_MISSING else '未单列'}）" for name, state in at_fault
    )


def _kinds(findings: Sequence[Finding]) -> Iterator[tuple[str, int, int]]:
    errors = Counter(finding.kind for finding in findings if finding.severity is Severity.ERROR)
    warnings = Counter(finding.kind for finding in findings if finding.severity is Severity.WARNING)
    order = sorted({*errors, *warnings}, key=lambda kind: (-errors[kind], -warnings[kind], kind))
    yield from ((terms.KINDS.get(kind, kind), errors[kind], warnings[kind]) for kind in order)


def _keys(reports: Sequence[Report], infos: Sequence[IndicatorInfo]) -> Iterator[Key]:
    """Yield of each area the figures that most units tell, in the catalogue's order."""
    tallies = {info.id: Tally() for info in infos if info.dimension in SUMMED}
    for figure in (figure for report in reports for figure in report.figures):
        if figure.indicator in tallies and figure.value is not None:
            tallies[figure.indicator].figures.append(figure)
    for area in dict.fromkeys(info.area for info in infos):
        told = [
            info for info in infos if info.area == area and info.id in tallies and tallies[info.id].figures
        ]
        best = sorted(told, key=lambda info: -len(tallies[info.id].figures))[:PER_AREA]
        for info in (each for each in told if each in best):
            tally = tallies[info.id]
            numbers = (info.unit, tally.text, len(tally.figures), len(reports))
            yield Key(info.area_name, info.name, *numbers)
