"""Fines told in 万元 where 元 is meant, or the other way round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import regex

from nianbao import Field, IssuerLevel, Report, Severity
from nianbao.grammar.units import UnitClass
from plugins.validators.checks import Check, Ledger, Rule
from plugins.validators.relations import Bounds, Verdict
from plugins.validators.sentences import Sentence, Spot

MONEY = Rule("arithmetic.money", "unit", Severity.WARNING, "罚没金额应与案件数、发文单位的层级相称")
_INDICATOR = "penalty_amount"
_TEN_THOUSAND = Decimal(10_000)
# No town fines thirty millions a year, hardly anybody two millions a case, and nobody less than one yuan.
_MOST_OF_A_TOWN = Decimal(30_000_000)
_MOST_A_CASE = Decimal(2_000_000)
_LEAST_A_CASE = Decimal(1)
_LEAST_TO_THE_FEN = Decimal(10)
# Nobody goes to court for the wage of an hour.
_LEAST_WAGE = Decimal(20)
_WAGES = regex.compile(
    r"^[^，,。;；]{0,16}(?:追[回讨缴索]|讨[回要薪]|追薪|索要|支付|兑付|发放)?[^，,。;；]{0,6}(?:工资|薪资|欠薪|薪酬|劳动报酬|工钱)[^，,。;；]{0,6}$"
)
_SINGLE = regex.compile(
    r"(?:单|每一?)(?:个)?[案件笔起宗次](?:案件)?(?![^，,。;；\d]*(?:均|最低|起点))[^，,。;；\d]{0,8}$"
)
_TOO_LITTLE = "与所涉及的人数不相称"


@dataclass(frozen=True, slots=True)
class Likely:
    """A figure lies within what is likely, or possible; `told` says in Chinese why it can't be else."""

    amount: int
    low: Decimal
    high: Decimal
    told: str = "与案件数或发文单位的层级不相称"

    @property
    def members(self) -> tuple[int, ...]:
        """The amount."""
        return (self.amount,)

    def verdict(self, told: Sequence[Bounds]) -> Verdict:
        """Judge the amount."""
        amount = told[self.amount]
        high = amount.low if amount.high is None else amount.high
        return Verdict.HOLDS if self.low <= high and amount.low <= self.high else Verdict.FAILS

    def room(self, member: int, told: Sequence[Bounds]) -> Bounds | None:
        """Return what is likely."""
        return Bounds(self.low, self.high, told[member].step)


def check_money(ledger: Ledger, sentences: Sequence[Sentence], report: Report) -> None:
    """Enter every fine of the issuer with the cases told before it, and every wage bill with its workers."""
    ends = {
        observation.figure_end for observation in report.observations if observation.indicator == _INDICATOR
    }
    is_town = report.value(Field.ISSUER_LEVEL) == IssuerLevel.TOWN
    for sentence in sentences:
        for place, spot in enumerate(sentence.spots):
            quantity = spot.quantity
            if place and _is_wage_bill(sentence.spots[place - 1], spot):
                _enter_wages(ledger, sentence.spots[place - 1], spot)
                continue
            if quantity.kind is UnitClass.MONEY and quantity.value > 0:
                end = ledger.reading.shadow.span(quantity.number_start, quantity.end)[1]
                if end in ends:
                    _enter(ledger, sentence.spots[:place], sentence.spots[place + 1 :], spot, is_town=is_town)


def _is_wage_bill(workers: Spot, spot: Spot) -> bool:
    """Whether an amount is what a number of workers was paid: 为56名农民工追回工资132.5元."""
    of_people = workers.quantity.kind is UnitClass.PEOPLE and spot.quantity.kind is UnitClass.MONEY
    return of_people and _WAGES.search(spot.gap) is not None


def _enter_wages(ledger: Ledger, workers: Spot, spot: Spot) -> None:
    least = _LEAST_WAGE * max(workers.quantity.value, Decimal(1))
    written = ledger.reading.shadow.text[spot.quantity.number_start : spot.quantity.end]
    if "万" not in written and "亿" not in written and 0 < spot.quantity.value < least:
        relation = Likely(ledger.spot(spot), least, max(least, spot.quantity.value), _TOO_LITTLE)
        note = f"请核实单位：疑为{spot.quantity.value:f}万元之误。"
        ledger.checks.append(Check(MONEY, relation, note=note))


def _enter(
    ledger: Ledger, before: Sequence[Spot], after: Sequence[Spot], spot: Spot, *, is_town: bool
) -> None:
    cases = next((each.quantity for each in reversed(before) if each.quantity.kind is UnitClass.CASE), None)
    number = max(cases.value, Decimal(1)) if cases else None
    most = _MOST_A_CASE * number if number else None
    if is_town:
        most = min(most, _MOST_OF_A_TOWN) if most else _MOST_OF_A_TOWN
    # 16件，单案罚款在200元至3000元之间: all of them bring no more than that.
    most_cases = max(
        (each.quantity.value for each in before if each.quantity.kind is UnitClass.CASE), default=0
    )
    single = most_cases * _highest((*before, *after)) if most_cases else None
    # 2.35元 for a year's fines: nobody reckons them to the fen.
    each = _LEAST_TO_THE_FEN if "." in spot.quantity.body else _LEAST_A_CASE
    least = each * (number or Decimal(1))
    if "." in spot.quantity.body:
        least = max(least, Decimal(100))
    written = ledger.reading.shadow.text[spot.quantity.number_start : spot.quantity.end]
    scale = next((name for name in ("亿", "万") if name in written), "")
    value = spot.quantity.value
    # Who reckons to the hundredth of 万元 means 万元.
    round_figure = "." not in spot.quantity.body or (scale == "亿" and is_town)
    if scale and ((round_figure and most is not None and value > most) or (single and value > single)):
        note = f"请核实单位：疑为{value / _TEN_THOUSAND:f}元之误。"
        most = min(most or value, single or value)
    elif not scale and value < least:
        note = f"请核实单位：疑为{value:f}万元之误。"
    else:
        return
    relation = Likely(ledger.spot(spot), least, most or value)
    ledger.checks.append(Check(MONEY, relation, indicators=(_INDICATOR,), note=note))


def _highest(spots: Sequence[Spot]) -> Decimal:
    """Return the most that one case is said to have brought; infinity where nothing is."""
    told = [
        spot.quantity.high
        for spot in spots
        if _SINGLE.search(spot.gap) and spot.quantity.kind is UnitClass.MONEY
    ]
    return min((each for each in told if each is not None), default=Decimal("Infinity"))
