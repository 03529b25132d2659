"""Hosts are left alone by night or day as set, and for hours after they refuse; it is kept, and told."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from loopback import Loopback, Part
from web_crawls import QUICK, Crawls, cause

from connectors.sources.website.answers import Raw
from connectors.sources.website.hosts import SHANGHAI, HostStanding, clock, today
from connectors.sources.website.robots import hours_problem, origin_of, rules_of
from connectors.sources.website.state import State
from connectors.sources.website.waits import is_time, retry_after


def hours_from(hours: int) -> str:
    """Return the hour that begins in so many hours and ends an hour later."""
    start = datetime.now(SHANGHAI) + timedelta(hours=hours)
    return f"{start:%H}:00-{start + timedelta(hours=1):%H}:00"


def host_of_site(crawls: Crawls, site: str) -> HostStanding:
    host = crawls.loopback.bases[site].removeprefix("http://").rpartition(":")[0]
    with closing(State(crawls.state)) as state:
        return state.hosts.standing(host)


def end_pauses(crawls: Crawls) -> None:
    with closing(sqlite3.connect(crawls.state)) as db:
        db.execute("UPDATE hosts SET rest_until = 1")
        db.commit()


def test_nothing_is_asked_outside_the_hours_that_are_set(loopback: Loopback, tmp_path: Path) -> None:
    by_night = replace(QUICK, hours=hours_from(3))
    crawls = Crawls(loopback, tmp_path, ["plain"], by_night)
    told = f"现在不在设置的采集时段，到时运行再接着采集（{by_night.hours}）"
    assert told in cause(crawls.run(2023))
    assert len(loopback.log) == 0
    # Not this hour alone: it may end meanwhile.
    began = datetime.now(SHANGHAI)
    hours = f"{began:%H}:00-{began + timedelta(hours=2):%H}:00"
    now = replace(crawls, manners=replace(QUICK, hours=hours))
    assert now.missed(now.run(2023), 2023) == set()


@pytest.mark.parametrize(("hours", "at"), [("", True), ("00:00-23:59", True), (-2, False), (2, False)])
def test_hours_are_beijings(hours: str | int, at: bool) -> None:
    assert is_time(hours if isinstance(hours, str) else hours_from(hours)) is at


def test_hours_may_go_past_midnight() -> None:
    now = datetime.now(SHANGHAI)
    before, after = now - timedelta(hours=1), now + timedelta(hours=1)
    assert is_time(f"{before:%H:%M}-{after:%H:%M}")
    assert not is_time(f"{after:%H:%M}-{before:%H:%M}")


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("forbidden", "被拦截：网站拒绝访问（状态码 403）"),
        ("verification-412", "被拦截：网站要求验证，没有显示内容（状态码 412）"),
        ("verification-521", "被拦截：网站要求验证，没有显示内容（状态码 521）"),
        ("too-many", "网站没有正常应答（状态码 429）"),
    ],
)
def test_a_host_that_refuses_is_left_alone_for_six_hours(
    loopback: Loopback, tmp_path: Path, fault: str, told: str
) -> None:
    crawls = Crawls(loopback, tmp_path, ["plain"])
    loopback.fault("plain", fault, part=Part.PAGE, after=1)
    first = cause(crawls.run())
    standing = host_of_site(crawls, "plain")
    left = standing.rest_until - datetime.now(SHANGHAI).timestamp()
    assert 5 * 3600 < left <= 6 * 3600
    until = f"{told}，{clock(standing.rest_until)} 以前不再请求（还有 "
    assert until in first
    assert first.count(told) == 1
    refused = [each for each in loopback.log.of("plain") if each.status >= 400]
    assert len(refused) == (4 if fault == "too-many" else 1)

    loopback.mend()
    loopback.log.clear()
    assert until in cause(crawls.run())
    assert len(loopback.log) == 0
    end_pauses(crawls)
    filings = crawls.run()
    assert crawls.missed(filings) == set()
    assert cause(filings) == ""


def test_a_page_that_is_always_refused_keeps_no_other_from_being_asked(
    loopback: Loopback, tmp_path: Path
) -> None:
    crawls = Crawls(loopback, tmp_path, ["plain"])
    refused = min(each.url for each in loopback.listed() if each.site == "plain")
    loopback.fault("plain", "forbidden", path=refused.removeprefix(loopback.bases["plain"]))
    for _ in range(2):
        filings = crawls.run()
        end_pauses(crawls)
    assert crawls.missed(filings) == set()
    with closing(State(crawls.state)) as state:
        wanted = {url: state.page(url) for url in crawls.wanted()}
    assert {url for url, page in wanted.items() if page is None or not page.sha256} == {refused}


def test_five_failures_in_a_row_are_a_pause_too(loopback: Loopback, tmp_path: Path) -> None:
    crawls = Crawls(loopback, tmp_path, ["plain"])
    loopback.fault("plain", "reset", part=Part.PAGE)
    told = cause(crawls.run())
    assert "连续 5 次没有得到应答，这次不再请求；网站没有正常应答：" in told
    assert host_of_site(crawls, "plain").rests
    loopback.log.clear()
    assert "连续 5 次没有得到应答" in cause(crawls.run())
    assert len(loopback.log) == 0


def test_a_state_of_before_grows_what_it_lacks(loopback: Loopback, tmp_path: Path) -> None:
    crawls = Crawls(loopback, tmp_path, ["plain"])
    crawls.run(2023)
    with closing(sqlite3.connect(crawls.state)) as db:
        for table, column in (("passes", "left_at"), ("asks", "tries"), ("hosts", "cause")):
            db.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        db.commit()
    assert crawls.missed(crawls.run(2023), 2023) == set()
    assert host_of_site(crawls, "plain").asked > 0
    assert len(today()) == 10


def test_a_robots_txt_that_stands_elsewhere_on_its_host_is_obeyed(loopback: Loopback, tmp_path: Path) -> None:
    loopback.fault("nfcms", "robots-moved", part=Part.ROBOTS, times=1)
    loopback.fault("nfcms", "robots-disallow", part=Part.ROBOTS, rule="/wtjd/")
    crawls = Crawls(loopback, tmp_path, ["nfcms"])
    assert "网站的 robots.txt 不允许采集" in cause(crawls.run())
    assert [each.target for each in loopback.log.of("nfcms")] == ["/robots.txt", "/robots.txt?at=home"]


def test_a_robots_txt_that_leads_round_and_round_allows_all(loopback: Loopback, tmp_path: Path) -> None:
    loopback.fault("nfcms", "robots-moved", part=Part.ROBOTS)
    crawls = Crawls(loopback, tmp_path, ["nfcms"])
    assert crawls.missed(crawls.run(2023), 2023) == set()
    assert [each.path for each in loopback.log.of("nfcms")].count("/robots.txt") == 6


def test_the_day_s_budget_ends_tries_too(loopback: Loopback, tmp_path: Path) -> None:
    loopback.fault("nfcms", "server-error", part=Part.LIST)
    crawls = Crawls(loopback, tmp_path, ["nfcms"], replace(QUICK, daily=3))
    assert "今天对这个网站的请求已达上限" in cause(crawls.run())
    assert [each.path == "/robots.txt" for each in loopback.log] == [True, False, False]
    only = replace(crawls, folder=tmp_path / "only", manners=replace(QUICK, daily=1))
    only.folder.mkdir()
    loopback.log.clear()
    assert "今天对这个网站的请求已达上限" in cause(only.run())
    assert [each.path for each in loopback.log] == ["/robots.txt"]


def test_each_scheme_and_port_has_a_robots_txt_of_its_own() -> None:
    assert origin_of("http://a.cn:8080/x?y") == "http://a.cn:8080"
    assert len({origin_of(url) for url in ("http://a.cn/x", "https://a.cn/x", "http://a.cn:8080/")}) == 3


def test_hours_of_robots_txt_are_looked_at_whenever_something_is_asked_for() -> None:
    now = datetime.now(UTC)
    hours = [f"{now + timedelta(hours=each):%H%M}" for each in (-2, -1, 1)]
    told = {
        hours_problem(rules_of(Raw(200, (), f"User-agent: *\nVisit-time: {span}\n".encode())))[:21]
        for span in (f"{hours[0]}-{hours[1]}", f"{hours[1]}-{hours[2]}")
    }
    assert told == {"", "现在不在 robots.txt 允许的时段"}


def test_a_wait_that_is_no_number_is_none() -> None:
    assert retry_after(Raw(429, (("retry-after", "²"),))) == 0
    assert retry_after(Raw(429, (("retry-after", "Mon, 99 Foo 2026"),))) == 0
    assert retry_after(Raw(429, (("retry-after", "7"),))) == 7
