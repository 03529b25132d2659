"""How the workbook looks: one sheet at a time, rows from the top, numbers that lead to their source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final
from unicodedata import east_asian_width

BODY, TITLE = "仿宋", "黑体"
GRID, HEAD, TOTAL = "#BFBFBF", "#DCE3EB", "#EEF2F6"
GREY, RED, LINK = "#7F7F7F", "#C00000", "#1F3864"
FILLS: Final = {"错误": "#F8CBAD", "警告": "#FFF2CC", "提示": "#E7EFE0"}
A4, A3 = 9, 8
# More links than this Excel does not take in a sheet.
MOST_LINKS: Final = 60_000
_LINE, _PADDING, _TALLEST = 15.0, 6.0, 400.0


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in characters, and the heading above it, if any."""

    heading: str
    width: float
    group: str = ""
    align: str = "center"


class Formats:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        """Keep the workbook that they belong to."""
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def of(self, **wanted: Any) -> Any:
        """Return a format: the body's, but for what is wanted."""
        base = {"font_name": BODY, "font_size": 10.5, "valign": "vcenter", "text_wrap": True}
        if wanted.pop("boxed", True):
            base |= {"border": 1, "border_color": GRID}
        key = tuple(sorted((base | wanted).items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(dict(key))
        return self._made[key]


class Sheet:
    """A worksheet that is written row by row."""

    def __init__(self, book: Any, formats: Formats, name: str, columns: Sequence[Column]) -> None:
        """Add the worksheet and set its columns."""
        self.page = book.add_worksheet(name)
        self.columns, self.formats, self.row = tuple(columns), formats, 0
        for number, column in enumerate(columns):
            self.page.set_column(number, number, column.width)

    def begin(self, title: str, subtitle: str, *, paper: int = A4, frozen: int = 2) -> None:
        """Write title, subtitle and headings, and set the printed page."""
        last = len(self.columns) - 1
        self.page.set_row(0, 30)
        self.page.merge_range(
            0, 0, 0, last, title,
            self.formats.of(boxed=False, font_name=TITLE, font_size=16, align="center"),
        )  # fmt: skip
        width = sum(column.width for column in self.columns)
        self.page.set_row(1, _height(lines_of(subtitle, width)))
        self.page.merge_range(1, 0, 1, last, subtitle, self.formats.of(boxed=False, font_color=GREY))
        self.row = 2
        self._headings()
        self.page.freeze_panes(self.row, frozen)
        self.page.repeat_rows(2, self.row - 1)
        self.page.set_landscape()
        self.page.set_paper(paper)
        self.page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self.page.fit_to_pages(1, 0)
        self.page.set_footer("&C第 &P 页，共 &N 页")
        self.page.hide_gridlines(2)

    def _headings(self) -> None:
        style = self.formats.of(font_name=TITLE, align="center", bg_color=HEAD)
        if any(column.group for column in self.columns):
            start = 0
            for number, column in enumerate(self.columns):
                following = self.columns[number + 1].group if number + 1 < len(self.columns) else None
                if column.group and following == column.group:
                    continue
                if not column.group:
                    self.page.merge_range(2, number, 3, number, column.heading, style)
                elif start == number:
                    self.page.write_string(2, number, column.group, style)
                else:
                    self.page.merge_range(2, start, 2, number, column.group, style)
                start = number + 1
            grouped = [each for each in self.columns if each.group]
            self.page.set_row(2, _height(max(lines_of(each.group, 3 * each.width) for each in grouped)))
            self.page.set_row(3, _height(max(lines_of(each.heading, each.width) for each in grouped)))
            for number, column in enumerate(self.columns):
                if column.group:
                    self.page.write_string(3, number, column.heading, style)
            self.row = 4
        else:
            self.page.set_row(2, _height(max(lines_of(each.heading, each.width) for each in self.columns)))
            for number, column in enumerate(self.columns):
                self.page.write_string(2, number, column.heading, style)
            self.row = 3

    def append(self, cells: Sequence[Cell | str | int | None], **looks: Any) -> int:
        """Write a row, as high as its longest text needs; return its number."""
        lines = 1
        for number, (cell, column) in enumerate(zip(cells, self.columns, strict=True)):
            given = cell if isinstance(cell, Cell) else Cell(cell)
            self._write(number, given, {"align": column.align} | looks | given.looks)
            if isinstance(given.value, str):
                lines = max(lines, lines_of(given.value, column.width))
        self.page.set_row(self.row, _height(lines))
        self.row += 1
        return self.row - 1

    def note(self, text: str) -> None:
        """Write a line of text below the table, over its whole width."""
        width = sum(column.width for column in self.columns)
        self.page.set_row(self.row, _height(lines_of(text, width)))
        style = self.formats.of(boxed=False, align="left")
        self.page.merge_range(self.row, 0, self.row, len(self.columns) - 1, text, style)
        self.row += 1

    def _write(self, column: int, cell: Cell, looks: dict[str, Any]) -> None:
        value = cell.value
        if cell.target:
            looks = {"font_color": LINK} | looks
            self.page.write_url(self.row, column, cell.target, self.formats.of(**looks), "", cell.tip)
        style = self.formats.of(**looks)
        if cell.formula:
            self.page.write_formula(self.row, column, cell.formula, style, float(value or 0))
        elif isinstance(value, (int, Decimal)):
            self.page.write_number(self.row, column, float(value), style)
        elif value:
            self.page.write_string(self.row, column, value, style)
        else:
            self.page.write_blank(self.row, column, None, style)


class Cell:
    """A cell: its value, where it leads, what reckons it, and how it looks."""

    def __init__(
        self,
        value: str | int | Decimal | None,
        *,
        target: str = "",
        tip: str = "",
        formula: str = "",
        **looks: Any,
    ) -> None:
        """Keep what is written; `target` is a link of Excel's, such as `internal:'总览'!A1`."""
        self.value, self.target, self.tip, self.formula, self.looks = value, target, tip, formula, looks


def number_format(value: Decimal, least: int = 0) -> str:
    """Return the format that shows a number with its own decimals, at least so many and at most four."""
    exponent = value.normalize().as_tuple().exponent
    decimals = min(4, max(least, -exponent)) if isinstance(exponent, int) else least
    return f"#,##0.{'0' * decimals}" if decimals else "#,##0"


def lines_of(text: str, width: float) -> int:
    """Return how many lines a text takes in a column of so many characters."""
    room = max(2.0, width - 1)
    return sum(max(1, -(-_width(line) // int(room))) for line in text.split("\n"))


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in text)


def _height(lines: int) -> float:
    return min(_TALLEST, lines * _LINE + _PADDING)
