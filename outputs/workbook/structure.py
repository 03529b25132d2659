"""结构合规: the mandated parts of every report: is it there, under which heading, how long."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from xlsxwriter.utility import xl_range

from nianbao import Report, Section, SectionKind, Yearbook
from outputs.workbook import terms
from outputs.workbook.cells import Value
from outputs.workbook.layout import (
    BLOCK_FILL,
    CENTRED,
    COUNT,
    LINK_COLOUR,
    RED_TEXT,
    REVIEW_FILL,
    TITLE_FONT,
    Formats,
    Style,
)
from outputs.workbook.lines import LISTING_FIRST_ROW, READ, Block, Line
from outputs.workbook.links import Target
from outputs.workbook.paging import side_by_side
from outputs.workbook.parts import part_state
from outputs.workbook.plan import MOST_LINKS, Plan
from outputs.workbook.sheet import Cell, Column, Sheet

NAMES: Final = {kind: name.replace("\n", "") for kind, name in terms.PARTS.items()}
COLUMNS: Final = (
    Column("序号", 5, CENTRED),
    Column("报告单位", 24),
    *(
        column
        for name in NAMES.values()
        for column in (
            Column("有无", 6.5, CENTRED, name),
            Column("标题（原文）", 32, group=name),
            Column("字数", 6.5, COUNT, name),
        )
    ),
    Column("单列的部分", 7, COUNT),
    Column("各部分先后", 20),
    Column("结构方面的问题", 22),
)
FROZEN_COLUMNS: Final = 2
# The first two parts stand on the first printed page.
SECOND_PAGE: Final = 8
PRINT_SCALE: Final = 62
# What findings say of a report's parts and headings.
KINDS: Final = ("missing-part", "part-order", "numbering", "repeated-text", "placeholder")
NOTE: Final = (
    "法定四部分：推进法治政府建设的主要举措和成效、存在的不足和原因、党政主要负责人履行第一责任人职责、下一年度的主要安排。"
    "有＝单列为一级标题；未单列＝只在下级标题中出现；缺＝没有找到；未分列＝全文没有标题；未判断＝程序出错。字数含标题。"
)
NONE_FOUND: Final = "没有可读的年度报告。"
NAME: Final = Style(colour=LINK_COLOUR)
FLAWED: Final = Style(align="center", colour=RED_TEXT, fill=REVIEW_FILL)
LABEL: Final = Style(font=TITLE_FONT, fill=BLOCK_FILL)
SUM: Final = Style(align="center", font=TITLE_FONT, fill=BLOCK_FILL, number="#,##0")


def write_structure(book: Any, formats: Formats, yearbook: Yearbook, plan: Plan) -> None:
    """Write the sheet 结构合规."""
    lines = [line for line in plan.lines if line.report.status in READ and line.block is not Block.AGAIN]
    sheet = Sheet(book, formats, terms.STRUCTURE, COLUMNS)
    title = f"{yearbook.title}　{terms.STRUCTURE}"
    sheet.title(title, NOTE if lines else NONE_FOUND, first=FROZEN_COLUMNS, last=SECOND_PAGE - 1)
    sheet.header(frozen_columns=FROZEN_COLUMNS)
    header_row = sheet.row - 1
    linked = len(lines) <= MOST_LINKS
    for number, line in enumerate(lines, 1):
        sheet.append(_row(number, line, linked=linked))
    filtered = sheet.row
    if lines:
        _totals(sheet, lines)
    sheet.finish(title)
    side_by_side(sheet, title, [SECOND_PAGE], FROZEN_COLUMNS, PRINT_SCALE)
    if lines:
        sheet.worksheet.autofilter(header_row, 0, filtered - 1, len(COLUMNS) - 1)


def _row(number: int, line: Line, *, linked: bool) -> list[Value | Cell]:
    report = line.report
    target = Target(terms.OVERVIEW, line.overview_row, 1) if linked else None
    cells: list[Value | Cell] = [number, Cell(line.name, NAME, target, "回到总览")]
    for kind in terms.PARTS:
        section = _section(report, kind)
        cells += [
            part_cell(report, kind),
            section.heading if section else None,
            section.end - section.start if section else None,
        ]
    return [*cells, _present(report), _order(report), _problems(line)]


def part_cell(report: Report, kind: SectionKind) -> Cell:
    """Return whether a report has a part, marked where it lacks it."""
    state = part_state(report, kind)
    return Cell(state, CENTRED if state == terms.PART_PRESENT else FLAWED)


def _section(report: Report, kind: SectionKind) -> Section | None:
    """Return a part's section, of several the one of the highest level, of these the longest."""
    found = [section for section in report.sections if section.kind is kind]
    return min(found, key=lambda each: (each.level, each.start - each.end), default=None)


def _present(report: Report) -> int:
    return sum(part_state(report, kind) == terms.PART_PRESENT for kind in terms.PARTS)


def _order(report: Report) -> str:
    """Tell the order in which the mandated parts stand."""
    kinds = dict.fromkeys(section.kind for section in report.parts)
    return "→".join(NAMES[kind] for kind in kinds if kind in NAMES)


def _problems(line: Line) -> str:
    kinds = Counter(each.kind for each in line.findings if each.kind in KINDS and each.waiver is None)
    return "；".join(f"{terms.KINDS[kind]} {count}" for kind, count in kinds.items())


def _totals(sheet: Sheet, lines: list[Line]) -> None:
    """Count how many reports have each part."""
    first, last = LISTING_FIRST_ROW + 1, sheet.row - 1
    sheet.write(0, None, LABEL)
    sheet.write(1, f"单列为一级标题的报告数（共 {len(lines)} 份）", LABEL)
    for column in range(2, len(COLUMNS)):
        sheet.write(column, None, SUM)
    for place, kind in enumerate(terms.PARTS):
        column = 2 + 3 * place
        cells = xl_range(first, column, last, column)
        count = sum(part_state(line.report, kind) == terms.PART_PRESENT for line in lines)
        sheet.formula(column, f'=COUNTIF({cells},"{terms.PART_PRESENT}")', count, SUM)
    sheet.worksheet.set_row(sheet.row, 36)
    sheet.row += 1
