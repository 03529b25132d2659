"""Last year's figure as two sentences tell it: 126件，同比增加28件 here, 由2024年的89件升至126件 there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from nianbao import Report
from nianbao.grammar.units import UnitClass
from plugins.validators.checks import Check, Ledger
from plugins.validators.contentwords import content_words
from plugins.validators.exactruns import paragraphs
from plugins.validators.growth import (
    CHANGE,
    POINT_UNITS,
    enter_points,
    enter_rate,
    sign_of,
    starts,
)
from plugins.validators.relations import Total
from plugins.validators.sentences import Sentence, Spot, alike

# A smaller figure may be the same by chance.
_LEAST = 10
_MOST_BACK = 4
_LAST_YEAR = re.compile("(?:(?P<year>20\\d\\d)年|去年|上年|上一年)(?!底|末|初|以来)")
_MAY_TELL = re.compile("[由从]")


@dataclass(frozen=True, slots=True)
class _Change:
    """This year's figure with what it changed by."""

    now: Spot
    delta: Spot
    sign: int
    words: frozenset[str]


def check_last_years(ledger: Ledger, sentences: Sequence[Sentence], report: Report) -> None:
    """Enter changes against last year's figure, or rate, that another sentence tells.

    Args:
        ledger: where checks are entered.
        sentences: the report's sentences.
        report: for its year.
    """
    text = ledger.reading.shadow.text
    came_from = list(_came_from(sentences, report.year))
    for change in _changes(sentences) if came_from else ():
        for past, now, words in came_from:
            same = alike(now.quantity, change.now.quantity)
            same = same and now.quantity.value == change.now.quantity.value
            if same and any(one in other or other in one for one in words for other in change.words):
                _enter(ledger, change, now, past)
    if "百分点" in text:
        for paragraph in paragraphs(text, sentences):
            _enter_points_of(ledger, paragraph, report.year)


def _came_from(
    sentences: Sequence[Sentence], year: int | None
) -> Iterator[tuple[Spot, Spot, frozenset[str]]]:
    """Yield last year's figure and this year's where one became the other, with their words."""
    for sentence in sentences:
        if not _MAY_TELL.search(sentence.text) or not _LAST_YEAR.search(sentence.text):
            continue
        for past, now in pairwise(sentence.spots):
            told = past.quantity.kind is not UnitClass.RATE and starts((past, now))
            exact = past.quantity.low == past.quantity.high
            if told and exact and now.quantity.value >= _LEAST and _tells_last_year(past.name, year):
                yield past, now, _words(sentence, past)


def _changes(sentences: Sequence[Sentence]) -> Iterator[_Change]:
    for sentence in sentences:
        for place, delta in enumerate(sentence.spots):
            sign = sign_of(delta)
            if not sign or delta.quantity.unit in POINT_UNITS:
                continue
            now = next((spot for spot in reversed(sentence.spots[:place]) if not sign_of(spot)), None)
            if now is not None and now.quantity.kind is not UnitClass.RATE and delta.quantity.unit != "倍":
                yield _Change(now, delta, sign, _words(sentence, now))


def _words(sentence: Sentence, spot: Spot) -> frozenset[str]:
    """Return what a figure is of, in its clause and behind it."""
    return frozenset(content_words(sentence.before(spot)[-20:], spot.after))


def _enter(ledger: Ledger, change: _Change, now: Spot, past: Spot) -> None:
    if change.now.quantity.start == now.quantity.start:
        return
    if change.delta.quantity.kind is UnitClass.RATE:
        enter_rate(ledger, change.delta, change.sign, change.now, past)
    elif alike(change.delta.quantity, past.quantity):
        this, last, delta = ledger.spot(change.now), ledger.spot(past), ledger.spot(change.delta)
        total = Total(this, (last, delta)) if change.sign > 0 else Total(last, (this, delta))
        ledger.checks.append(Check(CHANGE, total))


def _enter_points_of(ledger: Ledger, paragraph: Sequence[Sentence], year: int | None) -> None:
    """Enter a change in points whose two rates, called the same, stand in sentences before its own."""
    for number, sentence in enumerate(paragraph):
        change = sentence.spots[0]
        sign = sign_of(change) if change.quantity.unit in POINT_UNITS else 0
        rates = [
            (spot, _tells_last_year(each.text, year))
            for each in paragraph[max(number - _MOST_BACK, 0) : number]
            for spot in each.spots
            if spot.quantity.kind is UnitClass.RATE
        ][-2:]
        if not sign or len(rates) != 2:
            continue
        (one, one_past), (other, other_past) = rates
        if one.called and one.called[-3:] == other.called[-3:] and one_past != other_past:
            now, past = (other, one) if one_past else (one, other)
            enter_points(ledger, now, past, change, sign)


def _tells_last_year(text: str, year: int | None) -> bool:
    told = _LAST_YEAR.search(text)
    return told is not None and (not told["year"] or (year is not None and int(told["year"]) == year - 1))
