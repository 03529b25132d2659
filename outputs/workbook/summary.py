"""指标汇总: reports by indicators, each figure a link to its sentence; the towns alone are added up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from xlsxwriter.utility import xl_range

from nianbao import Field, IndicatorInfo, Yearbook
from outputs.workbook import terms
from outputs.workbook.cells import Value
from outputs.workbook.figures import FIGURE, WORDED, figure_cells
from outputs.workbook.layout import (
    BLOCK,
    BLOCK_FILL,
    CENTRED,
    GREY_TEXT,
    LINK_COLOUR,
    TITLE_FONT,
    Formats,
    Style,
    shown,
    width_for,
    with_number,
)
from outputs.workbook.lines import Block, Line, file_of
from outputs.workbook.links import Target
from outputs.workbook.paging import deal_pages, set_pages
from outputs.workbook.plan import SUMMARY_FIRST_ROW, Linking, Plan
from outputs.workbook.rates import overall_rates
from outputs.workbook.roster import missing_names
from outputs.workbook.sheet import Cell, Column, Sheet
from outputs.workbook.tally import SUMMED, Tally, mark_of

NARROWEST: Final = 9.5
LEFT: Final = (
    Column("序号", 5, CENTRED),
    Column("报告单位", 22),
    Column("所在县区", 10, CENTRED),
)
NAME: Final = Style(colour=LINK_COLOUR)
TOTAL: Final = Style(align="right", font=TITLE_FONT, fill=BLOCK_FILL, wrap=False)
TOLD: Final = replace(TOTAL, number="#,##0", colour=GREY_TEXT)
HEADINGS: Final = {
    Block.OTHER: "县级、部门等报告（不计入合计）",
    Block.AGAIN: "同一单位的另一份报告（没有采用，不计入合计）",
    Block.UNREADABLE: "无法读取的文件（不计入合计）",
    Block.ABSENT: "应报未报的单位（不计入合计）",
}
NOTE: Final = (
    "0＝报告写明没有；空白（灰底）＝报告未提及；≥、约、<＝原文不是确数；斜体＝由分项相加；"
    "※（橙底）＝同一报告前后说法不一；？（黄底）＝请人工复核；改（蓝底）＝已由人更正。点击数字可看原句。"
    "合计只加乡镇（街道）自己的报告，县级和部门报告列在合计之下、不重复相加；比率不作合计。"
)


@dataclass(slots=True)
class Shown:
    """What an indicator's column shows: the width of its widest figure, and what its towns add up to."""

    width: float = NARROWEST
    towns: Tally = field(default_factory=Tally)


def write_summary(book: Any, formats: Formats, yearbook: Yearbook, plan: Plan) -> None:
    """Write the sheet 指标汇总."""
    told = _told(plan)
    columns = [*LEFT, *(_column(info, told[info.id]) for info in yearbook.indicators)]
    sheet = Sheet(book, formats, terms.SUMMARY, columns)
    pages = deal_pages(yearbook.indicators, columns, len(LEFT))
    # Title and note stand right of the columns that every printed page repeats.
    first = len(LEFT) if plan.columns else 0
    sheet.title(f"{yearbook.title}　{terms.SUMMARY}", NOTE, first=first, last=pages[0] - 1)
    sheet.header(frozen_columns=len(LEFT))
    headings = dict(plan.heading_rows)
    for block, lines in plan.blocks:
        if block in headings:
            _heading(sheet, HEADINGS[block])
        for number, line in enumerate(lines, 1):
            _link_areas(sheet, line, plan)
            sheet.append(_row(number, line, plan))
        if block is Block.TOWN:
            _totals(sheet, yearbook.indicators, plan, told)
    _missing(sheet, missing_names(yearbook), plan)
    set_pages(sheet, f"{yearbook.title}　{terms.SUMMARY}", pages, len(LEFT))


def _told(plan: Plan) -> dict[str, Shown]:
    """Go once through all figures that the sheet shows."""
    told = {indicator: Shown() for indicator in plan.columns}
    for block, lines in plan.blocks:
        for figure in (figure for line in lines for figure in line.report.figures):
            column = told.get(figure.indicator)
            if column is None or figure.value is None:
                continue
            # Three digits fit with any hedge and mark.
            if figure.value >= 1_000 or figure.value != figure.value.to_integral_value():
                text = shown(figure.value, figure.qualifier, mark_of(figure))
                column.width = max(column.width, width_for(text))
            if block is Block.TOWN:
                column.towns.figures.append(figure)
    for column in told.values():
        column.width = max(column.width, width_for(column.towns.text))
    return told


