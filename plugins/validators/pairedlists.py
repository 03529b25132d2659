"""Kinds told each with its count and its amount: 其中事前处罚41起、金额92.5万元；事故类4起、121万元.

Nothing says that such kinds are all of their whole. But where the counts make theirs, the amounts must make
theirs as well, and the other way round.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from nianbao.grammar.units import COUNTS, UnitClass
from plugins.validators import listwords as words
from plugins.validators.checks import Check, Ledger
from plugins.validators.relations import Total, Verdict
from plugins.validators.sentences import Sentence, Spot, alike, goes_on
from plugins.validators.sums import SUM

_OPENS = regex.compile(rf"[其当]中|^\(|包括|[，,](?:计有|即)|^(?:{words.ANNOUNCED.pattern})")
_BESIDE = COUNTS | {UnitClass.MONEY, UnitClass.AREA}
# 612户1,004人; 21处、2930平方米
_JOINED = regex.compile(r"[、,，]?(?:涉及|面积|共|计)?")
_SUMMED = regex.compile("合计|总计|全年|共")
_OF_BOTH = 2
_FEWEST = 2 * _OF_BOTH
_FURTHEST = 5


@dataclass(frozen=True, slots=True)
class PairedList:
    """Kinds with their counts and amounts, and what may be the whole of each, the nearest first."""

    counts: tuple[Spot, ...]
    amounts: tuple[Spot, ...]
    wholes: tuple[Spot, ...]
    sums: tuple[Spot, ...]


def check_paired_lists(ledger: Ledger, sentences: Sequence[Sentence]) -> frozenset[int]:
    """Enter the lists of counts and amounts of which one side makes its whole.

    Returns:
        Where the figures begin that are parts of them.
    """
    parts: set[int] = set()
    for found in paired_lists(sentences):
        counts = _totals(ledger, found.wholes, found.counts)
        amounts = _totals(ledger, found.sums, found.amounts)
        for proven, asked in ((counts, amounts), (amounts, counts)):
            if _fitting(ledger, proven) is None or not asked:
                continue
            relation = _fitting(ledger, asked) or asked[0]
            if all(relation != check.relation for check in ledger.checks):
                ledger.checks.append(Check(SUM, relation))
            parts.update(part.quantity.start for part in (*found.counts, *found.amounts))
    return frozenset(parts)


def _totals(ledger: Ledger, wholes: Sequence[Spot], parts: Sequence[Spot]) -> list[Total]:
    numbers = tuple(map(ledger.spot, parts))
    return [Total(ledger.spot(whole), numbers) for whole in wholes]


def _fitting(ledger: Ledger, totals: Sequence[Total]) -> Total | None:
    """Return the sum that is right, or may be for what its figures are rounded to."""
    bounds = ledger.bounds
    return next((total for total in totals if total.verdict(bounds) is not Verdict.FAILS), None)


def paired_lists(sentences: Sequence[Sentence]) -> Iterator[PairedList]:
    """Yield the lists whose kinds are told each with its count and its amount."""
    before: Sentence | None = None
    for sentence in sentences:
        spots, first = sentence.spots, 0
        opens = before is not None and before.end == sentence.start and words.ANNOUNCED.match(sentence.text)
        if before is not None and (opens or goes_on(before, sentence)):
            spots, first = (*before.spots, *spots), len(before.spots)
        before = sentence
        number = max(first, 1)
        while number + _FEWEST <= len(spots):
            run = tuple(_run(spots, number)) if _OPENS.search(spots[number].gap) else ()
            found = _with_wholes(spots, number, run) if len(run) >= _FEWEST else None
            if found is not None and not words.OVERLAP.search(sentence.text):
                yield found
            number += max(len(run), 1)


def _run(spots: Sequence[Spot], number: int) -> Iterator[Spot]:
    """Yield the figures from one on that are by turns a count and an amount, each told exactly."""
    for count, amount in zip(spots[number::_OF_BOTH], spots[number + 1 :: _OF_BOTH], strict=False):
        anew = count is not spots[number] and (words.NEW.search(count.gap) or _SUMMED.search(count.gap))
        if (
            count.quantity.kind not in COUNTS
            or amount.quantity.kind not in _BESIDE
            or alike(amount.quantity, count.quantity)
            or (amount.quantity.kind is not UnitClass.MONEY and not _JOINED.fullmatch(amount.gap))
            or not alike(count.quantity, spots[number].quantity)
            or not alike(amount.quantity, spots[number + 1].quantity)
            or anew
            or any(spot.quantity.low != spot.quantity.high for spot in (count, amount))
        ):
            return
        yield from (count, amount)


def _with_wholes(spots: Sequence[Spot], number: int, run: tuple[Spot, ...]) -> PairedList | None:
    near = [spot for spot in spots[max(number - _FURTHEST, 0) : number][::-1] if _may_be_whole(spot)]
    after = spots[number + len(run) : number + len(run) + 1]
    wholes = tuple(spot for spot in near if alike(spot.quantity, run[0].quantity))
    told = tuple(spot for spot in near if alike(spot.quantity, run[1].quantity))
    summed = tuple(
        spot for spot in after if alike(spot.quantity, run[1].quantity) and _SUMMED.search(spot.gap)
    )
    sums = told or summed
    open_ended = words.ETC.match(run[-1].after) is not None
    return None if open_ended or not sums else PairedList(run[::_OF_BOTH], run[1::_OF_BOTH], wholes, sums)


def _may_be_whole(spot: Spot) -> bool:
    return spot.quantity.low == spot.quantity.high and not words.tells_change(spot.gap)
