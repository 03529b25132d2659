"""The queue by keyboard alone: next, back, accept, correct, waive, undo; decisions kept, saved, found."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect
from review_sample import yearbook_of
from review_site import NARROW, Visit

from nianbao.corrections.binding import Reports, bind
from nianbao.model import Entry, PointKind, Yearbook
from nianbao.review import points_by_report, points_of
from nianbao.review.decisions import read_decisions
from nianbao.steps import make_context

Begin = Callable[..., Visit]
TOWN, CLEAN, LAST = "白鹭镇", "青松镇", "黑石镇"


def entry_of(book: Yearbook, issuer: str) -> Entry:
    return next(each for each in book.entries if issuer in each.report.file)


def test_the_most_urgent_comes_first_and_n_and_p_go_on_and_back(visit: Begin, book: Yearbook) -> None:
    window = visit()
    window.open(TOWN)
    expect(window.page.locator(".where")).to_have_text("第 1 处 / 还有 5 处")
    titles = []
    for _ in range(6):
        titles.append(window.page.locator("#point .tag").inner_text())
        window.press("n") if len(titles) < 6 else None
    assert titles == [
        "失效的更正",
        "数字 · 前后不一",
        "数字",
        "错误 · 合计不符",
        "错误 · 前后数字不一",
        "没有归类的数字",
    ]
    # The numerals of other reports are as urgent as those of this one.
    window.open()
    window.open(TOWN, "#last")
    window.press("p", "p", "p")
    expect(window.page.locator("#point h2")).to_have_text("行政处罚案件数")
    assert "文中另有不同说法：38" in window.point()


def test_n_after_the_last_point_crosses_into_the_next_report_that_has_any(visit: Begin) -> None:
    window = visit()
    window.open(TOWN, "#last")
    window.press("n", "n")
    window.page.wait_for_url(window.site.address(LAST) + "#next")
    expect(window.page.locator(".report-head h1")).to_have_text(re.compile(LAST))
    window.press("p")
    window.page.wait_for_url(window.site.address(TOWN) + "#last")
    expect(window.page.locator(".where")).to_have_text("第 5 处 / 还有 5 处")


def test_a_accepts_asks_the_name_once_and_goes_on(visit: Begin) -> None:
    window = visit()
    window.open(TOWN)
    window.press("n", "a")
    window.sign()
    expect(window.page.locator("#point h2")).to_have_text("建议提案办理件数")
    window.press("a")
    expect(window.page.locator(".where")).to_have_text("第 2 处 / 还有 3 处")
    expect(window.page.locator(".progress-told")).to_have_text("4 / 7")
    expect(window.page.locator("#told")).to_have_text("已认可，还有 3 处")
    assert [(each["decision"]["key"], each["person"]) for each in window.kept()] == [
        ("penalty_cases", "王敏"),
        ("proposals_handled", "王敏"),
    ]


def test_what_was_decided_is_saved_as_a_file_that_the_import_reads_and_the_next_year_shows(
    visit: Begin, book: Yearbook, entries: list[Entry], tmp_path: Path
) -> None:
    window = visit()
    window.open(TOWN)
    window.press("n", "c")
    expect(window.page.locator(".amount")).to_have_value("38")
    window.press("Enter")
    window.sign()
    window.press("n", "w")
    window.page.keyboard.type("另有台账，“合计”不改")
    window.press("Enter", "a")
    name, told = window.saved()
    assert re.fullmatch(r"核对-2024-王敏-\d{8}-\d{4}\.json", name)
    assert (told["format"], told["version"], told["kind"], told["year"], told["person"]) == (
        "nianbao-decisions", 1, "report", 2024, "王敏",
    )  # fmt: skip
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00", told["made"])
    assert [each["do"] for each in told["decisions"]] == ["correct", "waive", "accept"]
    path = tmp_path / name
    path.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    read = read_decisions(path, book.indicators, make_context().today)
    assert read.faults == ()
    (correction,) = read.corrections
    assert (correction.indicator, str(correction.value), str(correction.old)) == ("penalty_cases", "38", "35")
    points = points_of(entry_of(book, TOWN))
    (acceptance,) = read.acceptances
    assert (acceptance.kind, acceptance.key) == (PointKind.FINDING, "repeat.conflict")
    assert acceptance.seen in {each.seen for each in points if each.kind is PointKind.FINDING}
    (waiver,) = read.waivers.waivers
    assert (waiver.rule, waiver.quote, waiver.reason) == (
        "arithmetic.sum", "全年受理矛盾纠纷672件", "另有台账，“合计”不改",
    )  # fmt: skip

    again = yearbook_of(entries, run="run-2", corrections=[bind(correction, Reports(entries))])
    settled = {each.key: each.settled for each in points_by_report(again)["白鹭镇2024.txt", 1]}
    assert "更正为38：王敏" in settled["penalty_cases"]


def test_reloading_keeps_what_was_not_saved_and_the_list_counts_it(visit: Begin) -> None:
    window = visit()
    window.open(TOWN)
    window.press("n", "a")
    window.sign()
    window.page.reload()
    expect(window.page.locator("#tab-point .count")).to_have_text("4")
    expect(window.page.locator("#save")).to_have_text("未保存的核对 1 条 · 保存")
    window.open()
    row = window.page.locator("#reports tbody tr", has_text=TOWN)
    expect(row.locator(".open-count b")).to_have_text("4")
    expect(row.locator(".done-count")).to_have_text("2 / 6")
    window.saved()
    window.press("Escape")
    window.page.reload()
    expect(window.page.locator("#save")).to_have_text("已存为文件")


def test_u_takes_back_the_last_one(visit: Begin) -> None:
    window = visit()
    window.open(TOWN)
    window.press("n", "a")
    window.sign()
    window.press("u")
    expect(window.page.locator("#point h2")).to_have_text("行政处罚案件数")
    expect(window.page.locator(".progress-told")).to_have_text("2 / 7")
    assert window.kept() == []
    window.press("u")
    expect(window.page.locator("#told")).to_have_text("没有可以撤回的")


def test_a_finding_leads_to_the_correction_of_a_figure_that_it_quotes(visit: Begin) -> None:
    window = visit()
    window.open(TOWN)
    window.press("n", "n", "n", "c")
    expect(window.page.locator(".amount")).to_be_focused()
    window.page.locator(".amount").fill("702")
    window.press("Enter")
    window.sign()
    (kept,) = window.kept()
    told = kept["decision"]
    assert (told["indicator"], told["old"], told["value"]) == ("disputes_mediated", "672", "702")


def test_windows_on_the_same_pages_know_of_each_other(visit: Begin) -> None:
    window = visit()
    window.open(TOWN)
    other = window.context.new_page()
    other.goto(window.site.index)
    window.page.bring_to_front()
    window.press("n", "a")
    window.sign()
    row = other.locator("#reports tbody tr", has_text=TOWN)
    expect(row.locator(".done-count")).to_have_text("2 / 6")
    expect(other.locator("#save")).to_have_text("未保存的核对 1 条 · 保存")


def test_no_name_no_decision_and_no_reason_no_waiver(visit: Begin) -> None:
    window = visit()
    window.open(TOWN)
    window.press("n", "n", "n", "w", "Enter")
    expect(window.page.locator(".fault")).to_have_text("请写明理由")
    window.press("Escape", "a", "Escape")
    window.page.locator("dialog").wait_for(state="detached")
    assert window.kept() == []


def test_a_correction_takes_numbers_alone(visit: Begin) -> None:
    window = visit()
    window.open(TOWN)
    window.press("n", "c")
    fault, value = window.page.locator(".fault"), window.page.locator(".amount")
    for wrong in ("三十八", "3-8", "", "<b>1</b>"):
        value.fill(wrong)
        window.press("Enter")
        expect(fault).to_contain_text("请填阿拉伯数字")
    value.fill("１，０３８件")
    window.press("Enter")
    window.sign()
    assert [each["decision"]["value"] for each in window.kept()] == ["1038"]


def test_a_numeral_may_be_an_indicators_and_a_figure_that_is_no_point_corrected(visit: Begin) -> None:
    window = visit()
    window.open(TOWN, "#last")
    window.press("n", "c")
    window.page.locator("#form input").first.fill("普法宣传活动场次")
    window.press("Enter")
    window.sign()
    window.page.locator("#tab-figures").click()
    window.page.locator(".figure-row", has_text="中心组学法").or_(
        window.page.locator(".figure-row", has_text="集体学法")
    ).first.click()
    window.press("c")
    window.page.locator(".amount").fill("13")
    window.press("Enter")
    kept = window.kept()
    assert [(each["decision"]["indicator"], each["decision"]["value"]) for each in kept] == [
        ("publicity_events", "27"),
        ("center_group_study", "13"),
    ]
    expect(window.page.locator(".progress-told")).to_have_text("2 / 7")


def test_every_key_has_a_button_on_a_phone(visit: Begin) -> None:
    window = visit(NARROW)
    window.open(TOWN)
    for button in ("#go-next", "#do-accept"):
        window.page.locator(button).tap()
    window.sign()
    window.page.locator("#go-back").tap()
    window.page.locator("#go-undo").tap()
    window.page.locator("#do-correct").tap()
    window.page.locator("#form button.main").tap()
    assert [each["decision"]["do"] for each in window.kept()] == ["correct"]
    window.page.locator("#help").tap()
    shown = window.page.locator("dialog kbd").all_inner_texts()
    assert {"n", "p", "a", "c", "w", "u", "j", "k", "/", "?"} <= set(shown)


def test_decisions_left_on_an_earlier_runs_pages_are_offered_to_be_saved(visit: Begin) -> None:
    window = visit()
    window.open()
    accepted = {"do": "accept", "what": "figure", "issuer": "某镇", "key": "x", "seen": "s", "note": ""}
    entry = {"id": "p|figure|x|s", "page": "p", "person": "李强", "saved": False, "decision": accepted}
    key = "nianbao-review/2024/run-0"
    window.page.evaluate("told => localStorage.setItem(...told)", [key, json.dumps([entry])])
    window.page.reload()
    notice = window.page.locator("#left-over")
    expect(notice).to_contain_text("还有 1 条核对没有保存")
    with window.page.expect_download() as download:
        notice.locator("button").click()
    assert "李强" in download.value.suggested_filename
    window.press("Escape")
    window.page.reload()
    expect(notice).to_be_hidden()
