"""Splitting a composed name into its places: 天津市宝坻区牛家牌镇, 重庆开州铁桥镇, 道真县玉溪镇."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nianbao.divisions.former import KEPT, SUCCESSORS
from nianbao.divisions.names import SHAPE, Level

if TYPE_CHECKING:
    from nianbao.divisions.directory import Divisions
    from nianbao.divisions.names import Division

LONGEST_NAME = 15
_COUNTY_ENDINGS = "县区市"
_ORDER = list(Level)
# 兵团第一师十二团, 第七师124团
CORPS = re.compile(r"(?:新疆生产建设)?兵团(?=.)|第?[一二三四五六七八九十\d]{1,3}师(?=.)")

_BRANCH = re.compile(
    r"(?:局|中心|总队|处)(?P<place>.{2,12}?)(?:分局|支局|管理局|分中心|税务局|海关|支队|大队|管理部|办事处)$"
)


@dataclass(frozen=True, slots=True)
class Part:
    """One place in a composed name; `divisions` is empty where no table holds it."""

    level: Level
    name: str
    divisions: tuple[Division, ...]


def split_name(directory: Divisions, name: str) -> tuple[Part, ...]:
    """Split a composed name into its places, each a descendant of the one before where the table knows it."""
    parts: list[Part] = []
    at = 0
    while at < len(name):
        corps = CORPS.match(name, at)
        if corps:
            at = corps.end()
            continue
        part = _known_part(directory, name, at, parts)
        if part is not None and any(not above.divisions for above in parts):
            # Below a place that stands in no table, a name of the table is another place's.
            part = Part(part.level, part.name, ())
        if part is None:
            shaped = SHAPE.match(name, at)
            if shaped is None:
                break
            part = _known_end(directory, shaped) or Part(Level(str(shaped.lastgroup)), shaped.group(), ())
            at = shaped.end() - len(part.name)
        parts.append(part)
        at += len(part.name)
    if not parts:  # 国家税务总局某县税务局: the place stands inside
        inside = next(iter(directory.mentions(name)), None)
        return split_name(directory, name[inside.start :]) if inside and inside.start else ()
    return tuple(parts)


def is_branch(name: str) -> bool:
    """Tell whether a name is that of an office's branch for a place: 市公安局某某分局."""
    return _BRANCH.search(name) is not None


def branch_of(directory: Divisions, name: str, parts: Sequence[Part]) -> tuple[Part, ...]:
    """Return the county that a city's office names behind itself: 某市公安局某区分局, 某市税务局某分局."""
    above = parts[-1].divisions if parts else ()
    rest = name[sum(len(part.name) for part in parts) :]
    told = _BRANCH.search(rest) if above else None
    if told is None:
        return ()
    place = told["place"]
    for start in range(len(place) - 1):
        piece = place[start:]
        found = _within(directory.upper(piece) or directory.without_ending(piece), above)
        if counties := tuple(d for d in found if d.level is Level.COUNTY):
            return (Part(Level.COUNTY, piece, counties),)
    return ()


def _known_part(directory: Divisions, name: str, at: int, parts: Sequence[Part]) -> Part | None:
    above = next((part.divisions for part in reversed(parts) if part.divisions), ())
    for end in range(min(len(name), at + LONGEST_NAME), at + 1, -1):
        piece = name[at:end]
        found = directory.by_name(piece) or directory.upper(piece) or _town(directory, piece)
        found = without_doubles(_within(found or _former(directory, piece), above))
        if not found and (above or end < len(name)):
            found = _renamed(directory, name, at, end, above)
        if found:
            level = min((d.level for d in found), key=_ORDER.index)
            return Part(level, piece, tuple(d for d in found if d.level is level))
    return None


def _town(directory: Divisions, piece: str) -> tuple[Division, ...]:
    """A town by another of its names.

    A 民族乡 told without its people (杨柳乡 for 杨柳回族乡), a street that the table calls office or area, a
    regiment of the 兵团.
    """
    if piece.endswith("街道"):
        bare = piece.removesuffix("街道")
        for ending in ("街道办事处", "办事处街道", "办事处", "街道地区"):
            if found := directory.by_name(bare + ending):
                return found
        return ()
    if piece.endswith("团"):
        return directory.by_name("兵团" + piece)
    if piece.endswith("乡") and len(piece) > 2:
        named = directory.named(piece[:-1])
        return tuple(d for d in named if d.level is Level.TOWN and d.name.endswith("族乡"))
    return ()


def _former(directory: Divisions, piece: str) -> tuple[Division, ...]:
    """What a county of old is today: 潼南县 is 潼南区, 大同县 is 云州区."""
    if successor := SUCCESSORS.get(piece):
        return directory.split(successor)[-1].divisions
    return _other_ending(directory, piece) if piece[:-1] in KEPT else ()


def _other_ending(directory: Divisions, piece: str) -> tuple[Division, ...]:
    """A county that bears this name with another ending; never a city of that name."""
    if len(piece) < 3 or piece[-1] not in _COUNTY_ENDINGS:
        return ()
    others = (piece[:-1] + ending for ending in _COUNTY_ENDINGS if ending != piece[-1])
    return tuple(d for other in others for d in directory.upper(other) if d.level is Level.COUNTY)


def _renamed(
    directory: Divisions, name: str, at: int, end: int, above: Sequence[Division]
) -> tuple[Division, ...]:
    """A superior without its ending (重庆开州铁桥镇) or with another one, where what stands around fits."""
    piece = name[at:end]
    other = _within(_other_ending(directory, piece), above)
    if other and above:
        return without_doubles(other)
    found = other or _within(directory.without_ending(piece), above)
    for stop in range(min(len(name), end + LONGEST_NAME), end + 1, -1) if found else ():
        rest = name[end:stop]
        for inner in (directory.by_name(rest) or directory.upper(rest), directory.without_ending(rest)):
            if holders := tuple(d for d in found if any(is_below(each, d) for each in inner)):
                return without_doubles(holders)
    return ()


def _within(found: Sequence[Division], above: Sequence[Division]) -> tuple[Division, ...]:
    return tuple(d for d in found if not above or any(is_below(d, parent) for parent in above))


def _known_end(directory: Divisions, shaped: re.Match[str]) -> Part | None:
    """A known place behind words that are no place: 八师石河子市."""
    piece = shaped.group()
    for start in range(1, len(piece) - 2):
        if found := without_doubles(directory.upper(piece[start:])):
            return Part(found[0].level, piece[start:], found)
    return None


def without_doubles(found: Sequence[Division]) -> tuple[Division, ...]:
    """A city without counties is told once, as the city."""
    names = {(d.name, d.code) for d in found}
    return tuple(d for d in found if (d.name, d.parent) not in names)


def is_below(division: Division, parent: Division) -> bool:
    """Tell whether a division lies in another."""
    return division.code != parent.code and division.code.startswith(parent.code)
