"""Reads the three tables by headers and labels, wherever the columns stand and however cells are merged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Protocol

from nianbao import Context, Document, Numeral, NumeralReason, Observation, Qualifier, Role
from nianbao_xinxigongkai import form
from nianbao_xinxigongkai.form import Line, find_line, identifier

NAME: Final = "disclosure-tables"
_NUMBER: Final = re.compile(
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<unit>[件项条宗次份]|万元|元)?"
)
# What people write where there was nothing; a dash or a stroke says that the row is not for them.
_NONE: Final = "无"
_YUAN: Final = Decimal(10_000)
_CONFIDENCE: Final = Decimal("0.98")


class Cell(Protocol):
    """A cell of a table as the core finds it: its span, and its text, folded and without blanks."""

    @property
    def start(self) -> int:
        """Where it begins in the document's text."""

    @property
    def end(self) -> int:
        """Where it ends."""

    @property
    def words(self) -> str:
        """What it says."""


Row = Sequence[Cell | None]


@dataclass(frozen=True, slots=True)
class Placed:
    """A number of a table.

    Args:
        cell: where it stands.
        start: where the evidence begins, the label of its row.
        indicator: what it is; empty where header and label tell no cell of the form.
        is_in_yuan: whether its header says 元, and not 万元.
    """

    cell: Cell
    start: int
    indicator: str
    is_in_yuan: bool = False


def read_tables(document: Document, context: Context) -> Iterator[Observation | Numeral]:
    """Yield the figures of the statutory tables in a document, and the numbers that fit no cell of them."""
    tables = context.reading.tables if context.reading else ()
    for table in tables:
        for placed in _read(table.rows):
            if placed.indicator:
                yield _observation(document, placed)
            elif _NUMBER.fullmatch(placed.cell.words):
                start, end = placed.cell.start, placed.cell.end
                quote = document.text[start:end]
                yield Numeral(start, end, quote, NumeralReason.UNCLAIMED)


def _read(rows: Sequence[Row]) -> Iterator[Placed]:
    if any(find_line(cell.words, form.OUTCOMES[:1]) for row in rows for cell in row if cell):
        yield from _suits(rows)
    elif any(find_line(cell.words, form.ROWS[:3]) for row in rows for cell in row if cell):
        yield from _requests(rows)
    else:
        yield from _disclosed(rows)


def _disclosed(rows: Sequence[Row]) -> Iterator[Placed]:
    """Yield what stands beside an item, under the headings that were met last."""
    wanted = {item.key: headings for item, headings in form.ITEMS}
    headings: dict[int, tuple[str, bool]] = {}
    for row in rows:
        found = {column: each for column, cell in enumerate(row) if cell and (each := _heading(cell.words))}
        if found:
            headings = found
            continue
        labels = ((column, find_line(cell.words, form.ITEM_LINES)) for column, cell in enumerate(row) if cell)
        first, item = next(((column, line) for column, line in labels if line), (0, None))
        if item is None or not headings:
            continue
        for column, cell in _values(row, first):
            heading, is_in_yuan = _above(headings, column)
            if heading is not None and heading in wanted[item.key]:
                yield Placed(
                    cell, _start(row, first), identifier(form.DISCLOSED, item.key, heading), is_in_yuan
                )
            elif heading is not None:
                yield Placed(cell, _start(row, first), "")


def _heading(words: str) -> tuple[str, bool] | None:
    """Return what a cell heads, and whether in 元; an empty key for what only the older form asks."""
    if form.OLDER.search(words):
        return "older", False
    line = find_line(words, form.HEADINGS)
    return (line.key, "元" in words and "万元" not in words) if line else None


def _above(headings: dict[int, tuple[str, bool]], column: int) -> tuple[str | None, bool]:
    """Return the heading over a column: its own, or the merged one that begins on its left."""
    covering = [each for each in headings if each <= column]
    heading, is_in_yuan = headings[max(covering)] if covering else (None, False)
    return (None if heading == "older" else heading), is_in_yuan


def _requests(rows: Sequence[Row]) -> Iterator[Placed]:
    """Yield what stands beside a row's own label, under who asked."""
    askers: dict[int, Line] = {}
    for row in rows:
        found = {
            c: line for c, cell in enumerate(row) if cell and (line := find_line(cell.words, form.ASKERS))
        }
        if found and not any(_is_number(cell) for cell in row):
            askers |= found
            continue
        if not askers:
            continue
        own = row[: min(askers)]
        label = max((c for c, cell in enumerate(own) if cell and not _is_number(cell)), default=None)
        cell = None if label is None else row[label]
        line = find_line(cell.words, form.ROWS) if cell else None
        for column, value in _values(row, len(own) - 1):
            asker = askers.get(column)
            told = identifier(form.REQUESTS, line.key, asker.key) if asker and line else ""
            yield Placed(value, _start(row, label or 0), told)


def _suits(rows: Sequence[Row]) -> Iterator[Placed]:
    """Yield the one row below the headings of results, which stand below those of the ways."""
    headings: dict[int, tuple[int, Line]] = {}
    is_read = False
    for number, row in enumerate(rows):
        found = {
            c: line for c, cell in enumerate(row) if cell and (line := find_line(cell.words, form.OUTCOMES))
        }
        if found:
            headings |= {column: (number, line) for column, line in found.items()}
            continue
        if not headings or not any(_is_number(cell) for cell in row):
            continue
        start = next(cell.start for cell in row if cell)
        for column, cell in _values(row, -1):
            way = _way(rows, headings[column][0], column) if column in headings and not is_read else None
            told = identifier(form.SUITS, way.key, headings[column][1].key) if way else ""
            yield Placed(cell, start, told)
        is_read = True


def _way(rows: Sequence[Row], number: int, column: int) -> Line | None:
    """Return the way that heads a column: the nearest heading above, which may begin on its left."""
    for row in reversed(rows[:number]):
        covering = [cell for cell in row[: column + 1] if cell and cell.words]
        way = find_line(covering[-1].words, form.WAYS) if covering else None
        if way:
            return way
    return None


def _values(row: Row, label: int) -> Iterator[tuple[int, Cell]]:
    """Yield the filled cells of figures on the right of a label."""
    for column, cell in enumerate(row):
        if column > label and cell is not None and _is_number(cell):
            yield column, cell


def _is_number(cell: Cell | None) -> bool:
    return cell is not None and (cell.words == _NONE or _NUMBER.fullmatch(cell.words) is not None)


def _start(row: Row, label: int) -> int:
    cell = row[label]
    return cell.start if cell else next(each.start for each in row if each)


def _observation(document: Document, placed: Placed) -> Observation:
    cell = placed.cell
    match = _NUMBER.fullmatch(cell.words)
    value = Decimal(match["number"].replace(",", "")) if match else Decimal(0)
    written = (match["unit"] or "") if match else ""
    is_fee = placed.indicator.endswith("_fees")
    if is_fee and (written == "元" or (placed.is_in_yuan and not written)):
        value /= _YUAN
    unit = written or ("万元" if is_fee and not placed.is_in_yuan else "")
    return Observation(
        indicator=placed.indicator,
        value=value,
        unit=unit,
        qualifier=Qualifier.EXACT,
        role=Role.TOTAL,
        start=placed.start,
        end=cell.end,
        quote=document.text[placed.start : cell.end],
        low=value,
        high=value,
        figure_start=cell.start,
        figure_end=cell.end,
        confidence=_CONFIDENCE,
        extractor=NAME,
        reason="按表头和行名对应",
    )
