# ruff: noqa: E501, DTZ001  tables stay on one line; Excel knows no time zones
from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook
from workbook_sample import INDICATORS, attributes, observation, sample_yearbook, sections

import outputs.workbook
from nianbao import (
    Entry,
    Figure,
    FigureStatus,
    Finding,
    PublishError,
    Qualifier,
    Quote,
    Report,
    Severity,
    Status,
    Yearbook,
)
from outputs.workbook import publish
from outputs.workbook.publisher import file_name

SHEETS = ["总览", "指标汇总", "指标明细", "校验问题", "未报名单", "数据字典"]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(sample_yearbook(), tmp_path_factory.mktemp("workbook"))[0]


@pytest.fixture(scope="module")
def book(path: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(path)


@pytest.fixture(scope="module")
def values(path: Path) -> dict[str, list[list[Any]]]:
    workbook = CalamineWorkbook.from_path(path)
    return {
        name: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in workbook.sheet_names
    }


def write(yearbook: Yearbook, folder: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(publish(yearbook, folder)[0])


def yearbook_of(*reports: Report, places: str = "第1段", **changes: Any) -> Yearbook:
    entries = tuple(Entry(report, tuple(places for _ in report.observations), "text") for report in reports)
    return replace(sample_yearbook(0, roster=False), entries=entries, findings=(), **changes)


def town(file: str, *figures: Figure, code: str | None = None, **changes: Any) -> Report:
    told = tuple(observation(figure.indicator, str(figure.value)) for figure in figures)
    place = attributes(issuer=f"清源县{file}镇人民政府", issuer_level="town", county="清源县", town=f"{file}镇",
                       division_code=code)  # fmt: skip
    return replace(
        Report(f"{file}.txt", "0" * 64, Status.COMPLETE, place, observations=told, figures=figures), **changes
    )


def stated(indicator: str, value: str, qualifier: Qualifier = Qualifier.EXACT, **changes: Any) -> Figure:
    return replace(Figure(indicator, Decimal(value), FigureStatus.STATED, False, (0,), qualifier), **changes)


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


def test_sheets_in_order_and_the_first_is_active(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == SHEETS
    assert book.active is book["总览"]


def test_both_readers_see_the_same_cells(book: openpyxl.Workbook, values: dict[str, list[list[Any]]]) -> None:
    for name in ("总览", "指标明细", "校验问题", "未报名单"):
        rows = [list(row) for row in book[name].iter_rows(values_only=True)]
        assert len(rows) == len(values[name])
        for ours, theirs in zip(rows, values[name], strict=True):
            seen = [None if cell == "" else cell for cell in theirs]
            assert [value.date() if isinstance(value, datetime) else value for value in ours] == seen


def test_overview_rows(book: openpyxl.Workbook) -> None:
    sheet = book["总览"]
    heads = [sheet.cell(4, column).value.replace("\n", "") for column in range(1, sheet.max_column + 1)]
    row = [cell.value for cell in sheet[find(sheet, "清源县南关街道办事处")]]
    assert dict(zip(heads, row, strict=True)) == {
        "序号": 8, "报告单位": "清源县南关街道办事处", "级别": "乡镇", "区划代码": "990123005", "省级": "河东省",
        "市级": "安平市", "县级": "清源县", "乡级": "南关街道", "年度": 2024, "发布日期": datetime(2025, 3, 6),
        "标题": "南关街道2024年度法治政府建设情况报告", "状态": "完整", "说明": None, "举措成效": "有",
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
    assert book["总览"]["A2"].value == (
        "范围：河东省安平市清源县　年度：2024　文件 22 份（完整 18、部分完成 2、无法读取 1、非年度报告 1）\n"
        "应报 19、已报 17、未报 2　待复核数字 26 处　校验问题 15 条（错误 5、警告 5、提示 5）　"
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
    from outputs.workbook.overview import part_state

    failed = (Failure("outline", "extract", "出错"),) if failures else ()
    parts = sections(*(SectionKind(kind) for kind in kinds), level=level)
    report = Report("a.txt", "", Status.COMPLETE, sections=parts, failures=failed)
    assert part_state(report, SectionKind.PLAN) == state


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


def test_every_link_leads_to_a_row_of_the_same_report(book: openpyxl.Workbook) -> None:
    seen = dict.fromkeys(SHEETS, 0)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.hyperlink is None:
                    continue
                target = re.fullmatch(r"'(.+)'!([A-Z]+\d+)", cell.hyperlink.location)
                assert target is not None
                other = book[target[1]]
                assert owner(other, other[target[2]].row) == owner(sheet, cell.row)
                seen[sheet.title] += 1
    assert {name: count > 0 for name, count in seen.items()} == dict.fromkeys(
        SHEETS[:4], True
    ) | dict.fromkeys(SHEETS[4:], False)


def owner(sheet: Worksheet, row: int) -> str:
    name = str(sheet.cell(row, 2).value)
    return "西岭乡报告" if name.endswith("西岭乡报告.pdf") else name


def test_a_figure_leads_to_its_own_sentence_and_back(book: openpyxl.Workbook) -> None:
    summary, details = book["指标汇总"], book["指标明细"]
    linked = 0
    for row in range(5, summary.max_row + 1):
        for column in range(4, summary.max_column + 1):
            cell = summary.cell(row, column)
            if cell.hyperlink is None:
                continue
            target = details[cell.hyperlink.location.split("!")[1]]
            heading = str(summary.cell(4, column).value).split("\n")[0]
            indicator = details.cell(target.row, 3)
            assert indicator.value == heading
            assert indicator.hyperlink.location == f"'指标汇总'!{cell.coordinate}"
            assert details.cell(target.row, 12).value.startswith("采用")
            assert cell.hyperlink.tooltip in details.cell(target.row, 9).value
            if details.cell(target.row, 12).value != "采用（相加）":
                assert target.value == cell.value
            linked += 1
    assert linked == sum(
        figure.value is not None for e in sample_yearbook().entries for figure in e.report.figures
    )


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
    assert [sheet.cell(row, 1).value for row in range(5, 10)] == [
        1,
        None,
        None,
        "同一乡镇的另一份报告（不计入合计）",
        1,
    ]
    assert [sheet.cell(row, column).value for row in (5, 9)] == [5, 3]


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


def test_details_keep_order_unit_and_place(book: openpyxl.Workbook) -> None:
    sheet = book["指标明细"]
    assert [cell.value for cell in sheet[3]] == [
        "序号", "报告单位", "指标", "数值", "单位", "原文单位", "修饰", "角色", "原句", "位置", "置信度", "是否采用", "文件", "提取方法",
    ]  # fmt: skip
    assert [cell.value for cell in sheet[5]] == [
        2, "清源县人民政府", "普法宣传活动场次", 420, "场", "场", "≥（以上）", "合计", "开展普法活动420余场", "第5页第31段",
        0.9, "采用", "清源县/2024/清源县人民政府2024年法治政府建设年度报告.pdf", "indicators",
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
    assert rows[0] == [1, "清源县西岭乡人民政府", None, 19, "未报", None]
    assert rows[2][1:5] == ["清源县白云镇人民政府", "990123000", 2, "已报"]
    assert [row[4] for row in rows[-4:]] == ["名单外"] * 3 + ["名单外（无法读取，请核对单位）"]


def test_without_a_roster_the_sheet_says_so(tmp_path: Path) -> None:
    book = write(sample_yearbook(2, roster=False), tmp_path)
    assert book["未报名单"]["A2"].value == (
        "本次汇总没有提供应报单位名单，因此无法列出未报单位。请提供名单后重新汇总。"
    )
    assert "应报" not in str(book["总览"]["A2"].value)


def test_dictionary_defines_every_indicator_and_the_run(book: openpyxl.Workbook) -> None:
    rows = [[cell.value for cell in row] for row in book["数据字典"].iter_rows()]
    for info in INDICATORS:
        assert [info.id, info.name, info.area_name, info.unit, info.definition] in rows
    pairs = {row[0]: row[1] for row in rows}
    assert pairs["指标目录指纹"] == "sha256:4be1c0ffee"
    assert pairs["插件 outline"] == "1"
    assert pairs["汇总时间"] == "2025-04-09 08:30:00（北京时间）"


HOSTILE = {
    "=HYPERLINK(\"http://x\",\"y\")": "=HYPERLINK(\"http://x\",\"y\")",
    "+86": "+86", "-1": "-1", "@SUM(A1)": "@SUM(A1)", "{=1+1}": "{=1+1}", "<r>x</r>": "<r>x</r> ",
    "a\x00b\x1b[0m\x07c": "ab[0mc", "罚款\t3元\r\n共": "罚款\u30003元\n共", "\ud800x\uffff": "x", "ab\u202egpj": "abgpj",
    "_x0041_": "_x0041_", "http://example.org": "http://example.org", "007": "007", "&<>\"'": "&<>\"'",
}  # fmt: skip


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    findings = tuple(
        Finding("sum", "r", Severity.ERROR, text, (Quote(0, 1, text),), text) for text in HOSTILE
    )
    report = replace(town("东关", stated("penalty_cases", "3")), findings=findings)
    report = replace(report, attributes=(*report.attributes, *attributes(title="=1+1")))
    [path] = publish(replace(yearbook_of(report), title="=2+2"), tmp_path)
    sheet = openpyxl.load_workbook(path)["校验问题"]
    # openpyxl leaves the escape of _x0041_ in inline strings as it is.
    assert [unescape(cell.value) for cell in sheet["E"][3:]] == list(HOSTILE.values())
    assert {cell.data_type for cell in sheet["E"]} - {"n"} == {"s"}
    assert sheet["E4"].quotePrefix
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("校验问题").to_python(skip_empty_area=False)
    assert [row[4] for row in rows[3:]] == list(HOSTILE.values())
    with ZipFile(path) as archive:
        formulas = [name for name in archive.namelist() if b"<f>" in archive.read(name)]
    assert formulas == ["xl/worksheets/sheet2.xml"]


def test_text_longer_than_a_cell_is_cut_and_says_so(tmp_path: Path) -> None:
    finding = Finding("sum", "r", Severity.ERROR, "问" * 40_000 + "\U00020000" * 9)
    sheet = write(yearbook_of(replace(town("东关"), findings=(finding,))), tmp_path)["校验问题"]
    text = sheet["E4"].value
    assert len(text.encode("utf-16-le")) // 2 == 32_767
    assert text.endswith("……（以下从略）")
    assert sheet.row_dimensions[4].height == 408.75


def test_rows_are_as_high_as_their_text(book: openpyxl.Workbook) -> None:
    sheet = book["校验问题"]
    row = find(sheet, "清源县青石镇人民政府")
    assert sheet.row_dimensions[row].height == pytest.approx(3 * 15 + 5, abs=1)
    assert sheet.sheet_format.defaultRowHeight == 20.25


def test_printed_page_and_panes(book: openpyxl.Workbook) -> None:
    panes = {
        "总览": "C5",
        "指标汇总": "D5",
        "指标明细": "D4",
        "校验问题": "E4",
        "未报名单": "C4",
        "数据字典": "A3",
    }
    titles = {
        "总览": "$3:$4",
        "指标汇总": "$3:$4",
        "指标明细": "$3:$3",
        "校验问题": "$3:$3",
        "未报名单": "$3:$3",
        "数据字典": "$1:$1",
    }
    for sheet in book:
        assert sheet.freeze_panes == panes[sheet.title]
        assert sheet.print_title_rows == titles[sheet.title]
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.oddFooter.center.text == "第 &P 页 共 &N 页"
        assert "2024年法治政府建设年度报告汇总" in sheet.oddHeader.center.text
        assert (
            sheet.print_area == f"'{sheet.title}'!$A$1:${get_column_letter(sheet.max_column)}${sheet.max_row}"
        )
        fitted = bool(sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage)
        assert fitted == (sheet.title != "指标汇总")
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
        "总览": "A4:X26", "指标明细": f"A3:N{book['指标明细'].max_row}", "校验问题": f"A3:K{book['校验问题'].max_row}",
        "未报名单": f"A3:F{book['未报名单'].max_row}",
    }  # fmt: skip


def test_fonts_and_properties(book: openpyxl.Workbook) -> None:
    assert book["总览"]["A1"].font.name == book["指标汇总"]["D4"].font.name == "黑体"
    assert book["总览"]["B5"].font.name == "仿宋"
    assert book.properties.title == "2024年法治政府建设年度报告汇总"
    assert book.properties.created.replace(tzinfo=UTC) == sample_yearbook().run.started


def test_same_yearbook_same_bytes(path: Path, tmp_path: Path) -> None:
    again = publish(sample_yearbook(), tmp_path)[0]
    assert again.read_bytes() == path.read_bytes()
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("2024年法治政府建设年度报告汇总", "2024年法治政府建设年度报告汇总.xlsx"),
        ("../清源县：2024/汇总?", "清源县：2024汇总.xlsx"),
        ("", "2024年法治政府建设年度报告汇总.xlsx"),
        ("con", "2024年法治政府建设年度报告汇总.xlsx"),
        ("汇" * 300, "汇" * 70 + ".xlsx"),
    ],
)
def test_file_name(title: str, name: str) -> None:
    assert file_name(replace(sample_yearbook(0), title=title)) == name


def test_a_place_that_cannot_be_written_is_one_chinese_line(tmp_path: Path) -> None:
    yearbook = sample_yearbook(1)
    target = tmp_path / file_name(yearbook)
    (target / "占用").mkdir(parents=True)
    with pytest.raises(PublishError) as raised:
        publish(yearbook, tmp_path)
    assert str(raised.value) == (
        f"{target}：工作簿无法写入：这个位置已有同名的文件夹（请检查文件夹和剩余空间，或另选输出位置）"
    )
    assert [entry.name for entry in tmp_path.iterdir()] == [target.name]


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "输出").write_text("")
    with pytest.raises(PublishError, match="输出位置是文件而不是文件夹"):
        publish(sample_yearbook(1), tmp_path / "输出")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_is_read_only(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    with pytest.raises(PublishError, match="请先关闭正在打开它的 Excel 或 WPS"):
        publish(sample_yearbook(1), tmp_path)


def test_a_failed_run_leaves_last_years_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    yearbook = sample_yearbook(1)
    target = tmp_path / file_name(yearbook)
    target.write_bytes(b"older")
    many = replace(town("东关"), findings=(Finding("sum", "r", Severity.NOTE, "问"),) * 3)
    monkeypatch.setattr("outputs.workbook.plan.EXCEL_ROWS", 5)
    with pytest.raises(PublishError, match="请按市或县分开汇总"):
        publish(yearbook_of(many), tmp_path)
    assert [entry.read_bytes() for entry in tmp_path.iterdir()] == [b"older"]


def test_too_many_figures_link_the_row_instead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("outputs.workbook.plan.MOST_LINKS", 30)
    book = write(sample_yearbook(3), tmp_path)
    summary, details = book["指标汇总"], book["指标明细"]
    assert {cell.column for row in summary.iter_rows() for cell in row if cell.hyperlink} == {2}
    owners = [
        details.cell(row, 2).value for row in range(4, details.max_row + 1) if details.cell(row, 3).hyperlink
    ]
    assert len(owners) == len(set(owners)) == 4


def test_an_empty_year_is_still_a_workbook(tmp_path: Path) -> None:
    book = write(yearbook_of(indicators=()), tmp_path)
    assert book.sheetnames == SHEETS


def test_the_module_loads_without_xlsxwriter() -> None:
    code = "import sys, outputs.workbook; sys.exit('xlsxwriter' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    assert [publisher.name for publisher in outputs.workbook.nianbao_publishers()] == ["workbook"]


@pytest.mark.office
def test_libreoffice_agrees(path: Path, values: dict[str, list[list[Any]]], tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        reason = "LibreOffice is not installed"
        pytest.fail(reason) if os.environ.get("NIANBAO_TEST_ALL") == "1" else pytest.skip(reason)
    bare = without_results(path, tmp_path / "bare.xlsx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for kind, source in (("pdf", path), ("ods", bare)):
        command = [
            office,
            profile,
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            str(tmp_path),
            str(source),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert (tmp_path / path.with_suffix(".pdf").name).read_bytes().startswith(b"%PDF")
    recalculated = CalamineWorkbook.from_path(tmp_path / "bare.ods")
    rows = recalculated.get_sheet_by_name("指标汇总").to_python(skip_empty_area=False)
    total = next(index for index, row in enumerate(rows) if row[1] == "合计")
    for index in (total, total + 1):
        assert rows[index][3:33] == values["指标汇总"][index][3:33]


def without_results(path: Path, target: Path) -> Path:
    """Copy the workbook without the results of its formulas, so that whoever opens it must calculate them."""
    with ZipFile(path) as source, ZipFile(target, "w") as copy:
        for name in source.namelist():
            copy.writestr(name, re.sub(rb"</f><v>[^<]*</v>", b"</f>", source.read(name)))
    return target


def test_dates_that_are_no_dates_stay_as_told(tmp_path: Path) -> None:
    report = town("东关")
    told = [replace(report, file=f"{n}.txt", attributes=attributes(issuer=f"{n}镇", published=value))
            for n, value in enumerate(("2025-03-01", "2025年3月"))]  # fmt: skip
    sheet = write(yearbook_of(*told), tmp_path)["总览"]
    column = column_of(sheet, "发布日期", 4)
    assert [sheet.cell(row, column).value for row in (5, 6)] == [datetime(2025, 3, 1), "2025年3月"]
    assert date.fromisoformat("2025-03-01") == sheet.cell(5, column).value.date()
