"""A worksheet in the house look, written row by row from the top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from outputs.workbook.cells import Value, cell_xml, formula_xml, text_xml
from outputs.workbook.layout import (
    HEADER,
    LINE_HEIGHT,
    ROW_PADDING,
    SUBTITLE,
    TALLEST_ROW,
    TEXT,
    TITLE,
    Formats,
    Style,
    fits_a_double,
    number_format,
    set_page,
    with_number,
)
from outputs.workbook.links import Address, Target
from outputs.workbook.text import clean, clean_tip, count_lines, looks_like_formula
from outputs.workbook.worksheet import HouseWorksheet


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: its heading, width and look, and the heading above it, if any."""

    heading: str
    width: float
    style: Style = TEXT
    group: str = ""


@dataclass(slots=True)
class Cell:
    """A cell with more than its value.

    Args:
        value: text, number, date or nothing.
        style: instead of its column's.
        target: where it leads: cells of this workbook, a file or a page.
        tip: shown while the pointer rests on the link.
        comment: shown as a note to the cell.
        formula: what reckons the value, where a person would have the sheet do so.
    """

    value: Value = None
    style: Style | None = None
    target: Target | Address | None = None
    tip: str = ""
    comment: str = ""
    formula: str = ""


STANDARD_HEIGHT = LINE_HEIGHT + ROW_PADDING


