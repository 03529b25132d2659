"""Plain text that came through other converters, and genuine text that only looks like it."""

from __future__ import annotations

import pytest
from built_files import download, lines

from connectors.readers import text as reader
from nianbao import Document

SENTENCES = (
    "全镇共调解各类矛盾纠纷三百二十件，调解成功率98.5%，涉及金额1.2万元",
    "镇综合行政执法队现有执法人员11名，全年办理行政处罚案件23件，没有发生行政复议纠错案件",
    "全年召开党委会专题研究法治建设工作4次，组织领导干部学法12次，举办法治讲座6场，培训干部150人次",
)
PARAGRAPH = "。".join(SENTENCES * 3) + "。"


def read(text: str) -> Document:
    return reader.read_text_file(download(text.encode(), "报告.txt"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # All of the first level in digits, with Tika's blanks, above a second level.
        (
            "1、 举措\n（1） 学法\n（2） 执法\n2、 不足\n一是人少。",
            ["一、举措", "（一）学法", "（二）执法", "二、不足", "一是人少。"],
        ),
        ("1、 举措\n（一）学法\n（二）执法\n2、 不足", ["一、举措", "（一）学法", "（二）执法", "二、不足"]),
        ("[bookmark: _GoBack]1、 举措\n(1) 学法\n(二)执法", ["一、举措", "(一)学法", "(二)执法"]),
        # Digits that begin anew below a typed label are what they say, marks or not.
        (
            "[bookmark: a]一、举措\n（一）学法\n（1） 学\n（2） 考\n（二）执法\n1、 查\n2、 罚\n二、不足",
            [
                "一、举措",
                "（一）学法",
                "（1） 学",
                "（2） 考",
                "（二）执法",
                "1、 查",
                "2、 罚",
                "二、不足",
            ],
        ),
        # A lower list of two, and then （三）, is no sign of a conversion.
        (
            "（一）学法\n（二）执法\n（1） 检查\n（2） 处罚\n（三）监督",
            ["（一）学法", "（二）执法", "（1） 检查", "（2） 处罚", "（三）监督"],
        ),
        # Below the digits of a second level, digits begin anew and the first level goes on after them.
        (
            "1、 举措\n（1） 学法\n1、 中心组\n2、 干部\n（2） 执法\n2、 不足",
            ["一、举措", "（一）学法", "1、 中心组", "2、 干部", "（二）执法", "二、不足"],
        ),
        # Somebody who types digits, some of them without a blank.
        ("1、举措\n（1） 学法\n2、 不足\n（1） 人少", ["1、举措", "（1） 学法", "2、 不足", "（1） 人少"]),
        ("1、 公安\n2、 司法\n3、 城管", ["1、 公安", "2、 司法", "3、 城管"]),
    ],
)
def test_digits_of_automatic_numbers(text: str, expected: list[str]) -> None:
    assert lines(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected", "note"),
    [
        ("甲\n[image: 图片1]乙\n[pic]\n丙", ["甲", "乙", "丙"], "删去了 2 处图片的占位标记"),
        ('见HYPERLINK "http://a.cn/b" \\l "c" 附件', ["见附件"], "删去了 1 处 Word 域代码"),
        ("正文\nPAGE \\* MERGEFORMAT 2\n2023年", ["正文", "2023年"], "删去了 1 处 Word 域代码"),
        ("= 1 \\* GB3 ①学法", ["①学法"], "删去了 1 处 Word 域代码"),
        (
            'TOC \\o "1-3" \\h \\z \\u一、举措PAGEREF _Toc12345 \\h 3',
            ["一、举措3"],
            "删去了 2 处 Word 域代码",
        ),
        ('见\x13HYPERLINK "a"\x14网站\x15。第\x13 PAGE \x15页', ["见网站。第页"], "删去了 2 处 Word 域代码"),
        (
            "部门\x07件数\x07\x07公安\x0712\x07\x07完",
            ["部门\t件数", "公安\t12", "完"],
            "把旧版 Word 的单元格标记还原成了表格",
        ),
        (
            "Evaluation Warning: The document was created with Spire.Doc for Python.\n甲",
            ["甲"],
            "文件是用试用版软件转换的，内容可能不完整；已删去它的提示",
        ),
        ("甲。\n- 3 -\n乙。\n第 4 页 共 9 页", ["甲。", "乙。"], "删去了 2 行页码和页眉页脚"),
        (
            "一、\t举措\n（一）\t学法\n1.\t中心组",
            ["一、举措", "（一）学法", "1.中心组"],
            "去掉了 3 个自动编号后面的制表符",
        ),
        (
            "部门      案件    罚款\n公安局    12      300\n城管局    9       20",
            ["部门\t案件\t罚款", "公安局\t12\t300", "城管局\t9\t20"],
            "把用空格对齐的 3 行文字当作表格",
        ),
    ],
)
def test_what_only_a_converter_leaves_goes_and_is_told(text: str, expected: list[str], note: str) -> None:
    # A text of which a twentieth is control characters is taken for no text.
    document = read(f"{text}\n{PARAGRAPH}")
    assert lines(document) == [*expected, PARAGRAPH]
    assert document.notes == (note,)


