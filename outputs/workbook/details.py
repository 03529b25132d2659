"""指标明细: one row an observation, with its sentence and its place."""

from __future__ import annotations

from typing import Any, Final

from nianbao import Figure, FigureStatus, Observation, Yearbook
from outputs.workbook import terms
from outputs.workbook.layout import (
    CENTRED,
    LINK_COLOUR,
    ONE_LINE,
    Formats,
    Style,
    number_format,
    with_number,
)
from outputs.workbook.lines import LISTING_FIRST_ROW, Line, accepted_by, file_of
from outputs.workbook.links import Address, Target
from outputs.workbook.plan import Linking, Plan
from outputs.workbook.sheet import Cell, Column, Sheet

VALUE: Final = Style(align="right", wrap=False)
COLUMNS: Final = (
    Column("序号", 7, CENTRED),
    Column("报告单位", 22),
    Column("指标", 21),
    Column("数值", 12, VALUE),
    Column("单位", 6, CENTRED),
    Column("原文单位", 8.5, CENTRED),
    Column("修饰", 11, CENTRED),
    Column("角色", 6, CENTRED),
    Column("原句", 44),
    Column("位置", 13),
    Column("置信度", 7, Style(align="center", number="0.00")),
    Column("是否采用", 13.5, CENTRED),
    Column("文件", 18, ONE_LINE),
    Column("识别依据", 20),
)
# What a reader needs on paper; all columns on one page's width would be too small to read.
PRINTED: Final = 12
REVIEWED: Final = Column("核对页", 8, CENTRED)
REVIEW: Final = "核对"
BACK: Final = "回到指标汇总"
INDICATOR: Final = 2
NOTE: Final = (
    "一行是原文中的一处说法，数值已折算成指标的单位；“采用”的说法就是指标汇总中的数字。"
    "点击“指标”一栏可回到指标汇总。"
)
LINK: Final = Style(colour=LINK_COLOUR)


def write_details(book: Any, formats: Formats, yearbook: Yearbook, plan: Plan) -> None:
    """Write the sheet 指标明细."""
    columns = (*COLUMNS, REVIEWED) if plan.has_review else COLUMNS
    sheet = Sheet(book, formats, terms.DETAILS, columns)
    title = f"{yearbook.title}　{terms.DETAILS}"
    sheet.title(title, NOTE, last=PRINTED - 1)
    sheet.header(frozen_columns=3)
    header_row = sheet.row - 1
    for line in plan.lines:
        _write_line(sheet, line, plan, with_review=plan.has_review)
    sheet.finish(title, filter_row=header_row, printed=PRINTED)


def _write_line(sheet: Sheet, line: Line, plan: Plan, *, with_review: bool) -> None:
    report = line.report
    file = file_of(report)
    adopted = {source: figure for figure in report.figures for source in figure.sources}
    if plan.details_by is not Linking.EACH:
        _link_blocks(sheet, line, plan)
    for index in line.order:
        observation = report.observations[index]
        info = plan.indicators.get(observation.indicator)
        name = info.name if info else observation.indicator
        number = number_format(observation.value, observation.qualifier)
        sheet.append(
            [
                sheet.row - LISTING_FIRST_ROW + 1,
                line.name,
                _indicator(name, line, observation, plan),
                Cell(observation.value, with_number(VALUE, number)),
                info.unit if info else None,
                observation.unit,
                terms.QUALIFIER_NAMES[observation.qualifier],
                terms.ROLES[observation.role],
                observation.quote,
                line.entry.places[index],
                observation.confidence,
                _adoption(adopted.get(index)),
                file,
                observation.reason or observation.extractor,
                *([_review(line, observation, plan)] if with_review else []),
            ]
        )


def _indicator(name: str, line: Line, observation: Observation, plan: Plan) -> Cell | str:
    """Return the indicator's name, which leads back to the figure."""
    column = plan.columns.get(observation.indicator)
    if column is None or line.summary_row is None:
        return name
    if plan.details_by is not Linking.EACH:
        return Cell(name, LINK)
    return Cell(name, LINK, Target(terms.SUMMARY, line.summary_row, column), BACK)


def _link_blocks(sheet: Sheet, line: Line, plan: Plan) -> None:
    """Lay one link on the statements of an area, or of the report, back to its figures; one on its review."""
    if line.entry.review and line.order:
        last = line.detail_row + len(line.order) - 1
        sheet.worksheet.link((line.detail_row, len(COLUMNS), last, len(COLUMNS)), Address(line.entry.review))
    if line.summary_row is None:
        return
    for span in plan.spans(line, plan.details_by):
        target = Target(
            terms.SUMMARY, line.summary_row, span.first_column, line.summary_row, span.last_column
        )
        cells = (span.first_row, INDICATOR, span.last_row, INDICATOR)
        sheet.worksheet.link(cells, target, BACK)


def _review(line: Line, observation: Observation, plan: Plan) -> Cell | None:
    """Return the link to the statement on its report's review page, where the run has written one."""
    if not line.entry.review:
        return None
    if plan.details_by is not Linking.EACH:
        return Cell(REVIEW, LINK)
    return Cell(REVIEW, LINK, Address(line.entry.review, str(observation.start)), "打开核对页")


def _adoption(figure: Figure | None) -> str | None:
    """Tell whether the statement is the source of the settled figure."""
    if figure is None:
        return None
    if figure.correction is not None:
        return terms.NOT_ADOPTED
    if figure.status is FigureStatus.DISPUTED and figure.acceptance is None:
        return terms.ADOPTED_DISPUTED
    adopted = terms.ADOPTED_AS_PART if figure.derived else terms.ADOPTED
    return adopted if figure.acceptance is None else f"{adopted}，{accepted_by(figure.acceptance)}"
