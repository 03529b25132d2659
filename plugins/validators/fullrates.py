"""Rates where all was done, or something was left: 受理120件，全部办结，办结率98%."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

import regex

from nianbao import Severity
from nianbao.grammar.units import UnitClass
from plugins.validators.checks import Check, Ledger, Rule
from plugins.validators.counterparts import is_done, is_of
from plugins.validators.money import Likely
from plugins.validators.numerators import Rate
from plugins.validators.pairs import Pair
from plugins.validators.sentences import Spot
from plugins.validators.shares import HUNDRED, NoneLeft

LEFT = Rule("arithmetic.rate-left", "ratio", Severity.WARNING, "尚有未办结的，比率不应为100%")
ALL = Rule("arithmetic.rate-all", "ratio", Severity.ERROR, "全部办结的，比率应为100%")
_ALL_DONE = r"(?:全部|均已?|全数|全都|已全部)(?:按[期时]|及时|得到|完成|成功)?(?:{})"
_BY_ITSELF = re.compile("[，,](?:目前|现|均|已|最终)*$")
_ADJOINING = regex.compile(r"[，,][\p{Han}]{0,6}率(?:为|达到?)?")
_LEFT_AFTER = re.compile(
    r"^(?:案件|纠纷|信访件|工单|诉求|问题|隐患)?(?:均|还|尚|仍)?(?:未|正在|待|在办|处于)(?!发)"
)
_LEFT_BEFORE = regex.compile(
    r"(?<![及和或、与])(?:未|正在|待)(?:化解|办结|办理|办复|答复|调解|处理|处置|整改|审结|结案|解决)[^,，。;；]{0,4}$|在办$"
)
_IN_TIME = re.compile("未到[^，,。;]{0,6}期|期限(?:未|尚未)|期限内|未到期|未满|未届|时限内|跨年")


def enter_all(ledger: Ledger, rate: Rate, number: Callable[[], int]) -> None:
    """Enter a rate told where all was done: 受理120件，全部办结，办结率98%.

    Args:
        ledger: where checks are entered.
        rate: the rate.
        number: tells its number in the ledger.
    """
    of = rate.before[-1] if rate.before else None
    high = rate.spot.quantity.high
    if of is None or high is None or high >= HUNDRED:
        return
    between = rate.sentence.between(of, rate.spot)
    match = _all_done(rate.pair).search(between)
    # 当场化解41起，7日内化解12起，全部化解，化解率96.6%: right before its rate it is of all that is told.
    if match is None:
        return
    adjoining = _ADJOINING.fullmatch(between, match.end()) and _BY_ITSELF.search(between, 0, match.start())
    if adjoining or (is_of(rate.pair, of) and not any(is_done(rate.pair, spot) for spot in rate.before)):
        note = "请核实是否确已全部办结：如已全部办结，比率应为100%。"
        relation = (
            Likely(number(), HUNDRED, HUNDRED, f"前面却写为“{match[0]}”，应为100%")
            if adjoining
            else NoneLeft(number(), ledger.spot(of), wants_all=True)
        )
        ledger.checks.append(Check(ALL, relation, note=note))


@cache
def _all_done(pair: Pair) -> Any:
    return re.compile(_ALL_DONE.format(pair.done.pattern))


def enter_left(ledger: Ledger, rate: Rate, number: Callable[[], int]) -> None:
    """Enter what is told as open beside a rate of 100 %.

    Args:
        ledger: where checks are entered.
        rate: the rate.
        number: tells its number in the ledger.
    """
    if rate.spot.quantity.value != HUNDRED or _IN_TIME.search(rate.sentence.text):
        return
    for spot in rate.sentence.spots:
        one, other = sorted((rate.spot, spot), key=lambda each: each.quantity.start)
        apart = spot is rate.spot or ";" in rate.sentence.between(one, other)
        left = spot.quantity.kind is UnitClass.CASE and spot.quantity.value > 0 and _is_left(spot)
        if left and not apart:
            note = "请核实：如确有未办结的，比率不应写为100%。"
            relation = NoneLeft(number(), ledger.spot(spot))
            ledger.checks.append(Check(LEFT, relation, note=note))
            return


def _is_left(spot: Spot) -> bool:
    return _LEFT_AFTER.search(spot.after) is not None or _LEFT_BEFORE.search(spot.name) is not None