def test_bullets_of_symbol_fonts_are_bullets() -> None:
    assert lines(read("\uf0b7 学法\n\uf06c 执法")) == ["• 学法", "• 执法"]


def test_markdown_gives_its_text_and_the_levels_of_its_headings() -> None:
    document = read(
        "# 云岭镇报告\n\n## **一、举措**\n\n1\\. 学法**4次**，见[公告](https://a.cn/b)。\n\n"
        "* 执法&nbsp;公正\n\n![](data:image/png;base64,AA)\n\n| 部门 | 件数 |\n| --- | ---: |\n| 公安 | 12 |"
        "\n\n---\n完"
    )
    assert lines(document) == [
        "云岭镇报告", "一、举措", "1. 学法4次，见公告。", "执法 公正", "部门\t件数", "公安\t12", "完",
    ]  # fmt: skip
    assert [block.level for block in document.blocks][:3] == [1, 2, None]
    assert "去掉了 Markdown 的标记符号" in document.notes


@pytest.mark.parametrize(
    "text",
    [
        "张**、李**等三人被表彰。\n王**被处罚，赵**被警告。",
        "#法治# 宣传\n全年宣传3次。",
        "序号\n部门\n1\n公安\n2\n司法\n3\n城管",
        "部门\t件数\n1.\t12\n2.\t13",
        "1.\t公安局\t12\n2.\t司法局\t9",
        "张三  李四\n共3  人",
        "全年办理 3 件 - 5 件。\n-3-5",
        "[pic]是图片的意思。",
        "学习 PAGE 一词。HYPERLINK 也是。",
    ],
)
def test_genuine_text_is_not_touched(text: str) -> None:
    document = read(text)
    assert document.notes == ()
    assert document.text.replace("\t", "").replace(" ", "") == text.replace("\t", "").replace(" ", "")


def wrapped(text: str, width: int, indent: str = "") -> str:
    """Break a paragraph as a print does: no stop begins a line, and no number is parted."""
    broken, line = [], indent
    for character in text:
        taken = sum(1 if each.isascii() else 2 for each in line)
        if taken >= width and character not in "，。、；）":
            broken.append(line)
            line = ""
        line += character
    return "\n".join([*broken, line])


@pytest.mark.parametrize("indent", ["", "　　"])
@pytest.mark.parametrize("width", [56, 68, 76])
def test_lines_broken_at_one_width_are_joined(indent: str, width: int) -> None:
    paragraphs = ["一、主要举措", PARAGRAPH, "二、存在的不足", PARAGRAPH]
    text = "云岭镇报告\n" + "\n".join(wrapped(each, width, indent) for each in paragraphs)
    document = read(text)
    joined = "".join(lines(document))
    assert joined == "云岭镇报告" + "".join(paragraphs)
    if indent:
        assert lines(document) == ["云岭镇报告", *paragraphs]
    else:
        # A full line that ends a sentence may end the paragraph too.
        assert all(line.endswith("。") for line in lines(document) if len(line) > 20)
    assert document.notes[-1].startswith("文字在同一宽度处被断行，已连接 ")
    assert document.blocks[1].place.paragraph == 2


def test_paragraphs_go_on_over_pages_and_running_heads_stay_once() -> None:
    broken = wrapped(PARAGRAPH, 56, "　　").split("\n")
    pages = [
        ["云岭镇人民政府文件", *broken[start : start + 5], str(start // 5 + 1)] for start in range(0, 15, 5)
    ]
    document = read("\n\f".join("\n".join(page) for page in pages))
    assert lines(document) == ["云岭镇人民政府文件", "".join(broken[:15]).strip()]
    assert document.notes[0] == "删去了 5 行页码和页眉页脚"


@pytest.mark.parametrize(
    "text",
    [
        # Paragraphs of whatever length, as word processors write them.
        "\n".join(PARAGRAPH[: 20 + 7 * number] + "。" for number in range(30)),
        # Short paragraphs of about one length that are sentences.
        "\n".join(["全镇共调解各类矛盾纠纷三百二十件调解成功率为百分之九十八。"] * 20),
        # Verses, items of a list: short lines.
        "\n".join(["学法用法守法护法"] * 40),
    ],
)
def test_lines_that_are_paragraphs_stay(text: str) -> None:
    document = read(text)
    assert lines(document) == text.split("\n")
    assert document.notes == ()
