"""How names of divisions end, and which division an ending means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class Level(StrEnum):
    """The rank of a division."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWN = "town"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of a province, city or county in a text, at `start:end`."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Division:
    """A province, city, county or town.

    Args:
        code: of the newest edition in which it stands; 2, 4, 6 or 9 digits.
        name: in full.
        level: its rank.
        parent: its parent's code, or None for a province.
        editions: the lists in which it stands, oldest first.
    """

    code: str
    name: str
    level: Level
    parent: str | None
    editions: tuple[str, ...] = ()


_LEVELS = {2: Level.PROVINCE, 4: Level.CITY, 6: Level.COUNTY, 9: Level.TOWN}

# The peoples whose names stand in those of autonomous areas.
PEOPLES = (
    "维吾尔族|维吾尔|哈萨克族|哈萨克|柯尔克孜族|柯尔克孜|蒙古族|蒙古|塔吉克族|塔吉克|锡伯族|锡伯|俄罗斯族|"
    "达斡尔族|鄂温克族|鄂伦春族|赫哲族|朝鲜族|满族|回族|藏族|壮族|苗族|彝族|侗族|瑶族|白族|傣族|黎族|畲族|羌族|"
    "水族|布依族|土家族|仡佬族|毛南族|仫佬族|京族|土族|撒拉族|东乡族|保安族|裕固族|哈尼族|傈僳族|拉祜族|佤族|纳西族|"
    "景颇族|布朗族|阿昌族|普米族|怒族|德昂族|独龙族|基诺族|门巴族|珞巴族|各族"
)
TOWN_ENDINGS = "民族乡|民族苏木|苏木|街道办事处|街道|地区办事处|地区|镇|乡"
UPPER_ENDINGS = "特别行政区|自治区|自治州|自治县|自治旗|地区|林区|特区|省|市|州|盟|县|旗|区"

# What may follow the bare name of a division: peoples, then the ending.
REST_OF_NAME = re.compile(rf"(?:{PEOPLES})*(?:{TOWN_ENDINGS}|{UPPER_ENDINGS})")

# Rare characters stand beyond the basic block: 白沙𬇕街道.
HAN = "㐀-䶿一-鿿\U00020000-\U0003ffff"
_PLACE = f"(?![局府院厅委])[{HAN}]"
# 旧县镇 and 红旗街道 are towns: no ending counts right before a town's.
_NOT_TOWN = "(?!镇|乡|街道)"
# A name by its shape alone, for places that stand in no table.
SHAPE = re.compile(
    rf"(?P<province>(?:{_PLACE}){{2,7}}?(?:自治区|省))"
    rf"|(?P<city>(?:{_PLACE}){{2,10}}?(?:自治州|地区(?!办事处)|市(?!场)|盟){_NOT_TOWN})"
    rf"|(?P<county>(?:{_PLACE}){{1,12}}?(?:自治县|自治旗|县|(?<=..)旗|林区|区){_NOT_TOWN})"
    rf"|(?P<town>(?:{_PLACE}){{1,10}}?(?:{TOWN_ENDINGS}|办事处))"
)

_AUTONOMOUS = re.compile(rf"(?P<bare>.{{2,}}?)(?:{PEOPLES})*(?P<ending>自治[区州县旗])")
_UPPER_END = re.compile(r"(?:特别行政区|地区|林区|矿区|特区|省|市|州|盟|县|旗|区)$")
_UPPER_LAST = "省市县区州盟旗"
_OFFICE = re.compile(r"(?:党工委|党委|委员会|人民政府|政府|管委会|管理委员会|行政公署|行署)+$")
# 某区人民政府某街道办事处
_GOVERNMENT_OF = re.compile(r"人民政府(?=.+(?:街道|镇|乡|办事处|地区)$)")
_STREET_OFFICE = re.compile(r"(?:街道办事处|(?<![街道地区])办事处|街道办)$")
# 鹤龙街 is how Guangzhou calls 鹤龙街道; no shopping street governs.
_SHORT_STREET = re.compile(r"(?<=[㐀-鿿]{2})(?<![行业大老小夜长])街$")
_AREA_OFFICE = re.compile(r"地区办事处$")


def bare_division(name: str) -> str:
    """Return the division that a body governs: 青石镇人民政府 → 青石镇, 北关街道办事处 → 北关街道."""
    name = name.removeprefix("中国共产党").removeprefix("中共")
    name = _GOVERNMENT_OF.sub("", _OFFICE.sub("", name))
    name = _AREA_OFFICE.sub("地区", name)
    return _SHORT_STREET.sub("街道", _STREET_OFFICE.sub("街道", name))


def short_names(name: str) -> tuple[str, ...]:
    """Return how an autonomous area is called for short: 道真县 and 道真自治县, 延边州, 广西."""
    match = _AUTONOMOUS.fullmatch(name)
    if match is None:
        return ()
    bare, ending = match["bare"], match["ending"]
    if ending == "自治区":
        return (bare,)
    return (bare + ending[-1], bare + ending)


def where_upper_names_end(endings: Iterable[str]) -> re.Pattern[str]:
    """Return an expression for where the name of a province, city or county may end.

    Args:
        endings: the last two characters of all their names; the engine skips to the very last.
    """
    before: dict[str, set[str]] = {}
    for ending in endings:
        if ending[-1] in _UPPER_LAST:
            before.setdefault(ending[-1], set()).add(ending[0])
    pairs = "|".join(f"[{''.join(sorted(firsts))}]{last}" for last, firsts in sorted(before.items()))
    # 市级 and 县域 name nobody; 自治区级 names the region.
    named = r"(?:(?![级域直])|(?<=自治[区州县旗])|(?<=别行政区))"
    return re.compile(rf"[{_UPPER_LAST}](?<={pairs}){named}")


@lru_cache(maxsize=4096)
def without_ending(name: str) -> str:
    """Return a province's, city's or county's name without peoples and ending: 道真, 重庆, 内蒙古."""
    match = _AUTONOMOUS.fullmatch(name)
    if match:
        return match["bare"]
    return _UPPER_END.sub("", name)


def shortest_code(code: str) -> str:
    """Return a code in its shortest form: 445102001000 is 445102001, 440000 is 44."""
    for length, zeros in ((12, "000"), (9, "000"), (6, "00"), (4, "00")):
        if len(code) == length:
            code = code.removesuffix(zeros)
    return code


def level_of_code(code: int | str) -> Level:
    """Return the level that the length of a code tells."""
    return _LEVELS[len(str(code))]


def is_placeholder(code: int) -> bool:
    """Tell whether a code stands for no place: 市辖区 of a municipality, 省直辖县级行政区划."""
    return 1000 <= code <= 9999 and (code % 100 == 90 or code in (1101, 1201, 3101, 5001, 5002))
