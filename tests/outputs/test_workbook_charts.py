"""The sheet 图表: what is drawn, from which cells, and that the numbers beside it are those of the other sheets."""

# ruff: noqa: E501  tables stay on one line
from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.chart.bar_chart import BarChart
from small_workbooks import NORTH, SOUTH, placed, stated, town, with_last_year, write, yearbook_of
from workbook_sample import sample_yearbook

from outputs.workbook import publish
from outputs.workbook.charts import MOST_BARS

pytestmark = pytest.mark.filterwarnings("ignore:Sparkline")
AREAS, CHANGES, KINDS = "各单位分领域写明的指标数", "与 2023 年相比的增减幅度", "校验问题的类型"


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    yearbook = with_last_year(sample_yearbook(), 9, "0.5")
    return publish(yearbook, tmp_path_factory.mktemp("charts"))[0]


def table(path: Path, heading: str) -> list[list[object]]:
    """Return the numbers under a chart, with their heads."""
    rows = [
        list(row) for row in openpyxl.load_workbook(path, data_only=True)["图表"].iter_rows(values_only=True)
    ]
    first = next(n for n, row in enumerate(rows) if heading in str(row[0]))
    start = next(n for n, row in enumerate(rows[first + 1 :], first + 1) if row[0] is not None)
    end = next(
        (n for n, row in enumerate(rows[start:], start) if row[0] is None or row[1] is None), len(rows)
    )
    return [[cell for cell in row if cell is not None] for row in rows[start:end]]


def test_three_charts_draw_the_numbers_below_them(full: Path) -> None:
    sheet = openpyxl.load_workbook(full)["图表"]
    assert len(sheet._charts) == 3
    for chart, heading in zip(sheet._charts, (AREAS, CHANGES, KINDS), strict=True):
        assert isinstance(chart, BarChart)
        numbers = table(full, heading)
        for series in chart.series:
            for reference in (series.cat.strRef or series.cat.numRef, series.val.numRef):
                cells = re.fullmatch(r"'?图表'?!\$([A-Z]+)\$(\d+):\$\1\$(\d+)", reference.f)
                assert cells is not None
                first, last = int(cells[2]), int(cells[3])
                assert last - first + 1 == len(numbers) - 1
                assert sheet[f"A{first}"].value == numbers[1][0]
        assert len(chart.series) == len(numbers[0]) - 1


def test_areas_count_the_figures_of_each_town(full: Path) -> None:
    heads, *rows = table(full, AREAS)
    assert heads[:3] == ["单位", "组织领导", "政府职能"]
    areas = {info.id: info.area_name for info in sample_yearbook().indicators}
    for entry, row in zip(sample_yearbook().entries, rows, strict=False):
        told = Counter(areas[figure.indicator] for figure in entry.report.figures)
        assert row[1:] == [told[str(name)] for name in heads[1:]]


def test_findings_are_counted_by_kind_and_severity(full: Path) -> None:
    heads, *rows = table(full, KINDS)
    assert heads == ["类型", "错误", "警告", "提示"]
    sheet = openpyxl.load_workbook(full)["校验问题"]
    told = Counter((row[3], row[2]) for row in sheet.iter_rows(min_row=4, values_only=True))
    assert {
        (row[0], head): count for row in rows for head, count in zip(heads[1:], row[1:], strict=True)
    } == {(row[0], head): told[str(row[0]), head] for row in rows for head in heads[1:]}
    assert sum(float(str(count)) for row in rows for count in row[1:]) == sheet.max_row - 3


def test_changes_are_those_of_the_other_sheet(full: Path) -> None:
    _, *rows = table(full, CHANGES)
    sheet = openpyxl.load_workbook(full, data_only=True)["同比"]
    shares = {row[3]: row[9] for row in sheet.iter_rows(min_row=4, values_only=True) if "合计" in str(row[1])}
    assert rows
    told = {name: share for name, share in shares.items() if share is not None}
    assert len(rows) == min(len(told), MOST_BARS)
    assert [row[1] for row in rows] == [told[row[0]] for row in rows]
    formulas = [row[1].value for row in openpyxl.load_workbook(full)["图表"].iter_rows()]
    for formula in (each for each in formulas if "'同比'" in str(each)):
        row = int(str(formula).rpartition("J")[2])
        assert sheet.cell(row, 2).value == "乡镇（街道）合计"


def test_too_many_towns_are_drawn_by_county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("outputs.workbook.charts.MOST_BARS", 3)
    reports = [
        placed(f"{n}镇", place, stated("penalty_cases", "1"), *([stated("inspections", "2")] * (n == 1)), code=code)
        for n, place, code in ((1, SOUTH, "990101001"), (2, SOUTH, "990101002"), (3, NORTH, "990102001"),
                               (4, NORTH, "990102002"))
    ]  # fmt: skip
    [path] = publish(yearbook_of(*reports), tmp_path)
    heads, *rows = table(path, "各地平均每份报告分领域写明的指标数")
    column = heads.index("行政执法")
    assert [(row[0], row[column]) for row in rows] == [("清源县", 1.5), ("浊源县", 1)]


def test_series_differ_by_pattern_or_shade_and_name_their_fonts(full: Path) -> None:
    with ZipFile(full) as archive:
        charts = [
            archive.read(name).decode()
            for name in archive.namelist()
            if "/chart" in name and "rels" not in name
        ]
    stacked = next(chart for chart in charts if chart.count("<c:ser>") > 3)
    fills = re.findall(r"<c:spPr>(?:<a:solidFill>.*?</a:solidFill>|<a:pattFill.*?</a:pattFill>)", stacked)
    assert len(set(fills)) == stacked.count("<c:ser>")
    assert all("黑体" in chart and "仿宋" in chart for chart in charts)


def test_nothing_to_draw_is_said(tmp_path: Path) -> None:
    book = write(replace(yearbook_of(town("东关")), indicators=()), tmp_path)
    assert book["图表"]["A3"].value == "没有可以画图的数据。"
