"""The sheet 封面: the scope, the counts, what each sheet tells, what the marks mean."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
from small_workbooks import write, yearbook_of
from workbook_sample import sample_yearbook


def facts(book: openpyxl.Workbook) -> dict[str, str]:
    sheet = book["封面"]
    last = [cell.value for cell in sheet["A"]].index("二、怎样使用")
    return {str(row[0].value): str(row[1].value) for row in sheet.iter_rows(min_row=3, max_row=last)}


def test_the_cover_tells_scope_and_counts(book: openpyxl.Workbook) -> None:
    sheet, told = book["封面"], facts(book)
    assert sheet["A1"].value == "2024年法治政府建设年度报告汇总"
    assert sheet["A2"].value == "河东省安平市清源县　2025-04-09汇总"
    figures = [f for entry in sample_yearbook().entries for f in entry.report.figures if f.value is not None]
    disputed = sum(figure.status == "disputed" for figure in figures)
    assert {name: told[name] for name in ("范围", "报送", "文件", "数字", "校验问题")} == {
        "范围": "河东省安平市清源县，2024 年度",
        "报送": "应报 19、已报 17、未报 2（逾期公布 1）",
        "文件": "共 22 份：完整 18、部分完成 2、无法读取 1、非年度报告 1",
        "数字": f"30 项指标，写明的数字 {len(figures)} 个，其中前后说法不一的 {disputed} 个；"
        "需要人工复核的共 26 处",
        "校验问题": "15 条（错误 5、警告 5、提示 5）",
    }


def test_what_readers_must_know_stands_on_the_cover(tmp_path: Path) -> None:
    notes = ("豁免第3行：没有填写理由，没有采用", *(f"豁免第{n}行：没有用到" for n in range(9)))
    book = write(replace(yearbook_of(), notes=notes), tmp_path)
    told = [row[1].value for row in book["封面"].iter_rows() if row[0].value == "请留意"]
    assert told == [*notes[:5], "另有 5 条，见运行时的提示"]


def test_marks_are_told_by_text_and_not_by_colour_alone(book: openpyxl.Workbook) -> None:
    cells = {str(row[1].value): row[0] for row in book["封面"].iter_rows(min_row=3)}
    coloured = [cell for cell in cells.values() if cell.fill.fill_type and isinstance(cell.value, int)]
    assert [cell.number_format for cell in coloured] == ['#,##0"※"', '#,##0"？"', '#,##0"改"']
