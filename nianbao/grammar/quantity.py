"""One compiled pass that finds every numeral of a text, and what it is by its form alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

import regex

from nianbao.grammar.numerals import NumeralError, granule_of, value_of
from nianbao.grammar.units import Unit, UnitClass, Units
from nianbao.model.figures import NumeralReason, Qualifier

_HAN = "零〇一二两三四五六七八九十百千万亿"
_ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
# 2万5千, 1.2万, 3千2百, 1亿3000万, and a hedge inside: 3万余, 20多万.
_MIXED = rf"{_ARABIC}(?:[百千万亿]+(?:\d+[百千万]|\d{{1,4}}(?=[元人名件份册]))?)?"
_LOOSE = "数|几|好几"
_BEFORE = "(?P<before>不少于|不低于|不超过|不高于|不足|不到|超过|超出|突破|逾|超|大约|约计|约为|约|将近|接近|近|上|至少|最多|至多)?"
_INSIDE = "(?P<inside>余|多|几|来)?"
_AFTER = r"(?P<after>余(?=[,，。、;)\s]|$)|以上|左右|上下|以内|以下)?"
_GRANULE = Decimal("0.01")
# 一件一策, 一村（社区）一顾问
_PAIRED = regex.compile(r"(?:\([^()]{1,8}\)|/?社区|、社区)?一")

_BEFORE_QUALIFIER = {
    **dict.fromkeys(("不少于", "不低于", "超过", "超出", "突破", "逾", "超", "至少", "上"), Qualifier.AT_LEAST),
    **dict.fromkeys(("大约", "约计", "约为", "约", "将近", "接近", "近"), Qualifier.ABOUT),
    **dict.fromkeys(("不超过", "不高于", "不足", "不到", "最多", "至多"), Qualifier.BELOW),
}
_AFTER_QUALIFIER = {
    **dict.fromkeys(("余", "多", "几", "来", "以上"), Qualifier.AT_LEAST),
    **dict.fromkeys(("左右", "上下"), Qualifier.ABOUT),
    **dict.fromkeys(("以内", "以下"), Qualifier.BELOW),
}

# Numerals that are no quantities by their form; the order decides.
_FORMS: tuple[tuple[NumeralReason, str], ...] = (
    (NumeralReason.LAW, r"《[^》\n]{0,80}》|第[\d零〇一二两三四五六七八九十百千]+[条款编章](?:第[\d一二三四五六七八九十]+[款项])*"),
    (
        NumeralReason.DOCUMENT_NUMBER,
        r"[\[(]\d{4}[\])]\s*第?\d+号|(?<=第)\d+号|\d+号(?=文|令|公告|通知|决定|意见)|[A-Z]{2,}[/\-]?\d[\dA-Z\-./]*",
    ),
    (
        NumeralReason.DATE,
        r"\d{4}年?[-~至—到]{1,2}\d{4}年度?"
        r"|\d{4}[-./]\d{1,2}[-./]\d{1,2}(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?"
        r"|[12]\d{3}年度?(?:\d{1,2}[-~至到]\d{1,2}月份?|\d{1,2}月份?(?:\d{1,2}日|上旬|中旬|下旬|底|初)?)?"
        r"|[二一][〇零○九\d][〇零一二三四五六七八九\d]{2}年度?(?:[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?)?"
        r"|\d{1,2}[-~至到]\d{1,2}月份?|\d{1,2}月\d{1,2}日|\d{1,2}月份|\d{1,2}月(?:底|初|中旬|上旬|下旬|末)?(?!\d)"
        r"|(?<!\d)[0-2]?\d:[0-5]\d(?!\d)"
        r"|(?<![\d.])(?:3[·.]15|4[·.]15|4[·.]26|5[·.]12|6[·.]26|12[·.]4|11[·.]9|6[·.]5|3[·.]8)(?![\d件起场次份人%])"
        r"|\d{2}年(?=来|度|底|初)|\d+时\d+分",
    ),
    (
        NumeralReason.ORDINAL,
        r"第[\d零〇一二两三四五六七八九十百]+(?:次|届|个|期|批|轮|场|季度|号|名|位|类|方|产业|党支部|中学|小学)?"
        r"|[\d一二三四五六七八九十]+届[\d一二三四五六七八九十]+(?:中|次)全会|[一二三四五六七八九十]{2,3}大(?=报告|精神|以来|和|、|闭幕|召开)",
    ),
    (
        NumeralReason.SLOGAN,
        r"\d+(?:\+[\dNnXx]+)+|[Nn](?:\+\d+)+|“[^”\n]{0,4}\d+[^”\n]{0,4}”"
        r"|(?<!\d)(?:12345|12348|12388|12315|12309|12328|12333|12336|12366|12350|12369|12380|110|119|120|122|96110|8890)"
        r"(?!\d|[,.]\d|[余多万千百]|%|UNITS)",
    ),
)


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
def _pattern(names: tuple[str, ...]) -> Any:
    units = "|".join(regex.escape(name) for name in names)
    forms = "|".join(f"(?P<f{index}>{form.replace('UNITS', units)})" for index, (_, form) in enumerate(_FORMS))
    han_number = rf"(?:(?:{_LOOSE})(?:[十百千]?[万亿]|[十百千])|[{_HAN}]+)"
    quantity = (
        rf"{_BEFORE}(?P<number>(?P<arabic>{_MIXED})|(?P<han>{han_number}))"
        rf"(?:{_INSIDE}(?P<scale>[万亿千百])?(?P<more>余|多)?(?P<unit>{units}){_AFTER})"
    )
    percent = rf"(?P<pbefore>不低于|不少于|超过|超|达到|约|近|不足)?(?P<percent>百分之[零〇一二两三四五六七八九十百点]+)"
    return regex.compile(
        # A numeral begins with one of these; everywhere else the alternatives need not be tried.
        rf"(?=[《第\[(\dA-Zn“零〇一二两三四五六七八九十百千万亿达不大约将接近上至最超突逾数几好])"
        rf"(?:{forms}|{percent}|{quantity}|(?P<bare>\d+(?:[,.]\d+)*))"
    )


def find_numerals(text: str, units: Units) -> Iterator[Quantity | Other]:
    """Find every numeral of a folded text, in order, in one pass.

    Args:
        text: a shadow's text.
        units: the units in force.
    """
    pattern = _pattern(units.names())
    position = 0
    length = len(text)
    while position < length:
        match = pattern.search(text, position)
        if match is None:
            return
        position = max(match.end(), position + 1)
        group = match.lastgroup
        found = _numeral(match, units, text)
        if isinstance(found, Quantity) and found.end < match.end():
            position = found.end
        if isinstance(found, Other) and found.reason is NumeralReason.LAW and group == "f0":
            if not any(character.isdigit() for character in match.group()):
                continue
        if found is not None:
            yield found


def _numeral(match: Any, units: Units, text: str) -> Quantity | Other | None:
    if match["unit"] is not None:
        return _quantity(match, units.by_name[match["unit"]], text)
    if match["percent"] is not None:
        return _percent(match)
    for index, (reason, _) in enumerate(_FORMS):
        if match[f"f{index}"] is not None:
            return Other(match.start(), match.end(), reason)
    if match["bare"] is not None:
        return Other(match.start(), match.end(), NumeralReason.UNCLAIMED)
    return None


def _quantity(match: Any, unit: Unit, text: str) -> Quantity | Other | None:
    number = match["number"]
    han = match["arabic"] is None
    if han and _is_word(match, text):
        return None
    loose = number[0] in "数几好"
    body = (number.lstrip("数几好") if loose else number) + (match["scale"] or "")
    try:
        value = value_of(body) * unit.scale
    except NumeralError:
        return None
    if unit.kind is UnitClass.TIME:
        return Other(match.start("number"), match.end(), NumeralReason.DATE)
    granule = granule_of(body) * unit.scale
    hedge = match["inside"] or match["more"] or match["after"]
    before = match["before"]
    if before == "上" and body not in ("百", "千", "万"):
        before = None
    if before == "近" and text[max(match.start() - 1, 0)] in "最附就临将邻靠":
        before = None
    qualifier = _AFTER_QUALIFIER.get(hedge or "", Qualifier.EXACT)
    if qualifier is Qualifier.EXACT and before:
        qualifier = _BEFORE_QUALIFIER[before]
    if loose:
        qualifier = Qualifier.AT_LEAST
    low, high = _bounds(value, granule, qualifier, hedge or "", loose, unit.kind)
    return Quantity(
        start=match.start("before") if before else match.start("number"),
        end=match.end(),
        number_start=match.start("number"),
        value=_plain(value),
        unit=unit.name if not match["scale"] or unit.kind is not UnitClass.MONEY else match["scale"] + unit.name,
        kind=unit.kind,
        qualifier=qualifier,
        low=low,
        high=high,
        han=han,
        body=number,
    )


def _percent(match: Any) -> Quantity | None:
    whole, _, fraction = match["percent"].removeprefix("百分之").partition("点")
    try:
        value = value_of(whole)
        if fraction:
            value += value_of(fraction) / (Decimal(10) ** len(fraction))
    except NumeralError:
        return None
    start, end = match.span("percent")
    qualifier = _BEFORE_QUALIFIER.get(match["pbefore"] or "", Qualifier.EXACT)
    low, high = _bounds(value, Decimal(1), qualifier, "", False, UnitClass.RATE)
    return Quantity(
        start, end, start, value, "%", UnitClass.RATE, qualifier, low, high, True, match["percent"]
    )


def _is_word(match: Any, text: str) -> bool:
    """Whether a Han numeral is only part of a word: 一次性, 第三次, 统一, 三项制度, 二十大."""
    start, end = match.start("number"), match.end()
    before = text[start - 1] if start else ""
    after = text[end : end + 2]
    number, unit = match["number"], match["unit"]
    if before and before in "第统唯万同某这那另上下首逐任其同之专初周星十百千" and not (before in "上" and number in "百千万"):
        return True
    if number == "一" and _PAIRED.match(text, end):
        return True
    if number == "一" and unit in "次件个张类点站条块" and after[:1] in "性告办事网窗站体方般些定切把线":
        return True
    if len(number) == 1 and unit == "项" and after == "制度":
        return True
    if unit == "元" and number in ("万", "亿", "千", "百", "百万", "千万"):  # the unit 万元, as in 金额（万元）
        return before not in ("上", "近", "数", "几", "约", "逾", "超")
    if len(number) == 1 and number in "零千万百亿" and number not in ("百", "千", "万"):
        return unit not in ("件", "起", "宗", "例", "次", "人")
    return unit in ("方", "点", "成", "面", "道", "部", "门", "分", "节", "里", "斤", "案", "时", "组", "克", "单位") and number in "一二三四五六七八九十两百千万"


def _bounds(
    value: Decimal, granule: Decimal, qualifier: Qualifier, hedge: str, loose: bool, kind: UnitClass
) -> tuple[Decimal | None, Decimal | None]:
    step = Decimal(1) if kind not in (UnitClass.MONEY, UnitClass.RATE, UnitClass.AREA) else _GRANULE
    if qualifier is Qualifier.EXACT:
        return _plain(value), _plain(value)
    if loose:
        return _plain(2 * value), _plain(10 * value - step)
    if qualifier is Qualifier.AT_LEAST:
        high = value + granule - step if hedge in ("余", "多", "几", "来") else None
        if high is not None and high <= value:
            high = None
        return _plain(value), high if high is None else _plain(high)
    if qualifier is Qualifier.ABOUT:
        return _plain(value * Decimal("0.9")), _plain(value * Decimal("1.1"))
    return Decimal(0), _plain(value)


def _plain(value: Decimal) -> Decimal:
    """Return the value without exponent or trailing zeros."""
    if value == value.to_integral_value():
        return value.quantize(Decimal(1))
    return value.normalize()
