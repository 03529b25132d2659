"""Ranges: 3—5次, 三至五名, 5—10万元, 90%—95%; two numerals that the text joins into one figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import regex

from nianbao.grammar.forms import is_word
from nianbao.grammar.numerals import NumeralError, value_of
from nianbao.grammar.quantity import Other, Quantity, plain_value
from nianbao.model.figures import NumeralReason, Qualifier

JOINTS = frozenset("-~至到")
_JOINT = regex.compile("[-~至到]{1,2}")
_HAN_BEFORE = regex.compile(r"(?P<first>[一二两三四五六七八九十]{1,3})[-~至到]{1,2}$")
# 由2件到5件 tells a change, not how many there were.
_FROM = regex.compile("[由从自]$")
_SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_DAY = NumeralReason.DATE
# What lies further apart is a number and a code: 0851-86823件.
_WIDEST = 20


def join_ranges(text: str, numerals: Iterator[Quantity | Other]) -> Iterator[Quantity | Other]:
    """Yield the numerals of a text with each range as one of them.

    A range is told by its lower end, and is bounded by its upper one: 3—5次 is 3 at least and 5 at most.

    Args:
        text: a shadow's text.
        numerals: its numerals, in order.
    """
    before: Quantity | Other | None = None
    for numeral in numerals:
        joined = _joined(text, before, numeral) if text[numeral.start - 1 : numeral.start] in JOINTS else None
        if joined is None:
            if before is not None:
                yield before
            before = numeral
        else:
            if before is not None and before.end <= joined.start:
                yield before
            before = joined
    if before is not None:
        yield before


def _joined(text: str, before: Quantity | Other | None, last: Quantity | Other) -> Quantity | Other | None:
    """Return the range that ends in a numeral, or None."""
    if before is not None and _JOINT.fullmatch(text, before.end, last.start):
        return _of_two(text, before, last)
    found = _HAN_BEFORE.search(text, max(0, last.start - 6), last.start)
    if found is None or isinstance(last, Other) or not last.han:
        return None
    first, start = found["first"], found.start()
    if is_word(text, start, first, hedged=False):
        return None
    return _range(text, start, _value(first), last)


def _of_two(text: str, before: Quantity | Other, last: Quantity | Other) -> Quantity | Other | None:
    if isinstance(before, Quantity):
        alike = isinstance(last, Quantity) and before.unit == last.unit
        if not alike or before.qualifier is not Qualifier.EXACT:
            return None
        assert isinstance(last, Quantity)
        return _range(text, before.start, before.value, last)
    written = text[before.start : before.end]
    if before.reason is NumeralReason.ORDINAL and written[1:].isdigit():
        return Other(before.start, last.end, NumeralReason.ORDINAL)
    if before.reason is not NumeralReason.UNCLAIMED:
        return None
    if isinstance(last, Other):
        return Other(before.start, last.end, _DAY) if last.reason is _DAY else None
    return _range(text, before.start, _value(written), last)


def _value(written: str) -> Decimal | None:
    try:
        return value_of(written)
    except NumeralError:
        return None


def _range(text: str, start: int, first: Decimal | None, last: Quantity) -> Quantity | None:
    """Return the range from a number up to a figure, whose scale the number shares: 5—10万元."""
    if first is None or _FROM.search(text, max(0, start - 1), start):
        return None
    told = text[last.number_start : last.end]
    scale = next((scale for name, scale in _SCALES.items() if name in told), Decimal(1))
    low = next((low for low in (first * scale, first) if low < last.value <= low * _WIDEST), None)
    if low is None:
        return None
    return replace(
        last,
        start=start,
        number_start=start,
        value=plain_value(low),
        qualifier=Qualifier.AT_LEAST,
        low=plain_value(low),
        high=last.high,
    )
