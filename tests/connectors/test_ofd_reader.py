"""OFD: texts, tables and places, whoever wrote the file."""

from __future__ import annotations

import pytest
from built_files import PdfPage, download, lines, pdf
from ofd_drawing import STYLES, OfdPage, Style, text_object
from ofd_files import ofd, ofd_from_pdf
from ofd_pages import objects, page, read, wrapped
from typesetting import EM, LEADING, LEFT, LONG, NEXT, TOP

from connectors.readers import pdf as pdf_reader
from nianbao import BlockKind

MIXED = "截至2023年底办理A类案件12件，Word Press系统运行率98.6%，按《条例》第3条（一）项处理。"
ROWS = (("部门", "件数"), ("公安", "12"), ("合计", "12"))


def tabled() -> OfdPage:
    made = page("　　执法情况如下表所列，具体数字以主管部门统计的为准。")
    made.grid([90, 200, 300], [600, 570, 540, 510])
    for row, cells in enumerate(ROWS):
        for column, text in enumerate(cells):
            made.text(95 + 110 * column, 580 - 30 * row, text, 12)
    return made.text(LEFT + 2 * EM, 470, "表后的段落说明了有关情况。")


@pytest.mark.parametrize("style", STYLES)
def test_every_producer_gives_the_same_text(style: Style) -> None:
    first, second = wrapped(LONG), wrapped(NEXT)
    document = read(
        ofd(
            page("　　一、主要举措", *first, *second[:1], footer="— 1 —"),
            page(*second[1:], *wrapped(MIXED), footer="— 2 —"),
            style=style,
        )
    )
    assert lines(document) == ["一、主要举措", LONG, NEXT, MIXED]
    assert [block.place.page for block in document.blocks] == [1, 1, 1, 2]
    assert document.notes == ("删去了页眉、页脚和页码（2 行）",)
    assert document.reader == "ofd"


@pytest.mark.parametrize("style", STYLES)
def test_ruled_tables_are_cells_in_place(style: Style) -> None:
    document = read(ofd(tabled(), style=style))
    assert lines(document) == [
        "执法情况如下表所列，具体数字以主管部门统计的为准。",
        "部门\t件数",
        "公安\t12",
        "合计\t12",
        "表后的段落说明了有关情况。",
    ]
    cells = [block for block in document.blocks if block.kind is BlockKind.CELL]
    assert cells[-1].place.describe() == "第1页表1第3行第2列"


@pytest.mark.parametrize("style", STYLES)
def test_a_pdf_and_its_ofd_give_the_same_text(style: Style) -> None:
    printed = PdfPage().text(LEFT, 790, "云岭镇人民政府", 12)
    for index, line in enumerate([*wrapped(LONG), *wrapped(MIXED)]):
        printed.text(
            LEFT + (2 * EM if line.startswith("　") else 0), TOP - index * LEADING, line.lstrip("　")
        )
    printed.grid([90, 200, 300], [400, 370, 340, 310])
    for row, cells in enumerate(ROWS):
        for column, text in enumerate(cells):
            printed.text(95 + 110 * column, 380 - 30 * row, text, 12)
    data = pdf(printed.text(290, 60, "— 1 —", 12), printed)
    expected = pdf_reader.read_pdf(download(data, "报告.pdf"))
    found = read(ofd_from_pdf(data, style))
    assert found.text == expected.text
    assert found.notes == expected.notes
    assert [block.place.describe() for block in found.blocks] == [
        block.place.describe() for block in expected.blocks
    ]


def test_a_paragraph_knows_its_box() -> None:
    document = read(ofd(page(*wrapped(LONG))))
    box = document.blocks[0].place.box
    assert box is not None
    assert box == pytest.approx((90, 842 - 700 - 0.88 * EM, 90 + 26 * EM, 842 - 672 + 0.12 * EM), abs=0.2)


