# ruff: noqa: E501  tables stay on one line
from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
from small_workbooks import SHEETS, town, write, yearbook_of
from workbook_sample import INDICATORS, sample_yearbook

from nianbao.manager import registry
from outputs.workbook.terms import KINDS


def test_sheets_in_order_and_the_first_is_active(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == SHEETS
    assert book.active is book["封面"]


def test_both_readers_see_the_same_cells(book: openpyxl.Workbook, values: dict[str, list[list[Any]]]) -> None:
    for name in ("总览", "指标明细", "校验问题", "未报名单"):
        rows = [list(row) for row in book[name].iter_rows(values_only=True)]
        assert len(rows) == len(values[name])
        for ours, theirs in zip(rows, values[name], strict=True):
            seen = [None if cell == "" else cell for cell in theirs]
            assert [value.date() if isinstance(value, datetime) else value for value in ours] == seen


def test_details_keep_order_unit_and_place(book: openpyxl.Workbook) -> None:
    sheet = book["指标明细"]
    assert [cell.value for cell in sheet[3]] == [
        "序号", "报告单位", "指标", "数值", "单位", "原文单位", "修饰", "角色", "原句", "位置", "置信度", "是否采用", "文件", "识别依据",
    ]  # fmt: skip
    assert [cell.value for cell in sheet[5]] == [
        2, "清源县人民政府", "普法宣传活动场次", 420, "场", "场", "≥（以上）", "合计", "开展普法活动420余场", "第5页第31段",
        0.9, "采用", "清源县/2024/清源县人民政府2024年法治政府建设年度报告.pdf", "线索“普法”",
    ]  # fmt: skip
    assert sheet["D5"].number_format == '"≥"#,##0'
    assert sheet.max_row - 3 == sum(len(entry.report.observations) for entry in sample_yearbook().entries)


def test_findings_the_worst_first_within_a_report(book: openpyxl.Workbook) -> None:
    sheet = book["校验问题"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    told = [(row[2], row[3]) for row in rows if row[1] == "清源县南关街道办事处"]
    assert told == [("错误", "合计不符"), ("警告", "缺少法定内容"), ("提示", "标题序号有误")]
    assert rows[-2][1:9] == [
        "全年汇总", "警告", "明显偏离同级", "柳河镇罚没金额146,000,000元，是其他乡镇中位数的1,900多倍。", None,
        "请核对是否误将元写作万元。", None, "罚没金额",
    ]  # fmt: skip


def test_no_findings_is_said(tmp_path: Path) -> None:
    sheet = write(yearbook_of(town("东关")), tmp_path)["校验问题"]
    assert [cell.value for cell in sheet["B"]][3:] == ["没有发现问题。"]


def test_roster_the_missing_first_then_the_unlisted(book: openpyxl.Workbook) -> None:
    rows = [[cell.value for cell in row] for row in book["未报名单"].iter_rows(min_row=4)]
    assert rows[0] == [1, "清源县西岭乡人民政府", None, 19, "未报", None, None]
    assert rows[2][1:5] == ["清源县白云镇人民政府", "990123000", 2, "已报"]
    assert [row[4] for row in rows[-4:]] == ["名单外"] * 3 + ["名单外（无法读取，请核对单位）"]


def test_without_a_roster_the_sheet_says_so(tmp_path: Path) -> None:
    book = write(sample_yearbook(2, roster=False), tmp_path)
    assert book["未报名单"]["A2"].value == (
        "本次汇总没有提供应报单位名单，因此无法列出未报单位。请提供名单后重新汇总。"
    )
    assert "应报" not in str(book["总览"]["C2"].value)
    assert "报送" not in [cell.value for cell in book["封面"]["A"]]


def test_the_record_of_the_run_has_all_that_repeats_it(book: openpyxl.Workbook) -> None:
    rows = [[cell.value for cell in row] for row in book["运行记录"].iter_rows()]
    pairs = {row[1]: row[2] for row in rows}
    assert pairs["指标目录指纹"] == "sha256:4be1c0ffee"
    assert pairs["插件 outline"] == "1"
    assert pairs["设置 年度"] == "2024"
    assert pairs["汇总时间"] == "2025-04-09 08:30:00（北京时间）"
    files = rows[[row[0] for row in rows].index("二、文件") + 2 :]
    entries = sample_yearbook().entries
    assert {(row[2], row[3], row[4]) for row in files} == {
        (entry.report.file, entry.reader or None, entry.report.sha256) for entry in entries
    }


def test_dictionary_defines_every_indicator(book: openpyxl.Workbook) -> None:
    rows = [[cell.value for cell in row] for row in book["数据字典"].iter_rows()]
    for info in INDICATORS:
        assert [info.id, info.name, info.area_name, info.unit, info.definition] in rows


def test_an_empty_year_is_still_a_workbook(tmp_path: Path) -> None:
    book = write(yearbook_of(indicators=()), tmp_path)
    assert book.sheetnames == SHEETS


def test_every_kind_of_finding_has_a_chinese_name() -> None:
    kinds = {kind for validator in registry().validators for kind in validator.kinds}
    assert kinds - set(KINDS) == set()
