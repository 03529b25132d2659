"""Under which county a report and a roster's entry are counted."""

from __future__ import annotations

import pytest

from nianbao.divisions import divisions
from nianbao.model import Attribute, Field, Report, RosterEntry, Status
from nianbao.roster.counties import NO_COUNTY, Counties


def report(county: str = "", city: str = "", code: str = "") -> Report:
    told = {Field.COUNTY: county, Field.CITY: city, Field.DIVISION_CODE: code}
    attributes = tuple(Attribute(field, value, "", "test") for field, value in told.items() if value)
    return Report("甲.txt", "aa", Status.COMPLETE, attributes)


@pytest.mark.parametrize(
    ("name", "code", "county"),
    [
        ("松阳县灯芯桥镇", None, "松阳县"),
        ("浙江省丽水市遂昌县灯芯桥镇", None, "遂昌县"),
        ("安徽省宣城市青弋县", None, "青弋县"),
        ("灯芯桥镇", "331123100", "遂昌县"),
        ("丽水市司法局", None, "丽水市"),
        ("灯芯桥镇", None, NO_COUNTY),
        ("灯芯桥镇", "999999", NO_COUNTY),
    ],
)
def test_who_has_not_reported_is_known_by_code_or_name(name: str, code: str | None, county: str) -> None:
    counties = Counties([report("松阳县", "丽水市", "331124")], divisions())
    assert counties.of_entry(RosterEntry(name, code, 2)) == county


def test_who_has_reported_is_known_by_its_report() -> None:
    own = report("云溪县", "丽水市")
    assert Counties([own], divisions()).of_entry(RosterEntry("某镇", "331124", 2), [own]) == "云溪县"


def test_counties_that_are_called_alike_have_their_cities_before_their_names() -> None:
    two = [report("鼓楼区", "南京市", "320106"), report("鼓楼区", "徐州市", "320302")]
    counties = Counties(two, divisions())
    assert [counties.of(each) for each in two] == ["南京市鼓楼区", "徐州市鼓楼区"]
    assert counties.of_entry(RosterEntry("徐州市鼓楼区司法局", None, 2)) == "徐州市鼓楼区"
    assert counties.of_entry(RosterEntry("司法局", "320106", 2)) == "南京市鼓楼区"


def test_counties_stand_by_code_and_those_nobody_knows_last() -> None:
    reports = [
        report(),
        report("松阳县", "丽水市", "331124"),
        report("无码县"),
        report("遂昌县", code="331123100"),
    ]
    counties = Counties([*reports, report(city="丽水市", code="331100")], divisions())
    told = [counties.of(each) for each in reports]
    assert sorted([*told, "丽水市"], key=counties.order) == [
        "丽水市",
        "遂昌县",
        "松阳县",
        "无码县",
        NO_COUNTY,
    ]
