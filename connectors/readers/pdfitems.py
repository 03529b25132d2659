"""Puts a PDF page together: its lines and ruled tables in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from connectors.readers.pdfdrawing import Drawing
from connectors.readers.pdflines import Line
from connectors.readers.pdfnotes import with_notes
from connectors.readers.pdfpage import PageText
from connectors.readers.pdfrows import Span, changes, mended, page_rows, row_line, upright_spans
from connectors.readers.pdftables import CellText, RuledTable, TooManyRulesError, grids, ruled_table

_LARGEST_TABLED = 30_000


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


def page_items(text: PageText, drawn: Drawing, number: int) -> Items:
    """Return the lines and ruled tables of a page.

    Args:
        text: of the page.
        drawn: what is drawn on it.
        number: from 1.
    """
    tables: list[tuple[RuledTable, set[int]]] = []
    is_tabled = True
    if drawn.is_ruled and text.segments and len(text.text) <= _LARGEST_TABLED:
        try:
            tables = _tables(text, drawn, number)
        except TooManyRulesError:
            is_tabled = False
    if tables:
        found = _parted(text, tables, number)
    else:
        rows = page_rows(text, number)
        found = Items(list(with_notes(rows.lines, rows.marks)), len(rows.marks), rows.leaning)
    return replace(found, is_tabled=is_tabled)


def _tables(text: PageText, drawn: Drawing, number: int) -> list[tuple[RuledTable, set[int]]]:
    """Return the tables, each with the offsets of its characters."""
    frame = text.frame
    found = grids(frame.place(edge) for edge in drawn.edges)
    if not found:
        return []
    characters = CellText(_characters(text))
    tables = []
    for grid in found:
        table = ruled_table(grid, number, frame.height, characters.within, is_open=grid.is_open)
        if table is not None:
            tables.append((table, characters.offsets(*grid.bbox)))
    return tables


def _characters(text: PageText) -> Iterator[tuple[float, float, float, int, str]]:
    """Yield the middle, down and across, of each character, its height, its offset and its text."""
    for start, end in upright_spans(text):
        changed = changes(text, (start, end))
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
    marks: list[str] = field(default_factory=list)


def _parted(text: PageText, tables: Sequence[tuple[RuledTable, set[int]]], number: int) -> Items:
    """Return the tables where their text stands, and the lines outside them."""
    holder = {offset: index for index, (_, offsets) in enumerate(tables) for offset in offsets}
    flow: list[_Run | RuledTable] = [_Run()]
    marks: list[str] = []
    shown: set[int] = set()
    for span in upright_spans(text):
        for part, index in _parts(text.text, span, holder):
            if index is None:
                line = row_line(text, part, number, marks)
                if not isinstance(flow[-1], _Run):
                    flow.append(_Run())
                run = flow[-1]
                if line is not None and isinstance(run, _Run):
                    run.lines.append(line)
            elif index not in shown:
                shown.add(index)
                flow.append(tables[index][0])
    lines = [line for run in flow if isinstance(run, _Run) for line in run.lines]
    told = {id(line): made for line, made in zip(lines, with_notes(lines, marks), strict=True)}
    items: list[Line | RuledTable] = []
    for each in flow:
        items += mended([told[id(line)] for line in each.lines], marks) if isinstance(each, _Run) else [each]
    leaning = sum(turn != text.frame.turn for turn in text.turns)
    return Items(items, len(marks), leaning)


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
