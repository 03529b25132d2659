"""The brands that 贵州's places give their work, such as 法治毕节: 法治 with a place's own name.

No card can list them, as every city and county has one; which count is told by the report's own places.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from itertools import zip_longest

import regex

from nianbao import (
    SECTIONS,
    Context,
    Document,
    Extractor,
    Field,
    Observation,
    Report,
    SectionKind,
    observation_of,
)
from nianbao.divisions.names import without_ending
from nianbao.grammar.quantity import Quantity
from nianbao.grammar.reading import Reading
from nianbao.grammar.units import UnitClass

ACTIVITIES = "guizhou.brand_activities"
SITES = "guizhou.brand_sites"
_CONFIDENCE = Decimal("0.9")
# How far before its figure a word stands that makes it a plan.
_REACH = 80
_PLACES = (Field.PROVINCE, Field.CITY, Field.COUNTY)
_OPENED = frozenset("“‘《(的")
_STOP = regex.compile(r"[，,；;：:。!?\n\t]|\Z")
# What a brand's figure counts: meetings, inspections and whom it reached are neither.
_COUNTED = (
    (
        ACTIVITIES,
        frozenset({UnitClass.EVENT}),
        regex.compile("活动|宣传|宣讲|讲堂|讲座|普法|巡演|课堂|行动"),
        regex.compile("会议|[度进署]会|督[查导]|培训|检查"),
    ),
    (
        SITES,
        frozenset({UnitClass.ITEM, UnitClass.PLACE}),
        regex.compile("示范(?:点|村|寨|乡|镇|社区|单位|街道?|户|学校|企业|县)|基地|阵地|广场|公园|长廊|驿站"),
        regex.compile("检查|督[查导]|申报|整改|问题"),
    ),
)
_INTENDED = regex.compile("力争|争取|计划|[拟将](?:新|再|打造|建|举办|开展)|不少于|每[年季月村个]|目标")


def extract(document: Document, context: Context) -> Iterator[Observation]:
    """Yield how often and where the brands of the report's own places were shown, each a part of the sum."""
    reading, report = context.reading, context.report
    if reading is None or report is None:
        return
    text = reading.shadow.text
    brands = list(regex.finditer(f"法治(?:{'|'.join(_places(report, context))})", text))
    seen: set[int] = set()
    for brand, following in zip_longest(brands, brands[1:]):
        stop = min(_STOP.search(text, brand.end()).start(), following.start() if following else len(text))
        for quantity, start, end in _figures(reading, brand.start(), brand.end(), stop):
            indicator = _indicator(quantity, text[start:end])
            if indicator and quantity.start not in seen and not _is_intended(reading, report, quantity):
                seen.add(quantity.start)
                reason = f"以本地名称命名的品牌“{brand.group()}”"
                yield observation_of(
                    reading, quantity, indicator, (start, end),
                    extractor=EXTRACTOR.name, reason=reason, confidence=_CONFIDENCE,
                )  # fmt: skip


def _places(report: Report, context: Context) -> tuple[str, ...]:
    """Return the names of the region and of a report's places without their endings, the longest first."""
    told = [report.value(field) for field in _PLACES]
    told.append(context.region.name if context.region else "贵州省")
    names = {regex.escape(without_ending(name)) for name in told if name}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


def _figures(reading: Reading, start: int, end: int, stop: int) -> Iterator[tuple[Quantity, int, int]]:
    """Yield the figures of a brand, each with the span of the words that tell what it counts.

    They stand behind it up to the next stop or brand (“法治黔西”示范乡2个、示范村9个), or one right before it
    (3个“法治毕节”示范点).
    """
    quantities, text = reading.quantities, reading.shadow.text
    first = bisect_left(quantities, start, key=_start)
    if first:
        between = text[quantities[first - 1].end : start]
        if len(between) <= 2 and _OPENED.issuperset(between):
            yield quantities[first - 1], start, stop
    words = start
    for quantity in quantities[first : bisect_left(quantities, stop, key=_start)]:
        if end <= quantity.start and quantity.end <= stop:
            yield quantity, words, quantity.start
            words = quantity.end


def _start(quantity: Quantity) -> int:
    return quantity.start


def _indicator(quantity: Quantity, words: str) -> str:
    """Return the indicator that a figure tells; empty where it is neither."""
    for indicator, kinds, wanted, unwanted in _COUNTED:
        if quantity.kind in kinds and wanted.search(words) and not unwanted.search(words):
            return indicator
    return ""


def _is_intended(reading: Reading, report: Report, quantity: Quantity) -> bool:
    """Whether a figure tells what is to come: in the part on plans, or behind a word that says so."""
    start = reading.shadow.origins[quantity.start]
    planned = any(
        part.kind is SectionKind.PLAN and part.start <= start < part.end for part in report.sections
    )
    sentence, _ = reading.sentence(quantity.start)
    before = max(sentence, quantity.start - _REACH)
    return planned or _INTENDED.search(reading.shadow.text, before, quantity.end) is not None


EXTRACTOR = Extractor(
    name="guizhou-brands",
    yields=frozenset({ACTIVITIES, SITES}),
    extract=extract,
    needs=frozenset({Field.DIVISION_CODE, SECTIONS}),
)
