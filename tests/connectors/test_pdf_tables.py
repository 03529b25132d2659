"""Ruled tables, whatever draws them; those that run over pages are one."""

from __future__ import annotations

import pytest
from built_files import PdfPage, lines, pdf
from pdf_built import page, read, read_bytes, stream, table_page, updated, wrapped
from typesetting import LEFT, LONG, NEXT

from nianbao import BlockKind, Document

XS = [90.0, 150.0, 260.0, 500.0]
HEAD = ["序号", "部门", "备注"]


def rows_of(document: Document) -> list[list[str]]:
    return [line.split("\t") for line in lines(document) if "\t" in line]


def long_table(first: list[list[str]], second: list[list[str]], **kinds: object) -> Document:
    """A table that begins on the lower half of a page and goes on at the top of the next."""
    upper = table_page(page(*wrapped(LONG)), XS, 100 + 30.0 * len(first) + 30, first)
    upper.text(280, 60, "— 1 —", 12)
    lower = table_page(PdfPage(), XS, 770, second)
    lower.text(90, 350, "表后的段落说明了有关情况。", 16).text(280, 60, "— 2 —", 12)
    return read(upper, lower)


@pytest.mark.parametrize("repeated", [True, False])
def test_a_table_that_runs_over_a_page_is_one(repeated: bool) -> None:
    first = [HEAD, ["1", "公安", "无"], ["2", "司法", "无"]]
    second = [["3", "民政", "无"], ["4", "财政", "见附件"]]
    document = long_table(first, [HEAD, *second] if repeated else second)
    assert lines(document) == [
        LONG,
        *["\t".join(row) for row in first + second],
        "表后的段落说明了有关情况。",
    ]
    cells = [block.place for block in document.blocks if block.kind is BlockKind.CELL]
    assert {place.table for place in cells} == {1}
    assert [(place.page, place.row) for place in cells[::3]] == [(1, 1), (1, 2), (1, 3), (2, 4), (2, 5)]
    assert cells[-1].describe() == "第2页表1第5行第3列"


def test_cells_have_boxes() -> None:
    document = read(table_page(page(*wrapped(LONG)), XS, 500, [HEAD, ["1", "公安", "无"]]))
    cell = document.blocks[-1].place
    assert cell.box == (260.0, 842 - 470.0, 500.0, 842 - 440.0)


def test_a_row_that_the_page_cuts_is_one() -> None:
    full = "这里是十五个字的备注行正好写满"
    first = [HEAD, ["1", "公安", "无"], ["2", "司法", full]]
    document = long_table(first, [HEAD, ["", "", full + "\n到此为止"], ["3", "民政", "无"]])
    assert rows_of(document) == [
        HEAD,
        ["1", "公安", "无"],
        ["2", "司法", full + full + "到此为止"],
        ["3", "民政", "无"],
    ]


@pytest.mark.parametrize(
    "following",
    [
        ["", "监察", "无"],
        ["", "", "12"],
        ["", "12", "34"],
        ["3", "民政", "接上表的备注"],
        ["", "民政", "另有情况说明见附件"],
    ],
)
def test_a_row_is_not_taken_for_the_rest_of_another(following: list[str]) -> None:
    first = [HEAD, ["1", "公安", "无"], ["2", "司法", "有关情况说明。"]]
    document = long_table(first, [HEAD, following, ["9", "财政", "无"]])
    assert rows_of(document)[3] == following


def test_two_tables_are_two() -> None:
    upper = table_page(page(*wrapped(LONG)), XS, 220, [HEAD, ["1", "公安", "无"], ["2", "司法", "无"]])
    lower = table_page(PdfPage(), [90, 300, 500], 770, [["项目", "数量"], ["检查", "12"], ["处罚", "3"]])
    document = read(upper, lower)
    assert {block.place.table for block in document.blocks if block.kind is BlockKind.CELL} == {1, 2}
    between = table_page(
        PdfPage().text(LEFT, 770, "表二：其他情况", 16), XS, 700, [HEAD, ["1", "公安", "无"]]
    )
    document = read(upper, between)
    assert {block.place.table for block in document.blocks if block.kind is BlockKind.CELL} == {1, 2}


def test_a_table_open_at_the_page_end_goes_on() -> None:
    upper = page(*wrapped(LONG))
    for y in (190, 160, 130):
        upper.rule(90, y, 500, y)
    for x in XS:
        upper.rule(x, 90, x, 190)
    for y, row in ((170, HEAD), (140, ["1", "公安", "无"]), (110, ["2", "司法", "情况是"])):
        for x, text in zip(XS, row, strict=False):
            upper.text(x + 5, y, text, 12)
    lower = table_page(PdfPage(), XS, 770, [["", "", "这样的。"], ["3", "民政", "无"]])
    document = read(upper, lower)
    assert rows_of(document) == [
        HEAD,
        ["1", "公安", "无"],
        ["2", "司法", "情况是这样的。"],
        ["3", "民政", "无"],
    ]


