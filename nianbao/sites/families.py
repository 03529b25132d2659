"""The publishing systems of government sites: how their lists and pages are known and read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from nianbao.sites.lines import Told, read_yaml
from nianbao.sites.titles import patterns

GENERIC = "generic"
_FILE = Path(__file__).with_name("families.yml")
_STEM, _SUFFIX = "index", "html"
# Beyond so many pages something else than a list's paging was read.
_MOST_PAGES = 500


@dataclass(frozen=True, slots=True)
class Selectors:
    """CSS selectors, each tried in order.

    Args:
        rows: the rows of a list.
        dates: the day within a row.
        following: links to further pages of a list.
        body: the text of a page.
        attachments: links to files.
    """

    rows: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    following: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()


SELECTORS = tuple(each.name for each in fields(Selectors))


@dataclass(frozen=True, slots=True)
class Family:
    """A publishing system.

    Args:
        name: its key in profiles.
        called: as people call it.
        signs: what its list pages hold, and others' don't.
        page: how the paths of its pages end; None where nothing tells them.
        selectors: where its lists and pages have what.
        paging: what tells the number of a list's pages, in its groups.
        first: the number of the first list page that has one in its address.
    """

    name: str
    called: str
    signs: tuple[re.Pattern[str], ...]
    page: re.Pattern[str] | None
    selectors: Selectors
    paging: tuple[re.Pattern[str], ...] = ()
    first: int = 1

    def is_page(self, url: str) -> bool:
        """Tell whether an address is one of its pages; all are where nothing tells them."""
        parts = urlsplit(url)
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        return self.page is None or self.page.search(target) is not None

    def further_pages(self, markup: str, url: str) -> tuple[str, ...]:
        """Return the addresses of the list pages that a script of the first one tells of.

        Args:
            markup: of the first list page.
            url: its address.
        """
        match = next((found for pattern in self.paging if (found := pattern.search(markup))), None)
        if match is None:
            return ()
        told = match.groupdict()
        stem, suffix = told.get("stem") or _STEM, told.get("ext") or _SUFFIX
        pages = min(int(told["pages"]), _MOST_PAGES)
        return tuple(
            urljoin(url, f"{stem}_{number}.{suffix}") for number in range(self.first, self.first + pages - 1)
        )


@cache
def families() -> Mapping[str, Family]:
    """Return the families by their names."""
    pairs = read_yaml(_FILE.read_bytes(), _FILE.name).pairs()
    return {name: _family(name, told) for name, told in pairs.items()}


def recognise(markup: str, links: Iterable[str] = ()) -> tuple[Family, ...]:
    """Return the families that a list page may be of, the likeliest first; none where nothing tells.

    Args:
        markup: the page.
        links: the addresses that it links to.
    """
    addresses = tuple(links)
    found = []
    for family in families().values():
        signs = sum(pattern.search(markup) is not None for pattern in family.signs)
        pages = family.page is not None and any(map(family.is_page, addresses))
        if signs or pages:
            found.append((2 * signs + pages, family))
    return tuple(family for _, family in sorted(found, key=lambda each: -each[0]))


def read_selectors(keys: Mapping[str, Told]) -> dict[str, tuple[str, ...]]:
    """Read those selectors that are given.

    Raises:
        UsageError: one is no CSS selector; says in which line.
    """
    return {name: tuple(map(_selector, keys[name].items())) for name in SELECTORS if name in keys}


def _selector(told: Told) -> str:
    from selectolax.lexbor import LexborHTMLParser, SelectolaxError

    selector = told.text()
    try:
        LexborHTMLParser("<p></p>").css(selector)
    except SelectolaxError as error:
        raise told.error(
            f"不是合格的 CSS 选择器：{selector}", "例如 .list li、#zoom、a[href$='.pdf']"
        ) from error
    return selector


def _family(name: str, told: Told) -> Family:
    known = ("page", "paging", "first", *SELECTORS)
    keys = told.mapping(needed=("called", "signs"), known=known)
    page = patterns(keys["page"]) if "page" in keys and keys["page"].node.value else ()
    return Family(
        name,
        keys["called"].text(),
        patterns(keys["signs"]),
        page[0] if page else None,
        # Ours are tried by the tests: whoever only checks a profile need not load what parses pages.
        Selectors(
            **{each: tuple(one.text() for one in keys[each].items()) for each in SELECTORS if each in keys}
        ),
        patterns(keys["paging"]) if "paging" in keys else (),
        keys["first"].whole(0, 2) if "first" in keys else 1,
    )
