"""Who shares how much with whom: figures and own names aside, set phrases excused, groups told once."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_reports import (
    ACHIEVEMENTS,
    FERRY,
    MILL,
    ORCHARD,
    PLAN,
    PROBLEMS,
    SET_PHRASES,
    WANTS,
    entry,
    own,
    said,
)

from nianbao.copying import find_shared
from nianbao.copying.index import is_idle
from nianbao.copying.prose import read_prose
from nianbao.model import Entry, Overlap, Report, Status

COUNTY = ("青石镇", "白云镇", "柳河镇", "马头镇", "西岭乡", "观音乡", "八步乡", "桐坪乡")


def mill(town: str = "水碾镇", **place: int | str) -> Entry:
    return entry(town, {ACHIEVEMENTS: said(MILL, town), PROBLEMS: said(WANTS, town)}, **place)


def names(overlaps: tuple[Overlap, ...]) -> list[tuple[str, ...]]:
    return [tuple(side.issuer for side in overlap.sides) for overlap in overlaps]


def test_towns_that_write_for_themselves_share_nothing() -> None:
    towns = [
        entry(town, {ACHIEVEMENTS: said(told, town), PROBLEMS: own(town, 4)}, number=number)
        for number, (town, told) in enumerate({"水碾镇": MILL, "梨花镇": ORCHARD, "鹭洲镇": FERRY}.items())
    ]
    shared = find_shared(towns)
    assert (shared.overlaps, shared.reused, shared.stocks) == ((), (), ())


def test_a_copy_with_other_figures_and_its_own_name_is_found_with_exact_passages() -> None:
    copied = entry(
        "西桥乡",
        {ACHIEVEMENTS: [*said(FERRY[:2], "西桥乡"), *said(MILL, "西桥乡", 31)]},
        number=1,
        county="古渡县",
    )
    (overlap,) = find_shared([mill(), copied]).overlaps
    one, other = overlap.sides
    assert (one.issuer, other.issuer) == ("古渡县西桥乡人民政府", "清源县水碾镇人民政府")
    assert (overlap.sentences, overlap.same_figures, overlap.passage_sentences) == (6, 0, 6)
    assert one.share > other.share > Decimal("0.5")
    assert one.passage.quote == "\n".join(said(MILL, "西桥乡", 31))
    assert other.passage.quote == "\n".join(said(MILL, "水碾镇"))
    for side, text in ((one, copied.text), (other, mill().text)):
        assert text[side.passage.start : side.passage.end] == side.passage.quote


def test_a_street_that_copies_a_town_changes_the_words_for_itself() -> None:
    told = [f"我镇党委每月听一次汇报，{each}" for each in said(FERRY, "鹭洲镇")]
    copied = [each.replace("我镇党委", "我街道党工委").replace("鹭洲镇", "临江街道") for each in told]
    town, street = entry("鹭洲镇", {ACHIEVEMENTS: told}), entry("临江街道", {ACHIEVEMENTS: copied}, number=1)
    (overlap,) = find_shared([town, street]).overlaps
    assert (overlap.sentences, overlap.sides[0].share) == (6, 1)


def test_points_are_numbered_otherwise_and_typed_in_other_widths() -> None:
    plain = [f"一是{each}" for each in said(MILL, "水碾镇")]
    other = [
        f"（{number}）{each.replace('，', ' ，')}"
        for number, each in zip("三四五六七八", said(MILL, "东岳镇"), strict=True)
    ]
    shared = find_shared(
        [entry("水碾镇", {ACHIEVEMENTS: plain}), entry("东岳镇", {ACHIEVEMENTS: other}, number=1)]
    )
    assert shared.overlaps[0].sentences == 6


def test_sentences_that_were_changed_a_little_count_beside_those_that_were_not() -> None:
    changed = [each.replace("逐一", "一个不落地") for each in said(MILL, "梨花镇", 40)]
    changed[1] = "逢赶场日在米市口摆开普法摊，今年一共摆了9场，来问得最多的是彩礼和土地流转。"
    assert changed[0] not in said(MILL, "梨花镇", 40)
    towns = [
        entry("水碾镇", {ACHIEVEMENTS: said(MILL, "水碾镇"), PLAN: said(ORCHARD, "水碾镇")}),
        entry("梨花镇", {ACHIEVEMENTS: changed, PLAN: said(FERRY, "梨花镇")}, number=1),
    ]
    (overlap,) = find_shared(towns).overlaps
    assert (overlap.sentences, overlap.passage_sentences, overlap.parts) == (6, 6, (ACHIEVEMENTS,))
    assert overlap.sides[0].passage.quote == "\n".join(changed)


def test_a_passage_ends_with_its_part() -> None:
    towns = [
        entry(town, {ACHIEVEMENTS: said(MILL, town), PROBLEMS: said(WANTS, town)}, number=number)
        for number, town in enumerate(("水碾镇", "梨花镇"))
    ]
    (overlap,) = find_shared(towns).overlaps
    assert (overlap.sentences, overlap.passage_sentences, overlap.parts) == (10, 6, (ACHIEVEMENTS, PROBLEMS))
    assert overlap.sides[0].passage.quote.endswith("退回去重写的有几份。")


def test_a_part_that_is_the_same_is_told_however_long_the_rest() -> None:
    towns = [
        entry(
            town,
            {
                ACHIEVEMENTS: [*said(told, town), *own(town, 40)],
                PROBLEMS: said(WANTS, town),
                PLAN: own(f"{town}又", 3),
            },
            number=number,
        )
        for number, (town, told) in enumerate({"梨花镇": ORCHARD, "鹭洲镇": FERRY}.items())
    ]
    (overlap,) = find_shared(towns).overlaps
    assert (overlap.sentences, overlap.parts) == (4, (PROBLEMS,))
    assert max(side.share for side in overlap.sides) < Decimal("0.2")


@pytest.mark.parametrize("count", [2, 5, 12])
def test_set_phrases_alone_are_nobodys_copy(count: int) -> None:
    towns = [
        entry(f"{name}河镇", {ACHIEVEMENTS: [*SET_PHRASES, *own(f"{name}河镇", 4)]}, number=number)
        for number, name in enumerate("东西南北上下大小前后左右"[:count])
    ]
    shared = find_shared(towns)
    assert (shared.overlaps, shared.stocks) == ((), ())


def test_what_says_something_beside_its_set_phrase_counts() -> None:
    assert is_idle(SET_PHRASES[0])
    assert is_idle("现将2024年度法治政府建设工作情况报告如下：")
    assert not is_idle("深入学习贯彻习近平法治思想，请县里的老法官到晒谷场讲了三个晚上的家常官司")


def test_a_part_of_two_sentences_is_no_evidence() -> None:
    towns = [
        entry(town, {ACHIEVEMENTS: said(told, town), PROBLEMS: said(WANTS[:2], town)}, number=number)
        for number, (town, told) in enumerate({"梨花镇": ORCHARD, "鹭洲镇": FERRY}.items())
    ]
    assert find_shared(towns).overlaps == ()


def test_few_sentences_of_a_long_report_are_no_copy() -> None:
    towns = [
        entry(town, {ACHIEVEMENTS: [*said(MILL[:4], town), *own(town, 20)]}, number=number)
        for number, town in enumerate(("梨花镇", "鹭洲镇"))
    ]
    assert find_shared(towns).overlaps == ()


def test_reports_of_one_issuer_are_not_compared() -> None:
    again = mill(file="水碾镇 盖章版.pdf")
    assert find_shared([mill(), again]).overlaps == ()
    assert find_shared([mill(), mill(county="古渡县", code="990124")]).overlaps != ()


def test_a_countys_template_is_told_once_and_not_pair_by_pair() -> None:
    towns = [
        entry(
            town,
            {ACHIEVEMENTS: [*said(MILL, town, number), *own(town, 8)], PROBLEMS: own(f"{town}里", 2)},
            number=number,
        )
        for number, town in enumerate(COUNTY)
    ]
    shared = find_shared(towns)
    assert shared.overlaps == ()
    (stock,) = shared.stocks
    assert (len(stock.sides), stock.sentences, stock.counts, stock.place) == (8, 6, (6,) * 8, "清源县")
    assert stock.sides[0].passage.quote.split("把")[0] in COUNTY


def test_a_copy_beside_a_template_is_told_as_well() -> None:
    towns = [
        entry(
            f"{name}石镇", {ACHIEVEMENTS: [*said(MILL, f"{name}石镇"), *own(f"{name}石镇", 6)]}, number=number
        )
        for number, name in enumerate("青白赤黑黄")
    ]
    for number, town in ((5, "梨花镇"), (6, "鹭洲镇")):
        towns.append(
            entry(town, {ACHIEVEMENTS: [*said(MILL, town), *said(ORCHARD, town, number)]}, number=number)
        )
    shared = find_shared(towns)
    assert names(shared.overlaps) == [("清源县梨花镇人民政府", "清源县鹭洲镇人民政府")]
    assert [len(stock.sides) for stock in shared.stocks] == [7]


def test_what_many_counties_say_is_the_genres() -> None:
    towns = [
        entry(f"{name}岭镇", {ACHIEVEMENTS: [*said(FERRY, f"{name}岭镇"), *own(f"{name}岭镇", 14)]},
              county=f"{name}山县", code=f"9901{number:02d}")
        for number, name in enumerate("东西南北上下大小前后")
    ]  # fmt: skip
    shared = find_shared(towns)
    assert (shared.overlaps, shared.stocks) == ((), ())


def test_a_report_that_says_most_of_last_years_again_is_told_with_its_figures() -> None:
    last = entry("水碾镇", {ACHIEVEMENTS: said(MILL, "水碾镇"), PROBLEMS: said(WANTS, "水碾镇")}, year=2023)
    now = entry("水碾镇", {ACHIEVEMENTS: said(MILL, "水碾镇", 9), PROBLEMS: said(WANTS, "水碾镇")})
    fresh = entry("梨花镇", {ACHIEVEMENTS: said(ORCHARD, "梨花镇")}, number=1)
    shared = find_shared(
        [now, fresh], [last, entry("梨花镇", {ACHIEVEMENTS: own("梨花镇", 6)}, number=1, year=2023)]
    )
    (again,) = shared.reused
    assert [(side.year, side.share) for side in again.sides] == [(2023, 1), (2024, 1)]
    assert (again.sentences, again.same_figures) == (10, 5)


def test_reports_without_parts_or_text_have_their_say_or_none() -> None:
    text = "\n".join(said(MILL, "水碾镇"))
    bare = Entry(Report("甲.txt", "", Status.COMPLETE), (), "text", text)
    other = Entry(Report("乙.txt", "", Status.COMPLETE), (), "text", text)
    broken = Entry(Report("丙.pdf", "", Status.UNREADABLE, error="坏了"), (), "")
    none = Entry(Report("丁.txt", "", Status.NOT_A_REPORT), (), "text", text)
    second = Entry(Report("戊.txt", "", Status.COMPLETE, part=2), (), "text", text)
    shared = find_shared(
        [bare, other, broken, none, second, Entry(Report("空", "", Status.COMPLETE), (), "")]
    )
    assert [[side.file for side in overlap.sides] for overlap in shared.overlaps] == [["乙.txt", "甲.txt"]]
    assert find_shared([]).overlaps == ()


@given(st.randoms())
def test_the_order_of_the_reports_tells_nothing(dice: random.Random) -> None:
    towns = [mill(), mill("东岳镇", number=1), mill("西桥乡", number=2, county="古渡县", code="990124")]
    towns.append(
        entry("梨花镇", {ACHIEVEMENTS: said(ORCHARD, "梨花镇"), PROBLEMS: said(WANTS, "梨花镇")}, number=3)
    )
    towns += [
        entry(f"{name}石镇", {ACHIEVEMENTS: said(FERRY, f"{name}石镇")}, number=4 + n)
        for n, name in enumerate("青白赤黑黄")
    ]
    first = find_shared(towns)
    assert len(first.overlaps) > 3
    assert len(first.stocks) == 1
    dice.shuffle(towns)
    assert find_shared(towns) == first


@given(st.text("水碾镇法治。；;！!？?\n\t 　12.,一（）我全街道党委", max_size=60))
def test_any_text_is_cut_into_sentences_that_stand_in_it(text: str) -> None:
    told = Report("甲.txt", "", Status.COMPLETE)
    prose = read_prose(Entry(told, (), "text", text))
    assert list(prose.starts) == sorted(prose.starts)
    assert len(prose.keys) == len(prose.sizes) == len(prose.kinds)
    for place in range(len(prose.keys)):
        start, end, quote = prose.quote(place, place)
        assert text[start:end] == quote
        assert quote == quote.strip()
