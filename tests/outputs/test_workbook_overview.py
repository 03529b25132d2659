# ruff: noqa: E501, DTZ001  tables stay on one line; Excel knows no time zones
from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from small_workbooks import column_of, find, town, write, yearbook_of
from workbook_sample import attributes, sections

from nianbao import Report, Status


def test_overview_rows(book: openpyxl.Workbook) -> None:
    sheet = book["总览"]
    heads = [sheet.cell(4, column).value.replace("\n", "") for column in range(1, sheet.max_column + 1)]
    row = [cell.value for cell in sheet[find(sheet, "清源县南关街道办事处")]]
    assert dict(zip(heads, row, strict=True)) == {
        "序号": 8, "报告单位": "清源县南关街道办事处", "级别": "乡镇", "区划代码": "990123005", "省级": "河东省",
        "市级": "安平市", "县级": "清源县", "乡级": "南关街道", "年度": 2024, "发布日期": datetime(2025, 3, 6),
        "标题": "南关街道2024年度法治政府建设情况报告", "报送": "已报", "状态": "完整", "说明": None, "举措成效": "有",
        "不足原因": "有", "第一责任人": "有", "下年安排": "缺", "指标数": 20, "待复核": 2, "未归类": 1, "错误": 1,
        "警告": 1, "提示": 1, "文件名": "清源县/2024/南关街道2024年度法治政府建设年度报告.docx",
    }  # fmt: skip


def test_overview_tells_broken_files_and_their_reasons(book: openpyxl.Workbook) -> None:
    sheet = book["总览"]
    status, why = column_of(sheet, "状态", 4), column_of(sheet, "说明", 4)
    told = {
        name: (sheet.cell(find(sheet, name), status).value, sheet.cell(find(sheet, name), why).value)
        for name in ("西岭乡报告", "清源县2024年政府信息公开工作年度报告", "清源县双塔镇人民政府")
    }
    assert told == {
        "西岭乡报告": ("无法读取", "文件已加密（请提供未加密的文件）"),
        "清源县2024年政府信息公开工作年度报告": ("非年度报告", "标题和正文都是政府信息公开工作年度报告"),
        "清源县双塔镇人民政府": (
            "部分完成",
            "校验未完成（plausibility）：ZeroDivisionError: division by zero",
        ),
    }


def test_overview_subtitle_counts(book: openpyxl.Workbook) -> None:
    assert book["总览"]["C2"].value == (
        "范围：河东省安平市清源县　年度：2024　文件 22 份（完整 18、部分完成 2、无法读取 1、非年度报告 1）\n"
        "应报 19、已报 17、未报 2（逾期公布 1）　待复核数字 26 处　校验问题 15 条（错误 5、警告 5、提示 5）　"
        "汇总时间：2025-04-09 08:30（北京时间）"
    )


@pytest.mark.parametrize(
    ("kinds", "level", "failures", "state"),
    [
        (("plan",), 1, False, "有"),
        (("plan",), 2, False, "未单列"),
        (("problems",), 1, True, "缺"),
        ((), 1, False, "未分列"),
        ((), 1, True, "未判断"),
    ],
)
def test_state_of_a_mandated_part(kinds: tuple[str, ...], level: int, failures: bool, state: str) -> None:
    from nianbao import Failure, SectionKind
    from outputs.workbook.parts import part_state

    failed = (Failure("outline", "extract", "出错"),) if failures else ()
    parts = sections(*(SectionKind(kind) for kind in kinds), level=level)
    report = Report("a.txt", "", Status.COMPLETE, sections=parts, failures=failed)
    assert part_state(report, SectionKind.PLAN) == state


def test_dates_that_are_no_dates_stay_as_told(tmp_path: Path) -> None:
    report = town("东关")
    told = [replace(report, file=f"{n}.txt", attributes=attributes(issuer=f"{n}镇", published=value))
            for n, value in enumerate(("2025-03-01", "2025年3月"))]  # fmt: skip
    sheet = write(yearbook_of(*told), tmp_path)["总览"]
    column = column_of(sheet, "发布日期", 4)
    assert [sheet.cell(row, column).value for row in (5, 6)] == [datetime(2025, 3, 1), "2025年3月"]
    assert date.fromisoformat("2025-03-01") == sheet.cell(5, column).value.date()
