"""Collections with numbered titles, versions, years and annexes of one issuer: what is cut, and where."""

from __future__ import annotations

import pytest
from bound_reports import CLOUDY, STONY, body, document, running

from nianbao.manager import registry
from nianbao.model import Download, Field, Filing, Status
from nianbao.parting import find_parts
from nianbao.steps import make_context, process_download


def inner(name: str, count: int = 4) -> str:
    """A body as it stands below 一、, whose headings begin with （一）."""
    return (
        f"2023年，{name}扎实推进法治政府建设。\n"
        f"（一）主要举措和成效。\n1.加强学习。{name}全年组织集中学法{count}次。\n"
        f"2.规范执法。全年办理行政处罚案件{count + 30}件，均按程序办理。\n"
        "（二）存在的不足和原因。\n执法力量不足，人员素质有待提高。\n"
        "（三）下一步工作安排。\n继续加强法治培训，提高依法行政能力，推进法治政府建设。"
    )


COVER = "清溪县2023年度法治政府建设报告汇编"
CLOUDY_REPORT, STONY_REPORT = (
    "云岭镇2023年法治政府建设情况报告",
    "石桥镇人民政府2023年法治政府建设情况报告",
)
COUNTY = "清溪县2023年度法治政府建设工作报告"
BUREAU = "清溪县司法局2023年度法治政府建设工作总结"
CUT = {
    "numbered 一、": (
        f"{COVER}\n一、{CLOUDY_REPORT}\n{inner('云岭镇')}\n二、{STONY_REPORT}\n{inner('石桥镇')}\n三、{BUREAU}\n{inner('我局')}",
        [CLOUDY_REPORT, STONY_REPORT, BUREAU],
    ),
    "numbered 1.": (
        f"1.{CLOUDY_REPORT}\n{body('云岭镇')}\n2.{STONY_REPORT}\n{body('石桥镇')}",
        [CLOUDY_REPORT, STONY_REPORT],
    ),
    "numbered （一）": (
        f"（一）{CLOUDY_REPORT}\n{body('云岭镇')}\n（二）{STONY_REPORT}\n{body('石桥镇')}",
        [CLOUDY_REPORT, STONY_REPORT],
    ),
    "numbered 第一篇": (
        f"第一篇 {CLOUDY_REPORT}\n{body('云岭镇')}\n第二篇 {STONY_REPORT}\n{body('石桥镇')}",
        [CLOUDY_REPORT, STONY_REPORT],
    ),
    "the year first": (
        f"1.2023年云岭镇法治政府建设工作报告\n{body('云岭镇')}\n2.2023年石桥镇法治政府建设工作报告\n{body('石桥镇')}",
        ["2023年云岭镇法治政府建设工作报告", "2023年石桥镇法治政府建设工作报告"],
    ),
    "the same number before titles and headings": (
        f"一、{CLOUDY_REPORT}\n{body('云岭镇')}\n二、{STONY_REPORT}\n{body('石桥镇')}",
        [CLOUDY_REPORT, STONY_REPORT],
    ),
    "contents above": (
        (
            f"{COVER}\n目录\n一、{CLOUDY_REPORT}\n二、{STONY_REPORT}\n"
            f"一、{CLOUDY_REPORT}\n{inner('云岭镇')}\n二、{STONY_REPORT}\n{inner('石桥镇')}"
        ),
        [CLOUDY_REPORT, STONY_REPORT],
    ),
    "contents that are numbered, titles that are not": (
        f"目  录\n1. {CLOUDY}……1\n2. {STONY}……9\n{CLOUDY}\n{body('云岭镇')}\n{STONY}\n{body('石桥镇')}",
        [CLOUDY, STONY],
    ),
    "numbered contents without page numbers, titles that are not": (
        f"目录\n1. {CLOUDY}\n2. {STONY}\n{CLOUDY}\n{body('云岭镇')}\n{STONY}\n{body('石桥镇')}",
        [CLOUDY, STONY],
    ),
    "parts of a collection": (
        (
            f"{COVER}\n一、各镇\n1.{CLOUDY_REPORT}\n{body('云岭镇')}\n2.{STONY_REPORT}\n{body('石桥镇')}\n"
            f"二、各部门\n1.{BUREAU}\n{body('我局')}"
        ),
        [CLOUDY_REPORT, STONY_REPORT, BUREAU],
    ),
    "a title over two lines": (
        (
            f"一、云岭镇人民政府\n关于2023年度法治政府建设情况的报告\n{inner('云岭镇')}\n"
            f"二、石桥镇人民政府\n关于2023年度法治政府建设情况的报告\n{inner('石桥镇')}"
        ),
        ["云岭镇人民政府", "石桥镇人民政府"],
    ),
    "bodies without headings": (
        f"一、{CLOUDY_REPORT}\n{running('云岭镇')}\n二、{STONY_REPORT}\n{running('石桥镇')}",
        [CLOUDY_REPORT, STONY_REPORT],
    ),
    "a number that is missing": (
        f"一、{CLOUDY_REPORT}\n{inner('云岭镇')}\n三、{STONY_REPORT}\n{inner('石桥镇')}",
        [CLOUDY_REPORT, STONY_REPORT],
    ),
    "the year on the cover alone": (
        f"{COVER}\n一、云岭镇法治政府建设工作报告\n{inner('云岭镇')}\n二、石桥镇法治政府建设工作报告\n{inner('石桥镇')}",
        ["云岭镇法治政府建设工作报告", "石桥镇法治政府建设工作报告"],
    ),
    "three years of one issuer": (
        "\n".join(
            f"云岭镇{year}法治政府建设年度报告\n{body('云岭镇', count)}"
            for count, year in enumerate(("2021年", "二〇二二年", "2023年度"), 2)
        ),
        [
            "云岭镇2021年法治政府建设年度报告",
            "云岭镇二〇二二年法治政府建设年度报告",
            "云岭镇2023年度法治政府建设年度报告",
        ],
    ),
    "two years, numbered": (
        f"一、云岭镇2022年法治政府建设情况报告\n{inner('云岭镇', 2)}\n二、{CLOUDY_REPORT}\n{inner('云岭镇')}",
        ["云岭镇2022年法治政府建设情况报告", CLOUDY_REPORT],
    ),
    "an annex with a slogan above its issuer": (
        f"{COUNTY}\n{body('全县')}\n附件：\n法润山乡，共治共享——{CLOUDY}\n{body('云岭镇')}",
        [COUNTY, "附件："],
    ),
    "an annex of a body with two names": (
        f"{COUNTY}\n{body('全县')}\n附件：\n清溪县城管局（综合执法局）2023年法治政府建设年度报告\n{body('我局')}",
        [COUNTY, "附件："],
    ),
    "a report told again behind another's": (
        f"{CLOUDY}\n{body('云岭镇')}\n{STONY}\n{body('石桥镇')}\n{CLOUDY}\n{body('云岭镇')}",
        [CLOUDY, STONY, CLOUDY],
    ),
    "annexes that are others' reports": (
        (f"{COUNTY}\n{body('全县')}\n附件1：{CLOUDY}\n{body('云岭镇')}\n附件2：{STONY}\n{body('石桥镇')}"),
        [COUNTY, f"附件1：{CLOUDY}", f"附件2：{STONY}"],
    ),
}


