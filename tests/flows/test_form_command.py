"""`nianbao form`: a bureau's own form is filled in place, and what could not be placed is listed."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from flows.cli import main
from nianbao.manager import registry
from nianbao.model import RunRecord, SourceConfig
from nianbao.steps import list_filings, make_context, process
from nianbao.store import Store

REPORT = (
    "青石县{town}人民政府2023年度法治政府建设年度报告\n"
    "一、2023年度主要举措和成效\n（一）规范执法。全年办理行政处罚案件{cases}件，罚没款{fine}元，"
    "持证上岗率98.5%。开展行政检查{checks}次。\n（二）化解纠纷。调解矛盾纠纷120件。{more}\n"
    "二、存在的不足和原因\n执法力量不足，人员素质有待提高。\n"
    "三、主要负责人履行推进法治建设第一责任人职责情况\n镇长主持召开会议研究法治政府建设。\n"
    "四、下一步工作安排\n继续加强法治培训，推进法治政府建设。\n"
)
TOWNS = {
    "白水镇": {"cases": 30, "fine": 125000, "checks": "256", "more": ""},
    "黑水镇": {"cases": 8, "fine": 4500, "checks": "320余", "more": "本年共办理行政处罚案件9件。"},
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("结果")
    for town, told in TOWNS.items():
        (folder / f"{town}.txt").write_text(REPORT.format(town=town, **told), "utf-8")
    context, location = make_context(), str(folder / "nianbao.db")
    filings = list_filings(registry(), SourceConfig(str(folder)))
    with Store.open(location) as opened:
        opened.begin_run(RunRecord("r1", datetime(2024, 5, 6, tzinfo=UTC), "1"), "run")
        ids = opened.add_filings("r1", filings)
        done = (process(registry(), each, context) for each in filings)
        opened.save("r1", zip(ids, done, strict=True))
    return location


def template(path: Path) -> Path:
    """Make a form as bureaus have them: a merged title, headers in two rows, sums, a county merged."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "统计表"
    sheet.append(["青石县2023年度依法行政统计表"])
    sheet.append(["填报单位：青石县司法局"])
    sheet.append(
        [
            "序号",
            "县区",
            "单位名称",
            "行政处罚",
            None,
            "行政检查次数",
            "执法人员持证率",
            "受理调解纠纷件数",
            "盆栽数",
            "备注",
        ]
    )
    sheet.append([None, None, None, "案件数（件）", "罚没金额（万元）"])
    sheet.append([1, "青石县", "白水镇"])
    sheet.append([2, None, "黑水镇人民政府"])
    sheet.append([3, None, "红水镇"])
    sheet.append([None, None, "合计", "=SUM(D5:D7)", "=SUM(E5:E7)", "=SUM(F5:F7)"])
    for merged in (
        "A1:J1",
        "A3:A4",
        "B3:B4",
        "C3:C4",
        "D3:E3",
        "F3:F4",
        "G3:G4",
        "H3:H4",
        "I3:I4",
        "J3:J4",
        "B5:B7",
    ):
        sheet.merge_cells(merged)
    sheet["A1"].font = Font(name="黑体", size=18, bold=True)
    for row in sheet["D5:H8"]:
        for cell in row:
            cell.border = Border(bottom=Side("thin"))
    sheet["D5"].fill = PatternFill("solid", fgColor="FFEEEE")
    sheet["G5"].number_format = sheet["G6"].number_format = "0.0%"
    sheet["F5"] = 999
    sheet.column_dimensions["C"].width = 31
    sheet.freeze_panes = "D5"
    book.create_sheet("填表说明").append(["请如实填写"])
    book.save(path)
    return path


def fill(store: str, path: Path, out: Path, *, year: int = 2023) -> int:
    return main(["form", str(path), "--year", str(year), "--out", str(out), "--store", store])


