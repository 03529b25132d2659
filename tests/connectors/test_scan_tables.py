from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from needs import need_ocr

need_ocr()

import cv2  # noqa: E402

from connectors.readers.engine import Glyph  # noqa: E402
from connectors.readers.pdflines import Line  # noqa: E402
from connectors.readers.pdftables import RuledTable  # noqa: E402
from connectors.readers.recognition import Sheet, Strip  # noqa: E402
from connectors.readers.rules import find_grids, ink_of  # noqa: E402
from connectors.readers.scanlines import page_items  # noqa: E402
from connectors.readers.strips import bounds_of, corners_of, cut_at_cells, cut_upright, missed_ink  # noqa: E402

WIDTH, HEIGHT = 1240, 1754


def page() -> object:
    return np.full((HEIGHT, WIDTH), 250, np.uint8)


def ruled(xs: list[int], ys: list[int], *, without: set[tuple[int, int]] = frozenset()) -> object:  # type: ignore[assignment]
    """A page with a table; `without` names cells (row, column) whose upper rule is missing."""
    made = page()
    for x in xs:
        cv2.line(made, (x, ys[0]), (x, ys[-1]), 40, 2)
    for row, y in enumerate(ys):
        for column, (left, right) in enumerate(pairwise(xs)):
            if (row, column) not in without:
                cv2.line(made, (left, y), (right, y), 40, 2)
    return made


XS, YS = [150, 450, 700, 1000], [300, 360, 420, 480]


def test_the_cells_of_a_table() -> None:
    (grid,), _ = find_grids(ink_of(ruled(XS, YS)))
    rows = grid.rows()
    assert [[column for column, _ in row] for row in rows] == [[1, 2, 3]] * 3
    assert all(cell is not None for row in rows for _, cell in row)
    assert grid.columns() == pytest.approx([150, 450, 700, 1000], abs=8)


def test_a_cell_that_reaches_over_two_rows() -> None:
    (grid,), _ = find_grids(ink_of(ruled(XS, YS, without={(2, 0)})))
    rows = grid.rows()
    assert [[column for column, _ in row] for row in rows] == [[1, 2, 3]] * 3
    assert rows[2][0][1] is None


def test_a_cell_that_reaches_over_two_columns() -> None:
    made = ruled(XS, YS)
    made[305:355, 440:460] = 250  # type: ignore[index]
    (grid,), _ = find_grids(ink_of(made))
    assert [[column for column, _ in row] for row in grid.rows()] == [[1, 3], [1, 2, 3], [1, 2, 3]]


def test_rules_broken_by_dust_and_slightly_askew_stay_rules() -> None:
    made = ruled(XS, YS)
    made[300:303, 500:506] = 250  # type: ignore[index]
    made[330:332, 448:454] = 250  # type: ignore[index]
    matrix = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), 0.1, 1)
    made = cv2.warpAffine(made, matrix, (WIDTH, HEIGHT), borderValue=(250,))
    (grid,), _ = find_grids(ink_of(made))
    assert len(grid.cells) == 9


def test_text_and_underlines_are_no_table() -> None:
    made = page()
    for y in range(200, 1500, 70):
        for x in range(150, 1080, 40):
            cv2.rectangle(made, (x, y), (x + 28, y + 30), 30, 3)
    cv2.line(made, (150, 600), (1000, 600), 30, 2)
    assert find_grids(ink_of(made))[0] == []


