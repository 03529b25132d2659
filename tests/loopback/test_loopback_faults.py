"""Each fault is what it says, seen with a plain client."""

from __future__ import annotations

import gzip
import http.client
import time
import zlib
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import pytest

from . import NAMES, Loopback, Part
from .client import Got, ask, follow, links_of
from .faults import ACTS, VIEWS

SITE = "nfcms"


@pytest.fixture
def start(loopback: Loopback) -> str:
    return loopback.starts(SITE)[0]


@pytest.fixture
def report(loopback: Loopback) -> str:
    return next(each.url for each in loopback.listed() if each.site == SITE)


def asked_again(url: str, *names: str) -> Got:
    """Ask a second time, with the validators of the first answer, all or those named."""
    first = ask(url).headers
    own = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
    return ask(url, headers={own[name]: first[name] for name in names or own if name in first})


def test_what_has_not_changed_is_304(report: str, start: str) -> None:
    for url in (report, start):
        assert asked_again(url).status == 304
        assert asked_again(url, "etag").status == 304
        assert asked_again(url, "last-modified").status == 304
    assert ask(report, headers={"If-None-Match": '"other"'}).status == 200
    assert asked_again(report).body == b""


def test_validators_may_be_one_or_none_or_lie(loopback: Loopback, report: str) -> None:
    loopback.fault(SITE, "etag-only", path=urlsplit(report).path, times=1)
    assert {"etag", "last-modified"} & set(ask(report).headers) == {"etag"}
    loopback.fault(SITE, "last-modified-only", times=1)
    assert {"etag", "last-modified"} & set(ask(report).headers) == {"last-modified"}
    loopback.fault(SITE, "no-validators", times=1)
    assert not {"etag", "last-modified"} & set(ask(report).headers)
    loopback.fault(SITE, "stale")
    assert ask(report, headers={"If-None-Match": '"never seen"'}).status == 304
    assert ask(report).status == 200


@pytest.mark.parametrize(
    ("name", "status"),
    [("too-many", 429), ("unavailable", 503), ("server-error", 500), ("bad-gateway", 502), ("forbidden", 403),
     ("gone", 404)],
)  # fmt: skip
def test_refusals_pass_after_a_while(loopback: Loopback, report: str, name: str, status: int) -> None:
    loopback.fault(SITE, name, times=2, after=1)
    assert [ask(report).status for _ in range(4)] == [200, status, status, 200]
    assert [entry.fault for entry in loopback.log.of(SITE)] == ["", name, name, ""]


def test_retry_after_is_in_seconds_or_a_time(loopback: Loopback, report: str) -> None:
    loopback.fault(SITE, "too-many", times=1, retry_after=3)
    assert ask(report).headers["retry-after"] == "3"
    loopback.fault(SITE, "unavailable", times=1, retry_after="@30")
    asked = time.time()
    until = parsedate_to_datetime(ask(report).headers["retry-after"]).timestamp()
    # To whole seconds.
    assert asked + 29 <= until <= time.time() + 30


def test_faults_befall_the_part_and_path_that_they_are_meant_for(
    loopback: Loopback, start: str, report: str
) -> None:
    loopback.fault(SITE, "server-error", part=Part.LIST)
    assert (ask(start).status, ask(report).status, ask(loopback.url("vsb")).status) == (500, 200, 200)
    loopback.mend()
    loopback.fault(SITE, "server-error", path=urlsplit(report).path)
    assert (ask(start).status, ask(report).status) == (200, 500)
    assert ask(loopback.url(SITE, "/robots.txt")).status == 200


