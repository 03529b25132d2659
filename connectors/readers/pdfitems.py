"""Puts a PDF page together: its lines and ruled tables in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from statistics import median
from typing import TYPE_CHECKING

from connectors.readers.pdfdrawing import Drawing, drawing
from connectors.readers.pdflines import Line, width_of
from connectors.readers.pdfnotes import with_notes
from connectors.readers.pdfpage import PageText
from connectors.readers.pdfrows import Changes, Rows, Span, mended, page_rows, row_line, upright_spans
from connectors.readers.pdftables import CellText, RuledTable, TooManyRulesError, grids, ruled_table

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

# Blanks between characters of one kind.
_BLANKS = re.compile(r" (?:(?<=[!-~] ) *(?=[!-~])|(?<=[^\s!-~] ) *(?=[^\s!-~]))")
_LARGEST_TABLED = 30_000
# How wide a gap in a line is, in Han characters, that may part two columns.
_PARTED = 0.4
_WIDE = "\u2e80"
# From how many characters on a line tells how wide they are, how many such lines tell it of the page, and how
# much longer than that a line is which may be parted.
_TELLING = 10
_ENOUGH = 3
_STRETCHED = 1.25


@dataclass(slots=True)
class Items:
    """What a page holds.

    Args:
        items: its lines and tables, in reading order.
        marks: how many marks of notes were taken out of the text.
        leaning: how many lines were left out because they lean or stand upright.
        is_tabled: False where there are too many rules to tell a table.
    """

    items: list[Line | RuledTable]
    marks: int = 0
    leaning: int = 0
    is_tabled: bool = True


def page_items(text: PageText, page: PdfPage, number: int) -> Items:
    """Return the lines and ruled tables of a page.

    Args:
        text: of the page.
        page: itself.
        number: from 1.
    """
    rows = page_rows(text, number)
    is_tabled = True
    if _may_be_tabled(text, rows.lines):
        drawn = drawing(page)
        if drawn.is_ruled and len(text.text) <= _LARGEST_TABLED:
            try:
                tables = _tables(text, drawn, number, rows.changed)
            except TooManyRulesError:
                is_tabled = False
            else:
                if tables:
                    return _parted(text, tables, number, rows)
    return Items([*with_notes(rows.lines, rows.marks)], len(rows.marks), rows.leaning, is_tabled)


def _may_be_tabled(text: PageText, lines: Sequence[Line]) -> bool:
    """Whether text stands side by side on a page, as it does in a table.

    It saves looking at all that is drawn, which takes longer than all the rest. Gaps between Han characters
    and figures are in running text too: they count where they make a line much longer than its characters.
    """
    before: Line | None = None
    for line in sorted(lines, key=attrgetter("top")):
        if before is not None and line.top < (before.top + before.bottom) / 2:
            return True
        before = line
    wide = [(line.right - line.left) / em for line in lines if (em := width_of(line.text)) >= _TELLING]
    usual = median(wide) if len(wide) >= _ENOUGH else 0.0
    for line in lines:
        if " " in line.text and line.right - line.left > _STRETCHED * usual * width_of(line.text):
            return True
    content = text.text
    for blank in _BLANKS.finditer(content):
        last = blank.start() - 1
        gap, width = text.gap(last, blank.end())
        if gap > (_PARTED if content[last] >= _WIDE else 2 * _PARTED) * width:
            return True
    return False


def _tables(
    text: PageText, drawn: Drawing, number: int, changed: Changes
) -> list[tuple[RuledTable, set[int]]]:
    """Return the tables, each with the offsets of its characters."""
    frame = text.frame
    found = grids(frame.place(edge) for edge in drawn.edges)
    if not found:
        return []
    characters = CellText(_characters(text, changed))
    tables = []
    for grid in found:
        table = ruled_table(grid, number, frame.height, characters.within, is_open=grid.is_open)
        if table is not None:
            tables.append((table, characters.offsets(*grid.bbox)))
    return tables


def _characters(text: PageText, changed: Changes) -> Iterator[tuple[float, float, float, int, str]]:
    """Yield the middle, down and across, of each character, its height, its offset and its text."""
    for start, end in upright_spans(text):
        for offset in range(start, end):
            put = changed.get(offset, text.text[offset])
            if not put.strip():
                continue
            left, top, right, bottom = text.box(offset)
            after = text.text[offset + 1] if offset + 1 < end else ""
            is_parted = after == " " and changed.get(offset + 1, " ") == " "
            yield (top + bottom) / 2, (left + right) / 2, bottom - top, offset, put + " " * is_parted


@dataclass(slots=True)
class _Run:
    """Items of a page between tables."""

    lines: list[Line] = field(default_factory=list)


def _parted(
    text: PageText,
    tables: Sequence[tuple[RuledTable, set[int]]],
    number: int,
    rows: Rows,
) -> Items:
    """Return the tables where their text stands, and the lines outside them."""
    holder = {offset: index for index, (_, offsets) in enumerate(tables) for offset in offsets}
    flow: list[_Run | RuledTable] = [_Run()]
    shown: set[int] = set()
    for span in upright_spans(text):
        for part, index in _parts(text.text, span, holder):
            if index is None:
                line = row_line(text, part, number, rows.changed)
                if not isinstance(flow[-1], _Run):
                    flow.append(_Run())
                run = flow[-1]
                if line is not None and isinstance(run, _Run):
                    run.lines.append(line)
            elif index not in shown:
                shown.add(index)
                flow.append(tables[index][0])
    lines = [line for run in flow if isinstance(run, _Run) for line in run.lines]
    told = {id(line): made for line, made in zip(lines, with_notes(lines, rows.marks), strict=True)}
    items: list[Line | RuledTable] = []
    for each in flow:
        items += (
            mended([told[id(line)] for line in each.lines], rows.marks) if isinstance(each, _Run) else [each]
        )
    return Items(items, len(rows.marks), rows.leaning)


def _parts(content: str, span: Span, holder: dict[int, int]) -> Iterator[tuple[Span, int | None]]:
    """Cut a span where it enters or leaves a table."""
    start, end = span
    begun, inside = start, holder.get(start)
    for offset in range(start + 1, end):
        if content[offset] == " ":
            continue
        where = holder.get(offset)
        if where != inside:
            yield (begun, offset), inside
            begun, inside = offset, where
    yield (begun, end), inside
