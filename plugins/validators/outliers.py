"""Figures that lie far from those of the other towns of a county, or the other counties of a city.

Figures of one kind spread over orders of magnitude, so that they are compared by their logarithms; the middle
and the spread are the median and the median deviation, which the outlier itself can't move (Iglewicz and
Hoaglin, How to Detect and Handle Outliers, 1993). Their limit of 3.5 would flag one sound figure in a hundred
among eight towns; ours flags one in four hundred, and what another figure comes near to is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import log
from statistics import median
from typing import Final

from nianbao import (
    Entry,
    Field,
    Figure,
    FigureStatus,
    Finding,
    IndicatorInfo,
    IssuerLevel,
    Quote,
    Report,
    Severity,
    Status,
    Subject,
    Yearbook,
)
from nianbao.copying.naming import issuer_name
from nianbao.issuers import groups_of_issuers

KIND: Final = "outlier"
_BASIS: Final = "同一县（市）同级单位的同一指标一般不会相差十倍以上；仅提示核对，不表示有误。"
# How many neighbours it takes to tell what is usual.
_ENOUGH: Final = 8
# A normal distribution's deviation is so many of its median deviations.
_NORMAL: Final = 1.4826
# How far: in deviations (the least one is one half more), in times the median, in times the next figure.
_DEVIATIONS: Final = 5.0
_LEAST_DEVIATION: Final = log(1.5)
_TIMES: Final = log(10)
_FROM_NEXT: Final = log(3)
# Below these a figure is small whatever the others tell; a rate is bounded and has no orders of magnitude.
_LEAST: Final = {"count": 20, "people": 20, "amount": 1000}
_LEVELS: Final = {
    IssuerLevel.TOWN: (6, (Field.COUNTY, Field.CITY), "乡镇（街道）"),
    IssuerLevel.COUNTY: (4, (Field.CITY, Field.PROVINCE), "县（市、区）"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A figure of one of several neighbours."""

    report: Report
    figure: Figure
    value: Decimal


def check(yearbook: Yearbook) -> Iterator[Finding]:
    """Yield the figures that lie far from those of the neighbours; their order tells nothing."""
    for level, place, reports in neighbours(yearbook.counted):
        for indicator in yearbook.indicators:
            told = _told(reports, indicator)
            for each, middle in outliers(told, indicator.dimension):
                yield _finding(each, middle, indicator, len(told), f"{place}{_LEVELS[level][2]}")


def neighbours(entries: Sequence[Entry]) -> Iterator[tuple[IssuerLevel, str, tuple[Report, ...]]]:
    """Yield the reports of one level in one place, of each issuer one; groups that are large enough."""
    groups: dict[tuple[IssuerLevel, str], dict[int, Report]] = {}
    names: dict[str, str] = {}
    found = sorted((entry.report for entry in entries), key=lambda report: (report.file, report.part))
    for report, issuer in zip(found, groups_of_issuers(found), strict=True):
        level = _level(report)
        if level is None:
            continue
        digits, fields, _ = _LEVELS[level]
        code = (report.value(Field.DIVISION_CODE) or "")[:digits]
        name = next((value for field in fields if (value := report.value(field))), "")
        place = code if len(code) == digits else name
        if place:
            names[place] = names.get(place) or name
            groups.setdefault((level, place), {}).setdefault(issuer, report)
    for (level, place), reports in groups.items():
        if len(reports) >= _ENOUGH:
            yield level, names[place], tuple(reports.values())


def _level(report: Report) -> IssuerLevel | None:
    value = report.value(Field.ISSUER_LEVEL)
    if value is None or report.status not in (Status.COMPLETE, Status.PARTIAL):
        return None
    level = IssuerLevel(value)
    return level if level in _LEVELS else None


def _told(reports: Sequence[Report], indicator: IndicatorInfo) -> list[Told]:
    found = ((report, report.figure(indicator.id)) for report in reports)
    return [
        Told(report, figure, figure.value)
        for report, figure in found
        if figure and figure.status is FigureStatus.STATED and figure.value and figure.value > 0
    ]


def outliers(told: Sequence[Told], dimension: str) -> Iterator[tuple[Told, Decimal]]:
    """Yield the largest and the smallest figure where they lie far from all others, with the median."""
    least = _LEAST.get(dimension)
    if least is None or len(told) < _ENOUGH:
        return
    ordered = sorted(told, key=lambda each: each.value)
    logs = [log(each.value) for each in ordered]
    middle = median(logs)
    spread = max(_NORMAL * median(abs(value - middle) for value in logs), _LEAST_DEVIATION)
    usual = Decimal(median(each.value for each in ordered))
    for this, following in ((-1, -2), (0, 1)):
        away = abs(logs[this] - middle)
        is_far = away > _DEVIATIONS * spread and away > _TIMES
        if (
            is_far
            and ordered[this].figure.correction is None
            and abs(logs[this] - logs[following]) > _FROM_NEXT
            and min(ordered[this].value, usual) >= least
        ):
            yield ordered[this], usual


def _finding(told: Told, middle: Decimal, indicator: IndicatorInfo, number: int, peers: str) -> Finding:
    unit = indicator.unit
    is_high = told.value > middle
    times = told.value / middle if is_high else middle / told.value
    how_far = f"的 {times:.0f} 倍" if is_high else f"的 1/{times:.0f}"
    message = (
        f"“{indicator.name}”为 {shown(told.value)} {unit}，{'约为' if is_high else '只有'}"
        f"{peers}{number} 家中位数（{shown(middle)} {unit}）{how_far}。"
    )
    sources = [told.report.observations[index] for index in told.figure.sources]
    quotes = tuple(Quote(each.start, each.end, each.quote) for each in sources)
    subject = Subject(issuer_name(told.report), told.report.file, told.report.part)
    suggestion = "请核对数字的计量单位和统计范围。"
    return Finding(
        KIND, "peers.outlier", Severity.NOTE, message, quotes, suggestion, (indicator.id,), _BASIS, subject
    )


def shown(value: Decimal) -> str:
    """Return a figure with its thousands parted, no idle zeros."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
