"""What a crawl came to is counted and told: what is missing, what is of an earlier one, what is left out."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from loopback import Loopback
from web_crawls import QUICK, Crawls, cause

from connectors.sources import website
from connectors.sources.website.asks import Ask, Role
from connectors.sources.website.crawl import crawl
from connectors.sources.website.papers import paper_of
from connectors.sources.website.standing import standings
from connectors.sources.website.state import State
from nianbao.sites import load_sites
from nianbao.sites.standing import SiteState
from nianbao.sites.titles import names_nobody

START = "http://www.lanxi.example.cn/fzzf/"


def test_a_report_that_can_t_be_had_again_stands_as_it_was_and_that_is_told(
    loopback: Loopback, tmp_path: Path
) -> None:
    crawls = Crawls(loopback, tmp_path, ["nfcms"])
    before = {each.uri: website.stamp(each) for each in crawls.run()}
    report = next(each for each in loopback.listed() if each.site == "nfcms" and each.paper.in_page)
    loopback.fault("nfcms", "gone", path=report.url.removeprefix(loopback.bases["nfcms"]))
    again = crawls.run()
    assert {each.uri: website.stamp(each) for each in again if website.stamp(each)} == before
    told = "1 个网页或附件这次没有取到，用的是以前采集的（页面不存在，栏目可能已撤销或迁移（状态码 404））"
    assert cause(again) == told
    (stands,) = standings(load_sites(crawls.profile), crawls.state, 500)
    assert (stands.state, stands.cause) == (SiteState.PARTIAL, told)
    loopback.mend()
    assert cause(crawls.run()) == ""


def test_a_crawl_that_was_killed_and_is_begun_anew_days_later_loses_no_earlier_report(tmp_path: Path) -> None:
    path = tmp_path / "crawl.db"
    first = Ask(START, Role.LIST, START)
    report = Ask(f"{START}1.html", Role.PAGE, START, title="岚溪县2023年法治政府建设情况报告")
    with closing(State(path)) as state:
        one = state.begin("x", 2023, [first, report])
        state.settle(one, first)
        state.settle(one, report, is_report=True)
        state.end(one, (), is_whole=True)
        state.begin("x", 2023, [first])
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE passes SET began = '2024-01-01T00:00:00+00:00' WHERE number = 2")
        db.commit()
    with closing(State(path)) as state:
        third = state.begin("x", 2023, [first])
        assert third.number == 3
        state.settle(third, first, "failed")
        state.carry_over(third)
        assert state.reports(third) == [report]


def test_a_year_for_which_no_list_is_named_is_told(loopback: Loopback, tmp_path: Path) -> None:
    crawls = Crawls(loopback, tmp_path, ["nfcms"])
    crawls.write_profile()
    text = crawls.profile.read_text("utf-8").replace("start: [", "start: {2022: [").replace("]\n", "]}\n")
    crawls.profile.write_text(text, "utf-8")
    region = load_sites(crawls.profile)
    crawl(region, crawls.profile, 2023, crawls.state, str(tmp_path / "archive"), QUICK)
    told = cause(list(website.collected(region, 2023, crawls.state)))
    assert told == "应有 1 个单位的报告，站点配置里没有 2023 年的起始页"
    assert len(loopback.log) == 0


def test_reports_of_columns_that_name_no_issuer_are_several(tmp_path: Path) -> None:
    same, own = "2023年度法治政府建设工作报告", "岚溪县雁栖渡镇人民政府2023年度法治政府建设工作报告"
    asks = [
        Ask(f"http://www.lanxi.example.cn/{column}/{number}.html", Role.PAGE, column, title=title)
        for column in ("http://www.lanxi.example.cn/a/", "http://www.lanxi.example.cn/b/")
        for number, title in enumerate((same, own))
    ]
    with closing(State(tmp_path / "crawl.db")) as state:
        one = state.begin("x", 2023, asks)
        for ask in asks:
            state.settle(one, ask, is_report=True)
        assert state.found(one) == 3
    assert names_nobody("关于2023年全面推进依法行政工作情况的报告")
    assert not names_nobody("岚溪县司法局2023年法治政府建设工作报告")


PROFILE = """region: "431299"
name: 岚溪县
sites:
  - {name: 门户, family: generic, start: "http://www.lanxi.example.cn/fzzf/", attachments: "a.file"}
"""


def test_a_page_s_many_attachments_are_taken_and_what_is_left_out_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "county.yml"
    path.write_text(PROFILE, "utf-8")
    (site,) = load_sites(path).sites
    ask = Ask(f"{START}1.html", Role.PAGE, START, title="各乡镇2023年法治政府建设报告")
    for count, taken, more in ((45, 45, 0), (230, 200, 30)):
        links = "".join(f'<a class="file" href="{n}.pdf">{n}镇报告.pdf</a>' for n in range(count))
        paper = paper_of(site, ask, f"<html><body>{links}</body></html>", ask.url)
        assert (len(paper.files), paper.more) == (taken, more)
