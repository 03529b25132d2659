"""指标明细: one row an observation, with its sentence and its place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from nianbao import Figure, FigureStatus, Observation, Yearbook
from outputs.workbook import terms
from outputs.workbook.layout import CENTRED, LINK_COLOUR, ONE_LINE, Formats, Style, number_format
from outputs.workbook.plan import LISTING_FIRST_ROW, Line, Plan, file_of
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
NOTE: Final = (
    "一行是原文中的一处说法，数值已折算成指标的单位；“采用”的说法就是指标汇总中的数字。"
    "点击“指标”一栏可回到指标汇总。"
)
LINK: Final = Style(colour=LINK_COLOUR)


def write_details(book: Any, formats: Formats, yearbook: Yearbook, plan: Plan) -> None:
    """Write the sheet 指标明细."""
    sheet = Sheet(book, formats, terms.DETAILS, COLUMNS)
    title = f"{yearbook.title}　{terms.DETAILS}"
    sheet.title(title, NOTE)
    sheet.header(frozen_columns=3)
    header_row = sheet.row - 1
    for line in plan.lines:
        _write_line(sheet, line, plan)
    sheet.finish(title, filter_row=header_row)


def _write_line(sheet: Sheet, line: Line, plan: Plan) -> None:
    report = line.report
    file = file_of(report)
    adopted = {source: figure for figure in report.figures for source in figure.sources}
    for position, index in enumerate(line.order):
        observation = report.observations[index]
        info = plan.indicators.get(observation.indicator)
        name = info.name if info else observation.indicator
        target = _target(line, observation, plan) if plan.link_details or position == 0 else None
        sheet.append(
            [
                sheet.row - LISTING_FIRST_ROW + 1,
                line.name,
                Cell(name, LINK, target, "回到指标汇总") if target else name,
                _value(observation),
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
            ]
        )


def _target(line: Line, observation: Observation, plan: Plan) -> tuple[str, int, int] | None:
    """Return the summary's cell of this indicator, or None where the summary leaves it out."""
    column = plan.columns.get(observation.indicator)
    if column is None or line.summary_row is None:
        return None
    return terms.SUMMARY, line.summary_row, column


def _value(observation: Observation) -> Cell:
    number = number_format(observation.value, observation.qualifier)
    return Cell(observation.value, replace(VALUE, number=number))


def _adoption(figure: Figure | None) -> str | None:
    """Tell whether the statement is the source of the settled figure."""
    if figure is None:
        return None
    if figure.correction is not None:
        return terms.NOT_ADOPTED
    if figure.status is FigureStatus.DISPUTED:
        return terms.ADOPTED_DISPUTED
    return terms.ADOPTED_AS_PART if figure.derived else terms.ADOPTED
