"""Looks at a profile's sites once, or asks for one page, as politely as a crawl; nothing of it is kept."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from connectors.sources.website.crawl import check, run_children
from connectors.sources.website.probes import SiteProbe
from nianbao.errors import UsageError
from nianbao.sites import SiteProfile, read_sites

if TYPE_CHECKING:
    from connectors.sources.website.answers import Manners

_MODULE = "connectors.sources.website.probing"


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page that was asked for.

    Args:
        url: where it was found at last.
        body: its bytes.
        media: its declared type.
    """

    url: str
    body: bytes
    media: str


def probe(
    profile: str, file: str, year: int | None, manners: Manners, children: int = 4
) -> tuple[SiteProbe, ...]:
    """Look at each site of a profile once: robots.txt, its list pages, one of its pages.

    Args:
        profile: its text.
        file: its name.
        year: of the reports; None for all.
        manners: how to behave.
        children: processes at most.

    Raises:
        UsageError: the profile is wrong, or its sites may not be asked as things are.
        NianbaoError: a process ended early.
    """
    region = read_sites(profile, file)
    check(region, manners, file)
    with TemporaryDirectory(prefix="nianbao-") as folder:
        place = _run(Path(folder), profile, manners, year=year, children=children)
        return tuple(_probe(place, site) for site in region.sites)


def fetch_page(url: str, manners: Manners, *, allow_private: bool = False) -> Fetched:
    """Ask for one page, after robots.txt.

    Args:
        url: its address.
        manners: how to behave.
        allow_private: whether it may be a private address, for tests.

    Raises:
        UsageError: the address is none, may not be asked, or gives no page.
        NianbaoError: the process ended early.
    """
    profile = "\n".join(
        [
            'region: "10"',
            "name: 起草",
            "sites:",
            "  - name: 起草",
            "    family: generic",
            f"    start: {json.dumps(url)}",
            f"    allow_private: {json.dumps(allow_private)}",
        ]
    )
    try:
        region = read_sites(profile, url)
    except UsageError as error:
        raise UsageError(error.message, hint=error.hint) from error
    check(region, manners, url)
    with TemporaryDirectory(prefix="nianbao-") as folder:
        place = _run(Path(folder), profile, manners, arguments=("--page",))
        return _fetched(place, url)


def _run(
    folder: Path,
    profile: str,
    manners: Manners,
    *,
    year: int | None = None,
    children: int = 1,
    arguments: tuple[str, ...] = (),
) -> Path:
    """Run the processes on a state of their own; return where it is."""
    from connectors.sources.website.state import State

    place = folder / "crawl.db"
    State(place).close()
    order = {
        "profile": profile,
        "file": "",
        "year": year,
        "state": str(place),
        "archive": str(folder / "archive"),
    }
    run_children(order, manners, read_sites(profile, "").sites, children, (_MODULE, *arguments))
    return place


def _probe(place: Path, site: SiteProfile) -> SiteProbe:
    from connectors.sources.website.state import State

    with closing(State(place)) as state:
        return SiteProbe.from_json(state.told(f"probe:{site.name}"))


def _fetched(place: Path, url: str) -> Fetched:
    from connectors.sources.website.state import State
    from nianbao.archive import open_archive

    with closing(State(place)) as state:
        if trouble := state.told("trouble"):
            raise UsageError(trouble, where=url)
        body = open_archive(str(place.with_name("archive"))).get(state.told("sha256"))
        return Fetched(state.told("url"), body, state.told("media"))
