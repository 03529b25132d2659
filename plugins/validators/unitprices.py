"""Prices against what they come to: 265件，每件补贴800元，共发放21.2万元; 按每起200元的标准."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import regex

from nianbao.grammar.units import COUNTS, UnitClass
from plugins.validators.averages import counts_of
from plugins.validators.checks import Check, Ledger
from plugins.validators.exactruns import paragraphs
from plugins.validators.products import PRODUCT
from plugins.validators.relations import Product, Verdict
from plugins.validators.sentences import Sentence, Spot

_PRICE = regex.compile(
    r"(?<!平均)每(?:一|个)?(?P<of>件|起|人|名|户|家|场|次|份|案|亩|吨)(?!均)(?:案件|纠纷|案)?[\p{Han}]{0,8}$"
)
_PAID = regex.compile(r"补贴|补助|奖励|发放|支付|支出|兑现|兑付|合计|共计|总计|共|累计|报酬|费用|经费")
_HELD = regex.compile("预算|安排|列入|年度经费|专项经费|最高|不超过|以内|上限|起步")
_MOST_AHEAD = 2
_TENS = frozenset(Decimal(10) ** power for power in (-4, -3, -2, -1, 1, 2, 3, 4))


def check_unit_prices(ledger: Ledger, sentences: Sequence[Sentence]) -> None:
    """Enter what is paid for all, where the price of each and their number stand before it.

    A price may be one of several, and so only a sum that is ten, a hundred or a
    thousand times what it comes to is told otherwise.

    Args:
        ledger: where checks are entered.
        sentences: the report's sentences.
    """
    text = ledger.reading.shadow.text
    for paragraph in paragraphs(text, sentences):
        for number, sentence in enumerate(paragraph):
            if "每" not in sentence.text or "元" not in sentence.text:
                continue
            for place, price in enumerate(sentence.spots):
                match = _PRICE.search(price.gap) if _is_plain_money(price) else None
                if match is None or _HELD.search(price.gap):
                    continue
                ahead = [
                    *sentence.spots[place + 1 :],
                    *(s for each in paragraph[number + 1 : number + 1 + _MOST_AHEAD] for s in each.spots),
                ]
                total = next((spot for spot in ahead if _is_paid(spot, price)), None)
                near = [s for each in paragraph[max(number - 1, 0) : number + 2] for s in each.spots]
                counts = [spot for spot in near if _is_counted(spot, match["of"])]
                if total is not None and counts:
                    _enter(ledger, total, price, counts)


def _enter(ledger: Ledger, total: Spot, price: Spot, counts: Sequence[Spot]) -> None:
    options = [Product(ledger.spot(total), ledger.spot(count), ledger.spot(price)) for count in counts]
    bounds = ledger.bounds
    holding = next((each for each in options if each.verdict(bounds) is Verdict.HOLDS), None)
    if holding is not None:
        ledger.checks.append(Check(PRODUCT, holding))
        return
    for option, count in zip(options, counts, strict=True):
        product = count.quantity.value * price.quantity.value
        if product > 0 and total.quantity.value / product in _TENS:
            ledger.checks.append(Check(PRODUCT, option))
            return


def _is_plain_money(spot: Spot) -> bool:
    quantity = spot.quantity
    return quantity.kind is UnitClass.MONEY and quantity.low == quantity.high and quantity.value > 0


def _is_paid(spot: Spot, price: Spot) -> bool:
    return (
        _is_plain_money(spot) and spot.quantity.value > price.quantity.value and bool(_PAID.search(spot.gap))
    )


def _is_counted(spot: Spot, of: str) -> bool:
    exact = (
        spot.quantity.kind in COUNTS and spot.quantity.low == spot.quantity.high and spot.quantity.value > 1
    )
    return exact and counts_of(spot, of)
