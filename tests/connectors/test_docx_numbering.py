from __future__ import annotations

import pytest
from built_files import abstract, level, lines, num, p, paragraph_style, start_override
from docx_read import OUTLINE, read

from connectors.readers.labels import write_number


@pytest.mark.parametrize(
    ("number_format", "expected"),
    [
        ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 100: "一○○", 101: "一○一"}),
        ("chineseCountingThousand", {19: "十九", 100: "一百", 101: "一百零一", 110: "一百一十"}),
        ("japaneseCounting", {10: "十", 11: "十一", 20: "二十", 100: "百", 101: "百一", 210: "二百十"}),
        ("ideographDigital", {1: "一", 10: "一〇", 21: "二一"}),
        ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 21: "贰拾壹", 305: "叁佰零伍"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("ideographZodiac", {1: "子", 12: "亥"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "㉑"}),
        ("decimalFullWidth", {12: "１２"}),
        ("decimalZero", {3: "03", 12: "12"}),
        ("upperLetter", {1: "A", 26: "Z", 27: "AA", 28: "BB"}),
        ("lowerRoman", {4: "iv", 9: "ix", 40: "xl"}),
        ("upperRoman", {2024: "MMXXIV"}),
        ("none", {3: ""}),
        ("thaiCounting", {3: "3"}),
    ],
)  # fmt: skip
def test_number_formats(number_format: str, expected: dict[int, str]) -> None:
    assert {number: write_number(number, number_format) for number in expected} == expected


def test_levels_count_and_start_again_below_a_higher_one() -> None:
    document = read(
        p("举措", "1"), p("学法", "1.1"), p("执法", "1.1"), p("检查", "1.2"), p("处罚", "1.2"),
        p("监督", "1.1"), p("公开", "1.2"), p("不足", "1"), p("队伍", "1.1"),
        numbering=OUTLINE + num(1, 0),
    )  # fmt: skip
    assert lines(document) == [
        "一、举措", "（一）学法", "（二）执法", "1.检查", "2.处罚", "（三）监督", "1.公开", "二、不足",
        "（一）队伍",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("restart", "expected"),
    [("0", ["1.天", "2.地", "3.人"]), ("1", ["1.天", "2.地", "1.人"]), ("2", ["1.天", "1.地", "1.人"])],
)
def test_restart_of_deeper_levels(restart: str, expected: list[str]) -> None:
    third = level(2, "%3.", "decimal", extra=f'<w:lvlRestart w:val="{restart}"/>')
    numbering = abstract(0, level(0, "%1、"), level(1, "（%2）"), third) + num(1, 0)
    document = read(
        p("甲", "1"), p("子", "1.1"), p("天", "1.2"), p("丑", "1.1"), p("地", "1.2"), p("乙", "1"),
        p("人", "1.2"),
        numbering=numbering,
    )  # fmt: skip
    assert [line for line in lines(document) if line[0].isdigit()] == expected


def test_lists_of_one_definition_go_on_and_overrides_start_again() -> None:
    numbering = (
        OUTLINE + num(1, 0) + num(2, 0) + num(3, 0, start_override(1, 1)) + num(4, 0, start_override(1, 7))
    )
    document = read(
        p("甲", "1.1"), p("乙", "2.1"), p("丙", "3.1"), p("丁", "3.1"), p("戊", "4.1"), p("己", "4.1"),
        numbering=numbering,
    )  # fmt: skip
    assert lines(document) == ["（一）甲", "（二）乙", "（一）丙", "（二）丁", "（七）戊", "（八）己"]


def test_a_list_may_replace_a_level() -> None:
    override = (
        f'<w:lvlOverride w:ilvl="0">{level(0, "第%1章", "chineseCountingThousand", start=3)}</w:lvlOverride>'
    )
    document = read(p("总则", "1"), p("分则", "1"), numbering=OUTLINE + num(1, 0, override))
    assert lines(document) == ["第三章 总则", "第四章 分则"]