def test_templates_are_headers_that_go() -> None:
    texts = [LONG, NEXT, LONG[::-1]]
    data = ofd(
        *(
            page(*wrapped(f"{text}{number}件。")).head('<ofd:Template TemplateID="9" ZOrder="Background"/>')
            for number, text in enumerate(texts, start=1)
        ),
        templates={"9": OfdPage().text(LEFT, 790, "云岭镇人民政府", 12)},
    )
    assert lines(read(data)) == [f"{text}{number}件。" for number, text in enumerate(texts, start=1)]
    assert read(data).notes == ("删去了页眉、页脚和页码（3 行）",)


def test_the_text_of_a_template_is_read() -> None:
    data = ofd(
        page("　　其二，学法用法。").head('<ofd:Template TemplateID="9"/>'),
        templates={"9": OfdPage().text(LEFT, 728, "法治政府建设年度工作报告", 22)},
    )
    assert lines(read(data)) == ["法治政府建设年度工作报告", "其二，学法用法。"]


@pytest.mark.parametrize("template", ['<ofd:Template TemplateID="8"/>', '<ofd:Template TemplateID="9"/>'])
def test_a_template_that_is_missing_or_calls_itself(template: str) -> None:
    data = ofd(page(LONG[:20]).head(template), templates={"9": OfdPage().head(template)})
    document = read(data)
    assert document.text == LONG[:20]
    assert document.notes == (("有页面引用的模板缺失，没有读取",) if "8" in template else ())


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ({"DeltaX": "g 3 5"}, "办结12"),
        ({"DeltaX": "g 2 5 5"}, "办结12"),
        ({"DeltaX": "5, 5, 5"}, "办结12"),
        ({"DeltaX": "5 5 g 1 2.5"}, "办结12"),
        ({"DeltaX": "g 999999999 5"}, "办结12"),
        ({"DeltaX": "5"}, "办结12"),
        ({"DeltaX": "g"}, "办结12"),
        ({"DeltaX": "g -3 5"}, "办结12"),
        ({"DeltaX": "nan 5 5"}, "办结12"),
        ({"DeltaX": "5 inf"}, "办结12"),
        ({"DeltaX": "1e308 1e308 1e308"}, "办结12"),
        ({}, "办结12"),
        ({"DeltaX": "5 12 2.5"}, "办结12"),
        ({"DeltaX": "8 8 2.5"}, "办结12"),
        ({"DeltaX": "12 5 2.5"}, "办 结12"),
        ({"DeltaX": "5 5 12"}, "办结1 2"),
    ],
)
def test_distances_between_characters(code: dict[str, str], expected: str) -> None:
    assert read(objects(text_object("30", "60", "办结12", **code))).text == expected


def test_a_text_without_distances_fills_its_object() -> None:
    first = text_object("0", "5", "Government", more='Boundary="30 40 19 6"')
    second = text_object("0", "5", "Report", more='Boundary="50.5 40 12 6"')
    close = text_object("0", "5", "年报", more='Boundary="62.5 40 10 6"')
    assert read(objects(first, second, close)).text == "Government Report年报"


def test_places_go_through_the_matrix_and_the_boundary() -> None:
    scaled = text_object(
        "324.419",
        "-303.723",
        "局",
        size="14.749",
        more='Boundary="114.807533 185.229584 4.08 4.73" CTM="0.3527 0 0 0.3527 -114.807533 111.352325"',
    )
    beside = text_object("119.7", "189.459", "长", size="5.2")
    document = read(objects(beside, scaled))
    assert document.text == "局长"
    assert document.blocks[0].place.box == pytest.approx((324.3, 524.2, 354.0, 538.9), abs=1)


def test_a_text_goes_on_where_the_last_one_left_off() -> None:
    made = text_object("30", "60", "甲乙", DeltaX="5").replace(
        "</ofd:TextObject>", '<ofd:TextCode Y="70" DeltaX="5">丙丁</ofd:TextCode></ofd:TextObject>'
    )
    (block,) = read(objects(made)).blocks
    assert block.place.box == pytest.approx((85.0, 157.6, 113.4, 200.1), abs=0.2)


def test_line_breaks_of_a_printed_xml_are_no_characters() -> None:
    assert read(objects(text_object("30", "60", "\n   办结案件\n  ", DeltaX="g 3 5"))).text == "办结案件"
