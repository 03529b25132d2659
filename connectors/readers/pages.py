"""Lays out what stands on the pages of a file as the pieces of one text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from connectors.readers.canonical import Piece
from connectors.readers.grid import table_pieces
from connectors.readers.pdflines import Line, Measure, measure, paragraphs, without_furniture
from connectors.readers.pdftables import RuledTable
from nianbao import Place


@dataclass(slots=True)
class Page:
    """A page: its lines and ruled tables in reading order.

    Args:
        number: from 1.
        width: in points.
        items: lines, and the tables where their text stood.
    """

    number: int
    width: float
    items: list[Line | RuledTable] = field(default_factory=list)

    @property
    def lines(self) -> list[Line]:
        """The lines outside tables."""
        return [item for item in self.items if isinstance(item, Line)]


def lay_out(pages: Sequence[Page]) -> tuple[list[Piece], list[str]]:
    """Return the pieces of all pages, and what was left out, one Chinese line each.

    Page numbers, running headers and footers go; lines become paragraphs.
    """
    kept, dropped = without_furniture([page.lines for page in pages])
    notes = [f"删去了页眉、页脚和页码（{dropped} 行）"] if dropped else []
    lines = [line for page in kept for line in page]
    setting = measure(lines, max((page.width for page in pages), default=0.0))
    rest = {id(line) for line in lines}
    flow = [item for page in pages for item in page.items if isinstance(item, RuledTable) or id(item) in rest]
    return list(_pieces(flow, setting)), notes


def _pieces(flow: Iterable[Line | RuledTable], setting: Measure) -> Iterator[Piece]:
    paragraph = table = 0
    for run in _runs(flow):
        if isinstance(run, RuledTable):
            table += 1
            yield from table_pieces(run.rows, table, run.page)
            continue
        for found in paragraphs(run, setting):
            paragraph += 1
            place = Place(page=found.page, paragraph=paragraph, box=found.box)
            yield Piece(found.text, place=place, doubts=found.doubts)


def _runs(flow: Iterable[Line | RuledTable]) -> Iterator[list[Line] | RuledTable]:
    """Yield the tables, and the runs of lines between them."""
    run: list[Line] = []
    for item in flow:
        if isinstance(item, Line):
            run.append(item)
            continue
        if run:
            yield run
            run = []
        yield item
    if run:
        yield run
