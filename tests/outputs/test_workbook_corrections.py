"""The sheet 更正: what a clerk enters comes back with what the clerk saw, and shows before and after."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet
from small_workbooks import column_of, figure_cell, stated, town, write, yearbook_of

from nianbao import Correction, CorrectionState, Yearbook
from nianbao.catalogue import load_catalogue
from nianbao.corrections import (
    Reports,
    apply_corrections,
    bind,
    edited_figures,
    evidence_of,
    read_basis,
    read_corrections,
)
from outputs.workbook import publish

INFOS = load_catalogue().infos()
NAMES = {info.id: info.name for info in INFOS}
ORDER = {info.id: place for place, info in enumerate(INFOS)}
TODAY = date(2025, 3, 4)
CASES = "penalty_cases"


def two_towns() -> Yearbook:
    return yearbook_of(town("东关", stated(CASES, "3")), town("西关", stated(CASES, "5")))


def corrected(value: Decimal | None = Decimal(8)) -> Yearbook:
    plain = two_towns()
    ledger = [
        Correction(
            "清源县东关镇",
            plain.year,
            CASES,
            Decimal(3),
            evidence_of(plain.entries[0], CASES),
            value,
            "表中为8件",
            "王敏",
            TODAY,
        ),
        Correction(
            "清源县西关镇", plain.year, CASES, Decimal(4), "0" * 16, Decimal(6), "核对台账", "李强", TODAY
        ),
    ]
    entries, outcomes = apply_corrections(plain.entries, ledger, ORDER)
    return replace(plain, entries=entries, corrections=outcomes)


def room(sheet: Worksheet) -> int:
    """Return the first row that may be filled in."""
    return next(row for row in range(4, sheet.max_row + 1) if not sheet.cell(row, 2).protection.locked)


def filled(path: Path, *rows: tuple[str | int, ...]) -> Path:
    """Fill the sheet in as a clerk does."""
    book = openpyxl.load_workbook(path)
    sheet = book["更正"]
    first = room(sheet)
    for offset, row in enumerate(rows):
        for column, value in enumerate(row, 2):
            sheet.cell(first + offset, column).value = value
    book.save(path)
    return path


def test_only_the_five_columns_may_be_filled_in(tmp_path: Path) -> None:
    sheet = write(corrected(), tmp_path)["更正"]
    assert sheet.protection.sheet
    unlocked = {
        (cell.row, cell.column) for row in sheet.iter_rows() for cell in row if not cell.protection.locked
    }
    first = room(sheet)
    assert unlocked == {(row, column) for row in range(first, first + 100) for column in range(2, 7)}


def test_the_stale_come_first_and_say_why(tmp_path: Path) -> None:
    sheet = write(corrected(), tmp_path)["更正"]
    rows = [[cell.value for cell in sheet[row]] for row in (4, 5)]
    assert [row[1] for row in rows] == ["清源县西关镇", "清源县东关镇"]
    assert [row[10] for row in rows] == ["已失效", "已采用"]
    assert "更正时读出的是4，现在是5" in str(rows[0][11])
    assert rows[1][3:6] == [8, "表中为8件", "王敏"]
    assert rows[1][8] == 3


def test_the_summary_shows_the_new_figure_and_tells_the_old(tmp_path: Path) -> None:
    book = write(corrected(), tmp_path)
    cell = figure_cell(book, "清源县东关镇人民政府", NAMES[CASES])
    assert cell.value == 8
    assert cell.comment is not None
    assert "读出的是3，王敏于2025-03-04改为8。理由：表中为8件" in cell.comment.text
    details = book["指标明细"]
    adopted = column_of(details, "是否采用", 3)
    assert [details.cell(row, adopted).value for row in (4, 5)] == ["已更正", "采用"]


def test_a_figure_that_is_none_says_so_and_is_not_summed(tmp_path: Path) -> None:
    [path] = publish(corrected(None), tmp_path)
    book = openpyxl.load_workbook(path)
    cell = figure_cell(book, "清源县东关镇人民政府", NAMES[CASES])
    assert cell.value == "未提及"
    basis = read_basis(path)
    assert basis is not None
    # The workbook's own word is no change that somebody made to it.
    assert edited_figures(path, basis, INFOS, "指标汇总") == ()
    assert cell.comment is not None
    assert "改为未提及" in cell.comment.text
    told = column_of(book["总览"], "指标数", 4)
    assert [book["总览"].cell(row, told).value for row in (5, 6)] == [0, 1]


def test_what_a_clerk_fills_in_comes_back_with_what_was_seen(tmp_path: Path) -> None:
    plain = two_towns()
    [path] = publish(plain, tmp_path)
    filled(
        path,
        ("清源县东关镇人民政府", NAMES[CASES], 8, "表中为8件", "王敏"),
        ("清源县西关镇人民政府", NAMES["penalty_amount"], "1,200.5", "第3页", "王敏"),
    )
    found = read_corrections(path, INFOS, TODAY)
    assert found.faults == ()
    basis = read_basis(path)
    assert basis is not None
    read = [basis.fill(each, NAMES[each.indicator]) for each in found.entries]
    ledger = [bind(each, Reports(plain.entries)) for each in read]
    assert [(each.issuer, each.old, each.value) for each in ledger] == [
        ("清源县东关镇", Decimal(3), Decimal(8)),
        ("清源县西关镇", None, Decimal("1200.5")),
    ]
    _, outcomes = apply_corrections(plain.entries, ledger, ORDER)
    assert {outcome.state for outcome in outcomes} == {CorrectionState.APPLIED}


def test_what_was_seen_holds_even_where_the_report_changed_since(tmp_path: Path) -> None:
    [path] = publish(two_towns(), tmp_path)
    filled(path, ("清源县东关镇人民政府", NAMES[CASES], 8, "表中为8件", "王敏"))
    now = yearbook_of(town("东关", stated(CASES, "4")), town("西关", stated(CASES, "5")))
    basis = read_basis(path)
    assert basis is not None
    (read,) = read_corrections(path, INFOS, TODAY).entries
    ledger = [bind(basis.fill(read, NAMES[CASES]), Reports(now.entries))]
    _, (outcome,) = apply_corrections(now.entries, ledger, ORDER)
    assert outcome.state is CorrectionState.STALE


def test_a_corrected_figure_is_corrected_anew_from_what_was_read(tmp_path: Path) -> None:
    [path] = publish(corrected(), tmp_path)
    basis = read_basis(path)
    assert basis is not None
    filled(path, ("清源县东关镇人民政府", NAMES[CASES], 9, "又查", "王敏"))
    read = read_corrections(path, INFOS, TODAY).entries[-1]
    assert basis.fill(read, NAMES[CASES]).old == 3


def test_a_change_in_the_summary_itself_is_told(tmp_path: Path) -> None:
    [path] = publish(corrected(), tmp_path)
    basis = read_basis(path)
    assert basis is not None
    assert edited_figures(path, basis, INFOS, "指标汇总") == ()
    book = openpyxl.load_workbook(path)
    figure_cell(book, "清源县西关镇人民政府", NAMES[CASES]).value = 50
    book.save(path)
    (told,) = edited_figures(path, basis, INFOS, "指标汇总")
    assert (
        told
        == f"清源县西关镇人民政府的“{NAMES[CASES]}”在汇总表里被直接改为“50”，不会被采用；请改填在“更正”表中"
    )


def test_two_units_of_one_name_are_told_apart(tmp_path: Path) -> None:
    same = [
        replace(
            each,
            file=f"{county}.txt",
            sha256=digit * 64,
            attributes=tuple(
                replace(
                    a, value=a.value.replace("清源县", county) if a.field != "issuer" else "东关镇人民政府"
                )
                for a in each.attributes
            ),
        )
        for each, county, digit in (
            (town("东关", stated(CASES, "3")), "清源县", "1"),
            (town("东关"), "浊源县", "2"),
        )
    ]
    book = write(yearbook_of(*same), tmp_path)
    names = [row[4].value for row in book["更正依据"].iter_rows(max_row=2)]
    assert names == ["浊源县东关镇", "清源县东关镇"]
