"""Which indicator a header cell means: by name, by id, or by the words that announce it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from nianbao.catalogue.cards import Card
from nianbao.grammar.text import fold
from nianbao.spreadsheets import label

_BRACKETED: Final = re.compile(r"\(([^()]*)\)")
_NUMBER: Final = re.compile(r"^(?:\d{1,2}|[一二三四五六七八九十]{1,3})[.、]")
# 行政处罚案件数 is headed 行政处罚案件, too.
_ENDING: Final = re.compile(r"(?:总数|件数|次数|人次数|人次|人数|场次|份数|处数|个数|数量|金额|数)$")
_SHORTEST: Final = 3
_SCALES: Final = {
    "千": Decimal(1_000),
    "万": Decimal(10_000),
    "百万": Decimal(1_000_000),
    "亿": Decimal(10**8),
}
_SCALED: Final = re.compile(r"(百万|[千万亿])(.*)")


@dataclass(frozen=True, slots=True)
class Meant:
    """What a header means.

    Args:
        card: the indicator.
        scale: by what its figures are divided, as the header names another unit (万元).
    """

    card: Card
    scale: Decimal = Decimal(1)


class Headers:
    """Finds indicators by what forms call them."""

    def __init__(self, cards: Iterable[Card]) -> None:
        known = list(cards)
        self._exact: dict[str, set[str]] = {}
        self._alias: dict[str, set[str]] = {}
        # What may be meant, and is for a person to say.
        self._loose: dict[str, set[str]] = {}
        self._cards: Mapping[str, Card] = {card.id: card for card in known}
        for card in known:
            for name in (card.id, card.name):
                self._exact.setdefault(label(name), set()).add(card.id)
            for alias in _aliases(card):
                if len(alias) >= _SHORTEST:
                    self._alias.setdefault(alias, set()).add(card.id)
            for cue in card.cues:
                for head in cue.head:
                    self._loose.setdefault(label(head), set()).add(card.id)

    def find(self, texts: Iterable[str]) -> Meant | tuple[Card, ...]:
        """Return what a header means, or the indicators that it may mean where these are none or several.

        Args:
            texts: what the header may be read as, the surest first: its own cell, its cells from the top.
        """
        told = [text for text in texts if text]
        for table in (self._exact, self._alias):
            for text in told:
                found = {each for form in _forms(text, table is self._alias) for each in table.get(form, ())}
                if len(found) == 1:
                    card = self._cards[next(iter(found))]
                    return Meant(card, _scale(told, card.unit))
                if found:
                    return tuple(self._cards[each] for each in sorted(found))
        maybe = {each for text in told for form in _forms(text, True) for each in self._loose.get(form, ())}
        return tuple(self._cards[each] for each in sorted(maybe))


def _forms(text: str, with_ending: bool) -> Iterator[str]:
    plain = label(_NUMBER.sub("", fold(text).strip()))
    yield plain
    if with_ending:
        yield _ENDING.sub("", plain)


def _aliases(card: Card) -> Iterator[str]:
    """Yield what else an indicator is called: its name without what it counts, the words that announce it."""
    yield _ENDING.sub("", label(card.name))
    for cue in card.cues:
        # What needs other words beside it names nothing by itself.
        if not (cue.weak or cue.part or cue.requires or cue.context):
            yield from (label(head) for head in cue.head)
            yield from (_ENDING.sub("", label(head)) for head in cue.head)


def _scale(texts: Iterable[str], unit: str) -> Decimal:
    """Return by what figures are divided where a header names a larger unit: 罚没金额（万元）."""
    for text in texts:
        for told in _BRACKETED.findall(fold(text)):
            scaled = _SCALED.fullmatch(told.strip().removeprefix("单位:"))
            if scaled and scaled[2] == unit:
                return _SCALES[scaled[1]]
    return Decimal(1)
