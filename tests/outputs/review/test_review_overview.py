"""The overview of a year: what it counts, and that everybody can read it, on a phone too."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from small_workbooks import with_last_year
from workbook_sample import sample_yearbook

from nianbao import (
    Acceptance,
    AcceptanceOutcome,
    AcceptanceState,
    Finding,
    PointKind,
    RosterEntry,
    RosterOutcome,
    Severity,
    Waiver,
    Yearbook,
)
from outputs.review.overview import overview_body
from outputs.review.overview_bars import Row, Series, chart
from outputs.review.overview_counts import (
    changes_of,
    counties_of,
    doubts_of,
    persons_of,
    rules_of,
)
from outputs.review.publisher import listed_reports, publish

DAY = date(2025, 4, 2)
WAIVER = Waiver("清源县", 2024, "outline.numbering", "", "", "原文如此", "李强", DAY, date(2026, 12, 31), 1)


class Tables(HTMLParser):
    """The rows of a page's tables, as texts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._in_cell = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag in ("th", "td"):
            self._in_cell = True
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self._in_cell = self._in_cell and tag not in ("th", "td")

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            self.rows[-1][-1] += data


def reviewed() -> Yearbook:
    """The county's year, with the year before, with what two people let stand and one waived."""
    yearbook = with_last_year(sample_yearbook(), 12, "0.75")
    entries = tuple(replace(each, text="正文" * 3_000) for each in yearbook.entries)
    first = entries[0].report
    waived = tuple(replace(each, waiver=WAIVER) for each in first.findings)
    assert [each.rule for each in waived] == ["outline.numbering"]
    states = [AcceptanceState.HELD, AcceptanceState.HELD, AcceptanceState.STALE, AcceptanceState.NEEDLESS]
    accepted = tuple(
        AcceptanceOutcome(
            Acceptance("清源县", 2024, PointKind.FIGURE, "penalty_cases", "0" * 16, "王敏", DAY),
            state,
            "见说明",
        )
        for state in states
    )
    return replace(
        yearbook,
        entries=(replace(entries[0], report=replace(first, findings=waived)), *entries[1:]),
        acceptances=accepted,
    )


def test_who_reported_in_time_late_or_not_by_county() -> None:
    yearbook = sample_yearbook()
    assert yearbook.roster is not None
    unreadable = next(each.report.file for each in yearbook.entries if each.report.error)
    more = (
        RosterOutcome(RosterEntry("东湖区城西街道办事处", "110101001", 90), ()),
        RosterOutcome(RosterEntry("无名镇人民政府", None, 91), ()),
        RosterOutcome(RosterEntry("清源县东坡乡人民政府", None, 92), (unreadable,)),
    )
    counties = counties_of(replace(yearbook, roster=(*yearbook.roster, *more)))
    told = [
        (each.name, each.asked, each.on_time, each.late, each.missing, each.unusable) for each in counties
    ]
    # Who has no code of its own is known by its county's name, and a code by the divisions' table.
    assert told == [
        ("清源县", 20, 16, 1, 2, 1),
        ("东城区", 1, 0, 0, 1, 0),
        ("县区不明", 1, 0, 0, 1, 0),
    ]
    assert counties[0].names == ["清源县西岭乡人民政府", "清源县马头镇人民政府"]


def test_without_a_roster_only_what_came_is_told() -> None:
    yearbook = sample_yearbook(6, roster=False)
    told = [(each.name, each.on_time, each.late, each.unusable) for each in counties_of(yearbook)]
    assert told == [("清源县", 7, 1, 0), ("县区不明", 0, 0, 2)]
    assert "没有提供应报单位名单" in overview_body(yearbook, listed_reports(yearbook))


def test_findings_by_rule_the_gravest_first() -> None:
    rules = rules_of(reviewed())
    told = [(each.rule, *(each.counts[s] for s in reversed(Severity)), each.reports) for each in rules]
    assert told == [
        ("arithmetic.sum", 5, 0, 0, 5),
        ("outline.missing", 0, 3, 0, 3),
        ("plausibility.peers", 0, 1, 0, 0),
        ("timeliness.late", 0, 1, 0, 1),
        ("outline.numbering", 0, 0, 3, 3),
        ("copying.shared", 0, 0, 1, 0),
    ]


