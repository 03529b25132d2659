"""How the sites of a profile, or the hosts of a manifest's links, stand; nothing is asked for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from connectors.sources.website.answers import Pass
from connectors.sources.website.asks import host_of
from connectors.sources.website.faces import Cause
from connectors.sources.website.hosts import SHANGHAI, HostStanding
from connectors.sources.website.links import key_of
from connectors.sources.website.state import State
from connectors.sources.website.waits import paused
from nianbao.sites import RegionSites
from nianbao.sites.standing import SiteStanding, SiteState

# What a site's causes say, the weightiest first: a list that is cut short may tell of a missing page as well.
_STATES = (
    (Cause.VERIFICATION, SiteState.BLOCKED),
    (Cause.REFUSED, SiteState.BLOCKED),
    (Cause.ROBOTS, SiteState.FORBIDDEN),
    (Cause.MOVED, SiteState.MOVED),
    (Cause.SCRIPTED, SiteState.SCRIPTED),
    (Cause.NO_BROWSER, SiteState.SCRIPTED),
    (Cause.ELSEWHERE, SiteState.REDESIGNED),
    (Cause.REDESIGNED, SiteState.REDESIGNED),
    (Cause.SHORT, SiteState.PARTIAL),
    (Cause.REPEATING, SiteState.PARTIAL),
    (Cause.MISSING, SiteState.MOVED),
    (Cause.EMPTY, SiteState.EMPTY),
    (Cause.BUDGET, SiteState.OPEN),
    (Cause.HOURS, SiteState.OPEN),
    (Cause.PAUSED, SiteState.OPEN),
    (Cause.DOWN, SiteState.DOWN),
)
# Of pages that a manifest names each has its own cause in the run.
_UNHAD = "地址没有取到"


@dataclass(frozen=True, slots=True)
class _Site:
    """What the state knows a site by, what the user does, what it should have, how to tell what it has."""

    key: str
    name: str
    expected: int | None
    hosts: Sequence[HostStanding]
    found_in: Callable[[Pass], int]


def standings(region: RegionSites, path: Path, daily: int) -> list[SiteStanding]:
    """Return how a profile's sites stand, for each year for which they were collected.

    Args:
        region: the profile.
        path: of the state, which must be there.
        daily: requests to a host in a day.
    """
    with closing(State(path)) as state:
        known = state.hosts.all()
        found: list[SiteStanding] = []
        for site in region.sites:
            hosts = [each for each in known if site.allows(f"http://{each.host}/")]
            one = _Site(f"{region.code}/{site.name}", site.name, site.issuers, hosts, state.found)
            found += _of_site(state, one, daily)
        return found


def link_standings(links: Sequence[str], file: str, path: Path, daily: int) -> list[SiteStanding]:
    """Return how the hosts stand of which a manifest names pages.

    Args:
        links: the addresses.
        file: the manifest's name.
        path: of the state, which must be there.
        daily: requests to a host in a day.
    """
    with closing(State(path)) as state:
        found: list[SiteStanding] = []
        for host in dict.fromkeys(map(host_of, links)):
            own = {link for link in links if host_of(link) == host}

            def had(one: Pass, own: set[str] = own) -> int:
                return len({ask.start for ask in state.reports(one) if _is_kept(state, ask.url)} & own)

            one = _Site(key_of(file, host), host, len(own), [state.hosts.standing(host)], had)
            found += _of_site(state, one, daily)
        return found


def _is_kept(state: State, url: str) -> bool:
    page = state.page(url)
    return page is not None and bool(page.sha256)


def _of_site(state: State, site: _Site, daily: int) -> Iterator[SiteStanding]:
    asked = max((each.asked for each in site.hosts), default=0)
    passes = state.history.passes(site.key)
    if not passes:
        yield SiteStanding(site.name, None, SiteState.NEW, None, 0, site.expected, asked, daily, 0, "")
    for one, told in passes:
        found, left, causes = site.found_in(one), state.left(one), list(state.causes(one))
        if not causes and left:
            causes = [f"上次采集没有做完，还有 {left} 个地址"]
        if not causes and found < (site.expected or 0):
            causes = [f"有 {(site.expected or 0) - found} 个{_UNHAD}，原因见汇总"]
        causes = _with_rests(causes, site.hosts)
        yield SiteStanding(
            site=site.name,
            year=one.year or None,
            state=_state(causes, found, site.expected, left),
            crawled=datetime.fromisoformat(told).astimezone(SHANGHAI),
            found=found,
            expected=site.expected,
            asked=asked,
            budget=daily,
            left=left,
            cause="；".join(causes),
        )


def _with_rests(causes: Sequence[str], hosts: Sequence[HostStanding]) -> list[str]:
    """Return a site's causes with the time until which each resting host is left alone, said once."""
    told = list(causes)
    for host in (each for each in hosts if each.rests):
        rest = paused(host.cause, host.rest_until)
        if any(rest in each for each in told):
            continue
        same = next((number for number, each in enumerate(told) if each.endswith(host.cause)), None)
        if same is None:
            told.append(rest)
        else:
            told[same] = told[same].removesuffix(host.cause) + rest
    return told


def _state(causes: Sequence[str], found: int, expected: int | None, left: int) -> SiteState:
    # Why a page could not be had is no state of its site.
    told = "；".join(each for each in causes if Cause.OUTDATED not in each)
    named = next((state for cause, state in _STATES if cause in told), None)
    if named is not None:
        return named
    if left:
        return SiteState.OPEN
    if "没有得到应答" in told or "读不到 robots.txt" in told:
        return SiteState.DOWN
    if not found and _UNHAD not in told:
        return SiteState.EMPTY
    if expected is not None and found < expected:
        return SiteState.FEW
    return SiteState.PARTIAL if causes else SiteState.NORMAL
