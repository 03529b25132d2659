from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from built_files import (
    NAMESPACES,
    abstract,
    docx,
    download,
    level,
    lines,
    num,
    p,
    paragraph_style,
    r,
    start_override,
    table,
    tc,
)

from connectors.readers import docx as reader
from connectors.readers.labels import write_number
from nianbao import BlockKind, Document, ReadError

OUTLINE = abstract(0, level(0, "%1、"), level(1, "（%2）"), level(2, "%3.", "decimal"))


def read(*body: str, name: str = "报告.docx", **parts: str) -> Document:
    return reader.read_docx(download(docx(*body, **parts), name))


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


def test_revisions_are_read_as_accepted() -> None:
    deleted_mark = '<w:rPr><w:del w:id="1"/></w:rPr>'
    document = read(
        f"<w:p>{r('办理')}<w:del>{r('旧')}<w:r><w:delText>12</w:delText></w:r></w:del>"
        f"<w:ins>{r('15')}</w:ins>{r('件')}</w:p>",
        f"<w:p><w:moveFrom>{r('移走')}</w:moveFrom></w:p><w:p><w:moveTo>{r('移来')}</w:moveTo></w:p>",
        p("前半", extra=deleted_mark), p("后半"),
        f"<w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr>{deleted_mark}</w:pPr>"
        f"<w:del>{r('删')}</w:del></w:p>",
        p("首条", "1"),
        numbering=OUTLINE + num(1, 0),
    )  # fmt: skip
    assert lines(document) == ["办理15件", "移来", "前半后半", "一、首条"]
    assert document.notes == ("文件里有修订记录，按接受全部修订后的内容读取",)


def test_hidden_text_is_left_out() -> None:
    hidden = '<w:style w:type="character" w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style>'
    runs = [
        r("看得见"),
        r("看不见", "<w:vanish/>"),
        r("也看不见", '<w:rStyle w:val="H"/>'),
        r("又见", '<w:vanish w:val="0"/>'),
    ]
    document = read(f"<w:p>{''.join(runs)}</w:p>", styles=hidden)
    assert document.text == "看得见又见"


def test_fields_show_their_results_but_page_numbers_and_contents_go() -> None:
    def complex_field(code: str, *result: str) -> str:
        mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
        instruction = f"<w:r><w:instrText>{code}</w:instrText></w:r>"
        return (
            mark.format("begin")
            + instruction
            + mark.format("separate")
            + "".join(result)
            + mark.format("end")
        )

    simple = '<w:fldSimple w:instr="{}">{}</w:fldSimple>'
    document = read(
        f"<w:p>{complex_field(' TOC h z ', r('一、举措 1'))}</w:p>",
        f"<w:p>{complex_field('REF a', r('见表1'))}{complex_field('PAGE', r('7'))}"
        f"{simple.format(' PAGE ', r('8'))}{simple.format('DATE', r('3月'))}</w:p>",
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>坏的</w:instrText></w:r></w:p>',
        p("不受影响"),
    )
    assert lines(document) == ["见表13月", "不受影响"]
    assert "目录没有收入正文" in document.notes


def test_boxes_controls_links_breaks_and_ruby() -> None:
    box = f"<w:txbxContent>{p('框里')}</w:txbxContent>"
    document = read(
        f"<w:p>{r('锚')}<w:r><mc:AlternateContent>"
        f"<mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>",
        f"<w:sdt><w:sdtPr/><w:sdtContent>{p('控件里')}</w:sdtContent></w:sdt>",
        f"<w:p><w:hyperlink>{r('链接')}</w:hyperlink><w:r><w:tab/><w:t>后</w:t><w:br/><w:t>下一行</w:t></w:r></w:p>",
        "<w:p><w:r><w:ruby><w:rt><w:r><w:t>pin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>拼</w:t></w:r></w:rubyBase>"
        "</w:ruby></w:r><w:r><w:t>20</w:t><w:noBreakHyphen/><w:t>25</w:t></w:r></w:p>",
    )
    assert lines(document) == ["锚", "框里", "控件里", "链接 后", "下一行", "拼20-25"]
    assert len(document.blocks) == 5


