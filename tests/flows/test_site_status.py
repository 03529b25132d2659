"""How each site stands is told on the screen, for programs and as a page, without asking anything."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from loopback import Loopback, Part
from web_crawls import QUICK, Crawls

from connectors.sources.website.standing import standings
from flows.cli import main
from nianbao.sites import load_sites
from nianbao.sites.standing import SiteState

FAULTS = {
    "trs": ("verification-412", {}, SiteState.BLOCKED),
    "ucap": ("emptied", {}, SiteState.EMPTY),
    "jpage": ("moved", {}, SiteState.MOVED),
    "nfcms": ("redesigned", {}, SiteState.REDESIGNED),
    "vsb": ("scripted", {}, SiteState.SCRIPTED),
    "xxgk": ("robots-disallow", {}, SiteState.FORBIDDEN),
    "gkmlpt": ("reset", {}, SiteState.DOWN),
    "jpaas": (
        "unavailable",
        {"part": Part.PAGE, "after": 1, "times": 1, "retry_after": 7200},
        SiteState.OPEN,
    ),
    "plain": ("capped", {}, SiteState.PARTIAL),
}


class _Cells(HTMLParser):
    """The text of a page's table, row by row."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._is_in = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self._is_in = True

    def handle_endtag(self, tag: str) -> None:
        self._is_in = self._is_in and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self._is_in:
            self.rows[-1][-1] += data


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_each_fault_has_its_state(loopback: Loopback, out: Path) -> None:
    for site, (fault, options, _) in FAULTS.items():
        loopback.fault(site, fault, **options)
    crawls = Crawls(loopback, out, list(FAULTS))
    crawls.run()
    rows = standings(load_sites(crawls.profile), crawls.state, QUICK.daily)
    assert {row.site.rpartition(" ")[2]: row.state for row in rows} == {
        site: state for site, (_, _, state) in FAULTS.items()
    }
    assert all(row.cause for row in rows)


def test_why_and_until_when_a_site_is_left_alone_is_said_once(loopback: Loopback, out: Path) -> None:
    loopback.fault("jpaas", "forbidden")
    crawls = Crawls(loopback, out, ["jpaas"])
    crawls.run()
    [row] = standings(load_sites(crawls.profile), crawls.state, QUICK.daily)
    assert "以前不再请求" in row.cause
    assert row.cause.count("网站拒绝访问（状态码 403）") == 1


def test_the_screen_the_lines_and_the_page_tell_the_same(
    loopback: Loopback, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    crawls = Crawls(loopback, out, ["nfcms", "plain", "vsb"])
    loopback.fault("plain", "emptied")
    crawls.run(2023)
    crawls.run(2022)
    loopback.log.clear()
    profile = crawls.profile.read_text("utf-8")
    added = "  - {name: 新站 <b>, family: generic, start: 'http://127.0.0.9:1/', allow_private: true}"
    crawls.profile.write_text(f"{profile}\n{added}\n", "utf-8")
    assert main(["status", str(crawls.profile), "--page", "情况.html", "--json"]) == 1
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["site"].rpartition(" ")[2], row["year"], row["state"]) for row in told] == [
        ("nfcms", 2022, "normal"),
        ("nfcms", 2023, "normal"),
        ("plain", 2022, "empty"),
        ("plain", 2023, "empty"),
        ("vsb", 2022, "normal"),
        ("vsb", 2023, "normal"),
        ("<b>", None, "new"),
    ]
    assert told[0]["found"] >= told[0]["expected"] == 1
    assert told[0]["requests"] > 5
    assert told[0]["budget"] == 500
    assert told[0]["crawled"].endswith("+08:00")
    assert "列表是空的" in told[2]["cause"]
    assert told[6]["crawled"] is None

    page = (out / "情况.html").read_text("utf-8")
    cells = _Cells()
    cells.feed(page)
    header, *rows = cells.rows
    assert header == ["站点", "年度", "状态", "最近采集", "报告 / 应有", "今日请求 / 上限", "待采集", "说明"]
    assert [row[2] for row in rows] == ["空", "空", "正常", "正常", "正常", "正常", "未采集"]
    assert rows[-1][0] == "新站 <b>"
    assert {row[0] for row in rows} == {row["site"] for row in told}
    assert not re.search(r"(?:src|href)=|<script|@import|url\(", page)

    assert main(["status", str(crawls.profile)]) == 1
    shown = capsys.readouterr().out
    for row in told:
        assert row["site"].partition(" ")[2] in shown
    assert "plain（2022）：应有 " in shown
    assert len(loopback.log) == 0


def test_a_manifest_s_hosts_are_told(
    loopback: Loopback, out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from connectors.sources import manifest
    from nianbao import SourceConfig

    monkeypatch.setenv("NIANBAO_WEB_DELAY", "0")
    monkeypatch.setenv("NIANBAO_WEB_PRIVATE", "true")
    good, gone = [
        next(each for each in loopback.listed() if each.site == site and each.paper.in_page)
        for site in ("nfcms", "plain")
    ]
    loopback.fault("plain", "gone")
    path = out / "名录.csv"
    path.write_text(f"单位,链接\n甲,{good.url}\n乙,{gone.url}\n", "utf-8")
    kept = (("crawl-state", str(out / "crawl.db")), ("archive", str(out / "archive")))
    manifest.forget()
    assert len(list(manifest.list_reports(SourceConfig(str(path), kept), None))) >= 2
    loopback.log.clear()
    assert main(["status", str(path), "--store", str(out), "--json"]) == 1
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["site"], row["found"], row["expected"], row["state"]) for row in told] == [
        (loopback.bases["nfcms"].split("/")[2].rpartition(":")[0], 1, 1, "normal"),
        (loopback.bases["plain"].split("/")[2].rpartition(":")[0], 0, 1, "few"),
    ]
    assert told[1]["cause"] == "有 1 个地址没有取到，原因见汇总"
    assert len(loopback.log) == 0


def test_what_can_not_be_told_is_one_line(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (out / "县.yml").write_text(
        'region: "431299"\nname: 岚溪县\nsites:\n  - {name: 门户, family: trs, start: "http://a.example.cn/"}\n',
        "utf-8",
    )
    (out / "名录.csv").write_text("单位,文件\n甲,a.docx\n", "utf-8")
    (out / "夹").mkdir()
    for arguments, line in (
        (
            ["县.yml"],
            "错误：crawl.db：这里没有采集记录（请先用 nianbao run 采集，或用 --store 写明结果文件夹）",
        ),
        (["名录.csv"], "错误：名录.csv：名录里没有网址（文件的处理情况请用 nianbao status 查看）"),
        (
            ["夹", "--page", "a.html"],
            "错误：--page：只有站点配置和名录才有网页（例如 nianbao status 岚溪县.yml）",
        ),
        (["没有.yml"], "错误：没有.yml：打不开站点配置：No such file or directory"),
    ):
        assert main(["status", *arguments]) == 2
        assert capsys.readouterr().err.strip() == line
