"""A plugin's region is chosen by the host of the page, places bare names, and never hides a contradiction."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from importlib.metadata import EntryPoint

import pytest
from broken import Writer, context

from flows.identities import show_identity
from nianbao.manager import Registry, build_registry
from nianbao.model import Document, Download, Fact, FactName, Field, Filing, Report
from nianbao.records import RegionProfile
from nianbao.regions import chosen_region, regions_of_hosts
from nianbao.steps import process_download

# Of the many towns called 太平镇 one lies in each of these.
PROFILES = {
    "集贤县": ("230521", "jixian.example.cn", "*.jixian.example.org"),
    "施甸县": ("530521", "www.shidian.example.cn", "shared.example.cn"),
    "姚安县": ("532325", "yaoan.example.cn", "shared.example.cn", "common.example.cn"),
    "云南省": ("53", "example.cn", "common.example.cn"),
    "泾阳县": ("610423", "tied.example.com"),
    "石门县": ("430726", "tied.example.com"),
}
TITLE = "太平镇2023年法治政府建设年度报告"
BODY = (
    "2023年，我镇{told}深入推进法治政府建设，现将有关情况报告如下：\n一、主要举措和成效\n全年开展法治宣传12次，"
    "依法行政能力不断提高。\n二、存在的不足和原因\n执法力量不足。\n三、下一步安排\n继续加强法治培训。\n"
)
PLACES = (Field.PROVINCE, Field.CITY, Field.COUNTY, Field.TOWN, Field.DIVISION_CODE)


def profiles() -> dict[str, RegionProfile]:
    return {name: RegionProfile(code, name, tuple(hosts)) for name, (code, *hosts) in PROFILES.items()}


@pytest.fixture
def installed(write: Writer) -> Registry:
    source = ["from nianbao import *\n@hookimpl\ndef nianbao_regions():"]
    source += [f"    yield {profile!r}" for profile in profiles().values()]
    points = [
        EntryPoint("html", "connectors.readers.html", "nianbao"),
        EntryPoint("identity", "plugins.extractors.identity", "nianbao"),
    ]
    found = build_registry([*points, write("regions", "\n".join(source))])
    assert found.failures == ()
    assert len(found.regions) == len(PROFILES)
    return found


def read(
    found: Registry, host: str, *, title: str = TITLE, told: str = "", asked: str = ""
) -> tuple[Report, Document]:
    """Take a page from a host the whole way; with the region that was asked for, if any."""
    lines = "".join(f"<p>{line}</p>" for line in (title + "\n" + BODY.format(told=told)).splitlines())
    data = f"<html><head><meta charset='utf-8'></head><body><div>{lines}</div></body></html>".encode()
    facts = (Fact(FactName.HOST, host, "listing"),) if host else ()
    download = Download(Filing("site", "1", "page.html"), data, sha256(data).hexdigest(), None, facts)
    given = replace(context(), region=profiles()[asked] if asked else None)
    done = process_download(found, download, given)
    assert done.document is not None
    [report] = done.reports
    assert report.failures == ()
    return report, done.document


def place(report: Report) -> str:
    return "".join(report.value(field) or "" for field in PLACES[:4])


def why_of(report: Report, document: Document) -> str:
    lines = show_identity(report, document, several=False, why=True)
    return "\n".join("".join(run.text for run in line.body) for line in lines)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("jixian.example.cn", "黑龙江省双鸭山市集贤县太平镇"),
        ("www.jixian.example.cn", "黑龙江省双鸭山市集贤县太平镇"),
        ("taiping.zwgk.JIXIAN.example.cn", "黑龙江省双鸭山市集贤县太平镇"),
        ("zfxxgk.jixian.example.org", "黑龙江省双鸭山市集贤县太平镇"),
        ("www.shidian.example.cn", "云南省保山市施甸县太平镇"),
        ("yaoan.example.cn", "云南省楚雄彝族自治州姚安县太平镇"),
        # No site of a profile: another domain, another beginning, a part of a label, nothing.
        ("jixian.example.net", "太平镇"),
        ("myjixian.example.com", "太平镇"),
        ("com", "太平镇"),
        ("", "太平镇"),
    ],
)
def test_a_bare_name_is_placed_by_the_profile_that_names_the_host(
    host: str, expected: str, installed: Registry
) -> None:
    report, _ = read(installed, host)
    assert place(report) == expected
    assert (report.value(Field.DIVISION_CODE) is not None) is (expected != "太平镇")


def test_the_reason_is_told_and_the_place_is_inferred(installed: Registry) -> None:
    report, document = read(installed, "www.jixian.example.cn")
    county = report.attribute(Field.COUNTY)
    assert county is not None
    assert (county.inferred, county.rivals) == (True, ())
    assert "网站 www.jixian.example.cn 属于集贤县" in county.reason
    why = why_of(report, document)
    assert "网站 www.jixian.example.cn 属于集贤县" in why


HOSTS = {
    "no host": ([], [], None),
    "a domain": (["news.example.cn"], ["云南省"], "云南省"),
    "the longest wins": (["zwgk.yaoan.example.cn"], ["姚安县"], "姚安县"),
    "a label is not cut": (["ashared.example.cn"], ["云南省"], "云南省"),
    "a site below www is none": (["shidian.example.cn"], ["云南省"], "云南省"),
    "two counties": (["shared.example.cn"], ["施甸县", "姚安县"], None),
    "a county and its province": (["common.example.cn"], ["云南省", "姚安县"], "云南省"),
    "two hosts that agree": (["jixian.example.cn", "www.jixian.example.cn"], ["集贤县"], "集贤县"),
    "two hosts that don't": (["jixian.example.cn", "yaoan.example.cn"], ["集贤县", "姚安县"], None),
    "a host that nobody names": (["mirror.example.net", "yaoan.example.cn"], ["姚安县"], "姚安县"),
    "a final stop": (["yaoan.example.cn."], ["姚安县"], "姚安县"),
}


@pytest.mark.parametrize(("hosts", "named", "chosen"), HOSTS.values(), ids=HOSTS)
def test_which_profile_a_host_chooses(hosts: list[str], named: list[str], chosen: str | None) -> None:
    facts = tuple(Fact(FactName.HOST, host, "listing") for host in hosts)
    found = regions_of_hosts(profiles().values(), Document("a", "0", "html", "", (), facts))
    assert [each.name for each in found] == named
    region = chosen_region(found)
    assert (region.name if region else None) == chosen


def test_a_site_of_several_regions_decides_nothing_and_says_so(installed: Registry) -> None:
    report, document = read(installed, "tied.example.com")
    assert (place(report), report.value(Field.DIVISION_CODE)) == ("太平镇", None)
    told = "网站 tied.example.com 列在石门县、泾阳县几个地区的站点中"
    why = why_of(report, document)
    assert told in why


def test_what_several_regions_share_is_known(installed: Registry) -> None:
    report, _ = read(installed, "shared.example.cn", told="在全省统一部署下")
    province = report.attribute(Field.PROVINCE)
    assert province is not None
    assert (place(report), report.value(Field.DIVISION_CODE)) == ("云南省太平镇", "53")
    assert "网站 shared.example.cn 列在施甸县、姚安县几个地区的站点中" in province.reason


def test_a_title_of_another_county_keeps_its_place_and_the_host_s(installed: Registry) -> None:
    report, document = read(installed, "www.jixian.example.cn", title=f"施甸县{TITLE}")
    assert place(report) == "云南省保山市施甸县太平镇"
    told = "网站 www.jixian.example.cn 属于集贤县"
    for field, other in ((Field.PROVINCE, "黑龙江省"), (Field.COUNTY, "集贤县")):
        attribute = report.attribute(field)
        assert attribute is not None
        assert [(rival.value, rival.reason) for rival in attribute.rivals] == [(other, told)]
        assert attribute.confidence < 1
    why = why_of(report, document)
    assert f"另有 集贤县：{told}" in why


@pytest.mark.parametrize("told", ["在施甸县委、县政府的坚强领导下，", "按照施甸县要求，"])
def test_a_text_of_another_county_with_such_a_town_leaves_it_open(told: str, installed: Registry) -> None:
    report, _ = read(installed, "www.jixian.example.cn", told=told)
    town = report.attribute(Field.TOWN)
    assert town is not None
    assert (place(report), report.value(Field.DIVISION_CODE)) == ("太平镇", None)
    assert {rival.value for rival in town.rivals} == {
        "黑龙江省双鸭山市集贤县太平镇",
        "云南省保山市施甸县太平镇",
    }


def test_a_county_without_such_a_town_leaves_it_open(installed: Registry) -> None:
    report, _ = read(installed, "www.jixian.example.cn", title="旺草镇2023年法治政府建设年度报告")
    assert report.value(Field.COUNTY) != "集贤县"
    if code := report.attribute(Field.DIVISION_CODE):
        assert code.confidence < 1
        assert "网站 www.jixian.example.cn 属于集贤县" in code.reason


def test_a_superior_s_site_contradicts_nothing(installed: Registry) -> None:
    report, _ = read(installed, "news.example.cn", title=f"施甸县{TITLE}")
    assert place(report) == "云南省保山市施甸县太平镇"
    assert all(not attribute.rivals for attribute in report.attributes if attribute.field in PLACES)


def test_the_region_that_was_asked_for(installed: Registry) -> None:
    without_host, _ = read(installed, "", asked="姚安县")
    county = without_host.attribute(Field.COUNTY)
    assert county is not None
    assert county.value == "姚安县"
    assert "指定的地区是姚安县" in county.reason
    tied, _ = read(installed, "shared.example.cn", asked="姚安县")
    assert tied.value(Field.COUNTY) == "姚安县"
    elsewhere, _ = read(installed, "jixian.example.cn", asked="姚安县")
    county = elsewhere.attribute(Field.COUNTY)
    assert county is not None
    assert county.value == "集贤县"
    assert "网站 jixian.example.cn 属于集贤县，不在指定的姚安县" in county.reason
