"""A correction made in a spreadsheet program: imported, held by the next run, then stale."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from libreoffice import LibreOffice
from second_runs import run

from flows.commands.run import show
from flows.request import Request
from flows.worker import installed

pytestmark = pytest.mark.office

NIANBAO = Path(sys.executable).with_name("nianbao")
INDICATOR = "行政执法案件总数"
ISSUER = "青石县白水镇人民政府"
REPORT = (
    "青石县{town}人民政府2023年度法治政府建设年度报告\n"
    "一、2023年度主要举措和成效\n（一）规范执法。全年办理行政执法案件{cases}件，其中行政处罚案件30件。\n"
    "二、存在的不足和原因\n执法力量不足，人员素质有待提高。\n"
    "三、主要负责人履行推进法治建设第一责任人职责情况\n镇长主持召开会议研究法治政府建设。\n"
    "四、下一步工作安排\n继续加强法治培训，推进法治政府建设。\n"
)
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Module1"/>
</library:library>"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1"
 script:language="StarBasic">
Sub Fill
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  book = StarDesktop.loadComponentFromURL("{url}", "_blank", 0, hidden())
  sheet = book.Sheets.getByName("更正")
  sheet.getCellByPosition(1, 3).String = "{issuer}"
  sheet.getCellByPosition(2, 3).String = "{indicator}"
  sheet.getCellByPosition(3, 3).Value = {value}
  sheet.getCellByPosition(4, 3).String = "三类相加"
  sheet.getCellByPosition(5, 3).String = "王敏"
  book.calculateAll()
  book.store()
  book.close(True)
End Sub
</script:module>"""


def fill_in(office: LibreOffice, book: Path, value: int) -> None:
    """Let the office fill in the sheet 更正 and save the workbook, as a clerk does."""
    office.start("--terminate_after_init")
    library = office.profile / "user" / "basic" / "Standard"
    library.mkdir(parents=True, exist_ok=True)
    (library / "script.xlb").write_text(_LIBRARY, "utf-8")
    module = _MODULE.format(url=book.as_uri(), issuer=ISSUER, indicator=INDICATOR, value=value)
    (library / "Module1.xba").write_text(module, "utf-8")
    office.start("macro:///Standard.Module1.Fill")


def nianbao(folder: Path, *arguments: str) -> str:
    told = os.environ | {"PYTHONUTF8": "1", "COLUMNS": "200"}
    done = subprocess.run([NIANBAO, *arguments], capture_output=True, cwd=folder, env=told, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def run_again(capfd: pytest.CaptureFixture[str]) -> str:
    """Run over the folder without Prefect, which takes no part in this; return what is shown of it."""
    capfd.readouterr()
    show(run(Request("报告", Path("结果"), workers=1), installed))
    return capfd.readouterr().out


def shown(book: Path) -> tuple[object, list[object]]:
    """Return the figure as 指标汇总 shows it, and the first row of 更正."""
    opened = openpyxl.load_workbook(book, data_only=True)
    summary = opened["指标汇总"]
    heads = [str(cell.value) for cell in summary[4]]
    column = next(place for place, head in enumerate(heads) if head.startswith(INDICATOR))
    row = next(row for row in summary.iter_rows(min_row=5, values_only=True) if row[1] == ISSUER)
    return row[column], [cell.value for cell in opened["更正"][4]]


def test_a_correction_holds_until_its_report_changes(
    libreoffice: LibreOffice,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    reports = tmp_path / "报告"
    reports.mkdir()
    for town, cases in (("白水镇", 672), ("黑水镇", 80)):
        (reports / f"{town}.txt").write_text(REPORT.format(town=town, cases=cases), "utf-8")
    book = tmp_path / "结果" / "2023年度法治政府建设报告汇总.xlsx"
    run_again(capfd)
    assert shown(book)[0] == 672

    fill_in(replace(libreoffice, profile=tmp_path / "profile"), book, 702)
    assert shown(book)[1][7] == 672, "the sheet itself shows what is there now"
    told = nianbao(tmp_path, "corrections", "import", str(book.relative_to(tmp_path)))
    assert f"已登记：青石县白水镇 2023年度“{INDICATOR}” 672 → 702（王敏，" in told

    by_the_office = shutil.copy(book, tmp_path / "填过的.xlsx")

    assert "2023 年度按更正后的数字汇总 1 处。" in run_again(capfd)
    changed = f"  青石县白水镇  {INDICATOR}  672 → 702  更正：王敏，"
    for sides in (("last~1", "last"), (by_the_office.name, str(book.relative_to(tmp_path)))):
        assert changed in nianbao(tmp_path, "diff", *sides, "--store", "结果/nianbao.db")
    figure, row = shown(book)
    assert figure == 702
    assert (row[3], row[8], row[10]) == (702, 672, "已采用")

    (reports / "白水镇.txt").write_text(REPORT.format(town="白水镇", cases=690), "utf-8")
    lines = run_again(capfd).splitlines()
    stale = f"提醒：更正已失效：青石县白水镇 2023年度“{INDICATOR}”：更正时读出的是672，现在是690，没有采用"
    assert lines[1].startswith(stale)
    figure, row = shown(book)
    assert figure == 690
    assert row[10] == "已失效"
    told = nianbao(tmp_path, "diff", "--store", "结果/nianbao.db")
    assert f"  青石县白水镇  {INDICATOR}  702 → 690  更正已失效：更正时读出的是672，现在是690" in told
