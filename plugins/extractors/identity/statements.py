"""The statements of a document's identity, put together from what the modules beside this one find."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from nianbao import Attribute, Context, Document, FactName, Field, Rival
from nianbao.divisions.names import HAN
from nianbao.grammar.glosses import Unglossed, without_glosses
from plugins.extractors.identity.elsewhere import places_elsewhere
from plugins.extractors.identity.issuer import Issuer, find_issuer, level_by_self, level_by_title
from plugins.extractors.identity.kind import find_kind
from plugins.extractors.identity.outside import titles_cut
from plugins.extractors.identity.page import SALUTATION, Page, read_page
from plugins.extractors.identity.place import find_place
from plugins.extractors.identity.published import days_told, find_published
from plugins.extractors.identity.site import site_of
from plugins.extractors.identity.title import find_title
from plugins.extractors.identity.wording import Title
from plugins.extractors.identity.year import find_year

NAME = "identity"
_Told = TypeVar("_Told", Attribute, Rival)
_HAN = re.compile(f"[{HAN}]")


def identify(document: Document, context: Context) -> Iterator[Attribute]:
    """Yield what a document says of itself: kind, title, year, issuer, place and day of publication."""
    plain = without_glosses(document.text)
    if plain is None:
        yield from _identify(document, context)
        return
    for told in _identify(replace(document, text=plain.text, blocks=()), context):
        yield replace(_placed(told, plain), rivals=tuple(_placed(rival, plain) for rival in told.rivals))


def _placed(told: _Told, plain: Unglossed) -> _Told:
    """Point to where a statement on the text without glosses stands in the text with them."""
    if told.start is None or told.end is None:
        return told
    start, end = plain.span(told.start, told.end)
    return replace(told, start=start, end=end)


def _identify(document: Document, context: Context) -> Iterator[Attribute]:
    page = read_page(document)
    title = find_title(page)
    headline = title.value if title else _page_title(page)
    kind = find_kind(page, headline)
    yield Attribute(Field.KIND, kind.value, kind.reason, NAME, confidence=kind.confidence)
    if title:
        yield Attribute(
            Field.TITLE, title.value, title.reason, NAME, title.start, title.end,
            confidence=title.confidence, rivals=title.rivals,
        )  # fmt: skip
    dated = tuple(_dated(page, title, context))
    yield from dated
    titles = (*_titles(title), *titles_cut(page))
    issuer = find_issuer(page, titles, context.divisions)
    if issuer:
        yield from _issued(issuer)
    elif cue := level_by_self(page) or level_by_title(titles):
        yield Attribute(Field.ISSUER_LEVEL, cue[0], cue[1], NAME, confidence=Decimal("0.6"))
    year = next((int(each.value) for each in dated if each.field is Field.YEAR), None)
    site = site_of(page, context.region, context.hosted, context.divisions)
    place = find_place(page, issuer, titles, context.divisions, site=site, year=year)
    elsewhere = places_elsewhere(page, place.code, context.divisions, site)
    for part in place.parts:
        told = dict.fromkeys((*part.rivals, *elsewhere.get(part.field, ())))
        yield Attribute(
            part.field, part.value, part.reason, NAME, inferred=part.inferred,
            confidence=part.confidence, rivals=tuple(told),
        )  # fmt: skip
    if place.code:
        yield Attribute(
            Field.DIVISION_CODE, place.code, place.reason, NAME,
            confidence=place.confidence, rivals=place.rivals,
        )  # fmt: skip


def _titles(title: Title | None) -> tuple[str, ...]:
    """The report's own title and the others that were met."""
    return (title.value, *(rival.value for rival in title.rivals)) if title else ()


def _page_title(page: Page) -> str:
    """What the page is called, where it is not called a report."""
    above = [
        line.text for line in page.head if _HAN.search(line.text) and not SALUTATION.fullmatch(line.text)
    ]
    told = [*page.facts(FactName.TITLE), *above[:1]]
    return told[0] if told else ""


def _dated(page: Page, title: Title | None, context: Context) -> Iterator[Attribute]:
    wording = title.value if title else ""
    span = (title.start, title.end) if title and title.start is not None and title.end is not None else None
    days = days_told(page)
    first = find_published(days, None, context.today)
    day = first.value if first else None
    year = find_year(page, wording, span, day, context.today, other_titles=_titles(title)[1:])
    if year:
        yield Attribute(
            Field.YEAR, str(year.value), year.reason, NAME, year.start, year.end,
            confidence=year.confidence, rivals=year.rivals,
        )  # fmt: skip
    published = find_published(days, year.value if year else None, context.today)
    if published:
        yield Attribute(
            Field.PUBLISHED, str(published.value), published.reason, NAME, published.start, published.end,
            confidence=published.confidence, rivals=published.rivals,
        )  # fmt: skip


def _issued(issuer: Issuer) -> Iterator[Attribute]:
    yield Attribute(
        Field.ISSUER, issuer.value, issuer.reason, NAME, issuer.start, issuer.end,
        confidence=issuer.confidence, rivals=issuer.rivals,
    )  # fmt: skip
    yield Attribute(
        Field.ISSUER_LEVEL, issuer.level, "按单位名称和区划表判断", NAME, confidence=issuer.confidence
    )
