"""Figures whose units can't be right: larger than the place, told otherwise in brackets or without 万."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

import regex

from nianbao import Context, Finding, Quote, Report, Severity
from nianbao.grammar.quantity import Quantity
from nianbao.grammar.reading import Reading
from nianbao.grammar.units import UnitClass
from plugins.validators.outcomes import Ruling, judged, unclear

_BASIS = "同一数量前后一致，部分不会大于整体，计量单位应与数量相称"
# The whole of a place, and what is done within it.
_PLACE = regex.compile(
    r"(?:辖区|区域|行政区域|行政区划|全[镇乡县市区街域]|街道|总|国土|幅员|镇域|县域|乡域)(?:道|域)?(?:总|土地)?面积[^,，。;；\d]{0,6}$"
)
_WITHIN = regex.compile(r"拆除|拆违|违建|违法建|复耕|清理|整治|腾退|占地|占用|没收|查处|抢建|乱搭")
_OTHER_UNITS = regex.compile(r"次|巡查|巡航|监测|覆盖|航拍|水域|航程")
# 12.6公顷（约0.84公顷）.
_GLOSS = regex.compile(r"^[(](?:约合?|折合?|合计?|合|即|相当于|约为|换算为?){0,2}$")
# 户籍人口2.1万人, 参与群众8600万人次.
_POPULATION = regex.compile(
    r"(?:户籍|常住|总|全[镇乡县市区街]道?|现有|辖区)(?:总)?(?:人口|居民|群众)(?:约|共|为|有|总数)*$"
)
_TOOK_PART = regex.compile(r"参与|参加|受教育|覆盖|惠及|受益|受众|培训|服务|引导|教育|发动|组织")
_ONLINE = regex.compile(
    r"点击|浏览|阅读|播放|观看|流量|曝光|访问|网[络上]|线上|直播|视频|抖音|微信|公众号|平台|游客|旅游|客流|接待|核酸|检测|地铁|短信"
)
_TIMES_EVERYBODY = 100
# A hundred square kilometres of buildings, ten million leaflets.
_PULLED_DOWN, _MOST_PULLED_DOWN = (
    regex.compile(r"拆除|拆违|违建|违法建|违法用地|抢建|乱搭|腾退"),
    Decimal(10) ** 8,
)
_HANDED_OUT, _MOST_HANDED_OUT = regex.compile(r"发放|印发|印制|张贴|派发|赠送|散发"), Decimal(10) ** 7
# The same digits with 万 and without it, of one thing.
_SAME_THING = regex.compile(
    r"罚没款?|罚款|工资|欠薪|经费|资金|赔偿|补助|补贴|标的|货值|税费?|退还|挽回|损失|救助|追回|涉案|投入"
)
_LEAST_DIGITS = 3
_NEAR = 24
_ROUNDED = Decimal("0.06")
_SCALE = Decimal(10_000)


def judge(report: Report, context: Context) -> Ruling:
    """Judge the units of a report's areas, people and amounts of money."""
    if context.reading is None:
        return unclear("没有正文")
    return judged(_findings(context.reading))


def _findings(reading: Reading) -> Iterator[Finding]:
    text = reading.shadow.text
    by_kind: dict[UnitClass, list[Quantity]] = {}
    for quantity in reading.quantities:
        by_kind.setdefault(quantity.kind, []).append(quantity)
    areas = by_kind.get(UnitClass.AREA, [])
    papers = by_kind.get(UnitClass.DOCUMENT, [])
    yield from _glosses(reading, areas)
    places = [area for area in areas if _PLACE.search(text, max(0, area.start - _NEAR), area.start)]
    if places:
        yield from _larger_than_the_place(reading, places, areas)
    yield from _more_than_anybody_does(reading, papers if places else [*areas, *papers])
    yield from _more_than_everybody(reading, by_kind.get(UnitClass.PEOPLE, []))
    yield from _without_its_scale(reading, by_kind.get(UnitClass.MONEY, []))


