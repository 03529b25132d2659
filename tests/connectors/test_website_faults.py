"""Whatever a site does, its row says why reports are missing, and nothing is asked that must not be."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from loopback import Loopback, Part
from web_crawls import QUICK, Crawls, caught, cause

from connectors.sources import website
from connectors.sources.website.answers import Pairs, Raw
from connectors.sources.website.child import refuse_private
from connectors.sources.website.collecting import Collector
from connectors.sources.website.fetching import Fetcher
from connectors.sources.website.state import State
from connectors.sources.website.unpacking import DamagedError, TooLargeError, unpacked
from nianbao.archive import Archive
from nianbao.sites import read_sites
from nianbao.sites.addresses import is_private

NOTHING = "应有 1 个单位的报告，一份也没有找到；"
AWAY = "网站可能已迁移：跳转到配置以外的地址 "
TOLD = {
    "verification": f"{NOTHING}被拦截：网站要求验证，没有显示内容",
    "verification-412": f"{NOTHING}被拦截：网站要求验证，没有显示内容（状态码 412）",
    "verification-521": f"{NOTHING}被拦截：网站要求验证，没有显示内容（状态码 521）",
    "forbidden": f"{NOTHING}被拦截：网站拒绝访问（状态码 403）",
    "gone": f"{NOTHING}页面不存在，栏目可能已撤销或迁移（状态码 404）",
    "server-error": f"{NOTHING}网站没有正常应答（状态码 500）",
    "accepted": f"{NOTHING}网站没有正常应答（状态码 202）",
    "blank": f"{NOTHING}列表是空的",
    "moved": f"{NOTHING}{AWAY}",
    "moved-notice": f"{NOTHING}网站可能已迁移",
    "soft-404": f"{NOTHING}页面不存在，栏目可能已撤销或迁移",
    "emptied": f"{NOTHING}列表是空的",
    "redesigned": f"{NOTHING}列表页可能已改版：找不到列表的行",
    "scripted": f"{NOTHING}列表页由脚本生成，需要浏览器才能显示",
    "redirect-inner": f"{NOTHING}{AWAY}",
    "redirect-file": f"{NOTHING}{AWAY}file:///etc/passwd",
    "redirect-loop": f"{NOTHING}网页反复跳转，超过 5 次",
    "redirect-chain": f"{NOTHING}网页反复跳转，超过 5 次",
    "cookie-wall": f"{NOTHING}网页反复跳转，超过 5 次",
    "gzip-bomb": f"{NOTHING}内容超过 5 MB，没有下载",
    "huge": f"{NOTHING}内容超过 5 MB，没有下载",
    "broken-gzip": f"{NOTHING}网站没有正常应答：内容损坏或不完整",
    "cut-off": f"{NOTHING}网站没有正常应答：内容不完整",
    "cut-chunks": f"{NOTHING}网站没有正常应答：内容不完整",
    "robots-disallow": f"{NOTHING}网站的 robots.txt 不允许采集",
    "robots-error": f"{NOTHING}读不到 robots.txt（状态码 503），这次不采集（还有 1 个地址没有采集）",
    "repeating": "列表翻页后总是同一页，后面的没有见到",
    "capped": "列表没有显示完整：第一页以后页面不存在，栏目可能已撤销或迁移（状态码 404）",
    "stubbed": "列表没有显示完整：后面的列表页是空的",
    "short-length": f"{NOTHING}有的网页没有结尾，可能没有传完整",
    "looping": "",
    "unasked-gzip": "",
    "lying-charset": "",
    "cookie-once": "",
    "robots-missing": "",
    "robots-page": "",
    "stale": "",
}


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Loopback, dict[str, str]]]:
    """A county of which every town's site has another fault, collected once; what is said of each."""
    with Loopback(more=len(TOLD) + 1) as own:
        keys = {f"many-{number:02d}": fault for number, fault in enumerate(TOLD, 1)}
        for key, fault in keys.items():
            own.fault(key, fault, **({"charset": "big5"} if fault == "lying-charset" else {}))
        sound = f"many-{len(TOLD) + 1:02d}"
        filings = Crawls(own, tmp_path_factory.mktemp("faulty"), [*keys, sound]).run()
        said = {}
        for key, fault in {**keys, sound: "none"}.items():
            said[fault] = cause([each for each in filings if f" {key}" in each.name])
        yield own, said


