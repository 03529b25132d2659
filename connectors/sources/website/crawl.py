"""Shares a profile's sites out to processes, and waits for them."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from connectors.sources.website.porter import Porter
from connectors.sources.website.progress import Progress
from nianbao.errors import NianbaoError, UsageError
from nianbao.sites import RegionSites, SiteProfile
from nianbao.turns import turns_here

if TYPE_CHECKING:
    from connectors.sources.website.answers import Manners

_MODULE = "connectors.sources.website.child"


def check(region: RegionSites, manners: Manners, file: str) -> None:
    """Refuse what can't be crawled.

    Raises:
        UsageError: Scrapy is not there, or nobody is named whom a site's keepers could ask.
    """
    if find_spec("scrapy") is None:
        raise UsageError("采集网站须先安装 Scrapy", where=file, hint="pip install 'nianbao[web]'")
    if not manners.contact and not all(site.allow_private for site in region.sites):
        raise UsageError(
            "没有设置联系方式，不采集公开的网站",
            where=file,
            hint='请在 nianbao.toml 中写 web_contact = "mailto:您的邮箱"，网站管理员据此可以联系您',
        )


def crawl(  # noqa: PLR0917  one a setting
    region: RegionSites,
    profile: Path,
    year: int | None,
    state: Path,
    archive: str,
    manners: Manners,
    children: int = 4,
    *,
    text: str = "",
    pages: bool = False,
) -> None:
    """Collect all sites of a region; what came of it stands in the state.

    Args:
        region: the profile that was read.
        profile: its file.
        year: of the reports; None for all.
        state: where the state is kept.
        archive: where bytes are kept.
        manners: how to behave.
        children: processes at most.
        text: the profile, where it is not what its file holds.
        pages: whether its start pages are reports themselves, and no lists.

    Raises:
        UsageError: another crawl is at work on the same state, or `check` refuses.
        NianbaoError: a process ended early.
    """
    from filelock import FileLock, Timeout

    check(region, manners, profile.name)
    state.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(f"{state}.lock", timeout=0):
            given = text or profile.read_text("utf-8-sig")
            order = {
                "profile": given,
                "file": profile.name,
                "year": year,
                "state": str(state),
                "archive": archive,
                "pages": pages,
            }
            keys = [f"{region.code}/{site.name}" for site in region.sites]
            told = hashlib.sha256(f"{given}\n{year}\n{pages}".encode()).hexdigest()
            with _round(state, archive, told), Progress(state, keys, year):
                run_children(order, manners, region.sites, children)
    except Timeout as error:
        raise UsageError("另一次采集正在进行", where=str(state), hint="请等它结束后再运行") from error


@contextmanager
def _round(state: Path, archive: str, order: str) -> Iterator[None]:
    """Collect all sites once: what of it was done before it was broken off is not done again."""
    from connectors.sources.website.state import State

    with closing(State(state)) as kept:
        kept.tell("archive", archive)
        kept.history.begin_round(order)
    yield
    with closing(State(state)) as kept:
        kept.history.end_round()


def by_hosts(sites: Sequence[SiteProfile]) -> list[list[SiteProfile]]:
    """Return sites in rows; those of which one may ask a host of the other are in the same."""
    named = frozenset(host for site in sites for host in site.hosts)
    rows: dict[str, list[SiteProfile]] = {}
    for site in sites:
        tops = {_widest(host, named) for host in site.hosts}
        shared = {id(row): row for top in tops if (row := rows.get(top)) is not None}
        row = [*(each for other in shared.values() for each in other), site]
        for each in shared.values():
            tops |= {_widest(host, named) for one in each for host in one.hosts}
        rows |= dict.fromkeys(tops, row)
    return list({id(row): row for row in rows.values()}.values())


def _widest(host: str, named: Collection[str]) -> str:
    """Return the shortest of the hosts that cover one: all that meet somewhere have the same."""
    parts = host.split(".")
    return next(top for at in range(len(parts) - 1, -1, -1) if (top := ".".join(parts[at:])) in named)


def shares(sites: Sequence[SiteProfile], most: int) -> list[list[SiteProfile]]:
    """Share sites out to at most so many processes; those of one host together."""
    rows = by_hosts(sites)
    found: list[list[SiteProfile]] = []
    for is_private in (False, True):
        kind = [row for row in rows if all(site.allow_private for site in row) is is_private]
        count = min(len(kind), most)
        found += [[site for row in kind[start::count] for site in row] for start in range(count)]
    return found


def run_children(
    order: Mapping[str, object],
    manners: Manners,
    sites: Sequence[SiteProfile],
    most: int,
    module: Sequence[str] = (_MODULE,),
) -> None:
    """Share sites out to processes, and wait for these; at each host they wait for their turn.

    Args:
        order: what they are to do (`child.Order`), but for manners and sites.
        manners: how to behave.
        sites: all of them.
        most: so many processes at most.
        module: what they run, and its arguments.

    Raises:
        NianbaoError: one ended early.
    """
    children: list[_Child] = []
    try:
        for share in shares(sites, most):
            given = {**order, "manners": asdict(manners), "sites": [site.name for site in share]}
            children.append(_Child(given, module, manners.seconds))
        for child in children:
            child.wait()
    finally:
        for child in children:
            child.end()
    failed = [child for child in children if child.process.returncode]
    if failed:
        said = failed[0].said.strip().splitlines()
        raise NianbaoError(
            f"采集进程意外结束：{said[-1][:200] if said else failed[0].process.returncode}",
            hint="已采集的没有丢失，再次运行会接着采集",
        )


class _Child:
    def __init__(self, order: dict[str, object], module: Sequence[str], seconds: float) -> None:
        self.process = subprocess.Popen(  # noqa: S603  our own module
            [sys.executable, "-m", *module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self.said = ""
        self._given = json.dumps(order) + "\n"
        assert self.process.stdout is not None
        assert self.process.stdin is not None
        self._porter = Porter(turns_here(), self.process.stdout, self.process.stdin, seconds)
        self._thread = threading.Thread(target=self._talk, daemon=True)
        self._thread.start()

    def _talk(self) -> None:
        given, said = self.process.stdin, self.process.stderr
        assert given is not None
        assert said is not None
        # It ends when this is closed: by us, or with us.
        with said, suppress(BrokenPipeError), given:
            with suppress(BrokenPipeError):
                given.write(self._given)
                given.flush()
            self.said = said.read()
            self.process.wait()

    def wait(self) -> None:
        self._thread.join()

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self._thread.join(5)
        # A server that does not answer need not be waited for: what was taken there ends by itself.
        self._porter.join(5)
