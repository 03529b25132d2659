"""The sheet 同比: what is compared, what comes of it, and what is left out."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from small_workbooks import stated, town, with_last_year, write, yearbook_of
from workbook_sample import attributes, sample_yearbook

from nianbao import Entry, Qualifier, Report
from outputs.workbook import publish

# openpyxl knows no sparklines.
pytestmark = pytest.mark.filterwarnings("ignore:Sparkline")
TOGETHER = "乡镇（街道）合计"


def entry(report: Report) -> Entry:
    return Entry(report, tuple("第1段" for _ in report.observations), "text")


def rows(path: Path) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(path, data_only=True)["同比"]
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]


def last_year(*reports: Report) -> tuple[Entry, ...]:
    return tuple(entry(replace(report, sha256="9" * 64, file=f"旧/{report.file}")) for report in reports)


def test_units_that_told_both_years_are_compared_and_added_up(tmp_path: Path) -> None:
    now = [
        town("东关", stated("penalty_cases", "30"), stated("licensing_cases", "7")),
        town("西关", stated("penalty_cases", "50", Qualifier.AT_LEAST)),
        town("南关", stated("penalty_cases", "999")),
    ]
    before = last_year(
        town("东关", stated("penalty_cases", "20")),
        town("西关", stated("penalty_cases", "60", review="请核对"), stated("licensing_cases", "4")),
    )
    [path] = publish(replace(yearbook_of(*now), earlier=before), tmp_path)
    east, west = "清源县东关镇人民政府", "清源县西关镇人民政府"
    head = ["行政执法", "行政处罚案件数", "件"]
    told = rows(path)
    told[2][9] = round(told[2][9], 9)
    assert told == [
        [1, TOGETHER, *head, 2, 80, 80, 0, 0, None, None],
        [2, east, *head, None, 20, 30, 10, 50, None, None],
        [3, west, *head, None, 60, 50, -10, round(-50 / 3, 9), None, "上年：待复核；本年：不少于此数"],
    ]
    sheet = openpyxl.load_workbook(path)["同比"]
    assert [sheet["I5"].value, sheet["J5"].value] == ["=H5-G5", '=IF(G5=0,"",100*I5/G5)']
    assert [sheet["G4"].number_format, sheet["H4"].number_format] == ['#,##0"？"', '"≥"#,##0']
    assert sheet["B5"].hyperlink.location.startswith("'指标汇总'!")


def test_a_rate_changes_by_points_and_is_not_added_up(tmp_path: Path) -> None:
    now, before = (town("东关", stated("certification_rate", value)) for value in ("97.5", "92"))
    [path] = publish(replace(yearbook_of(now), earlier=last_year(before)), tmp_path)
    assert [row[1:10] for row in rows(path)] == [
        ["清源县东关镇人民政府", "行政执法", "持证上岗率", "%", None, 92, 97.5, 5.5, None]
    ]


def test_from_nothing_there_is_no_share(tmp_path: Path) -> None:
    now, before = (town("东关", stated("penalty_cases", value)) for value in ("3", "0"))
    [path] = publish(replace(yearbook_of(now), earlier=last_year(before)), tmp_path)
    assert [row[6:10] for row in rows(path)] == [[0, 3, 3, None], [0, 3, 3, None]]


def test_a_county_is_compared_and_not_added_to_its_towns(tmp_path: Path) -> None:
    county = replace(
        town("清源", stated("penalty_cases", "500")),
        attributes=attributes(issuer="清源县人民政府", issuer_level="county", county="清源县"),
    )
    old = replace(county, figures=(stated("penalty_cases", "400"),))
    own, before = (town("东关", stated("penalty_cases", value)) for value in ("3", "2"))
    [path] = publish(replace(yearbook_of(county, own), earlier=last_year(old, before)), tmp_path)
    assert [row[1:2] + row[5:9] for row in rows(path)] == [
        [TOGETHER, 1, 2, 3, 1],
        ["清源县东关镇人民政府", None, 2, 3, 1],
        ["清源县人民政府", None, 400, 500, 100],
    ]


def test_without_last_years_reports_the_sheet_says_so(tmp_path: Path) -> None:
    sheet = write(yearbook_of(town("东关", stated("penalty_cases", "3"))), tmp_path)["同比"]
    assert str(sheet["A2"].value).startswith("没有可比的单位")
    assert sheet.max_row == 3


def test_of_too_many_rows_those_that_changed_most_are_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("outputs.workbook.yearly.MOST_ROWS", 2)
    shares = {"东关": "10", "西关": "40", "南关": "21", "北关": "19"}
    now = [town(name, stated("penalty_cases", value)) for name, value in shares.items()]
    before = last_year(*(town(name, stated("penalty_cases", "20")) for name in shares))
    book = write(replace(yearbook_of(*now), earlier=before), tmp_path)
    told = [row[1] for row in book["同比"].iter_rows(min_row=4, values_only=True)]
    assert told == [TOGETHER, "清源县东关镇人民政府", "清源县西关镇人民政府"]
    assert "共 4 行，只列变化幅度最大的 2 行" in str(book["同比"]["A2"].value)


def test_sums_are_those_of_the_rows_below(tmp_path: Path) -> None:
    yearbook = with_last_year(sample_yearbook(), 9, "0.5")
    [path] = publish(yearbook, tmp_path)
    told = rows(path)
    assert any(row[1] == TOGETHER for row in told)
    for row in (row for row in told if row[1] == TOGETHER):
        below = [each for each in told if each[3] == row[3] and each[1] != TOGETHER]
        below = [each for each in below if each[1] not in {"清源县人民政府", "清源县城市管理局"}]
        assert row[5:9] == [len(below), *(sum(Decimal(str(each[n])) for each in below) for n in (6, 7, 8))]
