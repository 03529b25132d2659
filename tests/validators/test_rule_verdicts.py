"""How each rule on a report's words ends where it can't tell, and the tables behind them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from nianbao import (
    Attribute,
    Context,
    DocumentKind,
    Field,
    IssuerLevel,
    RegionProfile,
    Report,
    Rival,
    Severity,
    Status,
)
from nianbao.grammar.reading import read_text
from nianbao.steps import make_context
from plugins.validators.laws import acts, meant_by
from plugins.validators.outcomes import Outcome
from plugins.validators.textrules import RULES, judge, nianbao_validators

RUN = replace(make_context(), today=date(2026, 6, 1))


def context(text: str, **changes: object) -> Context:
    return replace(RUN, reading=read_text(text, RUN.catalogue.units), **changes)


def report(**fields: str) -> Report:
    known = {Field.KIND: DocumentKind.REPORT.value} | {Field(name): value for name, value in fields.items()}
    return Report("a", "", Status.COMPLETE, tuple(Attribute(f, v, "标题", "test") for f, v in known.items()))


def published(day: str, reason: str = "“发布时间”一栏", *rivals: tuple[str, str]) -> Attribute:
    others = tuple(Rival(value, why) for value, why in rivals)
    return Attribute(Field.PUBLISHED, day, reason, "test", rivals=others)


def with_day(told: Attribute, year: str = "2023", level: IssuerLevel = IssuerLevel.TOWN) -> Report:
    base = report(year=year, issuer_level=level.value)
    return replace(base, attributes=(*base.attributes, told))


@pytest.mark.parametrize("name", RULES)
def test_without_a_text_or_an_identity_no_rule_judges(name: str) -> None:
    assert judge(name, report(), RUN).outcome is Outcome.UNCLEAR


@pytest.mark.parametrize("name", RULES)
def test_every_rule_holds_on_a_plain_text(name: str) -> None:
    words = "安新县苇泊镇2023年法治政府建设报告\n镇党委召开会议4次，认真学习《行政处罚法》。"
    known = report(
        year="2023",
        issuer="安新县苇泊镇",
        issuer_level="town",
        county="安新县",
        town="苇泊镇",
        published="2024-02-01",
    )
    verdict = judge(name, known, context(words))
    assert (verdict.outcome, verdict.findings, verdict.reason) == (Outcome.HOLDS, (), "")


def test_every_rule_is_a_validator_of_its_own() -> None:
    validators = {validator.name: validator for validator in nianbao_validators()}
    assert {name: set(each.kinds) for name, each in validators.items()} == {
        name: {kind} for name, (_, kind) in RULES.items()
    }
    found = list(validators["laws"].check(report(), context("学习《治安管理处法》。")))
    assert [(each.rule, each.severity) for each in found] == [("laws.typo-law", Severity.WARNING)]


@pytest.mark.parametrize(
    ("told", "year", "outcome"),
    [
        (published("2024-04-01"), "2023", Outcome.HOLDS),
        (published("2024-04-02"), "2023", Outcome.FAILS),
        (published("2024-12-30"), "2023", Outcome.FAILS),
        (published("2025-01-03"), "2023", Outcome.UNCLEAR),
        (published("2018-05-03"), "2017", Outcome.UNCLEAR),
        (published("2024-05-03", "“更新时间”一栏"), "2023", Outcome.UNCLEAR),
        (published("2024-05-03", "“发布时间”一栏", ("2024-02-01", "网址中的日期")), "2023", Outcome.UNCLEAR),
        (published("2024-05-03", "“发布时间”一栏", ("2024-02-01", "落款日期")), "2023", Outcome.FAILS),
        (published("2024-05-03", "落款日期"), "2023", Outcome.FAILS),
        (published("2023-12-20"), "2023", Outcome.HOLDS),
    ],
)
def test_lateness(told: Attribute, year: str, outcome: Outcome) -> None:
    verdict = judge("timeliness", with_day(told, year), context("报告"))
    assert verdict.outcome is outcome
    assert bool(verdict.reason) == (outcome is Outcome.UNCLEAR)
    assert all("第二十四条" in finding.basis for finding in verdict.findings)


def test_a_region_sets_the_day_for_its_towns_alone() -> None:
    region = RegionProfile("13", "河北省", town_deadline=(4, 30))
    day = published("2024-04-20")
    town, county = with_day(day), with_day(day, level=IssuerLevel.COUNTY)
    assert judge("timeliness", town, context("报告", region=region)).outcome is Outcome.HOLDS
    assert judge("timeliness", county, context("报告", region=region)).outcome is Outcome.FAILS


def test_an_issuer_that_its_text_does_not_name_is_compared_with_nothing() -> None:
    known = report(year="2023", issuer="苇泊镇", issuer_level="town", town="苇泊镇")
    assert judge("foreign-names", known, context("蒲台镇党委召开会议。")).outcome is Outcome.UNCLEAR


def test_a_report_on_two_years_has_no_year_to_compare() -> None:
    known = report(year="2023", title="苇泊镇2022-2023年法治政府建设报告")
    assert judge("years", known, context("2022年共办理案件5件。")).outcome is Outcome.UNCLEAR


@pytest.mark.parametrize(("year", "told"), [("2019", 0), ("2021", 2), ("2022", 3)])
def test_a_body_is_stale_only_after_its_reform(year: str, told: int) -> None:
    words = "县工商局、县环保局开展检查。县扶贫办发放补助。"
    assert len(judge("bodies", report(year=year), context(words)).findings) == told


NEAR = """
    治安管里处罚法=治安管理处罚法 妇女权益保护法=妇女权益保障法 未成人保护法=未成年人保护法
    农村土地承包经营法=农村土地承包法 行政处伐法=行政处罚法 行政负议法=行政复议法 民发典=民法典
    安全生产发=安全生产法 反电信网络炸骗法=反电信网络诈骗法 信仿条例=信访条例 信访工做条例=信访工作条例
    政府信息公条例=政府信息公开条例 行政处处罚法=行政处罚法 社区矫政法=社区矫正法
    宗教事物条例=宗教事务条例 重大行政决策程序暂行条列=重大行政决策程序暂行条例
    危险化学品安全管里条例=危险化学品安全管理条例 中国共产党纪律处份条例=中国共产党纪律处分条例
    人民调节法=人民调解法 乡村振新促进法=乡村振兴促进法 法律缓助法=法律援助法 督监法=
    突发事件应付法=突发事件应对法 行政可许法=行政许可法
    治安处罚管理法=治安管理处罚法 农产品安全质量法=农产品质量安全法 突发应对事件法=突发事件应对法
