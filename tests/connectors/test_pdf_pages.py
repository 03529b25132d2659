"""Pages as all kinds of programs make them: turned, cropped, torn, printed twice, in columns."""

from __future__ import annotations

import pytest
from built_files import PdfPage, lines, pdf
from pdf_built import page, read, read_bytes, turned, wrapped
from typesetting import EM, LEADING, LEFT, LONG, NEXT, TOP

SENTENCE = "全年召开会议12次，处罚2023件。"
BOX = b"/MediaBox [0 0 595 842]"
MATRICES = {90: "0 1 -1 0", 180: "-1 0 0 -1", 270: "0 -1 1 0"}


def place(angle: int, x: float, y: float) -> tuple[float, float]:
    """Return where a point of an upright A4 page stands on one that is turned by an angle."""
    return {90: (842 - y, x), 180: (595 - x, 842 - y), 270: (y, 595 - x)}[angle]


@pytest.mark.parametrize("angle", MATRICES)
def test_turned_pages(angle: int) -> None:
    made = PdfPage()
    wide = (b"/MediaBox [0 0 842 595]" if angle != 180 else BOX) + f" /Rotate {angle}".encode()
    for index, text in enumerate(wrapped(LONG)):
        indent = 2 * EM if text.startswith("　") else 0
        x, y = place(angle, LEFT + indent, TOP - index * LEADING)
        turned(made, x, y, text.lstrip("　"), MATRICES[angle])
    for row, cells in enumerate([("部门", "件数"), ("公安", "12")]):
        for column, text in enumerate(cells):
            turned(made, *place(angle, 95 + 110 * column, 580 - 30 * row), text, MATRICES[angle], 12)
    for first, second in [
        *[((90, y), (300, y)) for y in (540, 570, 600)],
        *[((x, 540), (x, 600)) for x in (90, 200, 300)],
    ]:
        made.rule(*place(angle, *first), *place(angle, *second))
    document = read_bytes(pdf(made).replace(BOX, wide))
    assert lines(document) == [LONG, "部门\t件数", "公安\t12"]
    assert document.blocks[-1].place.box == (200.0, 272.0, 300.0, 302.0)
    box = document.blocks[0].place.box
    assert box is not None
    assert (round(box[0]), round(box[2])) == (90, 506)


def test_cropped_pages() -> None:
    made = page(*wrapped(LONG)).text(20, 20, "裁切标记", 12)
    made.grid([90, 200, 300], [540, 570, 600])
    for row, cells in enumerate([("部门", "件数"), ("公安", "12")]):
        for column, text in enumerate(cells):
            made.text(95 + 110 * column, 580 - 30 * row, text, 12)
    document = read_bytes(pdf(made).replace(BOX, b"/MediaBox [-10 -20 600 850] /CropBox [50 60 560 800]"))
    assert lines(document) == [LONG, "部门\t件数", "公安\t12"]
    assert document.blocks[-1].place.box == (150.0, 230.0, 250.0, 260.0)


@pytest.mark.parametrize("pitch", [8, 10, 16])
@pytest.mark.parametrize("leading", [28, 40])
def test_characters_one_by_one(pitch: float, leading: float) -> None:
    made = PdfPage()
    for row in range(3):
        x = LEFT
        for character in SENTENCE:
            made.text(x, TOP - leading * row, character, EM)
            x += pitch if character.isdigit() else EM
    assert read(made).text.replace("\n", "") == SENTENCE * 3


def test_widely_set_characters() -> None:
    made = PdfPage()
    for row in range(3):
        for index, character in enumerate("关于法治政府建设情况的报告"):
            made.text(LEFT + 24 * index, TOP - LEADING * row, character, EM)
    assert read(made).text == "关于法治政府建设情况的报告" * 3


def test_blanks_that_were_typed_stay() -> None:
    assert read(page("　　主任 王　某 副主任 李 某")).text == "主任 王 某 副主任 李 某"


@pytest.mark.parametrize("off", [0.2, 0.5])
@pytest.mark.parametrize("at_once", [True, False])
def test_text_printed_twice_for_bold(off: float, at_once: bool) -> None:
    made, again = PdfPage(), PdfPage()
    for index, text in enumerate(wrapped(LONG)):
        indent = 2 * EM if text.startswith("　") else 0
        for target, shift in ((made, 0.0), (made if at_once else again, off)):
            target.text(LEFT + indent + shift, TOP - LEADING * index, text.lstrip("　"), EM)
    made.content += again.content
    assert read(made).text == LONG


def test_a_watermark_is_left_out() -> None:
    made = page(*wrapped(LONG)[:1])
    turned(made, 150, 300, "内部资料严禁外传", "0.7 0.7 -0.7 0.7", 40)
    turned(made, 30, 300, "云岭镇人民政府", "0 1 -1 0", 10)
    made.content += page("", *wrapped(LONG)[1:]).content
    document = read(made)
    assert document.text == LONG
    assert document.notes == ("斜排、竖排的文字（2 行，多为水印）没有计入正文",)


def test_rare_characters_count_as_one() -> None:
    document = read(page("　　矫正对象𬌗某、𠮷某等", "　　全年办理案件 12 件。"))
    assert lines(document) == ["矫正对象𬌗某、𠮷某等", "全年办理案件12件。"]
    assert document.blocks[1].place.box is not None
    assert document.blocks[1].place.box[1] > 150


