"""What the page around a report belongs to, where that is not where its issuer sits: kept, never decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nianbao import FactName, Field, Rival
from nianbao.divisions import Division, Divisions
from nianbao.divisions.names import bare_division
from nianbao.divisions.scoring import region_of
from plugins.extractors.identity.bodies import master
from plugins.extractors.identity.page import Page, flat
from plugins.extractors.identity.place import FIELD_OF
from plugins.extractors.identity.site import Site

_TELLERS = ((FactName.PUBLISHER, "发布机构"), (FactName.SITE, "网站名称"))
_LABELS = {"来源", "信息来源", "文章来源", "稿件来源", "来源单位", "发布机构", "发布单位", "公开机构"}


def places_elsewhere(
    page: Page, code: str | None, directory: Divisions, site: Site
) -> dict[Field, tuple[Rival, ...]]:
    """Return the places of the publisher, the site, its host and its region that contradict the issuer's.

    Args:
        page: the document.
        code: where the issuer sits, or None.
        directory: the divisions.
        site: to which region the page's site belongs.

    Returns:
        By the highest place field that differs; a superior's site contradicts nothing.
    """
    own = directory.lineage(code) if code else ()
    found: dict[Field, dict[str, Rival]] = {}
    if own:
        told = (
            *_by_publisher(page, own, directory),
            *_by_region(site, own, directory),
            *_by_host(page, own, directory),
        )
        for field, rival in told:
            found.setdefault(field, {}).setdefault(rival.value, rival)
    return {field: tuple(rivals.values()) for field, rivals in found.items()}


def _by_publisher(
    page: Page, own: tuple[Division, ...], directory: Divisions
) -> Iterator[tuple[Field, Rival]]:
    told = [(flat(value), what) for name, what in _TELLERS for value in page.facts(name)]
    told += [(label.value, f"“{label.label}”一栏") for label in page.labels if label.label in _LABELS]
    for value, what in dict.fromkeys(told):
        resolution = directory.resolve(bare_division(master(value)))
        if resolution.division is None or resolution.rivals:
            continue
        lineage = directory.lineage_of(resolution.division)
        other = _differing(own, lineage)
        if other is not None:
            where = "".join(place.name for place in lineage)
            start = page.folded.find(value)
            span = (start, start + len(value)) if start >= 0 else ()
            yield FIELD_OF[other.level], Rival(other.name, f"{what}是“{value}”，在{where}", *span)


def _by_region(site: Site, own: tuple[Division, ...], directory: Divisions) -> Iterator[tuple[Field, Rival]]:
    other = _differing(own, directory.lineage(site.code)) if site.code else None
    if other is not None:
        yield FIELD_OF[other.level], Rival(other.name, site.told)


def _by_host(page: Page, own: tuple[Division, ...], directory: Divisions) -> Iterator[tuple[Field, Rival]]:
    for host in page.facts(FactName.HOST):
        province = directory.by_code(region_of(host))
        if province is not None and province.code[:2] != own[0].code[:2]:
            yield Field.PROVINCE, Rival(province.name, f"网站 {host} 属于{province.name}")


def _differing(own: Iterable[Division], other: Iterable[Division]) -> Division | None:
    """Return the highest of the other places that is not the issuer's; of a place renamed, none."""
    at_level = {place.level: place for place in own}
    for place in other:
        mine = at_level.get(place.level)
        if mine is not None and mine.code != place.code:
            return None if mine.name[:-1] == place.name[:-1] else place
    return None