def cell_texts(made: PdfPage) -> PdfPage:
    for row, cells in enumerate([("部门", "件数"), ("公安", "12")]):
        for column, text in enumerate(cells):
            made.text(95 + 110 * column, 580 - 30 * row, text, 12)
    return made


LEVEL = "90 540 m 300 540 l 90 570 m 300 570 l 90 600 m 300 600 l"
UPRIGHT = "90 540 m 90 600 l 200 540 m 200 600 l 300 540 m 300 600 l"
SMALL = (
    "9 54 m 30 54 l S 9 57 m 30 57 l S 9 60 m 30 60 l S 9 54 m 9 60 l S 20 54 m 20 60 l S 30 54 m 30 60 l S"
)
BOXES = [(x, y, width) for x, width in ((90, 110), (200, 100)) for y in (540, 570)]
DRAWN = {
    "one path": [f"0.7 w {LEVEL} {UPRIGHT} S"],
    "boxes": [f"{x} {y} {width} 30 re S" for x, y, width in BOXES],
    "thin boxes": [
        *[f"90 {y} 210 0.5 re f" for y in (540, 570, 600)],
        *[f"{x} 540 0.5 60 re f" for x in (90, 200, 300)],
    ],
    "no sides": [f"0.7 w {LEVEL} 200 540 m 200 600 l S"],
    "shaded": [f"0.9 g {x} {y} {width} 30 re f 0 g" for x, y, width in BOXES],
    "scaled": [f"q 10 0 0 10 0 0 cm 0.07 w {SMALL} Q"],
}


@pytest.mark.parametrize("drawn", DRAWN)
def test_whatever_draws_the_rules(drawn: str) -> None:
    made = page(*wrapped(LONG))
    made.content += DRAWN[drawn]
    document = read(cell_texts(made))
    assert lines(document) == [LONG, "部门\t件数", "公安\t12"]


def test_rules_and_text_inside_a_form() -> None:
    inside = cell_texts(PdfPage()).grid([90, 200, 300], [540, 570, 600])
    made = page(*wrapped(LONG))
    made.content.append("q 1 0 0 1 20 -100 cm /X1 Do Q")
    form = stream(
        "\n".join(inside.content),
        "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>",
    )
    whole = pdf(made)
    number = next(n for n in range(6, 12) if f"{n} 0 obj\n<< /Type /Page ".encode() in whole)
    body = whole.split(f"{number} 0 obj\n".encode())[1].split(b"\nendobj")[0].decode()
    body = body.replace("/Font << /F1 3 0 R >>", "/Font << /F1 3 0 R >> /XObject << /X1 90 0 R >>")
    document = read_bytes(updated(whole, {number: body, 90: form}))
    assert lines(document) == [LONG, "部门\t件数", "公安\t12"]
    assert document.blocks[-1].place.box == (220.0, 842 - 470.0, 320.0, 842 - 440.0)


def test_gaps_in_cells_go_and_wrapped_cells_are_joined() -> None:
    made = table_page(page(*wrapped(LONG)), XS, 500, [HEAD, ["1", "办理 12 件", "共检查 36\n次，办结"]])
    assert rows_of(read(made)) == [HEAD, ["1", "办理12件", "共检查36次，办结"]]


def test_text_beside_a_table_stays() -> None:
    made = table_page(page(*wrapped(LONG)), [90, 150, 260], 500, [["序号", "部门"], ["1", "公安"]])
    made.text(300, 482, "单位：件", 12)
    assert lines(read(made)) == [LONG, "序号\t部门", "1\t公安", "单位：件"]


def test_a_joined_cell_spans_rows_and_columns() -> None:
    made = page(*wrapped(LONG))
    for y in (500, 470, 410):
        made.rule(90, y, 500, y)
    made.rule(150, 440, 500, 440)
    for x in (90, 150, 500):
        made.rule(x, 410, x, 500)
    made.rule(300, 410, 300, 470)
    for x, y, text in (
        (95, 480, "区"), (155, 480, "合计"), (95, 440, "东"), (155, 450, "公安"), (305, 450, "12"),
        (155, 420, "司法"), (305, 420, "3"),
    ):  # fmt: skip
        made.text(x, y, text, 12)
    document = read(made)
    assert lines(document)[1:] == ["区\t合计", "东\t公安\t12", "\t司法\t3"]
    columns = [block.place.column for block in document.blocks if block.kind is BlockKind.CELL]
    assert columns == [1, 2, 1, 2, 3, 2, 3]


def test_too_many_rules_are_no_table() -> None:
    made = page(*wrapped(LONG)).text(90, 500, "甲", 12).text(300, 500, "乙", 12)
    made.content += [
        f"{10 + 8 * i} 10 m {10 + 8 * i} 600 l S 10 {10 + 8 * i} m 590 {10 + 8 * i} l S" for i in range(72)
    ]
    document = read(made)
    assert "第 1 页的表格没有按格读取" in document.notes
    assert LONG in document.text


def test_page_of_next() -> None:
    document = long_table([HEAD, ["1", "公安", "无"]], [["2", "司法", NEXT[:12] + "\n" + NEXT[12:20]]])
    assert document.place_of(document.text.index(NEXT[:5])).page == 2