def listed(out: Path) -> list[list[str]]:
    with out.with_name(f"{out.stem}（未填清单）.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))[1:]


def test_a_form_is_filled_and_all_else_stays(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form, out = template(tmp_path / "统计表.xlsx"), tmp_path / "填好.xlsx"
    before = form.read_bytes()
    assert fill(store, form, out) == 1
    told = capsys.readouterr().out
    assert f"已填 8 格，没有填的 2 格。已写出：{out}" in told
    assert "提醒：统计表 I4 “盆栽数”：表头不认识" in told
    assert "提醒：统计表 C7 “红水镇”：没有这个单位的报告" in told
    assert form.read_bytes() == before

    own, filled = openpyxl.load_workbook(form)["统计表"], openpyxl.load_workbook(out)["统计表"]
    assert [filled[cell].value for cell in ("D5", "E5", "F5", "H5")] == [30, 12.5, 999, 120]
    assert [filled[cell].value for cell in ("D6", "E6", "F6", "H6")] == [None, 0.45, 320, 120]
    assert filled["G5"].value == pytest.approx(0.985)
    assert [filled[f"{column}8"].value for column in "DEF"] == ["=SUM(D5:D7)", "=SUM(E5:E7)", "=SUM(F5:F7)"]
    assert {str(each) for each in filled.merged_cells.ranges} == {
        str(each) for each in own.merged_cells.ranges
    }
    assert filled.freeze_panes == "D5"
    assert filled.column_dimensions["C"].width == 31
    for row in own.iter_rows():
        for cell in row:
            now = filled[cell.coordinate]
            styles = [(each.font, each.fill, each.border, each.number_format) for each in (now, cell)]
            assert repr(styles[0]) == repr(styles[1])
    assert openpyxl.load_workbook(out).sheetnames == ["统计表", "填表说明"]


def test_what_could_not_be_placed_is_listed_with_its_cell(store: str, tmp_path: Path) -> None:
    out = tmp_path / "填好.xlsx"
    fill(store, template(tmp_path / "统计表.xlsx"), out)
    rows = {row[1]: row for row in listed(out)}
    assert set(rows) == {"I4", "C7", "F5", "F6", "D6"}
    assert rows["I4"][3:5] == ["盆栽数", "表头不认识"]
    assert rows["F5"][4:] == ["原有内容", "没有改动；读出 256次", "否"]
    assert rows["F6"][4:] == ["已填，原文是约数", "不少于 320次", "是"]
    told = ["黑水镇人民政府", "行政处罚案件数", "有异议", "读出 9件，请核对报告原文后填写", "否"]
    assert rows["D6"][2:] == told


def test_headers_may_be_ids_and_all_known_ends_well(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = openpyxl.Workbook()
    for row in (["单位", "inspections", "1.行政检查"], ["白水镇"], ["黑水镇"]):
        book.active.append(row)
    book.save(tmp_path / "表.xlsx")
    out = tmp_path / "填好.xlsx"
    assert fill(store, tmp_path / "表.xlsx", out) == 0
    assert "已填 4 格，没有填的 0 格" in capsys.readouterr().out
    sheet = openpyxl.load_workbook(out).active
    assert [[cell.value for cell in row] for row in sheet["B2:C3"]] == [[256, 256], [320, 320]]
    assert [row[4] for row in listed(out)] == ["已填，原文是约数"] * 2


def test_corrected_figures_are_filled(store: str, tmp_path: Path) -> None:
    said = ["--reason", "台账为31", "--by", "王敏", "--store", store]
    assert main(["correct", "白水镇", "2023", "行政检查次数", "257", *said]) == 0
    book = openpyxl.Workbook()
    for row in (["单位", "行政检查次数"], ["白水镇"]):
        book.active.append(row)
    book.save(tmp_path / "表.xlsx")
    assert fill(store, tmp_path / "表.xlsx", tmp_path / "填好.xlsx") == 0
    assert openpyxl.load_workbook(tmp_path / "填好.xlsx").active["B2"].value == 257
    assert main(["correct", "白水镇", "2023", "行政检查次数", "撤销", *said]) == 0


def bad_forms(folder: Path) -> dict[str, str]:
    old = b"\xd0\xcf\x11\xe0" + bytes(600)
    (folder / "旧.xls").write_bytes(old)
    (folder / "锁.xlsx").write_bytes(old + "EncryptedPackage".encode("utf-16-le"))
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04 damaged")
    (folder / "字.xlsx").write_text("单位,行政处罚案件数")
    openpyxl.Workbook().save(folder / "空.xlsx")
    book = openpyxl.Workbook()
    book.active.append(["单位", "花卉盆数"])
    book.save(folder / "别的.xlsx")
    return {
        "旧.xls": "这是旧格式的 .xls 文件（请用 Excel 或 WPS 另存为 .xlsx）",
        "锁.xlsx": "表格设有密码（请去掉密码后再用）",
        "坏.xlsx": "打不开，不是 .xlsx 表格，或者已损坏",
        "字.xlsx": "打不开，不是 .xlsx 表格，或者已损坏",
        "空.xlsx": "表格是空的",
        "别的.xlsx": "没有找到写着指标的表头和单位一列，看到的有：单位、花卉盆数",
        "没有.xlsx": "没有这个表格文件",
    }


def test_bad_forms_are_told_in_one_line(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, line in bad_forms(tmp_path).items():
        assert fill(store, tmp_path / name, tmp_path / "填好.xlsx") == 2
        told = capsys.readouterr().err
        assert told.startswith("错误：")
        assert line in told
        assert told.count("\n") == 1
    assert not (tmp_path / "填好.xlsx").exists()


def test_bad_places_and_years_are_told(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = template(tmp_path / "统计表.xlsx")
    assert fill(store, form, form) == 2
    assert "不能写回模板本身" in capsys.readouterr().err
    assert fill(store, form, tmp_path / "填好.xlsx", year=2019) == 2
    assert "数据库里没有 2019 年度的报告" in capsys.readouterr().err
    (tmp_path / "占.xlsx").mkdir()
    assert fill(store, form, tmp_path / "占.xlsx") == 3
    assert "表格无法写入" in capsys.readouterr().err
    assert fill(str(tmp_path / "没有.db"), form, tmp_path / "填好.xlsx") == 2
