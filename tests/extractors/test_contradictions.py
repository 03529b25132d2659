"""What a document tells twice and differently is kept with its reasons, and never repaired in silence."""

from __future__ import annotations

from datetime import date

import pytest

from nianbao.model import Attribute, Document, Fact, FactName, Field, Rival
from nianbao.records import Context
from nianbao.steps import make_context
from plugins.extractors.identity import extract

BODY = (
    "{year}年，我镇深入推进法治政府建设，现将有关情况报告如下：\n"
    "一、{year}年度推进法治政府建设的主要举措和成效\n"
    "全年开展法治宣传12次，依法行政能力不断提高。\n"
    "二、存在的不足和原因\n执法力量不足。\n"
    "三、下一步安排\n继续加强法治培训。\n"
)


@pytest.fixture(scope="module")
def context() -> Context:
    return make_context()


def told(text: str, context: Context, *facts: Fact) -> dict[Field, Attribute]:
    document = Document("报告.html", "0", "html", text, (), facts)
    return {attribute.field: attribute for attribute in extract(document, context)}


def rivals(attribute: Attribute, text: str = "") -> list[tuple[str, str, str]]:
    return [
        (rival.value, rival.reason, text[rival.start : rival.end] if rival.end else "")
        for rival in attribute.rivals
    ]


def fact(name: FactName, value: str) -> Fact:
    return Fact(name, value, "meta")


def test_a_title_of_another_year_than_the_text(context: Context) -> None:
    text = "旺草镇2023年法治政府建设年度报告\n" + BODY.format(year=2022)
    year = told(text, context)[Field.YEAR]
    assert (year.value, year.reason) == ("2023", "标题中的年份")
    assert rivals(year, text) == [("2022", "开头写明的年份", "2022年")]
    assert year.confidence < 1


def test_a_page_called_by_another_year_than_its_text(context: Context) -> None:
    text = "旺草镇2023年法治政府建设年度报告\n" + BODY.format(year=2023)
    page = fact(FactName.TITLE, "旺草镇2022年法治政府建设年度报告")
    found = told(text, context, page)
    assert rivals(found[Field.YEAR]) == [("2022", "另一标题“旺草镇2022年法治政府建设年度报告”中的年份", "")]
    assert rivals(found[Field.TITLE])[0] == ("旺草镇2022年法治政府建设年度报告", "页面标题（meta）", "")


@pytest.mark.parametrize(
    ("title", "year", "others"),
    [
        ("旺草镇2021—2022年度法治政府建设情况报告", "2022", ["2021"]),
        ("旺草镇2021年和2022年法治政府建设情况报告", "2022", ["2021"]),
        ("旺草镇2021年、2022年法治政府建设工作报告", "2022", ["2021"]),
        ("旺草镇2022年法治政府建设工作总结及2023年工作计划", "2022", ["2023"]),
        ("旺草镇2022年法治政府建设工作总结和2023年工作打算", "2022", ["2023"]),
        ("旺草镇2022年贯彻落实《法治政府建设实施纲要（2021—2025年）》情况的报告", "2022", []),
        ("旺草镇2022年度法治政府建设情况报告", "2022", []),
    ],
)
def test_two_years_in_a_title(title: str, year: str, others: list[str], context: Context) -> None:
    found = told(f"{title}\n" + BODY.format(year=2022), context)[Field.YEAR]
    assert (found.value, [rival.value for rival in found.rivals]) == (year, others)


def test_an_issuer_who_does_not_sign(context: Context) -> None:
    text = (
        "旺草镇人民政府2023年法治政府建设年度报告\n" + BODY.format(year=2023) + "洋川镇人民政府\n2024年1月8日"
    )
    issuer = told(text, context)[Field.ISSUER]
    assert issuer.value == "旺草镇人民政府"
    assert ("洋川镇人民政府", "落款单位", "洋川镇人民政府") in rivals(issuer, text)


def test_a_joint_report_is_the_government_s(context: Context) -> None:
    text = "中共旺草镇委员会 旺草镇人民政府2023年法治政府建设年度报告\n" + BODY.format(year=2023)
    assert told(text, context)[Field.ISSUER].value == "旺草镇人民政府"


def test_two_days_of_publication(context: Context) -> None:
    text = "旺草镇2023年法治政府建设年度报告\n发布时间：2024-03-20\n" + BODY.format(year=2023)
    published = told(text, context, fact(FactName.PUBLISHED, "2024-01-15"))[Field.PUBLISHED]
    assert date.fromisoformat(published.value) == date(2024, 1, 15)
    assert rivals(published, text)[0] == ("2024-03-20", "“发布时间”一栏", "2024-03-20")


def test_a_publisher_and_a_site_of_other_places(context: Context) -> None:
    text = "绥阳县旺草镇2023年法治政府建设年度报告\n" + BODY.format(year=2023)
    other = (fact(FactName.PUBLISHER, "湄潭县司法局"), fact(FactName.HOST, "www.baodi.tj.gov.cn"))
    found = told(text, context, *other)
    assert (found[Field.COUNTY].value, found[Field.TOWN].value) == ("绥阳县", "旺草镇")
    assert Rival("湄潭县", "发布机构是“湄潭县司法局”，在贵州省遵义市湄潭县") in found[Field.COUNTY].rivals
    assert Rival("天津市", "网站 www.baodi.tj.gov.cn 属于天津市") in found[Field.PROVINCE].rivals
    superior = (fact(FactName.PUBLISHER, "遵义市司法局"), fact(FactName.HOST, "www.suiyang.guizhou.gov.cn"))
    agreeing = told(text, context, *superior)
    assert all(not agreeing[field].rivals for field in (Field.PROVINCE, Field.CITY, Field.COUNTY))
