"""What a Word package holds besides plain paragraphs: boxes, drawings, embedded documents, odd parts."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from built_files import DECLARATION, NAMESPACES, docx, download, lines, num, p, r, table, tc
from docx_read import OUTLINE, read

from connectors.readers import docx as reader

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
LISTED = '<w:numPr><w:numId w:val="1"/></w:numPr>'


def relations(**targets: str) -> str:
    made = "".join(
        f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{RELATIONS}">{made}</Relationships>'


def box(*content: str) -> str:
    return f"<w:txbxContent>{''.join(content)}</w:txbxContent>"


def marked(mark: str, *runs: str) -> str:
    return f"<w:p><w:pPr><w:rPr>{mark}</w:rPr></w:pPr>{''.join(runs)}</w:p>"


def test_boxes_in_groups_and_drawn_titles() -> None:
    group = (
        "<w:drawing><wps:wgp>"
        f"<wps:wsp><wps:txbx>{box(p('左框'))}</wps:txbx></wps:wsp>"
        f"<wps:wsp><wps:txbx>{box(p('右框'), table(['甲', '1'], ['乙', '2']))}</wps:txbx></wps:wsp>"
        "</wps:wgp></w:drawing>"
    )
    picture = (
        f"<w:pict><v:group><v:shape><v:textbox>{box(p('旧框'))}</v:textbox></v:shape></v:group></w:pict>"
    )
    alternative = (
        f"<mc:AlternateContent><mc:Choice Requires='wpg'>{group}</mc:Choice>"
        f"<mc:Fallback><w:pict>{box(p('副本'))}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    title = '<w:pict><v:shape><v:textpath string="云岭县人民政府文件"/></v:shape></w:pict>'
    fallback = f"<mc:AlternateContent><mc:Fallback>{box(p('只有副本'))}</mc:Fallback></mc:AlternateContent>"
    document = read(
        f"<w:p><w:r>{title}</w:r></w:p>",
        f"<w:p>{r('锚')}<w:r>{alternative}</w:r></w:p>",
        f"<w:p><w:r>{picture}</w:r><w:r>{fallback}</w:r></w:p>",
        f"<mc:AlternateContent><mc:Choice Requires='x'>{p('块')}</mc:Choice></mc:AlternateContent>",
    )
    assert lines(document) == [
        "云岭县人民政府文件", "锚", "左框", "右框", "甲\t1", "乙\t2", "旧框", "只有副本", "块"
    ]  # fmt: skip


def test_prompts_of_content_controls_are_left_out() -> None:
    prompt = "<w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
    filled = '<w:sdtPr><w:showingPlcHdr w:val="0"/></w:sdtPr>'
    document = read(
        f"<w:p>{r('共')}<w:sdt>{prompt}<w:sdtContent>{r('单击此处输入文字')}</w:sdtContent></w:sdt>"
        f"<w:sdt>{filled}<w:sdtContent>{r('12')}</w:sdtContent></w:sdt>{r('件')}</w:p>",
        f"<w:sdt>{prompt}<w:sdtContent>{p('选择日期')}</w:sdtContent></w:sdt>",
        table(["甲", f"<w:sdt><w:sdtPr/><w:sdtContent>{tc(p('乙'))}</w:sdtContent></w:sdt>"], ["丙", "丁"]),
    )
    assert lines(document) == ["共12件", "甲\t乙", "丙\t丁"]


def test_paragraphs_that_run_on() -> None:
    dropped = "<w:p><w:pPr><w:framePr w:dropCap='drop' w:lines='2'/></w:pPr><w:r><w:t>全</w:t></w:r></w:p>"
    style_separator = (
        f"<w:p><w:pPr>{LISTED}<w:rPr><w:vanish/><w:specVanish/></w:rPr></w:pPr>{r('学习。')}</w:p>"
    )
    document = read(
        dropped, p("年办理12件。"),
        style_separator, p("全年4次。"),
        marked("<w:del w:id='1'/>", r("表前")), table(["甲", "1"], ["乙", "2"]),
        marked("<w:vanish/>", r("藏", "<w:vanish/>")), p("乙", "1"),
        marked("<w:del w:id='1'/>", r("接")), p("后", "1"),
        marked("<w:del w:id='1'/>", r("文末")),
        numbering=OUTLINE + num(1, 0),
    )  # fmt: skip
    assert lines(document) == [
        "全年办理12件。", "一、学习。全年4次。", "表前", "甲\t1", "乙\t2", "二、乙", "三、接后", "文末",
    ]  # fmt: skip


def test_moved_and_deleted_rows_and_cells() -> None:
    def row(properties: str, *cells: str) -> str:
        return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"

    body = [
        row("", tc(p("部门")), tc(p("旧栏"), properties="<w:cellDel w:id='1'/>"), tc(p("件数"))),
        row("<w:del w:id='2'/>", tc(p("删行")), tc(p("9"))),
        row("<w:ins w:id='3'/>", tc(p("公安")), tc(p("12"), properties="<w:cellIns w:id='4'/>")),
        row("<w:hidden/>", tc(p("藏行")), tc(p("8"))),
    ]
    mark, runs = "<w:moveFrom w:id='6'/>", f"<w:moveFrom>{r('移')}</w:moveFrom>"
    moved = f"<w:moveFromRangeStart w:id='5'/>{marked(mark, runs)}"
    changed = "<w:rPr><w:b/><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr>"
    document = read(
        f"<w:tbl>{''.join(body)}</w:tbl>", moved, p("后"),
        f"<w:p><w:r>{changed}<w:t>改</w:t></w:r></w:p>",
    )  # fmt: skip
    assert lines(document) == ["部门\t件数", "公安\t12", "后", "改"]


def test_diagrams_are_read_and_charts_told() -> None:
    namespaces = (
        'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
        f'xmlns:r="{OFFICE}"'
    )
    data = "".join(
        f"<dgm:pt><dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>"
        for text in ("受理12件", "办结12件")
    )
    document = read(
        f"<w:p><w:r><w:drawing><dgm:relIds {namespaces} r:dm='diagramData'/></w:drawing></w:r>"
        f"{r('流程')}</w:p>",
        f"<w:p><w:r><w:drawing><c:chart {namespaces} r:id='c'/></w:drawing></w:r></w:p>",
        parts={
            "word/_rels/document.xml.rels": relations(diagramData="diagrams/data1.xml"),
            "word/diagrams/data1.xml": f"<dgm:dataModel {namespaces}>{data}</dgm:dataModel>",
        },
    )
    assert lines(document) == ["流程", "受理12件", "办结12件"]
    assert document.notes == ("图表和嵌入的对象没有收入正文（1 处）",)


@pytest.mark.parametrize(
    ("embedded", "expected", "is_told"),
    [
        (docx(p("嵌入"), table(["甲", "1"], ["乙", "2"])), ["前", "嵌入", "甲\t1", "乙\t2", "后"], False),
        (
            f"<html><body><p>嵌入的网页</p><p>{'办理12件。' * 20}</p></body></html>".encode(),
            ["前", "嵌入的网页", "办理12件。" * 20, "后"],
            False,
        ),
        (b"{\\rtf1 x}", ["前", "后"], True),
        (b"PK\x03\x04broken", ["前", "后"], True),
    ],
)
def test_embedded_documents(embedded: bytes, expected: list[str], is_told: bool) -> None:
    document = read(
        p("前"), f"<w:altChunk xmlns:r='{OFFICE}' r:id='aFChunk'/>", p("后"),
        parts={
            "word/_rels/document.xml.rels": relations(aFChunk="chunk.bin"), "word/chunk.bin": embedded,
        },
    )  # fmt: skip
    assert lines(document) == expected
    assert document.notes == (("文件里嵌入的其他文档没有收入正文",) if is_told else ())


def test_documents_embedded_in_each_other_end() -> None:
    made = docx(p("底"))
    for depth in range(6):
        made = docx(
            p(f"第{depth}层"), f"<w:altChunk xmlns:r='{OFFICE}' r:id='aFChunk'/>",
            parts={"word/_rels/document.xml.rels": relations(aFChunk="c.docx"), "word/c.docx": made},
        )  # fmt: skip
    assert lines(reader.read_docx(download(made))) == ["第5层", "第4层", "第3层", "第2层"]


def test_another_name_of_the_main_part() -> None:
    main = f"{DECLARATION}<w:document {NAMESPACES}><w:body>{p('甲', '1')}</w:body></w:document>"
    numbering = f"<w:numbering {NAMESPACES}>{OUTLINE}{num(1, 0)}</w:numbering>"
    document = read(
        p("不是这个"),
        parts={
            "_rels/.rels": relations(officeDocument="/word/document2.xml"),
            "word/document2.xml": main,
            "word/_rels/document2.xml.rels": relations(numbering="lists/n.xml", styles="missing.xml"),
            "word/lists/n.xml": numbering,
        },
    )
    assert document.text == "一、甲"


def test_only_the_main_part() -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr(
            "word/document.xml", f"<w:document {NAMESPACES}><w:body>{p('甲', '1')}</w:body></w:document>"
        )
    document = reader.read_docx(download(buffer.getvalue()))
    assert (document.text, document.notes) == ("甲", ("文件缺少自动编号的定义，这些段落的编号没有恢复",))


def test_damaged_styles_are_told() -> None:
    document = read(p("甲"), parts={"word/styles.xml": "<w:styles"})
    assert (document.text, document.notes) == ("甲", ("文件的样式部分已损坏，没有读取",))


def test_strict_documents_are_read_whole() -> None:
    strict = (
        NAMESPACES.replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
        .replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/math",
            "http://purl.oclc.org/ooxml/officeDocument/math",
        )
    )  # fmt: skip
    half = "<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
    formula = f"<w:p><m:oMath>{half}</m:oMath></w:p>"
    main = f"<w:document {strict}><w:body>{p('甲', '1')}{formula}</w:body></w:document>"
    numbering = f"<w:numbering {strict}>{OUTLINE}{num(1, 0)}</w:numbering>"
    document = read(parts={"word/document.xml": main, "word/numbering.xml": numbering})
    assert lines(document) == ["一、甲", "1/2"]


def test_word_s_own_styles_are_not_parsed() -> None:
    latent = f"<w:latentStyles>{'<w:lsdException/>' * 9}</w:latentStyles>"
    style = (
        f'<w:style w:type="paragraph" w:styleId="1"><w:name w:val="标题 1"/><w:pPr>{LISTED}</w:pPr></w:style>'
    )
    document = read(p("甲", style="1"), styles=latent + style, numbering=OUTLINE + num(1, 0))
    assert (document.text, document.blocks[0].level) == ("一、甲", 1)