def test_number_styles_are_followed_to_where_the_levels_are() -> None:
    numbering = (
        abstract(0, level(0, "%1、"), extra='<w:styleLink w:val="公文"/>')
        + abstract(1, extra='<w:numStyleLink w:val="公文"/>')
        + num(1, 0)
        + num(2, 1)
    )
    styles = (
        '<w:style w:type="numbering" w:styleId="公文"><w:name w:val="公文"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    assert lines(read(p("甲", "2"), p("乙", "2"), numbering=numbering, styles=styles)) == ["一、甲", "二、乙"]


def test_a_style_numbers_its_paragraphs_and_those_based_on_it() -> None:
    numbering = (
        abstract(
            0,
            level(0, "%1、", extra='<w:pStyle w:val="一级"/>'),
            level(1, "（%2）", extra='<w:pStyle w:val="二级"/>'),
        )
        + num(1, 0)
    )  # fmt: skip
    listed = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    styles = (
        paragraph_style("一级", listed + '<w:outlineLvl w:val="0"/>')
        + paragraph_style("二级", listed, parent="一级")
        + paragraph_style("二级加粗", parent="二级")
        + paragraph_style("无号", '<w:numPr><w:numId w:val="0"/></w:numPr>', parent="一级")
    )
    document = read(
        p("甲", style="一级"), p("子", style="二级"), p("丑", style="二级加粗"), p("正文", style="无号"),
        p("乙", style="一级"), p("去号", "0", style="一级"),
        numbering=numbering, styles=styles,
    )  # fmt: skip
    assert lines(document) == ["一、甲", "（一）子", "（二）丑", "正文", "二、乙", "去号"]
    assert document.blocks[0].level == 1


def test_the_default_style_applies_where_none_is_named() -> None:
    numbering = OUTLINE + num(1, 0)
    style = paragraph_style("Normal", '<w:numPr><w:numId w:val="1"/></w:numPr>', default=True)
    assert lines(read(p("甲"), p("乙"), numbering=numbering, styles=style)) == ["一、甲", "二、乙"]


@pytest.mark.parametrize(
    ("text", "number_format", "content", "expected"),
    [
        ("%1.", "decimal", "加强学习", "1.加强学习"),
        ("%1.", "decimal", "2023年", "1. 2023年"),
        ("（%1）", "decimal", "2023年", "（1）2023年"),
        ("%1)", "lowerLetter", "abc", "a) abc"),
        ("第%1条", "chineseCounting", "总则", "第一条 总则"),
        ("", "bullet", "要点", "要点"),
        ("%1", "decimalEnclosedCircle", "要点", "①要点"),
        ("附件：", "none", "名单", "附件：名单"),
    ],
)
def test_labels_are_put_before_the_text_as_typed(
    text: str, number_format: str, content: str, expected: str
) -> None:
    numbering = abstract(0, level(0, text, number_format)) + num(1, 0)
    assert lines(read(p(content, "1"), numbering=numbering)) == [expected]


def test_all_levels_in_a_label_and_legal_numbers() -> None:
    legal = abstract(0, level(0, "%1、"), level(1, "%1.%2", "decimal", extra="<w:isLgl/>")) + num(1, 0)
    mixed = abstract(1, level(0, "%1、"), level(1, "%1—%2", "decimal")) + num(2, 1)
    document = read(p("甲", "1"), p("乙", "1.1"), p("丙", "2"), p("丁", "2.1"), numbering=legal + mixed)
    assert lines(document) == ["一、甲", "1.1乙", "一、丙", "一—1丁"]


def test_empty_paragraphs_count_but_are_not_shown() -> None:
    document = read(p("甲", "1"), p("", "1"), p("丙", "1"), numbering=OUTLINE + num(1, 0))
    assert lines(document) == ["一、甲", "三、丙"]
