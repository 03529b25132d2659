"""Charts that are tables: each row has its figures, and a bar that shows them to whoever sees it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from outputs.review.text import shown

# More rows than these are folded away.
MOST_ROWS: Final = 12


@dataclass(frozen=True, slots=True)
class Series:
    """What a piece of a bar stands for: its name, and the class that colours it."""

    name: str
    tone: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a chart.

    Args:
        name: of what it is about, as text.
        values: the lengths of the bar's pieces.
        cells: the figures, as text, under the chart's heads.
        detail: small print below the name.
        most: the length of the longest bar; 0 for that of all rows.
    """

    name: str
    values: Sequence[float]
    cells: Sequence[str]
    detail: str = ""
    most: float = 0


def chart(
    title: str,
    heads: Sequence[str],
    series: Sequence[Series],
    rows: Sequence[Row],
    *,
    beside: bool = False,
    note: str = "",
    none: str = "",
    after: str = "",
) -> str:
    """Return a section with a chart.

    Args:
        title: what it shows.
        heads: of the columns: the first of the names, then those of the figures.
        series: what the pieces of a bar stand for, in their order.
        rows: the longest bars need not come first.
        beside: whether the pieces are bars below each other, and not one bar.
        note: what is to be known besides; HTML.
        none: what is said where there are no rows.
        after: HTML that belongs to it.
    """
    return "".join(_section(title, heads, series, rows, beside=beside, note=note, none=none, after=after))


def _section(
    title: str,
    heads: Sequence[str],
    series: Sequence[Series],
    rows: Sequence[Row],
    *,
    beside: bool,
    note: str,
    none: str,
    after: str,
) -> Iterator[str]:
    yield f'<section class="chart"><h2>{shown(title)}</h2>'
    if note:
        yield f'<p class="chart-note">{note}</p>'
    if not rows:
        yield f'<p class="empty">{shown(none)}</p></section>'
        return
    if {row.name for row in rows} - {each.name for each in series}:
        keys = "".join(f'<li><i class="key {each.tone}"></i>{shown(each.name)}</li>' for each in series)
        yield f'<ul class="legend" aria-hidden="true">{keys}</ul>'
    longest = max((_length(row, beside=beside) for row in rows), default=0)
    head = [
        f'<caption class="unseen">{shown(title)}</caption><thead><tr><th scope="col">{shown(heads[0])}</th>',
        '<td class="bar-head" aria-hidden="true"></td>',
        *(f'<th scope="col" class="n">{shown(each)}</th>' for each in heads[1:]),
        "</tr></thead>",
    ]
    table = f'<table class="bars">{"".join(head)}<tbody>'
    told = [_row(row, heads, series, longest, beside=beside) for row in rows]
    yield f"{table}{''.join(told[:MOST_ROWS])}</tbody></table>"
    if len(told) > MOST_ROWS:
        rest = len(told) - MOST_ROWS
        folded = f"{table}{''.join(told[MOST_ROWS:])}</tbody></table>"
        yield f"<details><summary>还有 {rest} 行</summary>{folded}</details>"
    yield f"{after}</section>"


def _length(row: Row, *, beside: bool) -> float:
    return max(row.values, default=0) if beside else sum(row.values)


def _row(row: Row, heads: Sequence[str], series: Sequence[Series], longest: float, *, beside: bool) -> str:
    detail = f"<small>{shown(row.detail)}</small>" if row.detail else ""
    cells = "".join(
        f'<td class="n" data-head="{shown(head)}">{shown(cell)}</td>'
        for head, cell in zip(heads[1:], row.cells, strict=True)
    )
    bar = _bar(row.values, series, row.most or longest, beside=beside)
    return f'<tr><th scope="row">{shown(row.name)}{detail}</th><td class="bar-cell">{bar}</td>{cells}</tr>'


def _bar(values: Sequence[float], series: Sequence[Series], most: float, *, beside: bool) -> str:
    """Return a bar as SVG; its lengths are shares of the width, so that it grows with the page."""
    height = 10 if beside else 16
    pieces, start = [], 0.0
    for place, (value, each) in enumerate(zip(values, series, strict=True)):
        width = 100 * value / most if most else 0
        top = place * (height + 2) if beside else 0
        if value > 0:
            pieces.append(
                f'<rect class="{each.tone}" x="{start:.2f}%" y="{top}" '
                f'width="{max(width, 0.4):.2f}%" height="{height}"/>'
            )
        start += 0 if beside else width
    room = len(values) * (height + 2) - 2 if beside else height
    return f'<svg aria-hidden="true" width="100%" height="{room}">{"".join(pieces)}</svg>'
