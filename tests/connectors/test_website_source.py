"""The county's sites are collected whole, politely, once, and again only under conditions."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from loopback import Loopback, Part
from loopback.county import SITES
from web_crawls import QUICK, Crawls, cause

from connectors.sources import folder, website
from connectors.sources.website.state import State
from nianbao import FactName, SourceConfig, UsageError
from nianbao.sites import load_sites

SHOWN = [key for key in SITES if key != "script"]


def test_every_family_is_collected_whole_and_asked_again_under_conditions_alone(
    loopback: Loopback, tmp_path: Path
) -> None:
    crawls = Crawls(loopback, tmp_path, SHOWN)
    first = crawls.run()
    assert crawls.missed(first) == set()
    assert [cause([each]) for each in first if each.name.endswith("（站点）")] == []
    for key in SHOWN:
        assert loopback.log.most_busy(key) == 1
        targets = [
            (each.method, each.target, each.headers.get("content-length")) for each in loopback.log.of(key)
        ]
        assert len(targets) >= 5
    assert loopback.log.of("inner") == loopback.log.of("outside") == []
    for filing in first:
        download = website.fetch_report(filing)
        assert hashlib.sha256(download.data).hexdigest() == download.sha256
    stamps = [website.stamp(filing) for filing in first]
    assert all(stamps)

    asked_plainly = [
        e for e in loopback.log if e.method == "POST" or e.path == "/robots.txt" or _is_data(e.path)
    ]
    loopback.log.clear()
    assert crawls.run() == first
    assert [website.stamp(filing) for filing in first] == stamps
    again = list(loopback.log)
    assert {e.target for e in again if not e.is_conditional} == {e.target for e in asked_plainly}
    assert {e.status for e in again if e.is_conditional} == {304}


def _is_data(path: str) -> bool:
    return any(each in path for each in ("/getChannelList", "/searchList/", "/gkmlpt/api/", "/api-gateway/"))


def test_a_year_asks_for_its_reports_alone(loopback: Loopback, tmp_path: Path) -> None:
    crawls = Crawls(loopback, tmp_path, ["vsb"])
    filings = crawls.run(2023)
    assert crawls.missed(filings, 2023) == set()
    titles = [fact.value for filing in filings for fact in filing.facts if fact.name is FactName.TITLE]
    assert titles
    assert all("2023" in title for title in titles)


def test_what_a_list_told_of_a_report_is_kept(loopback: Loopback, tmp_path: Path) -> None:
    crawls = Crawls(loopback, tmp_path, ["trs"])
    filings = crawls.run(2023)
    for filing in filings:
        facts = {fact.name: fact.value for fact in reversed(filing.facts)}
        url = facts[FactName.URL]
        assert filing.uri.startswith(f"{url}#")
        assert facts[FactName.HOST] in url
        assert facts[FactName.PUBLISHED].startswith("20")
        assert "法治政府" in facts[FactName.TITLE]
        trail = [fact.value for fact in filing.facts if fact.origin == "trail"]
        assert trail[-1] in loopback.starts("trs")
    state = State(crawls.state)
    page = state.page(filings[0].facts[0].value)
    state.close()
    assert page is not None
    assert dict(page.told)["etag"] == page.etag != ""
    assert page.chain[-1] == filings[0].facts[0].value
    assert page.fetched.startswith("20")


def test_a_changed_page_alone_is_taken_anew(loopback: Loopback, tmp_path: Path) -> None:
    crawls = Crawls(loopback, tmp_path, ["plain"])
    filings = crawls.run(2023)
    stamps = {filing.uri: website.stamp(filing) for filing in filings}
    path = filings[0].facts[0].value.removeprefix(loopback.bases["plain"])
    loopback.fault("plain", "soft-404", part=Part.PAGE, path=path)
    *again, site = crawls.run(2023)
    assert "用的是以前采集的（页面不存在" in cause([site])
    assert [filing.uri for filing in again] == [filing.uri for filing in filings]
    assert {filing.uri: website.stamp(filing) for filing in again} == stamps
    assert website.fetch_report(again[0]).data


def test_a_list_that_is_empty_the_next_time_loses_nothing(loopback: Loopback, tmp_path: Path) -> None:
    crawls = Crawls(loopback, tmp_path, ["nfcms"])
    first = crawls.run()
    assert cause(first) == ""
    loopback.fault("nfcms", "emptied")
    for _ in range(2):
        second = crawls.run()
        assert {filing.uri for filing in first} < {filing.uri for filing in second}
        assert cause(second) == "应有 1 个单位的报告，一份也没有找到；列表是空的"
    loopback.mend()
    assert crawls.run() == first


def test_a_profile_is_the_website_source_s_alone(tmp_path: Path) -> None:
    for name, expected in (("county.yml", True), ("县.YAML", True), ("reports", False), ("a.docx", False)):
        config = SourceConfig(str(tmp_path / name))
        assert website.accepts(config) is expected
        assert folder.accepts(config) is not expected
    assert not website.accepts(SourceConfig("s3://bucket/county.yml"))


PUBLIC = """region: "431299"
name: 岚溪县
sites:
  - {name: 门户, family: trs, start: "http://www.lanxi.example.cn/fzzf/"}
