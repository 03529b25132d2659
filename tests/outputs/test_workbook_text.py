# ruff: noqa: E501  tables stay on one line
from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import openpyxl
from openpyxl.utils.escape import unescape
from python_calamine import CalamineWorkbook
from small_workbooks import stated, town, write, yearbook_of
from workbook_sample import attributes

from nianbao import Finding, Quote, Severity
from outputs.workbook import publish

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
    wanted = ("指标汇总", "区域汇总", "图表", "结构合规", "更正")
    places = [openpyxl.load_workbook(path).sheetnames.index(name) + 1 for name in wanted]
    assert sorted(formulas) == sorted(f"xl/worksheets/sheet{place}.xml" for place in places)


def test_text_longer_than_a_cell_is_cut_and_says_so(tmp_path: Path) -> None:
    finding = Finding("sum", "r", Severity.ERROR, "问" * 40_000 + "\U00020000" * 9)
    sheet = write(yearbook_of(replace(town("东关"), findings=(finding,))), tmp_path)["校验问题"]
    text = sheet["E4"].value
    assert len(text.encode("utf-16-le")) // 2 == 32_767
    assert text.endswith("……（以下从略）")
    assert sheet.row_dimensions[4].height == 408.75