def _column(info: IndicatorInfo, told: Shown) -> Column:
    heading = f"{info.name}\n（{info.unit}）" if info.unit else info.name
    return Column(heading, told.width, FIGURE, info.area_name)


def _row(number: int, line: Line, plan: Plan) -> list[Value | Cell]:
    report = line.report
    county = report.value(Field.COUNTY) or report.value(Field.CITY)
    cells: list[Value | Cell] = [number, _name(line), county]
    if line.block is Block.UNREADABLE:
        return [*cells, *_worded(terms.UNREADABLE, plan)]
    return [*cells, *figure_cells(line, plan)]


def _worded(text: str, plan: Plan) -> list[Cell]:
    return [Cell(text, WORDED)] * len(plan.columns)


def _name(line: Line) -> Cell:
    if line.block is Block.UNREADABLE:
        return Cell(file_of(line.report))
    if not line.order:
        return Cell(line.name)
    return Cell(line.name, NAME, Target(terms.DETAILS, line.detail_row, 1), "看这份报告的全部原句")


def _link_areas(sheet: Sheet, line: Line, plan: Plan) -> None:
    """Lay one link on the figures of an area where each can't have one; it selects their sentences."""
    if plan.figures_by is Linking.EACH or line.block is Block.UNREADABLE:
        return
    for span in plan.spans(line, plan.figures_by):
        target = Target(terms.DETAILS, span.first_row, 1, span.last_row, LAST_DETAIL)
        sheet.link(span.first_column, span.last_column, target, "看这一领域的原句")


# From the unit to the sentence and its place.
LAST_DETAIL: Final = 9


def _heading(sheet: Sheet, text: str) -> None:
    sheet.merged(text, 0, len(LEFT) - 1, BLOCK)
    for column in range(len(LEFT), len(sheet.columns)):
        sheet.write(column, None, BLOCK)
    sheet.row += 1


def _totals(sheet: Sheet, indicators: Sequence[IndicatorInfo], plan: Plan, told: Mapping[str, Shown]) -> None:
    """Write the sums of the towns, how many towns tell each figure, and the rates that sums make."""
    first, last = SUMMARY_FIRST_ROW, sheet.row - 1
    areas = {info.id: xl_range(first, c, last, c) for info in indicators for c in [plan.columns[info.id]]}
    _label(sheet, "合计")
    for info in indicators:
        column, tally = plan.columns[info.id], told[info.id].towns
        if info.dimension not in SUMMED:
            sheet.write(column, None, TOTAL)
            continue
        # A bare SUM would show 0 where no town says anything.
        formula = f'=IF(COUNT({areas[info.id]})=0,"",SUM({areas[info.id]}))'
        sheet.formula(column, formula, tally.value, with_number(TOTAL, tally.number))
    sheet.row += 1
    _label(sheet, "写明的单位数")
    for info in indicators:
        count = len(told[info.id].towns.figures)
        sheet.formula(plan.columns[info.id], f"=COUNT({areas[info.id]})", count, TOLD)
    sheet.row += 1
    _label(sheet, "按合计计算的比率")
    rates = overall_rates(indicators, plan.towns(), areas)
    for info in indicators:
        column = plan.columns[info.id]
        if (rate := rates.get(info.id)) is None:
            sheet.write(column, None, TOTAL)
        else:
            sheet.formula(column, rate.formula, rate.value, with_number(TOTAL, "0.0"))
    sheet.row += 1


def _label(sheet: Sheet, text: str) -> None:
    for column in range(len(LEFT)):
        sheet.write(column, text if column == 1 else None, replace(TOTAL, align="left"))


def _missing(sheet: Sheet, names: Sequence[str], plan: Plan) -> None:
    """List who has not reported: they, too, are no zeros."""
    if not names:
        return
    _heading(sheet, HEADINGS[Block.ABSENT])
    for number, name in enumerate(names, 1):
        sheet.append([number, name, None, *_worded(terms.NOT_REPORTED, plan)])
