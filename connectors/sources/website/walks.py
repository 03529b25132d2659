"""How a list goes on, by its site's family; static pages here, interfaces in `interfaces`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from connectors.sources.website import interfaces
from connectors.sources.website.asks import Ask, Role, Turn
from connectors.sources.website.rows import linked, parsed, rows_of, same_list
from nianbao.sites import SiteProfile

Walk = Callable[[SiteProfile, Ask, str], Turn]


def turn_of(site: SiteProfile, ask: Ask, text: str) -> Turn:
    """Return what a part of a list holds.

    Args:
        site: the list's site.
        ask: what was asked for; LIST or DATA.
        text: the answer.
    """
    return _WALKS.get(site.family.name, _linked)(site, ask, text)


def _scripted(site: SiteProfile, ask: Ask, text: str) -> Turn:
    """Static pages that the first one's script tells of."""
    rows, guessed = rows_of(site, parsed(text), ask.url)
    further = site.family.further_pages(text, ask.url) if ask.is_first else ()
    asks = tuple(ask.further(url) for url in further)
    return Turn(rows, asks, is_guessed=guessed)


def _linked(site: SiteProfile, ask: Ask, text: str) -> Turn:
    """Pages that link to each other."""
    tree = parsed(text)
    rows, guessed = rows_of(site, tree, ask.url)
    here = {same_list(ask.url), same_list(ask.start)}
    asks = tuple(
        ask.further(url)
        for url, _ in linked(tree, site.selectors.following, ask.url)
        if same_list(url) not in here and site.allows(url)
    )
    return Turn(rows, asks, is_guessed=guessed)


def _ucap(site: SiteProfile, ask: Ask, text: str) -> Turn:
    if ask.role is Role.DATA:
        return interfaces.ucap(site, ask, text)
    turn = _scripted(site, ask, text)
    return interfaces.ucap_rest(ask, text, turn) if ask.is_first else turn


_WALKS: Mapping[str, Walk] = {
    "trs": _scripted,
    "ucap": _ucap,
    "hanweb-jpage": interfaces.jpage,
    "hanweb-xxgk": interfaces.xxgk,
    "hanweb-jpaas": interfaces.jpaas,
    "gkmlpt": interfaces.gkmlpt,
}
