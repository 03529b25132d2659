"""Fills a form in place, and tells what could not be placed."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from nianbao import Entry, Figure, FigureStatus, Qualifier, UsageError
from nianbao.catalogue.cards import Card
from nianbao.issuers import NamedIn, full_name
from nianbao.spreadsheets import headers_seen, read_bytes
from outputs.files import whole_file, writable
from outputs.form.headers import Headers, Meant
from outputs.form.layout import Grid, Layout, find_layout, grid_of, rows_of_issuers

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

CALLED: Final = "表格"
UNKNOWN_HEADER: Final = "表头不认识"
UNKNOWN_ISSUER: Final = "没有这个单位的报告"
_OLD: Final = b"\xd0\xcf\x11\xe0"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_REFUSED: Final = {
    FigureStatus.DISPUTED: "有异议",
    FigureStatus.FAILED: "提取失败",
    FigureStatus.WITHDRAWN: "更正为未提及",
}
_HEDGES: Final = {Qualifier.AT_LEAST: "不少于", Qualifier.ABOUT: "约", Qualifier.BELOW: "不足"}
# Drawn things that openpyxl does not carry over.
_DRAWN: Final = ("xl/charts/", "xl/diagrams/", "xl/drawings/vmlDrawing", "xl/embeddings/")


@dataclass(frozen=True, slots=True)
class Unplaced:
    """What was not placed, or needs a look.

    Args:
        sheet: the sheet.
        cell: the cell, such as D7.
        issuer: the row's name; empty where a header is meant.
        header: the column's indicator or header; empty where an issuer is meant.
        situation: what is the matter, in a few Chinese words.
        told: more of it.
        is_placed: whether the figure stands in the form all the same.
    """

    sheet: str
    cell: str
    issuer: str
    header: str
    situation: str
    told: str = ""
    is_placed: bool = False


@dataclass(slots=True)
class Filled:
    """What came of a form: how many figures were placed, and what was not; `notes` are Chinese lines."""

    placed: int = 0
    unplaced: list[Unplaced] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def fill_form(template: Path, target: Path, entries: Sequence[Entry], cards: Sequence[Card]) -> Filled:
    """Fill a form with the figures of reports and write it to another place; the form itself stays.

    Styles, formulas, merged cells, widths and validations stay as they are, and so does whatever a cell
    already holds. A disputed or missing figure leaves its cell empty.

    Args:
        template: the form, an .xlsx file.
        target: where to.
        entries: the reports of a year that count.
        cards: the indicators.

    Raises:
        UsageError: the form can't be read, or no header of it names an indicator.
        PublishError: the target can't be written.
    """
    book, drawn = _open(template)
    headers = Headers(cards)
    named = NamedIn(entry.report for entry in entries)
    done = Filled()
    found = 0
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        grid = grid_of(sheet)
        layout = find_layout(grid, headers, lambda name: bool(name) and bool(named.of(name)))
        if layout is not None:
            found += 1
            _fill(sheet, grid, layout, _Desk(entries, named, done))
    if not found:
        raise _no_header(book, template)
    if drawn:
        done.notes.append("表格里的图表和图形没有保留，请从原表复制")
    with writable(target, CALLED, " Excel 或 WPS"), whole_file(target) as draft:
        book.save(draft)
    return done


def _open(path: Path) -> tuple[Workbook, bool]:
    """Open a form; also tell whether something is drawn in it that will be lost."""
    import zipfile

    from openpyxl import load_workbook

    data, where = read_bytes(path, CALLED), str(path)
    if data.startswith(_OLD):
        if _ENCRYPTED in data:
            raise UsageError("表格设有密码", where=where, hint="请去掉密码后再用")
        raise UsageError("这是旧格式的 .xls 文件", where=where, hint="请用 Excel 或 WPS 另存为 .xlsx")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            drawn = any(name.startswith(_DRAWN) for name in archive.namelist())
        return load_workbook(io.BytesIO(data)), drawn
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, TypeError, SyntaxError) as error:
        raise UsageError(
            "打不开，不是 .xlsx 表格，或者已损坏", where=where, hint="请用 Excel 或 WPS 另存为 .xlsx"
        ) from error


def _no_header(book: Workbook, path: Path) -> UsageError:
    tables = [
        [[str(cell or "").strip() for cell in row] for row in sheet.iter_rows(values_only=True)]
        for sheet in book.worksheets
    ]
    if not any(any(row) for rows in tables for row in rows):
        return UsageError("表格是空的", where=str(path), hint="请先写好表头和单位")
    seen = headers_seen(tables)
    return UsageError(
        f"没有找到写着指标的表头和单位一列，看到的有：{seen}",
        where=str(path),
        hint="表头请写指标的名称或代号",
    )


@dataclass(frozen=True, slots=True)
class _Desk:
    """What a sheet is filled from, and where what comes of it is noted."""

    entries: Sequence[Entry]
    named: NamedIn
    done: Filled

    def entry(self, name: str, above: str) -> Entry | str:
        """Return the report of an issuer, or why there is none, in Chinese."""
        found = self.named.of(name)
        if len(found) > 1 and above:
            found = self.named.of(above + name) or found
        if not found:
            return UNKNOWN_ISSUER
        if len(found) > 1:
            names = sorted({full_name(self.entries[place].report) for place in found})
            return f"有{len(found)}份报告的单位可以这样称呼：{'、'.join(names[:3])}"
        return self.entries[found[0]]


def _fill(sheet: Worksheet, grid: Grid, layout: Layout, desk: _Desk) -> None:
    for column, text, cards in layout.unknown:
        told = f"可能是{'、'.join(card.name for card in cards)}" if cards else ""
        place = sheet.cell(layout.header_row, column).coordinate
        desk.done.unplaced.append(Unplaced(sheet.title, place, "", text, UNKNOWN_HEADER, told))
    for row, name, above in rows_of_issuers(grid, layout):
        entry = desk.entry(name, above)
        if isinstance(entry, str):
            place = sheet.cell(row, layout.issuers).coordinate
            desk.done.unplaced.append(Unplaced(sheet.title, place, name, "", entry))
            continue
        figures = {figure.indicator: figure for figure in entry.report.figures}
        for column, meant in layout.indicators.items():
            cell: Any = sheet.cell(row, column)
            said = list(_place(cell, meant, figures.get(meant.card.id)))
            desk.done.placed += all(is_placed for _, _, is_placed in said)
            desk.done.unplaced += [
                Unplaced(sheet.title, cell.coordinate, name, meant.card.name, *each) for each in said
            ]


def _place(cell: Any, meant: Meant, figure: Figure | None) -> Iterator[tuple[str, str, bool]]:
    """Write a figure into its cell; yield what is to be said of it: situation, more, whether it is placed."""
    from openpyxl.cell.cell import MergedCell

    if figure is None:
        yield "未提及", "报告没有写明", False
        return
    if figure.value is None or (figure.status in _REFUSED and figure.acceptance is None):
        seen = f"读出 {_shown(figure, meant.card)}，" if figure.value is not None else ""
        yield _REFUSED.get(figure.status, "没有数值"), f"{seen}请核对报告原文后填写", False
        return
    if isinstance(cell, MergedCell):
        yield "合并单元格", f"应填 {_shown(figure, meant.card)}，这一格并入了别的格", False
        return
    if cell.value not in (None, ""):
        kind = "原有公式" if cell.data_type == "f" else "原有内容"
        yield kind, f"没有改动；读出 {_shown(figure, meant.card)}", False
        return
    cell.value = _number(figure.value, meant, cell.number_format)
    if figure.qualifier in _HEDGES:
        yield "已填，原文是约数", f"{_HEDGES[figure.qualifier]} {_shown(figure, meant.card)}", True
    if figure.review:
        yield "已填，请复核", figure.review, True


def _number(value: Decimal, meant: Meant, shown_as: str) -> int | float:
    """Return what the cell holds: in the header's unit; a share where the cell shows it as per cent."""
    value = value / meant.scale
    if meant.card.unit == "%" and "%" in shown_as:
        value = value / 100
    whole = value.to_integral_value()
    return int(whole) if whole == value else float(value)


def _shown(figure: Figure, card: Card) -> str:
    return f"{figure.value:,f}{card.unit}"
