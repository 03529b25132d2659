"""This year's figures beside those of the year before, of the same issuers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from nianbao import Figure, IndicatorInfo, Report, Yearbook
from nianbao.issuers import Issuers
from nianbao.versions import set_aside
from outputs.workbook import terms
from outputs.workbook.lines import Block, Line
from outputs.workbook.plan import Plan
from outputs.workbook.tally import Tally, mark_of

HUNDRED: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class Pair:
    """An indicator as an issuer told it in both years; both figures have a value."""

    line: Line
    info: IndicatorInfo
    before: Figure
    now: Figure

    @property
    def share(self) -> Decimal | None:
        """The change in per cent of last year's; None where that was nothing, and of rates."""
        return share_of(self.info, self.before.value, self.now.value)

    @property
    def told(self) -> str:
        """Which of the two is no plain figure, in Chinese."""
        said = ((year, _said(figure)) for year, figure in (("上年", self.before), ("本年", self.now)))
        return "；".join(f"{year}：{what}" for year, what in said if what)


@dataclass(slots=True)
class Total:
    """What the towns that told an indicator in both years told together."""

    info: IndicatorInfo
    before: Tally = field(default_factory=Tally)
    now: Tally = field(default_factory=Tally)

    @property
    def share(self) -> Decimal | None:
        """The change in per cent of last year's sum; None where that was nothing."""
        return share_of(self.info, self.before.value, self.now.value)


def share_of(info: IndicatorInfo, before: Decimal | None, now: Decimal | None) -> Decimal | None:
    """Return a change in per cent of last year's value; None where there is none to tell."""
    if info.dimension == "rate" or not before or now is None:
        return None
    return HUNDRED * (now - before) / before


def pairs_of(yearbook: Yearbook, plan: Plan) -> list[Pair]:
    """Return what was told in both years, report by report; reports that don't count are left out."""
    lines = list(_lines(plan))
    told = in_both_years(yearbook, [line.report for line in lines])
    return [Pair(lines[place], info, old, new) for place, info, old, new in told]


def in_both_years(
    yearbook: Yearbook, reports: Sequence[Report]
) -> Iterator[tuple[int, IndicatorInfo, Figure, Figure]]:
    """Yield what reports and those of the year before of their issuers both tell, report by report.

    Args:
        yearbook: with the earlier reports.
        reports: of the year, each issuer's one that counts.

    Yields:
        Which of the reports it is, the indicator, its figure of the year before and of this year.
    """
    earlier = _counted(yearbook)
    issuers = Issuers(earlier)
    for place, report in enumerate(reports):
        found = issuers.of(report)
        if not found:
            continue
        before = {figure.indicator: figure for figure in earlier[found[0]].figures}
        now = {figure.indicator: figure for figure in report.figures}
        for info in yearbook.indicators:
            old, new = before.get(info.id), now.get(info.id)
            if old and new and old.value is not None and new.value is not None:
                yield place, info, old, new


def totals_of(pairs: Sequence[Pair], plan: Plan) -> list[Total]:
    """Return the sums of the towns among the pairs, in the catalogue's order; rates have none."""
    totals = {name: Total(info) for name, info in plan.indicators.items() if info.dimension != "rate"}
    for pair in pairs:
        if pair.line.block is Block.TOWN and pair.info.id in totals:
            totals[pair.info.id].before.figures.append(pair.before)
            totals[pair.info.id].now.figures.append(pair.now)
    return [total for total in totals.values() if total.now.figures]


def _counted(yearbook: Yearbook) -> list[Report]:
    aside = {(each.file, each.part) for each in set_aside(yearbook.earlier)}
    reports = (entry.report for entry in yearbook.earlier)
    return [report for report in reports if (report.file, report.part) not in aside]


def _lines(plan: Plan) -> Iterator[Line]:
    for block, lines in plan.blocks:
        if block in (Block.TOWN, Block.OTHER):
            yield from lines


def _said(figure: Figure) -> str:
    """Return why a figure is no plain one, in Chinese; empty where it is."""
    hedge = terms.HEDGES[figure.qualifier]
    return "、".join(filter(None, (hedge, terms.MARKS[mark_of(figure)])))
