"""Traditional characters, variants and odd signs on the shadow."""

from __future__ import annotations

from pathlib import Path

import pytest

from nianbao.grammar import variants
from nianbao.grammar.text import fold, shadow
from nianbao.grammar.variants import simplify

TABLE = Path(variants.__file__).with_name("traditional.txt")
# Enough of a traditional text for the characters that simplified texts hold too.
AROUND = "為會國實務東個們來時對"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("戶户戸", "户户户"),
        ("內内爲為裏裡", "内内为为里里"),
        ("鎮鄉縣區黨聽證會議決", "镇乡县区党听证会议决"),
        ("規範辦結案件數萬兩億餘", "规范办结案件数万两亿余"),
        ("複議復議恢復", "复议复议恢复"),
        ("説說税稅衛衞綫線群羣眾衆", "说说税税卫卫线线群群众众"),
        ("後續於", "后续于"),
        ("査鄕淸靑", "查乡清青"),
        ("県広発", "县广发"),
        (
            "法治政府建设，着力显著，乾安县、於潜镇、瞭望、复杂",
            "法治政府建设，着力显著，乾安县、於潜镇、瞭望、复杂",
        ),
        ("", ""),
    ],
)
def test_a_text_is_simplified(text: str, plain: str) -> None:
    assert simplify(text) == plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("著力、顯著、沿著、名著", "着力、显著、沿着、名著"),
        ("乾旱乾淨乾安縣乾隆", "干旱干净乾安县乾隆"),
        ("徵收徵求徵信宮商角徵羽", "征收征求征信宫商角徵羽"),
        ("瞭解明瞭瞭望", "了解明了瞭望"),
        ("答覆批覆覆蓋", "答复批复覆盖"),
        ("憑藉藉助慰藉", "凭藉借助慰藉"),
        ("關於屬於於潛鎮", "关于属于於潜镇"),
        ("計畫規劃油畫", "计划规划油画"),
    ],
)
def test_what_simplified_texts_hold_too_is_told_by_its_neighbours(text: str, plain: str) -> None:
    assert simplify(f"{text}。{AROUND}").startswith(f"{plain}。")


def test_one_old_name_makes_no_traditional_text() -> None:
    text = "镇综合行政执法队队长趙乾著力抓好执法培训，全年组织培训十二次，参训人员三百余人次。" * 2
    assert simplify(text) == text.replace("趙", "赵")


def test_a_simplified_text_is_left_as_it_is() -> None:
    text = "全年共办理行政处罚案件23件，罚没款1.2万元。"
    assert simplify(text) is text


def test_the_table_is_small_licensed_and_leads_to_simplified_characters_in_one_step() -> None:
    content = TABLE.read_text(encoding="utf-8")
    assert TABLE.stat().st_size < 40_000
    assert "Apache License 2.0" in content
    rows = [row for row in content.splitlines() if not row.startswith("#")]
    assert [len(row) for row in rows[::2]] == [len(row) for row in rows[1::2]]
    assert not set(rows[0] + rows[2]) & set(rows[1] + rows[3])
    assert len(set(rows[0])) == len(rows[0]) > 3_000


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("98．5﹪、98.5٪", "98.5%、98.5%"),
        ("3.5‰", "3.5‰"),
        ("2021―2025年、2021‐2025、2021ー", "2021-2025年、2021-2025、2021ー"),
        ("二◯二三年、二○二三年", "二〇二三年、二〇二三年"),
        ("「宪法周」『民法典』﹁学法﹂", "“宪法周”“民法典”“学法”"),
        ("如下︰一∶二﹔三﹖", "如下:一:二;三?"),
        ("﹝2023﹞5号、〖2023〗", "[2023]5号、〖2023〗"),
        ("30～50、30〜50、30∼50", "30~50、30~50、30~50"),
        ("３㎡、①②、㈠、Ⅲ级", "3㎡、①②、㈠、Ⅲ级"),
    ],
)
def test_odd_signs_are_folded_one_for_one(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert len(folded) == len(text)


def test_the_shadow_of_a_traditional_text_leads_back_to_it() -> None:
    text = "全鎮 共調解 糾紛 ３２０ 件"
    folded = shadow(text)
    assert folded.text == "全镇共调解纠纷320件"
    start = folded.text.index("320")
    first, last = folded.span(start, start + 4)
    assert text[first:last] == "３２０ 件"
