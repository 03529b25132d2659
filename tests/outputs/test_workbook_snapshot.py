"""The hidden sheet 比对依据: what a workbook showed comes back, and what is no such workbook is refused."""

# ruff: noqa: E501  tables stay on one line
from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from small_workbooks import stated, town, yearbook_of
from workbook_sample import sample_yearbook

from nianbao import CorrectionState, FigureStatus, Yearbook
from nianbao.comparing import (
    Cause,
    compare,
    read_workbook,
    take_snapshot,
)
from nianbao.corrections import apply_corrections, evidence_of
from nianbao.errors import UsageError
from nianbao.model import Correction
from outputs.workbook import publish

CASES = "penalty_cases"
SHEET = "比对依据"


def two_towns(west: str = "5") -> Yearbook:
    made = yearbook_of(town("东关", stated(CASES, "3")), town("西关", stated(CASES, west)))
    return replace(made, run=replace(made.run, reading="读", extraction="提"))


def test_a_workbook_says_what_it_showed(tmp_path: Path) -> None:
    yearbook = sample_yearbook()
    [path] = publish(yearbook, tmp_path)
    found = read_workbook(path)
    assert found.snapshot == take_snapshot(yearbook)
    assert (found.run, found.started) == (yearbook.run.id, yearbook.run.started)
    assert len(found.snapshot.counted) > 10
    assert openpyxl.load_workbook(path)[SHEET].sheet_state == "veryHidden"


def test_two_workbooks_are_compared(tmp_path: Path) -> None:
    [before] = publish(two_towns(), tmp_path / "前")
    [after] = publish(two_towns("6"), tmp_path / "后")
    found = compare([read_workbook(before).snapshot], [read_workbook(after).snapshot])
    (change,) = found.cells
    assert (change.issuer, change.indicator.name) == ("清源县西关镇", "行政处罚案件数")
    assert (change.before and change.before.value, change.after and change.after.value) == (5, 6)


def test_what_was_corrected_is_in_the_workbook(tmp_path: Path) -> None:
    plain = two_towns()
    ledger = [
        Correction("清源县东关镇", plain.year, CASES, plain.entries[0].report.figures[0].value,
                   evidence_of(plain.entries[0], CASES), None, "报告没有提及", "王敏", plain.run.started.date()),
        Correction("清源县西关镇", plain.year, CASES, None, "0" * 16, None, "核对台账", "李强", plain.run.started.date()),
    ]  # fmt: skip
    entries, outcomes = apply_corrections(plain.entries, ledger, {CASES: 0})
    [path] = publish(replace(plain, entries=entries, corrections=outcomes), tmp_path)
    east, west = read_workbook(path).snapshot.rows
    assert (east.cells[0].status, east.cells[0].correction) == (FigureStatus.WITHDRAWN, ledger[0])
    assert [each.state for each in west.idle] == [CorrectionState.STALE]
    (change,) = compare([take_snapshot(plain)], [read_workbook(path).snapshot]).cells
    assert change.cause is Cause.CORRECTION


def cut(sheet: Worksheet) -> None:
    sheet.delete_rows(sheet.max_row)


def changed(sheet: Worksheet) -> None:
    value = str(sheet.cell(4, 1).value)
    sheet.cell(4, 1).value = value[:10] + ("A" if value[10] != "A" else "B") + value[11:]


def emptied(sheet: Worksheet) -> None:
    sheet.delete_rows(1, sheet.max_row)


def overwritten(sheet: Worksheet) -> None:
    sheet.cell(4, 1).value = "删"


@pytest.mark.parametrize("spoil", [cut, changed, emptied, overwritten])
def test_a_changed_sheet_is_refused(spoil: Callable[[Worksheet], None], tmp_path: Path) -> None:
    [path] = publish(two_towns(), tmp_path)
    book = openpyxl.load_workbook(path)
    spoil(book[SHEET])
    book.save(path)
    with pytest.raises(UsageError, match="隐藏的“比对依据”表被改动过或不完整，不能比较（请用原来的工作簿"):
        read_workbook(path)


def test_a_workbook_of_a_persons_making_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.save(tmp_path / "汇总.xlsx")
    (tmp_path / "汇总.csv").write_text("单位,数\n东关镇,3\n", "utf-8")
    for name in ("汇总.xlsx", "汇总.csv"):
        with pytest.raises(UsageError, match="不是 nianbao run 写出的工作簿"):
            read_workbook(tmp_path / name)
    with pytest.raises(UsageError, match="没有这个工作簿文件"):
        read_workbook(tmp_path / "没有.xlsx")
