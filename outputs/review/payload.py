"""What the scripts of a report's page know of it, as compact data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from nianbao import Entry, Figure, Finding, IndicatorInfo, Observation, Point, Report
from nianbao.corrections import evidence_of
from nianbao.issuers import full_name
from outputs.review.text import beyond, oddities
from outputs.workbook import terms
from outputs.workbook.lines import name_of


def report_data(entry: Entry, points: Sequence[Point], names: Mapping[str, IndicatorInfo]) -> dict[str, Any]:
    """Return what the scripts know of a report; offsets count characters of its text, as everywhere.

    Args:
        entry: the report.
        points: what is to be looked at in it, in order.
        names: the indicators by id.
    """
    report = entry.report
    met = {each.indicator for each in report.observations} | {each.indicator for each in report.figures}
    met |= {each for finding in report.findings for each in finding.indicators}
    known = [names[each] for each in sorted(met) if each in names]
    return {
        "issuer": full_name(report),
        "name": name_of(report),
        "year": report.year,
        "silence": evidence_of(entry, ""),
        "indicators": [[each.id, each.name, each.unit, each.area] for each in known],
        "beyond": beyond(entry.text),
        "odd": oddities(entry.text),
        "told": [
            _observation(each, place) for each, place in zip(report.observations, entry.places, strict=True)
        ],
        "figures": [_figure(entry, each) for each in report.figures],
        "findings": [_finding(each) for each in report.findings],
        "numerals": [[each.start, each.end, each.quote] for each in report.numerals],
        "points": [_point(each) for each in points],
    }


def yearbook_data(
    key: str, year: int, title: str, indicators: Iterable[IndicatorInfo], reports: Iterable[Sequence[Any]]
) -> dict[str, Any]:
    """Return what all pages know of a year.

    Args:
        key: tells this yearbook from those of other runs and years.
        year, title: of the yearbook.
        indicators: those that were looked for.
        reports: of each, in the list's order: its page, its name, how many pressing points it has and how
            many of these are settled, and the same of the numerals that belong to no indicator.
    """
    listed = list(indicators)
    return {
        "id": key,
        "year": year,
        "title": title,
        "areas": {each.area: each.area_name for each in listed},
        "indicators": [[each.id, each.name, each.unit, each.area] for each in listed],
        "reports": [list(each) for each in reports],
    }


def _observation(told: Observation, place: str) -> list[Any]:
    return [
        told.indicator,
        _number(told.value),
        told.start,
        told.end,
        told.figure_start,
        told.figure_end,
        terms.ROLES[told.role],
        terms.QUALIFIERS[told.qualifier],
        int(told.confidence * 100),
        place,
    ]


def _figure(entry: Entry, figure: Figure) -> dict[str, Any]:
    corrected = figure.correction
    told = {
        "of": figure.indicator,
        "value": _number(figure.value),
        "status": figure.status.value,
        "called": terms.FIGURE_STATUSES[figure.status],
        "hedge": terms.QUALIFIERS[figure.qualifier],
        "sum": figure.derived,
        "from": list(figure.sources),
        "review": figure.review,
        "evidence": evidence_of(entry, figure.indicator),
        "old": _number(corrected.old if corrected else figure.value),
    }
    return {name: value for name, value in told.items() if value not in ("", None, False)}


def _finding(finding: Finding) -> dict[str, Any]:
    waiver = finding.waiver
    told = {
        "severity": finding.severity.value,
        "called": terms.SEVERITIES[finding.severity],
        "kind": terms.KINDS.get(finding.kind, finding.kind),
        "rule": finding.rule,
        "message": finding.message,
        "spans": [[each.start, each.end] for each in finding.quotes],
        "quote": finding.quotes[0].quote if finding.quotes else "",
        "suggestion": finding.suggestion,
        "basis": finding.basis,
        "of": list(finding.indicators),
        "waived": f"{waiver.person}，{waiver.day}，至{waiver.until}：{waiver.reason}" if waiver else "",
    }
    return {name: value for name, value in told.items() if value}


def _point(point: Point) -> dict[str, Any]:
    told = {
        "kind": point.kind.value,
        "key": point.key,
        "seen": point.seen,
        "why": point.why,
        "start": point.start,
        "end": point.end,
        "settled": point.settled,
        "of": point.indicator,
        "place": point.place,
    }
    return {name: value for name, value in told.items() if value not in ("", None)}


def _number(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def headings_of(report: Report) -> Mapping[int, tuple[int, int]]:
    """Return the length and level of each heading by where it starts."""
    return {each.start: (len(each.heading), each.level) for each in report.sections}
