"""Rates told beside what did not: 抽检1860批次，不合格37批次，合格率98.01%; 胜诉92件、败诉9件，败诉率8.9%."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

import regex

from nianbao import Severity
from plugins.validators.checks import Check, Ledger, Rule
from plugins.validators.counterparts import is_of
from plugins.validators.numerators import Rate
from plugins.validators.pairs import CLOSED, LOST, PASSED, PLEASED, TAKEN, Pair
from plugins.validators.relations import Bounds
from plugins.validators.sentences import Spot, alike
from plugins.validators.shares import HUNDRED, Share

RATE = Rule("arithmetic.rate", "ratio", Severity.ERROR, "比率应等于完成数除以总数（四舍五入或截尾均可）")
# With what was done it is all there was.
_OTHER_SIDE: dict[Pair, Any] = {
    LOST: regex.compile("胜诉"),
    PASSED: regex.compile("不合格|不及格|未通过|不达标|未达标"),
    PLEASED: regex.compile("不满意"),
    CLOSED: regex.compile("跨年|在办|正在办理|未办结|继续办理|^尚[有余]?$|^其余$|^还有?$"),
    TAKEN: regex.compile("[未不]予?(?:采纳|吸纳)"),
}
_ALL_OF = regex.compile("^[，,]共")
_TWO = 2
_OF_PASSED = regex.compile("合格|及格|通过|满意")
_FAILED = regex.compile("不合格|不达标|未达标|不及格")
_CLAUSE = regex.compile("[，,;；。\n]")
_BACK = 2
_FURTHEST = Decimal(6)


def enter_rest(ledger: Ledger, rate: Rate, number: Callable[[], int]) -> bool:
    """Enter a rate of what passed, told beside all and what did not.

    Args:
        ledger: where checks are entered.
        rate: the rate, of which no numerator is told.
        number: tells its number in the ledger.

    Returns:
        Whether they are told.
    """
    if rate.pair is not PASSED and _OF_PASSED.search(rate.name):
        return False
    undone = _FAILED if rate.pair is PASSED else _undone(rate.name[-_TWO:])
    failed = [spot for spot in rate.before if undone.search(f"{spot.name}#{spot.after}")]
    if len(failed) != 1 or rate.narrower not in failed[0].name + failed[0].after:
        return False
    wholes = [
        spot
        for spot in rate.before
        if spot is not failed[0]
        and spot.quantity.unit == failed[0].quantity.unit
        and (is_of(PASSED, spot) if rate.pair is PASSED else _is_alike(spot, failed[0]))
    ]
    if len(wholes) != 1 or wholes[0].quantity.value <= failed[0].quantity.value:
        return False
    _enter_passed(ledger, number(), wholes[0], failed[0])
    return True


def enter_far_rest(ledger: Ledger, rate: Rate, number: Callable[[], int]) -> bool:
    """Enter a rate of what passed, told some sentences behind the cases and those that failed.

    Args:
        ledger: where checks are entered.
        rate: the rate, of which no figure stands beside it.
        number: tells its number in the ledger.

    Returns:
        Whether they are told, one of each, in its paragraph.
    """
    if rate.pair is not PASSED or rate.narrower or rate.spot.quantity.low != rate.spot.quantity.high:
        return False
    text = ledger.reading.shadow.text
    near = [
        spot
        for sentence in rate.sentences[max(rate.number - _BACK, 0) : rate.number + 1]
        if "\n" not in text[sentence.start : rate.sentence.start]
        for spot in sentence.spots
        if spot.left < rate.spot.left and spot.quantity.low == spot.quantity.high
    ]
    failed = [spot for spot in near if _FAILED.search(spot.name) or _failed_behind(text, spot)]
    if len(failed) != 1:
        return False
    bad = failed[0].quantity.value
    like = [spot for spot in near if spot is not failed[0] and spot.quantity.unit == failed[0].quantity.unit]
    whole = max(like, key=lambda spot: spot.quantity.value, default=None)
    if whole is None or not bad < whole.quantity.value or whole.left > failed[0].left:
        return False
    share = HUNDRED * (whole.quantity.value - bad) / whole.quantity.value
    if abs(share - rate.spot.quantity.value) > _FURTHEST:
        return False
    _enter_passed(ledger, number(), whole, failed[0])
    return True


def _failed_behind(text: str, spot: Spot) -> bool:
    """Whether the rest of its clause says so: 7卷因程序瑕疵、文书缺项等被评为不合格."""
    clause = _CLAUSE.search(text, spot.quantity.end)
    return _FAILED.search(text, spot.quantity.end, clause.start() if clause else len(text)) is not None


def _enter_passed(ledger: Ledger, rate: int, whole: Spot, failed: Spot) -> None:
    """Enter the rate of all but those that failed."""
    bad = ledger.figures[ledger.spot(failed)]
    passed = whole.quantity.value - failed.quantity.value
    written = f"{passed:f}{failed.quantity.unit}"
    good = replace(bad, name="合格", written=written, value=passed, bounds=Bounds(passed, passed))
    all_of_them = ledger.spot(whole)
    part = ledger.add((-bad.quote.end, all_of_them), good)
    ledger.checks.append(Check(RATE, Share(rate, part, all_of_them)))


@lru_cache(maxsize=256)
def _undone(word: str) -> Any:
    """Return what tells of things that they were not done: 有3个村未完成."""
    return regex.compile(rf"(?:未|没有|尚未|不)(?:按[时期]|及时)?{word}")


def _is_alike(spot: Spot, failed: Spot) -> bool:
    """Whether two figures count the same thing: 3个村未完成, 全镇18个村."""
    noun = spot.after[:1]
    told = bool(noun) and noun not in "，,。；" and failed.after.startswith(noun)
    # 共调解68件，未成功6件
    return told or (not noun and not failed.after.strip("。") and _ALL_OF.search(spot.gap) is not None)


def whole_of_both(ledger: Ledger, rate: Rate, done: Spot) -> int | None:
    """Return the number of what a figure and its other side make together; None where that is not told.

    Args:
        ledger: where the sum becomes a figure.
        rate: the rate.
        done: its numerator.
    """
    told = _OTHER_SIDE.get(rate.pair)
    at = rate.before.index(done)
    beside = (*rate.before[max(at - 1, 0) : at], *rate.before[at + 1 : at + 2])
    others = [
        spot
        for spot in beside
        if told is not None and alike(spot.quantity, done.quantity) and told.search(spot.called or spot.after)
    ]
    if len(others) != 1:
        return None
    both = done.quantity.value + others[0].quantity.value
    # 120卷，优秀34卷、合格79卷、不合格7卷: where more is told before, the two are not all.
    if any(alike(spot.quantity, done.quantity) and spot.quantity.value >= both for spot in rate.before):
        return None
    figure = ledger.figures[ledger.spot(done)]
    unit = done.quantity.unit
    summed = replace(
        figure, name="两者之和", written=f"{both:f}{unit}", value=both, bounds=Bounds(both, both)
    )
    return ledger.add((-figure.quote.end, ledger.spot(others[0])), summed)
