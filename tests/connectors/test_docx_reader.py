from __future__ import annotations

import zipfile
from io import BytesIO

from built_files import NAMESPACES, docx, download, lines, num, p, r, table, tc
from docx_read import OUTLINE, read

from connectors.readers import docx as reader
from nianbao import BlockKind


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


def test_a_package_with_its_members_in_any_order() -> None:
    made = docx(p("正文"))
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(made)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in reversed(source.namelist()):
            target.writestr(name, source.read(name))
    assert reader.read_docx(download(buffer.getvalue())).text == "正文"
