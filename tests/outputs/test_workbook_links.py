from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from small_workbooks import SHEETS, write
from workbook_sample import sample_yearbook


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


def test_too_many_figures_link_the_row_instead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("outputs.workbook.plan.MOST_LINKS", 30)
    book = write(sample_yearbook(3), tmp_path)
    summary, details = book["指标汇总"], book["指标明细"]
    assert {cell.column for row in summary.iter_rows() for cell in row if cell.hyperlink} == {2}
    owners = [
        details.cell(row, 2).value for row in range(4, details.max_row + 1) if details.cell(row, 3).hyperlink
    ]
    assert len(owners) == len(set(owners)) == 4
