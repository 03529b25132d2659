"""What each of several does every month or quarter against the year's sum: 16个村每季度1场，全年64场."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

import regex

from nianbao.grammar.units import COUNTS
from plugins.validators.averages import counts_of
from plugins.validators.checks import Check, Ledger
from plugins.validators.exactruns import paragraphs
from plugins.validators.products import PRODUCT
from plugins.validators.relations import Bounds, Product
from plugins.validators.repair import OTHERWISE, slip_of
from plugins.validators.sentences import Sentence, Spot, told_alike

_TIMES = {"月": 12, "季度": 4, "季": 4, "半年": 2, "两个月": 6, "两月": 6}
_OFTEN = regex.compile(
    r"每(?:个)?(?P<every>月|季度|季|半年|两个?月)(?P<least>至少|不少于)?[\p{Han}、()]{0,12}$"
)
_BODIES = r"行政村|村居|村|社区|司法所|派出所|所|校|站|镇街|镇|街道|乡|部门|单位|网格|企业|律师|顾问|家"
# 每个村（社区）每季度, 各村每月, 9个司法所每月
_EACH = regex.compile(
    rf"(?:每一?个?|各)?(?P<of>{_BODIES})(?:[(][^)]{{1,4}}[)])?(?:法律顾问|均|都|全部|做到|按要求|分别|坚持|实行|须|应|要|[,，]){{0,3}}$"
)
_SUMMED = regex.compile(r"(?:全年|一年来?|年内|今年|累计|合计|总计|共计|共)[\p{Han}]{0,10}$")
_PARTLY = regex.compile(r"\d个月|起(?:每|实行|开始)|月起|下半年|上半年|其中|部分|试点|主要")
_FURTHEST = Decimal("0.12")


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told to happen how often a year in each of which bodies."""

    each: Spot
    times: int
    of: str
    at_least: bool
    number: int
    place: int


def check_frequencies(ledger: Ledger, sentences: Sequence[Sentence]) -> None:
    """Enter every year's sum of what each of several bodies does in every month, quarter or half year.

    Args:
        ledger: where checks are entered.
        sentences: the report's sentences.
    """
    text = ledger.reading.shadow.text
    for paragraph in paragraphs(text, [each for each in sentences if each.spots]):
        if not any("每" in sentence.text for sentence in paragraph):
            continue
        for told in _told(paragraph):
            total = _total(paragraph, told)
            if total is not None and not _PARTLY.search(paragraph[told.number].text):
                _enter(ledger, paragraph, told, total)


def _told(paragraph: Sequence[Sentence]) -> Iterator[_Told]:
    for number, sentence in enumerate(paragraph):
        for place, spot in enumerate(sentence.spots):
            often = _OFTEN.search(spot.gap) if spot.quantity.kind in COUNTS else None
            if often is None or spot.quantity.value <= 0:
                continue
            at = spot.quantity.start - len(often[0]) - sentence.start
            each = _EACH.search(sentence.text, 0, at)
            if each is not None:
                least = often["least"] is not None or spot.quantity.high is None
                yield _Told(spot, _TIMES[often["every"]], each["of"], least, number, place)


def _total(paragraph: Sequence[Sentence], told: _Told) -> Spot | None:
    """Return the first figure behind that tells what it comes to in the year."""
    behind = [
        *paragraph[told.number].spots[told.place + 1 :],
        *(spot for sentence in paragraph[told.number + 1 : told.number + 3] for spot in sentence.spots),
    ]
    return next(
        (
            spot
            for spot in behind
            if told_alike(spot.quantity, told.each.quantity)
            and spot.quantity.low == spot.quantity.high
            and _SUMMED.search(spot.gap)
        ),
        None,
    )


def _enter(ledger: Ledger, paragraph: Sequence[Sentence], told: _Told, total: Spot) -> None:
    spots = [spot for sentence in paragraph[: told.number + 1] for spot in sentence.spots]
    before = spots[: spots.index(told.each)]
    counts = [spot for spot in before if spot.quantity.low == spot.quantity.high and _counts(spot, told.of)]
    # 14个行政村、2个社区，每个村（社区）每季度1次
    groups = [*((spot,) for spot in reversed(counts)), *combinations(counts[-3:], 2)]
    if not counts:
        return
    value, per_body = total.quantity.value, told.times * told.each.quantity.value
    products = [per_body * sum(spot.quantity.value for spot in group) for group in groups]
    if value in products or (told.at_least and value >= min(products)):
        return
    near = [
        (group, product)
        for group, product in zip(groups, products, strict=True)
        if abs(value - product) <= _FURTHEST * product or slip_of(value, product) < OTHERWISE
    ]
    if not near:
        return
    group, _ = min(near, key=lambda each: abs(value - each[1]))
    first = ledger.spot(group[0])
    times = told.times * sum((spot.quantity.value for spot in group), Decimal(0))
    counted = "＋".join(f"{spot.quantity.value:f}{spot.quantity.unit}" for spot in group)
    rounds = replace(
        ledger.figures[first],
        name="全年轮次",
        written=f"{counted}×{told.times}",
        value=times,
        bounds=Bounds(times, times),
    )
    number = ledger.add((-ledger.figures[first].quote.end, told.times), rounds)
    relation = Product(ledger.spot(total), number, ledger.spot(told.each), told.at_least)
    ledger.checks.append(Check(PRODUCT, relation))


def _counts(spot: Spot, of: str) -> bool:
    """Whether a figure counts the bodies, or communities beside villages."""
    both = of in ("村", "行政村", "社区", "村居")
    return counts_of(spot, of) or (both and (counts_of(spot, "村") or counts_of(spot, "社区")))
