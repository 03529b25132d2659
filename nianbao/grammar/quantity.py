"""One compiled pass that finds every numeral of a text, and what it is by its form alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

import regex

from nianbao.grammar import hedges
from nianbao.grammar.forms import FORMS, is_word
from nianbao.grammar.numerals import NumeralError, granule_of, value_of
from nianbao.grammar.units import COUNTS, Unit, UnitClass, Units
from nianbao.model.figures import NumeralReason, Qualifier

_HAN = "零〇一二两三四五六七八九十百千万亿"
# 提高三百分点 has three of them. A run is read from its first character, so that a long one is read once.
_HAN_RUN = rf"(?<![{_HAN}])(?:百(?!分点)|[零〇一二两三四五六七八九十千万亿])++"
_ARABIC = r"(?:\d{1,3}(?:[,， ]\d{3})+(?!\d)|\d++)(?:\.\d++)?"
# 2万5千, 1.2万, 3千2百, 1亿3000万, 1万2000
_SMALLER = r"(?:(?:\d++(?:\.\d++)?|[一二两三四五六七八九])[十百千万]+|零?\d{1,4}+(?!\d))"
_MIXED = rf"{_ARABIC}(?:(?:百(?!分点)|[千万亿])+{_SMALLER}*)?"
_LOOSE = r"(?:数|好几|几)(?:[十百千]?[万亿]|[十百千])"
# 12部门, 三场所 and 3期间 count no 部, 场 or 期.
_UNIT_END = r"(?!(?<=部)门|(?<=期)间|(?<=场)(?:所|地(?!质)))"
# 唯一一家, 三五成群: digits in a row are no number unless a 〇 shows that they are read one by one.
_DIGITS_ONLY = regex.compile("[一二两三四五六七八九]{2,}")
_NOTHING = "(?!)"
# Longer runs of digits are codes and tables run together.
_TOO_LARGE = Decimal(10) ** 15
_FRACTIONS = {"百": ("%", Decimal(1)), "千": ("‰", Decimal("0.1"))}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with its unit: offsets count in the shadow.

    Args:
        start, end: the whole, hedges included.
        number_start: where the numeral begins.
        value: in the unit's class's own unit (万元 → 元).
        unit: as written, without hedge.
        kind: the unit's class.
        qualifier: exact or hedged.
        low, high: bounds of the value, both inclusive; None where open.
        han: whether the numeral is written in Han characters alone.
        body: the numeral as written.
    """

    start: int
    end: int
    number_start: int
    value: Decimal
    unit: str
    kind: UnitClass
    qualifier: Qualifier
    low: Decimal | None
    high: Decimal | None
    han: bool
    body: str


@dataclass(frozen=True, slots=True)
class Other:
    """A numeral that is no quantity by its form; `reason` is UNCLAIMED for a bare number."""

    start: int
    end: int
    reason: NumeralReason


@lru_cache(maxsize=8)
def _pattern(units: tuple[str, ...], counts: tuple[str, ...]) -> Any:
    names, counted = ("|".join(map(regex.escape, group)) or _NOTHING for group in (units, counts))
    forms = "|".join(
        f"(?P<f{index}>{'|'.join(alternatives)})" for index, (_, alternatives) in enumerate(FORMS)
    )
    number = rf"(?P<number>(?P<arabic>{_MIXED})|{_LOOSE}|{_HAN_RUN})"
    scale = "(?P<scale>[万亿千]|百(?!分点))?(?P<more>[余多])?"
    counted_number = rf"{number}{hedges.INSIDE}{scale}(?P<unit>{names}){_UNIT_END}"
    fraction = rf"(?P<fraction>[百千]分之(?:[\d.]++|[{_HAN}点]+)|百分百)"
    return regex.compile(
        # A numeral begins with one of these; everywhere else the alternatives need not be tried.
        rf"(?=[《第\[(\dA-Za-z“{_HAN}数几好{hedges.STARTS}])"
        rf"(?:{forms.replace('UNITS', names).replace('COUNTS', counted)}"
        rf"|{hedges.BEFORE}(?:{fraction}|{counted_number}){hedges.AFTER}"
        rf"|(?P<bare>\d+(?:[,.]\d+)*[万亿]?))"
    )


