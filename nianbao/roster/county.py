"""The roster that the division table tells: the towns and streets of a county."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.divisions.names import Level
from nianbao.divisions.table import EDITIONS
from nianbao.errors import UsageError
from nianbao.model import RosterEntry
from nianbao.roster.names import is_town

if TYPE_CHECKING:
    from nianbao.divisions import Division, Divisions

_WHERE = "--county"
# From here on the statistical codes number farms, zones and the like, which are no townships
# (《统计用区划代码和城乡划分代码编制规则》: 001–099 街道, 100–199 镇, 200–399 乡, 400–599 类似乡级单位).
_NO_TOWNSHIP = 400


def roster_of_county(told: str, divisions: Divisions) -> tuple[RosterEntry, ...]:
    """Return the towns and streets of a county by the newest edition of the table, in its order.

    Args:
        told: the county's name, with what it belongs to where others are called alike, or its code.
        divisions: the table.

    Returns:
        The entries; none has a row of a file.

    Raises:
        UsageError: no such county, several of that name, or none that has towns.
    """
    county = _county(told.strip(), divisions)
    above = "".join(division.name for division in divisions.lineage_of(county))
    children = divisions.children(county.code)
    newest = next((edition for edition in EDITIONS if any(edition in c.editions for c in children)), "")
    towns = [
        child
        for child in children
        if newest in child.editions and int(child.code[6:]) < _NO_TOWNSHIP and is_town(child.name)
    ]
    if not towns:
        raise UsageError(f"区划表中“{told}”没有乡镇街道", where=_WHERE, hint="请改用 --roster 给出名单")
    return tuple(RosterEntry(above + town.name, town.code, 0) for town in towns)


def _county(told: str, divisions: Divisions) -> Division:
    if told.isascii() and told.isdigit():
        found = divisions.by_code(told)
        if found is None:
            raise UsageError(f"区划表中没有代码 {told}", where=_WHERE, hint="请写县（市、区）的六位代码")
        return _with_towns(found, told, divisions)
    resolution = divisions.resolve(told)
    named = (resolution.division,) if resolution.division else resolution.rivals or divisions.named(told)
    counties = [each for each in named if each.level is not Level.TOWN]
    if len(counties) > 1:
        whole = ("".join(d.name for d in divisions.lineage_of(each)) for each in counties)
        raise UsageError(f"叫“{told}”的不止一处", where=_WHERE, hint=f"请写明：{'、'.join(whole)}")
    if not counties or _ending(told, divisions):
        raise UsageError(f"区划表中没有“{told}”", where=_WHERE, hint="请写县（市、区）的全称或六位代码")
    return _with_towns(counties[0], told, divisions)


def _ending(told: str, divisions: Divisions) -> bool:
    """Tell whether the name's last place stands in no table: 丽水市无名县 is not 丽水市."""
    parts = divisions.split(told)
    return bool(parts) and not parts[-1].divisions


def _with_towns(found: Division, told: str, divisions: Divisions) -> Division:
    """Return a county, or the row under which a city without counties has its towns."""
    if found.level is Level.COUNTY:
        return found
    if found.level is Level.CITY:
        own = [child for child in divisions.children(found.code) if child.name == found.name]
        if own:
            return own[0]
    raise UsageError(
        f"“{told}”不是县（市、区）",
        where=_WHERE,
        hint="请写县（市、区）的名称或代码；更大的范围请用 --roster",
    )
