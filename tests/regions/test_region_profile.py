"""A region's profile: all that it may say, and one Chinese line with the place for whatever is wrong."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from profile_bed import CARDS, PROFILE, SITES, write_profile

from nianbao import MandatedParts, NianbaoError
from nianbao.catalogue import load_catalogue
from nianbao.grammar.units import Unit, UnitClass
from nianbao.regions import catalogue_of, load_profile, whole_catalogue

NATIONAL = load_catalogue()


def test_a_profile_is_read_whole(tmp_path: Path) -> None:
    profile = load_profile(write_profile(tmp_path))
    assert (profile.code, profile.name) == ("52", "甲省")
    assert profile.hosts == ("www.jia.gov.cn", "yi.gov.cn")
    assert profile.town_deadline == (3, 31)
    basis = "《甲省法治政府建设报告办法》第五条"
    assert profile.mandated == (MandatedParts(frozenset({"achievements", "plan"}), 2021, 2022, basis),)
    assert profile.cards == (CARDS,)
    assert profile.sites == tmp_path / "sites.yml"
    case = UnitClass.CASE
    assert profile.units == (
        Unit("宗", case, Decimal(1)),
        Unit("摊", case, Decimal(1)),
        Unit("贯", UnitClass.MONEY, Decimal("7.7")),
    )


def test_a_code_and_a_name_are_enough(tmp_path: Path) -> None:
    profile = load_profile(write_profile(tmp_path, "code: 52\nname: 甲省\n"))
    assert (profile.hosts, profile.cards, profile.town_deadline, profile.sites) == ((), (), (4, 1), None)
    assert catalogue_of(NATIONAL, (profile,), profile) is NATIONAL
    assert whole_catalogue(NATIONAL, (profile,)) is NATIONAL


def test_an_edit_of_any_of_its_files_changes_its_version(tmp_path: Path) -> None:
    versions = {
        load_profile(write_profile(tmp_path, *files)).version
        for files in (
            (PROFILE, CARDS, SITES),
            (PROFILE + "\n", CARDS, SITES),
            (PROFILE, CARDS + "\n", SITES),
            (PROFILE, CARDS, SITES + "\n"),
        )
    }
    assert len(versions) == 4


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("profile", '"52"', "5", "profile.yml 第 1 行：code 应当是 2、4 或 6 位的区划代码，而不是 5"),
        ("profile", "hosts", "hotss", "profile.yml 第 3 行：没有 hotss 这一项（是不是想写 hosts？）"),
        ("profile", "www.jia.gov.cn", "gov.cn", "profile.yml 第 3 行：主机名太宽：gov.cn"),
        ("profile", "3月31日", "2月30日", "profile.yml 第 4 行：town_deadline 应当是次年的月和日"),
        ("profile", "plan]", "plans]", "profile.yml 第 6 行：kinds 不能是 plans（是不是想写 plan？）"),
        ("profile", "until: 2022", "until: 2020", "profile.yml 第 8 行：until 应当是 2021 到 2100 的整数"),
        ("profile", "[cards.yml]", "[card.yml]", "profile.yml 第 10 行：没有 card.yml 这个文件"),
        ("profile", "[cards.yml]", "[../cards.yml]", "profile.yml 第 10 行：../cards.yml 应当是同一文件夹"),
        ("profile", "case:", "cases:", "profile.yml 第 13 行：未知的单位类别 cases"),
        ("profile", "宗, 摊", "摊, 摊", "profile.yml 第 13 行：单位 摊 写了两次"),
        ("profile", "[宗, 摊]", "[次]", "profile.yml 第 13 行：单位 次 已经是 event 一类"),
        ("profile", '"7.7"', "很多", "profile.yml 第 14 行：换算 很多 不是数字"),
        ("sites", '"5203"', '"53"', "profile.yml 第 11 行：sites.yml 的区划代码是 53，不在 52 之内"),
        ("sites", "family", "familie", "sites.yml 第 5 行：没有 familie 这一项"),
        ("cards", "disputes_resolved", "disputes_resolve", "cards.yml 第 1 行 disputes_resolve：没有"),
        ("cards", "jia.courtyard", "jia-courtyard", "cards.yml 第 8 行 jia-courtyard_meetings：没有"),
        ("cards", "  area: disputes\n", "", "cards.yml 第 8 行 jia.courtyard_meetings：缺少 area（"),
        ("cards", "area: disputes", "area: dispute", "jia.courtyard_meetings：未知的 area dispute（"),
        ("cards", "takes: [event]", "takes: [evnt]", "cards.yml 第 8 行 jia.courtyard_meetings：未知的单位"),
        ("cards", "units: [趟]", "units: [躺]", "cards.yml 第 1 行 disputes_resolved：提到了不存在的单位"),
        ("cards", "  units: [趟]", "  name: 甲", "disputes_resolved：name 是全国目录定下的，不能改写"),
        ("cards", "[院落会]", "[院落会", "cards.yml 第"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    file: str, old: str, new: str, told: str, tmp_path: Path
) -> None:
    files = {"profile": PROFILE, "cards": CARDS, "sites": SITES}
    assert old in files[file]
    path = write_profile(tmp_path, **(files | {file: files[file].replace(old, new)}))
    with pytest.raises(NianbaoError) as caught:
        load_profile(path)
    assert told in str(caught.value)


def test_a_profile_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(NianbaoError, match="打不开地区配置"):
        load_profile(tmp_path / "profile.yml")


def test_a_regions_catalogue_is_the_national_one_and_what_it_adds(tmp_path: Path) -> None:
    profile = load_profile(write_profile(tmp_path))
    own = catalogue_of(NATIONAL, (profile,), profile)
    assert own is catalogue_of(NATIONAL, (profile,), profile)
    before, after = NATIONAL.indicators["disputes_resolved"], own.indicators["disputes_resolved"]
    assert after.cues[-1].head == ("甲解纷",)
    assert len(after.cues) == len(before.cues) + 1
    assert after.without == (*before.without, "甲不算")
    assert after.cues[0].units == before.cues[0].units | {"趟"}
    names = list(own.indicators)
    others = [name for name in names if name != "jia.courtyard_meetings"]
    assert others == list(NATIONAL.indicators)
    areas = [card.area for card in own.indicators.values()]
    assert areas == sorted(areas, key=list(dict.fromkeys(areas)).index)
    assert own.units.by_name["贯"].scale == Decimal("7.7")
    assert own.fingerprint != NATIONAL.fingerprint
    changed = {name for name in NATIONAL.indicators if own.indicators[name] != NATIONAL.indicators[name]}
    assert changed == {"disputes_resolved"}


def test_the_whole_catalogue_names_a_regions_own_indicators_and_leaves_the_others(tmp_path: Path) -> None:
    profile = load_profile(write_profile(tmp_path))
    whole = whole_catalogue(NATIONAL, (profile,))
    assert set(whole.indicators) - set(NATIONAL.indicators) == {"jia.courtyard_meetings"}
    assert all(whole.indicators[name] is card for name, card in NATIONAL.indicators.items())