@pytest.mark.parametrize(("text", "begin"), CUT.values(), ids=CUT)
def test_where_each_report_begins(text: str, begin: list[str]) -> None:
    parts = find_parts(document(text))
    assert [part.document.text.partition("\n")[0] for part in parts] == begin
    assert all(text[part.start :].startswith(name) for part, name in zip(parts, begin, strict=True))


TABLE = "附件1\n云岭镇2023年法治政府建设情况统计表\n一、处罚\n处罚34件。罚款2万元。\n二、检查\n检查210次。"
NO_CUT = {
    "numbered headings that name no issuer": (
        f"{CLOUDY}\n一、2022年度法治政府建设工作总结\n（一）学法。学法4次。\n（二）执法。处罚3件。\n"
        "二、2023年度法治政府建设工作报告\n（一）学法。学法5次。\n（二）执法。处罚4件。"
    ),
    "numbered headings that end in 情况": (
        f"清溪县2023年法治政府建设年度报告\n一、云岭镇2023年法治政府建设情况\n{inner('云岭镇')}\n"
        f"二、石桥镇2023年法治政府建设情况\n{inner('石桥镇')}"
    ),
    "one numbered title alone": (
        f"云岭镇2023年推进依法治县工作\n一、{CLOUDY_REPORT}\n{inner('云岭镇')}\n二、2024年工作打算\n{inner('云岭镇')}"
    ),
    "numbered titles with a line each": (
        f"清溪县2023年法治政府建设年度报告\n{body('全县')}\n四、各镇报告\n1.{CLOUDY_REPORT}\n已于1月公开。\n"
        f"2.{STONY_REPORT}\n已于2月公开。"
    ),
    "a numbered list of annexes": (
        f"{CLOUDY}\n{body('云岭镇')}\n附件：\n1.{STONY_REPORT}\n2.{BUREAU}\n3.行政执法统计表\n云岭镇人民政府\n2024年1月8日"
    ),
    "numbers that run back": (
        f"清溪县2023年法治政府建设年度报告\n三、{CLOUDY_REPORT}\n{inner('云岭镇')}\n二、{STONY_REPORT}\n{inner('石桥镇')}"
    ),
    "a second version": f"{CLOUDY}\n{body('云岭镇')}\n{CLOUDY}（修订稿）\n{body('云岭镇', 5)}",
    "a second version in other words": (
        f"{CLOUDY}\n{body('云岭镇')}\n清溪县云岭镇人民政府2023年度法治政府建设情况的报告\n{body('我镇', 5)}"
    ),
    "a second version of the party's": (
        f"{CLOUDY}\n{body('云岭镇')}\n中共云岭镇委员会2023年度法治政府建设工作报告\n{body('云岭镇', 5)}"
    ),
    "a second version of both": (
        f"{CLOUDY}\n{body('云岭镇')}\n云岭镇党委、政府2023年度法治政府建设工作报告\n{body('云岭镇', 5)}"
    ),
    "a second version with a Han year": (
        f"{CLOUDY}\n{body('云岭镇')}\n云岭镇二〇二三年法治政府建设工作总结\n{body('云岭镇', 5)}"
    ),
    "two versions, numbered": (
        f"一、{CLOUDY_REPORT}\n{inner('云岭镇')}\n二、云岭镇2023年法治政府建设工作总结\n{inner('云岭镇', 5)}"
    ),
    "an annex with a table": f"{CLOUDY}\n{body('云岭镇')}\n{TABLE}",
    "an annex of the same issuer without a year": (
        f"{CLOUDY}\n{body('云岭镇')}\n附件2\n云岭镇推进依法行政工作报告\n{body('云岭镇', 5)}"
    ),
    "an annex that names nobody": (
        f"{CLOUDY}\n{body('云岭镇')}\n附件：2023年度法治政府建设自查报告\n{body('我镇', 5)}"
    ),
    "an annex that names nobody, its mark above": (
        f"{CLOUDY}\n{body('云岭镇')}\n附件3\n2023年度依法行政考核自评报告\n{body('我镇', 5)}"
    ),
    "contents alone": f"目录\n一、{CLOUDY_REPORT}\n二、{STONY_REPORT}\n三、{BUREAU}\n"
    + "以上材料由县司法局汇总。" * 9,
    "contents of one report": (
        f"{CLOUDY}\n目录\n一、主要举措和成效\n二、存在的不足和原因\n三、下一步工作安排\n{CLOUDY}\n{body('云岭镇')}\n{TABLE}"
    ),
}


@pytest.mark.parametrize("text", NO_CUT.values(), ids=NO_CUT)
def test_what_stays_whole(text: str) -> None:
    whole = document(text)
    [part] = find_parts(whole)
    assert (part.document is whole, part.start) == (True, 0)


def test_the_reports_of_a_numbered_collection_are_told() -> None:
    text = CUT["parts of a collection"][0]
    given = Download(Filing("folder", "汇编.txt", "汇编.txt"), text.encode(), "ab" * 32)
    reports = process_download(registry(), given, make_context()).reports
    assert [(report.status, report.value(Field.TITLE), report.year) for report in reports] == [
        (Status.COMPLETE, title, 2023) for title in (CLOUDY_REPORT, STONY_REPORT, BUREAU)
    ]
    assert [len(report.parts) for report in reports] == [3, 3, 3]
    assert all(
        text[section.start :].startswith(section.heading) for report in reports for section in report.sections
    )
    assert [report.parts[-1].end <= text.index("二、各部门") for report in reports] == [True, True, False]
