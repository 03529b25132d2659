"""Drafts a site's profile from one of its list pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from connectors.sources.website.asks import Ask, Role, Row, Turn, host_of
from connectors.sources.website.faces import Cause, list_cause
from connectors.sources.website.rows import parsed, whole
from connectors.sources.website.saved import SavedPage
from connectors.sources.website.structure import Repeated, repeated
from connectors.sources.website.walks import turn_of
from nianbao.errors import UsageError
from nianbao.sites import GENERIC, SiteProfile, Start, Verdict, families, recognise, usual_titles

_YEAR = re.compile(r"(20\d\d)年")
# Of a list's rows, so large a part must lead to the site's pages, and not be of its menus.
_MOST = 0.6
# And so large a part must lead to another host, before that is taken for the site's.
_MANY = 0.3


@dataclass(frozen=True, slots=True)
class Draft:
    """What a list page tells of how its site is to be read.

    Args:
        site: the profile.
        own: its selectors that are not the family's, by their keys.
        turn: what it catches in the page.
        is_known: whether the page bears the signs of its family.
        issuers: how many issuers have a report there, in the year that has the most; None where none has.
        year: that year.
        elsewhere: the hosts to which other rows lead.
    """

    site: SiteProfile
    own: dict[str, str]
    turn: Turn
    is_known: bool
    issuers: int | None
    year: int | None
    elsewhere: tuple[str, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows that belong to the site."""
        return tuple(row for row in self.turn.rows if row.is_own)

    @property
    def wanted(self) -> tuple[Row, ...]:
        """The rows of reports, by their titles."""
        return tuple(row for row in self.rows if self.site.titles.judge(row.title) is Verdict.WANTED)

    @property
    def by_interface(self) -> bool:
        """Whether an interface alone tells the rows."""
        return not self.turn.rows


def draft(page: SavedPage, name: str, *, browser: bool = False, allow_private: bool = False) -> Draft:
    """Return a profile for the site of a list page.

    Args:
        page: the list page.
        name: what to call the site.
        browser: whether a browser alone shows the list.
        allow_private: whether its addresses may be private ones, for tests.

    Raises:
        UsageError: the page shows no rows, and tells of no interface that does.
    """
    tree = parsed(page.text)
    found = repeated(tree, page.address)
    links = [whole(page.address, link.attributes.get("href") or "") for link in tree.css("a[href]")]
    known = [family.name for family in recognise(page.text, filter(None, links))]
    hosts = _hosts(page.address, found)
    for family in (*known, GENERIC):
        site = SiteProfile(
            name,
            families()[family],
            (Start(page.address),),
            hosts,
            families()[family].selectors,
            usual_titles(),
            browser=browser,
            allow_private=allow_private,
        )
        tried = [(own, *_tried(site, own, page)) for own in _choices(site, found)]
        fitting = [each for each in tried if _catches(each[2], found) or _is_interface(each[2])]
        if fitting:
            own, site, turn = min(fitting, key=lambda each: _distance(each[2], found))
            return _drafted(site, own, turn, is_known=family in known)
    raise _without_rows(page)


def _tried(site: SiteProfile, own: dict[str, str], page: SavedPage) -> tuple[SiteProfile, Turn]:
    """Return a site with selectors of its own, and what it catches."""
    site = replace(site, selectors=replace(site.selectors, **{name: (own[name],) for name in own}))
    return site, turn_of(site, Ask(page.address, Role.LIST, page.address), page.text)


def _distance(turn: Turn, found: Repeated | None) -> int:
    """Return how many rows are caught that do not repeat, or repeat and are not caught."""
    rows, links = Counter(row.url for row in turn.rows), Counter(found.links if found else ())
    return ((rows - links) + (links - rows)).total() if found and rows else 0


def _without_rows(page: SavedPage) -> UsageError:
    frame = parsed(page.text).css_first("frame[src], iframe[src]")
    if frame is not None and (inner := whole(page.address, frame.attributes.get("src") or "")):
        return UsageError("网页里没有列表，只嵌着另一个网页", where=page.address, hint=f"请改用 {inner}")
    match list_cause(page.text):
        case Cause.SCRIPTED:
            hint = "请在浏览器里打开，待列表显示后另存为网页再试，并加 --browser"
            told = f"{Cause.SCRIPTED}；站点配置里要写 browser: true"
            return UsageError(told, where=page.address, hint=hint)
        case Cause.EMPTY:
            return UsageError(str(Cause.EMPTY), where=page.address, hint="请换一个有内容的列表页")
        case _:
            hint = "请确认这是列表页；列表由脚本显示的，请在浏览器里打开后另存为网页，并加 --browser"
            return UsageError("网页里找不到列表的行：没有成组的标题链接", where=page.address, hint=hint)


def _choices(site: SiteProfile, found: Repeated | None) -> Iterator[dict[str, str]]:
    """Yield selectors to try in place of the family's: none first."""
    yield {}
    if found is None:
        return
    yield {"rows": found.rows}
    if found.dates and found.dates not in site.selectors.dates:
        yield {"rows": found.rows, "dates": found.dates}


def _catches(turn: Turn, found: Repeated | None) -> bool:
    """Tell whether rows were caught, and not the links of a menu."""
    own = [row for row in turn.rows if row.is_own]
    if turn.is_guessed or not own:
        return False
    if found is None:
        return True
    links = set(found.links)
    caught = {row.url for row in turn.rows}
    dated = sum(bool(row.day) for row in own)
    is_dated = not found.dated or dated >= _MOST * min(found.dated, len(own))
    return len(caught & links) >= _MOST * max(len(links), len(caught)) and is_dated


def _is_interface(turn: Turn) -> bool:
    return not turn.rows and any(ask.role is Role.DATA for ask in turn.asks)


def _hosts(address: str, found: Repeated | None) -> tuple[str, ...]:
    """Return the page's host, and such of the same domain as many of its rows lead to."""
    own = host_of(address)
    domain = ".".join(own.split(".")[-3:])
    links = found.links if found else ()
    counts = Counter(map(host_of, links))
    near = [
        host
        for host, count in counts.items()
        if count >= _MANY * len(links)
        and f".{host}".endswith(f".{domain}")
        and not f".{host}".endswith(f".{own}")
        and not own.replace(".", "").isdigit()
    ]
    return (own, *near)


def _drafted(site: SiteProfile, own: dict[str, str], turn: Turn, *, is_known: bool) -> Draft:
    titles = {row.title for row in turn.rows if row.is_own and site.titles.judge(row.title) is Verdict.WANTED}
    years = Counter(int(told[1]) for title in titles if (told := _YEAR.search(title)))
    year, issuers = max(years.items(), key=lambda each: (each[1], each[0]), default=(None, None))
    elsewhere = dict.fromkeys(urlsplit(row.url).hostname or "" for row in turn.rows if not row.is_own)
    return Draft(
        replace(site, issuers=issuers),
        own,
        turn,
        is_known=is_known,
        issuers=issuers,
        year=year,
        elsewhere=tuple(host for host in elsewhere if host not in site.hosts),
    )
