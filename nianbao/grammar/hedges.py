"""Hedges around and inside figures, and the bounds that they tell."""

from __future__ import annotations

from decimal import Decimal

import regex

from nianbao.grammar.units import UnitClass
from nianbao.model.figures import Qualifier

_BEFORE_BY_KIND = {
    Qualifier.AT_LEAST: "不少于 不低于 不小于 超过 超过了 超出 超出了 突破 突破了 高于 多于 大于 至少"
    " 逾 超 上",
    Qualifier.ABOUT: "大约 约计 约为 约 将近 接近 近",
    Qualifier.BELOW: "不超过 不高于 不多于 不大于 不足 不到 低于 少于 最多 至多",
}
_AFTER_BY_KIND = {
    Qualifier.AT_LEAST: "余 多 几 来 以上",
    Qualifier.ABOUT: "左右 上下",
    Qualifier.BELOW: "以内 之内 以下",
}
_BEFORE = {hedge: kind for kind, hedges in _BEFORE_BY_KIND.items() for hedge in hedges.split()}
_AFTER = {hedge: kind for kind, hedges in _AFTER_BY_KIND.items() for hedge in hedges.split()}
# 320余 is told down to its last digit but one: below 330.
_OPEN_ENDED = frozenset("余多几来")
# What only ends in a hedge's character: 最近, 签约; 查摆问题不足12项; 线上三场.
_NO_HEDGE = {
    "近": regex.compile("[最附就临邻靠贴走亲新相]$"),
    "约": regex.compile("[签节预制合履违契特邀解相公条]$"),
    "不足": regex.compile("(?:查摆|查找|查出|问题|存在|短板|整改|剖析|发现|梳理|[、和及与])$"),
    "上": regex.compile("[线网以早晚路街会]$"),
}
_MEASURED = frozenset({UnitClass.MONEY, UnitClass.RATE, UnitClass.AREA})
_CENT = Decimal("0.01")


def _any(hedges: dict[str, Qualifier]) -> str:
    return "|".join(sorted(hedges, key=lambda hedge: -len(hedge)))


BEFORE = rf"(?P<before>{_any(_BEFORE)})?"
INSIDE = "(?P<inside>[余多几来])?"
AFTER = r"(?P<after>余(?=[,，。、;)\s]|$)|以上|左右|上下(?!联)|以[内下]|之内)?"
# The characters with which a hedge may begin.
STARTS = "".join(sorted({hedge[0] for hedge in _BEFORE}))


def hedge_before(hedge: str | None, text: str, start: int, *, bare_scale: bool) -> str | None:
    """Return the hedge that stands before a number, or None where its characters belong to another word.

    Args:
        hedge: what was matched.
        text: the text.
        start: where it was matched.
        bare_scale: whether the number is a scale alone, as in 上千, and not hedged again.
    """
    if hedge is None or (hedge == "上" and not bare_scale):
        return None
    refused = _NO_HEDGE.get(hedge)
    return None if refused and refused.search(text[max(0, start - 2) : start]) else hedge


def qualifier_of(before: str | None, after: str | None) -> Qualifier:
    """Return how firmly a figure is told; what stands in or after the number is nearer to it."""
    if after:
        return _AFTER[after]
    return _BEFORE[before] if before else Qualifier.EXACT


def bounds(
    value: Decimal, granule: Decimal, kind: UnitClass, before: str | None, after: str | None
) -> tuple[Decimal | None, Decimal | None]:
    """Return the bounds of a hedged value, both inclusive; None where it is open.

    Args:
        value: in the unit's class's own unit.
        granule: the place value of the last digit that is told.
        kind: what is counted or measured: a count moves by ones.
        before: the hedge before the number.
        after: the hedge inside or after it.
    """
    qualifier = qualifier_of(before, after)
    if qualifier is Qualifier.AT_LEAST:
        high = value + granule - _step(kind) if after in _OPEN_ENDED else None
        return value, high if high is not None and high > value else None
    if qualifier is Qualifier.ABOUT:
        nearing = not after and before is not None and before.endswith("近")
        return value * Decimal("0.9"), value if nearing else value * Decimal("1.1")
    if qualifier is Qualifier.BELOW:
        return Decimal(0), value
    return value, value


def loose_bounds(value: Decimal, kind: UnitClass) -> tuple[Decimal | None, Decimal | None]:
    """Return the bounds of 数百 and 几十: two of that scale up to ten, exclusive."""
    return 2 * value, 10 * value - _step(kind)


def _step(kind: UnitClass) -> Decimal:
    return _CENT if kind in _MEASURED else Decimal(1)