@pytest.mark.parametrize("fault", TOLD)
def test_a_site_that_shows_no_reports_says_why(faulty: tuple[Loopback, dict[str, str]], fault: str) -> None:
    _, said = faulty
    assert said[fault].startswith(TOLD[fault])
    assert bool(said[fault]) is bool(TOLD[fault])


def test_nothing_is_asked_that_must_not_be(faulty: tuple[Loopback, dict[str, str]]) -> None:
    own, said = faulty
    assert said["none"] == ""
    assert own.log.of("inner") == own.log.of("newhome") == own.log.of("outside") == []
    for number in range(1, len(TOLD) + 2):
        assert own.log.most_busy(f"many-{number:02d}") == 1
        assert len(own.log.of(f"many-{number:02d}")) < 40


def test_the_other_sites_go_on(loopback: Loopback, tmp_path: Path) -> None:
    loopback.fault("nfcms", "verification")
    crawls = Crawls(loopback, tmp_path, ["nfcms", "jpage"])
    filings = crawls.run()
    assert "要求验证" in cause(filings)
    assert {each.site for each in loopback.listed() if each.url in crawls.missed(filings)} == {"nfcms"}


def test_too_few_reports_are_told(loopback: Loopback, tmp_path: Path) -> None:
    crawls = Crawls(loopback, tmp_path, ["plain"])
    loopback.fault(
        "plain", "gone", part=Part.LIST, path=f"/{loopback.sites['plain'].columns[0].issuer.slug}/"
    )
    filings = crawls.run(2023)
    expected = len({column.issuer for column in loopback.sites["plain"].columns})
    assert cause(filings).startswith(f"应有 {expected} 个单位的报告，只找到 ")
    assert cause(filings).endswith("页面不存在，栏目可能已撤销或迁移（状态码 404）")


def test_a_page_that_can_t_be_had_is_a_row(loopback: Loopback, tmp_path: Path) -> None:
    report = next(each for each in loopback.listed() if each.site == "nfcms" and each.paper.in_page)
    loopback.fault("nfcms", "gone", path=report.url.removeprefix(loopback.bases["nfcms"]))
    crawls = Crawls(loopback, tmp_path, ["nfcms"])
    filings = crawls.run()
    assert crawls.missed(filings) == set()
    failed = [filing for filing in filings if not website.stamp(filing)]
    assert len(failed) == 1
    with caught() as told:
        website.fetch_report(failed[0])
    assert told == ["页面不存在，栏目可能已撤销或迁移（状态码 404）"]


@pytest.mark.parametrize(
    ("fault", "told"),
    [("accepted", "网站没有正常应答（状态码 202）"), ("blank", "网站没有正常应答：内容是空的")],
)
def test_a_page_without_content_does_not_take_the_place_of_what_was_had(
    loopback: Loopback, tmp_path: Path, fault: str, told: str
) -> None:
    crawls = Crawls(loopback, tmp_path, ["nfcms"])
    report = next(each for each in loopback.listed() if each.site == "nfcms" and each.paper.in_page)
    loopback.fault("nfcms", fault, path=report.url.removeprefix(loopback.bases["nfcms"]))
    (failed,) = [filing for filing in crawls.run() if not website.stamp(filing)]
    with caught() as causes:
        website.fetch_report(failed)
    assert causes == [told]
    loopback.mend()
    before = {each.uri: website.stamp(each) for each in crawls.run()}
    assert all(before.values())
    loopback.fault("nfcms", fault, path=report.url.removeprefix(loopback.bases["nfcms"]))
    after = {each.uri: website.stamp(each) for each in crawls.run()}
    assert {uri: after[uri] for uri in before} == before


def test_a_page_of_refusal_in_place_of_a_file_is_no_file(loopback: Loopback, tmp_path: Path) -> None:
    loopback.fault("vsb", "verification", part=Part.FILE)
    filings = Crawls(loopback, tmp_path, ["vsb"]).run()
    failed = [filing for filing in filings if not website.stamp(filing)]
    assert failed
    for filing in failed:
        with caught() as told:
            website.fetch_report(filing)
        assert "要求验证" in told[0]


def test_it_waits_as_long_as_it_is_told(loopback: Loopback, tmp_path: Path) -> None:
    loopback.fault("jpage", "too-many", times=1, retry_after=2)
    crawls = Crawls(loopback, tmp_path, ["jpage"])
    assert crawls.missed(crawls.run(2023), 2023) == set()
    refused = [number for number, each in enumerate(loopback.log.of("jpage")) if each.status == 429]
    assert len(refused) == 1
    assert loopback.log.gaps("jpage")[refused[0]] >= 2


