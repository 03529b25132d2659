"""Which region a site belongs to, by what it calls itself and by its host."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from nianbao.divisions import Division, Surroundings, divisions
from nianbao.divisions.hosts import spelled_by

# Profiles are of provinces, cities and counties.
_PROVINCE_CODE, _LONGEST_CODE = 2, 6
_SURE = Decimal("0.85")


@dataclass(frozen=True, slots=True)
class GuessedRegion:
    """A region.

    Args:
        code: its division code.
        name: its name.
        told_by: what tells so, in Chinese.
    """

    code: str
    name: str
    told_by: str


def guess_region(names: Iterable[str], host: str) -> GuessedRegion | None:
    """Return the region to which a site belongs; None where nothing tells surely.

    Args:
        names: what the site calls itself, the surest first.
        host: its host name.
    """
    table = divisions()
    for name in names:
        found = table.resolve(name, Surroundings(site=name, host=host))
        # Of a name whose last place stands in no table, what lies above it is all that is known.
        is_whole = bool(found.parts) and all(part.divisions for part in found.parts)
        if found.division is not None and is_whole and found.confidence >= _SURE:
            region = _region(found.division)
            return GuessedRegion(region.code, region.name, f"网站名称“{name}”")
    spelled = spelled_by(host, table)
    if len(spelled) == 1:
        return GuessedRegion(spelled[0].code, spelled[0].name, f"域名 {host}")
    return None


def named_region(told: str) -> GuessedRegion | None:
    """Return the region that a code or a name means; None where the table has none, or several.

    Args:
        told: a division code of 2, 4 or 6 digits, or a name, with or without its ending.
    """
    table = divisions()
    if told.isascii() and told.isdigit():
        division = table.by_code(told)
        return GuessedRegion(division.code, division.name, f"区划代码 {told}") if division else None
    found = table.resolve(told, Surroundings())
    if found.division is not None and all(part.divisions for part in found.parts):
        region = _region(found.division)
        return GuessedRegion(region.code, region.name, f"名称“{told}”")
    short = table.without_ending(told)
    # 河北 is the province before it is a district of 天津.
    meant = [each for each in short if len(each.code) == _PROVINCE_CODE] or short
    return GuessedRegion(meant[0].code, meant[0].name, f"简称“{told}”") if len(meant) == 1 else None


def _region(division: Division) -> Division:
    """Return a division, or the county that a town lies in."""
    if len(division.code) <= _LONGEST_CODE:
        return division
    above = divisions().by_code(division.code[:_LONGEST_CODE])
    return above or division
