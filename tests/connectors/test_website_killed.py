"""A crawl that was killed asks only for what it lacks, and comes to what nobody disturbed comes to."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from loopback import Loopback
from web_crawls import QUICK, Crawls

from connectors.sources.website.crawl import run_children
from nianbao.errors import NianbaoError
from nianbao.sites import read_sites

SITES = ("jpage", "nfcms")
SCRIPT = """
import json, sys
from dataclasses import replace
from pathlib import Path
from connectors.sources.website.answers import Manners
from connectors.sources.website.crawl import crawl
from nianbao.sites import load_sites
profile = Path(sys.argv[1])
manners = Manners(delay=0.05, daily=10_000, megabytes=5, seconds=60)
folder = profile.parent
crawl(load_sites(profile), profile, None, folder / "crawl.db", str(folder / "archive"), manners)
"""


def test_a_killed_crawl_asks_only_for_what_it_lacks(loopback: Loopback, tmp_path: Path) -> None:
    (tmp_path / "undisturbed").mkdir()
    expected = Crawls(loopback, tmp_path / "undisturbed", SITES).run()
    loopback.log.clear()

    crawls = Crawls(loopback, tmp_path, SITES)
    crawls.write_profile()
    process = subprocess.Popen([sys.executable, "-c", SCRIPT, str(crawls.profile)], start_new_session=True)
    _wait_for(loopback, 12)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    time.sleep(0.3)
    before = list(loopback.log)
    loopback.log.clear()

    filings = crawls.run()
    assert [each.uri.partition("#")[0] for each in filings] == [
        each.uri.partition("#")[0] for each in expected
    ]
    assert [each.facts for each in filings] == [each.facts for each in expected]
    for site in SITES:
        had = {
            (e.target, e.headers.get("content-length"))
            for e in before
            if e.site == site and e.method == "GET"
        }
        again = {
            (e.target, e.headers.get("content-length")) for e in loopback.log.of(site) if e.method == "GET"
        }
        # What was under way when the crawl was killed is asked for once more, and robots.txt.
        assert len({target for target, _ in had & again} - {"/robots.txt"}) <= 1
    assert 12 <= len(before) < len(before) + len(loopback.log)


def test_a_site_that_was_done_before_the_kill_is_left_alone(loopback: Loopback, tmp_path: Path) -> None:
    crawls = Crawls(loopback, tmp_path, ["nfcms", "vsb"])
    crawls.write_profile()
    loopback.fault("vsb", "slow", seconds=0.5)
    process = subprocess.Popen([sys.executable, "-c", SCRIPT, str(crawls.profile)], start_new_session=True)
    deadline = time.monotonic() + 120
    while not _is_done(crawls.state, "nfcms") and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    time.sleep(0.8)
    loopback.mend()
    loopback.log.clear()

    first = crawls.run()
    assert not loopback.log.of("nfcms")
    assert loopback.log.of("vsb")
    # With that the round is over: the next one asks for all of it, under conditions.
    loopback.log.clear()
    assert crawls.run() == first
    asked = [entry for entry in loopback.log.of("nfcms") if entry.target != "/robots.txt"]
    assert {entry.status for entry in asked} == {304}


def _is_done(state: Path, site: str) -> bool:
    try:
        with closing(sqlite3.connect(state)) as db:
            found = db.execute("SELECT 1 FROM passes WHERE site LIKE ? AND ended IS NOT NULL", (f"%{site}",))
            return found.fetchone() is not None
    except sqlite3.OperationalError:
        return False


def test_children_end_with_the_process_that_started_them(loopback: Loopback, tmp_path: Path) -> None:
    crawls = replace(Crawls(loopback, tmp_path, ["vsb"]), manners=QUICK)
    crawls.write_profile()
    loopback.fault("vsb", "slow", seconds=0.05)
    process = subprocess.Popen([sys.executable, "-c", SCRIPT, str(crawls.profile)])
    _wait_for(loopback, 2)
    process.kill()
    process.wait()
    # What was under way may still come.
    time.sleep(0.25)
    asked = len(loopback.log)
    time.sleep(1.5)
    assert len(loopback.log) == asked


def _wait_for(loopback: Loopback, requests: int) -> None:
    deadline = time.monotonic() + 120
    while len(loopback.log) < requests:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_process_that_does_not_start_is_told_with_its_last_words() -> None:
    site = read_sites(PRIVATE, "x.yml").sites
    with pytest.raises(NianbaoError, match=r"^采集进程意外结束：.*No module named .?nowhere"):
        run_children({"much": "x" * 1_000_000}, QUICK, site, 1, ("nowhere",))


PRIVATE = """region: "431299"
name: 岚溪县
sites:
  - {name: 门户, family: generic, start: "http://127.0.0.1:9/", allow_private: true}
"""
