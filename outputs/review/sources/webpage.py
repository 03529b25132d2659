"""A web page as it may stand in a frame: its words and tables; nothing acts, loads or leads anywhere."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from html import unescape
from importlib.resources import files
from typing import Final

from nianbao.masking import hide, personal_spans
from outputs.review.sources.locating import Folded, Wanted, find

# Beyond this a page is no report.
LARGEST: Final = 5 * 1024 * 1024
_MOST_TAGS: Final = 200_000
_TAGS: Final = (
    "article", "b", "blockquote", "br", "caption", "center", "dd", "del", "div", "dl", "dt", "em", "font",
    "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "ins", "li", "main", "ol", "p", "pre", "s", "section",
    "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul",
)  # fmt: skip
# With all that is in them.
_DROPPED: Final = (
    "applet", "audio", "button", "canvas", "embed", "frame", "frameset", "iframe", "math", "noframes",
    "noscript", "object", "script", "select", "style", "svg", "template", "textarea", "title", "video",
)  # fmt: skip
_CELL: Final = frozenset(("colspan", "rowspan"))
_SPAN: Final = re.compile(r"[1-9]\d{0,2}")
_EMPTY: Final = re.compile(r"(?:<(div|p|span|li|ul|section)>(?:\s|&nbsp;)*</\1>\s*)+")
# Of what was cleaned, attributes hold figures alone, so that a tag ends with the first `>`.
_WORDS: Final = re.compile(r">([^<]+)|^([^<]+)")
# Marks that turn the direction of what follows are seen instead.
_TURNING: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ENTITY: Final = re.compile(r"&(?:amp|lt|gt|quot|nbsp);")
_CHARSETS: Final = ("utf-8", "gb18030", "big5hkscs", "utf-16")
_POLICY: Final = "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-{}'"


def looks_like_page(data: bytes) -> bool:
    """Whether bytes begin as a web page does."""
    head = data[:4096].replace(b"\0", b"").lower()
    return any(sign in head for sign in (b"<!doctype html", b"<html", b"<head", b"<body", b"<div", b"<p>"))


def decoded(data: bytes, text: str) -> str:
    """Return a page's markup: in UTF-8 if it is that, else in the charset that gives what was read."""
    with suppress(UnicodeDecodeError):
        if b"\0" not in data:
            return data.decode("utf-8-sig")
    told = {each for each in text[:2000] if "\u4e00" <= each <= "\u9fff"}
    pages = [data.decode(name, errors="replace") for name in _CHARSETS]
    return max(pages, key=lambda page: len(told & set(page)))


def framed(markup: str, asked: Mapping[int, Sequence[Wanted]], text: str = "") -> tuple[str, frozenset[int]]:
    """Return a page cleaned, what is asked marked in it, and which of that was found.

    What is personal around the report, such as whom to call and the number, is hidden.

    Args:
        markup: the page's.
        text: the report's as it is published: what is personal and stands in it stays.
        asked: how to find each place, by its number; its anchor is `p` and that number.

    Raises:
        ValueError: it is made of so many tags that it is no report.
    """
    letters = _without_persons(_Letters(cleaned(markup)), text)
    source = Folded(letters.text)
    found = {number: find(source, tuple(words)) for number, words in asked.items()}
    spans = {number: span for number, span in found.items() if span is not None}
    return f"{_head()}{letters.marked(spans)}\n</body>\n</html>\n", frozenset(spans)


def _without_persons(letters: _Letters, text: str) -> _Letters:
    said = letters.text
    spans = [each for each in personal_spans(said) if said[each.start : each.end] not in text]
    return letters.saying(hide(said, spans)) if spans else letters


@cache
def _head() -> str:
    """Return what stands before a page's body: a policy by which nothing but this style counts."""
    style = files("outputs.review.sources").joinpath("frame.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY.format(digest)}">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>原件</title>\n<style>{style}</style>\n</head>\n<body>\n"
    )


def cleaned(markup: str) -> str:
    """Return a page's words, paragraphs and tables alone.

    Raises:
        ValueError: it is made of so many tags that it is no report.
    """
    import nh3

    if markup.count("<") > _MOST_TAGS:
        raise ValueError("原件的标签太多")
    body = nh3.clean(
        markup,
        tags=set(_TAGS),
        clean_content_tags=set(_DROPPED),
        attributes={"td": set(_CELL), "th": set(_CELL)},
        attribute_filter=lambda tag, name, value: value if _SPAN.fullmatch(value) else None,
        url_schemes=set(),
        link_rel=None,
        strip_comments=True,
    )
    for _ in range(3):
        body = _EMPTY.sub("", body)
    return _TURNING.sub("\ufffd", re.sub(r"\s*\n\s*", "\n", body))


class _Letters:
    """What a cleaned page says, and where each character of that stands in it."""

    def __init__(self, body: str) -> None:
        self._body = body
        self._at: list[int] = []
        text = []
        for found in _WORDS.finditer(body):
            start = found.start(1) if found[1] is not None else found.start(2)
            place = start
            for entity in _ENTITY.finditer(body, start, found.end()):
                self._at.extend(range(place, entity.start() + 1))
                text.append(body[place : entity.start()] + unescape(entity[0]))
                place = entity.end()
            self._at.extend(range(place, found.end()))
            text.append(body[place : found.end()])
        self.text = "".join(text)

    def saying(self, text: str) -> _Letters:
        """Return a page that says something else, as long as this."""
        body = list(self._body)
        for place, before, now in zip(self._at, self.text, text, strict=True):
            if before != now:
                body[place] = now
        return _Letters("".join(body))

    def marked(self, spans: Mapping[int, tuple[int, int]]) -> str:
        """Return the page with spans (first and last character) marked, and an anchor before each."""
        inserted: list[tuple[int, int, str]] = []
        for start, end in self._pieces(spans.values()):
            inserted += [(start, 2, "<mark>"), (end, 0, "</mark>")]
        anchors = ((first, f'<span id="p{number}"></span>') for number, (first, _) in spans.items())
        inserted += [(self._at[first], 1, anchor) for first, anchor in anchors]
        told, done = [], 0
        for place, _, tag in sorted(inserted):
            told += [self._body[done:place], tag]
            done = place
        return "".join([*told, self._body[done:]])

    def _pieces(self, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return where marks begin and end in the page, so that none overlaps another or a tag."""
        pieces: list[tuple[int, int]] = []
        for index in sorted({index for first, last in spans for index in range(first, last + 1)}):
            start = self._at[index]
            entity = _ENTITY.match(self._body, start)
            end = entity.end() if entity else start + 1
            if pieces and pieces[-1][1] == start:
                pieces[-1] = (pieces[-1][0], end)
            else:
                pieces.append((start, end))
        return pieces
