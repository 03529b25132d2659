"""The brands of 贵州's places: whose name counts, and which of a brand's figures."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import pytest

from nianbao import Download, Filing, Report, steps
from nianbao.manager import registry

ACTIVITIES, SITES = "guizhou.brand_activities", "guizhou.brand_sites"
FRAME = """{issuer}2023年法治政府建设情况报告

一、主要举措和成效
{told}

二、存在的不足和原因
队伍力量不足。

三、党政主要负责人履行推进法治建设第一责任人职责情况
主要负责人带头学法2次。

四、2024年工作安排
{planned}
"""


def read(issuer: str, told: str, planned: str = "继续推进。") -> Report:
    data = FRAME.format(issuer=issuer, told=told, planned=planned).encode()
    download = Download(Filing("test", "例.txt", "例.txt"), data, hashlib.sha256(data).hexdigest())
    (report,) = steps.process_download(registry(), download, steps.make_context()).reports
    assert report.failures == ()
    return report


def brands(report: Report) -> Mapping[str, int]:
    values = {figure.indicator: figure.value for figure in report.figures}
    return {each: int(value) for each in (ACTIVITIES, SITES) if (value := values.get(each)) is not None}


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ("开展“法治毕节”主题活动26场次，打造“法治毕节”创建示范点3个。", {ACTIVITIES: 26, SITES: 3}),
        ("举办“法治毕节”宣讲12场，开展“法治黔西”普法行动9场。", {ACTIVITIES: 21}),
        ("建成法治黔西示范乡镇2个、示范村11个。", {SITES: 13}),
        ("建成4个“法治贵州”示范村，组织6场「法治黔西」巡演。", {ACTIVITIES: 6, SITES: 4}),
        ("召开“法治毕节”创建工作推进会3次，开展“法治毕节”督查4次。", {}),
        ("力争新建“法治黔西”示范点5个。", {}),
        ("赴遵义学习“法治遵义”宣传活动2次。", {}),
        ("深化法治建设，开展宣传活动31场，建成法治广场2个。", {}),
    ],
    ids=["both", "two brands", "a list", "before", "meetings", "a target", "elsewhere", "no brand"],
)
def test_a_brand_is_the_name_of_the_reports_own_places(told: str, wanted: Mapping[str, int]) -> None:
    assert brands(read("贵州省毕节市黔西市石板塘镇", told)) == wanted


def test_what_is_planned_is_no_figure() -> None:
    planned = "开展“法治黔西”主题活动20场。"
    assert brands(read("贵州省毕节市黔西市石板塘镇", "继续推进。", planned)) == {}


def test_each_figure_shows_its_words() -> None:
    report = read("贵州省毕节市黔西市石板塘镇", "建成“法治黔西”示范乡镇2个、示范村11个。")
    told = [each.quote for each in report.observations if each.indicator == SITES]
    assert told == ["法治黔西”示范乡镇2个", "、示范村11个"]


def test_another_provinces_report_is_not_asked() -> None:
    report = read("江苏省丹阳市柳塘镇", "开展“法治江苏”宣传活动18场，打造“法治贵州”示范点3个。")
    assert brands(report) == {}
