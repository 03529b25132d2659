"""What the items of a list are called, and what parts them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import regex

from nianbao.grammar.units import UnitClass
from plugins.validators import listwords as words
from plugins.validators.sentences import Spot, alike

_TRIMMED = regex.compile(
    r"^(?:决定|(?:评(?:定|选)?(?:出|为)?|认定|定|列|分|划分|归)(?:为|出)|评出|用于|用在|涉及|涉|属于?|来自|由|即|包括|有|为|是|[一二三四五六七八九]是)+"
    r"|(?:方面)?(?:的|共|各|计|有|(?<!行)为|是|达|用去|花去|花费|支出|使用|占用|组织|完成|开展|办理|受理|处理)+$"
)
_AND_MORE = regex.compile("(?:以及|[和及与共])$|组成的?$")
_SEPARATED = re.compile(r"^(?P<after>[^，,、;；。\d]{0,14}?)(?P<sign>[，,、;；。]|以及|[和及与])")
_INTRODUCED = re.compile("[由对向为给从]$")
_REMARKED = regex.compile(r"(?P<name>\p{Han}+)\(\p{Han}{1,4}\)$")
_RANKED = regex.compile(
    r"(?:^|[，,、;；。:：]|\p{Han}看[，,])(?P<name>\p{Han}{2,12}?)(?:数量|案件|占比)?"
    r"(?:最多|次之|居多|较多|最少|较少|居首|居次|位居第[一二三四]|排第[一二三四])[，,](?:共|计)?[有为达]?$"
)
_LONGEST_NAME = 12
_SEMICOLON = 2
_FEWEST = 3
_ASIDES = (UnitClass.RATE, UnitClass.MONEY, UnitClass.POINT)

_WAY_IN = re.compile("来信|来访|来电|来邮|电话|热线|网上|网信|网络|信箱|信件|走访|接访|微信|交办|转办|转送")
_COMING = frozenset({UnitClass.CASE, UnitClass.EVENT, UnitClass.DOCUMENT})


def separator(previous: Spot, spot: Spot) -> str:
    """Return what parts a figure from the one before it; empty where more stands between than one name."""
    match = _SEPARATED.match(spot.gap)
    # 36起为邻里纠纷，28起为土地纠纷: names may stand behind their figures.
    # 由5名专职调解员和8名兼职调解员组成: what stands before such a word names no figure.
    if match is None or (
        match["after"] and not _INTRODUCED.search(previous.name) and _trimmed(previous.called)
    ):
        return ""
    sign: str = match["sign"]
    return sign


def name_of(spot: Spot) -> str:
    """Return what a part is called without the words that deal it out: what stands before it, or after."""
    return (
        _trimmed(spot.called)
        or _trimmed(_bracketed(spot.gap))
        or _trimmed(_ranked(spot.gap))
        or _trimmed(_AND_MORE.sub("", spot.after.strip("。;；)的")))
    )


def _bracketed(gap: str) -> str:
    """Return a name whose end is a remark in brackets: 村（社区）11场."""
    match = _REMARKED.search(gap) if gap.endswith(")") else None
    return match["name"] if match else ""


def _ranked(gap: str) -> str:
    """Return a name that stands in the clause before its figure: 婚姻类最多，有64件."""
    match = _RANKED.search(gap) if "，" in gap else None
    return match["name"] if match else ""


@lru_cache(maxsize=4096)
def _trimmed(name: str) -> str:
    trimmed: str = _TRIMMED.sub("", name)
    return trimmed


def of_one_sort(named: Sequence[str], parts: Sequence[Spot]) -> bool:
    """Whether the items end or begin alike, or are short names without a verb."""
    if any(len(name) > _LONGEST_NAME for name in named):
        return False
    if words.parallel(named) or len({name[:2] for name in named}) == 1:
        return True
    money = parts[0].quantity.kind is UnitClass.MONEY
    return money or not any(words.ACTS.search(name) or words.OUTCOME.search(name) for name in named)


def side_by_side(spots: Sequence[Spot], head: Spot) -> bool:
    """Whether all that a sentence tells from a figure on are items of one sort, parted by semicolons.

    Args:
        spots: the sentence's figures.
        head: that of the first item.
    """
    items, gap = [head], ""
    for spot in spots[spots.index(head) + 1 :]:
        gap += spot.gap
        if alike(spot.quantity, head.quantity):
            if words.strength(gap) < _SEMICOLON or "。" in gap:
                return False
            items.append(spot)
            gap = ""
        elif spot.quantity.kind not in _ASIDES:
            return False
    # 其中2次为专题会议；局务会学法9次: named on another side, it is no item beside the first.
    alike_told = len({bool(item.called) for item in items}) == 1
    return len(items) >= _FEWEST and alike_told and of_one_sort([name_of(item) for item in items], items)


def are_ways_in(*spots: Spot) -> bool:
    """Whether figures count what came in, each in its way, though not in one unit: 来信13件、来访58批次."""
    return all(spot.quantity.kind in _COMING and _WAY_IN.search(spot.name) for spot in spots)