def test_an_answer_may_be_slow_or_drip(loopback: Loopback, report: str) -> None:
    loopback.fault(SITE, "slow", times=1, seconds=0.3)
    begun = time.monotonic()
    whole = ask(report).body
    assert 0.3 <= time.monotonic() - begun < 60
    loopback.fault(SITE, "drip", times=1, seconds=0.02, bytes=len(whole) // 10)
    begun = time.monotonic()
    assert ask(report).body == whole
    assert 0.2 <= time.monotonic() - begun < 60


@pytest.mark.parametrize("name", ["cut-off", "cut-chunks"])
def test_a_body_may_be_cut_off(loopback: Loopback, report: str, name: str) -> None:
    loopback.fault(SITE, name, times=1)
    with pytest.raises(http.client.IncompleteRead) as caught:
        ask(report)
    whole = ask(report).body
    assert whole.startswith(caught.value.partial)
    assert 0 < len(caught.value.partial) < len(whole)


def test_a_length_may_be_too_short(loopback: Loopback, report: str) -> None:
    loopback.fault(SITE, "short-length", times=1)
    cut = ask(report)
    whole = ask(report).body
    assert len(cut.body) == int(cut.headers["content-length"]) == len(whole) // 2


def test_a_connection_may_be_broken_off(loopback: Loopback, report: str) -> None:
    loopback.fault(SITE, "reset", times=1)
    with pytest.raises(ConnectionError):
        ask(report)
    assert ask(report).status == 200
    assert [entry.status for entry in loopback.log.of(SITE)] == [0, 200]


def test_a_bomb_is_small_and_unpacks_to_much(loopback: Loopback, report: str) -> None:
    loopback.fault(SITE, "gzip-bomb", megabytes=50)
    got = ask(report)
    assert got.headers["content-encoding"] == "gzip"
    assert len(got.body) < 100_000
    unpacker, total = zlib.decompressobj(31), 0
    piece = unpacker.decompress(got.body, 1 << 20)
    while piece:
        total += len(piece)
        piece = unpacker.decompress(unpacker.unconsumed_tail, 1 << 20)
    assert total == 50 << 20


def test_gzip_may_come_unasked_or_broken(loopback: Loopback, report: str) -> None:
    plain = ask(report).body
    loopback.fault(SITE, "unasked-gzip", times=1)
    assert gzip.decompress(ask(report).body) == plain
    loopback.fault(SITE, "broken-gzip", times=1)
    with pytest.raises((zlib.error, gzip.BadGzipFile, EOFError)):
        gzip.decompress(ask(report).body)


def test_a_page_may_go_on_and_on(loopback: Loopback, report: str) -> None:
    loopback.fault(SITE, "huge", megabytes=3)
    got = ask(report)
    assert "content-length" not in got.headers
    assert len(got.body) == 3 << 20


@pytest.mark.parametrize("name", ["redirect-loop", "redirect-chain", "cookie-wall"])
def test_redirects_may_lead_nowhere(loopback: Loopback, report: str, name: str) -> None:
    loopback.fault(SITE, name)
    with pytest.raises(RuntimeError, match="too many"):
        follow(report)
    targets = set(loopback.log.targets(SITE))
    assert len(targets) == {"redirect-loop": 2, "redirect-chain": 10, "cookie-wall": 1}[name]


def test_redirects_may_lead_inside_and_to_files(loopback: Loopback, report: str) -> None:
    loopback.fault(SITE, "redirect-inner", times=1)
    assert ask(report).headers["location"] == loopback.url("inner", "/manage/")
    assert loopback.log.of("inner") == []
    assert ask(loopback.url("inner", "/manage/")).status == 200
    assert len(loopback.log.of("inner")) == 1
    loopback.fault(SITE, "redirect-file", times=1)
    assert ask(report).headers["location"] == "file:///etc/passwd"


def test_a_site_may_want_its_cookie_back(loopback: Loopback, report: str) -> None:
    loopback.fault(SITE, "cookie-once")
    assert ask(report).status == 302
    assert follow(report) == [report, report]


@pytest.mark.parametrize(
    ("name", "status", "told"),
    [("verification", 200, "安全验证"), ("verification-412", 412, "$_ts"), ("verification-521", 521, "__jsl"),
     ("soft-404", 200, "页面不存在"), ("moved-notice", 200, "本网站已迁移至新域名")],
)  # fmt: skip
def test_pages_in_place_of_what_was_asked(
    loopback: Loopback, report: str, name: str, status: int, told: str
) -> None:
    loopback.fault(SITE, name)
    got = ask(report)
    assert got.status == status
    assert told in got.text
    assert "法治政府" not in got.text


def test_a_site_may_have_moved(loopback: Loopback) -> None:
    loopback.fault("trs", "moved")
    start = loopback.starts("trs")[0]
    got = ask(start)
    assert got.status == 301
    assert got.headers["location"] == start.replace(loopback.bases["trs"], loopback.bases["newhome"])
    assert len(links_of("trs", got.headers["location"])) > 10


def test_a_header_may_lie_about_the_charset(loopback: Loopback, report: str) -> None:
    loopback.fault(SITE, "lying-charset", charset="big5")
    assert ask(report).headers["content-type"] == "text/html; charset=big5"


@pytest.mark.parametrize(
    ("name", "options", "told"),
    [("robots-disallow", {}, "Disallow: /\n"), ("robots-disallow", {"rule": "/info/"}, "Disallow: /info/\n"),
     ("robots-delay", {"seconds": 7}, "Crawl-delay: 7\n"), ("robots-page", {}, "<html"),
     ("robots-window", {"hours": "1200-2300"}, "Visit-time: 1200-2300\n")],
)  # fmt: skip
def test_robots(loopback: Loopback, name: str, options: dict[str, str], told: str) -> None:
    loopback.fault(SITE, name, **options)
    got = ask(loopback.url(SITE, "/robots.txt"))
    assert got.status == 200
    assert told in got.text
    assert ask(loopback.starts(SITE)[0]).status == 200


@pytest.mark.parametrize(("name", "status"), [("robots-missing", 404), ("robots-error", 503)])
def test_robots_may_be_missing_or_out_of_order(loopback: Loopback, name: str, status: int) -> None:
    loopback.fault(SITE, name)
    assert ask(loopback.url(SITE, "/robots.txt")).status == status


def test_faults_go_when_they_are_switched_off(loopback: Loopback, start: str) -> None:
    for name in NAMES:
        loopback.fault(SITE, name)
    loopback.mend()
    assert ask(start).status == 200
    assert len(links_of("nfcms", start)) > 20


def test_a_fault_that_is_not_known_is_refused(loopback: Loopback) -> None:
    with pytest.raises(ValueError, match="no fault 'flood'"):
        loopback.fault(SITE, "flood")
    with pytest.raises(ValueError, match="no site 'nowhere'"):
        loopback.fault("nowhere", "gone")
    assert not set(ACTS) & set(VIEWS)
