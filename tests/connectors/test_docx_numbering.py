from __future__ import annotations

import pytest
from built_files import abstract, level, lines, num, p, paragraph_style, r, start_override, table, tc
from docx_read import OUTLINE, read

from connectors.readers.labels import write_number

LISTED = '<w:numPr><w:numId w:val="1"/></w:numPr>'


@pytest.mark.parametrize(
    ("number_format", "expected"),
    [
        ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 100: "一○○"}),
        ("taiwaneseCounting", {10: "十", 21: "二十一", 100: "一○○"}),
        ("chineseCountingThousand", {0: "零", 10: "十", 19: "十九", 20: "二十", 100: "一百", 101: "一百零一",
                                     110: "一百一十", 111: "一百一十一", 1000: "一千", 1001: "一千零一"}),
        ("taiwaneseCountingThousand", {12: "十二", 305: "三百零五", 2024: "二千零二十四"}),
        ("japaneseCounting", {10: "十", 11: "十一", 20: "二十", 100: "百", 101: "百一", 1210: "千二百十"}),
        ("ideographDigital", {1: "一", 10: "一〇", 21: "二一", 105: "一〇五"}),
        ("japaneseDigitalTenThousand", {10: "一〇"}),
        ("taiwaneseDigital", {10: "一○"}),
        ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 21: "贰拾壹", 305: "叁佰零伍"}),
        ("ideographLegalTraditional", {2: "貳", 16: "壹拾陸", 100: "壹佰"}),
        ("japaneseLegal", {1: "壱", 10: "壱拾", 23: "弐拾参"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("ideographZodiac", {1: "子", 12: "亥", 13: "13"}),
        ("ideographZodiacTraditional", {1: "甲子", 10: "癸酉", 12: "乙亥", 60: "癸亥", 61: "甲子"}),
        ("ideographEnclosedCircle", {1: "㈠", 10: "㈩", 11: "（十一）"}),
        ("decimalEnclosedCircle", {1: "①", 10: "⑩", 20: "⑳", 21: "㉑", 36: "㊱", 50: "㊿", 51: "51"}),
        ("decimalEnclosedCircleChinese", {1: "①", 10: "⑩"}),
        ("decimalEnclosedFullstop", {1: "⒈", 20: "⒛", 21: "21"}),
        ("decimalEnclosedParen", {1: "⑴", 20: "⒇", 21: "21"}),
        ("decimalFullWidth", {9: "９", 12: "１２", 100: "１００"}),
        ("decimalFullWidth2", {12: "１２"}),
        ("decimalHalfWidth", {12: "12"}),
        ("decimalZero", {3: "03", 12: "12", 100: "100"}),
        ("numberInDash", {3: "- 3 -"}),
        ("koreanDigital", {1: "일", 10: "일영"}),
        ("koreanDigital2", {10: "一零"}),
        ("koreanCounting", {10: "십", 21: "이십일"}),
        ("koreanLegal", {1: "하나", 11: "열하나", 20: "스물"}),
        ("ganada", {1: "가", 14: "하", 15: "가"}),
        ("chosung", {1: "ㄱ"}),
        ("aiueo", {1: "ア", 46: "ン", 47: "ア"}),
        ("iroha", {1: "イ"}),
        ("upperLetter", {1: "A", 26: "Z", 27: "AA", 28: "BB"}),
        ("lowerLetter", {53: "aaa"}),
        ("lowerRoman", {4: "iv", 9: "ix", 40: "xl"}),
        ("upperRoman", {2024: "MMXXIV"}),
        ("ordinal", {1: "1st", 2: "2nd", 3: "3rd", 11: "11th", 21: "21st"}),
        ("hex", {10: "A", 255: "FF"}),
        ("chicago", {1: "*", 4: "§", 5: "**"}),
        ("001, 002, 003, ...", {1: "001", 12: "012", 1000: "1000"}),
        ("none", {3: ""}),
        ("bullet", {3: ""}),
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
    padded = abstract(2, level(0, "%1", "decimalZero"), level(1, "%1.%2", extra="<w:isLgl/>")) + num(3, 2)
    document = read(
        p("甲", "1"), p("乙", "1.1"), p("丙", "2"), p("丁", "2.1"), p("戊", "3.1"),
        numbering=legal + mixed + padded,
    )  # fmt: skip
    assert lines(document) == ["一、甲", "1.1乙", "一、丙", "一—1丁", "01.1戊"]


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        # A level of bullets, or without numbers, has none to lend to a deeper one.
        ((level(0, "●", "bullet"), level(1, "%1%2、")), ["甲", "一、乙"]),
        ((level(0, "总", "none"), level(1, "%1%2、")), ["总 甲", "一、乙"]),
        # Word shows no label that asks for a deeper level's number.
        ((level(0, "%1.%2", "decimal"), level(1, "%2、")), ["甲", "一、乙"]),
        ((level(0, "%1、", extra="<w:rPr><w:vanish/></w:rPr>"), level(1, "%1之%2、")), ["甲", "一之一、乙"]),
        ((level(0, "%1、", start=4), level(1, "（%2）", start=3)), ["四、甲", "（三）乙"]),
        ((level(0, "注：", "bullet"), level(1, "\uf06c", "bullet")), ["注：甲", "乙"]),
        ((level(0, "%1%%", "decimal"), level(1, "第%2项", "decimal")), ["1%%甲", "第1项 乙"]),
    ],
)
def test_labels_of_two_levels(levels: tuple[str, str], expected: list[str]) -> None:
    document = read(p("甲", "1"), p("乙", "1.1"), numbering=abstract(0, *levels) + num(1, 0))
    assert lines(document) == expected


