"""Lays out what stands on the pages of a file as the pieces of one text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from connectors.readers.canonical import Piece
from connectors.readers.furniture import without_furniture
from connectors.readers.pagetables import Table, pieces_of
from connectors.readers.paragraphs import Measure, foot_notes, measure, paragraphs
from connectors.readers.pdflines import Line, Paragraph
from connectors.readers.pdftables import RuledTable
from nianbao import Place

# Two columns stand on a page where so many lines lie on either side of a gutter, and few cross it.
_FEWEST_LINES = 6
_CROSSING = 0.15
_MIDDLE = (0.3, 0.7)
# How wide, as a share of the page, most lines of the right column are at least.
_COLUMN = 0.2


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

    Page numbers, running headers and footers go; lines become paragraphs, over pages too; a table that runs
    on is one; the notes at the pages' feet come last.
    """
    lines = [page.lines for page in pages]
    kept, dropped = without_furniture(lines)
    notes = [f"删去了页眉、页脚和页码（{dropped} 行）"] if dropped else []
    flow: list[Line | RuledTable] = []
    feet: list[Line] = []
    for page, own, rest in zip(pages, lines, kept, strict=True):
        at_foot = [line for line in rest if line.is_note]
        feet += at_foot
        items: list[Line | RuledTable] = [*rest]
        if at_foot or len(own) < len(page.items):
            running = {id(line) for line in rest if not line.is_note}
            items = [item for item in page.items if isinstance(item, RuledTable) or id(item) in running]
        flow += _in_columns(items, page.width)
    width = max((page.width for page in pages), default=0.0)
    setting = measure([item for item in flow if isinstance(item, Line)], width)
    return list(_pieces(flow, setting, feet)), notes


def _in_columns(items: list[Line | RuledTable], width: float) -> list[Line | RuledTable]:
    """Tell the lines of a right column how far it stands from the left one."""
    lines = [item for item in items if isinstance(item, Line)]
    low, high = (share * width for share in _MIDDLE)
    starts = [line.left for line in lines if low < line.left < high]
    if len(starts) < _FEWEST_LINES:
        return items
    gutter = min(_often(starts), default=0.0) - 1
    right = [line for line in lines if line.left >= gutter]
    left = [line for line in lines if line.right <= gutter]
    if (
        min(len(left), len(right)) < _FEWEST_LINES
        or len(lines) - len(left) - len(right) > _CROSSING * len(lines)
        or median(line.right - line.left for line in right) < _COLUMN * width
    ):
        return items
    begins = min(_often([line.left for line in left]), default=None)
    if begins is None:
        return items
    shifted = {id(line) for line in right}
    by = gutter + 1 - begins
    return [
        replace(item, column=by) if isinstance(item, Line) and id(item) in shifted else item for item in items
    ]


def _often(places: Sequence[float]) -> list[float]:
    """Return the places, to the point, where three lines start or more."""
    return [place for place in places if sum(abs(other - place) < 1 for other in places) >= 3]


def _pieces(flow: Iterable[Line | RuledTable], setting: Measure, feet: Sequence[Line]) -> Iterator[Piece]:
    paragraph = table = 0
    for run in _runs(flow):
        if isinstance(run, Table):
            table += 1
            yield from pieces_of(run, table)
            continue
        for found in paragraphs(run, setting):
            paragraph += 1
            yield _piece(found, paragraph)
    for found in foot_notes(feet):
        paragraph += 1
        yield _piece(found, paragraph)


def _piece(found: Paragraph, number: int) -> Piece:
    return Piece(
        found.text, place=Place(page=found.page, paragraph=number, box=found.box), doubts=found.doubts
    )


def _runs(flow: Iterable[Line | RuledTable]) -> Iterator[list[Line] | Table]:
    """Yield the tables, and the runs of lines between them."""
    run: list[Line] = []
    table: Table | None = None
    for item in flow:
        if isinstance(item, Line):
            if table is not None:
                yield table
                table = None
            run.append(item)
            continue
        if run:
            yield run
            run = []
        if table is not None and table.runs_on(item):
            table.add(item)
            continue
        if table is not None:
            yield table
        table = Table.begun(item)
    if run:
        yield run
    if table is not None:
        yield table
