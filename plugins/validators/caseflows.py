"""Cases over a year, told in several sentences: 受理41件，加上上年结转4件，审结38件。年末还有7件正在审理."""

from __future__ import annotations

import re
from collections.abc import Sequence

import regex

from nianbao.grammar.units import UnitClass
from plugins.validators.checks import Check, Ledger
from plugins.validators.exactruns import paragraphs
from plugins.validators.relations import Balance
from plugins.validators.repair import OTHERWISE, slip_of
from plugins.validators.sentences import Sentence, Spot
from plugins.validators.stockflows import FLOW

_TAKEN = regex.compile(
    r"(?<!不予|未予|暂不|不)(?:受理|立案|新收|收案)(?:[\p{Han}]{0,8}(?:案件|申请|纠纷|事项|案))?$"
)
_CARRIED = re.compile("(?:上年|去年|上一年度?|往年)[^，,。;；]{0,6}(?:结转|转来|遗留|未结)|旧存|结转")
# 受理41件（含上年结转4件）: they are counted already.
_WITHIN = re.compile("其中|含|包括|内有")
_CLOSED = re.compile("(?:审结|办结|结案|审理终结|办理完毕|审理完结)$")
_LEFT = re.compile(
    "(?:正在|尚在|仍在|还在)(?:审|办|调)|未(?:审|办)?结|待审结|在审|在办|结转(?:至|到)?(?:下年|明年|20)"
)
_TOTAL = regex.compile("(?:全年|今年|年内|当年|一共|总共|合计|累计|共计|共|已|均已|依法|现已|的|总)+$")
_KINDS = (UnitClass.CASE,)


def check_case_flows(ledger: Ledger, sentences: Sequence[Sentence]) -> None:
    """Enter what came in, came over, was closed and is left, where a paragraph tells each once.

    Args:
        ledger: where checks are entered.
        sentences: the report's sentences.
    """
    text = ledger.reading.shadow.text
    if "结转" not in text and "旧存" not in text:
        return
    for paragraph in paragraphs(text, sentences):
        found = _flow_of(paragraph)
        if found is not None and not _is_told_at_once(paragraph, found):
            taken, carried, closed, left = found
            due = taken.quantity.value + carried.quantity.value - closed.quantity.value
            told = left.quantity.value
            forgotten = abs(due - told) == carried.quantity.value
            if due == told or forgotten or (due > 0 and slip_of(told, due) < OTHERWISE):
                relation = Balance(
                    ledger.spot(left), tuple(map(ledger.spot, (taken, carried))), (ledger.spot(closed),)
                )
                ledger.checks.append(Check(FLOW, relation))


def _flow_of(paragraph: Sequence[Sentence]) -> tuple[Spot, Spot, Spot, Spot] | None:
    """Return the figures of what was taken in, came over, was closed and is left, where each is told once."""
    taken: list[Spot] = []
    carried: list[Spot] = []
    closed: list[Spot] = []
    left: list[Spot] = []
    for sentence in paragraph:
        for spot in sentence.spots:
            if spot.quantity.kind not in _KINDS or spot.quantity.low != spot.quantity.high:
                continue
            if _LEFT.search(f"{spot.name}#{spot.after}"):
                left.append(spot)
            elif _CARRIED.search(spot.name):
                if _WITHIN.search(spot.gap):
                    return None
                carried.append(spot)
            elif _CLOSED.search(_TOTAL.sub("", spot.name)):
                closed.append(spot)
            elif _TAKEN.search(_TOTAL.sub("", spot.name)):
                taken.append(spot)
    # 加上上年结转的4件，…，结转的4件全在其中: told again it is the same.
    values = {spot.quantity.value for spot in carried}
    if len(taken) == len(closed) == len(left) == len(values) == 1:
        return taken[0], carried[0], closed[0], left[0]
    return None


def _is_told_at_once(paragraph: Sequence[Sentence], found: Sequence[Spot]) -> bool:
    """Whether one sentence tells all of it, which `stockflows` weighs."""
    return any(all(spot in sentence.spots for spot in found) for sentence in paragraph)
