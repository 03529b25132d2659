"""校验问题: one row a finding, of the reports and of the year as a whole."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from nianbao import Finding, Yearbook
from outputs.workbook import terms
from outputs.workbook.layout import (
    CENTRED,
    GREY_TEXT,
    INPUT,
    INPUT_DATE,
    LINK_COLOUR,
    ONE_LINE,
    SEVERITY_FILLS,
    Formats,
    Style,
)
from outputs.workbook.lines import LISTING_FIRST_ROW, Line, accepted_by, file_of
from outputs.workbook.links import Target
from outputs.workbook.plan import MOST_LINKS, Plan
from outputs.workbook.sheet import Cell, Column, Sheet

COLUMNS: Final = (
    Column("序号", 5, CENTRED),
    Column("报告单位", 22),
    Column("程度", 6, CENTRED),
    Column("类型", 12, CENTRED),
    Column("问题", 36),
    Column("原句", 32),
    Column("建议", 22),
    Column("依据", 24),
    Column("涉及指标", 12),
    Column("文件", 16, ONE_LINE),
    Column("规则", 18, CENTRED),
    Column("年度", 5.5, CENTRED),
    Column("豁免理由", 18, INPUT),
    Column("豁免人", 7.5, INPUT),
    Column("豁免日期", 11, INPUT_DATE),
    Column("有效期至", 11, INPUT_DATE),
)
# What a reader needs on paper; all columns on one page's width would be too small to read.
PRINTED: Final = 9
NOTE: Final = (
    "错误＝互相矛盾，须更正；警告＝很可能有误，请核对；提示＝供参考。先按单位、再按程度排列。"
    "核实后无须改动的，请填右边四列，保存后用 nianbao waivers import 导入：问题照列，注明“已豁免”，不计数。"
)
NONE_FOUND: Final = "没有发现问题。"
NAME: Final = Style(colour=LINK_COLOUR)
WAIVED: Final = Style(align="center", colour=GREY_TEXT)


def write_findings(book: Any, formats: Formats, yearbook: Yearbook, plan: Plan) -> None:
    """Write the sheet 校验问题."""
    sheet = Sheet(book, formats, terms.FINDINGS, COLUMNS)
    title = f"{yearbook.title}　{terms.FINDINGS}"
    sheet.title(title, NOTE, last=PRINTED - 1)
    sheet.header(frozen_columns=4)
    header_row = sheet.row - 1
    linked = len(plan.lines) <= MOST_LINKS
    for line in plan.lines:
        for position, finding in enumerate(line.findings):
            _append(sheet, finding, line, plan, linked=linked and position == 0, year=yearbook.year)
    for finding in plan.year_findings:
        _append(sheet, finding, None, plan, linked=False, year=yearbook.year)
    if sheet.row == header_row + 1:
        sheet.append([None, NONE_FOUND, *([None] * (len(COLUMNS) - 2))])
    _ask_for_dates(sheet, header_row)
    sheet.finish(title, filter_row=header_row, printed=PRINTED)


def _accepted(finding: Finding) -> str:
    return accepted_by(finding.acceptance) if finding.acceptance else ""


def _ask_for_dates(sheet: Sheet, header_row: int) -> None:
    """Refuse what is no date where a clerk enters one."""
    first = next(index for index, column in enumerate(COLUMNS) if column.style is INPUT_DATE)
    asked = {
        "validate": "date",
        "criteria": ">=",
        "value": date(2000, 1, 1),
        "error_title": "不是日期",
        "error_message": "请写作 2024-03-31 的样子。",
    }
    sheet.worksheet.data_validation(
        header_row + 1, first, max(sheet.row - 1, header_row + 1), first + 1, asked
    )


def _append(
    sheet: Sheet, finding: Finding, line: Line | None, plan: Plan, *, linked: bool, year: int
) -> None:
    waiver = finding.waiver
    severity = Style(align="center", fill=SEVERITY_FILLS[finding.severity])
    names = (plan.indicators[name].name if name in plan.indicators else name for name in finding.indicators)
    owner = Cell(line.name if line else finding.subject.name if finding.subject else terms.WHOLE_YEAR)
    if line and linked:
        owner = Cell(line.name, NAME, Target(terms.OVERVIEW, line.overview_row, 1), "回到总览")
    sheet.append(
        [
            sheet.row - LISTING_FIRST_ROW + 1,
            owner,
            Cell(terms.WAIVED, WAIVED) if waiver else Cell(terms.SEVERITIES[finding.severity], severity),
            terms.KINDS.get(finding.kind, finding.kind),
            finding.message,
            "\n".join(f"“{quote.quote}”" for quote in finding.quotes),
            "\n".join(filter(None, (finding.suggestion, _accepted(finding)))),
            finding.basis,
            "、".join(names),
            file_of(line.report) if line else None,
            finding.rule,
            year,
            *((waiver.reason, waiver.person, waiver.day, waiver.until) if waiver else (None,) * 4),
        ]
    )
