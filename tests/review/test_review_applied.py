"""What becomes of what was accepted when its report changes, and of two people on one figure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from reviewed_reports import TODAY, TOWN, accept, by_kind, write_report, yearbook_of

from nianbao.corrections import evidence_of
from nianbao.model import Acceptance, AcceptanceState, Correction, Figure, PointKind, Yearbook
from nianbao.review import points_by_report, points_of

CASES = "enforcement_cases"
# What the report was given to be found; other rules may come to find more in it.
PLANTED = (CASES, "repeat.conflict", "arithmetic.rate", "33家")
HELD, STALE = AcceptanceState.HELD, AcceptanceState.STALE
NEEDLESS, ABSENT = AcceptanceState.NEEDLESS, AcceptanceState.ABSENT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_report(tmp_path)
    return tmp_path


def everything(yearbook: Yearbook) -> list[Acceptance]:
    return [accept(point) for points in points_by_report(yearbook).values() for point in points]


def states(yearbook: Yearbook) -> dict[tuple[PointKind, str], tuple[AcceptanceState, str]]:
    outcomes = (each for each in yearbook.acceptances if each.acceptance.key in PLANTED)
    return {(e.acceptance.kind, e.acceptance.key): (e.state, e.told) for e in outcomes}


def cases(yearbook: Yearbook) -> Figure:
    figure = yearbook.entries[0].report.figure(CASES)
    assert figure is not None
    return figure


def test_what_was_accepted_holds_on_the_next_reading(folder: Path) -> None:
    accepted = everything(yearbook_of(folder))
    again = yearbook_of(folder, accepted)
    assert {state for state, _ in states(again).values()} == {HELD}
    assert (cases(again).review, cases(again).acceptance) == ("", accepted[0])
    told = {each for each in accepted if each.kind is PointKind.FINDING}
    assert {finding.acceptance for finding in again.entries[0].report.findings} == told
    (points,) = points_by_report(again).values()
    assert len(points) == len(accepted)
    assert all(point.settled == "已核对：王敏 2026-11-22" for point in points)
    assert again.notes == ()


def test_it_goes_stale_when_the_report_changes(folder: Path) -> None:
    accepted = everything(yearbook_of(folder))
    write_report(folder, cases=81)
    now = yearbook_of(folder, accepted)
    assert states(now) == {
        (PointKind.FIGURE, CASES): (STALE, "核对以后，读出的数或所依据的原文变了，请重新核对"),
        (PointKind.FINDING, "repeat.conflict"): (
            STALE,
            "核对以后，这类问题所说的或所依据的原文变了，请重新核对",
        ),
        (PointKind.FINDING, "arithmetic.rate"): (HELD, "有效"),
        (PointKind.NUMERAL, "33家"): (HELD, "有效"),
    }
    assert cases(now).acceptance is None
    assert cases(now).review
    assert now.notes[0] == (
        "核对已失效：青石县白水镇 2023年度数字“行政执法案件总数”（王敏 2026-11-22）："
        "核对以后，读出的数或所依据的原文变了，请重新核对"
    )
    (points,) = points_by_report(now).values()
    assert [p.key for p in points if not p.settled and p.key in PLANTED] == [CASES, "repeat.conflict"]


def test_what_is_no_longer_there_needs_nothing_but_a_figure(folder: Path) -> None:
    accepted = everything(yearbook_of(folder))
    path = folder / "白水镇.txt"
    text = path.read_text("utf-8")
    for gone in ("孙丽走访帮扶企业33家。", "，成功率91%", "全年共办理行政执法案件85件，"):
        assert gone in text
        text = text.replace(gone, "")
    path.write_text(text.replace("全年办理行政执法案件80件，其中", "办理了"), "utf-8")
    assert states(yearbook_of(folder, accepted)) == {
        (PointKind.FIGURE, CASES): (STALE, "核对过的数字现在读不出来了，请重新核对"),
        (PointKind.FINDING, "repeat.conflict"): (NEEDLESS, "这个问题已不存在"),
        (PointKind.FINDING, "arithmetic.rate"): (NEEDLESS, "这个问题已不存在"),
        (PointKind.NUMERAL, "33家"): (NEEDLESS, "这个数字已不在待核对之列"),
    }


def test_without_a_report_it_waits(folder: Path) -> None:
    accepted = everything(yearbook_of(folder))
    (folder / "白水镇.txt").unlink()
    write_report(folder, "黑水镇")
    now = yearbook_of(folder, accepted)
    assert {state for state, _ in states(now).values()} == {ABSENT}
    assert now.notes == ()
    write_report(folder)
    assert {state for state, _ in states(yearbook_of(folder, accepted)).values()} == {HELD}


@pytest.mark.parametrize("corrected_first", [True, False])
def test_a_correction_goes_before_an_acceptance(folder: Path, corrected_first: bool) -> None:
    plain = yearbook_of(folder)
    first = next(each for each in everything(plain) if each.key == CASES)
    day = date(2026, 11, 20 if corrected_first else 25)
    seen = evidence_of(plain.entries[0], CASES)
    corrected = Correction(TOWN, 2023, CASES, Decimal(80), seen, Decimal(85), "以台账为准", "李强", day)
    now = yearbook_of(folder, [first], corrections=[corrected])
    assert states(now) == {(PointKind.FIGURE, CASES): (NEEDLESS, "已由李强更正，以更正为准")}
    assert (cases(now).value, cases(now).acceptance) == (Decimal(85), None)


def test_of_two_people_the_later_is_shown(folder: Path) -> None:
    first = everything(yearbook_of(folder))[0]
    second = replace(first, person="李强", note="复核")
    now = yearbook_of(folder, [first, second])
    assert len(now.acceptances) == 1
    assert cases(now).acceptance == second
    other = replace(second, seen="0" * 16)
    assert states(yearbook_of(folder, [first, other]))[PointKind.FIGURE, CASES][0] is STALE


def test_other_years_are_passed_over(folder: Path) -> None:
    other = [replace(each, year=2022) for each in everything(yearbook_of(folder))]
    now = yearbook_of(folder, other)
    assert now.acceptances == ()
    assert now == yearbook_of(folder)


def test_of_two_reports_of_one_issuer_each_is_held_by_what_it_says(folder: Path) -> None:
    accepted = everything(yearbook_of(folder))
    text = (folder / "白水镇.txt").read_text("utf-8")
    (folder / "白水镇（修订）.txt").write_text(text.replace("80件", "90件"), "utf-8")
    now = yearbook_of(folder, accepted)
    by_file = {entry.report.file: entry for entry in now.entries}
    assert states(now)[PointKind.FIGURE, CASES][0] is HELD
    held = {outcome.file for outcome in now.acceptances if outcome.acceptance.key == CASES}
    assert held == {"白水镇.txt"}
    open_ = by_kind(points_of(by_file["白水镇（修订）.txt"]))[PointKind.FIGURE]
    assert [point.key for point in open_ if not point.settled] == [CASES]


def test_what_was_accepted_is_not_in_force_for_another_year_of_the_same_words(folder: Path) -> None:
    accepted = replace(everything(yearbook_of(folder))[0], day=TODAY, year=2024)
    (points,) = points_by_report(yearbook_of(folder, [accepted])).values()
    assert not any(point.settled for point in points)