def test_a_level_that_was_skipped_stands_at_its_start() -> None:
    levels = (level(0, "%1", "decimal"), level(1, "%1.%2", "decimal"), level(2, "%1.%2.%3", "decimal"))
    document = read(
        p("甲", "1"), p("乙", "1.2"), p("丙", "1.2"), p("丁", "1.1"), p("戊", "1.2"),
        numbering=abstract(0, *levels) + num(1, 0),
    )  # fmt: skip
    assert lines(document) == ["1甲", "1.1.1乙", "1.1.2丙", "1.1丁", "1.1.1戊"]


def test_a_custom_format_beside_its_fallback() -> None:
    choice = (
        '<mc:AlternateContent><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
    )
    custom = f'<w:lvl w:ilvl="0"><w:start w:val="7"/>{choice}<w:lvlText w:val="〔%1〕"/></w:lvl>'
    assert lines(read(p("甲", "1"), numbering=abstract(0, custom) + num(1, 0))) == ["〔007〕甲"]


def test_the_list_in_the_style_and_the_level_in_the_paragraph() -> None:
    styles = paragraph_style("甲", '<w:numPr><w:ilvl w:val="2"/><w:numId w:val="1"/></w:numPr>')
    document = read(
        p("一级", style="甲", extra='<w:numPr><w:ilvl w:val="0"/></w:numPr>'), p("三级", style="甲"),
        p("另一", "2", style="甲"), p("另二", style="甲", extra='<w:numPr><w:numId w:val="2"/></w:numPr>'),
        numbering=OUTLINE + num(1, 0) + abstract(9, level(0, "%1)", "decimal")) + num(2, 9), styles=styles,
    )  # fmt: skip
    assert lines(document) == ["一、一级", "1.三级", "1)另一", "2)另二"]


def test_a_style_that_takes_its_level_from_the_one_it_is_based_on() -> None:
    styles = paragraph_style("甲", '<w:numPr><w:ilvl w:val="1"/></w:numPr>') + paragraph_style(
        "乙", '<w:numPr><w:numId w:val="1"/></w:numPr>', parent="甲"
    )
    assert lines(read(p("文", style="乙"), numbering=OUTLINE + num(1, 0), styles=styles)) == ["（一）文"]


def test_styles_in_a_circle_end() -> None:
    styles = paragraph_style("甲", parent="乙") + paragraph_style("乙", LISTED, parent="甲")
    assert lines(read(p("文", style="甲"), numbering=OUTLINE + num(1, 0), styles=styles)) == ["一、文"]


def test_empty_paragraphs_count_but_are_not_shown() -> None:
    document = read(p("甲", "1"), p("", "1"), p("丙", "1"), numbering=OUTLINE + num(1, 0))
    assert lines(document) == ["一、甲", "三、丙"]


def test_a_column_of_numbers_alone() -> None:
    rows = [[tc(p("", "1")), name] for name in ("公安", "城管")]
    numbering = abstract(0, level(0, "%1", "decimal")) + num(1, 0)
    assert lines(read(table(["序号", "部门"], *rows), numbering=numbering))[1:] == ["1\t公安", "2\t城管"]


def test_hidden_paragraphs_do_not_count() -> None:
    hidden = f"<w:p><w:pPr>{LISTED}<w:rPr><w:vanish/></w:rPr></w:pPr>{r('藏', '<w:vanish/>')}</w:p>"
    assert lines(read(p("甲", "1"), hidden, p("乙", "1"), numbering=OUTLINE + num(1, 0))) == [
        "一、甲",
        "二、乙",
    ]


def test_boxes_and_notes_count_for_themselves() -> None:
    box = f"<w:pict><v:textbox><w:txbxContent>{p('框', '1')}</w:txbxContent></v:textbox></w:pict>"
    document = read(
        p("甲", "1"), f"<w:p><w:r>{box}</w:r></w:p>", p("乙", "1"), f"<w:p><w:r>{box}</w:r></w:p>",
        numbering=OUTLINE + num(1, 0),
    )  # fmt: skip
    assert lines(document) == ["一、甲", "一、框", "二、乙", "二、框"]


@pytest.mark.parametrize(
    "numbering",
    [
        "",
        num(1, 5),
        abstract(0) + num(1, 0),
        '<w:num w:numId="1"/>',
        abstract(0, '<w:lvl w:ilvl="x"/>') + num(1, 0),
        abstract(0, extra='<w:numStyleLink w:val="无"/>') + num(1, 0),
    ],
)
def test_a_list_that_is_not_there_numbers_nothing(numbering: str) -> None:
    assert lines(read(p("甲", "1"), p("乙", "1.8"), p("丙", "1.12"), numbering=numbering)) == [
        "甲",
        "乙",
        "丙",
    ]


def test_missing_definitions_are_told() -> None:
    parts = {"word/_rels/document.xml.rels": "<x/>", "word/numbering.xml": "<x"}
    damaged = read(p("甲", "1"), parts=parts)
    assert (damaged.text, damaged.notes) == (
        "甲", ("文件的编号部分已损坏，自动编号没有恢复", "文件缺少自动编号的定义，这些段落的编号没有恢复"),
    )  # fmt: skip