class Sheet:
    """Writes one worksheet; rows can only be appended, as constant memory demands."""

    def __init__(self, book: Any, formats: Formats, name: str, columns: Sequence[Column]) -> None:
        """Add the worksheet to the book and set its columns."""
        self.worksheet = book.add_worksheet(name, worksheet_class=HouseWorksheet)
        self.columns = tuple(columns)
        self.row = 0
        self._formats = formats
        self._letters = tuple(xl_col_to_name(index) for index in range(len(self.columns)))
        self.worksheet.set_default_row(STANDARD_HEIGHT)
        self.worksheet.set_comments_author("nianbao")
        for index, column in enumerate(self.columns):
            self.worksheet.set_column(index, index, column.width)

    def title(self, title: str, subtitle: str, *, first: int = 0, last: int | None = None) -> None:
        """Write the title and, below it, the subtitle, each merged over the columns `first` to `last`."""
        last = len(self.columns) - 1 if last is None else last
        width = sum(column.width for column in self.columns[first : last + 1])
        self.worksheet.set_row(self.row, 30)
        self.merged(title, first, last, TITLE)
        self.row += 1
        self.worksheet.set_row(self.row, _height(count_lines(subtitle, width)))
        self.merged(subtitle, first, last, SUBTITLE)
        self.row += 1

    def header(self, *, frozen_columns: int = 0) -> None:
        """Write the heading row (and the groups above it), freeze what is above and left of the data."""
        first = self.row
        if any(column.group for column in self.columns):
            self._groups()
        lines = max(count_lines(column.heading, column.width) for column in self.columns)
        self.worksheet.set_row(self.row, _height(lines))
        for index, column in enumerate(self.columns):
            self.worksheet.write_string(self.row, index, clean(column.heading), self._formats.of(HEADER))
        self.row += 1
        self.worksheet.freeze_panes(self.row, frozen_columns)
        self.worksheet.repeat_rows(first, self.row - 1)

    def _groups(self) -> None:
        self.worksheet.set_row(self.row, STANDARD_HEIGHT)
        start = 0
        for index, column in enumerate(self.columns):
            if index + 1 < len(self.columns) and self.columns[index + 1].group == column.group:
                continue
            if column.group:
                self.merged(column.group, start, index, HEADER)
            else:
                for blank in range(start, index + 1):
                    self.worksheet.write_blank(self.row, blank, None, self._formats.of(HEADER))
            start = index + 1
        self.row += 1

    def append(self, cells: Sequence[Value | Cell]) -> None:
        """Write the next row, as high as its wrapped text needs."""
        lines, row = 1, str(self.row + 1)
        made = []
        for cell, column, letters in zip(cells, self.columns, self._letters, strict=True):
            value: Value
            if isinstance(cell, Cell):
                value, style = cell.value, cell.style or column.style
                made.append(self._cell_xml(letters + row, cell, style))
                if cell.target is not None or cell.comment:
                    self._attach(len(made) - 1, cell)
            else:
                value, style = cell, column.style
                made.append(self._xml(letters + row, value, style))
            if style.wrap and isinstance(value, str):
                lines = max(lines, count_lines(value, column.width))
        self.worksheet.put_row(self.row, made, _height(lines) if lines > 1 else None)
        self.row += 1

    def _xml(self, place: str, value: Value, style: Style) -> str:
        """Return a cell by the type of its value; text is never taken for a formula."""
        if isinstance(value, str) and value:
            text = clean(value)
            if looks_like_formula(text):
                style = _quoted(style)
            look = self._formats.look(style)
            return text_xml(place, look, text) if text else cell_xml(place, look, None)
        if isinstance(value, Decimal) and not style.number:
            style = with_number(style, number_format(value))
        return cell_xml(place, self._formats.look(style), value)

    def _cell_xml(self, place: str, cell: Cell, style: Style) -> str:
        if cell.formula:
            return formula_xml(place, self._formats.look(style), cell.formula, cell.value)
        return self._xml(place, cell.value, style)

    def spread(self, left: Cell, right: str) -> None:
        """Write a row of two: a cell, and text merged over all further columns."""
        width = sum(column.width for column in self.columns[1:])
        lines = max(count_lines(right, width), count_lines(str(left.value or ""), self.columns[0].width))
        if lines > 1:
            self.worksheet.set_row(self.row, _height(lines))
        self.write(0, left.value, left.style or self.columns[0].style)
        self._attach(0, left)
        self.merged(right, 1, len(self.columns) - 1, TEXT)
        self.row += 1

    def merged(self, text: str, first: int, last: int, style: Style) -> None:
        """Write text over the columns `first` to `last` of the current row."""
        if first == last:
            self.write(first, text, style)
            return
        # merge_range would take text that starts with = for a formula.
        self.worksheet.merge_range(self.row, first, self.row, last, "", self._formats.of(style))
        self.write(first, text, style)

    def write(self, column: int, value: Value, style: Style) -> None:
        """Write one cell of the current row by the type of its value; text is never taken for a formula."""
        worksheet, row, of = self.worksheet, self.row, self._formats.of
        if value is None or value == "":
            worksheet.write_blank(row, column, None, of(style))
        elif isinstance(value, str):
            text = clean(value)
            worksheet.write_string(
                row, column, text, of(_quoted(style) if looks_like_formula(text) else style)
            )
        elif isinstance(value, Decimal):
            style = style if style.number else with_number(style, number_format(value))
            if fits_a_double(value):
                worksheet.write_number(row, column, float(value), of(style))
            else:
                worksheet.write_string(row, column, f"{value:f}", of(style))
        elif isinstance(value, int):
            worksheet.write_number(row, column, value, of(style))
        else:
            worksheet.write_datetime(row, column, value, of(style))

    def formula(self, column: int, formula: str, value: Decimal | int | str | None, style: Style) -> None:
        """Write a formula with the value that it has now, for readers that don't calculate."""
        shown = "" if value is None else value if isinstance(value, str) else float(value)
        self.worksheet.write_formula(self.row, column, formula, self._formats.of(style), shown)

    def link(self, first: int, last: int, target: Target, tip: str = "", *, rows: int = 1) -> None:
        """Lay one link on the columns `first` to `last` of the current row, or of as many rows from it."""
        cells = (self.row, first, self.row + rows - 1, last)
        self.worksheet.link(cells, target, clean_tip(tip))

    def finish(self, title: str, *, filter_row: int | None = None, printed: int | None = None) -> None:
        """Set the filter, the print area and the page.

        Args:
            title: stands above each printed page.
            filter_row: the row of the headers that filter; None where nothing is filtered.
            printed: how many columns go to paper; None for all.
        """
        last_row, last_column = max(self.row - 1, 0), len(self.columns) - 1
        if filter_row is not None and last_row > filter_row:
            self.worksheet.autofilter(filter_row, 0, last_row, last_column)
        self.worksheet.print_area(0, 0, last_row, last_column if printed is None else printed - 1)
        # Codes and the like are text on purpose.
        self.worksheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last_row + 1}"})
        set_page(self.worksheet, title)

    def _attach(self, column: int, cell: Cell) -> None:
        if cell.target is not None:
            self.worksheet.link((self.row, column, self.row, column), cell.target, clean_tip(cell.tip))
        if cell.comment:
            self.worksheet.write_comment(self.row, column, clean(cell.comment), _COMMENT)


_COMMENT = {"font_name": "宋体", "font_size": 9, "width": 260, "height": 110}


@cache
def _quoted(style: Style) -> Style:
    return replace(style, quoted=True)


def _height(lines: int) -> float:
    return min(TALLEST_ROW, lines * LINE_HEIGHT + ROW_PADDING)
