"""The catalogue: indicators and units as data, checked when they are loaded."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from nianbao.catalogue.cards import AREAS, Card, Cue, make_card
from nianbao.catalogue.checked import read_mapping
from nianbao.errors import CatalogueError
from nianbao.grammar.units import Units, make_units
from nianbao.model import IndicatorInfo

__all__ = ["AREAS", "Card", "Catalogue", "Cue", "check_names", "load_catalogue", "read_catalogue"]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The indicators and units in force.

    Args:
        indicators: the cards by id, in the catalogue's order.
        units: the units.
        fingerprint: changes when any of it changes.
    """

    indicators: Mapping[str, Card]
    units: Units = field(repr=False)
    fingerprint: str

    def __post_init__(self) -> None:
        """Close the cards to whoever is given the catalogue."""
        object.__setattr__(self, "indicators", MappingProxyType(dict(self.indicators)))

    def infos(self) -> tuple[IndicatorInfo, ...]:
        """Return what publishers need to know of the indicators."""
        return tuple(
            IndicatorInfo(
                card.id, card.name, card.area, AREAS[card.area], card.dimension, card.unit, card.definition
            )
            for card in self.indicators.values()
        )


@cache
def load_catalogue() -> Catalogue:
    """Load and check the catalogue that ships with nianbao.

    Raises:
        CatalogueError: naming the file and the card.
    """
    folder = files("nianbao.catalogue")
    cards = {area: folder.joinpath("indicators", f"{area}.yml").read_bytes() for area in AREAS}
    return read_catalogue(cards, folder.joinpath("units.yml").read_bytes())


def read_catalogue(cards_by_area: Mapping[str, bytes], units: bytes) -> Catalogue:
    """Read and check a catalogue.

    Args:
        cards_by_area: the YAML of the cards of each area, in the catalogue's order.
        units: the YAML of the units.

    Raises:
        CatalogueError: naming the file and the card.
    """
    digest = hashlib.sha256()
    cards: dict[str, Card] = {}
    for area, raw in cards_by_area.items():
        where = f"{area}.yml"
        digest.update(raw)
        for identifier, data in read_mapping(raw, where).items():
            if identifier in cards:
                raise CatalogueError(f"指标 {identifier} 已在 {cards[identifier].area}.yml 中", where=where)
            cards[identifier] = make_card(identifier, area, data, where=where)
    digest.update(units)
    known = make_units(read_mapping(units, "units.yml"))
    for card in cards.values():
        check_names(card, cards, known)
    return Catalogue(cards, known, digest.hexdigest()[:16])


def check_names(card: Card, cards: Mapping[str, Card], units: Units) -> None:
    """Refuse a card that names an indicator or a unit that does not exist.

    Args:
        card: the card.
        cards: all of the catalogue.
        units: those of the catalogue.

    Raises:
        CatalogueError: naming what does not exist.
    """
    where = f"{card.area}.yml 的 {card.id}"
    for name in (*card.ratio_of, *card.at_most):
        if name not in cards:
            raise CatalogueError(f"提到了不存在的指标 {name}", where=where)
    for name in frozenset().union(*(cue.units for cue in card.cues)):
        if name not in units.by_name:
            raise CatalogueError(f"提到了不存在的单位 {name}", where=where, hint="单位见 units.yml")
