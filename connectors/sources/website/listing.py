"""What was collected as filings, by its state alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao import Fact, FactName, Filing

if TYPE_CHECKING:
    from connectors.sources.website.answers import Page
    from connectors.sources.website.asks import Ask
    from connectors.sources.website.state import State

NAME = "website"
ARCHIVE = "archive"
SITE = "site:"


def listed(state: State, path: Path, key: str, name: str, year: int | None) -> Iterator[Filing]:
    """List what the last crawl of a site came to; the site itself where there is something to say of it.

    Args:
        state: what was collected.
        path: where that stands.
        key: what the state knows the site by.
        name: what the user knows it by.
        year: of the reports; None for all.
    """
    one = state.history.last(key, year or 0)
    if one is None:
        return
    for ask in state.reports(one):
        yield from filings_of(state, path, ask, name)
    if state.causes(one):
        yield Filing(NAME, f"{SITE}{key}/{year or 0}#{path}", f"{name}（站点）")


def filings_of(state: State, path: Path, ask: Ask, name: str) -> Iterator[Filing]:
    """Yield what was asked for as a filing, or the files of the archive that it is.

    Args:
        state: what was collected.
        path: where that stands.
        ask: what was asked for.
        name: what the user knows its site or row by.
    """
    from connectors.sources.website.papers import BESIDE
    from nianbao.attached import MARK

    page = state.page(ask.url)
    title = (page.title if page is not None else "") or ask.title or ask.url
    if ask.told(BESIDE):
        title = f"{ask.told('of')}{MARK}{ask.title}"
    yield from inside(state, Filing(NAME, f"{ask.url}#{path}", f"{name}/{title}", facts_of(ask, page)), page)


def inside(state: State, filing: Filing, page: Page | None) -> Iterator[Filing]:
    """Yield a filing, or the files of the archive that it is."""
    from dataclasses import replace

    members = _members(state, page)
    if members is None:
        yield filing
        return
    for key, name in members:
        yield replace(filing, uri=filing.uri + key, name=filing.name + name)


def _members(state: State, page: Page | None) -> list[tuple[str, str]] | None:
    import io

    from connectors.archives import members
    from connectors.zipped import HEAD, may_be_archive
    from nianbao.archive import open_archive
    from nianbao.errors import StoreError

    if page is None or not page.sha256 or "html" in page.media:
        return None
    try:
        data = open_archive(state.told(ARCHIVE)).get(page.sha256)
    except StoreError:
        return None
    if not may_be_archive(data[:HEAD]):
        return None
    found = members(io.BytesIO(data))
    return None if found is None else [(each.key, each.name) for each in found]


def facts_of(ask: Ask, page: Page | None) -> tuple[Fact, ...]:
    """Return what lists and links told of a report."""
    from connectors.sources.website.asks import Role, host_of

    title = ask.told("of") or ask.title
    facts = [Fact(FactName.URL, ask.url, "listing"), Fact(FactName.HOST, host_of(ask.url), "listing")]
    if title:
        facts.append(Fact(FactName.TITLE, title, "listing"))
    if ask.day:
        facts.append(Fact(FactName.PUBLISHED, ask.day, "listing"))
    if ask.role is Role.FILE and ask.title:
        facts.append(Fact(FactName.FILE_NAME, ask.title, "listing"))
    facts += [Fact(FactName.URL, url, "trail") for url in reversed(ask.trail)]
    return tuple(facts)
