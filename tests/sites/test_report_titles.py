"""Which titles of a list are those of reports."""

from __future__ import annotations

import pytest

from nianbao.sites import Verdict, usual_titles

TITLES = {
    Verdict.WANTED: (
        "岚溪县青萝湾镇人民政府2023年法治政府建设情况报告",
        "中共岚溪县司法局党组 岚溪县司法局关于2023年度法治政府建设情况的报告",
        "2023年岚溪县法治政府建设年度报告",
        "青萝湾镇法治政府建设总结2023",
        "青萝湾镇2024年法治政府年度报告",
        "青萝湾镇关于法治政府建设的情况报告",
        "青萝湾镇2022年度法治政府建设年度报",
        "青萝湾镇2021年推进法治政府建设工作情况",
        "岚溪县2020年度法治政府建设情况及2021年度工作安排的报告",
        "岚溪县教育局2022年度依法行政工作报告",
        "桂影街道2023年度法治建设工作总结",
        "关于印发《岚溪县2023年法治政府建设情况报告》的通知",
        "岚溪县民政局2022年法治政府建设工作总结及2023年工作安排",
        "2022年度法治政府建设情况和下一年工作计划",
        "关于2022年法治政府建设工作总结的报告",
        "岚溪县2023年法治政府建设年度报告公示",
        "岚溪县2022年法治政府建设年度报告暨主要负责人述法报告",
        "岚溪县2023 年度 法治政府 建设工作 情况报告",
    ),
    Verdict.UNWANTED: (
        "岚溪县2023年政府信息公开工作年度报告",
        "岚溪县司法局2023年政府网站工作年度报表",
        "【文字解读】《岚溪县2023年法治政府建设情况报告》文件解读",
        "岚溪县2024年法治政府建设工作要点",
        "关于印发《岚溪县2024年法治政府建设工作安排》的通知",
        "岚溪县法治政府建设实施方案（2021—2025年）",
        "岚溪县召开法治政府建设工作情况汇报会",
        "县人大常委会听取审议2023年法治政府建设情况报告",
        "岚溪县法治政府建设示范县创建情况公示",
        "青萝湾镇党委书记2023年述法报告",
        "法治政府建设年度报告目录",
        "关于春节期间值班安排的通知",
        "岚溪县2023年国民经济和社会发展统计公报",
    ),
    Verdict.UNSURE: (
        "湖南省怀化市岚溪县青萝湾镇人民政府…",
        "岚溪县人民政府2023年法治政府…",
        "岚溪县青萝湾镇关于2023年度……",
        "岚溪县司法局关于2023年度法治...",
    ),
}


@pytest.mark.parametrize(
    ("verdict", "title"), [(each, title) for each, titles in TITLES.items() for title in titles]
)
def test_a_title_is_judged(verdict: Verdict, title: str) -> None:
    assert usual_titles().judge(title) is verdict


def test_a_cut_title_may_show_enough() -> None:
    assert usual_titles().judge("岚溪县2023年政府信息公开工作年度报告（全…") is Verdict.UNWANTED
    assert usual_titles().judge("岚溪县2023年法治政府建设情况报…") is Verdict.WANTED
