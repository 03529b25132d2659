"""A terminal shows how a crawl goes; what is no terminal shows nothing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from loopback import Loopback
from test_website_killed import SCRIPT
from web_crawls import Crawls

pty = pytest.importorskip("pty", reason="needs a pseudo-terminal")


def test_a_terminal_shows_sites_pages_and_failures(loopback: Loopback, tmp_path: Path) -> None:
    crawls = Crawls(loopback, tmp_path, ["nfcms", "plain"])
    report = next(each for each in loopback.listed() if each.site == "plain" and each.paper.in_page)
    loopback.fault("plain", "gone", path=report.url.removeprefix(loopback.bases["plain"]))
    loopback.fault("nfcms", "slow", seconds=0.1)
    crawls.write_profile()
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "120"}
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(crawls.profile)], stderr=theirs, env=environment
    )
    os.close(theirs)
    shown = _read(ours)
    assert process.wait() == 0
    lines = re.findall(r"正在采集：网站 (\d)/2，已取 (\d+) 页，没有取到 (\d)，待取 (\d+)", shown)
    assert lines
    counts = [tuple(map(int, line)) for line in lines]
    assert [line[:2] for line in counts] == sorted(line[:2] for line in counts)
    assert counts[-1][0] >= 1
    assert max(line[2] for line in counts) == 1


def _read(terminal: int) -> str:
    told = b""
    while True:
        try:
            part = os.read(terminal, 4096)
        except OSError:
            # The other end is closed.
            part = b""
        if not part:
            os.close(terminal)
            return told.decode("utf-8", "replace")
        told += part


def test_what_is_no_terminal_shows_nothing(loopback: Loopback, tmp_path: Path) -> None:
    crawls = Crawls(loopback, tmp_path, ["plain"])
    crawls.write_profile()
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(crawls.profile)], capture_output=True, check=True, text=True
    )
    assert (done.stdout, done.stderr) == ("", "")
