"""Collects sites of the loopback county for tests, without delays unless a test wants them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from loopback import Loopback

from connectors.sources import website
from connectors.sources.website.answers import Manners
from connectors.sources.website.crawl import crawl
from nianbao import Filing, ReadError
from nianbao.sites import load_sites

# An answer may take as long as a busy machine makes of it.
QUICK = Manners(delay=0, daily=10_000, megabytes=5, seconds=60)


@dataclass(frozen=True, slots=True)
class Crawls:
    """Crawls of some sites, one after another, that share their state."""

    loopback: Loopback
    folder: Path
    sites: Sequence[str]
    manners: Manners = field(default=QUICK)

    @property
    def profile(self) -> Path:
        return self.folder / "county.yml"

    @property
    def state(self) -> Path:
        return self.folder / "crawl.db"

    def run(self, year: int | None = None) -> list[Filing]:
        self.write_profile()
        region = load_sites(self.profile)
        crawl(region, self.profile, year, self.state, str(self.folder / "archive"), self.manners)
        return list(website.collected(region, year, self.state))

    def write_profile(self) -> None:
        self.profile.write_text(self._profile(), "utf-8")

    def _profile(self) -> str:
        """Return the profile; a site's key follows its name, since towns of two counties may share one."""
        keys = iter(self.sites)
        lines = self.loopback.profile(*self.sites).splitlines()
        named = (f"{line} {next(keys)}" if line.startswith("  - name:") else line for line in lines)
        return "\n".join(named)

    def missed(self, filings: Sequence[Filing], year: int | None = None) -> set[str]:
        """Return the addresses of reports that no filing names."""
        told = {fact.value for filing in filings for fact in filing.facts}
        return self.wanted(year) - told

    def wanted(self, year: int | None = None) -> set[str]:
        return {
            each.url
            for each in self.loopback.listed()
            if each.site in self.sites and year in (None, each.paper.year)
        }


def cause(filings: Sequence[Filing]) -> str:
    """Return what is said of the site that has a row of its own."""
    rows = [filing for filing in filings if filing.name.endswith("（站点）")]
    if not rows:
        return ""
    assert len(rows) == 1
    with caught() as told:
        website.fetch_report(rows[0])
    return told[0]


@contextmanager
def caught() -> Iterator[list[str]]:
    told: list[str] = []
    try:
        yield told
    except ReadError as error:
        told.append(error.message)
    assert told
