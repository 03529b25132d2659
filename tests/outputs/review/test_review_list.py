"""The list of reports: filters, search, what is open; and the page itself, opened from its folder."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from review_site import NARROW, WIDE, Visit

Begin = Callable[..., Visit]


def rows(page: Page) -> list[str]:
    links = page.locator("#reports tbody tr:visible th > :first-child")
    return [each.removeprefix("云溪县").removesuffix("人民政府") for each in links.all_inner_texts()]


ALL = ["白鹭镇", "红土镇2024", "青松镇", "黑石镇"]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_it_lists_every_report_and_how_far_it_is(visit: Begin, width: int) -> None:
    window = visit(width)
    page = window.open()
    assert sorted(rows(page)) == ALL
    town = page.locator("#reports tbody tr", has_text="白鹭镇")
    expect(town.locator(".open-count")).to_have_text("5未归类 1")
    expect(town.locator(".tag.error")).to_have_text("错误 2")
    broken = page.locator("#reports tbody tr", has_text="红土镇")
    expect(broken).to_contain_text("无法读取")
    expect(broken.locator("a")).to_have_count(0)
    expect(page.locator(".progress-told")).to_have_text("2 / 7")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_filters_and_search_hide_rows_and_are_remembered(visit: Begin) -> None:
    window = visit()
    page = window.open()
    page.locator("#worst").select_option("error")
    assert rows(page) == ["白鹭镇"]
    page.locator("#worst").select_option("")
    page.locator("#state").select_option("unreadable")
    assert rows(page) == ["红土镇2024"]
    page.locator("#state").select_option("")
    page.locator("#open").check()
    assert sorted(rows(page)) == ["白鹭镇", "黑石镇"]
    page.locator("#county").select_option("云溪县")
    window.press("/")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.type("超过了合计 白鹭")
    assert rows(page) == ["白鹭镇"]
    expect(page.locator("#shown")).to_have_text("1 / 4 份")
    page.reload()
    assert rows(page) == ["白鹭镇"]
    page.locator("#find").fill("<script>")
    assert rows(page) == []
    expect(page.locator("#none")).to_be_visible()


def test_it_begins_with_the_first_report_that_has_something_open(visit: Begin) -> None:
    window = visit()
    page = window.open()
    window.press("j", "j", "k")
    first = page.locator("#reports tbody a").first
    expect(first).to_be_focused()
    window.press("n")
    page.wait_for_url("**/r/*.html#next")
    expect(page.locator(".where")).to_contain_text("第 1 处")
    window.press("/")
    page.wait_for_url("**/index.html#find")


def test_the_help_tells_every_key(visit: Begin) -> None:
    window = visit()
    page = window.open()
    window.press("?")
    expect(page.locator("dialog dt")).to_have_text(["n", "j", "k", "/", "?"])
    window.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
