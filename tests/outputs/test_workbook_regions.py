"""The sheet 区域汇总: what is added up to counties, cities and provinces, and what never is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from small_workbooks import NORTH, SOUTH, column_of, placed, stated, town, write, yearbook_of
from workbook_sample import attributes

from nianbao import FigureStatus, Qualifier, Report
from outputs.workbook import publish

PENALTIES = "行政处罚案件数"


EAST, CITY = ("河东省", "乐业市", "石门区"), ("河东省", "安平市", "")
DISTRICT = ("江城市", None, "北区")
REPORTS = (
    placed("甲镇", SOUTH, stated("penalty_cases", "10"), stated("certification_rate", "9"), code="990101001"),
    placed("乙镇", SOUTH, stated("penalty_cases", "5", Qualifier.AT_LEAST), code="990101002"),
    placed("丙镇", NORTH, stated("penalty_cases", "7", status=FigureStatus.DISPUTED), code="990102001"),
    placed("丁镇", EAST, stated("licensing_cases", "3", review="请核对"), code="990201001"),
    placed("戊街道", DISTRICT, stated("penalty_cases", "100", Qualifier.ABOUT), code="980101001"),
    placed("清源县人民政府", SOUTH, stated("penalty_cases", "400"), code="990101", level="county"),
    placed("安平市人民政府", CITY, stated("penalty_cases", "900"), code="9901", level="city"),
    placed("清源县司法局", SOUTH, stated("penalty_cases", "50"), code="990101", level="department"),
)  # fmt: skip


def table(path: Path, indicator: str) -> list[list[Any]]:
    """Return level, place, number of towns, and the value of an indicator with its format."""
    sheet = openpyxl.load_workbook(path, data_only=True)["区域汇总"]
    column = column_of(sheet, indicator, 4)
    return [
        [*(row[n].value for n in (0, 1, 2)), row[column - 1].value, row[column - 1].number_format]
        for row in sheet.iter_rows(min_row=5)
        if row[0].value
    ]


def test_towns_alone_are_added_level_by_level(tmp_path: Path) -> None:
    [path] = publish(yearbook_of(*REPORTS), tmp_path)
    assert table(path, PENALTIES) == [
        ["省级", "江城市", 1, 100, '"约"#,##0'],
        ["县级", "　　北区", 1, 100, '"约"#,##0'],
        ["省级", "河东省", 4, 22, '"≥"#,##0"※"'],
        ["市级", "　安平市", 3, 22, '"≥"#,##0"※"'],
        ["本级", "安平市人民政府", None, 900, "#,##0"],
        ["县级", "　　清源县", 2, 15, '"≥"#,##0'],
        ["本级", "清源县人民政府", None, 400, "#,##0"],
        ["县级", "　　浊源县", 1, 7, '#,##0"※"'],
        ["市级", "　乐业市", 1, None, "#,##0"],
        ["县级", "　　石门区", 1, None, "#,##0"],
    ]
    licensed = {row[1]: row[3:] for row in table(path, "行政许可件数")}
    assert licensed["河东省"] == licensed["　乐业市"] == [3, '#,##0"？"']
    assert licensed["　安平市"][0] is None


def test_sums_are_formulas_over_the_summary(tmp_path: Path) -> None:
    [path] = publish(yearbook_of(*REPORTS), tmp_path)
    book = openpyxl.load_workbook(path)
    sheet, summary = book["区域汇总"], book["指标汇总"]
    letter = sheet.cell(4, column_of(sheet, PENALTIES, 4)).column_letter
    rows = {str(row[1].value).strip(): row[0].row for row in sheet.iter_rows(min_row=5)}
    towns = [summary.cell(row, 2).value for row in range(5, 10)]
    assert towns == ["戊街道", "甲镇", "乙镇", "丙镇", "丁镇"]
    area = f"'指标汇总'!{letter}6:{letter}8"
    assert sheet[f"{letter}{rows['安平市']}"].value == f'=IF(COUNT({area})=0,"",SUM({area}))'
    assert sheet[f"{letter}{rows['安平市'] + 1}"].value == f"=COUNT({area})"
    # Rates are not added up.
    rate = column_of(sheet, "持证上岗率", 4)
    assert sheet.cell(rows["清源县"], rate).value is None


def test_scattered_towns_are_still_added_up(tmp_path: Path) -> None:
    reports = [
        placed(f"{n}镇", place, stated("penalty_cases", str(n)), code=f"99{n:07d}")
        for n, place in enumerate((SOUTH, NORTH) * 4, 1)
    ]
    [path] = publish(yearbook_of(*reports), tmp_path)
    assert [row[3] for row in table(path, PENALTIES)] == [36, 36, 1 + 3 + 5 + 7, 2 + 4 + 6 + 8]
    sheet = openpyxl.load_workbook(path)["区域汇总"]
    formula = sheet.cell(9, column_of(sheet, PENALTIES, 4)).value
    assert str(formula).count("'指标汇总'!") == 8


def test_places_that_are_not_known_stand_apart(tmp_path: Path) -> None:
    lost = replace(town("无名", stated("penalty_cases", "4")), attributes=attributes(issuer_level="town"))
    [path] = publish(yearbook_of(lost), tmp_path)
    assert [row[:4] for row in table(path, PENALTIES)] == [
        ["省级", "（未能判断）", 1, 4], ["市级", "　（未能判断）", 1, 4], ["县级", "　　（未能判断）", 1, 4],
    ]  # fmt: skip


@pytest.mark.parametrize("reports", [(), (REPORTS[-1],)])
def test_without_towns_and_governments_the_sheet_says_so(tmp_path: Path, reports: tuple[Report, ...]) -> None:
    sheet = write(yearbook_of(*reports), tmp_path)["区域汇总"]
    assert str(sheet["D2"].value).startswith("没有乡镇（街道）的报告")
    assert sheet.max_row == 4
