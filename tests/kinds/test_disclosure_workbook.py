"""The workbook of a further kind of report: every figure in its place, summed up, and led to its source."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from invented import COUNTY, DASHED, DEPARTMENT, STREET, TOWN, TOWN_BEFORE, TOWNSHIP
from kindbench import REPORTS, with_plugin
from libreoffice import LibreOffice
from made_reports import truth
from nianbao_xinxigongkai.form import INFOS
from python_calamine import CalamineWorkbook

from nianbao.errors import PublishError
from nianbao.kinds import kind_served
from nianbao.model import (
    DocumentKind,
    Entry,
    Failure,
    FigureStatus,
    Filing,
    Report,
    RunRecord,
    Status,
    Yearbook,
)
from nianbao.steps import SHANGHAI, entry_of, process, publish
from nianbao.yearbook import make_yearbook_of_kind

SHEETS = ["总览", "主动公开", "申请办理", "申请人明细", "复议诉讼", "校验问题", "数字出处"]
MADE = (COUNTY, STREET, TOWN, TOWNSHIP, DASHED, DEPARTMENT, TOWN_BEFORE)
FOUND, CONTEXT = with_plugin()()
RUN = RunRecord("试", datetime(2024, 2, 1, 9, 30, tzinfo=SHANGHAI), "0")


def book_of(entries: list[Entry]) -> Yearbook:
    kind = kind_served(FOUND, DocumentKind.DISCLOSURE_REPORT)
    assert kind is not None
    context = replace(CONTEXT, today=date(2024, 2, 1))
    return make_yearbook_of_kind(FOUND, context, kind, 2023, entries, run=RUN)


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    done = [process(FOUND, Filing("folder", str(REPORTS / each.name), each.name), CONTEXT) for each in MADE]
    return [entry_of(report, each.document) for each in done for report in each.reports]


@pytest.fixture(scope="module")
def path(entries: list[Entry], tmp_path_factory: pytest.TempPathFactory) -> Path:
    [written], failures = publish(FOUND, book_of(entries), tmp_path_factory.mktemp("out"))
    assert failures == ()
    return written


def sheet(path: Path, name: str) -> list[list[Any]]:
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_name(name).to_python()


def row_of(path: Path, name: str, label: str) -> list[Any]:
    return next(row for row in sheet(path, name) if label in row[:2])


def test_its_name_and_its_sheets(path: Path) -> None:
    assert path.name == "2023年度政府信息公开工作年度报告汇总.xlsx"
    assert CalamineWorkbook.from_path(str(path)).sheet_names == SHEETS


def test_every_unit_stands_in_its_row_governments_first(path: Path) -> None:
    units = [row[1] for row in sheet(path, "总览")[4:10]]
    assert units[0] == "云岫县人民政府"
    assert units[-2:] == ["云岫县档案馆", "云岫县水利局"]
    assert row_of(path, "总览", "云岫县麻栎坪乡人民政府")[2:5] == ["乡级", "2024-01-20", "缺 1 张"]
    assert row_of(path, "主动公开", "云岫县人民政府")[2:] == [0, 0, 0, 3, 1, 27, 12846, 5317, 208, 1362.47]
    # A stroke in the report is none here, and no zero.
    assert row_of(path, "主动公开", "云岫县档案馆")[2:] == ["—"] * 10
    assert row_of(path, "复议诉讼", "云岫县水利局")[2:] == [0] * 10 + [1, 0, 0, 0, 1]


def test_sums_are_formulas_that_come_to_what_they_say(path: Path) -> None:
    total = row_of(path, "主动公开", "合计（6 个单位）")[2:]
    told = [truth(each) for each in MADE[:-1]]
    wanted = [sum((each.get(info.id, Decimal(0)) for each in told), Decimal(0)) for info in INFOS[:10]]
    assert [Decimal(str(value)) for value in total] == wanted
    cell = openpyxl.load_workbook(path)["主动公开"]["I11"]
    assert cell.value == "=SUM(I5:I10)"


def test_the_whole_form_is_summed_by_who_asked(path: Path) -> None:
    rows = [row for row in sheet(path, "申请人明细") if row[0] == "全部单位合计"]
    assert len(rows) == 25
    received = next(row for row in rows if row[2] == "本年新收政府信息公开申请数量")
    assert received[3:] == [24, 4, 0, 1, 1, 0, 31]


def test_each_figure_leads_to_the_row_of_its_source(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    linked = 0
    for name in SHEETS[:5]:
        for row in book[name].iter_rows():
            for cell in row:
                if cell.hyperlink and "数字出处" in str(cell.hyperlink.location):
                    place = str(cell.hyperlink.location).rpartition("!A")[2]
                    source = book["数字出处"][int(place)]
                    assert source[4].value == cell.value
                    assert source[1].value in {row[0].value, row[1].value}
                    linked += 1
    counted = sum(len(truth(each)) for each in MADE[:-1])
    assert len(sheet(path, "数字出处")) == counted + 3
    assert linked > counted


def test_sources_tell_the_row_of_the_table_and_its_place(path: Path) -> None:
    rows = sheet(path, "数字出处")[3:]
    row = next(r for r in rows if r[1] == "云岫县人民政府" and r[3] == "行政许可·本年处理决定数量")
    assert row[4:9] == [12846, "件", "已填", "行政许可 ｜ 12,846", "表1第7行第2列"]


def test_findings_are_told_the_worst_first_with_last_years(path: Path) -> None:
    rows = sheet(path, "校验问题")[3:]
    assert [row[2] for row in rows if row[1] == "云岫县澄江门街道办事处"] == ["错误"] * 5
    carried = next(row for row in rows if row[1] == "云岫县石泉埠镇人民政府")
    assert carried[3] == "本年写上年结转1件，2022年度报告写结转下年度2件。"


def test_what_was_not_read_is_told(entries: list[Entry], tmp_path: Path) -> None:
    unread = Entry(Report("坏.docx", "", Status.UNREADABLE, error="文件已损坏"), (), "")
    first = next(entry for entry in entries if entry.report.file == COUNTY.name)
    twin = replace(first, report=replace(first.report, file="云岫县年报（初稿）.docx"))
    whole = [*(broken(e) if e.report.file == DEPARTMENT.name else e for e in entries), unread, twin]
    [path], failures = publish(FOUND, book_of(whole), tmp_path)
    assert failures == ()
    said = [row[0] for row in sheet(path, "总览")[10:] if isinstance(row[0], str)]
    assert any(line.startswith("未采用：云岫县年报（初稿）.docx") for line in said)
    assert "无法读取：坏.docx：文件已损坏" in said
    assert row_of(path, "主动公开", "云岫县水利局")[2:] == ["读取失败"] * 10
    assert row_of(path, "总览", "云岫县水利局")[4] == "读取失败"


def broken(entry: Entry) -> Entry:
    """Return the entry of a report on which the reader of tables failed."""
    figures = tuple(
        replace(figure, value=None, status=FigureStatus.FAILED, sources=()) for figure in entry.report.figures
    )
    failure = Failure("disclosure-tables", "extract", "坏了")
    report = replace(entry.report, figures=figures, failures=(failure,), status=Status.PARTIAL)
    return replace(entry, report=report)


def test_the_same_yearbook_gives_the_same_bytes(entries: list[Entry], path: Path, tmp_path: Path) -> None:
    [again], _ = publish(FOUND, book_of(entries), tmp_path)
    assert again.read_bytes() == path.read_bytes()
    assert [each.name for each in tmp_path.iterdir()] == [again.name]


def test_a_place_that_cant_be_written_is_told(entries: list[Entry], tmp_path: Path) -> None:
    from nianbao_xinxigongkai.workbook import write_workbook

    (tmp_path / "文件").write_text("")
    with pytest.raises(PublishError, match="工作簿无法写入"):
        write_workbook(book_of(entries), tmp_path / "文件")


@pytest.mark.office
def test_libreoffice_comes_to_the_same_sums(path: Path, tmp_path: Path, libreoffice: LibreOffice) -> None:
    libreoffice.convert("ods", tmp_path, path)
    converted = tmp_path / f"{path.stem}.ods"
    assert row_of(converted, "主动公开", "合计（6 个单位）") == row_of(path, "主动公开", "合计（6 个单位）")
