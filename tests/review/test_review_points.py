"""What is to be looked at in a report: in which order, and what was settled of it by whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from reviewed_reports import TODAY, TOWN, accept, by_kind, write_report, yearbook_of

from nianbao.corrections import evidence_of
from nianbao.masking.yearbook import mask_yearbook
from nianbao.model import (
    Correction,
    Entry,
    Figure,
    FigureStatus,
    Finding,
    PointKind,
    Quote,
    Severity,
    Waiver,
    Yearbook,
)
from nianbao.review import apply_acceptances, points_by_report, points_of
from nianbao.waivers import Waivers

CASES = "enforcement_cases"
# What the report was given to be found; other rules may come to find more in it.
PLANTED = (CASES, "repeat.conflict", "arithmetic.rate", "33家")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Yearbook:
    folder = tmp_path_factory.mktemp("报告")
    write_report(folder)
    return yearbook_of(folder)


@pytest.fixture
def entry(made: Yearbook) -> Entry:
    return made.entries[0]


def with_figures(entry: Entry, *figures: Figure) -> Entry:
    return replace(entry, report=replace(entry.report, figures=figures))


def with_findings(entry: Entry, *findings: Finding) -> Entry:
    return replace(entry, report=replace(entry.report, findings=findings))


def test_a_report_that_was_read_tells_what_needs_a_look(entry: Entry) -> None:
    points = [point for point in points_of(entry) if point.key in PLANTED]
    assert [(point.kind, point.key, point.rank) for point in points] == [
        (PointKind.FIGURE, CASES, 1),
        (PointKind.FINDING, "repeat.conflict", 3),
        (PointKind.FINDING, "arithmetic.rate", 3),
        (PointKind.NUMERAL, "33家", 6),
    ]
    assert points[0].why == "文中另有不同说法：85"
    assert [entry.text[point.start : point.end] for point in points[::3]] == ["80件", "33家"]
    assert not any(point.settled for point in points)


def test_each_point_names_its_own_place_in_the_report(entry: Entry) -> None:
    found = by_kind(points_of(entry))
    report = entry.report
    assert report.figures[found[PointKind.FIGURE][0].place].indicator == CASES
    assert all(report.findings[p.place].rule == p.key for p in found[PointKind.FINDING])
    assert {"repeat.conflict", "arithmetic.rate"} <= {p.key for p in found[PointKind.FINDING]}
    assert report.numerals[found[PointKind.NUMERAL][0].place].quote == "33家"


def test_the_least_sure_figures_come_first_behind_the_disputed(entry: Entry) -> None:
    report = entry.report
    told = {each.indicator: place for place, each in enumerate(report.observations)}
    names = [CASES, *(name for name in told if name != CASES)][:4]
    sure = [Decimal("0.9"), Decimal("0.4"), Decimal("0.2"), Decimal("0.3")]
    observations = [
        replace(report.observations[told[name]], confidence=confidence)
        for name, confidence in zip(names, sure, strict=True)
    ]
    figures = [
        Figure(name, Decimal(1), FigureStatus.STATED, False, (place,), review="请核对")
        for place, name in enumerate(names)
    ]
    figures[0] = replace(figures[0], status=FigureStatus.DISPUTED)
    figures.append(Figure("failed_one", None, FigureStatus.FAILED, False, (0,), review="失败"))
    bare = replace(report, observations=tuple(observations), figures=tuple(figures), findings=(), numerals=())
    points = points_of(replace(entry, report=bare))
    assert [point.key for point in points] == [names[0], names[2], names[3], names[1]]


def test_findings_come_by_severity_and_then_by_the_text(entry: Entry) -> None:
    made = [
        Finding("note", "a.note", Severity.NOTE, "一", (Quote(0, 2, entry.text[:2]),)),
        Finding("sum", "b.warning", Severity.WARNING, "二", (Quote(9, 11, entry.text[9:11]),)),
        Finding("sum", "c.error", Severity.ERROR, "三", (Quote(30, 32, entry.text[30:32]),)),
        Finding("sum", "d.warning", Severity.WARNING, "四", (Quote(3, 5, entry.text[3:5]),)),
        Finding("part", "e.warning", Severity.WARNING, "五"),
    ]
    points = by_kind(points_of(with_findings(entry, *made)))[PointKind.FINDING]
    assert [point.key for point in points] == ["c.error", "e.warning", "d.warning", "b.warning", "a.note"]
    assert (points[1].start, points[1].end) == (None, None)


def test_what_was_accepted_goes_behind_what_is_open(entry: Entry) -> None:
    first, *others = points_of(entry)
    points = points_of(entry, acceptances=[accept(first, note="台账一致")])
    assert points[:-1] == tuple(others)
    assert points[-1].key == first.key
    assert points[-1].settled == "已核对：王敏 2026-11-22（台账一致）"


@pytest.mark.parametrize("changed", ["issuer", "year", "seen"])
def test_what_was_accepted_elsewhere_settles_nothing(entry: Entry, changed: str) -> None:
    given = {"issuer": "青石县黑水镇", "year": 2022, "seen": "0" * 16}[changed]
    accepted = [replace(accept(point), **{changed: given}) for point in points_of(entry)]  # type: ignore[arg-type]
    assert not any(point.settled for point in points_of(entry, acceptances=accepted))


def test_who_accepted_what_stood_there_before_is_told(entry: Entry) -> None:
    before = replace(accept(points_of(entry)[0]), seen="0" * 16)
    (figure, *_) = points_of(entry, acceptances=[before])
    assert figure.why == "文中另有不同说法：85（王敏 2026-11-22 核对过，后来有变动）"


def test_a_figure_that_nobody_doubted_may_be_accepted_all_the_same(entry: Entry) -> None:
    sure = next(each for each in entry.report.figures if not each.review)
    doubtful = with_figures(entry, replace(sure, review="请核对"))
    (point,) = by_kind(points_of(doubtful))[PointKind.FIGURE]
    (figure,) = by_kind(points_of(with_figures(entry, sure), acceptances=[accept(point)]))[PointKind.FIGURE]
    assert (figure.key, figure.settled) == (sure.indicator, "已核对：王敏 2026-11-22")


def test_corrected_figures_and_waived_findings_are_settled(tmp_path: Path, made: Yearbook) -> None:
    write_report(tmp_path)
    seen = evidence_of(made.entries[0], CASES)
    corrected = Correction(
        TOWN, 2023, CASES, Decimal(80), seen, Decimal(85), "以台账为准", "李强", date(2026, 11, 20)
    )
    waiver = Waiver(
        TOWN, 2023, "arithmetic.rate", "", "", "四舍五入", "王敏", TODAY, date(2099, 12, 31), 1, kept=True
    )
    yearbook = yearbook_of(tmp_path, corrections=[corrected], waivers=Waivers((waiver,)))
    (points,) = points_by_report(yearbook).values()
    settled = {point.key: (point.why, point.settled) for point in points if point.settled}
    assert settled[CASES] == ("读出的是80", "更正为85：李强 2026-11-20（以台账为准）")
    assert settled["arithmetic.rate"][1] == "豁免：王敏 2026-11-22，有效期至2099-12-31（四舍五入）"
    assert [p.key for p in points if not p.settled and p.key in PLANTED] == ["repeat.conflict", "33家"]


def test_a_stale_correction_comes_first_and_may_be_accepted(tmp_path: Path) -> None:
    write_report(tmp_path)
    old = Correction(TOWN, 2023, CASES, Decimal(70), "0" * 16, Decimal(85), "以台账为准", "李强", TODAY)
    yearbook = yearbook_of(tmp_path, corrections=[old])
    (points,) = points_by_report(yearbook).values()
    first = points[0]
    assert (first.kind, first.key, first.rank) == (PointKind.CORRECTION, CASES, 0)
    assert first.why.startswith("更正已失效：更正时读出的是70，现在是80")
    again = yearbook_of(tmp_path, [accept(first)], corrections=[old])
    (points,) = points_by_report(again).values()
    assert points[0].kind is PointKind.FIGURE
    assert next(p for p in points if p.kind is PointKind.CORRECTION).settled == "已核对：王敏 2026-11-22"


def test_published_pages_and_the_store_know_a_point_alike(made: Yearbook) -> None:
    hidden = mask_yearbook(made).entries[0]
    assert "孙丽" in made.entries[0].text
    assert "孙丽" not in hidden.text
    read, shown = points_of(made.entries[0]), points_of(hidden)
    assert [(p.kind, p.key, p.seen) for p in read] == [(p.kind, p.key, p.seen) for p in shown]
    # Its sentence names somebody.
    assert any(point.kind is PointKind.NUMERAL for point in shown)
    accepted = [accept(point) for point in shown]
    assert all(point.settled for point in points_of(made.entries[0], acceptances=accepted))


def test_blanks_and_widths_are_no_change(made: Yearbook) -> None:
    entry = made.entries[0]
    findings = [
        replace(each, message=each.message.replace("，", "， ").replace("1", "１"))
        for each in entry.report.findings
    ]
    before = [point.seen for point in points_of(entry)]
    assert [point.seen for point in points_of(with_findings(entry, *findings))] == before


def test_a_line_without_end_is_no_burden(entry: Entry) -> None:
    numeral = next(each for each in entry.report.numerals if each.quote == "33家")
    around = "长" * 500_000
    text = f"{around}33家{around}"
    many = tuple(replace(numeral, start=500_000, end=500_003) for _ in range(20_000))
    bare = replace(entry.report, numerals=many, figures=(), findings=(), observations=())
    points = points_of(replace(entry, text=text, report=bare))
    assert len(points) == 20_000
    assert len({point.seen for point in points}) == 1


def test_a_sentence_of_another_place_is_another_numeral(entry: Entry) -> None:
    numeral = next(each for each in entry.report.numerals if each.quote == "33家")
    bare = replace(entry.report, figures=(), findings=(), observations=())
    told = "孙丽走访帮扶企业"
    other = entry.text.replace(told, "孙丽走访帮扶商户")
    (one,) = points_of(replace(entry, report=bare))
    (two,) = points_of(replace(entry, report=bare, text=other))
    assert (one.key, one.start) == (two.key, two.start) == ("33家", numeral.start)
    assert one.seen != two.seen


def test_each_report_has_its_own_though_they_say_the_same(tmp_path: Path) -> None:
    for town in ("白水镇", "黑水镇"):
        write_report(tmp_path, town)
    yearbook = yearbook_of(tmp_path)
    figure = next(point for point in points_by_report(yearbook)["白水镇.txt", 1] if point.key == CASES)
    entries, _ = apply_acceptances(yearbook.entries, [accept(figure)])
    marked = {e.report.file: (f := e.report.figure(CASES)) and f.acceptance for e in entries}
    assert marked["黑水镇.txt"] is None
    assert marked["白水镇.txt"] == accept(figure)
