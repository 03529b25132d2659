"""What the catalogue's loader refuses, each in one clear line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
import yaml

from nianbao.catalogue import Catalogue, read_catalogue
from nianbao.catalogue.cards import expand, make_card
from nianbao.errors import CatalogueError

UNITS = "classes:\n  case: [件, 起]\n  rate: {'%': 1}\n  money: {元: 1, 角: 0.1}\n".encode()
CARD: dict[str, Any] = {
    "name": "办件",
    "dimension": "count",
    "unit": "件",
    "definition": "办了几件",
    "takes": ["case"],
    "cues": [{"head": ["办理(事项|)"]}],
    "examples": [["办理事项3件", 3]],
}


def card(**changes: Any) -> Mapping[str, Any]:
    return {key: value for key, value in {**CARD, **changes}.items() if value is not None}


def cue(**changes: Any) -> Mapping[str, Any]:
    return card(cues=[{"head": ["办理"], **changes}])


def load(text: str, units: bytes = UNITS, **others: str) -> Catalogue:
    return read_catalogue({"functions": text.encode(), **{k: v.encode() for k, v in others.items()}}, units)


def in_yaml(**cards: Any) -> str:
    return yaml.safe_dump(cards, allow_unicode=True)


def said(action: Any, *arguments: Any, **named: Any) -> str:
    with pytest.raises(CatalogueError) as caught:
        action(*arguments, **named)
    line = str(caught.value)
    assert "\n" not in line
    return line


def test_a_sound_catalogue_loads() -> None:
    catalogue = load(in_yaml(a=card(), b=card(dimension="rate", unit="%", takes=["rate"], ratio_of=["a"])))
    assert list(catalogue.indicators) == ["a", "b"]
    assert catalogue.indicators["a"].cues[0].head == ("办理事项", "办理", "办了", "办过", "办好")
    assert catalogue.fingerprint != load(in_yaml(a=card())).fingerprint


def test_words_expand() -> None:
    assert expand(["行政(处罚|许可)(案件|)", "行政处罚"]) == (
        "行政处罚案件",
        "行政处罚",
        "行政许可案件",
        "行政许可",
    )
    assert expand(["（占％）"]) == ("(占%)",)


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ([1], "f.yml 的 x：卡片不是映射"),
        (card(colour="red"), "f.yml 的 x：未知的键 colour（可用：at_most、"),
        (card(takes=None), "f.yml 的 x：缺少 takes"),
        (card(name=12), "f.yml 的 x：name 应当是文字（数字请加引号）"),
        (card(unit=""), "f.yml 的 x：unit 应当是文字"),
        (card(dimension="size"), "f.yml 的 x：未知的 dimension size（count、people、amount、rate）"),
        (card(takes=["cases"]), "f.yml 的 x：未知的单位类别 cases（case、event、"),
        (card(takes="case"), "f.yml 的 x：takes 应当是列表（请写成 [甲, 乙]）"),
        (card(units="场次"), "f.yml 的 x：units 应当是列表"),
        (card(without=[12345]), "f.yml 的 x：without 中的 12345 不是文字（数字请加引号）"),
        (card(stock="yes"), "f.yml 的 x：stock 应当是 true 或 false"),
        (card(examples=["办理3件"]), "f.yml 的 x：例子不合格式：办理3件（请写成 [句子, 数值]）"),
        (card(examples=[["办理3件"]]), "f.yml 的 x：例子不合格式"),
        (card(examples=[["办理3件", "三"]]), "f.yml 的 x：例子中的 三 不是数字"),
        (card(counterexamples=[3]), "f.yml 的 x：counterexamples 中的 3 不是文字"),
        (card(cues=["办理"]), "f.yml 的 x：线索不是映射"),
        (card(cues=[{}]), "f.yml 的 x：缺少 head"),
        (cue(head="办理"), "f.yml 的 x：head 应当是列表"),
        (cue(head=[110]), "f.yml 的 x：head 中的 110 不是文字"),
        (cue(near=["x"]), "f.yml 的 x：未知的键 near"),
        (cue(side="top"), "f.yml 的 x：未知的 side top（both、left、right）"),
        (cue(takes=["cash"]), "f.yml 的 x：未知的单位类别 cash"),
        ({**cue(), "cues": [{"head": ["办理"], "with": ["法治"]}]}, "f.yml 的 x：with 应当是词语组的列表"),
        (cue(context=[[True]]), "f.yml 的 x：context 中的 True 不是文字"),
        (cue(weak=1), "f.yml 的 x：weak 应当是 true 或 false"),
    ],
)
def test_a_wrong_card_is_refused(data: object, line: str) -> None:
    assert said(make_card, "x", "functions", data, where="f.yml").startswith(line)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\nb: 2\na: 3\n", "functions.yml 第 3 行：a 出现了两次"),
        ("a:\n  name: 甲\n  name: 乙\n", "functions.yml 第 3 行：name 出现了两次"),
        ("- a\n", "functions.yml：应当是以名称为键的映射"),
        ("", "functions.yml：应当是以名称为键的映射"),
        ("a: [1\nb: 2\n", "functions.yml 第 2 行：不是合格的 YAML"),
        ("a: !!python/object:os.system 1\n", "functions.yml 第 1 行：不是合格的 YAML"),
        (in_yaml(a=card(at_most=["b"])), "functions.yml 的 a：提到了不存在的指标 b"),
        (in_yaml(a=card(ratio_of=["b"])), "functions.yml 的 a：提到了不存在的指标 b"),
        (in_yaml(a=card(units=["桶"])), "functions.yml 的 a：提到了不存在的单位 桶（单位见 units.yml）"),
    ],
)
def test_a_wrong_file_is_refused(text: str, line: str) -> None:
    assert said(load, text).startswith(line)


def test_bytes_that_are_no_text_are_refused() -> None:
    line = said(read_catalogue, {"functions": b"a: \xff\xff"}, UNITS)
    assert line.startswith("functions.yml")
    assert "不是合格的 YAML" in line


def test_an_indicator_stands_in_one_file_only() -> None:
    line = said(load, in_yaml(a=card()), rules=in_yaml(a=card()))
    assert line == "rules.yml：指标 a 已在 functions.yml 中"


@pytest.mark.parametrize(
    ("units", "line"),
    [
        ("kinds: {}", "units.yml：缺少 classes"),
        ("classes:\n  weight: [吨]", "units.yml：未知的单位类别 weight（case、event、"),
        ("classes:\n  case: [件]\n  item: [件]", "units.yml：单位 件 出现了两次"),
        ("classes:\n  money: {元: 一}", "units.yml：单位 元 的换算 一 不是数字"),
        ("classes:\n  money: {元: 0}", "units.yml：单位 元 的换算 0 应当大于零"),
        ("classes:\n  case: [件]\n  case: [起]", "units.yml 第 3 行：case 出现了两次"),
    ],
)
def test_wrong_units_are_refused(units: str, line: str) -> None:
    assert said(load, in_yaml(a=card()), units.encode()).startswith(line)