def test_two_columns() -> None:
    left, right = wrapped(LONG + NEXT + LONG, 14), wrapped(NEXT + LONG + NEXT, 14)
    made = PdfPage()
    for x, column in ((60.0, left), (325.0, right)):
        for index, text in enumerate(column):
            indent = 2 * EM if text.startswith("　") else 0
            made.text(x + indent, TOP - LEADING * index, text.lstrip("　"), EM)
    assert lines(read(made)) == [LONG + NEXT + LONG, NEXT + LONG + NEXT]


def centred(made: PdfPage, y: float, text: str, size: float) -> PdfPage:
    return made.text(297.5 - len(text) * size / 2, y, text, size)


@pytest.mark.parametrize(
    ("title", "paragraphs"),
    [
        (["云岭县大河镇人民政府关于二〇二三年度", "法治政府建设情况的报告"], 1),
        (["云岭县大河镇人民政府", "关于二〇二三年度法治政府", "建设情况的报告"], 1),
        (["云岭县大河镇人民政府关于二〇二三年度法治政", "府建设情况的报告"], 1),
        (["云岭县大河镇人民政府关于法治政府建设情况的年", "度报告"], 1),
        (["法治政府建设情况报告", "（二〇二三年度）"], 2),
        (["关于法治政府建设情况的报告", "大河镇人民政府"], 2),
    ],
)
def test_centred_titles(title: list[str], paragraphs: int) -> None:
    made = PdfPage()
    for index, text in enumerate(title):
        centred(made, 780 - 35 * index, text, 22)
    for index, text in enumerate([*wrapped(LONG), *wrapped(NEXT)]):
        indent = 2 * EM if text.startswith("　") else 0
        made.text(LEFT + indent, 650 - index * LEADING, text.lstrip("　"), EM)
    expected = ["".join(title)] if paragraphs == 1 else title
    assert lines(read(made)) == [*expected, LONG, NEXT]


def test_signature_and_date_are_paragraphs() -> None:
    made = page(*wrapped(LONG), *wrapped(NEXT))
    made.text(346, 500, "云岭县大河镇人民政府", EM).text(378, 472, "2024年1月10日", EM)
    assert lines(read(made)) == [LONG, NEXT, "云岭县大河镇人民政府", "2024年1月10日"]


def test_hanging_items_run_on() -> None:
    made = page(*wrapped(LONG))
    y = 600.0
    for label, text in (("1.", LONG[:46]), ("2.", NEXT[:46])):
        made.text(LEFT, y, f"{label} {text[:24]}", EM)
        made.text(LEFT + 1.5 * EM, y - LEADING, text[24:], EM)
        y -= 2 * LEADING
    assert lines(read(made))[1:] == [f"1.{LONG[:46]}", f"2.{NEXT[:46]}"]


def test_paragraphs_set_apart_without_indent() -> None:
    made = PdfPage()
    for index, text in enumerate([LONG[:26], LONG[26:], NEXT[:26], NEXT[26:]]):
        made.text(LEFT, TOP - 24 * index - 24 * (index // 2), text, EM)
    found = lines(read(made))
    assert found == [LONG, NEXT]


def test_a_day_and_its_time_stay_apart_over_lines() -> None:
    line = "来源：大河镇人民政府法治政府建设　　发布时间："[:18] + "2023-03-30"
    assert lines(read(page(*wrapped(LONG), "　　" + line, "14:27发布")))[1].endswith("2023-03-30 14:27发布")


def test_left_and_right_pages_have_their_own_headers() -> None:
    pages = []
    for number, text in enumerate([LONG, NEXT, LONG[::-1], NEXT[::-1], LONG[5:]], start=1):
        made = page(
            *wrapped(f"{text}{number}件。"), header="云岭镇人民政府" if number % 2 else "法治政府建设年报"
        )
        pages.append(made.text(90 if number % 2 else 450, 60, f"— {number} —", 12))
    found = lines(read(*pages))
    assert len(found) == 5
    assert not any("云岭" in text or "年报" in text or "—" in text for text in found)


def test_a_header_may_count_its_pages() -> None:
    pages = [
        page(*wrapped(f"{text}{number}件。"), header=f"云岭镇2023年法治政府建设报告 第{number + 2}号")
        for number, text in enumerate([LONG, NEXT, LONG[::-1]], start=1)
    ]
    assert len(lines(read(*pages))) == 3


def test_lines_that_differ_in_their_figures_are_no_header() -> None:
    pages = [
        page(*wrapped(text), "　　处罚" + f"{number * 37}件").text(LEFT + 32, 130, f"检查{number * 12}次", EM)
        for number, text in enumerate([LONG, NEXT, LONG[::-1]], start=1)
    ]
    found = lines(read(*pages))
    assert [line for line in found if line.startswith("检查")] == ["检查12次", "检查24次", "检查36次"]


def test_a_line_stretched_before_a_long_word_runs_on() -> None:
    """A justified line whose last word would not fit is set wide, as if in larger characters."""
    made = page(*wrapped(LONG), *wrapped(NEXT)[:1])
    y = TOP - 3 * LEADING
    for index, character in enumerate("受理群众通过热线电话举报和投诉的事项"):
        made.text(LEFT + index * 23.5, y, character, EM)
    made.text(LEFT, y - LEADING, "12345、12348、12315转来的事项均已办结。", EM)
    assert lines(read(made))[-1].endswith("举报和投诉的事项12345、12348、12315转来的事项均已办结。")