def find_numerals(text: str, units: Units) -> Iterator[Quantity | Other]:
    """Find every numeral of a folded text, in order, in one pass.

    Args:
        text: a shadow's text.
        units: the units in force.
    """
    names = units.names()
    counted = units.of(*COUNTS)
    pattern = _pattern(names, tuple(name for name in names if name in counted))
    for match in pattern.finditer(text):
        found = _numeral(match, units, text)
        if found is not None:
            yield found


def _numeral(match: Any, units: Units, text: str) -> Quantity | Other | None:
    if match["unit"] is not None:
        return _quantity(match, units.by_name[match["unit"]], text)
    if match["fraction"] is not None:
        return _fraction(match, text)
    if match["bare"] is not None:
        return Other(match.start(), match.end(), NumeralReason.UNCLAIMED)
    index = next(index for index in range(len(FORMS)) if match[f"f{index}"] is not None)
    reason = FORMS[index][0]
    if match.group().startswith("《") and not any(character.isdigit() for character in match.group()):
        return None
    return Other(match.start(), match.end(), reason)


def _quantity(match: Any, unit: Unit, text: str) -> Quantity | Other | None:
    number = match["number"]
    start, end = match.start("number"), match.end()
    han = match["arabic"] is None
    hedged = any(match[group] for group in ("before", "inside", "more", "after"))
    if han and (is_word(text, start, number, hedged=hedged) or _DIGITS_ONLY.fullmatch(number)):
        return None
    if unit.kind is UnitClass.TIME:
        return Other(start, end, NumeralReason.DATE)
    body = number.lstrip("数几好") + (match["scale"] or "")
    try:
        value, granule = value_of(body) * unit.scale, granule_of(body) * unit.scale
    except NumeralError:
        return None if han else Other(start, end, NumeralReason.UNCLAIMED)
    if value >= _TOO_LARGE:
        return Other(start, end, NumeralReason.UNCLAIMED)
    before = hedges.hedge_before(
        match["before"],
        text,
        match.start(),
        bare_scale=number[0] in "百千万亿" and not match["inside"] and not match["more"],
    )
    after = match["inside"] or match["more"] or match["after"]
    loose = number[0] in "数几好"
    if loose:
        low, high = hedges.loose_bounds(value, unit.kind)
    else:
        low, high = hedges.bounds(value, granule, unit.kind, before, after)
    return Quantity(
        start=match.start() if before else start,
        end=end,
        number_start=start,
        value=plain_value(value),
        unit=unit.name,
        kind=unit.kind,
        qualifier=Qualifier.AT_LEAST if loose else hedges.qualifier_of(before, after),
        low=_plain_or_open(low),
        high=_plain_or_open(high),
        han=han,
        body=number,
    )


def _fraction(match: Any, text: str) -> Quantity | Other:
    """百分之九十五点五 is a rate like 95.5%."""
    written = match["fraction"]
    start = match.start("fraction")
    unit, scale = _FRACTIONS[written[0]]
    whole, _, decimals = written[1:].removeprefix("分之").removeprefix("分").partition("点")
    try:
        value = value_of(whole)
        if decimals:
            value += value_of(decimals) / Decimal(10) ** len(decimals)
    except NumeralError:
        return Other(start, match.end(), NumeralReason.UNCLAIMED)
    value *= scale
    if value >= _TOO_LARGE:
        return Other(start, match.end(), NumeralReason.UNCLAIMED)
    before = hedges.hedge_before(match["before"], text, match.start(), bare_scale=False)
    low, high = hedges.bounds(value, scale, UnitClass.RATE, before, match["after"])
    return Quantity(
        start=match.start() if before else start,
        end=match.end(),
        number_start=start,
        value=plain_value(value),
        unit=unit,
        kind=UnitClass.RATE,
        qualifier=hedges.qualifier_of(before, match["after"]),
        low=_plain_or_open(low),
        high=_plain_or_open(high),
        han=True,
        body=written,
    )


def plain_value(value: Decimal) -> Decimal:
    """Return the value without exponent or trailing zeros."""
    if value == value.to_integral_value():
        return value.quantize(Decimal(1))
    return value.normalize()


def _plain_or_open(bound: Decimal | None) -> Decimal | None:
    return None if bound is None else plain_value(bound)
