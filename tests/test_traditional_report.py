"""A report in traditional characters says what its simplified twin says, and is quoted as it is written."""

from __future__ import annotations

import hashlib

import pytest

from nianbao import Field, Filing, Report, steps
from nianbao.manager import registry
from nianbao.model import Download

SIMPLIFIED = """松阳县青石滩镇人民政府
2023年度法治政府建设工作情况报告

2023年，我镇坚持以习近平法治思想为指导，认真贯彻县委、县政府部署，着力推进依法行政，现将有关情况报告如下：
一、2023年度推进法治政府建设的主要举措和成效
（一）加强组织领导。全年召开党委会专题研究法治建设工作4次，组织领导干部学法12次。
（二）规范行政执法。镇综合行政执法队现有执法人员11名，全年办理行政处罚案件23件，罚没款1.2万元，没有发生行政复议纠错案件。
（三）化解矛盾纠纷。全镇共调解各类矛盾纠纷三百二十余件，调解成功率98.5%，答复群众来信26件，按期答复率100%。
（四）深化法治宣传。围绕“宪法宣传周”开展普法宣传活动30场次，发放宣传资料5000余份，群众对此反响热烈，成效显著。
二、2023年度存在的不足和原因
一是基层执法力量薄弱，干部对法律法规了解不够。
三、党政主要负责人履行推进法治建设第一责任人职责情况
镇党委书记、镇长主持召开法治建设专题会议3次，听取工作汇报2次。
四、2024年度工作计划
（一）继续着力提升执法水平。
松阳县青石滩镇人民政府
2024年1月15日
"""
# In forms of the old print, of Taiwan and of Hong Kong: 爲 為, 羣 群, 衆 眾, 着 著, 計畫.
TRADITIONAL = """松陽縣青石灘鎮人民政府
２０２３年度法治政府建設工作情況報告

２０２３年，我鎮堅持以習近平法治思想為指導，認真貫徹縣委、縣政府部署，著力推進依法行政，現將有關情況報告如下︰
一、２０２３年度推進法治政府建設的主要舉措和成效
（一）加強組織領導。全年召開黨委會專題研究法治建設工作４次，組織領導幹部學法１２次。
（二）規範行政執法。鎮綜合行政執法隊現有執法人員１１名，全年辦理行政處罰案件２３件，罰沒款１．２萬元，沒有發生行政複議糾錯案件。
（三）化解矛盾糾紛。全鎮共調解各類矛盾糾紛三百二十餘件，調解成功率９８．５﹪，答覆羣衆來信２６件，按期答覆率１００﹪。
（四）深化法治宣傳。圍繞「憲法宣傳週」開展普法宣傳活動３０場次，發放宣傳資料５０００餘份，群眾對此反響熱烈，成效顯著。
二、２０２３年度存在的不足和原因
一是基層執法力量薄弱，幹部對法律法規瞭解不夠。
三、黨政主要負責人履行推進法治建設第一責任人職責情況
鎮黨委書記、鎮長主持召開法治建設專題會議３次，聽取工作彙報２次。
四、２０２４年度工作計畫
（一）繼續著力提升執法水平。
松陽縣青石灘鎮人民政府
２０２４年１月１５日
"""


def report_of(text: str) -> tuple[Report, str]:
    data = text.encode()
    download = Download(Filing("folder", "甲.txt", "甲.txt"), data, hashlib.sha256(data).hexdigest())
    document, _ = steps.read(registry(), download)
    return steps.analyse(registry(), document, steps.make_context()), document.text


@pytest.fixture(scope="module")
def simplified() -> tuple[Report, str]:
    return report_of(SIMPLIFIED)


@pytest.fixture(scope="module")
def traditional() -> tuple[Report, str]:
    return report_of(TRADITIONAL)


def test_both_have_the_same_length() -> None:
    assert len(SIMPLIFIED) == len(TRADITIONAL)


def test_its_identity_is_the_same_and_its_title_and_issuer_as_printed(
    simplified: tuple[Report, str], traditional: tuple[Report, str]
) -> None:
    ours, theirs = simplified[0], traditional[0]
    same = set(Field) - {Field.TITLE, Field.ISSUER}
    assert {name: theirs.value(name) for name in same} == {name: ours.value(name) for name in same}
    assert theirs.year == 2023
    assert theirs.value(Field.TOWN) == "青石滩镇"
    assert theirs.value(Field.ISSUER) == "松陽縣青石灘鎮人民政府"
    assert theirs.value(Field.TITLE) == "松陽縣青石灘鎮人民政府２０２３年度法治政府建設工作情況報告"


def test_its_sections_are_the_same(simplified: tuple[Report, str], traditional: tuple[Report, str]) -> None:
    told = [
        [
            (section.kind, section.level, section.number, section.start, section.end)
            for section in report.sections
        ]
        for report, _ in (simplified, traditional)
    ]
    assert told[0] == told[1]
    assert len(told[0]) == 9
    report, text = traditional
    assert all(text.startswith(section.heading, section.start) for section in report.sections)


def test_its_figures_are_the_same_and_quote_the_original(
    simplified: tuple[Report, str], traditional: tuple[Report, str]
) -> None:
    told = [
        [
            (each.indicator, each.value, each.qualifier, each.role, each.start, each.end)
            for each in report.observations
        ]
        for report, _ in (simplified, traditional)
    ]
    assert told[0] == told[1]
    report, text = traditional
    assert all(text[each.start : each.end] == each.quote for each in report.observations)
    quotes = {each.indicator: each.quote for each in report.observations}
    assert quotes["disputes_mediated"] == "調解各類矛盾糾紛三百二十餘件"
    assert len(quotes) >= 8
    numerals = [
        [(each.reason, each.start, each.end) for each in r.numerals] for r, _ in (simplified, traditional)
    ]
    assert numerals[0] == numerals[1]
    findings = [sorted((each.kind, each.rule) for each in r.findings) for r, _ in (simplified, traditional)]
    assert findings[0] == findings[1]
