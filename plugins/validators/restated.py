"""What a report says of last year's figure, or of the change from it, against last year's own report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

import regex

from nianbao import Figure, Finding, Observation, Quote, Severity
from nianbao.grammar.text import fold
from plugins.validators.yearpairs import Twice, YearPair, written

_HUNDRED = Decimal(100)
_TEN_THOUSAND = Decimal(10_000)
_REACH = 45
# 4.35万元 is told to the third digit: what rounds to it lies within a hundredth.
_IN_SCALE = regex.compile("[万亿]")
_ROUNDING = Decimal("0.01")
# 320余件, 300多件 without a bound above: not twice as many.
_OPEN = 2
_STOP = regex.compile(r"[。;；!！?？\n\t]")
_NUMBER = r"(?P<number>\d+(?:\.\d+)?)(?P<scale>万)?"
_PAST = r"(?:上年度?|去年|上一年度?|(?P<year>20\d\d)年度?)(?:同期|全年)?"
# 比上年的120件下降…, 上年为120件: last year's figure itself, right behind this year's.
_TOLD = regex.compile(rf"^[,，(]?[比较与同]?{_PAST}(?:的|为|是)?{_NUMBER}(?P<unit>[\p{{Han}}%]{{1,2}})")
# 同比增长20%, 比上年增加20件.
_CHANGED = regex.compile(
    rf"^[,，(]?(?:同比|[比较与同]{_PAST}(?:相比)?)[,，]?"
    rf"(?P<way>增长|上升|增加|提高|提升|多|下降|减少|降低|少)了?{_NUMBER}(?P<unit>个百分点|%|[\p{{Han}}]{{1,2}})"
)
_DOWN = frozenset({"下降", "减少", "降低", "少"})


@dataclass(frozen=True, slots=True)
class _Retold:
    """Last year's figure as this year's report has it.

    Args:
        low, high: what it may be, both included.
        said: how the report says it.
        end: where that ends in the text.
    """

    low: Decimal
    high: Decimal
    said: str
    end: int


def restated(pair: YearPair, told: set[tuple[str, int, str]]) -> Iterator[Finding]:
    """Yield the figures of last year that this year's report tells otherwise than last year's did.

    Args:
        pair: the reports.
        told: takes (file, part, indicator) of what is told and agrees.
    """
    report = pair.now.report
    for twice in pair.figures:
        retold = _retold(pair, twice)
        if retold is None:
            continue
        low, high = _bounds(twice.before, twice.there)
        if retold.low <= high and low <= retold.high:
            told.add((report.file, report.part, twice.info.id))
        else:
            yield _finding(pair, twice, retold)


def _bounds(figure: Figure, told: Observation) -> tuple[Decimal, Decimal]:
    """Return what a figure may be: by its hedge, and what rounds to it where it is told in 万."""
    value = figure.value or Decimal(0)
    low = value if figure.low is None else figure.low
    high = value * _OPEN if figure.high is None else figure.high
    rounded = (
        value * _ROUNDING if _IN_SCALE.search(told.quote[told.figure_start - told.start :]) else Decimal(0)
    )
    return low - rounded, high + rounded


def _retold(pair: YearPair, twice: Twice) -> _Retold | None:
    """Return what stands right behind the figure; a sum of parts has no such place."""
    here = twice.here
    if twice.now.derived or len(twice.now.sources) > 1 or here.value != twice.now.value:
        return None
    text = pair.now.text[here.figure_end : here.figure_end + _REACH]
    tail = _STOP.split(fold(text), maxsplit=1)[0]
    for pattern, made in ((_CHANGED, _by_change), (_TOLD, _by_figure)):
        match = pattern.match(tail)
        if match and (match["year"] is None or int(match["year"]) == pair.before.report.year):
            return made(match, twice, here.figure_end)
    return None


def _number(match: regex.Match[str]) -> Decimal:
    value = Decimal(match["number"])
    return value * _TEN_THOUSAND if match["scale"] else value


def _step(match: regex.Match[str]) -> Decimal:
    """Return what the last digit told is worth."""
    digits = len(match["number"].partition(".")[2])
    step = Decimal(1).scaleb(-digits)
    return step * _TEN_THOUSAND if match["scale"] else step


def _by_figure(match: regex.Match[str], twice: Twice, end: int) -> _Retold | None:
    if not _is_unit_of(match["unit"], twice):
        return None
    value = _number(match)
    # A rounded figure may stand for all that rounds to it; a plain count stands for itself.
    slack = _step(match) if match["scale"] or "." in match["number"] else Decimal(0)
    return _Retold(
        value - slack, value + slack, f"上年为{written(value, twice.info.unit)}", end + match.end()
    )


def _by_change(match: regex.Match[str], twice: Twice, end: int) -> _Retold | None:
    number, step = _number(match), _step(match)
    least, most = _bounds(twice.now, twice.here)
    sign = -1 if match["way"] in _DOWN else 1
    said = f"比上年{match['way']}{match['number']}{match['scale'] or ''}{match['unit']}"
    is_rate = twice.info.dimension == "rate"
    if match["unit"] == "%" and not is_rate:
        shares = [1 + sign * (number + off) / _HUNDRED for off in (-step, step)]
        if min(shares) <= 0:
            return None
        low = (least / max(shares)).to_integral_value(ROUND_FLOOR)
        high = (most / min(shares)).to_integral_value(ROUND_CEILING)
    elif match["unit"] == "个百分点" if is_rate else _is_unit_of(match["unit"], twice):
        slack = step if is_rate or match["scale"] or "." in match["number"] else Decimal(0)
        low, high = least - sign * number - slack, most - sign * number + slack
    else:
        return None
    return _Retold(low, high, said, end + match.end())


def _is_unit_of(unit: str, twice: Twice) -> bool:
    """Tell whether a figure counts the same: 120件 and 37件, 5人次 and 7人次."""
    return any(name.startswith(unit[:1]) for name in (twice.here.unit, twice.info.unit) if name)


def _finding(pair: YearPair, twice: Twice, retold: _Retold) -> Finding:
    start, end = twice.here.start, retold.end
    implied = (
        ""
        if retold.said.startswith("上年为")
        else f"，按今年的{twice.written[0]}推算，上年约为{_range(retold, twice)}"
    )
    return Finding(
        "repeat-conflict",
        "last-year.restated",
        Severity.WARNING,
        f"“{twice.info.name}”：今年的报告说{retold.said}{implied}，{pair.last_year}写的却是{twice.written[1]}。",
        (Quote(start, end, pair.now.text[start:end]),),
        "请核对两年的数字和统计口径，更正有误的一处。",
        (twice.info.id,),
        pair.basis(twice),
        pair.subject,
    )


def _range(retold: _Retold, twice: Twice) -> str:
    unit = twice.info.unit
    low, high = max(retold.low, Decimal(0)), retold.high
    return written(low, unit) if low == high else f"{low.normalize():f}至{written(high, unit)}"