"""
RIGHT = """
    宪法 民法典 中华人民共和国民法典 天津市优化营商环境条例 信息公开条例 治安处罚法 反家暴法 环保法
    保密法 江苏省安全生产条例 物业服务条例 住宅物业管理条例 城市绿化管理条例 公园管理条例 志愿者服务条例
    食品安全条例 土地承包法 道路运输管理条例 消防条例 民法典婚姻家庭编 安全生产法（2021修正）
    习近平法治思想 行政执法公示办法 烟花爆竹燃放管理条例 燃气管理条例 文明行为促进条例 新安全生产法
    三治融合工作法 反有组织犯罪法 城市市容环境卫生管理条例 妇女权益保障条例 禁毒条例 水法
    野生动物保护条例 大气污染防治条例 土壤污染防治条例 中国共产党统一战线条例 社会保障法 兵役法
    关于加强法治乡村建设的意见
"""


@pytest.mark.parametrize("pair", NEAR.split())
def test_a_near_miss_of_a_law_is_told(pair: str) -> None:
    cited, _, meant = pair.partition("=")
    assert meant_by(cited) == meant


@pytest.mark.parametrize("name", RIGHT.split())
def test_what_is_no_near_miss_is_left_alone(name: str) -> None:
    assert meant_by(name) == ""


def test_no_listed_act_is_a_near_miss_itself() -> None:
    known = acts()
    assert len(known.names) > 600
    assert {name for name in (*known.names, *known.short) if meant_by(name)} == set()
    assert set(known.wrong.values()) | set(known.short.values()) <= known.names
    assert not known.names & (known.wrong.keys() | known.short.keys())
