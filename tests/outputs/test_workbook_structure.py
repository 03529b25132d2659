"""The sheet 结构合规: the mandated parts of every report that counts."""

# ruff: noqa: E501  tables stay on one line
from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
from small_workbooks import find, town, write, yearbook_of
from workbook_sample import sample_yearbook

from nianbao import Finding, Report, Section, SectionKind, Severity, Status
from outputs.workbook import publish

DONE, FAULTS, DUTY, PLAN = list(SectionKind)[:4]


def section(kind: SectionKind, start: int, end: int, level: int = 1) -> Section:
    return Section(f"{kind.value}的标题", kind, start, end, level, "outline")


def report(name: str, *sections: Section, **changes: Any) -> Report:
    return replace(town(name), sections=sections, **changes)


def rows(path: Path) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(path, data_only=True)["结构合规"]
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]


def test_each_part_with_its_heading_its_length_and_the_order(tmp_path: Path) -> None:
    findings = (
        Finding("part-order", "r1", Severity.WARNING, "次序"),
        Finding("sum", "r2", Severity.ERROR, "不算结构"),
        Finding("numbering", "r3", Severity.NOTE, "序号"),
    )
    odd = report(
        "东关", section(FAULTS, 10, 60), section(DONE, 60, 400), section(DUTY, 70, 90, 2), findings=findings
    )
    [path] = publish(yearbook_of(odd, report("西关")), tmp_path)
    assert rows(path)[0] == [
        1, "清源县东关镇人民政府", "有", "achievements的标题", 340, "有", "problems的标题", 50, "未单列",
        "responsibility的标题", 20, "缺", None, None, 2, "不足原因→举措成效", "各部分次序有误 1；标题序号有误 1",
    ]  # fmt: skip
    assert rows(path)[1][2::3] == ["未分列"] * 4 + [0]


def test_the_last_row_counts_by_formula(book: openpyxl.Workbook, path: Path) -> None:
    sheet = book["结构合规"]
    reports = [
        e.report for e in sample_yearbook().entries if e.report.status in (Status.COMPLETE, Status.PARTIAL)
    ]
    last = sheet.max_row
    assert sheet.cell(last, 2).value == f"单列为一级标题的报告数（共 {len(reports)} 份）"
    assert sheet.cell(last, 12).value == f'=COUNTIF(L5:L{last - 1},"有")'
    told = sum(any(s.kind is PLAN and s.level == 1 for s in each.sections) for each in reports)
    assert rows(path)[-1][11] == told
    # The counts are no row to be sorted or filtered with the reports.
    assert sheet.auto_filter.ref == f"A4:Q{last - 1}"


def test_only_reports_that_count_are_listed(tmp_path: Path) -> None:
    once = report("东关", section(DONE, 0, 9), sha256="1" * 64)
    again = replace(once, file="东关（旧）.txt", sha256="2" * 64, sections=())
    broken = replace(town("西关"), status=Status.UNREADABLE, attributes=())
    sheet = write(yearbook_of(once, again, broken), tmp_path)["结构合规"]
    assert find(sheet, "清源县东关镇人民政府") == 5
    assert str(sheet["B6"].value).endswith("（共 1 份）")


def test_without_reports_the_sheet_says_so(tmp_path: Path) -> None:
    sheet = write(yearbook_of(), tmp_path)["结构合规"]
    assert sheet["C2"].value == "没有可读的年度报告。"
