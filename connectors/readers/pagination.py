"""Takes the furniture of pages out of a plain text: page numbers, running headers and footers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from connectors.readers.plainlines import TextLine

_DASH = r"[-—–－―─‐‑]{1,3}"
# A line that can be nothing else, wherever it stands.
_SURE_NUMBER = re.compile(
    rf"\s*(?:{_DASH}\s*\d{{1,4}}\s*{_DASH}|第\s*\d{{1,4}}\s*页\s*[,，/]?\s*(?:共\s*\d{{1,4}}\s*页)?|"
    r"Page\s+\d{1,4}(?:\s+of\s+\d{1,4})?)\s*",
    re.I,
)
# A line that is a page number where a page begins or ends.
_EDGE_NUMBER = re.compile(r"\s*(\d{1,4})(?:\s*/\s*\d{1,4})?\s*")
_DIGITS = re.compile(r"\d+")
_SENTENCE = re.compile(r"[。；！？]|.{40}")
# A page has at least so many lines; what stands nearer together is no page.
_FEWEST_PAGES = 3

Page = list[TextLine]


def without_furniture(lines: Iterable[TextLine]) -> tuple[list[TextLine], int]:
    """Return the lines without page numbers and running heads, and how many went.

    A page ends at a form feed, which stands in its line, or at a line that is surely its number. A running
    head is the first or last line of at least half of the pages, three at the least; its first stays.
    """
    pages = _pages(lines)
    before = sum(not line.is_blank for page in pages for line in page)
    if len(pages) > 1:
        pages = [_trimmed(page) for page in pages]
    pages = [_trimmed([line for line in page if not _SURE_NUMBER.fullmatch(line.text)]) for page in pages]
    for edge in (0, -1):
        pages = _without_counted(pages, edge)
    heads = _running_heads(pages)
    seen: set[str] = set()
    kept = [line for page in pages for line in _trimmed(_without_heads(page, heads, seen))]
    return kept, before - sum(not line.is_blank for line in kept)


def _pages(lines: Iterable[TextLine]) -> list[Page]:
    pages: list[Page] = [[]]
    for line in lines:
        first, *others = line.text.split("\f")
        pages[-1].append(replace(line, text=first))
        for text in others:
            pages.append([replace(line, text=text)])
        if _SURE_NUMBER.fullmatch(pages[-1][-1].text):
            pages.append([])
    return [page for page in pages if any(not line.is_blank for line in page)]


def _without_counted(pages: Sequence[Page], edge: int) -> list[Page]:
    """Leave out the bare numbers at one edge of the pages where they count the pages."""
    told = {
        index: int(match[1])
        for index, page in enumerate(pages)
        if len(page) > 2 and (match := _EDGE_NUMBER.fullmatch(page[edge].text))
    }
    steps = Counter(number - index for index, number in told.items())
    step, count = max(steps.items(), key=lambda row: row[1], default=(0, 0))
    if count < max(2, len(pages) // 2):
        return list(pages)
    counted = {index for index, number in told.items() if number - index == step}
    return [
        _trimmed(page[1:] if edge == 0 else page[:-1]) if index in counted else page
        for index, page in enumerate(pages)
    ]


def _trimmed(page: Page) -> Page:
    """Blank lines at a page's ends part no paragraphs."""
    start, end = 0, len(page)
    while start < end and page[start].is_blank:
        start += 1
    while end > start and page[end - 1].is_blank:
        end -= 1
    return page[start:end]


def _running_heads(pages: Sequence[Page]) -> frozenset[str]:
    if len(pages) < _FEWEST_PAGES:
        return frozenset()
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({_key(line) for line in (*page[:1], *page[-1:]) if not _SENTENCE.search(line.text)})
    enough = max(_FEWEST_PAGES, -(-len(pages) // 2))
    return frozenset(key for key, count in counts.items() if count >= enough and _DIGITS.sub("", key))


def _without_heads(page: Page, heads: frozenset[str], seen: set[str]) -> Page:
    for edge in (0, -1):
        if page and _key(page[edge]) in heads:
            if _key(page[edge]) in seen:
                page = page[1:] if edge == 0 else page[:-1]
            else:
                seen.add(_key(page[edge]))
    return page


def _key(line: TextLine) -> str:
    """Two lines are the same when they differ in numbers alone."""
    return _DIGITS.sub("0", "".join(line.text.split()))
