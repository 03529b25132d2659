"""The app in Chromium, on a desk and on a phone: upload, findings, download, decisions, keyboard, WCAG."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest
from chrome import PATIENCE
from playwright.sync_api import expect
from serving import App, report_lines, running, write_docx

from nianbao.store import Store

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

SIZES = {1280: 860, 390: 844}
_RULES = {"preload": False, "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture(scope="module")
def own_results(results: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the results, into which these tests may enter something."""
    folder = tmp_path_factory.mktemp("核对") / "结果"
    shutil.copytree(results, folder)
    return folder


@pytest.fixture(scope="module")
def own_app(own_results: Path) -> Iterator[App]:
    with running(own_results.parent, "结果") as started:
        yield started


@contextmanager
def visited(browser: Browser, app: App, width: int) -> Iterator[Page]:
    """Enter the app by the address of its terminal; whatever a page complains of fails the test."""
    complaints: list[str] = []
    context = browser.new_context(viewport={"width": width, "height": SIZES[width]}, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
    page.goto(app.entrance)
    page.wait_for_url(f"{app.base}/")
    yield page
    context.close()
    assert complaints == []


def violations(page: Page) -> list[str]:
    """Return what axe-core finds, one line each."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options=_RULES).response["violations"]
    return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]


def is_in_view(element: Locator) -> bool:
    """Tell whether all of an element is to be seen."""
    box = element.bounding_box()
    size = element.page.viewport_size
    return box is not None and size is not None and 0 <= box["y"] <= size["height"] - box["height"]


def has_no_sideways_scroll(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize("width", SIZES)
def test_a_report_is_checked_on_its_text_and_comes_back_annotated(
    browser: Browser, own_app: App, tmp_path: Path, width: int
) -> None:
    report = write_docx(tmp_path / "旺草镇 定稿.docx", report_lines(ordinary=17))
    with visited(browser, own_app, width) as page:
        page.get_by_role("link", name="公布前自查").click()
        assert violations(page) == []
        assert has_no_sideways_scroll(page)
        page.get_by_label("选择报告文件").set_input_files(report)
        page.wait_for_url("**/check/*")
        assert page.get_by_role("heading", level=1).inner_text() == "旺草镇 定稿.docx"
        finding = page.get_by_role("list", name="查出的问题").get_by_role("listitem")
        assert finding.count() == 1
        assert "建议：" in finding.inner_text()
        assert "依据：" in finding.inner_text()
        finding.get_by_role("link", name="第3段").click()
        mark = page.locator(".text .mark.error").first
        assert is_in_view(mark)
        mark.click()
        assert page.evaluate("location.hash") == "#f0"
        assert violations(page) == []
        assert has_no_sideways_scroll(page)
        with page.expect_download() as started:
            page.get_by_role("link", name="下载批注稿").click()
        assert started.value.suggested_filename == "旺草镇 定稿（批注）.docx"
        copy = docx.Document(str(started.value.path()))
        assert [each.text[:4] for each in copy.comments] == ["【错误】"]
        page.get_by_role("button", name="清除这次结果").click()
        page.wait_for_url("**/check")


def test_a_file_is_dropped_on_the_page_and_a_wrong_one_told(browser: Browser, own_app: App) -> None:
    drop = """([name, text]) => {
      const data = new DataTransfer();
      if (text !== null) data.items.add(new File([text], name));
      const event = new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
      document.getElementById("drop").dispatchEvent(event);
    }"""
    with visited(browser, own_app, 1280) as page:
        page.goto(f"{own_app.base}/check")
        alert = page.get_by_role("alert")
        page.evaluate(drop, ["空.docx", ""])
        assert alert.inner_text() == "空.docx：文件是空的，或者是一个文件夹。"
        page.evaluate(drop, ["甲.txt", "\n".join(report_lines(ordinary=17))])
        page.wait_for_url("**/check/*")
        assert "错误 1 处" in page.inner_text("main")


def test_what_is_refused_is_told_on_the_page(browser: Browser, own_app: App) -> None:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(own_app.entrance)
    page.wait_for_url(f"{own_app.base}/")
    page.goto(f"{own_app.base}/check")
    page.get_by_label("选择报告文件").set_input_files({"name": "病毒.exe", "mimeType": "", "buffer": b"MZ"})
    expect(page.get_by_role("alert")).to_contain_text("病毒.exe：不是能检查的文件种类：.exe")
    context.close()


def test_without_scripts_the_pages_say_what_to_do(browser: Browser, own_app: App) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(own_app.base)
    page.get_by_label("口令").fill(own_app.token)
    page.get_by_role("button", name="进入").click()
    page.wait_for_url(f"{own_app.base}/")
    page.goto(f"{own_app.base}/check")
    assert "nianbao check" in page.locator("noscript, .warning").first.inner_text()
    page.goto(f"{own_app.base}/2023/index.html")
    assert "旺草镇" in page.inner_text("main")
    context.close()


@pytest.mark.parametrize("width", SIZES)
def test_home_and_entrance_have_no_violation(browser: Browser, own_app: App, width: int) -> None:
    with visited(browser, own_app, width) as page:
        assert violations(page) == []
        assert has_no_sideways_scroll(page)
        page.get_by_role("link", name="2023 年度").click()
        page.wait_for_url("**/2023/index.html")
        assert violations(page) == []
    stranger = browser.new_page(viewport={"width": width, "height": SIZES[width]})
    stranger.goto(own_app.base)
    assert violations(stranger) == []
    stranger.close()


def sign(page: Page, name: str) -> None:
    """Tell one's name where it is asked."""
    field = page.get_by_role("dialog").get_by_role("textbox")
    field.fill(name)
    field.press("Enter")


def test_decisions_by_keyboard_stand_in_the_store_and_in_the_workbook(
    browser: Browser, own_app: App, own_results: Path
) -> None:
    with visited(browser, own_app, 1280) as page:
        page.goto(f"{own_app.base}/2023/index.html")
        page.get_by_role("link", name="旺草镇").first.click()
        page.wait_for_url("**/2023/r/*.html")
        page.keyboard.press("c")
        page.locator(".amount").fill("32")
        page.keyboard.press("Enter")
        sign(page, "王敏")
        expect(page.locator("#told")).to_contain_text("更正")
        page.locator("#tab-findings").click()
        finding = page.locator("#view-findings").get_by_role("button").first
        finding.click()
        page.keyboard.press("w")
        page.keyboard.type("台账核实无误")
        page.keyboard.press("Enter")
        expect(page.locator("#told")).to_contain_text("豁免")
        # The same page again, from the store.
        page.reload()
        assert "王敏" in page.content()
        page.goto(own_app.base)
        with page.expect_download() as started:
            page.get_by_role("link", name="工作簿").click()
        book = openpyxl.load_workbook(io.BytesIO(started.value.path().read_bytes()))
    with Store.open(own_results / "nianbao.db") as store:
        [correction] = store.ledger.in_force()
        [waiver] = [row.waiver for row in store.waivers.standing()]
    assert (correction.indicator, str(correction.value), correction.person) == ("penalty_cases", "32", "王敏")
    assert (waiver.reason, waiver.person) == ("台账核实无误", "王敏")
    corrected = [[str(cell.value) for cell in row] for row in book["更正"].iter_rows()]
    assert any("王敏" in row and "32" in row for row in corrected)
    findings = [[str(cell.value) for cell in row] for row in book["校验问题"].iter_rows()]
    assert any(any("台账核实无误" in cell for cell in row) for row in findings)