def _glosses(reading: Reading, areas: Sequence[Quantity]) -> Iterator[Finding]:
    text = reading.shadow.text
    for one, other in pairwise(areas):
        if not _GLOSS.match(text[one.end : other.start]) or text[other.end : other.end + 1] != ")":
            continue
        if "方" in (one.unit, other.unit) or "立方米" in (one.unit, other.unit):
            continue
        if abs(one.value - other.value) > _ROUNDED * max(one.value, other.value):
            yield _told(reading, (one, other), "换算后并不相等。")


def _larger_than_the_place(
    reading: Reading, places: Sequence[Quantity], areas: Sequence[Quantity]
) -> Iterator[Finding]:
    text = reading.shadow.text
    whole = max(places, key=lambda area: area.value)
    for area in areas:
        before = _clause(text, area)
        if area.value > whole.value and _WITHIN.search(before) and not _OTHER_UNITS.search(before):
            yield _told(reading, (whole, area), "后者比整个辖区还大。")


def _more_than_anybody_does(reading: Reading, figures: Sequence[Quantity]) -> Iterator[Finding]:
    """Yield what no town or county pulls down or hands out in a year, whatever its own size."""
    for figure in figures:
        area = figure.kind is UnitClass.AREA
        most, words = (_MOST_PULLED_DOWN, _PULLED_DOWN) if area else (_MOST_HANDED_OUT, _HANDED_OUT)
        if figure.value < most:
            continue
        before = _clause(reading.shadow.text, figure)
        if words.search(before) and not (_OTHER_UNITS if area else _ONLINE).search(before):
            yield _told(reading, (figure,), "与一年之内所能办到的不相称。")


def _more_than_everybody(reading: Reading, people: Sequence[Quantity]) -> Iterator[Finding]:
    text = reading.shadow.text
    living = [
        each.value
        for each in people
        if each.unit == "人" and _POPULATION.search(text, max(0, each.start - _NEAR), each.start)
    ]
    most = max(living, default=None)
    if not most:
        return
    for each in people:
        before = _clause(text, each)
        if each.value > most * _TIMES_EVERYBODY and _TOOK_PART.search(before) and not _ONLINE.search(before):
            yield _told(reading, (each,), f"与正文所写的人口{most.normalize():f}人不相称。")


def _without_its_scale(reading: Reading, amounts: Sequence[Quantity]) -> Iterator[Finding]:
    text = reading.shadow.text
    scaled: dict[str, Quantity] = {}
    for amount in amounts:
        if text[amount.number_start : amount.end].endswith("万元"):
            scaled.setdefault(_digits(amount), amount)
    for amount in amounts:
        other = scaled.get(_digits(amount))
        telling = _digits(amount).replace(".", "").strip("0")
        if other is None or len(telling) < _LEAST_DIGITS or amount.value * _SCALE != other.value:
            continue
        near, far = _about(text, amount), _about(text, other)
        shared = set(_SAME_THING.findall(near)) & set(_SAME_THING.findall(far))
        if shared and "均" not in near and "均" not in far:
            yield _told(reading, (other, amount), "数字相同而单位不同。")


def _digits(amount: Quantity) -> str:
    return amount.body.rstrip("万亿").replace(",", "")


def _clause(text: str, quantity: Quantity) -> str:
    """Return the words of a figure's sentence before it, as far as they are near."""
    begin = max(text.rfind(stop, 0, quantity.start) for stop in "。;；\n") + 1
    return text[max(begin, quantity.start - _NEAR) : quantity.start]


def _about(text: str, quantity: Quantity) -> str:
    """Return the words on both sides of a figure."""
    return _clause(text, quantity)[-12:] + text[quantity.end : quantity.end + 14].partition("，")[0]


def _told(reading: Reading, figures: Sequence[Quantity], why: str) -> Finding:
    quotes = tuple(reading.quote(each.start, each.end) for each in figures)
    shown = "与".join(f"“{quoted}”" for _, _, quoted in quotes)
    return Finding(
        "unit",
        "sizes.unit",
        Severity.WARNING,
        f"{shown}，{why}",
        tuple(Quote(*quoted) for quoted in quotes),
        "请核实计量单位。",
        basis=_BASIS,
    )