def test_a_host_that_asks_for_hours_is_left_alone_and_gone_on_with_later(
    loopback: Loopback, tmp_path: Path
) -> None:
    loopback.fault("jpage", "unavailable", part=Part.PAGE, after=1, times=1, retry_after=7200)
    crawls = Crawls(loopback, tmp_path, ["jpage"])
    assert "网站要求稍后再来，下次运行接着采集，" in cause(crawls.run())
    asked = len(loopback.log)
    assert "网站要求稍后再来" in cause(crawls.run())
    assert len(loopback.log) == asked


def test_a_crawl_delay_is_kept(loopback: Loopback, tmp_path: Path) -> None:
    loopback.fault("jpage", "robots-delay", seconds=0.25)
    Crawls(loopback, tmp_path, ["jpage"]).run(2023)
    assert min(loopback.log.gaps("jpage")) >= 0.25


def test_the_usual_delay_varies(loopback: Loopback, tmp_path: Path) -> None:
    Crawls(loopback, tmp_path, ["nfcms"], replace(QUICK, delay=0.2)).run(2023)
    gaps = loopback.log.gaps("nfcms")
    assert min(gaps) >= 0.1
    assert max(gaps) - min(gaps) > 0.02


def test_a_day_s_budget_is_kept_and_the_rest_is_asked_another_day(loopback: Loopback, tmp_path: Path) -> None:
    crawls = Crawls(loopback, tmp_path, ["nfcms"], replace(QUICK, daily=5))
    assert "今天对这个网站的请求已达上限" in cause(crawls.run())
    assert len(loopback.log) == 5
    crawls.run()
    assert len(loopback.log) == 5
    more = replace(crawls, manners=QUICK)
    filings = more.run()
    assert more.missed(filings) == set()
    assert cause(filings) == ""
    targets = [each.target for each in loopback.log if each.path != "/robots.txt"]
    assert len(targets) == len(set(targets))


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "192.168.1.1", "169.254.169.254", "::1", "fe80::1", "0.0.0.0"),
        *("::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "224.0.0.1", "ff0e::1"),
    ],
)
def test_inner_addresses_are_not_connected_to(address: str) -> None:
    assert is_private(address)
    with pytest.raises(OSError, match="内网地址"):
        refuse_private(address)


def test_public_addresses_are() -> None:
    assert refuse_private("1.1.1.1") == "1.1.1.1"
    assert not is_private("64:ff9b::101:101")
    assert not is_private("www.lanxi.example.cn")


def test_what_is_packed_is_unpacked_to_its_end_or_not_at_all() -> None:
    import gzip
    import zlib

    text = "法治政府建设".encode() * 500
    packed = gzip.compress(text)
    assert unpacked(packed, "gzip", len(text)) == text
    assert unpacked(zlib.compress(text), "deflate", len(text)) == text
    assert unpacked(text, "", 1) == text
    with pytest.raises(TooLargeError):
        unpacked(packed, "gzip", len(text) - 1)
    for broken in (packed[:-9], b"x" + packed, text):
        with pytest.raises(DamagedError):
            unpacked(broken, "gzip", len(text))


HOSTILE = """region: "431299"
name: 岚溪县
sites:
  - name: 公开网
    family: ucap
    start: ["http://127.0.0.1:9/a/list.shtml", "http://127.0.0.1:9/b/list.shtml"]
    allow_private: true
"""


def test_a_page_that_our_own_code_stumbles_over_costs_itself_alone(tmp_path: Path) -> None:
    asked: list[str] = []

    async def download(url: str, headers: Pairs, body: bytes) -> Raw:
        asked.append(url)
        rows = "9" * 5_000 if "/a/" in url else "0"
        return Raw(
            200, (), f"<html><script>createPageHTML('p', 1, 1,'list','shtml',{rows})</script></html>".encode()
        )

    site = read_sites(HOSTILE, "x.yml").sites[0]
    state = State(tmp_path / "crawl.db")
    archive = Archive(tmp_path / "archive")
    fetcher = Fetcher(download, state, archive, QUICK)
    asyncio.run(Collector(site, "x", None, fetcher, state, archive).collect())
    last = state.history.last("x", 0)
    assert last is not None
    assert state.left(last) == 0
    assert "处理时程序出错：ValueError" in "；".join(state.causes(last))
    state.close()
    assert [url.rpartition("9")[2] for url in asked] == ["/robots.txt", "/a/list.shtml", "/b/list.shtml"]