def test_what_was_accepted_or_corrected_is_no_doubt() -> None:
    yearbook = sample_yearbook()
    before = {each.info.id: (each.disputed, each.unsure) for each in doubts_of(yearbook)}
    assert before["penalty_amount"] == (0, 1)
    accepted = Acceptance("x", 2024, PointKind.FIGURE, "x", "0" * 16, "王敏", DAY)
    entries = tuple(
        replace(
            each,
            report=replace(
                each.report, figures=tuple(replace(f, acceptance=accepted) for f in each.report.figures)
            ),
        )
        for each in yearbook.entries
    )
    assert doubts_of(replace(yearbook, entries=entries)) == []


def test_sums_of_both_years_are_those_of_the_workbook() -> None:
    totals = {each.info.id: each for each in changes_of(reviewed())}
    assert "certification_rate" not in totals
    cases = totals["penalty_cases"]
    assert cases.now.value is not None
    assert cases.before.value == cases.now.value * 3 / 4
    assert len(cases.now.figures) == len(cases.before.figures) == 8


def test_who_settled_what() -> None:
    told = [
        (each.name, each.accepted, each.corrected, each.waived, each.stale) for each in persons_of(reviewed())
    ]
    assert told == [("王敏", 2, 0, 0, 1), ("李强", 0, 0, 1, 0)]


def test_the_tables_tell_what_the_bars_show() -> None:
    yearbook = reviewed()
    rows = Tables(overview_body(yearbook, listed_reports(yearbook))).rows
    assert ["完整", "", "18"] in rows
    assert ["清源县", "", "19", "17", "1", "2"] in rows
    assert ["错误", "", "5", "0"] in rows
    assert ["提示", "", "4", "1"] in rows
    assert ["明显偏离同级plausibility.peers", "", "0", "1", "0", "全年"] in rows
    assert ["王敏", "", "2", "0", "0", "1"] in rows


def test_hostile_names_are_words() -> None:
    bad = '<script>alert(1)</script>"\u202e'
    finding = Finding("sum", bad, Severity.ERROR, bad)
    yearbook = sample_yearbook(3)
    infos = tuple(replace(each, name=bad) for each in yearbook.indicators)
    roster = (RosterOutcome(RosterEntry(bad, None, 2), ()),)
    hostile = replace(yearbook, findings=(finding,), indicators=infos, roster=roster, title=bad)
    body = overview_body(hostile, listed_reports(hostile))
    assert "<script" not in body
    assert "\u202e" not in body
    assert body.count("&lt;script&gt;alert(1)&lt;/script&gt;&quot;\ufffd") >= 4


def test_a_year_of_nothing_is_told() -> None:
    empty = replace(sample_yearbook(1), entries=(), roster=None, findings=(), earlier=(), indicators=())
    body = overview_body(empty, listed_reports(empty))
    assert all(
        told in body for told in ("没有报告。", "没有发现问题。", "没有可比的单位", "还没有人核对过。")
    )


def test_bars_are_shares_of_the_longest_and_long_charts_fold() -> None:
    series = (Series("甲", "good"), Series("乙", "error"))
    told = chart("题", ("名", "数"), series, [Row(f"行{n}", (n, n), (str(n),)) for n in range(14)])
    assert '<rect class="error" x="50.00%" y="0" width="50.00%"' in told
    assert "还有 2 行" in told
    assert [row[0] for row in Tables(told).rows if row[0] != "名"] == [f"行{n}" for n in range(14)]


@pytest.mark.parametrize("width", [1280, 390])
def test_everybody_can_read_it(tmp_path: Path, browser: Browser, width: int) -> None:
    [index] = publish(reviewed(), tmp_path)
    page = browser.new_page(viewport={"width": width, "height": 844})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(index.as_uri())
    page.get_by_role("link", name="年度总览").click()
    page.get_by_role("heading", name="各县区报送情况").wait_for()
    for summary in page.locator("main summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.get_by_text("清源县马头镇人民政府").is_visible()
    bars = page.locator("svg rect")
    assert bars.count() > 40
    assert min(box["width"] for each in bars.all()[:20] if (box := each.bounding_box())) > 1
    # Before axe, which asks for style sheets.
    assert said == []
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["target"]) for each in found] == []
    page.close()