def test_strips_are_cut_at_the_rules() -> None:
    (grid,), _ = find_grids(ink_of(ruled(XS, YS)))
    over, below = corners_of((200, 370, 900, 410)), corners_of((200, 900, 900, 940))
    cut = [bounds_of(place) for place in cut_at_cells([over, below], [grid])]
    assert len(cut) == 4
    assert sorted(box[0] // 10 for box in cut[:3]) == [20, 45, 70]
    assert cut[3] == (200, 900, 900, 940)


def text(made: object, left: int, top: int, right: int) -> tuple[int, int, int, int]:
    """Dense strokes as high as characters of 16 points at 150 dpi."""
    for x in range(left, right, 36):
        for stroke in range(4):
            y = top + stroke * 9
            cv2.line(made, (x, y), (min(x + 28, right), y), 20, 3)
        cv2.line(made, (x + 14, top), (x + 14, top + 28), 20, 3)
    return left - 4, top - 4, right + 4, top + 34


def test_what_was_overlooked_is_found() -> None:
    made = ruled(XS, [1300, 1360, 1420])
    found = [text(made, 150, 200, 1080), text(made, 150, 260, 600), text(made, 150, 380, 1080)]
    text(made, 680, 260, 1080)
    text(made, 150, 320, 1080)
    text(made, 480, 1316, 505)
    cv2.circle(made, (300, 1000), 6, 20, -1)
    ink = ink_of(made)
    grids, rules = find_grids(ink)
    missed = missed_ink(ink, rules, [corners_of(box) for box in found], grids)
    boxes = sorted((bounds_of(place) for place in missed), key=lambda box: box[1])
    expected = [(680, 260), (150, 320), (480, 1316)]
    assert [box[:2] for box in boxes] == [pytest.approx(place, abs=12) for place in expected]


def strip(words: str, box: tuple[int, int, int, int], sure: float = 0.99) -> Strip:
    return Strip(box, tuple(Glyph(each, sure, 0, 1) for each in words))


def items(*strips: Strip, grids: tuple[object, ...] = ()) -> list[Line | RuledTable]:
    sheet = Sheet(WIDTH, HEIGHT, 0, strips, grids)  # type: ignore[arg-type]
    return page_items(sheet, 3, 595, 842)


def test_strips_of_a_line_are_joined_from_left_to_right() -> None:
    (line,) = items(strip("34件。", (600, 203, 700, 233)), strip("全年共办理12", (200, 200, 590, 232)))
    assert isinstance(line, Line)
    assert line.text == "全年共办理1234件。"
    assert line.page == 3
    assert (line.left, line.top) == pytest.approx((96, 96), abs=1)


def test_figures_that_stand_apart_are_two() -> None:
    (line,) = items(strip("12", (200, 200, 260, 232)), strip("34", (280, 200, 340, 232)))
    assert isinstance(line, Line)
    assert (line.text, line.doubts) == ("1234", ((1, 3),))
    (line,) = items(strip("12", (200, 200, 260, 232)), strip("34", (330, 200, 400, 232)))
    assert isinstance(line, Line)
    assert line.text == "12 34"


def test_a_figure_broken_over_two_lines_is_doubtful_there() -> None:
    first, second = items(strip("化解率65", (200, 200, 900, 232)), strip("13%，", (150, 260, 400, 292)))
    assert isinstance(first, Line)
    assert isinstance(second, Line)
    assert (first.doubts, second.doubts) == (((4, 5),), ((0, 1),))


def test_blots_are_left_out_and_unsure_figures_stay() -> None:
    kept = items(strip("丰主", (200, 200, 260, 232), 0.4), strip("3件", (200, 300, 260, 332), 0.6))
    assert [line.text for line in kept if isinstance(line, Line)] == ["3件"]
    (line,) = kept
    assert isinstance(line, Line)
    assert line.doubts == ((0, 1),)


def test_a_table_stands_where_its_text_stood() -> None:
    grids, _ = find_grids(ink_of(ruled(XS, YS)))
    cells = {
        (160, 310): "部门", (460, 310): "处罚", (710, 310): "检查", (160, 370): "公安", (460, 370): "12",
        (710, 370): "301", (160, 430): "合计", (460, 430): "12", (710, 430): "301",
    }  # fmt: skip
    strips = [strip(words, (x, y, x + 60, y + 30)) for (x, y), words in cells.items()]
    before, table, after = items(
        strip("见下表。", (200, 200, 400, 232)),
        *strips,
        strip("特此报告。", (200, 600, 400, 632)),
        grids=tuple(grids),
    )
    assert isinstance(table, RuledTable)
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["部门", "处罚", "检查"],
        ["公安", "12", "301"],
        ["合计", "12", "301"],
    ]
    assert isinstance(before, Line)
    assert isinstance(after, Line)
    assert table.columns == pytest.approx((72, 216, 336, 480), abs=3)


def test_two_pages_side_by_side_are_read_one_after_the_other() -> None:
    left = [strip(f"左{index}行文字", (100, 100 + 60 * index, 800, 132 + 60 * index)) for index in range(6)]
    right = [strip(f"右{index}行文字", (950, 98 + 60 * index, 1700, 130 + 60 * index)) for index in range(6)]
    sheet = Sheet(1754, 1240, 0, (*right, *left), ())
    texts = [line.text for line in page_items(sheet, 1, 842, 595) if isinstance(line, Line)]
    assert texts == [f"{side}{index}行文字" for side in "左右" for index in range(6)]


def test_characters_below_each_other_in_a_cell_are_cut_apart() -> None:
    made = ruled([150, 210, 700], [300, 480, 660])
    for index in range(3):
        text(made, 165, 320 + 45 * index, 193)
    (grid,), rules = find_grids(ink_of(made))
    ink = ink_of(made) & (1 - rules)
    level = [corners_of((300, 320, 600, 354)), corners_of((300, 500, 600, 534))]
    cut = cut_upright([corners_of((160, 314, 200, 450)), *level], ink, [grid])
    assert [round(bounds_of(place)[1], -1) for place in cut] == [320, 360, 410, 320, 500]


def test_a_frame_round_text_is_no_table() -> None:
    grids, _ = find_grids(ink_of(ruled([150, 1000], [300, 420, 480])))
    (line, other) = items(
        strip("框里的文字", (200, 320, 500, 352)), strip("第二行", (200, 430, 400, 462)), grids=tuple(grids)
    )
    assert isinstance(line, Line)
    assert isinstance(other, Line)
