"""What a region adds to the catalogue: cards of its own, and cues for cards that exist."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from difflib import get_close_matches

import yaml

from nianbao.catalogue import Catalogue, check_names
from nianbao.catalogue.cards import AREAS, Card, extended_card, make_card
from nianbao.catalogue.checked import Entry, read_mapping
from nianbao.errors import CatalogueError
from nianbao.grammar.units import Unit, Units
from nianbao.records import OWN_ID

_AREA = "area"


def extend_catalogue(
    base: Catalogue, files: Iterable[tuple[str, str]], units: Sequence[Unit] = ()
) -> Catalogue:
    """Return a catalogue with a region's cards and units.

    A card of an id that the base has adds to that card; any other must have an id of the region's own,
    such as `jiangsu.sujiefen_cases`, and an `area`. It stands behind the cards of its area.

    Args:
        base: what is added to; it stays as it is.
        files: (name, YAML) of each file of cards; the name is for errors.
        units: further units; one that the base has must be of the same class and scale.

    Raises:
        CatalogueError: naming the file, the line and the card; or a unit that means something else.
    """
    files = tuple(files)
    known = _with_units(base.units, units)
    cards = dict(base.indicators)
    for name, raw in files:
        rows = read_mapping(raw, name)
        for identifier, data in rows.items():
            try:
                cards[str(identifier)] = _card(str(identifier), data, cards, base, name)
            except CatalogueError as error:
                raise _placed(error, name, raw, str(identifier)) from error
    for name, raw in files:
        for identifier in read_mapping(raw, name):
            try:
                check_names(cards[identifier], cards, known)
            except CatalogueError as error:
                raise _placed(error, name, raw, identifier) from error
    digest = hashlib.sha256(base.fingerprint.encode())
    for part in (*(raw for _, raw in files), *map(repr, units)):
        digest.update(part.encode())
    return Catalogue(in_areas(cards.values()), known, digest.hexdigest()[:16])


def own_ids(files: Iterable[str]) -> list[str]:
    """Return the ids of a region's own indicators, as often as its cards give them; none of a broken file.

    Args:
        files: the YAML of each file of cards.
    """
    found: list[str] = []
    for raw in files:
        with suppress(CatalogueError):
            found += [str(each) for each in read_mapping(raw, "") if OWN_ID.fullmatch(str(each))]
    return found


def in_areas(cards: Iterable[Card]) -> dict[str, Card]:
    """Return cards by their ids, area by area, each area's in the order given."""
    rank = {area: place for place, area in enumerate(AREAS)}
    return {card.id: card for card in sorted(cards, key=lambda card: rank[card.area])}


def _card(identifier: str, data: object, cards: Mapping[str, Card], base: Catalogue, where: str) -> Card:
    if identifier in base.indicators:
        return extended_card(cards[identifier], data, where=where)
    if identifier in cards:
        raise CatalogueError(f"指标 {identifier} 已由另一份卡片给出", where=where)
    if not OWN_ID.fullmatch(identifier):
        near = get_close_matches(identifier, cards, n=1)
        hint = f"是不是想写 {near[0]}？" if near else "新的指标写成 地区.名称，如 jiangsu.sujiefen_cases"
        raise CatalogueError(f"没有 {identifier} 这个指标", where=where, hint=hint)
    if not isinstance(data, Mapping):
        raise CatalogueError("卡片不是映射", where=where)
    if _AREA not in data:
        raise CatalogueError(f"缺少 {_AREA}", where=where, hint="、".join(AREAS))
    area = Entry(data, where).choice(_AREA, AREAS, "")
    own = {key: value for key, value in data.items() if key != _AREA}
    return make_card(identifier, area, own, where=where)


def _placed(error: CatalogueError, name: str, raw: str, identifier: str) -> CatalogueError:
    """Return an error with the line where its card begins."""
    node = yaml.compose(raw, yaml.SafeLoader)
    rows = node.value if isinstance(node, yaml.MappingNode) else ()
    line = next((key.start_mark.line + 1 for key, _ in rows if key.value == identifier), 1)
    return CatalogueError(error.message, where=f"{name} 第 {line} 行 {identifier}", hint=error.hint)


def _with_units(base: Units, units: Sequence[Unit]) -> Units:
    if not units:
        return base
    by_name = dict(base.by_name)
    for unit in units:
        if by_name.setdefault(unit.name, unit) != unit:
            raise CatalogueError(f"单位 {unit.name} 已经是 {by_name[unit.name].kind} 一类", where="units")
    return base if len(by_name) == len(base.by_name) else replace(base, by_name=by_name)
