"""Finds what is personal in a text and hides it character for character, so that all offsets still fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from nianbao.grammar.text import shadow
from nianbao.masking.names import find_names

_MONTH_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_CARD = re.compile(rf"(?<![0-9A-Za-z])[1-9]\d{{5}}(?:18|19|20)\d\d{_MONTH_DAY}\d{{3}}[\dXx](?![0-9A-Za-z])")
_OLD_CARD = re.compile(rf"(?<=身份证)[^0-9\n]{{0,6}}(?P<told>[1-9]\d{{5}}\d\d{_MONTH_DAY}\d{{3}})(?!\d)")
# Followed by a unit of money or by a point it is an amount.
_MOBILE = re.compile(r"(?<![\d.,])1[3-9]\d(?P<gap>[- ]?)\d{4}(?P=gap)\d{4}(?![\d.,]|\s*[万亿元])")
_LANDLINE = re.compile(r"(?<![\d.\-])(?:\(0\d{2,3}\)|0\d{2,3}-)[2-9]\d{6,7}(?!\d)")
_CALLED = re.compile(
    r"(?:电话|传真|联系方式|手机)(?:号码)?[^0-9\n，。；]{0,4}(?P<told>(?:0\d{2,3})?[2-9]\d{6,7})(?!\d)"
)
_SIGNS = re.compile("[某*]")


class Kind(StrEnum):
    """What is personal about a span."""

    NAME = "name"
    ID_CARD = "id-card"
    TELEPHONE = "telephone"


class Span(NamedTuple):
    """What is personal, at `text[start:end]`; of a name, the first `shown` characters stay."""

    start: int
    end: int
    kind: Kind
    shown: int = 0


def personal_spans(text: str) -> tuple[Span, ...]:
    """Return what is personal in a text, in order, not overlapping.

    Names are found by what stands around them (同志, 联系人：, a title, a sex or a card number beside
    them) and, once found, wherever they stand again. Those of the country's leaders and of people after
    whom something is called (雷锋精神) are no persons here, nor are places, bodies and laws.
    """
    folded = shadow(text)
    found = [
        *((*span, Kind.ID_CARD, 0) for span in _told(folded.text, _CARD, _OLD_CARD)),
        *((*span, Kind.TELEPHONE, 0) for span in _told(folded.text, _MOBILE, _LANDLINE, _CALLED)),
        *((start, end, Kind.NAME, shown) for start, end, shown in find_names(folded.text)),
    ]
    spans: list[Span] = []
    for start, end, kind, shown in sorted(found, key=lambda each: (each[0], -each[1])):
        first, last = folded.span(start, end)
        if not spans or first >= spans[-1].end:
            spans.append(Span(first, last, kind, shown))
    return tuple(spans)


def _told(text: str, *patterns: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    for pattern in patterns:
        group = "told" if "told" in pattern.groupindex else 0
        yield from (match.span(group) for match in pattern.finditer(text))


def mask(text: str) -> str:
    """Return the text with what is personal hidden; as long as before."""
    return hide(text, personal_spans(text))


def hide(text: str, spans: Iterable[Span]) -> str:
    """Return the text with these spans hidden: 王某某, 138****5678, a card number but for its ends."""
    pieces = []
    reached = 0
    for span in spans:
        pieces += [text[reached : span.start], _hidden(text[span.start : span.end], span)]
        reached = span.end
    return "".join((*pieces, text[reached:]))


def is_told_in(shown: str, told: str) -> bool:
    """Tell whether a text holds another, in which something may be hidden that stands here.

    Args:
        shown: as it was published.
        told: as it was read.
    """
    if shown in told:
        return True
    if not _SIGNS.search(shown):
        return False
    return re.search(_SIGNS.sub(".", re.escape(shown).replace(r"\*", "*")), told) is not None


def _hidden(told: str, span: Span) -> str:
    """Hide letters, digits and Han, and leave what parts them."""
    places = [place for place, character in enumerate(told) if character.isalnum()]
    if span.kind is Kind.NAME:
        hidden = places[span.shown :]
    elif span.kind is Kind.ID_CARD:
        hidden = places[1:-1]
    else:
        hidden = places[-8:-4] if len(places) == 11 and told[places[0]] in "1１" else places[-4:]
    sign = "某" if span.kind is Kind.NAME else "*"
    gone = set(hidden)
    return "".join(sign if place in gone else character for place, character in enumerate(told))
