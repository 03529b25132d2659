"""Where the issuer sits: its province, city, county and town, and which of them the text itself states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from nianbao import FactName, Field, IssuerLevel
from nianbao.divisions import Division, Divisions, Level, Part
from nianbao.divisions.names import short_names
from plugins.extractors.identity.issuer import Issuer
from plugins.extractors.identity.page import Page, flat

FIELD_OF = {
    Level.PROVINCE: Field.PROVINCE,
    Level.CITY: Field.CITY,
    Level.COUNTY: Field.COUNTY,
    Level.TOWN: Field.TOWN,
}


@dataclass(frozen=True, slots=True)
class PlacePart:
    """One place field, and whether only the table tells it."""

    field: Field
    value: str
    inferred: bool
    reason: str
    confidence: Decimal
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceOf:
    """All that is known of where the issuer sits; the code is that of the finest division in the table."""

    parts: tuple[PlacePart, ...]
    code: str | None
    reason: str


def find_place(
    page: Page, issuer: Issuer | None, titles: tuple[str, ...], directory: Divisions, region: str
) -> PlaceOf:
    """Return the place fields of a report.

    Args:
        page: the document.
        issuer: its issuer, or None.
        titles: its titles: the page's may name places that the text does not.
        directory: the divisions.
        region: the code of the region whose profile applies, or an empty string.
    """
    name = issuer.value if issuer else ""
    outside = (*page.facts(FactName.BREADCRUMB), *page.facts(FactName.COLLECTION))
    around = "\n".join((page.folded, *titles, *map(flat, outside)))
    resolution = directory.resolve(
        name,
        text=around.replace(name, "") if name else around,
        publisher=flat("，".join(_publishers(page))),
        host=next(iter(page.facts(FactName.HOST)), ""),
        region=region,
    )
    division = resolution.division
    reason = "；".join(resolution.reasons)
    sure = Decimal("0.95") if not resolution.rivals else Decimal("0.5")
    rivals = tuple(_full_name(directory, rival) for rival in resolution.rivals)
    fields: dict[Field, PlacePart] = {}
    for place in (*directory.ancestors(division), division) if division else ():
        inferred = not _is_stated(page, place, resolution.parts)
        fields[FIELD_OF[place.level]] = PlacePart(
            FIELD_OF[place.level], place.name, inferred, reason, sure, rivals
        )
    for part in resolution.parts:
        known = fields.get(FIELD_OF[part.level])
        if known is None and _may_stand(part, division):
            told = PlacePart(
                FIELD_OF[part.level], part.name, False, "按名称判断，区划表中没有或不止一处", Decimal("0.7")
            )
            fields[told.field] = told
    if issuer and issuer.level is IssuerLevel.DEPARTMENT:
        fields.pop(Field.TOWN, None)
    ordered = tuple(fields[field] for field in FIELD_OF.values() if field in fields)
    return PlaceOf(ordered, division.code if division else None, reason)


def _publishers(page: Page) -> Iterator[str]:
    yield from page.facts(FactName.PUBLISHER)
    # A county's site puts its own name to what its offices publish under their bare ones.
    yield from page.facts(FactName.SITE)
    for label in page.labels:
        if re.search(r"来源|机构|机关|单位|部门", label.label):
            yield label.value


def _is_stated(page: Page, place: Division, parts: tuple[Part, ...]) -> bool:
    printed = {part.name for part in parts if any(d.code == place.code for d in part.divisions)}
    return any(page.states(name) for name in {place.name, *short_names(place.name), *printed})


def _may_stand(part: Part, division: Division | None) -> bool:
    """A printed part that is not resolved stands where its name puts it, never above what is resolved."""
    order = list(Level)
    return division is None or order.index(part.level) > order.index(division.level)


def _full_name(directory: Divisions, division: Division) -> str:
    return "".join(place.name for place in (*directory.ancestors(division), division))
