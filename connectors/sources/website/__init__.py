"""Lists what a profile's sites publish, having collected it; fetches from the archive what was collected."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from connectors.sources.website.listing import ARCHIVE, NAME, SITE, listed
from nianbao import (
    Download,
    Filing,
    PassingReadError,
    ReadError,
    Source,
    SourceConfig,
    UsageError,
    hookimpl,
)

if TYPE_CHECKING:
    from connectors.sources.website.answers import Manners
    from connectors.sources.website.state import State
    from nianbao.settings import Settings
    from nianbao.sites import RegionSites

STATE = "crawl-state"
_PROFILES = frozenset((".yml", ".yaml"))
# A run lists its source twice; the second time it is not collected again.
_HOLDS = 600.0


@dataclass(slots=True)
class _Memory:
    done: dict[tuple[str, str, int | None], float] = field(default_factory=dict)


_MEMORY = _Memory()


@hookimpl
def nianbao_sources() -> Iterable[Source]:
    """Yield the website source."""
    yield Source(NAME, accepts=accepts, list=list_reports, fetch=fetch_report, version="1", stamp=stamp)


def accepts(config: SourceConfig) -> bool:
    """Accept a profile of sites: a YAML file."""
    return "://" not in config.location and Path(config.location).suffix.lower() in _PROFILES


def list_reports(config: SourceConfig, year: int | None) -> Iterator[Filing]:
    """Collect a profile's sites, and list their reports; a site that has too few is listed itself.

    Args:
        config: its location is the profile; the options `crawl-state` and `archive` tell where what is
            collected is kept.
        year: of the reports; all where None.

    Raises:
        UsageError: the profile is wrong, or may not be collected as things are.
    """
    from nianbao.sites import load_sites

    options = dict(config.options)
    profile = Path(config.location).expanduser()
    region = load_sites(profile)
    if STATE not in options or ARCHIVE not in options:
        raise UsageError("站点配置要用 nianbao run 采集", where=config.location)
    path = Path(options[STATE]).expanduser().absolute()
    _collect(profile, year, path, options[ARCHIVE])
    yield from collected(region, year, path)


def forget() -> None:
    """Forget what this process has collected just now, so that the next listing collects again."""
    _MEMORY.done.clear()


def manners_of(settings: Settings) -> Manners:
    """Return how sites are to be asked, by the settings."""
    from connectors.sources.website.answers import Manners

    return Manners(
        contact=settings.web_contact or "",
        delay=settings.web_delay,
        daily=settings.web_daily,
        megabytes=settings.web_megabytes,
        seconds=settings.web_seconds,
        hours=settings.web_hours or "",
        browser=settings.web_browser or "",
    )


def collected(region: RegionSites, year: int | None, path: Path) -> Iterator[Filing]:
    """List what was collected, without collecting.

    Args:
        region: whose sites they are.
        year: of the reports; all where None.
        path: the absolute path of the state.
    """
    from connectors.sources.website.state import State

    with closing(State(path)) as state:
        for site in region.sites:
            yield from listed(state, path, f"{region.code}/{site.name}", site.name, year)


def fetch_report(filing: Filing) -> Download:
    """Return what was collected.

    Raises:
        ReadError: it could not be.
    """
    from connectors.archives import split_key
    from connectors.sources.website.state import State
    from nianbao.archive import open_archive
    from nianbao.errors import StoreError

    url, place = _split(filing.uri)
    path, member = split_key(place)
    with closing(State(Path(path))) as state:
        if url.startswith(SITE):
            raise PassingReadError("；".join(_causes(state, url)), where=filing.name)
        page, archive = state.page(url), state.told(ARCHIVE)
        why = "；".join(state.causes_of(url)) or "还没有采集"
    if page is None or not page.sha256:
        error = PassingReadError if page is None or page.may_pass else ReadError
        raise error(page.cause if page is not None else why, where=filing.name)
    try:
        data = open_archive(archive).get(page.sha256)
    except StoreError as error:
        raise PassingReadError(error.message, where=filing.name, hint=error.hint) from error
    if member is None:
        return Download(filing, data, page.sha256, page.media or None, filing.facts)
    return _unpacked(filing, data, member)


def stamp(filing: Filing) -> str:
    """Return the digest of what was collected; empty where nothing was."""
    from connectors.archives import split_key
    from connectors.sources.website.state import State

    url, place = _split(filing.uri)
    path, _ = split_key(place)
    if url.startswith(SITE) or not Path(path).is_file():
        return ""
    with closing(State(Path(path))) as state:
        page = state.page(url)
    return page.sha256 if page is not None else ""


def _unpacked(filing: Filing, data: bytes, member: object) -> Download:
    import hashlib
    import io

    from connectors.archives import Member, unpack

    assert isinstance(member, Member)
    if member.problem is not None:
        raise member.problem.error()
    inside = unpack(io.BytesIO(data), member.path)
    return Download(filing, inside, hashlib.sha256(inside).hexdigest(), facts=filing.facts)


def _collect(profile: Path, year: int | None, state: Path, archive: str) -> None:
    from connectors.sources.website.crawl import crawl
    from nianbao.settings import load_settings
    from nianbao.sites import load_sites

    key = (str(profile.absolute()), str(state), year)
    if time.monotonic() - _MEMORY.done.get(key, float("-inf")) < _HOLDS:
        return
    settings = load_settings()
    crawl(
        load_sites(profile),
        profile,
        year,
        state,
        archive,
        manners_of(settings),
        children=settings.web_children,
    )
    _MEMORY.done[key] = time.monotonic()


def _causes(state: State, url: str) -> tuple[str, ...]:
    key, _, year = url.removeprefix(SITE).rpartition("/")
    one = state.history.last(key, int(year))
    return state.causes(one) if one is not None else ()


def _split(uri: str) -> tuple[str, str]:
    """Return an address, and where its state is kept with the key of a file in an archive."""
    url, _, place = uri.partition("#")
    return url, place
