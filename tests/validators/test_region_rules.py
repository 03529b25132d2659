"""What a region's profile lends to the rules: its hosts, and the parts that it asks for in which years."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from nianbao import (
    Attribute,
    Context,
    Field,
    Finding,
    MandatedParts,
    RegionProfile,
    Report,
    Section,
    SectionKind,
    Status,
)
from nianbao.catalogue import load_catalogue
from nianbao.divisions import divisions
from nianbao.grammar.reading import read_text
from plugins.validators import authenticity, outline

TEXT = "一、主要举措和成效\n开展普法。\n二、下一步安排\n继续努力。\n"
OWN = MandatedParts(frozenset({"achievements", "plan"}), 2021, 2022, "《甲省法治政府建设报告办法》第五条")
PROVINCE = RegionProfile("52", "甲省", ("jia.gov.cn",), mandated=(OWN,))
COUNTY = RegionProfile("520323", "乙县", ("yi.gov.cn",))


def context(**changes: object) -> Context:
    catalogue = load_catalogue()
    bare = Context(catalogue, divisions(), date(2024, 5, 6), reading=read_text(TEXT, catalogue.units))
    return replace(bare, **changes)


def report(year: int, code: str = "") -> Report:
    told = [Attribute(Field.YEAR, str(year), "", "test")]
    told += [Attribute(Field.DIVISION_CODE, code, "", "test")] if code else []
    second = TEXT.index("二、")
    sections = (
        Section("一、主要举措和成效", SectionKind.ACHIEVEMENTS, 0, second, 1, "test", 1, "一、"),
        Section("二、下一步安排", SectionKind.PLAN, second, len(TEXT), 1, "test", 2, "一、"),
    )
    return Report("甲.txt", "0" * 64, Status.COMPLETE, tuple(told), sections=sections)


def hosted(code: str, *hosts: str, **changes: object) -> list[Finding]:
    ruling = authenticity.judge(report(2023, code), context(hosts=hosts, **changes))
    return [each for each in ruling.findings if each.rule == "authenticity.host"]


def test_a_host_outside_the_region_asked_for_is_told() -> None:
    (finding,) = hosted("520323100", "www.elsewhere.com", region=PROVINCE)
    assert finding.message == "报告取自www.elsewhere.com，不在甲省的政府网站之内。"


def test_a_host_of_another_region_than_the_one_asked_for_is_told() -> None:
    other = RegionProfile("53", "丁省", ("ding.gov.cn",))
    (finding,) = hosted("520323100", "www.ding.gov.cn", region=PROVINCE, hosted=(other,))
    assert finding.message == "报告取自www.ding.gov.cn，不在甲省的政府网站之内。"


def test_a_host_of_another_county_is_told() -> None:
    (finding,) = hosted("520324100", "www.yi.gov.cn", hosted=(COUNTY,))
    assert finding.message == "报告取自www.yi.gov.cn，是乙县的网站，而不是发布单位所在地的。"


@pytest.mark.parametrize(
    ("code", "hosts", "changes"),
    [
        ("520323100", ("www.yi.gov.cn",), {"hosted": (COUNTY,)}),
        ("52", ("www.yi.gov.cn",), {"hosted": (COUNTY,)}),
        ("520323100", ("zwgk.jia.gov.cn",), {"region": PROVINCE, "hosted": (PROVINCE,)}),
        ("520323100", ("www.elsewhere.com",), {}),
        ("520323100", (), {"region": PROVINCE}),
        ("520323100", ("www.bing.gov.cn",), {"region": PROVINCE}),
        ("", ("www.yi.gov.cn",), {"hosted": (COUNTY,)}),
    ],
    ids=[
        "its own",
        "above it",
        "within the region",
        "no profile",
        "no host",
        "a government's that nobody names",
        "issuer unknown",
    ],
)
def test_other_hosts_are_left_alone(code: str, hosts: tuple[str, ...], changes: dict[str, object]) -> None:
    assert hosted(code, *hosts, **changes) == []


@pytest.mark.parametrize(("year", "missing"), [(2020, 2), (2021, 0), (2022, 0), (2023, 2)])
def test_a_region_s_own_parts_count_in_their_years(year: int, missing: int) -> None:
    findings = list(outline.check(report(year), context(region=PROVINCE)))
    assert sum(each.kind == "missing-part" for each in findings) == missing


def test_a_region_s_own_provision_is_cited() -> None:
    asked = replace(OWN, kinds=frozenset({"achievements", "problems", "plan"}))
    own = replace(PROVINCE, mandated=(asked,))
    (finding,) = (
        each for each in outline.check(report(2022), context(region=own)) if each.kind == "missing-part"
    )
    assert "存在的不足和原因" in finding.message
    assert finding.basis == OWN.basis
