"""Raised marks never become part of a figure; the notes at a page's foot stand after the text."""

from __future__ import annotations

import pytest
from built_files import PdfPage, lines, pdf
from pdf_built import page, read, read_bytes, wrapped
from typesetting import EM, LEFT, LONG, NEXT

HEAD = "　　全年办理行政处罚案件"


def marked(before: str, mark: str, after: str, *, rise: float = 6, size: float = 9) -> PdfPage:
    """A line with a raised mark; Latin characters are half as wide as Han ones."""
    made = PdfPage()

    def width(text: str, of: float) -> float:
        return sum(of if character > "\u2e7f" or "①" <= character <= "⑳" else of / 2 for character in text)

    x = LEFT
    made.text(x, 700, before, EM)
    x += width(before, EM)
    made.text(x, 700 + rise, mark, size)
    x += width(mark, size)
    if after:
        made.text(x, 700, after, EM)
    return made


@pytest.mark.parametrize("mark", ["1", "12", "[3]", "〔4〕", "①", "*"])
@pytest.mark.parametrize(("rise", "size"), [(6, 9), (5, 8), (8, 10)])
def test_a_raised_mark_is_no_part_of_a_figure(mark: str, rise: float, size: float) -> None:
    document = read(marked("全年办理案件269", mark, "件，均已办结。", rise=rise, size=size))
    assert document.text == "全年办理案件269件，均已办结。"
    assert document.notes == ("去掉了正文中的注释标记（1 处）",)


@pytest.mark.parametrize(
    ("before", "mark", "after", "text"),
    [
        ("面积100m", "2", "左右", "面积100m²左右"),
        ("容积30m", "3", "。", "容积30m³。"),
        ("面积100km", "2", "左右", "面积100km²左右"),
        ("见附表", "1", "所列", "见附表所列"),
        ("办理案件12件", "1", "", "办理案件12件"),
        ("“放管服”", "1", "改革", "“放管服”改革"),
    ],
)
def test_powers_stay_and_marks_anywhere_go(before: str, mark: str, after: str, text: str) -> None:
    assert read(marked(before, mark, after)).text == text


@pytest.mark.parametrize(
    ("mark", "rise", "size"),
    [("12", 0, 16), ("12", 0, 10.5), ("2", -3, 9), ("12", 1, 16)],
    ids=["same", "smaller", "lowered", "jolted"],
)
def test_what_is_not_raised_and_small_stays(mark: str, rise: float, size: float) -> None:
    document = read(marked("全年办理案件", mark, "件", rise=rise, size=size))
    assert document.text == f"全年办理案件{mark}件"
    assert document.notes == ()


def test_a_mark_set_far_above_its_line_goes_too() -> None:
    made = marked("全年办理案件269", "12", "件。", rise=13, size=8)
    assert lines(read(made)) == ["全年办理案件269件。"]


def noted_page() -> PdfPage:
    """A page that a paragraph runs over, with two notes at its foot, the first of two lines."""
    made = page(*wrapped(NEXT), *wrapped(LONG)[:1])
    made.text(LEFT + 20 * EM, 651, "1", 8)
    for y, mark, text in (
        (150, "1", "本报告所称各部门是指镇政府所属的各科室和派驻本镇的各执法单位包括司法所市场"),
        (136, "", "监管所和自然资源所。"),
        (122, "2", "数据截至年底。"),
    ):
        if mark:
            made.text(LEFT, y + 3, mark, 5)
        made.text(LEFT + (4 if mark else 0), y, text, 9)
    return made.text(280, 60, "— 1 —", 12)


def test_notes_at_the_foot_stand_after_the_text() -> None:
    document = read(noted_page(), page(*wrapped(LONG)[1:], "　　二、存在的不足", footer="— 2 —"))
    assert lines(document) == [
        NEXT,
        LONG,
        "二、存在的不足",
        "本报告所称各部门是指镇政府所属的各科室和派驻本镇的各执法单位包括司法所市场监管所和自然资源所。",
        "数据截至年底。",
    ]
    assert [block.place.page for block in document.blocks] == [1, 1, 2, 1, 1]


def test_notes_whose_marks_are_not_raised_are_told_by_the_text() -> None:
    made = marked("全年办理案件269", "①", "件，其他工作按计划推进。")
    for index, text in enumerate(wrapped(LONG)):
        made.text(LEFT, 672 - 28 * index, text.lstrip("　"), EM)
    made.text(LEFT, 150, "①含上年结转的案件12件。", 9)
    assert lines(read(made))[-1] == "含上年结转的案件12件。"


def test_a_note_below_a_table_is_no_foot_note() -> None:
    made = page(*wrapped(LONG)).text(LEFT, 300, "注：数据截至年底，含上年结转。", 9)
    assert lines(read(made))[-1] == "注：数据截至年底，含上年结转。"
    assert read_bytes(pdf(made)).notes == ()


@pytest.mark.parametrize("scale", ["16 0 0 16", "1.6 0 0 1.6"])
def test_marks_where_a_matrix_scales_the_font(scale: str) -> None:
    """Some programs set every font at one size, and scale what they print."""
    unit = 1 if scale.startswith("16") else 10
    made = PdfPage()
    for x, y, text, of in (
        (90, 700, "全年办理案件269", 16.0),
        (210, 707, "12", 8.0),
        (218, 700, "件。", 16.0),
    ):
        code = text.encode("utf-16-be").hex()
        made.content.append(f"BT /F1 {unit} Tf {of / unit} 0 0 {of / unit} {x} {y} Tm <{code}> Tj ET")
    assert read(made).text == "全年办理案件269件。"
