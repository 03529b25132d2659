"""The rows of a list, found by its selectors, else by the addresses of its pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin, urlsplit

from connectors.readers.depth import is_too_deep
from connectors.sources.website.asks import Row
from nianbao.sites import GENERIC, SiteProfile

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_DAY = re.compile(r"((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
_BLANKS = re.compile(r"\s+")
_GATE = re.compile(r"^/gate/big5/(?P<host>[^/]+)(?P<path>/.*)$")
_INDEX = re.compile(r"/index\.s?html?$")
# What is shorter and bears no day may be of the site's menu.
_SHORTEST = 10
_WEB = ("http", "https")
_NETLOC = re.compile(r"(?:[\w.-]+|\[[0-9a-fA-F:.]+\])(?::\d*)?")
# A shorter page can't be so deep that parsing it takes long.
_SHORT_PAGE = 100_000


def parsed(markup: str) -> LexborHTMLParser:
    """Parse a page; one whose tags lie in each other beyond all reason is taken for empty."""
    from selectolax.lexbor import LexborHTMLParser

    is_hostile = len(markup) > _SHORT_PAGE and is_too_deep(markup)
    return LexborHTMLParser("" if is_hostile else markup)


def rows_of(site: SiteProfile, tree: LexborHTMLParser, url: str) -> tuple[tuple[Row, ...], bool]:
    """Return a list page's rows, and whether they were guessed.

    Of the selectors the first that finds links to pages counts. Where none does, the links count that look
    like pages of the site's family.
    """
    for selector in site.selectors.rows:
        found = [row for node in tree.css(selector) if (row := _row(site, node, url)) is not None]
        if any(row.is_own and (row.day or len(row.title) >= _SHORTEST) for row in found):
            return tuple(found), False
    if site.family.name == GENERIC or site.family.page is None:
        return (), False
    guessed = []
    for link in tree.css("a[href]"):
        row = Row(*link_of(link, url), _day(link.parent, ()) if link.parent else "")
        if row.url and site.allows(row.url) and site.family.is_page(row.url):
            guessed.append(row)
    return tuple(guessed), bool(guessed)


def linked(tree: LexborHTMLParser, selectors: tuple[str, ...], url: str) -> Iterator[tuple[str, LexborNode]]:
    """Yield the links that selectors find, each once, with their nodes."""
    seen: set[str] = set()
    for selector in selectors:
        for node in tree.css(selector):
            address = whole(url, node.attributes.get("href") or "")
            if address and address not in seen:
                seen.add(address)
                yield address, node


def whole(base: str, href: str) -> str:
    """Return a link's address, without a fragment; empty where it leads nowhere on the web.

    Nor does one with a name and password, or a host that programs read differently. A mirror in traditional
    characters is the page that it mirrors.
    """
    href = href.strip()
    if not href or href.startswith("#"):
        return ""
    try:
        address = urldefrag(urljoin(base, href)).url
        parts = urlsplit(address)
        gate = _GATE.match(parts.path)
        is_plain = _NETLOC.fullmatch(parts.netloc) is not None and parts.port != 0
    except ValueError:
        return ""
    if parts.scheme not in _WEB or not parts.hostname or not is_plain:
        return ""
    if gate is not None:
        return parts._replace(netloc=gate["host"], path=gate["path"]).geturl()
    return address


def same_list(url: str) -> str:
    """Return an address in which `/` and `/index.html` are the same."""
    return _INDEX.sub("/", url)


def day_in(text: str) -> str:
    """Return the first day that a text names, as 2024-01-31, or an empty string."""
    match = _DAY.search(text)
    return f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}" if match else ""


def flat(text: str) -> str:
    """Return a text without blanks."""
    return _BLANKS.sub("", text)


def _row(site: SiteProfile, node: LexborNode, url: str) -> Row | None:
    links = [node] if node.tag == "a" else node.css("a[href]")
    rows = []
    for link in links:
        address, title = link_of(link, url)
        if address and title:
            is_own = site.family.is_page(address) and site.allows(address)
            rows.append(Row(address, title, _day(node, site.selectors.dates), is_own))
    # What leads elsewhere is a row, too: a list counts it.
    return next((row for row in rows if row.is_own), rows[0] if rows else None)


def link_of(link: LexborNode, url: str) -> tuple[str, str]:
    """Return a link's address, whole, and its title."""
    title = flat(link.attributes.get("title") or "")
    shown = flat(link.text(deep=True))
    return whole(url, link.attributes.get("href") or ""), title if len(title) >= len(shown) else shown


def _day(node: LexborNode, selectors: tuple[str, ...]) -> str:
    for selector in selectors:
        for found in node.css(selector):
            if day := day_in(found.text(deep=True)):
                return day
    return day_in(node.text(deep=True))
