"""Whose report is whose."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from nianbao.divisions import divisions
from nianbao.model import Attribute, Field, IssuerLevel, Report, RosterEntry, Status
from nianbao.roster import match_roster, unlisted
from nianbao.roster.names import division_code, plain_name


def report(
    issuer: str | None = None, code: str | None = None, level: IssuerLevel = IssuerLevel.TOWN, **places: str
) -> Report:
    values = {Field.ISSUER: issuer, Field.ISSUER_LEVEL: level.value, Field.DIVISION_CODE: code}
    values |= {Field(field): value for field, value in places.items()}
    attributes = tuple(
        Attribute(field, value, "标题所写", "identity") for field, value in values.items() if value
    )
    return Report(f"{issuer}.docx", "ab", Status.COMPLETE, attributes)


def matches(roster: Sequence[str | tuple[str, str]], found: Report) -> list[str]:
    entries = [
        RosterEntry(row, None, index) if isinstance(row, str) else RosterEntry(*row, index)
        for index, row in enumerate(roster, start=2)
    ]
    outcomes = match_roster(entries, [found], divisions())
    listed = [outcome.entry.name for outcome in outcomes if outcome.files]
    assert bool(listed) != bool(unlisted(entries, [found], divisions()))
    return listed


WHITE = report("青石县白水镇人民政府", county="青石县", city="江南市")


@pytest.mark.parametrize(
    "name",
    [
        "白水镇",
        "白水",
        "白水镇人民政府",
        "白水镇党委、政府",
        "中共白水镇委员会",
        "青石县白水镇",
        "青石白水镇",
        "江南市青石县白水镇人民政府",
        "江南市白水镇",
        "白 水 镇",
        "某省江南市青石县白水镇",
    ],
)
def test_one_town_under_many_names(name: str) -> None:
    assert matches(["清水镇", name, "小白水镇", "白水乡"], WHITE) == [name]


@pytest.mark.parametrize(
    ("roster", "found"),
    [
        ("东城街道", "青石区东城街道办事处"),
        ("东城街道办事处", "青石区人民政府东城街道办事处"),
        ("东城街道办", "东城街道党工委、办事处"),
        ("东城街道", "东城办事处"),
        ("东城办事处", "中共青石区东城街道工委"),
        ("红旗街道", "红旗街道办事处"),
        ("市中区红旗镇", "市中区红旗镇人民政府"),
        ("和平镇", "和平镇人民政府"),
        ("经济开发区", "青石县经济开发区管理委员会"),
    ],
)
def test_streets_and_their_offices(roster: str, found: str) -> None:
    assert matches([roster, "西城街道", "街道"], report(found)) == [roster]


def test_the_same_bare_name_in_two_counties() -> None:
    roster = ["甲县城关镇", "乙县城关镇"]
    assert matches(roster, report("城关镇人民政府", county="乙县")) == ["乙县城关镇"]
    assert matches(roster, report("甲县城关镇人民政府")) == ["甲县城关镇"]
    assert matches(roster, report("丙县城关镇人民政府")) == []
    assert matches(roster, report("丙县城关镇人民政府", county="丙县")) == []
    assert matches(roster, report("城关镇人民政府")) == []
    assert matches(["甲县城关镇", "甲县白水镇"], report("城关镇人民政府")) == ["甲县城关镇"]
    assert matches(["甲县城关镇", "城关镇"], report("乙县城关镇人民政府", county="乙县")) == ["城关镇"]


def test_the_code_tells_bare_names_apart_by_itself_and_by_its_county() -> None:
    entries = [RosterEntry("古巷镇", "445102100", 2), RosterEntry("古巷镇", "445103100", 3)]
    coded, named, unknown = (
        report("古巷镇人民政府", "445103100"),
        report("古巷镇人民政府", county="潮安区"),
        report("古巷镇人民政府"),
    )
    outcomes = match_roster(entries, [coded, named, unknown], divisions())
    assert [outcome.files for outcome in outcomes] == [(), ("古巷镇人民政府.docx",)]
    assert unlisted(entries, [coded, named, unknown], divisions()) == (unknown,)


def test_the_code_is_enough_unless_the_name_points_elsewhere() -> None:
    assert matches(
        [("青石片区", "445102001"), ("红旗镇", "445102002")], report("白水镇人民政府", "445102001")
    ) == ["青石片区"]
    renumbered = [("红旗镇", "445102001"), ("白水镇", "445102003")]
    assert matches(renumbered, report("白水镇人民政府", "445102001")) == ["白水镇"]
    assert matches([("白水镇", "445102001000")], report("另一名称", "445102001")) == ["白水镇"]
    assert matches([("白水镇", "445103001")], report("白水镇人民政府", "445102001")) == []


def test_a_county_and_its_bureaus_and_towns_are_different_bodies() -> None:
    roster = [("青石县", "445102"), ("县司法局", "445102"), ("青石县公安局", "445102"), ("白水镇", "445102")]
    county = report("青石县人民政府", "445102", IssuerLevel.COUNTY, county="青石县", city="江南市")
    justice = report("青石县司法局", "445102", IssuerLevel.DEPARTMENT, county="青石县", city="江南市")
    assert matches(roster, county) == ["青石县"]
    assert matches(roster[1:], county) == []
    assert matches(roster, justice) == ["县司法局"]
    assert matches(["江南市司法局"], justice) == []
    assert matches(["江南市青石县司法局"], justice) == ["江南市青石县司法局"]
    assert (
        matches(roster, report("青石县卫生健康局", "445102", IssuerLevel.DEPARTMENT, county="青石县")) == []
    )


def test_an_autonomous_county_by_its_short_name() -> None:
    found = report("道真仡佬族苗族自治县人民政府", level=IssuerLevel.COUNTY, city="遵义市")
    assert matches(["务川县", "道真县"], found) == ["道真县"]
    town = report("玉溪镇人民政府", county="道真仡佬族苗族自治县", city="遵义市")
    assert matches(["务川县玉溪镇", "道真县玉溪镇"], town) == ["道真县玉溪镇"]


def test_all_files_of_an_issuer_are_told_once_and_what_is_no_report_counts_for_nobody() -> None:
    first = WHITE
    second = Report("补报.docx", "cd", Status.PARTIAL, WHITE.attributes)
    part = Report("补报.docx", "cd", Status.COMPLETE, WHITE.attributes, part=2)
    news = Report("新闻.html", "ef", Status.NOT_A_REPORT, WHITE.attributes)
    roster = [RosterEntry("红旗镇", None, 2), RosterEntry("白水镇", None, 3)]
    outcomes = match_roster(roster, [first, second, part, news], divisions())
    assert [outcome.files for outcome in outcomes] == [(), (first.file, "补报.docx")]
    assert unlisted(roster, [first, news]) == ()
    stranger = report("绿水镇人民政府")
    assert unlisted(roster, [stranger, first]) == (stranger,)
    nobody = Report("无名.pdf", "01", Status.COMPLETE)
    assert unlisted(roster, [nobody]) == (nobody,)


@pytest.mark.parametrize(
    ("code", "short"),
    [
        ("445102001000", "445102001"),
        ("445102000000", "445102"),
        ("445102", "445102"),
        ("445100", "4451"),
        ("440000", "44"),
    ],
)
def test_codes_in_their_shortest_form(code: str, short: str) -> None:
    assert division_code(code) == short


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("中共青石县白水镇委员会 青石县白水镇人民政府", "青石县白水镇"),
        ("中国共产党青石县委", "青石县"),
        ("青 石 县", "青石县"),
        ("白水镇 人民政府", "白水镇"),
        ("（青石县）", "(青石县)"),
        ("3、白水镇（含开发区）", "白水镇"),
        ("（12）白水镇人民政府*", "白水镇"),
        ("1.白水镇、红旗镇", "白水镇、红旗镇"),
    ],
)
def test_plain_names(name: str, plain: str) -> None:
    assert plain_name(name) == plain
