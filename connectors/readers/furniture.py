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
_DIGITS = re.compile(r"[0-9]{1,5}")


def without_furniture(pages: Sequence[Sequence[Line]]) -> tuple[list[list[Line]], int]:
    """Leave out page numbers, and the headers and footers that many pages repeat.

    Returns:
        The pages, and how many lines were left out.
    """
    edges = [{id(line): _keys(line) for line in _edges(page)} for page in pages]
    repeated: Counter[str] = Counter()
    for keyed in edges:
        repeated.update({key for keys in keyed.values() for key in keys})
    # Left and right pages may each have their own, and the first page none.
    enough = max(2, round(len(pages) * _OFTEN))
    kept: list[list[Line]] = []
    dropped = 0
    for page, keyed in zip(pages, edges, strict=True):
        rest = [
            line
            for line in page
            if id(line) not in keyed
            or not (_is_page_number(line) or any(repeated[key] >= enough for key in keyed[id(line)]))
        ]
        dropped += len(page) - len(rest)
        kept.append(rest)
    return kept, dropped


def _edges(page: Sequence[Line]) -> list[Line]:
    """Return the uppermost and the lowest lines, wherever the file's order has them."""
    ordered = sorted(page, key=lambda line: line.y)
    outer = ordered if len(ordered) <= 2 * _EDGE_LINES else ordered[:_EDGE_LINES] + ordered[-_EDGE_LINES:]
    outer = [line for line in outer if not _OUTER <= line.y <= 1 - _OUTER]
    return [line for line in outer if not _SENTENCE.search(line.text) or _PAGE_NUMBER.match(line.text)]


def _keys(line: Line) -> list[str]:
    """Return what repeated lines have in common: height and text, but for a number that counts the pages."""
    height = round(line.y * 50)
    keys = [f"{line.text}@{height}"]
    for number in _DIGITS.finditer(line.text):
        ahead = int(number.group()) - line.page
        keys.append(f"{line.text[: number.start()]}#{ahead}#{line.text[number.end() :]}@{height}")
    return keys


def _is_page_number(line: Line) -> bool:
    return not MARGIN <= line.y <= 1 - MARGIN and _PAGE_NUMBER.match(line.text) is not None
