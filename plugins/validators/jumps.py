"""Figures that jump or fall from one year to the next, and those that look like a slip of unit or digit."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import log, log10, sqrt
from statistics import median

from nianbao import Finding, Severity
from plugins.validators.yearpairs import Twice, YearPair

# So many issuers must tell an indicator in both years before its spread says anything.
ENOUGH = 10
# A median absolute deviation times this is a standard deviation, were changes normal; four of those are rare
# even among changes, whose tails are heavier.
_MAD_TO_SIGMA = 1.4826
_SIGMAS = 4.0
# Campaigns come and go: what the year before was told at a fifth is no news where the spread is known; where
# it is not, eightfold is the least that no campaign explains: with changes by half as the rule (a standard
# deviation of 0.5 in the logarithm, one in twenty three times as wide) 7 reports of 100 have a false one, by
# tenfold 6, by sevenfold 8. A single large fine moves an amount further.
_FLOOR_KNOWN = log(5)
_FLOOR_UNKNOWN = log(8)
_FLOOR_AMOUNT = log(50)
# Fewer than these a year are few, however many times as many.
_FEW = 30
# 元 for 万元 is ten thousand, and two years' fines seldom differ fivefold besides.
_UNIT_SLIP = (log(2_000), log(50_000))
# So near (3 %) to ten, a hundred or a thousand times as many is a digit too much or too little.
_NEAR = log10(1.03)
_TENFOLDS = (1, 2, 3)
_ROUND = 100


@dataclass(frozen=True, slots=True)
class Spread:
    """How an indicator changes from year to year among the issuers of a yearbook: of the log of the ratio."""

    centre: float
    limit: float
    issuers: int


def jumps(pairs: Sequence[YearPair], told: Collection[tuple[str, int, str]]) -> Iterator[Finding]:
    """Yield the figures that changed more than is likely.

    Args:
        pairs: the reports with those of the year before.
        told: (file, part, indicator) of the changes that the reports themselves tell and that hold.
    """
    spreads = _spreads(pairs)
    for pair in pairs:
        for twice in pair.figures:
            key = (pair.now.report.file, pair.now.report.part, twice.info.id)
            if key not in told:
                yield from _judge(pair, twice, spreads.get(twice.info.id))


def _spreads(pairs: Sequence[YearPair]) -> dict[str, Spread]:
    changes: dict[str, list[float]] = {}
    for pair in pairs:
        for twice in pair.figures:
            changes.setdefault(twice.info.id, []).append(_change(twice))
    return {name: _spread(found) for name, found in changes.items() if len(found) >= ENOUGH}


def _spread(changes: Sequence[float]) -> Spread:
    centre = median(changes)
    mad = median(abs(change - centre) for change in changes)
    return Spread(centre, _SIGMAS * _MAD_TO_SIGMA * mad, len(changes))


def _change(twice: Twice) -> float:
    """Return the log of the ratio, by the bounds that lie nearest; one is added, for the sake of none."""
    now, before = twice.values
    if now > before:
        now, before = twice.now.low or now, twice.before.high or before
        return max(0.0, log(float(now) + 1) - log(float(before) + 1))
    now, before = twice.now.high or now, twice.before.low or before
    return min(0.0, log(float(now) + 1) - log(float(before) + 1))


def _judge(pair: YearPair, twice: Twice, spread: Spread | None) -> Iterator[Finding]:
    if twice.info.dimension == "rate":
        if _is_rate_slip(*twice.values):
            yield _slip(pair, twice, "两者相差约十倍或百倍，可能写错了小数点或单位", "last-year.digits")
        return
    if twice.info.dimension == "amount" and _UNIT_SLIP[0] <= abs(_change(twice)) <= _UNIT_SLIP[1]:
        yield _slip(pair, twice, "两者相差约一万倍，可能把“元”和“万元”写错了", "last-year.unit")
    elif times := _tenfold(*twice.values):
        yield _slip(pair, twice, f"两者恰好约差 {10**times} 倍，可能多写或少写了位数", "last-year.digits")
    elif _is_jump(twice, spread):
        yield _jump(pair, twice, spread)


def _is_jump(twice: Twice, spread: Spread | None) -> bool:
    now, before = (float(value) for value in twice.values)
    if max(now, before) < _FEW:
        return False
    change = _change(twice)
    floor = _FLOOR_KNOWN if spread else _FLOOR_UNKNOWN
    floor = max(floor, _FLOOR_AMOUNT) if twice.info.dimension == "amount" else floor
    # What counts at random spreads by the root of its number: a few are soon twice as many.
    chance = 2 * sqrt(1 / (now + 1) + 1 / (before + 1))
    if spread is None:
        return abs(change) > floor + chance
    return min(abs(change), abs(change - spread.centre)) > max(floor, spread.limit) + chance


def _tenfold(now: Decimal, before: Decimal) -> int:
    """Return by how many places figures of nearly equal digits differ, or 0; round figures prove nothing."""
    if min(now, before) <= 0 or max(now, before) < _ROUND or any(_digits(v) < 2 for v in (now, before)):
        return 0
    apart = abs(log10(float(now / before)))
    return next((times for times in _TENFOLDS if abs(apart - times) < _NEAR), 0)


def _is_rate_slip(now: Decimal, before: Decimal) -> bool:
    """Tell whether 98.5% became 9.85% or 0.985%."""
    low, high = sorted((now, before))
    if not 0 < low < 10 or high < 50:
        return False
    apart = log10(float(high / low))
    return any(abs(apart - times) < _NEAR for times in (1, 2))


def _digits(value: Decimal) -> int:
    return len(value.normalize().as_tuple().digits)


def _slip(pair: YearPair, twice: Twice, why: str, rule: str) -> Finding:
    now, before = twice.written
    return Finding(
        "unit",
        rule,
        Severity.WARNING,
        f"“{twice.info.name}”今年报告写为{now}，{pair.last_year}写为{before}，{why}。",
        (twice.quote,),
        "请对照台账核实是哪一年写错了。",
        (twice.info.id,),
        pair.basis(twice),
        pair.subject,
    )


def _jump(pair: YearPair, twice: Twice, spread: Spread | None) -> Finding:
    now, before = twice.written
    up = twice.values[0] > twice.values[1]
    among = f"，超出同年 {spread.issuers} 个单位该指标的变化范围" if spread else ""
    return Finding(
        "jump",
        "last-year.jump",
        Severity.WARNING,
        f"“{twice.info.name}”由{pair.last_year}的{before}{'增至' if up else '降到'}今年的{now}，"
        f"{_times(*twice.values)}{among}。",
        (twice.quote,),
        "请对照台账核实，并看两年的统计口径是否一致；确有其事的，宜在报告中说明原因。",
        (twice.info.id,),
        pair.basis(twice),
        pair.subject,
    )


def _times(now: Decimal, before: Decimal) -> str:
    low, high = sorted((now, before))
    if not low:
        return "变化过大"
    times = high / low
    told = f"{times:.1f}".removesuffix(".0")
    return f"是上年的 {told} 倍" if now > before else f"只有上年的 {told} 分之一"
