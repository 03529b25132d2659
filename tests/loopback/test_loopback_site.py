"""The hosts, the log, the portal and the command line."""

from __future__ import annotations

import http.client
import json
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

from . import NAMES, Loopback
from .client import ask
from .county import SITES
from .server import PORTAL

REPOSITORY = Path(__file__).resolve().parents[2]


def connected(url: str) -> http.client.HTTPConnection:
    parts = urlsplit(url)
    return http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)


def test_each_site_is_a_host_of_its_own(loopback: Loopback) -> None:
    hosts = {urlsplit(base).netloc for base in loopback.bases.values()}
    assert len(hosts) == len(loopback.bases) == 14
    assert {ask(f"{site.base}/").status for site in loopback.sites.values() if site.columns} == {200}
    assert ask(loopback.url("outside", "/dt/1.html")).status == 200
    assert ask(loopback.url("trs", "/nothing/here.html")).status == 404


def test_the_log_tells_who_asked_what_and_when(loopback: Loopback) -> None:
    start = loopback.starts("plain")[0]
    etag = ask(start, headers={"User-Agent": "nianbao/1 (+mailto:a@b)"}).headers["etag"]
    ask(f"{start}?page=2", headers={"If-None-Match": "x"})
    ask(start, headers={"If-None-Match": etag})
    first, second, third = loopback.log.of("plain")
    assert first.headers["user-agent"] == "nianbao/1 (+mailto:a@b)"
    assert [each.target for each in (first, second)] == ["/scjg/fzzfjs/", "/scjg/fzzfjs/?page=2"]
    assert [(each.status, each.is_conditional) for each in (first, second, third)] == [
        (200, False), (200, True), (304, True),
    ]  # fmt: skip
    assert first.sent > 1000
    assert third.sent == 0
    assert first.at <= second.at <= third.at
    assert loopback.log.targets("plain", status=304) == ["/scjg/fzzfjs/"]
    assert len(loopback.log.gaps("plain")) == 2
    assert loopback.log.of("trs") == []


def test_the_log_counts_connections_and_requests_at_once(loopback: Loopback) -> None:
    start = loopback.starts("plain")[0]
    loopback.fault("plain", "slow", seconds=0.3)
    threads = [threading.Thread(target=ask, args=(start,)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert loopback.log.most_busy("plain") == 3
    assert loopback.log.most_connections("plain") >= 3
    assert loopback.log.most_busy("trs") == 0


def test_a_connection_serves_many_requests(loopback: Loopback) -> None:
    connection = connected(loopback.url("vsb"))
    for method in ("GET", "HEAD", "GET"):
        connection.request(method, "/sfj/fzzfjs.htm")
        answer = connection.getresponse()
        assert (answer.status, len(answer.read()) > 0) == (200, method == "GET")
    connection.close()
    assert len({each.connection for each in loopback.log.of("vsb")}) == 1
    assert loopback.log.most_connections("vsb") == 1
    assert [each.sent > 0 for each in loopback.log.of("vsb")] == [True, False, True]


def test_there_may_be_many_small_sites() -> None:
    with Loopback(more=50) as own:
        keys = [key for key in own.sites if key.startswith("many-")]
        assert len({own.bases[key] for key in keys}) == 50
        assert {len(ask(own.starts(key)[0]).links) for key in keys} == {10}
        assert {entry.status for entry in own.log} == {200}


def test_the_portal_shows_and_switches(loopback: Loopback) -> None:
    portal, start = loopback.url(PORTAL), loopback.starts("trs")[0]
    assert loopback.url("ucap", "") in ask(portal).text
    assert ask(f"{portal}fault", form={"site": "trs", "name": "too-many", "times": "1"}).status == 200
    assert ask(f"{portal}fault", form={"site": "trs", "name": "nothing"}).status == 400
    assert [ask(start).status for _ in range(2)] == [429, 200]
    ask(f"{portal}fault", form={"site": "trs", "name": "emptied"})
    assert ask(start).links == []
    ask(f"{portal}mend", method="POST")
    assert len(ask(start).links) > 0
    told = [json.loads(line) for line in ask(f"{portal}log").text.splitlines()]
    assert [each["status"] for each in told if each["site"] == "trs"] == [429, 200, 200, 200]
    ask(f"{portal}reset", method="POST")
    assert loopback.log.of("trs") == []


def test_it_runs_from_the_command_line() -> None:
    command = [sys.executable, "-m", "tests.loopback", "--port", "0", "--fault", "vsb:forbidden:/info/"]
    with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        try:
            portal = running.stdout.readline().split()[0]
            lines = [running.stdout.readline().split() for _ in range(13)]
            bases = {line[0]: line[2] for line in lines}
            assert ask(f"{portal}").status == 200
            assert ask(f"{bases['vsb']}/info/1/1.htm").status == 403
            assert ask(f"{bases['vsb']}/sfj/fzzfjs.htm").status == 200
        finally:
            running.send_signal(signal.SIGTERM)
        assert running.wait(120) == 0


def test_the_addresses_are_given_back() -> None:
    begun = time.monotonic()
    with Loopback() as own:
        port = int(own.bases["trs"].rpartition(":")[2])
    with Loopback(port=port) as again:
        assert again.bases == own.bases
        assert ask(again.starts("trs")[0]).status == 200
    assert time.monotonic() - begun < 60


def test_all_sites_may_be_at_one_address() -> None:
    with Loopback(one_address=True) as own:
        places = {urlsplit(base).netloc for base in own.bases.values()}
        assert len(places) == 14
        assert {place.partition(":")[0] for place in places} == {"127.0.0.1"}
        assert ask(own.starts("vsb")[0]).status == ask(own.starts("trs")[0]).status == 200


def test_the_documentation_names_every_site_and_fault() -> None:
    told = (REPOSITORY / "docs" / "loopback-site.md").read_text(encoding="utf-8")
    assert [name for name in (*NAMES, *SITES) if f"`{name}`" not in told] == []
