from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from small_workbooks import column_of, figure_cell, find, stated, town, write, yearbook_of
from workbook_sample import INDICATORS, attributes

from nianbao import Figure, FigureStatus, Qualifier, Status
from outputs.workbook import publish


@pytest.mark.parametrize(
    ("figure", "value", "number_format", "italic"),
    [
        (stated("litigation_cases", "1234567"), 1234567, "#,##0", False),
        (stated("litigation_cases", "92.8"), 92.8, "#,##0.0", False),
        (stated("litigation_cases", "1E+2"), 100, "#,##0", False),
        (stated("litigation_cases", "0", status=FigureStatus.ZERO), 0, "#,##0", False),
        (stated("litigation_cases", "320", Qualifier.AT_LEAST), 320, '"≥"#,##0', False),
        (stated("litigation_cases", "3.25", Qualifier.ABOUT), 3.25, '"约"#,##0.00', False),
        (stated("litigation_cases", "5", Qualifier.BELOW), 5, '"<"#,##0', False),
        (stated("litigation_cases", "9", derived=True), 9, "#,##0", True),
        (stated("litigation_cases", "5", status=FigureStatus.DISPUTED), 5, '#,##0"※"', False),
        (stated("litigation_cases", "5", review="请核对"), 5, '#,##0"？"', False),
        (stated("litigation_cases", "12345678901234567"), "12345678901234567", None, False),
        (Figure("litigation_cases", None, FigureStatus.FAILED, False, ()), "提取失败", "General", False),
    ],
)
def test_a_figure_is_typed_and_marked(
    tmp_path: Path, figure: Figure, value: object, number_format: str | None, italic: bool
) -> None:
    report = town("东关", stated("litigation_cases", "1"))
    cell = figure_cell(
        write(yearbook_of(replace(report, figures=(figure,))), tmp_path), "清源县东关镇人民政府", "行政诉讼"
    )
    assert (cell.value, cell.font.italic) == (value, italic)
    assert number_format in {None, cell.number_format}


def test_not_mentioned_is_empty_and_unlike_zero(book: openpyxl.Workbook) -> None:
    zero = figure_cell(book, "清源县大桥镇人民政府", "行政诉讼")
    unsaid = figure_cell(book, "清源县白云镇人民政府", "法治建设专题会议")
    assert (zero.value, unsaid.value) == (0, None)
    assert zero.fill.fgColor.rgb != unsaid.fill.fgColor.rgb == "FFF4F4F4"


def test_disputed_figure_carries_its_sentences(book: openpyxl.Workbook) -> None:
    cell = figure_cell(book, "清源县石门镇人民政府", "法治建设专题会议")
    assert cell.comment is not None
    assert (
        cell.comment.text == "原文前后说法不一，请核对：\n“法治建设专题会议54次”\n“累计法治建设专题会议57次”"
    )
    assert cell.fill.fgColor.rgb == "FFF8CBAD"


def test_towns_alone_are_added_up(book: openpyxl.Workbook, values: dict[str, list[list[Any]]]) -> None:
    sheet = book["指标汇总"]
    total = find(sheet, "合计")
    first, last = find(sheet, "清源县白云镇人民政府"), find(sheet, "清源县兴隆镇人民政府")
    assert (first, last) == (5, total - 1)
    assert find(sheet, "清源县人民政府") > total
    for info, column in zip(INDICATORS, range(4, sheet.max_column + 1), strict=True):
        letter = sheet.cell(4, column).column_letter
        formula = sheet.cell(total, column).value
        if info.dimension == "rate":
            assert formula is None
            continue
        assert formula == f'=IF(COUNT({letter}5:{letter}{last})=0,"",SUM({letter}5:{letter}{last}))'
        told = [sheet.cell(row, column).value for row in range(5, last + 1)]
        assert values["指标汇总"][total - 1][column - 1] == sum(value for value in told if value is not None)


def test_a_total_nobody_tells_stays_empty(tmp_path: Path) -> None:
    publish(yearbook_of(town("东关", stated("penalty_cases", "3")), town("西关")), tmp_path)
    workbook = openpyxl.load_workbook(next(tmp_path.glob("*.xlsx")), data_only=True)
    sheet = workbook["指标汇总"]
    told, untold = column_of(sheet, "行政处罚", 4), column_of(sheet, "行政许可", 4)
    assert [sheet.cell(7, told).value, sheet.cell(7, untold).value] == [3, None]
    assert [sheet.cell(8, told).value, sheet.cell(8, untold).value] == [1, 0]


