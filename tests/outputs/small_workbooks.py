"""Small yearbooks written as workbooks, and where in a sheet a thing stands."""

# ruff: noqa: E501  tables stay on one line
from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet
from workbook_sample import attributes, observation, sample_yearbook

from nianbao import Entry, Figure, FigureStatus, Qualifier, Report, Status, Yearbook
from nianbao.versions import set_aside
from outputs.workbook import publish

SHEETS = [
    "封面",
    "总览",
    "指标汇总",
    "指标明细",
    "同比",
    "区域汇总",
    "图表",
    "校验问题",
    "结构合规",
    "更正",
    "问题与打算",
    "未报名单",
    "数据字典",
    "运行记录",
    "更正依据",
    "比对依据",
]
SOUTH, NORTH = ("河东省", "安平市", "清源县"), ("河东省", "安平市", "浊源县")


def write(yearbook: Yearbook, folder: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(publish(yearbook, folder)[0])


def yearbook_of(*reports: Report, places: str = "第1段", **changes: Any) -> Yearbook:
    entries = tuple(Entry(report, tuple(places for _ in report.observations), "text") for report in reports)
    aside = set_aside(entries)
    return replace(sample_yearbook(0, roster=False), entries=entries, findings=(), set_aside=aside, **changes)


def town(file: str, *figures: Figure, code: str | None = None, **changes: Any) -> Report:
    told = tuple(observation(figure.indicator, str(figure.value)) for figure in figures)
    place = attributes(issuer=f"清源县{file}镇人民政府", issuer_level="town", county="清源县", town=f"{file}镇",
                       division_code=code)  # fmt: skip
    return replace(
        Report(f"{file}.txt", "0" * 64, Status.COMPLETE, place, observations=told, figures=figures), **changes
    )


def stated(indicator: str, value: str, qualifier: Qualifier = Qualifier.EXACT, **changes: Any) -> Figure:
    return replace(Figure(indicator, Decimal(value), FigureStatus.STATED, False, (0,), qualifier), **changes)


def placed(
    name: str, place: tuple[str, str | None, str], *figures: Figure, code: str, level: str = "town"
) -> Report:
    """Return a report of a place: its province, its city (none in a municipality) and its county."""
    province, city, county = place
    own = attributes(issuer=name, issuer_level=level, province=province, city=city, county=county or None,
                     town=name if level == "town" else None, division_code=code)  # fmt: skip
    return replace(town(name, *figures), attributes=own, file=f"{name}.docx", sha256=f"{code:0>64}")


def with_last_year(yearbook: Yearbook, reports: int, share: str) -> Yearbook:
    """Return a year of which so many reports have one of the year before, its figures so many times as great."""
    earlier = []
    for entry in yearbook.entries[:reports]:
        report = entry.report
        figures = tuple(
            replace(figure, value=figure.value * Decimal(share) if figure.value else figure.value)
            for figure in report.figures
        )
        changed = replace(report, figures=figures, sha256=f"0{report.sha256[1:]}", file=f"2023/{report.file}")
        earlier.append(replace(entry, report=changed))
    return replace(yearbook, earlier=tuple(earlier))


def find(sheet: Worksheet, text: str, column: int = 2) -> int:
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, column).value == text)


def column_of(sheet: Worksheet, heading: str, row: int) -> int:
    return next(
        column for column in range(1, sheet.max_column + 1)
        if str(sheet.cell(row, column).value or "").replace("\n", "").startswith(heading)
    )  # fmt: skip


def figure_cell(book: openpyxl.Workbook, issuer: str, indicator: str) -> Cell:
    sheet = book["指标汇总"]
    return sheet.cell(find(sheet, issuer), column_of(sheet, indicator, 4))