"""


def test_the_public_web_is_not_asked_without_a_contact(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "county.yml"
    path.write_text(PUBLIC, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NIANBAO_WEB_CONTACT", raising=False)
    options = (("crawl-state", str(tmp_path / "crawl.db")), ("archive", str(tmp_path / "archive")))
    with pytest.raises(UsageError, match=r"^county\.yml：没有设置联系方式，不采集公开的网站（.*web_contact"):
        list(website.list_reports(SourceConfig(str(path), options), 2023))
    assert not (tmp_path / "crawl.db").exists()
    with pytest.raises(UsageError, match="要用 nianbao run 采集"):
        list(website.list_reports(SourceConfig(str(path)), 2023))


def test_the_crawl_says_who_it_is(loopback: Loopback, tmp_path: Path) -> None:
    crawls = Crawls(loopback, tmp_path, ["xxgk"], replace(QUICK, contact="mailto:clerk@lanxi.example.cn"))
    crawls.run(2023)
    agents = {each.headers["user-agent"] for each in loopback.log}
    assert len(agents) == 1
    assert agents.pop().endswith(" (+mailto:clerk@lanxi.example.cn)")


def test_two_crawls_of_one_state_do_not_meet(loopback: Loopback, tmp_path: Path) -> None:
    from filelock import FileLock

    crawls = Crawls(loopback, tmp_path, ["xxgk"])
    with FileLock(f"{crawls.state}.lock"), pytest.raises(UsageError, match="另一次采集正在进行"):
        crawls.run()
    assert len(loopback.log) == 0


def test_sites_that_may_ask_the_same_host_share_a_process(tmp_path: Path) -> None:
    path = tmp_path / "county.yml"
    second = PUBLIC.splitlines()[-1].replace("门户", "公告").replace("fzzf", "tzgg")
    third = second.replace("公告", "司法局").replace("www.", "sfj.")
    path.write_text(f"{PUBLIC}{second}\n{third}\n", "utf-8")
    assert _shares(path) == [["门户", "公告"], ["司法局"]]
    # The fourth may follow links to hosts of all the others.
    fourth = (
        third.replace("司法局", "财政局").replace("sfj.", "czj.").replace("}", ", hosts: lanxi.example.cn}")
    )
    path.write_text(f"{PUBLIC}{second}\n{third}\n{fourth}\n", "utf-8")
    assert _shares(path) == [["门户", "公告", "司法局", "财政局"]]


def _shares(path: Path) -> list[list[str]]:
    from connectors.sources.website.crawl import shares

    return [[site.name for site in share] for share in shares(load_sites(path).sites, 4)]
