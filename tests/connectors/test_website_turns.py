"""Two runs that collect a host at once keep together what one keeps: one request at a time, its pause."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from loopback import Loopback
from web_crawls import Crawls

from connectors.sources import website
from nianbao.sites import load_sites

SITE = "plain"
DELAY, SLOW = 0.2, 0.3
WAITS = re.compile(r"^另一次运行正在采集 \S+，等它采集完$", re.MULTILINE)
CRAWL = f"""
import sys
from pathlib import Path
from connectors.sources.website.answers import Manners
from connectors.sources.website.crawl import crawl
from nianbao.sites import load_sites
profile = Path(sys.argv[1])
manners = Manners(delay={DELAY}, daily=10_000, megabytes=5, seconds=60)
folder = profile.parent
crawl(load_sites(profile), profile, 2023, folder / "crawl.db", str(folder / "archive"), manners)
"""


def collect_at_once(loopback: Loopback, folders: Sequence[Path], caches: Sequence[Path]) -> None:
    """Let a process for each folder collect the site at the same time, each with a cache folder."""
    running = []
    for folder, cache in zip(folders, caches, strict=True):
        folder.mkdir()
        crawls = Crawls(loopback, folder, [SITE])
        crawls.write_profile()
        running.append(
            subprocess.Popen(
                [sys.executable, "-c", CRAWL, str(crawls.profile)],
                env=os.environ | {"XDG_CACHE_HOME": str(cache)},
                stderr=subprocess.PIPE,
                text=True,
            )
        )
    for process in running:
        said = process.communicate(timeout=300)[1]
        # Who waits for some seconds says so, and nothing else is said.
        assert (process.returncode, "".join(WAITS.split(said)).strip()) == (0, "")


# That two overlap where nothing keeps them from it needs both to be there at once: no machine promises that.
@pytest.mark.parametrize(
    "shared",
    [pytest.param(True, id="one user"), pytest.param(False, id="nothing shared", marks=pytest.mark.long)],
)
def test_two_crawls_of_a_host(loopback: Loopback, tmp_path: Path, shared: bool) -> None:
    loopback.fault(SITE, "slow", seconds=SLOW)
    folders = [tmp_path / "one", tmp_path / "other"]
    caches = [tmp_path if shared else folder for folder in folders]
    collect_at_once(loopback, folders, caches)
    entries = loopback.log.of(SITE)
    asked = {entry.target for entry in entries if entry.path != "/robots.txt"}
    assert len(entries) >= 2 * len(asked)
    # Each answer takes so long; then comes the pause, of which half the delay is the least that is drawn.
    least = min(after.at - before.at for before, after in pairwise(entries) if before.path != "/robots.txt")
    if shared:
        assert least >= SLOW + DELAY / 2 - 0.02
    else:
        assert least < SLOW
    for folder in folders:
        crawls = Crawls(loopback, folder, [SITE])
        filings = list(website.collected(load_sites(crawls.profile), 2023, crawls.state))
        assert crawls.missed(filings, 2023) == set()
