"""Shares told as one in so many: 抽查196家次，发现问题49家次，平均每四家次里就有一家次有问题."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import regex

from nianbao import Quote
from plugins.validators.checks import Check, Ledger, Told
from plugins.validators.exactruns import paragraphs
from plugins.validators.relations import Bounds
from plugins.validators.sentences import Sentence, Spot, alike
from plugins.validators.shares import HUNDRED, Share
from plugins.validators.spokenshares import DIGITS, TURN

_NUMBER = r"[一二两三四五六七八九十]|\d{1,2}"
_ONE_IN = regex.compile(
    rf"每(?P<of>{_NUMBER})(?P<unit>家次|件次|人次|批次|[件家人名户起个份宗场次卷])\p{{Han}}{{0,8}}?"
    rf"(?:(?:之?中|里面?|当中)\p{{Han}}{{0,3}}|就\p{{Han}}{{0,2}}?)有(?:近|约|不到|超过)?(?P<part>{_NUMBER})(?P=unit)"
)
_LOOSE = regex.compile("近|约|不到|超过|左右|多")
_HALF = Decimal("0.5")
_WIDE = Decimal(1)


def check_one_in_many(ledger: Ledger, sentences: Sequence[Sentence]) -> None:
    """Enter every share told as so many in so many, against the two figures told right before it.

    Args:
        ledger: where checks are entered.
        sentences: the report's sentences.
    """
    text = ledger.reading.shadow.text
    if "每" not in text:
        return
    for match in _ONE_IN.finditer(text):
        pair = _pair(text, sentences, match)
        if pair is None:
            continue
        of, part = (_value(match[name]) for name in ("of", "part"))
        room = _WIDE if _LOOSE.search(match[0]) else _HALF
        if part <= 0 or of <= part:
            continue
        # One in four is told of what lies between one in three and a half and one in four and a half.
        bounds = Bounds(HUNDRED * part / (of + room), HUNDRED * part / (of - room))
        start, end, quoted = ledger.reading.quote(*match.span())
        value = HUNDRED * part / of
        told = Told(f"{pair[0].called}占比", quoted, value, "", bounds, Quote(start, end, quoted))
        rate = ledger.add(ledger.reading.shadow.span(*match.span()), told)
        ledger.checks.append(Check(TURN, Share(rate, ledger.spot(pair[0]), ledger.spot(pair[1]))))


def _pair(text: str, sentences: Sequence[Sentence], match: regex.Match[str]) -> tuple[Spot, Spot] | None:
    """Return the part and the whole told right before a place, in its paragraph and in its unit."""
    for paragraph in paragraphs(text, sentences):
        if not paragraph[0].start <= match.start() < paragraph[-1].end:
            continue
        before = [spot for spot in _plain(paragraph) if spot.quantity.end <= match.start()]
        like = [spot for spot in before if spot.quantity.unit == match["unit"]][-2:]
        if len(like) == len(before[-2:]) == 2 and like == before[-2:]:
            whole, part = like
            near = "\n" not in text[part.quantity.end : match.start()]
            if near and alike(whole.quantity, part.quantity) and part.quantity.value < whole.quantity.value:
                return part, whole
    return None


def _plain(paragraph: Sequence[Sentence]) -> Iterator[Spot]:
    for sentence in paragraph:
        yield from (spot for spot in sentence.spots if spot.quantity.low == spot.quantity.high)


def _value(told: str) -> Decimal:
    return Decimal(DIGITS.get(told) or told)
