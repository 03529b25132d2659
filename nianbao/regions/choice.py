"""Which region's profile reads a report: by its division code, else by its host, else by its wording."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from nianbao.divisions import Divisions
from nianbao.model import Field, RegionBy, RegionUse, Report
from nianbao.records import Context, RegionProfile
from nianbao.regions.hosts import chosen_region

_ENDINGS = ("特别行政区", "自治区", "自治州", "地区", "省", "市", "区", "县")
_SHORTEST = 2


def choose(profiles: Sequence[RegionProfile], report: Report, context: Context) -> RegionUse | None:
    """Return the profile that is to read a report, and what decides so; None where none does.

    A profile that is asked for holds whatever the report says. Else the division code decides, where the
    report has one, also that no profile holds; of several that hold, the finest.

    Args:
        profiles: those that are installed.
        report: with its identity.
        context: its own, with the profile asked for, if any, and those that name its host.
    """
    if context.region is not None and context.region_by is RegionBy.REQUEST:
        return RegionUse(context.region.code, RegionBy.REQUEST)
    if not profiles:
        return None
    code = report.value(Field.DIVISION_CODE)
    if code:
        holding = [each.code for each in profiles if code.startswith(each.code)]
        return RegionUse(max(holding, key=len), RegionBy.CODE) if holding else None
    hosted = chosen_region(context.hosted)
    if hosted is not None:
        return RegionUse(hosted.code, RegionBy.HOST)
    worded = set(_worded(profiles, report, context.divisions))
    if worded and all(max(worded, key=len).startswith(each) for each in worded):
        return RegionUse(max(worded, key=len), RegionBy.WORDING)
    return None


def named_profile(profiles: Sequence[RegionProfile], told: str) -> RegionProfile | None:
    """Return the profile that a code or a name means, with or without its ending; None where none does.

    Args:
        profiles: those that are installed, in the order of their codes: of several called so the widest.
        told: such as 52, 贵州省 or 贵州.
    """
    full = (each for each in profiles if told in (each.code, each.name))
    short = (each for each in profiles if told == _short(each.name))
    return next(chain(full, short), None)


def profile_of(
    profiles: Sequence[RegionProfile], use: RegionUse | None, asked: RegionProfile | None
) -> RegionProfile | None:
    """Return the profile that was chosen; the one asked for need not be among those installed."""
    if use is None:
        return None
    if asked is not None and asked.code == use.code:
        return asked
    return next((each for each in profiles if each.code == use.code), None)


def _worded(profiles: Sequence[RegionProfile], report: Report, divisions: Divisions) -> Iterator[str]:
    """Yield the codes of the profiles that the title, the issuer or the places name."""
    told = [report.value(field) or "" for field in (Field.TITLE, Field.ISSUER)]
    named = [report.value(field) or "" for field in (Field.PROVINCE, Field.CITY, Field.COUNTY)]
    for profile in profiles:
        if any(name.startswith(_short(profile.name)) for name in (*told, *named)):
            yield profile.code
    for name in filter(None, named):
        holding = {
            tuple(each.code for each in profiles if place.code.startswith(each.code))
            for place in divisions.by_name(name)
        }
        # A county's name that other provinces have too tells nothing.
        if len(holding) == 1:
            yield from next(iter(holding))


def _short(name: str) -> str:
    """Return a name without its ending, unless too little is left."""
    ending = next((each for each in _ENDINGS if name.endswith(each)), "")
    short = name.removesuffix(ending)
    return short if len(short) >= _SHORTEST else name
