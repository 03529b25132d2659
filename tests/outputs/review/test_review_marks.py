"""A report's page: from a figure to its sentence and back, and hostile text shown as text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from review_sample import LONG_LINE, entries_of, yearbook_of
from review_site import NARROW, WIDE, Site, Visit

from nianbao.model import Yearbook
from outputs.review import publish

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Begin = Callable[..., Visit]
TABLE = """云溪县沮口镇人民政府2024年度法治政府建设工作报告

一、2024年度推进法治政府建设的主要举措和成效
各镇执法情况如下表：
{table}

二、存在的不足和原因
一是执法力量不足。
"""
TOWN, HOSTILE = "白鹭镇", "黑石镇"


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_every_figure_that_is_read_is_marked_where_it_stands(
    visit: Begin, book: Yearbook, width: int
) -> None:
    window = visit(width)
    for issuer in (TOWN, HOSTILE):
        page = window.open(issuer)
        entry = next(each for each in book.entries if issuer in each.report.file)
        marked = page.evaluate(
            """() => nianbao.report.told.map((each) =>
                 [...document.querySelectorAll(`#text [data-kind="told"][data-index="${each.index}"]`)]
                   .map((node) => node.textContent).join(""))"""
        )
        said = [entry.text[each.figure_start : each.figure_end] for each in entry.report.observations]
        assert marked == said


def test_a_click_on_a_figure_shows_what_was_read_and_a_click_there_leads_back(visit: Begin) -> None:
    window = visit()
    page = window.open(TOWN)
    page.locator("#text .fig", has_text="4次").click()
    expect(page.locator("#point h2")).to_have_text("法治建设专题会议次数")
    expect(page.locator("#point .value")).to_have_text("4次")
    page.evaluate("scrollTo(0, 0)")
    page.locator("#point .sentence", has_text="法治建设专题会议").click()
    expect(page.locator("#text .here")).to_have_text("4次")
    expect(page.locator("#text .here")).to_be_in_viewport()
    page.locator("#tab-figures").click()
    page.locator(".figure-row", has_text="化解纠纷件数").click()
    expect(page.locator("#text .here")).to_have_text("660件")
    expect(page.locator("#text .here")).to_be_in_viewport()


def test_figures_are_reached_and_told_by_keyboard(visit: Begin) -> None:
    window = visit()
    page = window.open(TOWN)
    mark = page.locator('#text [data-kind="told"]', has_text="660件").first
    mark.focus()
    expect(mark).to_have_attribute("role", "button")
    label = mark.get_attribute("aria-label") or ""
    assert label.startswith("660件，化解纠纷件数")
    assert page.evaluate("node => getComputedStyle(node, '::after').content", mark.element_handle()) != "none"
    window.press("Enter")
    expect(page.locator("#point .value")).to_have_text("660件")


def test_the_current_sentence_is_in_view_whatever_its_place(visit: Begin) -> None:
    for width in (WIDE, NARROW):
        window = visit(width)
        page = window.open(HOSTILE, "#last")
        here = page.locator("#text .here")
        box, panel = here.bounding_box(), page.locator("#panel").bounding_box()
        assert box is not None
        assert panel is not None
        top = page.locator(".bar").bounding_box()
        assert top is not None
        assert box["y"] >= top["height"]
        assert box["y"] + box["height"] <= (panel["y"] if width == NARROW else 800)


def test_findings_stand_in_the_margin_and_lead_to_their_words(visit: Begin) -> None:
    window = visit()
    page = window.open(TOWN)
    remark = page.locator(".remark", has_text="合计不符")
    paragraph = page.locator("#text p", has_text="全年受理矛盾纠纷672件").bounding_box()
    box = remark.bounding_box()
    assert paragraph is not None
    assert box is not None
    assert box["x"] >= paragraph["x"] + paragraph["width"] - 1
    assert abs(box["y"] - paragraph["y"]) < 20
    remark.click()
    expect(page.locator("#point")).to_contain_text("269 + 172 + 261 = 702")
    expect(page.locator("#text .now").first).to_be_in_viewport()


def test_a_workbooks_link_leads_to_the_statement(visit: Begin, book: Yearbook) -> None:
    window = visit()
    for issuer in (TOWN, HOSTILE):
        entry = next(each for each in book.entries if issuer in each.report.file)
        # Of several statements that begin at one place the link means the first.
        first = {told.start: told for told in reversed(entry.report.observations)}
        for told in first.values():
            page = window.open(issuer, f"#{told.start}")
            page.wait_for_function("document.querySelector('#text .here')")
            here = "".join(page.locator("#text .here").all_inner_texts())
            assert entry.text[told.figure_start : told.figure_end] in here


def test_what_was_settled_and_by_whom_is_shown(visit: Begin) -> None:
    window = visit()
    page = window.open(TOWN)
    page.locator("#text .fig", has_text="46场次").click()
    expect(page.locator("#point .settled")).to_contain_text("王敏 2025-04-01")
    expect(page.locator("#point .value")).to_have_text("47场")


def test_hostile_text_is_text(visit: Begin, book: Yearbook) -> None:
    window = visit()
    page = window.open(HOSTILE)
    entry = next(each for each in book.entries if HOSTILE in each.report.file)
    assert "坏了" not in page.title()
    assert page.locator("#text script, #text style, #text img, #text a[href^='javascript']").count() == 0
    shown = "".join(page.locator("#text [data-s]").all_text_contents())
    assert "<script>" in shown
    assert "长" * LONG_LINE in shown
    assert 'href="javascript:alert(1)"' in shown
    assert len(shown.replace("\n", "")) >= len(entry.text.replace("\n", ""))
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDE


def test_the_policy_lets_nothing_else_run(visit: Begin) -> None:
    window = visit()
    page = window.open(TOWN)
    ran = page.evaluate(
        """() => { const made = document.createElement("script"); made.textContent = "window.ran = 1";
             document.body.append(made);
             document.body.insertAdjacentHTML("beforeend", "<p style='color:red' onclick='ran=2'>x</p>");
             document.body.lastElementChild.click(); return window.ran ?? 0; }"""
    )
    assert ran == 0
    assert len(window.complaints) >= 2
    assert all("Content Security Policy" in each for each in window.complaints)
    window.complaints.clear()


def test_on_paper_there_are_the_text_and_the_tables(visit: Begin) -> None:
    window = visit()
    page = window.open(TOWN)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator("#panel")).to_be_hidden()
    expect(page.locator(".bar")).to_be_hidden()
    expect(page.locator("#figures-print")).to_contain_text("行政处罚案件数")
    expect(page.locator("#figures-print")).to_contain_text("更正为47：王敏 2025-04-01")


def test_a_quotation_that_runs_over_cells_is_shown_whole(
    browser: Browser, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    rows = (("单位", "行政处罚（件）"), ("青麻渡镇", "31"), ("双桥洲镇", "27"), ("合计", "60"))
    table = "\n".join("\t".join(row) for row in rows)
    folder = tmp_path_factory.mktemp("tables")
    (folder / "报告.txt").write_text(TABLE.format(table=table), "utf-8", newline="\n")
    (entry,) = entries_of(folder)
    window = Visit.begin(browser, Site(publish(yearbook_of([entry]), tmp_path)[0].parent), WIDE)
    page = window.open("沮口")
    expect(page.locator("#text td")).to_have_count(8)
    span = [entry.text.index("青麻渡镇"), entry.text.index("31\n") + 2]
    assert page.evaluate("span => nianbao.textOf(...span)", span) == "青麻渡镇　31"
    window.end()
