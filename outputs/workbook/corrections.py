"""更正: what people entered instead of what was read, with room for more; all else on the sheet is locked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from xlsxwriter.utility import xl_rowcol_to_cell

from nianbao import CorrectionOutcome, CorrectionState, Yearbook
from nianbao.corrections import BASIS_SHEET, UNSAID, WITHDRAWN, basis_key, evidence_of
from nianbao.issuers import full_name
from outputs.workbook import terms
from outputs.workbook.cells import Value, cell_xml
from outputs.workbook.layout import CENTRED, DATE, GREY_TEXT, INPUT, RED_TEXT, Formats, Style, number_format
from outputs.workbook.lines import Block, Line
from outputs.workbook.plan import Plan
from outputs.workbook.sheet import Cell, Column, Sheet
from outputs.workbook.worksheet import HouseWorksheet

ROOM: Final = 100
PRINTED_ROOM: Final = 10
NUMBER: Final = Style(align="right", wrap=False)
COLUMNS: Final = (
    Column("序号", 5, CENTRED),
    Column("单位", 26),
    Column("指标", 21),
    Column("更正为", 11, NUMBER),
    Column("理由", 30),
    Column("更正人", 8.5),
    Column("年度", 5.5, CENTRED),
    Column("现有数值", 10, NUMBER),
    Column("更正前", 10, NUMBER),
    Column("日期", 11, DATE),
    Column("状态", 9, CENTRED),
    Column("说明", 28),
)
# The columns that a clerk fills in; 单位, 指标 and 更正为 are the first three of them.
ENTERED: Final = range(1, 6)
NOTE: Final = (
    "数字读错了，请填浅黄色的五栏（单位、指标可从下拉菜单选），"
    "保存后运行：nianbao corrections import 这本工作簿。"
    f"报告其实没有提及的，“更正为”填“{UNSAID}”；取消以前的更正填“{WITHDRAWN}”。其他各栏受保护。"
)
STALE: Final = Style(align="center", colour=RED_TEXT, bold=True)
IDLE: Final = Style(align="center", colour=GREY_TEXT)
STYLES: Final = {
    CorrectionState.APPLIED: CENTRED,
    CorrectionState.NEEDLESS: IDLE,
    CorrectionState.STALE: STALE,
    CorrectionState.ABSENT: IDLE,
}


def write_corrections(book: Any, formats: Formats, yearbook: Yearbook, plan: Plan) -> None:
    """Write the sheet 更正."""
    named = dict(_named(plan))
    rows = len(_basis_rows(named, plan))
    sheet = Sheet(book, formats, terms.CORRECTIONS, COLUMNS)
    title = f"{yearbook.title}　{terms.CORRECTIONS}"
    sheet.title(title, NOTE)
    sheet.header(frozen_columns=3)
    first = sheet.row
    for number, outcome in enumerate(yearbook.corrections, 1):
        sheet.append(_entered(number, outcome, plan))
    for number in range(len(yearbook.corrections) + 1, len(yearbook.corrections) + ROOM + 1):
        _append_room(sheet, number, yearbook.year, rows)
    _ask(sheet, first + len(yearbook.corrections), len(named), len(plan.indicators))
    sheet.worksheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
    sheet.finish(title)
    # Of the room, a page would be nothing but lines.
    last = first + len(yearbook.corrections) + PRINTED_ROOM - 1
    sheet.worksheet.print_area(0, 0, last, len(COLUMNS) - 1)


def _named(plan: Plan) -> Iterator[tuple[str, Line]]:
    """Yield each report that may be corrected with a name that no other bears."""
    lines = [line for block, lines in plan.blocks for line in lines if block in (Block.TOWN, Block.OTHER)]
    count = Counter(line.name for line in lines)
    for line in lines:
        yield (line.name if count[line.name] == 1 else full_name(line.report)), line


def _entered(number: int, outcome: CorrectionOutcome, plan: Plan) -> list[Value | Cell]:
    entry = outcome.correction
    info = plan.indicators.get(entry.indicator)
    return [
        number,
        entry.issuer,
        info.name if info else entry.indicator,
        _shown(entry.value),
        entry.reason,
        entry.person,
        entry.year,
        None,
        _shown(entry.old),
        entry.day,
        Cell(terms.CORRECTION_STATES[outcome.state], STYLES[outcome.state]),
        None if outcome.state is CorrectionState.APPLIED else outcome.told,
    ]


def _shown(value: Any) -> Cell:
    if value is None:
        return Cell(UNSAID, Style(align="right", colour=GREY_TEXT, wrap=False))
    return Cell(value, Style(align="right", number=number_format(value), wrap=False))


def _append_room(sheet: Sheet, number: int, year: int, rows: int) -> None:
    """Write a row to be filled in; it shows what is there now as soon as unit and indicator are chosen."""
    row = sheet.row
    for column, told in enumerate(COLUMNS):
        sheet.write(column, None, INPUT if column in ENTERED else told.style)
    sheet.write(0, number, CENTRED)
    sheet.write(6, year, CENTRED)
    unit, indicator = (xl_rowcol_to_cell(row, column) for column in (1, 2))
    area = f"'{BASIS_SHEET}'!$A$1:$B${max(rows, 1)}"
    found = f'IFERROR(VLOOKUP({unit}&"|"&{indicator},{area},2,FALSE),"{UNSAID}")'
    sheet.formula(7, f'=IF(OR({unit}="",{indicator}=""),"",{found})', None, NUMBER)
    sheet.row += 1


def _ask(sheet: Sheet, first: int, names: int, indicators: int) -> None:
    """Offer the units and indicators that there are; refuse what is no figure."""
    last = first + ROOM - 1
    for column, area, what in ((1, "E", "单位"), (2, "F", "指标")):
        count = names if column == 1 else indicators
        asked = {
            "validate": "list",
            "source": f"='{BASIS_SHEET}'!${area}$1:${area}${max(count, 1)}",
            "error_title": f"没有这个{what}",
            "error_message": f"请从下拉菜单里选{what}。",
        }
        sheet.worksheet.data_validation(first, column, last, column, asked)
    value = xl_rowcol_to_cell(first, 3)
    words = f'OR({value}="{UNSAID}",{value}="{WITHDRAWN}",AND(ISNUMBER({value}),{value}>=0))'
    sheet.worksheet.data_validation(
        first,
        3,
        last,
        3,
        {
            "validate": "custom",
            "value": f"={words}",
            "error_title": "不是数字",
            "error_message": f"请填数字；报告没有提及的填“{UNSAID}”，取消更正填“{WITHDRAWN}”。",
        },
    )


Basis = list[tuple[str, Value, str, Value]]


def _basis_rows(named: dict[str, Line], plan: Plan) -> Basis:
    """Return what each figure is now and the digest of what it rests on; a unit alone stands for silence."""
    rows: Basis = []
    for name, line in named.items():
        rows.append((basis_key(name), UNSAID, evidence_of(line.entry, ""), None))
        for figure in line.report.figures:
            info = plan.indicators.get(figure.indicator)
            if info is None:
                continue
            correction = figure.correction
            read = correction.old if correction else figure.value
            key, seen = basis_key(name, info.name), evidence_of(line.entry, figure.indicator)
            rows.append((key, UNSAID if read is None else read, seen, figure.value))
    return rows


def write_basis(book: Any, formats: Formats, yearbook: Yearbook, plan: Plan) -> None:
    """Write the hidden sheet that tells what a clerk saw who fills in 更正."""
    named = dict(_named(plan))
    names, indicators = list(named), [info.name for info in plan.indicators.values()]
    basis = _basis_rows(named, plan)
    worksheet = book.add_worksheet(BASIS_SHEET, worksheet_class=HouseWorksheet)
    for row in range(max(len(basis), len(names), len(indicators))):
        told: list[Value] = [*(basis[row] if row < len(basis) else (None,) * 4)]
        told += [names[row] if row < len(names) else None, indicators[row] if row < len(indicators) else None]
        cells = zip("ABCDEF", told, strict=True)
        worksheet.put_row(row, [cell_xml(f"{letter}{row + 1}", "", value) for letter, value in cells])
    worksheet.protect()
    worksheet.very_hidden()
