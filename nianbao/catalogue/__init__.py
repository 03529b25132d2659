"""The catalogue: indicators and units as data, checked when they are loaded."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import yaml

from nianbao.catalogue.cards import AREAS, Card, Cue, make_card
from nianbao.errors import CatalogueError
from nianbao.grammar.units import Units, make_units
from nianbao.model import IndicatorInfo

__all__ = ["AREAS", "Card", "Catalogue", "Cue", "load_catalogue"]

# libyaml is ten times faster; where PyYAML was built without it, the Python loader reads the same.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


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
    digest = hashlib.sha256()
    cards: dict[str, Card] = {}
    for area in AREAS:
        name = f"{area}.yml"
        raw = folder.joinpath("indicators", name).read_bytes()
        digest.update(raw)
        content = yaml.load(raw, _Loader)  # noqa: S506  both loaders are the safe ones
        if not isinstance(content, Mapping):
            raise CatalogueError("不是卡片的映射", where=name)
        for identifier, data in content.items():
            if identifier in cards:
                raise CatalogueError(f"指标 {identifier} 出现了两次", where=name)
            cards[identifier] = make_card(identifier, area, data, where=name)
    raw = folder.joinpath("units.yml").read_bytes()
    digest.update(raw)
    units = make_units(yaml.load(raw, _Loader))  # noqa: S506  as above
    _check_relations(cards)
    return Catalogue(cards, units, digest.hexdigest()[:16])


def _check_relations(cards: Mapping[str, Card]) -> None:
    for card in cards.values():
        named = [*card.ratio_of, *(name for names in card.at_most for name in (names,))]
        for name in named:
            if name not in cards:
                raise CatalogueError(f"{card.id} 提到了不存在的指标 {name}", where=f"{card.area}.yml")
