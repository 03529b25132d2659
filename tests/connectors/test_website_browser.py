"""Lists that a script alone shows are collected by the system's Chromium, which asks nothing on its own."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from threading import Event, Thread

import psutil
import pytest
from loopback import Kind, Loopback, Part
from web_crawls import QUICK, Crawls, cause

from connectors.sources import website
from connectors.sources.website.browser import Browser
from connectors.sources.website.standing import standings
from nianbao import Filing
from nianbao.sites import load_sites
from nianbao.sites.standing import SiteState

pytestmark = pytest.mark.usefixtures("chromium")

MANNERS = replace(QUICK, contact="mailto:clerk@lanxi.example.cn")
BUSY = "shown-busy"
WHOLE = ("shown-next", "shown-more", "shown-scroll", "shown-frame", "shown-leaving")
NOTHING = "应有 1 个单位的报告，一份也没有找到；"
TROUBLED = {
    "shown-elsewhere": f"{NOTHING}网页要从配置以外的地址取内容（",
    BUSY: f"{NOTHING}列表没有显示完整：网页的脚本超过 6 秒没有完成",
    "shown-asking": "列表没有显示完整：网页不停地发出请求，到 30 次为止",
}
SITES = (*WHOLE, *TROUBLED, "script")


@dataclass(frozen=True, slots=True)
class Collected:
    """The sites, the crawls of them, and what the first came home with."""

    own: Loopback
    crawls: Crawls
    filings: list[Filing]

    def missed(self, site: str, filings: list[Filing] | None = None) -> set[str]:
        told = {fact.value for filing in filings or self.filings for fact in filing.facts}
        return {url for _, paper, url in self.own.sites[site].addresses() if paper.kind is Kind.REPORT} - told

    def said(self, site: str) -> str:
        return cause([each for each in self.filings if f" {site}" in each.name])


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory, chromium: Path) -> Iterator[Collected]:
    """A county of such sites, collected once."""
    with Loopback(scripted=True) as own:
        sites = [site for site in SITES if site != BUSY]
        crawls = Crawls(own, tmp_path_factory.mktemp("shown"), sites, MANNERS)
        filings = crawls.run()
        # What never comes to an end has its own bound.
        busy = Crawls(own, tmp_path_factory.mktemp("busy"), [BUSY], replace(MANNERS, seconds=6))
        yield Collected(own, crawls, [*filings, *busy.run()])
        assert own.log.errors == []


@pytest.mark.parametrize("site", [*WHOLE, "script"])
def test_a_list_is_followed_to_its_end(shown: Collected, site: str) -> None:
    assert shown.missed(site) == set()
    assert shown.said(site) == ""


@pytest.mark.parametrize("site", TROUBLED)
def test_a_list_that_does_not_end_or_stands_elsewhere_is_told(shown: Collected, site: str) -> None:
    assert shown.said(site).startswith(TROUBLED[site])


def test_what_was_shown_before_a_page_asked_without_end_is_kept(shown: Collected) -> None:
    assert shown.missed("shown-asking") == set()


def test_every_request_of_a_page_is_one_of_the_crawl(shown: Collected) -> None:
    log = shown.own.log
    assert log.of("inner") == log.of("outside") == []
    for site in SITES:
        assert log.most_busy(site) == 1
        assert log.targets(site)[0] == "/robots.txt"
    asked = {each.target for site in SITES for each in log.of(site)}
    assert {"/static/list.js", "/api/rows?page=2", "/api/frame.html"} < asked
    # Refused by robots.txt, of no use for a list, or no page's to ask for.
    assert not asked & {"/manage/secret", "/manage/events", "/static/site.css", "/static/logo.png"}
    assert not asked & {"/popup.html", "/files/all.zip", "/worker.js"}
    # What a list leads to is not shown by the browser: its scripts do not run.
    assert "/static/page.js" not in asked
    assert {each.headers["user-agent"] for each in log} == {MANNERS.agent}
    assert all("made=" not in each.headers.get("cookie", "") for each in log)


def test_what_a_script_says_in_its_requests_is_said(shown: Collected) -> None:
    posted = [each for each in shown.own.log.of("shown-more") if each.method == "POST"]
    assert {each.headers["content-type"] for each in posted} == {"application/json"}
    asked = [each for each in shown.own.log.of("shown-next") if each.path == "/api/rows"]
    assert {each.headers["x-requested-with"] for each in asked} == {"XMLHttpRequest"}
    assert all(each.headers["referer"].startswith(shown.own.starts("shown-next")[0]) for each in asked)


def test_what_was_shown_is_asked_again_under_conditions(shown: Collected) -> None:
    shown.own.log.clear()
    crawls = replace(shown.crawls, sites=("shown-next",))
    # The state knows a site by its name, which is the same.
    assert shown.missed("shown-next", crawls.run()) == set()
    plainly = {each.path for each in shown.own.log if not each.is_conditional}
    assert plainly == {"/api/rows", "/robots.txt"}
    assert {each.status for each in shown.own.log if each.is_conditional} == {304}


def test_an_interface_that_fails_half_way_is_told(shown: Collected, tmp_path: Path) -> None:
    shown.own.fault("shown-more", "gone", part=Part.DATA, after=2)
    filings = Crawls(shown.own, tmp_path, ["shown-more"], MANNERS).run()
    shown.own.mend()
    assert cause(filings) == "列表没有显示完整：网站没有正常应答（状态码 404）"


def test_robots_txt_holds_for_what_a_page_asks_for(shown: Collected, tmp_path: Path) -> None:
    shown.own.fault("shown-next", "robots-disallow", rule="/api/")
    shown.own.log.clear()
    filings = Crawls(shown.own, tmp_path, ["shown-next"], MANNERS).run()
    shown.own.mend()
    assert cause(filings) == f"{NOTHING}网站的 robots.txt 不允许采集"
    assert [each.path for each in shown.own.log] == ["/robots.txt", "/m01/fzzfjs/", "/static/list.js"]


def test_a_page_s_requests_count_in_the_day_s_budget(shown: Collected, tmp_path: Path) -> None:
    crawls = Crawls(shown.own, tmp_path, ["shown-next"], replace(MANNERS, daily=5))
    shown.own.log.clear()
    assert "今天对这个网站的请求已达上限" in cause(crawls.run())
    assert len(shown.own.log) == 5
    filings = replace(crawls, manners=MANNERS).run()
    assert cause(filings) == ""
    assert shown.missed("shown-next", filings) == set()


def test_the_delay_holds_for_a_page_s_requests(shown: Collected, tmp_path: Path) -> None:
    shown.own.log.clear()
    Crawls(shown.own, tmp_path, ["shown-next"], replace(MANNERS, delay=0.2)).run(2023)
    assert min(shown.own.log.gaps("shown-next")) >= 0.1


@pytest.mark.parametrize(
    ("program", "told"),
    [
        (
            "/nowhere/chromium",
            "没有找到设置 web_browser 所指的程序 /nowhere/chromium；请安装 Chromium（Debian：",
        ),
        (shutil.which("true"), "启动不了（"),
    ],
)
def test_without_a_browser_its_site_alone_is_left_out(
    shown: Collected, tmp_path: Path, program: str, told: str
) -> None:
    shown.own.log.clear()
    crawls = Crawls(shown.own, tmp_path, ["script", "nfcms"], replace(MANNERS, browser=program))
    filings = crawls.run(2023)
    assert f"{NOTHING}列表要用浏览器显示，没有采集：" in cause(filings)
    assert told in cause(filings)
    assert shown.own.log.of("script") == []
    state = standings(load_sites(crawls.profile), crawls.state, 500)[0].state
    assert state is SiteState.SCRIPTED
    assert all(website.stamp(each) for each in filings if "（站点）" not in each.name)
    assert shown.missed("nfcms", crawls.run()) == set()


def test_without_the_extra_what_to_install_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "playwright", None)
    told = asyncio.run(Browser(QUICK).missing())
    assert told.startswith(
        "列表要用浏览器显示，没有采集：请先运行 pip install 'nianbao[web-js]'，并安装 Chromium"
    )


KILLED = """
import sys
from pathlib import Path
from connectors.sources.website.answers import Manners
from connectors.sources.website.crawl import crawl
from nianbao.sites import load_sites
profile = Path(sys.argv[1])
folder = profile.parent
manners = Manners(delay=0.3, daily=10_000)
crawl(load_sites(profile), profile, None, folder / "crawl.db", str(folder / "archive"), manners)
"""


def test_no_browser_outlives_a_killed_crawl(shown: Collected, tmp_path: Path) -> None:
    crawls = Crawls(shown.own, tmp_path, ["shown-asking"])
    crawls.write_profile()
    shown.own.log.clear()
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(crawls.profile)])
    _until(lambda: any(each.path == "/api/beat" for each in shown.own.log))
    # Not just any: beside this test, others have browsers of their own.
    below = psutil.Process(process.pid).children(recursive=True)
    mine = [each for each in below if _is_browser(each)]
    assert mine
    process.kill()
    process.wait()
    _until(lambda: not any(map(_is_browser, mine)))


@pytest.mark.long
@pytest.mark.parametrize("seed", range(3))
def test_a_browser_that_stands_still_at_times_shows_a_list_to_its_end(
    shown: Collected, tmp_path: Path, seed: int
) -> None:
    """As on a machine that has too much to do: what draws or runs scripts is stopped for a while."""
    chance, is_over, stops = Random(seed), Event(), []

    def stop_now_and_then() -> None:
        while not is_over.wait(chance.choice((0.05, 0.1, 0.3, 0.6))):
            kinds = chance.choice((("renderer",), ("renderer", "gpu-process"), ("",)))
            stopped = [each for each in psutil.Process().children(recursive=True) if _is_browser(each, kinds)]
            for each in stopped:
                with suppress(psutil.Error):
                    each.suspend()
            time.sleep(chance.choice((0.1, 0.3, 0.8, 2)))
            for each in stopped:
                with suppress(psutil.Error):
                    each.resume()
            stops.extend(stopped)

    thread = Thread(target=stop_now_and_then)
    thread.start()
    try:
        filings = Crawls(shown.own, tmp_path, ["shown-scroll"], MANNERS).run()
    finally:
        is_over.set()
        thread.join()
    assert stops
    assert shown.missed("shown-scroll", filings) == set()
    assert cause(filings) == ""


def _is_browser(process: psutil.Process, kinds: tuple[str, ...] = ()) -> bool:
    """Tell whether a process is Chromium's, alive, and of one of the kinds, where they are given."""
    try:
        words = process.cmdline()
        return "chromium" in "".join(words[:1]) and (
            not kinds or any(f"--type={kind}" in " ".join(words) for kind in kinds)
        )
    except psutil.Error:
        return False


def _until(holds: object) -> None:
    assert callable(holds)
    deadline = time.monotonic() + 120
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.1)