@pytest.mark.parametrize(
    ("hedges", "number_format"),
    [
        ((Qualifier.EXACT, Qualifier.EXACT), "#,##0"),
        ((Qualifier.EXACT, Qualifier.AT_LEAST), '"≥"#,##0'),
        ((Qualifier.ABOUT, Qualifier.AT_LEAST), '"约"#,##0'),
        ((Qualifier.BELOW, Qualifier.BELOW), '"<"#,##0'),
    ],
)
def test_a_total_is_hedged_as_its_parts(
    tmp_path: Path, hedges: tuple[Qualifier, ...], number_format: str
) -> None:
    reports = [town(f"第{n}", stated("penalty_cases", "3", hedge)) for n, hedge in enumerate(hedges)]
    sheet = write(yearbook_of(*reports), tmp_path)["指标汇总"]
    assert sheet.cell(find(sheet, "合计"), column_of(sheet, "行政处罚", 4)).number_format == number_format


def test_a_town_that_reports_twice_is_counted_once(tmp_path: Path) -> None:
    poor = town("东关", stated("penalty_cases", "3"), code="990123001", status=Status.PARTIAL)
    full = replace(town("东关", stated("penalty_cases", "5"), code="990123001200"), file="东关（新）.txt")
    sheet = write(yearbook_of(poor, full), tmp_path)["指标汇总"]
    column = column_of(sheet, "行政处罚", 4)
    again = "同一单位的另一份报告（没有采用，不计入合计）"
    assert [sheet.cell(row, 1).value for row in range(5, 11)] == [1, None, None, None, again, 1]
    assert [sheet.cell(row, column).value for row in (5, 10)] == [5, 3]


def test_without_towns_there_is_no_total(tmp_path: Path) -> None:
    county = replace(
        town("清源", stated("penalty_cases", "3")),
        attributes=attributes(issuer="县政府", issuer_level="county"),
    )
    sheet = write(yearbook_of(county), tmp_path)["指标汇总"]
    assert [cell.value for cell in sheet["B"]][4:] == [None, "县政府"]


def test_failed_and_unreadable_are_text(book: openpyxl.Workbook) -> None:
    assert figure_cell(book, "清源县城市管理局", "行政处罚").value == "提取失败"
    assert figure_cell(book, "清源县/2024/西岭乡报告.pdf", "行政处罚").value == "无法读取"


def test_a_rate_of_all_towns_is_reckoned_from_what_both_told(tmp_path: Path) -> None:
    reports = [
        town("东关", stated("disputes_resolved", "8"), stated("disputes_mediated", "10")),
        town("西关", stated("disputes_resolved", "5"), stated("dispute_resolution_rate", "100")),
        town("南关", stated("disputes_resolved", "9"), stated("disputes_mediated", "10")),
    ]
    [path] = publish(yearbook_of(*reports), tmp_path)
    sheet = openpyxl.load_workbook(path, data_only=True)["指标汇总"]
    row, column = find(sheet, "按合计计算的比率"), column_of(sheet, "纠纷化解率", 4)
    assert sheet.cell(row, column).value == 85
    assert sheet.cell(find(sheet, "合计"), column).value is None
    formula = openpyxl.load_workbook(path)["指标汇总"].cell(row, column).value
    assert str(formula).startswith("=IFERROR(100*SUMPRODUCT(ISNUMBER(")
    # Nobody told numerator and denominator of other rates.
    others = [cell.value for cell in sheet[row] if cell.column not in {2, column}]
    assert set(others) == {None}


def test_who_has_not_reported_is_no_zero_either(book: openpyxl.Workbook) -> None:
    sheet = book["指标汇总"]
    heading = find(sheet, "应报未报的单位（不计入合计）", 1)
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=heading + 1)]
    assert [row[:3] for row in rows] == [[1, "清源县西岭乡人民政府", None], [2, "清源县马头镇人民政府", None]]
    assert {value for row in rows for value in row[3:]} == {"未报"}
