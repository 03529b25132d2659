"""Rates of what passed beside what did not: 抽检1860批次，不合格37批次，合格率98.01%."""

from __future__ import annotations

from dataclasses import replace

import regex

from nianbao import Severity
from plugins.validators.checks import Check, Ledger, Rule
from plugins.validators.counterparts import is_of
from plugins.validators.numerators import Rate
from plugins.validators.pairs import PASSED
from plugins.validators.relations import Bounds
from plugins.validators.shares import Share

RATE = Rule("arithmetic.rate", "ratio", Severity.ERROR, "比率应等于完成数除以总数（四舍五入或截尾均可）")
_FAILED = regex.compile("不合格|不达标|未达标")


def enter_rest(ledger: Ledger, rate: Rate, number: int) -> None:
    """Enter a rate of what passed, told beside all and what did not.

    Args:
        ledger: where checks are entered.
        rate: the rate, of which no numerator is told.
        number: its number in the ledger.
    """
    failed = [spot for spot in rate.before if _FAILED.search(f"{spot.name}{spot.after}")]
    if len(failed) != 1 or rate.narrower:
        return
    wholes = [
        spot
        for spot in rate.before
        if spot is not failed[0] and spot.quantity.unit == failed[0].quantity.unit and is_of(PASSED, spot)
    ]
    if len(wholes) != 1 or wholes[0].quantity.value <= failed[0].quantity.value:
        return
    whole, bad = ledger.spot(wholes[0]), ledger.spot(failed[0])
    passed = wholes[0].quantity.value - failed[0].quantity.value
    told = ledger.figures[bad]
    unit = failed[0].quantity.unit
    good = replace(
        told, name="合格", written=f"{passed:f}{unit}", value=passed, bounds=Bounds(passed, passed)
    )
    part = ledger.add((-told.quote.end, whole), good)
    ledger.checks.append(Check(RATE, Share(number, part, whole)))
