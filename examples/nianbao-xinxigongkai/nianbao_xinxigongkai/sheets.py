"""The sheets of the three tables: a unit a row, its figures as they stand in the form, the sums below."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from xlsxwriter.utility import xl_range

from nianbao import Yearbook
from nianbao_xinxigongkai import form
from nianbao_xinxigongkai.form import identifier
from nianbao_xinxigongkai.look import A3, TITLE, TOTAL, Cell, Column, Formats, Sheet, number_format
from nianbao_xinxigongkai.sources import Sources
from nianbao_xinxigongkai.units import Unit

UNIT_COLUMNS: Final = (Column("序号", 6), Column("单位", 28, align="left"))
SUMMED: Final = {"font_name": TITLE, "bg_color": TOTAL}
_LEGEND: Final = "“—”表示原表空白或填“/”，不等于 0，也不计入合计；点数字看原文。"


def write_disclosed(
    book: Any, formats: Formats, yearbook: Yearbook, units: Sequence[Unit], sources: Sources
) -> None:
    """Write 主动公开."""
    names = {heading.key: heading.name for heading in form.HEADINGS}
    columns, ids = list(UNIT_COLUMNS), []
    for item, headings in form.ITEMS:
        for heading in headings:
            single = len(headings) == 1
            told = "处理决定数量" if heading == "decisions" else "金额（万元）" if single else names[heading]
            columns.append(Column(told, 13, item.name))
            ids.append(identifier(form.DISCLOSED, item.key, heading))
    sheet = Sheet(book, formats, "主动公开", columns)
    sheet.begin(f"{yearbook.year}年度主动公开政府信息情况", f"计量单位：件，收费为万元。{_LEGEND}")
    write_units(sheet, units, sources, ids)


def write_requests(
    book: Any, formats: Formats, yearbook: Yearbook, units: Sequence[Unit], sources: Sources
) -> None:
    """Write 申请办理: the column 总计 of each report."""
    rows = shown_rows(units)
    columns = [*UNIT_COLUMNS, *(Column(row.name, 8.5, _group(row)) for row in rows)]
    sheet = Sheet(book, formats, "申请办理", columns)
    told = "各单位各项的“总计”，计量单位：件；按申请人分的数字见“申请人明细”。"
    sheet.begin(f"{yearbook.year}年度收到和处理政府信息公开申请情况", told + _LEGEND, paper=A3)
    write_units(sheet, units, sources, [identifier(form.REQUESTS, row.key, "total") for row in rows])


def write_askers(
    book: Any, formats: Formats, yearbook: Yearbook, units: Sequence[Unit], sources: Sources
) -> None:
    """Write 申请人明细: the whole table of each report, below the sums of all."""
    head = (Column("单位", 28, align="left"), Column("类别", 12), Column("项目", 40, align="left"))
    askers = [
        Column(each.name, 11, form.ORGANISATIONS if each.key not in ("person", "total") else "")
        for each in form.ASKERS
    ]
    sheet = Sheet(book, formats, "申请人明细", (*head, *askers))
    title = f"{yearbook.year}年度收到和处理政府信息公开申请情况（按申请人）"
    sheet.begin(title, f"计量单位：件。先列全部单位合计，再逐个单位列出。{_LEGEND}", frozen=3)
    rows = shown_rows(units)
    for row in rows:
        ids = [identifier(form.REQUESTS, row.key, asker.key) for asker in form.ASKERS]
        sums = (_sum_of(units, indicator) for indicator in ids)
        sheet.append(("全部单位合计", _group(row), row.name, *sums), **SUMMED)
    for unit in units:
        for row in rows:
            cells = [sources.cell(unit, identifier(form.REQUESTS, row.key, each.key)) for each in form.ASKERS]
            sheet.append((unit.name, _group(row), row.name, *cells))
    sheet.page.autofilter(3, 0, sheet.row - 1, len(sheet.columns) - 1)


def write_suits(
    book: Any, formats: Formats, yearbook: Yearbook, units: Sequence[Unit], sources: Sources
) -> None:
    """Write 复议诉讼."""
    ways = {way.key: way.name for way in form.WAYS}
    pairs = [(way, outcome) for way in form.WAYS_SHOWN for outcome in form.OUTCOMES]
    named = {key: name if key == "review" else f"行政诉讼（{name}）" for key, name in ways.items()}
    columns = [*UNIT_COLUMNS, *(Column(outcome.name, 9, named[way]) for way, outcome in pairs)]
    sheet = Sheet(book, formats, "复议诉讼", columns)
    title = f"{yearbook.year}年度因政府信息公开工作被申请行政复议、提起行政诉讼情况"
    sheet.begin(title, f"计量单位：件。{_LEGEND}")
    write_units(sheet, units, sources, [identifier(form.SUITS, way, outcome.key) for way, outcome in pairs])


def write_units(sheet: Sheet, units: Sequence[Unit], sources: Sources, ids: Sequence[str]) -> None:
    """Write a row for each unit, and their sums."""
    first = sheet.row
    for unit in units:
        sheet.append((unit.number, unit.name, *(sources.cell(unit, indicator) for indicator in ids)))
    if units:
        sums = (summed(units, indicator, first, sheet.row - 1, n) for n, indicator in enumerate(ids, 2))
        sheet.append((None, f"合计（{len(units)} 个单位）", *sums), **SUMMED)


def summed(units: Sequence[Unit], indicator: str, first: int, last: int, column: int) -> Cell:
    """Return the cell that sums a column up by a formula, with what it comes to."""
    cell = _sum_of(units, indicator)
    if isinstance(cell.value, Decimal):
        cell.formula = f"=SUM({xl_range(first, column, last, column)})"
    return cell


def _sum_of(units: Sequence[Unit], indicator: str) -> Cell:
    known = [value for unit in units if (value := unit.value(indicator)) is not None]
    if not known:
        return Cell("—", font_color="#7F7F7F")
    total = sum(known, Decimal(0))
    is_fee = indicator.endswith("_fees")
    return Cell(total, num_format=number_format(total, 2 if is_fee else 0), align="center")


def shown_rows(units: Sequence[Unit]) -> tuple[form.Line, ...]:
    """Return the rows of the form, with that of the older form where some report has it."""
    older = identifier(form.REQUESTS, "otherwise", "total")
    has_older = any(unit.figure(older) for unit in units)
    return form.ROWS if has_older else form.FORM_ROWS


def _group(row: form.Line) -> str:
    if row.group:
        return row.group
    return {"received": "收到", "carried": "收到", "handled": "总计", "left": "结转"}.get(row.key, "公开")
