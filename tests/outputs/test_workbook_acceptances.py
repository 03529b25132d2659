"""What somebody looked at and let stand: the workbook says so, and asks for no look any more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from small_workbooks import column_of, figure_cell, find, stated, town, write, yearbook_of

from nianbao import Acceptance, AcceptanceState, FigureStatus, Finding, PointKind, Severity, Yearbook
from nianbao.catalogue import load_catalogue
from nianbao.review import accept_in_yearbook, points_by_report

NAMES = {info.id: info.name for info in load_catalogue().infos()}
CASES, FINES = "penalty_cases", "penalty_amount"
SAID = "已核对（王敏，2026-11-22）"


def two_towns() -> Yearbook:
    wrong = Finding("sum", "arithmetic.sum", Severity.ERROR, "合计不符", suggestion="请核对合计")
    doubtful = stated(CASES, "3", review="读取把握不大（约40%），请核对原文")
    disputed = stated(CASES, "5", status=FigureStatus.DISPUTED, review="文中另有不同说法：6")
    return yearbook_of(
        town("东关", doubtful, stated(FINES, "9", sources=(1,)), findings=(wrong,)),
        town("西关", disputed, findings=(replace(wrong, rule="repeat.conflict"),)),
    )


def accepted(yearbook: Yearbook, *, note: str = "") -> Yearbook:
    points = points_by_report(yearbook)
    everything = [
        Acceptance(
            f"清源县{file.removesuffix('.txt')}镇",
            yearbook.year,
            point.kind,
            point.key,
            point.seen,
            "王敏",
            date(2026, 11, 22),
            note,
        )
        for (file, _), mine in points.items()
        for point in mine
    ]
    assert [each.kind for each in everything] == [PointKind.FIGURE, PointKind.FINDING] * 2
    return accept_in_yearbook(yearbook, everything)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    return write(accepted(two_towns(), note="台账一致"), tmp_path_factory.mktemp("核对"))


@pytest.mark.parametrize("issuer", ["东关", "西关"])
def test_the_summary_bears_no_mark_and_tells_who_looked(book: openpyxl.Workbook, issuer: str) -> None:
    cell = figure_cell(book, f"清源县{issuer}镇人民政府", NAMES[CASES])
    assert cell.comment is not None
    assert cell.comment.text == "已核对：王敏 2026-11-22（台账一致）"
    assert "？" not in cell.number_format


def test_before_that_it_bore_a_mark(tmp_path: Path) -> None:
    before = write(two_towns(), tmp_path)
    cells = [figure_cell(before, f"清源县{each}镇人民政府", NAMES[CASES]) for each in ("东关", "西关")]
    assert all("？" in cell.number_format or "※" in cell.number_format for cell in cells)
    assert all(cell.comment is not None and "已核对" not in cell.comment.text for cell in cells)


def test_the_statement_and_the_finding_say_by_whom(book: openpyxl.Workbook) -> None:
    details, findings = book["指标明细"], book["校验问题"]
    adopted = column_of(details, "是否采用", 3)
    assert [details.cell(row, adopted).value for row in (4, 5, 6)] == [
        f"采用，{SAID}",
        "采用",
        f"采用，{SAID}",
    ]
    advice, severity = column_of(findings, "建议", 3), column_of(findings, "程度", 3)
    assert [findings.cell(row, advice).value for row in (4, 5)] == [f"请核对合计\n{SAID}"] * 2
    # It is true, and counted.
    assert [findings.cell(row, severity).value for row in (4, 5)] == ["错误", "错误"]


def test_nothing_is_left_to_look_at_on_the_cover_and_in_the_overview(book: openpyxl.Workbook) -> None:
    cover, overview = book["封面"], book["总览"]
    assert str(cover.cell(find(cover, "数字", 1), 2).value).endswith("需要人工复核的共 0 处")
    assert cover.cell(find(cover, "核对", 1), 2).value == "有效 4 条"
    assert "待复核数字 0 处" in str(overview["C2"].value)


def test_what_went_stale_stands_among_the_remarks(tmp_path: Path) -> None:
    made = accepted(two_towns())
    gone = [replace(each.acceptance, seen="0" * 16) for each in made.acceptances]
    stale = accept_in_yearbook(two_towns(), gone)
    assert {each.state for each in stale.acceptances} == {AcceptanceState.STALE}
    told = str(write(stale, tmp_path)["总览"]["C2"].value)
    assert f"请留意：核对已失效：清源县东关镇 {stale.year}年度数字“{NAMES[CASES]}”（王敏 2026-11-22）" in told
    assert "待复核数字 2 处" in told


def test_many_that_went_stale_are_counted() -> None:
    plain = two_towns()
    first = accepted(plain).acceptances[0].acceptance
    many = [
        replace(first, kind=PointKind.FINDING, key="arithmetic.sum", seen=f"{number:016x}")
        for number in range(40)
    ]
    notes = accept_in_yearbook(plain, many).notes
    assert len(notes) == 6
    assert notes[-1] == "另有 35 条核对已失效，请看 nianbao review list"
