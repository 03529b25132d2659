"""Where the issuer sits: its province, city, county and town, and which of them the text itself states."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from nianbao import FactName, Field, IssuerLevel, Rival
from nianbao.divisions import Division, Divisions, Level, Part, Surroundings
from nianbao.divisions.names import short_names
from nianbao.grammar.text import plain
from plugins.extractors.identity.bodies import RANKS, ZONE, of_place
from plugins.extractors.identity.issuer import Issuer
from plugins.extractors.identity.marks import places_marked
from plugins.extractors.identity.naming import read_self
from plugins.extractors.identity.page import SALUTATION, SUBJECT, Page, flat
from plugins.extractors.identity.site import Site

# A place that the name alone tells.
UNKNOWN = Decimal("0.7")
# An issuer that is told no better is a guess, and so is where it sits.
GUESSED = Decimal("0.5")
_PUBLISHER = re.compile(r"来源|机构|机关|单位|部门")
# A zone is none, and what stands for a name is none either.
_NO_PLACE = re.compile(rf"{ZONE.pattern}|^某")
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
    rivals: tuple[Rival, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceOf:
    """All that is known of where the issuer sits; the code is that of the finest division in the table."""

    parts: tuple[PlacePart, ...]
    code: str | None
    reason: str
    confidence: Decimal
    rivals: tuple[Rival, ...] = ()


def find_place(
    page: Page,
    issuer: Issuer | None,
    titles: tuple[str, ...],
    directory: Divisions,
    *,
    site: Site,
    year: int | None = None,
) -> PlaceOf:
    """Return the place fields of a report.

    Args:
        page: the document.
        issuer: its issuer, or None.
        titles: its titles: the page's may name places that the text does not.
        directory: the divisions.
        site: to which region the page's site belongs.
        year: the year reported on.
    """
    name = plain(issuer.value) if issuer else ""
    resolution = directory.resolve(
        of_place(flat(name)), _surroundings(page, name, titles, site=site, year=year, directory=directory)
    )
    division = _without_zone(page, resolution.division, directory)
    # What the site tells is said, even where it decides nothing.
    undecided = () if site.code or not site.told else (site.told,)
    reason = "；".join((*resolution.reasons, *undecided))
    sure = resolution.confidence
    if issuer and issuer.confidence <= GUESSED:
        sure = min(sure, UNKNOWN)
    fields: dict[Field, PlacePart] = {}
    for place in directory.lineage_of(division) if division else ():
        field = FIELD_OF[place.level]
        inferred = not _is_stated(page, place, resolution.parts)
        conflicts = tuple(
            Rival(each.place.name, each.reason)
            for each in resolution.conflicts
            if each.place.level is place.level and each.place.name != place.name
        )
        fields[field] = PlacePart(field, place.name, inferred, reason, sure, conflicts)
    rivals = tuple(
        Rival(_full_name(directory, rival), f"同名的另一处，区划代码 {rival.code}")
        for rival in resolution.rivals
    )
    for part in resolution.parts:
        field = FIELD_OF[part.level]
        if field not in fields and _may_stand(part, division) and not _NO_PLACE.search(part.name):
            why = reason if resolution.rivals else f"按名称判断，区划表中没有；{reason}"
            own = rivals if resolution.rivals and resolution.rivals[0].level is part.level else ()
            fields[field] = PlacePart(field, part.name, False, why, UNKNOWN, own)
    if issuer and issuer.level is IssuerLevel.DEPARTMENT:
        fields.pop(Field.TOWN, None)
    ordered = tuple(fields[field] for field in FIELD_OF.values() if field in fields)
    codes = tuple(Rival(rival.code, _full_name(directory, rival)) for rival in resolution.rivals)
    return PlaceOf(ordered, division.code if division else None, reason, sure, codes)


def _without_zone(page: Page, division: Division | None, directory: Divisions) -> Division | None:
    """Return the division in which a zone lies; the table lists it as a town of a county it may outgrow."""
    if division is None or division.level is not Level.TOWN or not ZONE.search(division.name):
        return division
    above = directory.ancestors(division)
    return next((d for d in reversed(above) if d.level is not Level.COUNTY or page.states(d.name)), None)


def _surroundings(
    page: Page, name: str, titles: tuple[str, ...], *, site: Site, year: int | None, directory: Divisions
) -> Surroundings:
    marks = places_marked(page, directory)
    own = page.folded.replace(name, "\n") if name else page.folded
    host = next(iter(page.facts(FactName.HOST)), "")
    trail = [*page.facts(FactName.BREADCRUMB), *page.facts(FactName.COLLECTION), *page.trails]
    return Surroundings(
        text=own,
        title=_joined((*titles, *page.facts(FactName.TITLE)), name),
        publisher=_joined(_publishers(page), name),
        site=_joined(page.facts(FactName.SITE), ""),
        marks=_joined(marks, ""),
        trail=_joined(trail, name),
        salutation=_joined(_salutations(page), ""),
        file=_joined((page.document.name.replace("/", "\n"), *page.facts(FactName.FILE_NAME)), name),
        host=host,
        region=site.code,
        region_told=site.told if site.code else "",
        year=year,
        rank="" if name else _rank(page),
    )


def _rank(page: Page) -> str:
    """Return how the text calls the place that it reports on, where it names no body: 全省, 我县."""
    word = read_self(page).word
    return word if word in RANKS else ""


def _joined(values: Iterable[str], name: str) -> str:
    """The values a line each, without the name that is asked for."""
    text = flat("\n".join(values))
    return text.replace(name, "\n") if name else text


def _publishers(page: Page) -> Iterator[str]:
    yield from page.facts(FactName.PUBLISHER)
    for label in page.labels:
        if _PUBLISHER.search(label.label):
            yield label.value


def _salutations(page: Page) -> Iterator[str]:
    """To whom the report is addressed: 中共某县委、某县人民政府:."""
    for line in page.head:
        if SALUTATION.fullmatch(line.text) and not SUBJECT.search(line.text[:-6]):
            yield line.text


def _is_stated(page: Page, place: Division, parts: tuple[Part, ...]) -> bool:
    printed = {part.name for part in parts if any(d.code == place.code for d in part.divisions)}
    return any(page.states(name) for name in {place.name, *short_names(place.name), *printed})


def _may_stand(part: Part, division: Division | None) -> bool:
    """A printed part that is not resolved stands where its name puts it, never above what is resolved."""
    order = list(Level)
    return division is None or order.index(part.level) > order.index(division.level)


def _full_name(directory: Divisions, division: Division) -> str:
    return "".join(place.name for place in directory.lineage_of(division))
