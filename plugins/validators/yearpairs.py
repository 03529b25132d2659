"""The reports of one issuer for two years running, and the figures that both tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePosixPath

from nianbao import (
    Entry,
    Field,
    Figure,
    FigureStatus,
    IndicatorInfo,
    Observation,
    Quote,
    Report,
    Status,
    Subject,
    Yearbook,
)
from nianbao.catalogue import Catalogue
from nianbao.issuers import Issuers

_TOLD = (FigureStatus.STATED, FigureStatus.ZERO)
_READ = (Status.COMPLETE, Status.PARTIAL)


@dataclass(frozen=True, slots=True)
class Twice:
    """An indicator that two years' reports tell, each with a figure that nobody doubts.

    Args:
        info: the indicator.
        is_stock: whether it tells what there is, rather than what was done in the year.
        now, before: the settled figures.
        here, there: the statements that they rest on first.
    """

    info: IndicatorInfo
    is_stock: bool
    now: Figure
    before: Figure
    here: Observation
    there: Observation

    @property
    def values(self) -> tuple[Decimal, Decimal]:
        """This year's value and last year's."""
        return self.now.value or Decimal(0), self.before.value or Decimal(0)

    @property
    def written(self) -> tuple[str, str]:
        """Both values as a reader writes them, with the unit."""
        now, before = self.values
        return written(now, self.info.unit), written(before, self.info.unit)

    @property
    def quote(self) -> Quote:
        """The evidence in this year's report."""
        return Quote(self.here.start, self.here.end, self.here.quote)


@dataclass(frozen=True, slots=True)
class YearPair:
    """An issuer's reports of two years running.

    Args:
        now, before: the reports with their texts.
        figures: what both tell, in the catalogue's order.
    """

    now: Entry
    before: Entry
    figures: tuple[Twice, ...]

    @property
    def subject(self) -> Subject:
        """Whom findings are about."""
        report = self.now.report
        return Subject(report.value(Field.ISSUER) or report.file, report.file, report.part)

    @property
    def last_year(self) -> str:
        """Last year's report as a reader names it: 2022年度报告."""
        return f"{self.before.report.year}年度报告"

    @property
    def file(self) -> str:
        """The name of last year's file, without the folders that it came from."""
        return PurePosixPath(self.before.report.file.replace("\\", "/")).name

    def basis(self, *figures: Twice) -> str:
        """Return the evidence in last year's report."""
        quotes = "；".join(f"“{each.there.quote}”" for each in figures)
        return f"{self.last_year}（{self.file}）原句：{quotes}"


def written(value: Decimal, unit: str) -> str:
    """Return a value with its unit, amounts from ten thousand on in 万元."""
    if unit == "元" and value >= 10_000:
        return f"{(value / 10_000).normalize():f}万元"
    return f"{value.normalize():f}{unit}"


def pair_up(yearbook: Yearbook, catalogue: Catalogue) -> list[YearPair]:
    """Return each report of a yearbook with that of the year before, where one alone can be meant."""
    earlier = [entry for entry in yearbook.earlier if entry.report.status in _READ]
    issuers = Issuers(entry.report for entry in earlier)
    infos = {info.id: info for info in yearbook.indicators}
    pairs = []
    for entry in yearbook.counted:
        if entry.report.status in _READ:
            found = [earlier[place] for place in issuers.of(entry.report)]
            # Of two versions of one report the fuller is the likelier to be the published one.
            before = max(found, key=lambda each: len(each.report.figures), default=None)
            if before is not None:
                pairs.append(YearPair(entry, before, _figures(entry.report, before.report, infos, catalogue)))
    return pairs


def _figures(
    now: Report, before: Report, infos: Mapping[str, IndicatorInfo], catalogue: Catalogue
) -> tuple[Twice, ...]:
    earlier = {figure.indicator: figure for figure in before.figures if _is_sure(figure)}
    found = []
    for figure in now.figures:
        other, info = earlier.get(figure.indicator), infos.get(figure.indicator)
        if other is not None and info is not None and _is_sure(figure):
            here, there = now.observations[figure.sources[0]], before.observations[other.sources[0]]
            stock = catalogue.indicators[info.id].stock
            found.append(Twice(info, stock, figure, other, here, there))
    return tuple(found)


def _is_sure(figure: Figure) -> bool:
    # What a person entered stands in no sentence that could be quoted.
    is_read = figure.correction is None and not figure.review
    return figure.status in _TOLD and figure.value is not None and is_read
