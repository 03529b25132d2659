"""指标汇总: reports by indicators, each figure a link to its sentence; the towns alone are added up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import groupby
from typing import Any, Final

from xlsxwriter.utility import xl_range

from nianbao import (
    Correction,
    Field,
    Figure,
    FigureStatus,
    IndicatorInfo,
    Qualifier,
    Report,
    Yearbook,
)
from outputs.workbook import terms
from outputs.workbook.layout import (
    BLOCK,
    BLOCK_FILL,
    CENTRED,
    CORRECTED_FILL,
    DISPUTED_FILL,
    GREY_TEXT,
    LINK_COLOUR,
    PAGE_WIDTH,
    RED_TEXT,
    REVIEW_FILL,
    TITLE_FONT,
    UNSAID_FILL,
    Formats,
    Style,
    number_format,
    set_page,
    shown,
    width_for,
)
from outputs.workbook.plan import SUMMARY_FIRST_ROW, SUMMED, Block, Line, Plan, file_of
from outputs.workbook.sheet import Cell, Column, Sheet, Value

PRINT_SCALE: Final = 70
NARROWEST: Final = 9.5
LEFT: Final = (
    Column("序号", 5, CENTRED),
    Column("报告单位", 22),
    Column("所在县区", 10, CENTRED),
)
FIGURE: Final = Style(align="right", colour=LINK_COLOUR, wrap=False)
UNSAID: Final = Style(fill=UNSAID_FILL)
WORDED: Final = Style(align="center", colour=GREY_TEXT, wrap=False)
NAME: Final = Style(colour=LINK_COLOUR)
TOTAL: Final = Style(align="right", font=TITLE_FONT, fill=BLOCK_FILL, wrap=False)
HEADINGS: Final = {
    Block.OTHER: "县级、部门等报告（不计入合计）",
    Block.AGAIN: "同一单位的另一份报告（没有采用，不计入合计）",
    Block.UNREADABLE: "无法读取的文件（不计入合计）",
}
NOTE: Final = (
    "0＝报告写明没有；空白（灰底）＝报告未提及；≥、约、<＝原文不是确数；斜体＝由分项相加；"
    "橙底※＝同一报告前后说法不一；黄底＝请人工复核；蓝底＝已由人更正。点击数字可看原句。"
    "合计只加乡镇（街道）自己的报告，县级和部门报告列在合计之下、不重复相加；比率不作合计。"
)


@dataclass(slots=True)
class Tally:
    """What an indicator's column shows, and what its towns add up to.

    Args:
        width: the width of its widest figure.
        towns: the figures of the towns.
    """

    width: float = NARROWEST
    towns: list[Figure] = field(default_factory=list)

    @property
    def value(self) -> Decimal | None:
        """The sum; None where no town tells the figure."""
        values = [figure.value for figure in self.towns if figure.value is not None]
        return sum(values, Decimal(0)) if values else None

    @property
    def qualifier(self) -> Qualifier:
        """How firmly the sum stands: as its parts do, or about, where they are hedged in several ways."""
        hedges = {figure.qualifier for figure in self.towns} - {Qualifier.EXACT}
        if not hedges:
            return Qualifier.EXACT
        return hedges.pop() if len(hedges) == 1 else Qualifier.ABOUT

    @property
    def disputed(self) -> bool:
        """Whether a disputed figure is part of the sum."""
        return any(figure.status is FigureStatus.DISPUTED for figure in self.towns)


def write_summary(book: Any, formats: Formats, yearbook: Yearbook, plan: Plan) -> None:
    """Write the sheet 指标汇总."""
    tallies = _tallies(plan)
    columns = [*LEFT, *(_column(info, tallies[info.id]) for info in yearbook.indicators)]
    sheet = Sheet(book, formats, terms.SUMMARY, columns)
    pages = _pages(yearbook.indicators, columns)
    # Title and note stand right of the columns that every printed page repeats.
    first = len(LEFT) if plan.columns else 0
    sheet.title(f"{yearbook.title}　{terms.SUMMARY}", NOTE, first=first, last=pages[0] - 1)
    sheet.header(frozen_columns=len(LEFT))
    headings = dict(plan.heading_rows)
    for block, lines in plan.blocks:
        if block in headings:
            _heading(sheet, HEADINGS[block])
        for number, line in enumerate(lines, 1):
            sheet.append(_row(number, line, plan))
        if block is Block.TOWN:
            _totals(sheet, yearbook.indicators, plan, tallies)
    _finish(sheet, yearbook, pages)


def _tallies(plan: Plan) -> dict[str, Tally]:
    """Go once through all figures that the sheet shows."""
    tallies = {indicator: Tally() for indicator in plan.columns}
    for block, lines in plan.blocks:
        for figure in (figure for line in lines for figure in line.report.figures):
            tally = tallies.get(figure.indicator)
            if tally is None or figure.value is None:
                continue
            text = shown(figure.value, figure.qualifier, disputed=figure.status is FigureStatus.DISPUTED)
            tally.width = max(tally.width, width_for(text))
            if block is Block.TOWN:
                tally.towns.append(figure)
    for tally in tallies.values():
        if tally.value is not None:
            total = shown(tally.value, tally.qualifier, disputed=tally.disputed)
            tally.width = max(tally.width, width_for(total))
    return tallies


def _column(info: IndicatorInfo, tally: Tally) -> Column:
    heading = f"{info.name}\n（{info.unit}）" if info.unit else info.name
    return Column(heading, tally.width, FIGURE, info.area_name)


def _row(number: int, line: Line, plan: Plan) -> list[Value | Cell]:
    report = line.report
    rows = line.rows_of_observations()
    county = report.value(Field.COUNTY) or report.value(Field.CITY)
    cells: list[Value | Cell] = [number, _name(line), county]
    if line.block is Block.UNREADABLE:
        return [*cells, *(Cell("无法读取", WORDED) for _ in plan.columns)]
    figures = {figure.indicator: figure for figure in report.figures}
    for indicator in plan.columns:
        figure = figures.get(indicator)
        cells.append(Cell(None, UNSAID) if figure is None else _figure(figure, report, rows, plan))
    return cells


def _name(line: Line) -> Cell:
    if line.block is Block.UNREADABLE:
        return Cell(file_of(line.report))
    if not line.order:
        return Cell(line.name)
    return Cell(line.name, NAME, (terms.DETAILS, line.detail_row, 1), "看这份报告的全部原句")


def _figure(figure: Figure, report: Report, rows: dict[int, int], plan: Plan) -> Cell:
    if figure.correction is not None:
        return _corrected(figure, figure.correction, report, rows, plan)
    disputed = figure.status is FigureStatus.DISPUTED
    if figure.value is None:
        return Cell(terms.FIGURE_STATUSES[figure.status], replace(WORDED, colour=RED_TEXT))
    fill = DISPUTED_FILL if disputed else REVIEW_FILL if figure.review else ""
    number = number_format(figure.value, figure.qualifier, disputed=disputed)
    style = replace(FIGURE, number=number, fill=fill, italic=figure.derived)
    comment = _comment(figure, report) if disputed or figure.review else ""
    if not figure.sources or not plan.link_figures:
        return Cell(figure.value, style, comment=comment)
    source = report.observations[figure.sources[0]]
    return Cell(figure.value, style, (terms.DETAILS, rows[figure.sources[0]], 3), source.quote, comment)


def _corrected(
    figure: Figure, correction: Correction, report: Report, rows: dict[int, int], plan: Plan
) -> Cell:
    """Return a figure that a person entered, with what was read before."""
    before = terms.NOT_MENTIONED if correction.old is None else shown(correction.old)
    after = terms.NOT_MENTIONED if correction.value is None else shown(correction.value)
    comment = (
        f"更正：读出的是{before}，{correction.person}于{correction.day}改为{after}。理由：{correction.reason}"
    )
    number = number_format(figure.value) if figure.value is not None else ""
    style = replace(FIGURE, number=number, fill=CORRECTED_FILL)
    if not figure.sources or not plan.link_figures or figure.value is None:
        return Cell(figure.value, style, comment=comment)
    source = report.observations[figure.sources[0]]
    target = (terms.DETAILS, rows[figure.sources[0]], 3)
    return Cell(figure.value, style, target, source.quote, comment)


def _comment(figure: Figure, report: Report) -> str:
    """Return why a person should look at the figure, with the sentences that disagree."""
    told = [o.quote for o in report.observations if o.indicator == figure.indicator]
    quotes = [f"“{quote}”" for quote in told] if figure.status is FigureStatus.DISPUTED else []
    return "\n".join(filter(None, [figure.review or "原文前后说法不一，请核对：", *quotes[:10]]))


def _heading(sheet: Sheet, text: str) -> None:
    sheet.merged(text, 0, len(LEFT) - 1, BLOCK)
    for column in range(len(LEFT), len(sheet.columns)):
        sheet.write(column, None, BLOCK)
    sheet.row += 1


def _totals(
    sheet: Sheet, indicators: Sequence[IndicatorInfo], plan: Plan, tallies: Mapping[str, Tally]
) -> None:
    """Write the sums of the towns, and how many towns tell each figure."""
    first, last = SUMMARY_FIRST_ROW, sheet.row - 1
    _label(sheet, "合计")
    for info in indicators:
        column = plan.columns[info.id]
        if info.dimension not in SUMMED:
            sheet.write(column, None, TOTAL)
            continue
        tally, area = tallies[info.id], xl_range(first, column, last, column)
        number = number_format(tally.value or Decimal(0), tally.qualifier, disputed=tally.disputed)
        # A bare SUM would show 0 where no town says anything.
        formula = f'=IF(COUNT({area})=0,"",SUM({area}))'
        sheet.formula(column, formula, tally.value, replace(TOTAL, number=number))
    sheet.row += 1
    _label(sheet, "写明的单位数")
    for info in indicators:
        column = plan.columns[info.id]
        told = Decimal(len(tallies[info.id].towns))
        area = xl_range(first, column, last, column)
        sheet.formula(column, f"=COUNT({area})", told, replace(TOTAL, number="#,##0", colour=GREY_TEXT))
    sheet.row += 1


def _label(sheet: Sheet, text: str) -> None:
    for column in range(len(LEFT)):
        sheet.write(column, text if column == 1 else None, replace(TOTAL, align="left"))


def _pages(indicators: Sequence[IndicatorInfo], columns: Sequence[Column]) -> list[int]:
    """Deal the columns onto printed pages, an area whole where a page can hold it.

    Returns:
        The column after the last one of each page.
    """
    left = sum(column.width for column in LEFT)
    room = PAGE_WIDTH * 100 / PRINT_SCALE - left
    pages: list[int] = []
    used, end = 0.0, len(LEFT)
    for _, members in groupby(indicators, key=lambda info: info.area_name):
        widths = [columns[end + offset].width for offset, _ in enumerate(members)]
        if used and used + sum(widths) > room:
            pages.append(end)
            used = 0.0
        for width in widths:
            if used and used + width > room:
                pages.append(end)
                used = 0.0
            used += width
            end += 1
    return [*pages, max(end, len(LEFT))]


def _finish(sheet: Sheet, yearbook: Yearbook, pages: Sequence[int]) -> None:
    title = f"{yearbook.title}　{terms.SUMMARY}"
    sheet.finish(title)
    if len(pages) > 1:
        # One page wide would be too small to read: the areas go onto pages side by side.
        set_page(sheet.worksheet, title, pages_wide=None, scale=PRINT_SCALE)
        sheet.worksheet.set_v_pagebreaks(list(pages[:-1]))
        sheet.worksheet.repeat_columns(0, len(LEFT) - 1)
        sheet.worksheet.print_across()
    sheet.worksheet.set_zoom(90)
