"""A run whose source is a manifest: its files and links, who has not reported, each bad row a line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from loopback import Loopback
from test_website_run import run

from connectors.sources import manifest
from flows.request import Request
from flows.summary import Ending
from nianbao.model import Field
from nianbao.store import Store

TITLED = "samples/reports/沙柳坪乡2023年度法治政府建设情况报告.docx"
# Its text names neither a year in its title nor an issuer.
BARE = """法治政府建设情况报告

一、主要举措和成效
我镇全年办理行政处罚案件12件，开展法治培训3场。

二、存在的不足和原因
执法力量不足，培训不够经常。

三、下一步工作安排
继续推进法治政府建设各项工作。
"""


def test_a_manifest_becomes_a_workbook(
    loopback: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NIANBAO_WEB_DELAY", "0")
    monkeypatch.setenv("NIANBAO_WEB_PRIVATE", "true")
    report = next(
        each
        for each in loopback.listed()
        if each.site == "plain" and each.paper.in_page and each.paper.year == 2023
    )
    shutil.copy(Path(__file__).parents[2] / TITLED, tmp_path / "沙柳坪乡.docx")
    (tmp_path / "报告.txt").write_text(BARE, "utf-8")
    path = tmp_path / "名录.csv"
    path.write_text(
        "岚溪县2023年报告名录\n"
        "报告单位,年度,链接或文件名\n"
        f"{report.paper.issuer.name},2023,{report.url}\n"
        "沙柳坪乡人民政府,2023,沙柳坪乡.docx\n"
        "蓼花汀镇人民政府,2023,报告.txt\n"
        "红石乡人民政府,2023,\n"
        "青山街道办事处,2023,没有.docx\n"
        "青山街道办事处,2022,更早.docx\n"
        "合计,,3\n",
        "gb18030",
    )
    request = Request(str(path), tmp_path / "out", 2023)
    summary = run(request)
    assert summary.ending is Ending.PARTIAL
    assert [(each.file, each.reason) for each in summary.unreadable] == [
        ("名录.csv 第 7 行（青山街道办事处）", "找不到文件 没有.docx")
    ]
    assert summary.reports == 3
    assert summary.years[0].silent == ("红石乡人民政府",)
    with Store.open(request.store_location) as store:
        entries = store.load_entries_for_year(2023)
    told = {entry.report.file: entry.report for entry in entries}
    bare = told[str(tmp_path / "报告.txt")]
    assert (bare.value(Field.YEAR), bare.value(Field.ISSUER)) == ("2023", "蓼花汀镇人民政府")

    manifest.forget()
    assert run(request).years[0].unchanged

    loopback.log.clear()
    manifest.forget()
    (tmp_path / "没有.docx").write_bytes((tmp_path / "沙柳坪乡.docx").read_bytes())
    again = run(request)
    assert again.unreadable == ()
    assert {each.status for each in loopback.log if each.path != "/robots.txt"} == {304}
