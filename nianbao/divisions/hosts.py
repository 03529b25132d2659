"""Which place a host is named for: 徐闻 of xuwen.gov.cn, 广东海丰 of gdhf.gov.cn, 杭州上城 of hzsc.gov.cn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.divisions.names import Level, without_ending
from nianbao.divisions.table import EDITIONS

if TYPE_CHECKING:
    from nianbao.divisions.directory import Divisions
    from nianbao.divisions.names import Division

_SPELLINGS = Path(__file__).with_name("spellings.txt")
_SUFFIX = ".gov.cn"
# What may stand behind a name: its ending, or that it is a government's.
_ENDINGS = ("", *"xqs", "xian", "qu", "shi", "qi", "zhou", "meng", "zf", "xzf", "qzf", "szf", "rmzf", "gov")
_SHORTEST = 4
# No more readings of one name are tried.
_MOST = 24


def is_named_for(host: str, division: Division, above: Sequence[Division]) -> bool:
    """Tell whether a government site's host spells a city's or county's name, or initials with a superior's.

    Args:
        host: the site's host name.
        division: the city or county.
        above: what lies above it, the province first.
    """
    if division.level not in (Level.CITY, Level.COUNTY) or not (stems := _stems(host)):
        return False
    full, initials = _spelled(division.name)
    if not stems.isdisjoint(full):
        return True
    leads = list(_led_by(above))
    return any(lead + name in stems for lead in (*leads, "cn") for name in full) or any(
        lead + name in stems for lead in leads for name in initials
    )


def spelled_by(host: str, directory: Divisions) -> tuple[Division, ...]:
    """Return the cities and counties whose name, without its ending, a government site's host spells out."""
    names = _by_spelling(directory) if (stems := _stems(host)) else {}
    return tuple(dict.fromkeys(division for stem in sorted(stems) for division in names.get(stem, ())))


@lru_cache(maxsize=2)
def _by_spelling(directory: Divisions) -> dict[str, list[Division]]:
    found: dict[str, list[Division]] = {}
    provinces = map(str, range(10, 90))
    cities = [city for province in provinces for city in directory.children(province)]
    for division in (*cities, *(county for city in cities for county in directory.children(city.code))):
        if EDITIONS[0] in division.editions:
            for spelled in _spelled(division.name)[0]:
                found.setdefault(spelled, []).append(division)
    return found


@lru_cache(maxsize=64)
def _stems(host: str) -> frozenset[str]:
    """Return what a government site's host may spell, with and without the ending of a name."""
    if not host.endswith(_SUFFIX):
        return frozenset()
    labels = host.removesuffix(_SUFFIX).split(".")
    return frozenset(
        stem
        for label in labels
        for ending in _ENDINGS
        if label.endswith(ending) and len(stem := label.removesuffix(ending)) >= _SHORTEST
    )


def _led_by(above: Sequence[Division]) -> Iterator[str]:
    """The initials of what lies above: gd of 广东, hz of 杭州."""
    for division in above:
        yield from (word for word in _spelled(division.name)[1] if len(word) > 1)


def spelled(name: str) -> tuple[str, ...]:
    """Return the spellings of a name without its ending, by the readings of its characters."""
    return _spelled(name)[0]


@lru_cache(maxsize=4096)
def _spelled(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return a name without its ending, spelled out and by initials; one of two characters keeps it."""
    own = without_ending(name)
    own = own if len(own) > 1 else name
    readings = [_syllables().get(character, ()) for character in own]
    full = [word for word, _ in zip(map("".join, product(*readings)), range(_MOST), strict=False)]
    first = ({syllable[0] for syllable in each} for each in readings)
    initials = {"".join(letters) for letters in product(*first)}
    return tuple(full), tuple(sorted(initials))[:_MOST]


@cache
def _syllables() -> dict[str, tuple[str, ...]]:
    """Return the readings of each character that names of places hold."""
    readings: dict[str, tuple[str, ...]] = {}
    for line in _SPELLINGS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            syllable, characters = line.split(" ")
            for character in characters:
                readings[character] = (*readings.get(character, ()), syllable)
    return readings
