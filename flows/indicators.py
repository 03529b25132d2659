"""The indicators that a user may name: the national ones, and the own ones of the installed regions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache

from nianbao.catalogue import Catalogue, load_catalogue
from nianbao.manager import registry
from nianbao.model import IndicatorInfo
from nianbao.regions import whole_catalogue


@cache
def known_catalogue() -> Catalogue:
    """Return the national catalogue with the own indicators of the installed regions; none to read with."""
    return whole_catalogue(load_catalogue(), registry().regions)


def name_of(indicator: str) -> str:
    """Return an indicator's Chinese name; its id where no plugin that is installed knows it."""
    card = known_catalogue().indicators.get(indicator)
    return card.name if card else indicator


def telling_names(infos: Iterable[IndicatorInfo]) -> dict[str, str]:
    """Return what lists call indicators, by their ids: their names, and ids where regions share a name."""
    infos = tuple(infos)
    times = Counter(info.name for info in infos)
    return {info.id: info.name if times[info.name] == 1 else info.id for info in infos}
