"""Reports that somebody names by their addresses: fetched as politely as those that lists lead to."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from connectors.sources.website.asks import Ask, host_of
from connectors.sources.website.listing import NAME, filings_of
from connectors.sources.website.state import State
from nianbao import Fact, FactName, Filing
from nianbao.sites import GENERIC, RegionSites, address_problem, read_sites

# No region has this code.
_CODE = "00"


def crawl_links(links: Sequence[str], file: Path, year: int | None, state: Path, archive: str) -> None:
    """Fetch pages and what is attached to them, or files; what came of it stands in the state.

    Args:
        links: addresses that `address_problem` allows, each once.
        file: what names them.
        year: of the reports; None for all.
        state: where the state is kept.
        archive: where bytes are kept.

    Raises:
        UsageError, NianbaoError: as `crawl`.
    """
    from connectors.sources.website import manners_of
    from connectors.sources.website.crawl import crawl
    from nianbao.settings import load_settings

    settings = load_settings()
    region, text = _region(links, file.name)
    manners = manners_of(settings)
    crawl(region, file, year, state, archive, manners, children=settings.web_children, text=text, pages=True)


def collected_links(
    names: Mapping[str, str], file: str, year: int | None, path: Path
) -> dict[str, list[Filing]]:
    """Return what each address came to: its page, or the files attached to it.

    Args:
        names: what the user knows each address by.
        file: what names them.
        year: as it was crawled.
        path: the absolute path of the state.
    """
    found: dict[str, list[Filing]] = {}
    with closing(State(path)) as state:
        reports = _reports(state, names, file, year)
        for url, name in names.items():
            reports_of = reports.get(url, ())
            found[url] = [each for ask in reports_of for each in filings_of(state, path, ask, name)]
            if not found[url]:
                facts = (Fact(FactName.URL, url, "listing"), Fact(FactName.HOST, host_of(url), "listing"))
                found[url].append(Filing(NAME, f"{url}#{path}", f"{name}/{url}", facts))
    return found


def site_of(file: str, host: str) -> str:
    """Return what a host is called of which a file names pages."""
    return f"{file} {host}"


def key_of(file: str, host: str) -> str:
    """Return what the state knows such a host by."""
    return f"{_CODE}/{site_of(file, host)}"


def _reports(state: State, links: Mapping[str, str], file: str, year: int | None) -> dict[str, list[Ask]]:
    found: dict[str, list[Ask]] = {}
    for host in dict.fromkeys(map(host_of, links)):
        one = state.history.last(key_of(file, host), year or 0)
        for ask in state.reports(one) if one is not None else ():
            found.setdefault(ask.start, []).append(ask)
    return found


def _region(links: Sequence[str], file: str) -> tuple[RegionSites, str]:
    """Return a profile in which every host is a site, and its text."""
    hosts: dict[str, list[str]] = {}
    for link in links:
        hosts.setdefault(host_of(link), []).append(link)
    sites = [
        {
            "name": site_of(file, host),
            "family": GENERIC,
            "start": starts,
            # Private ones are let in by whoever judged the addresses.
            "allow_private": address_problem(starts[0], allow_private=False) is not None,
        }
        for host, starts in hosts.items()
    ]
    text = json.dumps({"region": _CODE, "name": file, "sites": sites}, ensure_ascii=False)
    return read_sites(text, file), text
