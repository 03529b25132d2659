"""Shares that are told without their figures, side by side: together they are no more than all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

import regex

from nianbao import Severity
from nianbao.grammar.units import UnitClass
from plugins.validators.checks import Check, Ledger, Rule
from plugins.validators.listwords import OVERLAP, additive
from plugins.validators.relations import Bounds, Total
from plugins.validators.sentences import Sentence

SHARES = Rule("arithmetic.shares", "ratio", Severity.ERROR, "各项占比之和不应超过100%")
# “不满意”“非常不满意”两项合计占0.4%
_TOGETHER = regex.compile("合计占")
_SHARE_ALONE = regex.compile("(?:约|各|所)?占比?(?:为|达到?|约)?$")
_HUNDRED = Decimal(100)
_FAR_ABOVE = Decimal(150)
# Fewer shares than these may be picked at will.
_FEWEST_UNSAID = 3


def check_share_totals(ledger: Ledger, sentences: Iterable[Sentence]) -> None:
    """Enter shares that are told without their figures, side by side: together they are no more than all."""
    for sentence in sentences:
        if sentence.text.count("占") < _FEWEST_UNSAID:
            continue
        shares = [spot for spot in sentence.spots if _SHARE_ALONE.search(spot.name)]
        told_beside = sentence.spots[sentence.spots.index(shares[0]) :] if shares else ()
        alone = len(shares) >= _FEWEST_UNSAID and all(
            spot.quantity.kind is UnitClass.RATE or _TOGETHER.match(spot.after) for spot in told_beside
        )
        names = [_SHARE_ALONE.sub("", spot.name) for spot in shares]
        told = sum((spot.quantity.value for spot in shares), Decimal(0))
        # Far more than all: these are shares of several wholes.
        beside = additive(names) or all("满意" in name or name == "合计" for name in names)
        if not alone or told > _FAR_ABOVE or not beside or OVERLAP.search(sentence.text):
            continue
        numbers = tuple(
            ledger.spot(spot, name=f"{name}占比") for spot, name in zip(shares, names, strict=True)
        )
        first = ledger.figures[numbers[0]]
        slack = sum((ledger.figures[number].bounds.step for number in numbers), Decimal(0))
        all_of_it = replace(
            first,
            name="各项占比之和",
            written="100%",
            value=_HUNDRED,
            bounds=Bounds(_HUNDRED, _HUNDRED + slack),
        )
        total = Total(ledger.add((-first.quote.end, 100), all_of_it), numbers, complete=False)
        ledger.checks.append(Check(SHARES, total))
