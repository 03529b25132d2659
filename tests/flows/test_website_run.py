"""A run whose source is a profile of sites: collected, read, published; again, nothing is read anew."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from loopback import Loopback
from openpyxl import load_workbook

from connectors.sources import website
from flows import work
from flows.request import Request
from flows.summary import Summary
from flows.watch import Watch


def run(request: Request) -> Summary:
    with work.open_workshop(request, Watch()) as workshop:
        ids = work.collect(workshop)
        for batch in work.batches(ids, request.batch_size):
            work.process_batch(workshop, batch)
        years = [work.publish_year(workshop, *each) for each in work.yearbooks_wanted(workshop)]
        return work.finish(workshop, years)


def test_a_county_s_sites_become_its_workbook(
    loopback: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NIANBAO_WEB_DELAY", "0")
    monkeypatch.setenv("NIANBAO_WEB_BROWSER", "/nowhere/chromium")
    profile = tmp_path / "岚溪县.yml"
    profile.write_text(loopback.profile("nfcms", "plain", "script"), "utf-8")
    request = Request(str(profile), tmp_path / "out", 2023)
    summary = run(request)
    assert [year.year for year in summary.years] == [2023]
    titles = {
        each.paper.title
        for each in loopback.listed()
        if each.site in ("nfcms", "plain") and each.paper.year == 2023
    }
    assert summary.reports == len(titles)
    assert [path.name for path in summary.written] == ["2023年度法治政府建设报告汇总.xlsx"]
    assert [each.file for each in summary.unreadable] == ["岚溪县水利局（站点）"]
    assert summary.unreadable[0].reason.startswith(
        "应有 1 个单位的报告，一份也没有找到；列表要用浏览器显示，没有采集：没有找到设置 web_browser "
    )
    assert sorted(path.name for path in (tmp_path / "out").iterdir() if path.suffix == ".db") == [
        "crawl.db",
        "nianbao.db",
    ]

    loopback.log.clear()
    website.forget()
    again = run(request)
    assert again.years[0].unchanged
    assert {e.status for e in loopback.log if e.is_conditional} == {304}
    plainly = [e for e in loopback.log if not e.is_conditional]
    assert {e.path for e in plainly} == {"/robots.txt"}


def test_a_page_and_its_attachment_are_one_report_and_their_difference_is_told(
    loopback: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NIANBAO_WEB_DELAY", "0")
    site = loopback.sites["plain"]
    (paper,) = [
        each.paper
        for each in loopback.listed()
        if each.site == "plain" and each.paper.year == 2022 and each.paper.in_page and each.paper.form
    ][:1]
    mark = next(key for key, each in site._files.items() if each == paper)
    figure = re.search(r"(\d{2,})件", "\n".join(paper.lines))
    assert figure is not None
    other = f"{int(figure[1]) + 30}件"
    changed = tuple(line.replace(figure[0], other) for line in paper.lines)
    monkeypatch.setitem(site._files, mark, replace(paper, lines=changed))
    profile = tmp_path / "岚溪县.yml"
    profile.write_text(loopback.profile("plain"), "utf-8")
    run(Request(str(profile), tmp_path / "out", 2022))
    book = load_workbook(tmp_path / "out" / "2022年度法治政府建设报告汇总.xlsx")
    told = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    reasons = [each for each in told if each.startswith("没有采用：")]
    assert any(
        f"正文与附件不一致：正文为{figure[0]}" in each and f"附件为{other}" in each for each in reasons
    )
    assert all("采用的是网页正文" in each for each in reasons)