def test_footnotes_are_left_out_and_noted() -> None:
    document = read(f"<w:p>{r('正文')}<w:r><w:footnoteReference w:id='2'/></w:r></w:p>")
    assert (document.text, document.notes) == ("正文", ("脚注和尾注没有收入正文（1 处）",))


def test_tables_are_cells_parted_by_tabs() -> None:
    merged = tc(p("合并"), properties='<w:gridSpan w:val="2"/>')
    document = read(
        p("表前"),
        table(["部门", "件数", "备注"],
              [tc(p("公安"), properties='<w:vMerge w:val="restart"/>'), tc(p("1"), p("2")), ""],
              [tc(p("藏"), properties="<w:vMerge/>"), merged]),
        p("表后"),
    )  # fmt: skip
    assert lines(document) == ["表前", "部门\t件数\t备注", "公安\t1 2\t", "\t合并", "表后"]
    merged_block = next(b for b in document.blocks if document.text[b.start : b.end] == "合并")
    assert (merged_block.kind, merged_block.place.describe()) == (BlockKind.CELL, "表1第3行第2列")


def test_layout_and_nested_tables_are_flattened() -> None:
    inner = table(["甲", "1"], ["乙", "2"])
    document = read(
        table([tc(p("全文"), p("第二段"))]), table(["外", tc(p("内："), inner, p(""))], ["二", "x"])
    )
    assert lines(document) == ["全文", "第二段", "外\t内： 甲 1 乙 2", "二\tx"]


def test_strict_documents_and_other_part_names_are_read() -> None:
    strict = NAMESPACES.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    content = f"<w:document {strict}><w:body>{p('严格')}</w:body></w:document>"
    assert read(parts={"word/document.xml": content}).text == "严格"


def test_a_file_is_read_by_its_bytes_not_its_suffix() -> None:
    made = download(docx(p("正文")), "报告.pdf")
    assert reader.bid(made) == 90
    assert reader.bid(download(b"%PDF-1.4", "报告.docx")) == 0


BOMB = (
    "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
    f"<w:document {NAMESPACES}><w:body>{p('&b;')}</w:body></w:document>"
)


def encrypted() -> bytes:
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500)
    )


def truncated() -> bytes:
    return docx(*[p(f"第{number}段") for number in range(300)])[:900]


def huge() -> bytes:
    return docx(parts={"word/document.xml": b" " * (80 * 1024 * 1024)})


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (encrypted(), "文件已加密"),
        (truncated(), "损坏"),
        (docx(parts={"word/document.xml": BOMB}), "实体"),
        (docx(parts={"word/document.xml": BOMB.encode("utf-16")}), "实体"),
        (docx(parts={"word/document.xml": "<w:document"}), "XML 已损坏"),
        (docx(parts={"word/document.xml": "<a/>"}), "没有正文"),
        (docx(p("")), "文件里没有文字"),
        (docx(parts={"word/document.xml": "<a>" * 600 + "</a>" * 600}), "XML 已损坏"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(data: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message) as error:
        reader.read_docx(download(data, "报告.docx"))
    assert str(error.value).startswith("报告.docx：")


def test_a_zip_bomb_is_refused() -> None:
    with pytest.raises(ReadError, match="压缩炸弹"):
        reader.read_docx(download(huge(), "报告.docx"))


def test_no_file_outside_is_read(tmp_path: object) -> None:
    secret = f"{tmp_path}/secret.txt"
    reaching = f"<!DOCTYPE x [<!ENTITY a SYSTEM 'file://{secret}'>]><w:document {NAMESPACES}/>"
    with pytest.raises(ReadError, match="实体"):
        read(parts={"word/document.xml": reaching})


def test_a_package_with_its_members_in_any_order() -> None:
    made = docx(p("正文"))
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(made)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in reversed(source.namelist()):
            target.writestr(name, source.read(name))
    assert reader.read_docx(download(buffer.getvalue())).text == "正文"
