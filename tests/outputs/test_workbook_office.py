"""LibreOffice opens the workbook, reckons every formula anew and comes to what the file says; it prints."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from libreoffice import LibreOffice
from python_calamine import CalamineWorkbook
from small_workbooks import with_last_year
from workbook_sample import sample_yearbook

from nianbao import SectionKind, Topic, TopicExample
from outputs.workbook import publish

pytestmark = [pytest.mark.office, pytest.mark.filterwarnings("ignore:Sparkline")]
ERROR = re.compile(r"#(REF|VALUE|NAME|DIV/0|N/A|NUM|NULL)|Err:\d+")


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook in which every sheet has something to tell."""
    yearbook = with_last_year(sample_yearbook(), 12, "0.75")
    first = yearbook.entries[0].report
    example = TopicExample(first.file, 1, 0, 5, "=执法力量不足")
    topic = Topic("enforcement-staff", "执法力量不足", SectionKind.PROBLEMS, 1, 1, (example,))
    return publish(replace(yearbook, topics=(topic,)), tmp_path_factory.mktemp("office"))[0]


@pytest.fixture(scope="module")
def converted(full: Path, tmp_path_factory: pytest.TempPathFactory, libreoffice: LibreOffice) -> Path:
    """The folder in which LibreOffice has put the workbook as PDF, and reckoned anew as ODS."""
    folder = tmp_path_factory.mktemp("converted")
    bare = without_results(full, folder / "bare.xlsx")
    libreoffice.convert("pdf", folder, full)
    libreoffice.convert("ods", folder, bare)
    return folder


def without_results(path: Path, target: Path) -> Path:
    """Copy the workbook without the results of its formulas, so that whoever opens it must calculate them."""
    with ZipFile(path) as source, ZipFile(target, "w") as copy:
        for name in source.namelist():
            copy.writestr(name, re.sub(rb"</f><v>[^<]*</v>", b"</f>", source.read(name)))
    return target


def cells(path: Path, name: str) -> list[list[Any]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_name(name).to_python(skip_empty_area=False)


def test_every_formula_comes_to_what_the_file_says(full: Path, converted: Path) -> None:
    formulas = openpyxl.load_workbook(full)
    shown = openpyxl.load_workbook(full, data_only=True)
    checked: dict[str, int] = {}
    for sheet in formulas.worksheets:
        told = cells(converted / "bare.ods", sheet.title)
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                stored = shown[sheet.title][cell.coordinate].value
                assert cell.row is not None
                # Rows at the end that show nothing are not in the file that LibreOffice writes.
                line = told[cell.row - 1] if cell.row <= len(told) else []
                anew = line[cell.column - 1] if cell.column <= len(line) else ""
                expected = pytest.approx(stored) if isinstance(stored, int | float) else ""
                assert anew == expected, (sheet.title, cell.coordinate, cell.value)
                checked[sheet.title] = checked.get(sheet.title, 0) + 1
    assert checked.keys() == {"指标汇总", "同比", "区域汇总", "图表", "结构合规", "更正"}
    assert checked["同比"] > 200


def test_no_cell_holds_an_error(full: Path, converted: Path) -> None:
    for name in CalamineWorkbook.from_path(full).sheet_names:
        for path in (full, converted / "bare.ods"):
            errors = [cell for row in cells(path, name) for cell in row if ERROR.match(str(cell))]
            assert (name, errors) == (name, [])


def test_it_prints(full: Path, converted: Path) -> None:
    assert (converted / full.with_suffix(".pdf").name).read_bytes().startswith(b"%PDF")


def test_text_and_dates_are_read_alike_by_all(full: Path, converted: Path) -> None:
    for name in ("总览", "指标明细", "校验问题", "问题与打算", "运行记录"):
        ours = [[cell.value for cell in row] for row in openpyxl.load_workbook(full)[name].iter_rows()]
        theirs = cells(converted / "bare.ods", name)
        for one, other in zip(ours, theirs, strict=True):
            plain = ["" if value is None else value for value in one]
            days = [value.date() if hasattr(value, "date") else value for value in plain]
            assert days[: len(other)] == other


def test_fonts_are_those_of_official_papers(full: Path) -> None:
    with ZipFile(full) as archive:
        fonts = set(re.findall(r'<name val="([^"]+)"', archive.read("xl/styles.xml").decode()))
    # XlsxWriter names Tahoma wherever there are notes; no cell is written in it.
    assert fonts - {"Tahoma"} == {"仿宋", "黑体"}
