# ruff: noqa: E501  tables stay on one line
from __future__ import annotations

from datetime import UTC
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from small_workbooks import find, town, write, yearbook_of
from workbook_sample import INDICATORS, sample_yearbook

from nianbao import SectionKind, Topic, TopicExample
from outputs.workbook import details, findings
from outputs.workbook.corrections import PRINTED_ROOM


def test_rows_are_as_high_as_their_text(book: openpyxl.Workbook) -> None:
    sheet = book["校验问题"]
    row = find(sheet, "清源县青石镇人民政府")
    assert sheet.row_dimensions[row].height == pytest.approx(3 * 15 + 5, abs=1)
    assert sheet.sheet_format.defaultRowHeight == 20.25


def test_printed_page_and_panes(book: openpyxl.Workbook) -> None:
    panes_and_titles = {
        "封面": (None, None), "总览": ("C5", "$3:$4"), "指标汇总": ("D5", "$3:$4"), "指标明细": ("D4", "$3:$3"),
        "同比": ("E4", "$3:$3"), "区域汇总": ("D5", "$3:$4"), "图表": (None, None), "校验问题": ("E4", "$3:$3"),
        "结构合规": ("C5", "$3:$4"), "更正": ("D4", "$3:$3"), "问题与打算": ("D4", "$3:$3"),
        "未报名单": ("C4", "$3:$3"), "数据字典": ("A3", "$1:$1"), "运行记录": ("A3", "$1:$1"),
    }  # fmt: skip
    portrait = {"封面", "图表"}
    # Too wide for one page: their columns go onto pages side by side, or their charts onto pages of their own.
    scaled = {"总览", "指标汇总", "区域汇总", "结构合规", "图表"}
    # The other columns of these are for the screen.
    printed = {"校验问题": findings.PRINTED, "指标明细": details.PRINTED}
    for sheet in (sheet for sheet in book if sheet.sheet_state == "visible"):
        assert (sheet.freeze_panes, sheet.print_title_rows) == panes_and_titles[sheet.title]
        orientation = "portrait" if sheet.title in portrait else "landscape"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == (orientation, 9)
        assert sheet.oddFooter.center.text == "第 &P 页 共 &N 页"
        if sheet.title not in portrait:
            assert f"2024年法治政府建设年度报告汇总　{sheet.title}" in sheet.oddHeader.center.text
        last = get_column_letter(printed.get(sheet.title, sheet.max_column))
        rows = 3 + PRINTED_ROOM if sheet.title == "更正" else sheet.max_row
        assert sheet.print_area == f"'{sheet.title}'!$A$1:${last}${rows}"
        fitted = bool(sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage)
        assert fitted == (sheet.title not in scaled)
        assert sheet.page_setup.fitToWidth is None


def test_wide_summary_goes_onto_pages_side_by_side(book: openpyxl.Workbook) -> None:
    sheet = book["指标汇总"]
    areas = [info.area for info in INDICATORS]
    breaks = [mark.id for mark in sheet.col_breaks.brk]
    assert breaks
    assert all(areas[mark - 3] != areas[mark - 4] for mark in breaks)
    assert sheet.print_title_cols == "$A:$C"


def test_filters_cover_the_data(book: openpyxl.Workbook) -> None:
    filters = {sheet.title: sheet.auto_filter.ref for sheet in book if sheet.auto_filter.ref}
    assert filters == {
        "总览": "A4:Y26", "指标明细": f"A3:N{book['指标明细'].max_row}", "校验问题": f"A3:P{book['校验问题'].max_row}",
        "结构合规": "A4:Q24", "问题与打算": "A3:F4", "未报名单": f"A3:G{book['未报名单'].max_row}",
    }  # fmt: skip


def test_fonts_and_properties(book: openpyxl.Workbook) -> None:
    assert book["总览"]["C1"].font.name == book["指标汇总"]["D4"].font.name == "黑体"
    assert book["总览"]["B5"].font.name == "仿宋"
    assert book.properties.title == "2024年法治政府建设年度报告汇总"
    assert book.properties.created.replace(tzinfo=UTC) == sample_yearbook().run.started


def test_short_lines_are_not_cut_either(tmp_path: Path) -> None:
    examples = tuple(TopicExample("青石.txt", 1, 0, 3, gist) for gist in ("抓宣传", "抓培训", "抓考核"))
    topic = Topic("publicity", "深化普法宣传", SectionKind.PLAN, 1, 3, examples)
    sheet = write(yearbook_of(town("青石"), topics=(topic,)), tmp_path)["问题与打算"]
    assert sheet.row_dimensions[4].height == pytest.approx(3 * 15 + 5, abs=1)
