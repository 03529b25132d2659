"""The catalogue that a region's reports are read with, put together once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nianbao.catalogue import Card, Catalogue
from nianbao.catalogue.regional import extend_catalogue, in_areas
from nianbao.guard import guarded
from nianbao.model import Failure
from nianbao.records import RegionProfile

_EXTENDED: dict[tuple[str, tuple[RegionProfile, ...]], Catalogue] = {}


def catalogue_of(base: Catalogue, profiles: Sequence[RegionProfile], region: RegionProfile) -> Catalogue:
    """Return the catalogue of a region: the base with what its profile adds, and those above it.

    Args:
        base: the national one; it is returned itself where nothing is added.
        profiles: those that are installed.
        region: one of them.

    Raises:
        CatalogueError: a card is wrong, or two of the profiles give one indicator.
    """
    adding = tuple(each for each in lineage_of(profiles, region) if each.cards or each.units)
    if not adding:
        return base
    key = (base.fingerprint, adding)
    if key not in _EXTENDED:
        extended = base
        for each in adding:
            extended = extend_catalogue(extended, _named_cards(each), each.units)
        _EXTENDED[key] = extended
    return _EXTENDED[key]


def lineage_of(profiles: Iterable[RegionProfile], region: RegionProfile) -> tuple[RegionProfile, ...]:
    """Return the profiles that a region's reports are read with: those above it, then its own."""
    above = (each for each in profiles if each.code != region.code and region.code.startswith(each.code))
    return (*sorted(above, key=lambda each: each.code), region)


def whole_catalogue(base: Catalogue, profiles: Iterable[RegionProfile]) -> Catalogue:
    """Return the base with the regions' own indicators behind those of their areas.

    It names what the reports of several regions may hold, and is none to read with: what a region adds to
    the base's own cards is left out. Of two indicators with one id the first region's counts.

    Args:
        base: the national catalogue; it is returned itself where no region has indicators of its own.
        profiles: the regions.
    """
    profiles = tuple(profiles)
    own: dict[str, Card] = {}
    for region in profiles:
        found = guarded(region.code, "region", catalogue_of, base, profiles, region)
        if isinstance(found, Failure):
            # Its reports were read as those of no region, and say so.
            continue
        added = (card for name, card in found.indicators.items() if name not in base.indicators)
        own |= {card.id: card for card in added if card.id not in own}
    if not own:
        return base
    cards = in_areas((*base.indicators.values(), *own.values()))
    return Catalogue(cards, base.units, f"{base.fingerprint}+")


def _named_cards(region: RegionProfile) -> list[tuple[str, str]]:
    return [(f"{region.name}卡片{number}", raw) for number, raw in enumerate(region.cards, 1)]
