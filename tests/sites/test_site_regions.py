"""Which region a site belongs to, by what it calls itself; nothing where that is not sure."""

from __future__ import annotations

import pytest

from nianbao.sites.regions import guess_region, named_region


@pytest.mark.parametrize(
    ("names", "host", "code"),
    [
        (["麻阳苗族自治县人民政府门户网站"], "www.example.cn", "431226"),
        (["绥阳县旺草镇人民政府"], "", "520323"),
        (["首页", "杭州市上城区政府"], "", "330102"),
        (["首页"], "www.xuwen.gov.cn", "440825"),
    ],
)
def test_a_region_is_told(names: list[str], host: str, code: str) -> None:
    found = guess_region(names, host)
    assert found is not None
    assert found.code == code
    assert found.told_by


@pytest.mark.parametrize(
    ("names", "host"),
    [
        ([], ""),
        (["岚溪县人民政府"], "www.lanxi.example.cn"),
        (["怀化市岚溪县人民政府"], ""),
        (["鼓楼区人民政府"], ""),
        (["司法局"], "127.0.0.1"),
    ],
)
def test_what_is_not_sure_is_not_guessed(names: list[str], host: str) -> None:
    assert guess_region(names, host) is None


def test_a_region_may_be_named_by_code_or_name() -> None:
    named = [
        named_region(told)
        for told in ("431226", "麻阳县", "南京市鼓楼区", "43", "鼓楼区", "431299", "岚溪县")
    ]
    assert [found.code if found else "" for found in named] == [
        "431226",
        "431226",
        "320106",
        "43",
        "",
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("浙江", "33"),
        ("毕节", "5205"),
        ("绥阳", "520323"),
        ("河北", "13"),
        ("鼓楼", ""),
        ("岚溪", ""),
        ("西藏", "54"),
    ],
    ids=["province", "city", "county", "province before district", "several", "none", "autonomous"],
)
def test_a_region_may_be_named_without_its_ending(told: str, code: str) -> None:
    found = named_region(told)
    assert (found.code if found else "") == code
