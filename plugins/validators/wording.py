"""Findings in plain Chinese: what contradicts what, where, and the smallest repair."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from nianbao import Finding, Report
from plugins.validators.checks import Judgement, Ledger, Told
from plugins.validators.money import Likely
from plugins.validators.relations import AtMost, Balance, Product, Relation, Same, Total
from plugins.validators.repair import SLIPPED, Change, Repair
from plugins.validators.shares import HUNDRED, NoneLeft, NotCut, Share

_LONGEST_HEADING = 18
_ORDER = "arithmetic.order"
_TWO = 2
_TENTH = Decimal("0.1")
# More ways of mending than these are no help.
_MOST_REPAIRS = 3


def tell(ledger: Ledger, judgement: Judgement, report: Report) -> Finding:
    """Return the finding of a check that failed."""
    check = judgement.check
    told = ledger.told(check.relation)
    where = _where(report, told[0].quote.start)
    return Finding(
        kind=check.rule.kind,
        rule=check.rule.code,
        severity=check.rule.severity,
        message=f"{where}{_contradiction(judgement, told)}。",
        quotes=tuple(dict.fromkeys(figure.quote for figure in told)),
        suggestion=_suggestion(ledger, judgement),
        indicators=check.indicators,
        basis=check.rule.basis,
    )


def plain(value: Decimal) -> str:
    """Return a value as a reader writes it: no exponent, 万 and 亿 where they are round."""
    if value >= 10_000 and value % 100 == 0:
        scale, name = (Decimal(100_000_000), "亿") if value >= 100_000_000 else (Decimal(10_000), "万")
        return f"{(value / scale).normalize():f}{name}"
    return f"{value:f}"


def _where(report: Report, offset: int) -> str:
    inside = [section for section in report.sections if section.start <= offset < section.end]
    if not inside:
        return ""
    heading = max(inside, key=lambda section: section.level).heading.strip().rstrip("。：:")
    short = heading if len(heading) <= _LONGEST_HEADING else f"{heading[:_LONGEST_HEADING]}…"
    return f"“{short}”部分："


def _contradiction(judgement: Judgement, told: Sequence[Told]) -> str:
    relation = judgement.check.relation
    if isinstance(relation, Total):
        return _sum_told(relation, told)
    if isinstance(relation, Balance):
        return _balance_told(relation, told)
    if isinstance(relation, Share):
        return _share_told(relation, told)
    return _pair_told(relation, *told) if len(told) == _TWO else _other_told(relation, told)


def _other_told(relation: Relation, told: Sequence[Told]) -> str:
    if isinstance(relation, NotCut):
        rate, part, whole = told
        return f"{_called(rate)}{rate.written}是由 {plain(part.value)} ÷ {plain(whole.value)} 截尾得到的"
    if isinstance(relation, Product):
        total, number, each = told
        terms = f"{plain(number.value)} × {plain(each.value)} = {plain(number.value * each.value)}"
        amiss = "不足此数" if relation.at_least else "两者不一致"
        return f"{_called(total)}写为{total.written}，但按 {terms}，{amiss}"
    assert isinstance(relation, Likely)
    return f"{_called(told[0])}写为{told[0].written}，{relation.told}"


def _pair_told(relation: Relation, one: Told, other: Told) -> str:
    if isinstance(relation, AtMost) and relation.strictly and one.value == other.value:
        return f"{_called(one)}只算到年中写为{one.written}，{_called(other)}算到全年也写为{other.written}"
    if isinstance(relation, AtMost):
        return f"{_called(one)}写为{one.written}，多于{_called(other)}的{other.written}"
    if isinstance(relation, Same):
        return f"{_called(one)}前后不一：一处写为{one.written}，另一处写为{other.written}"
    if isinstance(relation, NoneLeft) and relation.wants_all:
        return f"{_called(other)}{other.written}写为全部办结，{_called(one)}却写为{one.written}"
    return f"{_called(one)}写为{one.written}，但文中尚有{other.written}未办结"


def _sum_told(relation: Total, told: Sequence[Told]) -> str:
    whole, parts = told[0], told[1:]
    terms = " + ".join(plain(part.value) for part in parts)
    total = plain(sum((part.value for part in parts), Decimal(0)))
    if relation.complete:
        return f"{_called(whole)}写为{whole.written}，但所列各分项 {terms} = {total}，两者不一致"
    return f"{_called(whole)}写为{whole.written}，但所列各分项 {terms} = {total}，超过了合计"


def _balance_told(relation: Balance, told: Sequence[Told]) -> str:
    came, went = told[1 : 1 + len(relation.came)], told[1 + len(relation.came) :]
    terms = " + ".join(plain(each.value) for each in came)
    terms += "".join(f" − {plain(each.value)}" for each in went)
    right = sum((each.value for each in came), Decimal(0)) - sum((each.value for each in went), Decimal(0))
    return f"{_called(told[0])}写为{told[0].written}，但按所列增减 {terms} = {plain(right)}，两者不一致"


def _share_told(relation: Share, told: Sequence[Told]) -> str:
    rate, part, whole = told
    exact = relation.scale * part.value / whole.value
    if relation.scale != HUNDRED:
        exact = abs(exact - relation.scale) if relation.sign else exact
        step = min(rate.bounds.step, _TENTH)
        return (
            f"{_called(rate)}写为{rate.written}，但按 {plain(part.value)} ÷ {plain(whole.value)} 计算"
            f"应为{exact.quantize(step, ROUND_HALF_UP).normalize():f}{rate.unit}"
        )
    if relation.sign:
        exact = (exact - HUNDRED) * relation.sign
        change = "增长" if relation.sign > 0 else "下降"
        if exact < 0:
            other = "下降" if relation.sign > 0 else "增长"
            return (
                f"{_called(part)}由{whole.written}变为{part.written}是{other}，却写为{change}{rate.written}"
            )
        right = _percent(exact, rate)
        return (
            f"{_called(part)}由{whole.written}变为{part.written}，{change}应为{right}，却写为{rate.written}"
        )
    return (
        f"{_called(rate)}写为{rate.written}，但按 {plain(part.value)} ÷ {plain(whole.value)} 计算"
        f"应为{_percent(exact, rate)}"
    )


def _percent(exact: Decimal, rate: Told) -> str:
    step = min(rate.bounds.step, _TENTH)
    return f"{exact.quantize(step, ROUND_HALF_UP):f}%"


def _called(told: Told) -> str:
    return f"“{told.name}”" if told.name else "该项"


def _suggestion(ledger: Ledger, judgement: Judgement) -> str:
    repairs = judgement.repairs
    if judgement.check.note:
        return judgement.check.note
    carried = "；如含上年结转的，请在文中注明" if judgement.check.rule.code == _ORDER else ""
    # That one of two figures is too large by itself says little about what it should be.
    unsure = carried and bool(repairs) and repairs[0].cost[1] > SLIPPED
    summed = judgement.summed
    if summed is not None and len(repairs) > 1:
        # Who adds up by hand errs in the sum as easily as in a part.
        way = _step(ledger.figures[summed.member], summed)
        others = [repair for repair in repairs if repair.changes[0].member != summed.member]
        named = "，或者".join(_way(ledger, repair) for repair in others[: _MOST_REPAIRS - 1])
        more = f"，或者{named}" if 0 < len(others) < _MOST_REPAIRS else "，或者相应更正某一分项"
        return f"最小的改动：{way}{more}（任改一处，各处数字即相符），请对照台账核实。"
    if not repairs or len(repairs) > _MOST_REPAIRS or unsure:
        return f"请对照台账核实这几个数字{carried}。"
    ways = "，或者".join(_way(ledger, repair) for repair in repairs)
    met = "改后各处数字相符" if len(repairs) == 1 else "任改一处，各处数字即相符"
    return f"最小的改动：{ways}（{met}），请对照台账核实{carried}。"


def _way(ledger: Ledger, repair: Repair) -> str:
    return "，同时".join(_step(ledger.figures[change.member], change) for change in repair.changes)


def _step(told: Told, change: Change) -> str:
    return f"{_called(told)}的{plain(change.old)}改为{plain(change.new)}"
