"""Tells a page's furniture from its text: running headers, footers and page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from connectors.readers.pdflines import Line

# Headers and footers stand in the outer seventh of a page (GB/T 9704 puts 37 mm of 297 above the text).
MARGIN = 0.14

_EDGE_LINES = 2
_OUTER = 0.2
# On which share of the pages a header stands at least.
_OFTEN = 0.4
# Running text is no header, even where two pages begin alike.
_SENTENCE = re.compile(r"[，。；！]|^.{50}")
_COUNT = r"[\d一二三四五六七八九十百零〇○]{1,4}"
_RULE = r"[-—–－―─_·•~～‐‑|丨 ]*"
_PAGE_NUMBER = re.compile(
    rf"^{_RULE}(?:页码?[:： ]*)?"
    rf"(?:\d{{1,3}}|[ivxIVX]{{1,5}}|第? ?\d{{1,4}} ?页?|第 ?{_COUNT} ?页|Page ?\d{{1,4}})"
    rf"(?: ?[,，/／|] ?\d{{1,4}} ?页?|[ ,，/／|]*共 ?{_COUNT} ?页| of \d{{1,4}})?{_RULE}$"
)
_DIGITS = re.compile(r"\d+")


def without_furniture(pages: Sequence[Sequence[Line]]) -> tuple[list[list[Line]], int]:
    """Leave out page numbers, and the headers and footers that many pages repeat.

    Returns:
        The pages, and how many lines were left out.
    """
    repeated: Counter[str] = Counter()
    for page in pages:
        repeated.update({_key(line) for line in _edges(page)})
    # Left and right pages may each have their own, and the first page none.
    enough = max(2, round(len(pages) * _OFTEN))
    kept: list[list[Line]] = []
    dropped = 0
    for page in pages:
        furniture = {
            id(line)
            for line in _edges(page)
            if (len(pages) > 1 and repeated[_key(line)] >= enough) or _is_page_number(line)
        }
        kept.append([line for line in page if id(line) not in furniture])
        dropped += len(furniture)
    return kept, dropped


def _edges(page: Sequence[Line]) -> list[Line]:
    """Return the uppermost and the lowest lines, wherever the file's order has them."""
    ordered = sorted(page, key=lambda line: line.y)
    outer = ordered if len(ordered) <= 2 * _EDGE_LINES else ordered[:_EDGE_LINES] + ordered[-_EDGE_LINES:]
    outer = [line for line in outer if not _OUTER <= line.y <= 1 - _OUTER]
    return [line for line in outer if not _SENTENCE.search(line.text) or _PAGE_NUMBER.match(line.text)]


def _key(line: Line) -> str:
    """Lines are the same when they differ in numbers alone and stand at the same height."""
    return f"{_DIGITS.sub('#', line.text)}@{round(line.y * 50)}"


def _is_page_number(line: Line) -> bool:
    return not MARGIN <= line.y <= 1 - MARGIN and _PAGE_NUMBER.match(line.text) is not None
