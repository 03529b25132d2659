"""Sums whose whole stands apart from its parts, where only a slip of the pen keeps them from being exact.

What merely stands further off need not belong together. So a sum that nothing else shows is told only where
one digit, or the unit, of one figure is all that is amiss, and where no figure tells what the parts make.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from nianbao.grammar.units import COUNTS, UnitClass
from plugins.validators import listwords as words
from plugins.validators.checks import Check, Ledger, Rule
from plugins.validators.exactruns import paragraphs
from plugins.validators.nearly import is_slip
from plugins.validators.relations import Total
from plugins.validators.sentences import Sentence, Spot, alike
from plugins.validators.sums import NEAR_SUM, SUM, UNIT

# By which rule, of what, and its parts.
_Sum = tuple[Rule, Spot, tuple[Spot, ...]]
_TEN_THOUSAND = Decimal(10_000)
# By chance a figure of so many digits is hardly a slip of another.
_TELLING = 4
_MOST_BACK = 2
_FIRST = re.compile("[上前]半年")
_SECOND = re.compile("[下后]半年")
_YEAR = re.compile("全年|今年|本年|年内|20\\d\\d年|[总共]")
_VILLAGES = re.compile("^(?:行政)?村(?:民委员会)?$")
_TOWNSPEOPLE = re.compile("^(?:城市|城镇|农村)?(?:社区|居委会)")
_JOINED = re.compile("^[^，,。;；]{0,6}(?:[、和与及]|以及|[，,])$")
_BOTH = re.compile("^(?:行政)?村(?:[(](?:社区|居)[)]|、社区|社区|居(?!民|务)|和社区)")
_ALL = re.compile("(?:全(?:镇|乡|街道|县|区|市)|[下所管]?辖(?:区|内)?|所有|各)的?(?:共有?)?$")
_OVER = re.compile("(?:上年|去年|往年)度?[^，,。;；]{0,4}(?:结转|转入|转来|遗留|未[审办]?结)|^(?:其中)?结转")
_NEW = re.compile("(?:本年|当年|今年|年内|全年)度?(?:新)?(?:收|受理|立案|增)|^新(?:收|受理|立案?|增)")
_THOSE = re.compile("^(?:起|件|宗)?(?:案件|纠纷|信访件|工单|诉求)?(?:中|里|均|全部|已)")


def check_far_sums(ledger: Ledger, sentences: Sequence[Sentence]) -> None:
    """Enter the sums whose whole stands in another sentence, and that nothing announces.

    Args:
        ledger: where checks are entered.
        sentences: the report's sentences.
    """
    text = ledger.reading.shadow.text
    halves, over = "半年" in text, "转" in text or "遗留" in text
    for paragraph in paragraphs(text, sentences):
        if len(paragraph) > 1:
            found = (
                *_amounts(paragraph),
                *(_halves(paragraph) if halves else ()),
                *(_flows(paragraph) if over else ()),
            )
            for rule_of, whole, parts in found:
                relation = Total(ledger.spot(whole), tuple(map(ledger.spot, parts)))
                if all(set(relation.members) != set(check.relation.members) for check in ledger.checks):
                    unit = rule_of is UNIT
                    note = f"请核实单位：“{whole.called}”的金额疑差一万倍。" if unit else ""
                    ledger.checks.append(Check(rule_of, relation, note=note))
    if "村(" in text or "村居" in text or "村、社区" in text or "村社区" in text:
        _enter_villages(ledger, sentences)


def _amounts(paragraph: Sequence[Sentence]) -> Iterator[_Sum]:
    """Yield the amounts of one sentence that nearly make one of another."""
    told = [spot for sentence in paragraph for spot in sentence.spots if _is_exact_money(spot)]
    if len(told) <= _MOST_BACK:
        return
    values = {spot.quantity.value for spot in told}
    for sentence in paragraph:
        parts = tuple(spot for spot in sentence.spots if _is_exact_money(spot))
        summed = sum((part.quantity.value for part in parts), Decimal(0))
        if len(parts) < 2 or summed in values or _digits(summed) < _TELLING:
            continue
        if words.OVERLAP.search(sentence.text) or any(words.tells_change(part.gap) for part in parts):
            continue
        for whole in told:
            if whole in parts:
                continue
            if summed * _TEN_THOUSAND == whole.quantity.value:
                yield UNIT, whole, parts
            elif len(parts) > 2 and is_slip(whole.quantity.value, [part.quantity.value for part in parts]):
                yield NEAR_SUM, whole, parts


def _is_exact_money(spot: Spot) -> bool:
    quantity = spot.quantity
    return quantity.kind is UnitClass.MONEY and quantity.low == quantity.high


def _digits(value: Decimal) -> int:
    """Return how many digits of a figure tell something."""
    return len(f"{value.normalize():f}".replace(".", "").strip("0"))


def _halves(paragraph: Sequence[Sentence]) -> Iterator[_Sum]:
    """Yield the two halves of a year that one sentence tells, with the year's figure of one before it."""
    for number, sentence in enumerate(paragraph):
        halves = [
            [spot for spot in sentence.spots if when.search(spot.gap) and spot.quantity.kind in COUNTS]
            for when in (_FIRST, _SECOND)
        ]
        if any(len(told) != 1 for told in halves):
            continue
        first, second = (told[0] for told in halves)
        if not alike(first.quantity, second.quantity):
            continue
        before = paragraph[max(number - _MOST_BACK, 0) : number]
        wholes = [
            spot
            for each in before
            for spot in each.spots
            if alike(spot.quantity, first.quantity) and _YEAR.search(spot.name)
        ]
        told = [first.quantity.value, second.quantity.value]
        if len(wholes) == 1 and (
            sum(told) == wholes[0].quantity.value or is_slip(wholes[0].quantity.value, told, complete=True)
        ):
            yield SUM, wholes[0], (first, second)


def _flows(paragraph: Sequence[Sentence]) -> Iterator[_Sum]:
    """Yield what came over and what came, with all of them behind: 结转18件，新收97件。115件中…."""
    for number, sentence in enumerate(paragraph):
        for over, new in pairwise(sentence.spots):
            if not (_OVER.search(over.name) and _NEW.search(new.name) and alike(over.quantity, new.quantity)):
                continue
            told = [over.quantity.value, new.quantity.value]
            for later in paragraph[number + 1 : number + 1 + _MOST_BACK]:
                whole = later.spots[0]
                meant = alike(whole.quantity, over.quantity) and _THOSE.match(whole.after) is not None
                if meant and whole.quantity.value > max(told):
                    if sum(told) == whole.quantity.value or is_slip(
                        whole.quantity.value, told, complete=True
                    ):
                        yield SUM, whole, (over, new)
                    break


def _enter_villages(ledger: Ledger, sentences: Sequence[Sentence]) -> None:
    """Enter all villages and communities against those of each: 6个村和2个社区, 全镇9个村（社区）."""
    told = [
        (one, other)
        for sentence in sentences
        for one, other in pairwise(sentence.spots)
        if _VILLAGES.match(one.after.rstrip("和与及"))
        and _TOWNSPEOPLE.match(other.after)
        and _JOINED.match(other.gap)
    ]
    if len({(one.quantity.value, other.quantity.value) for one, other in told}) != 1:
        return
    parts = tuple(map(ledger.spot, told[0]))
    for sentence in sentences:
        for spot in sentence.spots:
            behind = sentence.text[spot.quantity.end - sentence.start :]
            if _BOTH.match(behind) and _ALL.search(spot.name) and spot.quantity.unit == "个":
                ledger.checks.append(Check(SUM, Total(ledger.spot(spot), parts)))
