"""A settled figure as a cell: value, hedge and mark, the sentence it leads to, what is to be said of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Final

from nianbao import Correction, Figure, FigureStatus, Report
from nianbao.review import told_acceptance
from outputs.workbook import terms
from outputs.workbook.layout import (
    CORRECTED_FILL,
    DISPUTED_FILL,
    GREY_TEXT,
    LINK_COLOUR,
    RED_TEXT,
    REVIEW_FILL,
    UNSAID_FILL,
    Style,
    number_format,
    shown,
)
from outputs.workbook.lines import Line
from outputs.workbook.links import Target
from outputs.workbook.plan import Linking, Plan
from outputs.workbook.sheet import Cell
from outputs.workbook.tally import mark_of

FIGURE: Final = Style(align="right", colour=LINK_COLOUR, wrap=False)
UNSAID: Final = Style(fill=UNSAID_FILL)
WORDED: Final = Style(align="center", colour=GREY_TEXT, wrap=False)
FAILED: Final = replace(WORDED, colour=RED_TEXT)
FILLS: Final = {
    "": "",
    terms.DISPUTED_MARK: DISPUTED_FILL,
    terms.REVIEW_MARK: REVIEW_FILL,
    terms.CORRECTED_MARK: CORRECTED_FILL,
}
# The column of 指标明细 that holds the value.
DETAIL_VALUE: Final = 3
MOST_QUOTES: Final = 10
UNSAID_CELL: Final = Cell(None, UNSAID)


def figure_cells(line: Line, plan: Plan) -> Iterator[Cell]:
    """Yield the cell of each of the summary's indicators; what a report doesn't mention is grey and empty."""
    report, rows = line.report, line.rows_of_observations()
    figures = {figure.indicator: figure for figure in report.figures}
    for indicator in plan.columns:
        figure = figures.get(indicator)
        yield UNSAID_CELL if figure is None else _figure_cell(figure, report, rows, plan)


def _figure_cell(figure: Figure, report: Report, rows: dict[int, int], plan: Plan) -> Cell:
    """Return the cell of a figure.

    Args:
        figure: the figure.
        report: whose it is.
        rows: the row in 指标明细 of each of its observations.
        plan: tells whether the figure bears a link of its own.
    """
    correction = figure.correction
    if figure.value is None and correction is None:
        return Cell(terms.FIGURE_STATUSES[figure.status], FAILED)
    style, comment = _style(_number(figure), mark_of(figure), figure.derived), _comment(figure, report)
    if not figure.sources or plan.figures_by is not Linking.EACH or figure.value is None:
        return Cell(_value(figure), style, comment=comment)
    first = figure.sources[0]
    target = Target(terms.DETAILS, rows[first], DETAIL_VALUE)
    return Cell(figure.value, style, target, report.observations[first].quote, comment)


def _value(figure: Figure) -> Decimal | str:
    # In grey, a blue cell without a figure would pass for one that nobody told.
    return terms.NOT_MENTIONED if figure.value is None else figure.value


def _number(figure: Figure) -> str:
    if figure.value is None:
        return ""
    qualifier = figure.qualifier
    return number_format(figure.value, qualifier, mark_of(figure))


@cache
def _style(number: str, mark: str, derived: bool) -> Style:
    return replace(FIGURE, number=number, fill=FILLS[mark], italic=derived)


def _comment(figure: Figure, report: Report) -> str:
    """Return why a person should look at the figure, or what a person made of it."""
    if figure.correction is not None:
        return _corrected(figure.correction)
    disputed = figure.status is FigureStatus.DISPUTED
    if figure.acceptance is not None:
        return told_acceptance(figure.acceptance)
    if not disputed and not figure.review:
        return ""
    told = [o.quote for o in report.observations if o.indicator == figure.indicator]
    quotes = [f"“{quote}”" for quote in told] if disputed else []
    return "\n".join([figure.review or "原文前后说法不一，请核对：", *quotes[:MOST_QUOTES]])


def _corrected(correction: Correction) -> str:
    before = terms.NOT_MENTIONED if correction.old is None else shown(correction.old)
    after = terms.NOT_MENTIONED if correction.value is None else shown(correction.value)
    return (
        f"更正：读出的是{before}，{correction.person}于{correction.day}改为{after}。理由：{correction.reason}"
    )
