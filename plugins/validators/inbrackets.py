"""A figure told over in brackets on another scale: 236000元（23.6万元）."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import regex

from nianbao import Severity
from nianbao.grammar.units import COUNTS, UnitClass
from plugins.validators.checks import Check, Ledger, Rule
from plugins.validators.relations import Same, Verdict
from plugins.validators.repeats import REPEAT
from plugins.validators.sentences import Sentence, Spot, alike

UNIT = Rule("arithmetic.scale", "unit", Severity.WARNING, "同一数量换一种单位写，前后应当相等")
# 即, 折合, 约合: the same figure over again, in brackets or behind a stop.
_OVER_AGAIN = regex.compile(
    r"^(?:[(](?:即|也就是|亦即|约合?|折合?|合计?|换算为?|计|共计?|人民币)*|[，,、]?(?:即|也就是|亦即|折合|合计?人民币|换算为?))(?:人民币|约)*$"
)
_SCALED = regex.compile("[万亿]")
_LARGE = Decimal(1000)


def check_in_brackets(ledger: Ledger, sentences: Sequence[Sentence]) -> None:
    """Enter every figure that is told over again at once, once in 万 or 亿 and once plainly."""
    text = ledger.reading.shadow.text
    for sentence in sentences:
        if "万" not in sentence.text and "亿" not in sentence.text:
            continue
        for one, other in zip(sentence.spots, sentence.spots[1:], strict=False):
            if _is_one_figure(text, sentence, one, other):
                relation = Same(ledger.spot(one), ledger.spot(other, one.called))
                slipped = _differ_in_scale(one, other) and relation.verdict(ledger.bounds) is Verdict.FAILS
                note = "请核实单位：两处的数字相同，换算却不相等。" if slipped else ""
                ledger.checks.append(Check(UNIT if slipped else REPEAT, relation, note=note))


def _is_one_figure(text: str, sentence: Sentence, one: Spot, other: Spot) -> bool:
    counted = one.quantity.kind in COUNTS | {UnitClass.MONEY} and alike(one.quantity, other.quantity)
    if not counted or _OVER_AGAIN.match(sentence.between(one, other)) is None:
        return False
    in_brackets = "(" in other.gap
    closed = text[other.quantity.end : other.quantity.end + 1] == ")" or not in_brackets
    scaled = [
        _SCALED.search(text, quantity.number_start, quantity.end) is not None
        for quantity in (one.quantity, other.quantity)
    ]
    plain = other if scaled[0] else one
    return closed and scaled[0] != scaled[1] and plain.quantity.value >= _LARGE


def _differ_in_scale(one: Spot, other: Spot) -> bool:
    """Whether two figures are of the same digits."""
    digits = {f"{each.quantity.value:f}".replace(".", "").strip("0") for each in (one, other)}
    return len(digits) == 1
