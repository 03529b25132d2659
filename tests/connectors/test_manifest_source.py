"""What a manifest names is listed with what its rows tell: files of its folder, links politely fetched."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from loopback import Loopback

from connectors.sources import folder, manifest, website
from nianbao import FactName, Filing, ReadError, SourceConfig, UsageError

TEXT = "白水镇人民政府2023年度法治政府建设情况报告\n\n一、主要举措和成效\n全年办理行政处罚案件12件。\n"


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NIANBAO_WEB_DELAY", "0")
    monkeypatch.setenv("NIANBAO_WEB_SECONDS", "60")
    monkeypatch.setenv("NIANBAO_WEB_PRIVATE", "true")
    monkeypatch.delenv("NIANBAO_WEB_CONTACT", raising=False)


def written(folder: Path, lines: Sequence[str], header: str = "单位,年度,链接,文件") -> Path:
    path = folder / "名录.csv"
    path.write_text("\n".join((header, *lines)), "utf-8-sig")
    return path


def listed(path: Path, year: int | None = 2023) -> list[Filing]:
    manifest.forget()
    kept = (("crawl-state", str(path.parent / "crawl.db")), ("archive", str(path.parent / "archive")))
    return list(manifest.list_reports(SourceConfig(str(path), kept), year))


def facts(filing: Filing) -> dict[FactName, str]:
    return {fact.name: fact.value for fact in filing.facts}


def causes(filings: Sequence[Filing]) -> dict[str, str]:
    """Return why each filing that can't be fetched can't be, by its name."""
    fetchers = {
        "manifest": manifest.fetch_report,
        "folder": folder.fetch_file,
        "website": website.fetch_report,
    }
    found = {}
    for filing in filings:
        try:
            assert fetchers[filing.source](filing).data
        except ReadError as error:
            found[filing.name] = error.message
    return found


def test_files_are_listed_with_what_their_rows_tell(tmp_path: Path) -> None:
    (tmp_path / "报告").mkdir()
    (tmp_path / "报告" / "白水镇.txt").write_text(TEXT, "utf-8")
    with zipfile.ZipFile(tmp_path / "红石乡.zip", "w") as packed:
        packed.writestr("红石乡.txt", TEXT)
    path = written(
        tmp_path,
        [
            "白水镇人民政府,2023,http://www.lanxi.example.cn/a.html,报告/白水镇.txt",
            "红石乡人民政府,2023,,红石乡",
            "青山街道办事处,2022,,没有.txt",
        ],
    )
    first, second = listed(path)
    assert (first.source, first.uri, first.name) == (
        "folder",
        str(tmp_path / "报告" / "白水镇.txt"),
        str(tmp_path / "报告" / "白水镇.txt"),
    )
    assert facts(first) == {
        FactName.ISSUER: "白水镇人民政府",
        FactName.YEAR: "2023",
        FactName.URL: "http://www.lanxi.example.cn/a.html",
    }
    assert folder.fetch_file(first).data.decode() == TEXT
    assert second.name == str(tmp_path / "红石乡.zip!/红石乡.txt")
    assert facts(second)[FactName.ISSUER] == "红石乡人民政府"
    assert not (tmp_path / "crawl.db").exists()


def test_rows_that_lead_to_nothing_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "夹").mkdir()
    outside = tmp_path.parent / f"{tmp_path.name}-outside.txt"
    outside.write_text(TEXT, "utf-8")
    (tmp_path / "外.txt").symlink_to(outside)
    path = written(
        tmp_path,
        [
            "白水镇,2023,,没有.txt",
            "红石乡,2023,,a.txt",
            "红石乡,2023,,a.txt",
            "青山街道,2023,,../x.txt",
            "司法局,2023,见官网,",
            "教育局,23,,a.txt",
            "农业局,2023,,夹",
            "水利局,2023,,外.txt",
            "林业局,2023,,名录.csv",
            f"财政局,2023,,{'长' * 200}.txt",
            "审计局,2023,,",
        ],
    )
    filings = listed(path)
    assert [filing.name for filing in filings if filing.source == "folder"] == [str(tmp_path / "a.txt")]
    told = {name.partition("行（")[0]: cause for name, cause in causes(filings).items()}
    assert told == {
        "名录.csv 第 2 ": "找不到文件 没有.txt",
        "名录.csv 第 4 ": "与第 3 行重复",
        "名录.csv 第 5 ": "文件 ../x.txt 不在名录所在的文件夹里，请写相对于名录的路径",
        "名录.csv 第 6 ": "“见官网”不是网址，请写出以 http:// 或 https:// 开头的完整地址",
        "名录.csv 第 7 ": told["名录.csv 第 7 "],
        "名录.csv 第 8 ": "夹 是文件夹，请写到文件",
        "名录.csv 第 9 ": "文件 外.txt 不在名录所在的文件夹里，请把文件放进来",
        "名录.csv 第 10 ": "名录.csv 是名录自己",
        "名录.csv 第 11 ": f"打不开文件 {'长' * 80}：File name too long",
    }
    assert told["名录.csv 第 7 "].startswith("年度“23”不对")


def test_what_several_rows_share_keeps_what_they_agree_on(tmp_path: Path) -> None:
    (tmp_path / "汇编.txt").write_text(TEXT, "utf-8")
    (one,) = listed(written(tmp_path, ["白水镇,2023,,汇编.txt", "红石乡,2023,,汇编.txt"]))
    assert facts(one) == {FactName.YEAR: "2023"}


def test_links_are_fetched_once_and_again_under_conditions(loopback: Loopback, tmp_path: Path) -> None:
    sites = ("trs", "nfcms", "plain")
    reports = [each for each in loopback.listed() if each.site in sites and each.paper.year == 2023]
    assert {each.paper.in_page for each in reports} == {True, False}
    path = written(tmp_path, [f"{each.paper.issuer.name},2023,{each.url}," for each in reports])
    filings = listed(path)
    assert causes(filings) == {}
    assert {filing.source for filing in filings} == {"website"}
    by_row = {filing.name.partition("/")[0] for filing in filings}
    assert by_row == {f"名录.csv 第 {number} 行" for number in range(2, len(reports) + 2)}
    for number, report in enumerate(reports, 2):
        of_row = [each for each in filings if each.name.startswith(f"名录.csv 第 {number} 行/")]
        assert facts(of_row[0])[FactName.ISSUER] == report.paper.issuer.name
        assert (of_row[0].uri.partition("#")[0] == report.url) is report.paper.in_page
    download = website.fetch_report(filings[0])
    assert hashlib.sha256(download.data).hexdigest() == website.stamp(filings[0])
    # No list is asked for, and each host for one thing at a time.
    wanted = {each.url.removeprefix(loopback.bases[each.site]) for each in reports}
    pages = {each.path for each in loopback.log if each.path.endswith("html") and each.status == 200}
    assert pages == wanted
    assert all(loopback.log.most_busy(site) == 1 for site in sites)

    loopback.log.clear()
    assert listed(path) == filings
    assert {each.status for each in loopback.log if each.path != "/robots.txt"} == {304}


def test_links_that_fail_are_rows_and_the_others_go_on(loopback: Loopback, tmp_path: Path) -> None:
    good, gone, blocked, later = [
        next(each for each in loopback.listed() if each.site == site and each.paper.in_page)
        for site in ("nfcms", "plain", "trs", "jpage")
    ]
    loopback.fault("plain", "gone")
    loopback.fault("trs", "forbidden")
    loopback.fault("jpage", "robots-window")
    path = written(tmp_path, [f"甲,,{each.url}," for each in (good, gone, blocked, later)])
    filings = listed(path, None)
    told = causes(filings)
    assert f"名录.csv 第 3 行/{gone.url}" in told
    assert told[f"名录.csv 第 3 行/{gone.url}"] == "页面不存在，栏目可能已撤销或迁移（状态码 404）"
    assert told[f"名录.csv 第 4 行/{blocked.url}"] == "被拦截：网站拒绝访问（状态码 403）"
    assert "robots.txt 允许的时段" in told[f"名录.csv 第 5 行/{later.url}"]
    assert len(told) == 3
    assert loopback.log.of("inner") == []


def test_a_row_that_is_added_is_asked_for_and_what_was_had_stays(loopback: Loopback, tmp_path: Path) -> None:
    first, second = [each for each in loopback.listed() if each.site == "plain" and each.paper.in_page][:2]
    before = listed(written(tmp_path, [f"甲,,{first.url},"]), None)
    loopback.fault("plain", "unavailable", path=first.url.removeprefix(loopback.bases["plain"]))
    filings = listed(written(tmp_path, [f"甲,,{first.url},", f"乙,,{second.url},"]), None)
    assert filings[0] == before[0]
    assert causes(filings) == {}
    pages = [each.uri.partition("#")[0] for each in filings if not each.uri.partition("#")[0].endswith("pdf")]
    assert pages == [first.url, second.url]


def test_a_killed_run_asks_only_for_what_it_lacks(loopback: Loopback, tmp_path: Path) -> None:
    reports = [each for each in loopback.listed() if each.site in ("trs", "plain") and each.paper.in_page]
    path = written(tmp_path, [f"甲,,{each.url}," for each in reports])
    loopback.fault("trs", "slow", seconds=0.3)
    script = (
        "import sys; from nianbao import SourceConfig; from connectors.sources import manifest\n"
        "kept = (('crawl-state', sys.argv[2]), ('archive', sys.argv[3]))\n"
        "list(manifest.list_reports(SourceConfig(sys.argv[1], kept), None))\n"
    )
    places = (str(path), str(tmp_path / "crawl.db"), str(tmp_path / "archive"))
    process = subprocess.Popen([sys.executable, "-c", script, *places], start_new_session=True)
    deadline = time.monotonic() + 120
    while len(loopback.log.of("trs")) < 4:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    time.sleep(0.5)
    before = {each.target for each in loopback.log if each.status == 200 and each.path != "/robots.txt"}
    loopback.mend()
    loopback.log.clear()
    filings = listed(path, None)
    assert causes(filings) == {}
    assert {each.uri.partition("#")[0] for each in filings} >= {each.url for each in reports}
    again = {e.target for e in loopback.log if e.path != "/robots.txt" and not e.is_conditional}
    # What was under way is asked for once more; a host that was done, under conditions.
    assert len(before & again) <= 1
    assert again


def test_a_link_that_was_mended_is_asked_for_and_the_old_one_no_more(
    loopback: Loopback, tmp_path: Path
) -> None:
    first, second = [each for each in loopback.listed() if each.site == "plain" and each.paper.in_page][:2]
    loopback.fault("plain", "robots-error")
    assert len(causes(listed(written(tmp_path, [f"甲,,{first.url},"]), None))) == 1
    loopback.mend()
    loopback.log.clear()
    filings = listed(written(tmp_path, [f"甲,,{second.url},"]), None)
    assert causes(filings) == {}
    asked = {each.path for each in loopback.log}
    assert second.url.removeprefix(loopback.bases["plain"]) in asked
    assert first.url.removeprefix(loopback.bases["plain"]) not in asked


def test_private_addresses_and_the_public_web_without_contact_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    public = written(
        tmp_path, ["甲,2023,http://www.lanxi.example.cn/a.html,", "乙,2023,http://127.0.0.1:9/,"]
    )
    with pytest.raises(UsageError, match=r"名录\.csv：没有设置联系方式，不采集公开的网站"):
        listed(public)
    monkeypatch.setenv("NIANBAO_WEB_PRIVATE", "false")
    path = written(tmp_path / "..", ["乙,2023,http://127.0.0.1:9/,"])
    assert list(causes(listed(path)).values()) == ["不能采集内网地址：127.0.0.1"]
    path.unlink()


def test_links_need_a_run_and_files_do_not(tmp_path: Path) -> None:
    path = written(tmp_path, ["甲,2023,http://www.lanxi.example.cn/a.html,"])
    with pytest.raises(UsageError, match="名录里有网址，要用 nianbao run 采集"):
        list(manifest.list_reports(SourceConfig(str(path)), 2023))
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    path = written(tmp_path, ["甲,2023,,a.txt"])
    assert [each.source for each in manifest.list_reports(SourceConfig(str(path)), None)] == ["folder"]
    with pytest.raises(UsageError, match="名录里没有 2021 年度的链接或文件"):
        listed(path, 2021)


def test_a_table_is_the_manifest_source_s_alone(tmp_path: Path) -> None:
    for name, expected in (
        ("a.xlsx", True),
        ("a.CSV", True),
        ("a.xls", True),
        ("a.docx", False),
        ("a.yml", False),
    ):
        config = SourceConfig(str(tmp_path / name))
        assert manifest.accepts(config) is expected
        assert not (folder.accepts(config) and expected)
