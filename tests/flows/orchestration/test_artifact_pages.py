"""A run's artifacts in Prefect's real pages, both sets of them, in Chromium: text stays text, tables fit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from chrome import PATIENCE
from operated import Operated

from flows.artifacts.files import Folders
from flows.artifacts.markdown import as_code, plain_markdown
from flows.artifacts.page import page_of
from flows.artifacts.tables import Table, tables_of
from flows.artifacts.tally import Cause, CountyTally, FoundRow, Tally
from flows.summary import Summary, YearOutcome
from nianbao.model import Severity
from nianbao.yearbook import LeftOut

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.prefect]

HOSTILE = (
    "a|b</td><script>document.title='hacked'</script>",
    "<img src=x onerror=\"document.title='hacked'\">",
    "[点我](http://evil.example) http://evil.example",
    "www.evil.example a@evil.example",
    "**粗** _斜_ ~~删~~ `码` &lt;",
)
LONG = "某省某市某县很长名字的乡人民政府" * 20
FOLDERS = Folders("/报告", Path("/结果"), "https://files.example/")
BOOK = Path("/结果/2023年度法治政府建设报告汇总.xlsx")
PAGES = pytest.mark.parametrize("pages", ["", "/v2"], ids=["old pages", "new pages"])


def told() -> Summary:
    row = FoundRow(LONG, "missing-part", Severity.WARNING, LONG, LONG, LONG)
    tally = Tally(
        counties=tuple(CountyTally(name, 1, 1) for name in HOSTILE),
        causes=(Cause("plugin", HOSTILE[0], 2, HOSTILE[1]),),
        found=(row, *(FoundRow(name, "sum", Severity.NOTE, name, name, name) for name in HOSTILE)),
    )
    counts = tuple((severity, 1) for severity in reversed(Severity))
    year = YearOutcome(2023, 1, counts, None, (BOOK,), (), tally=tally)
    left = tuple(LeftOut(name, "坏了") for name in HOSTILE)
    return Summary("r", 2023, 1, 1, (), (year,), left, (), HOSTILE)


def made(server: Operated, kind: str, data: Any, description: str = "") -> str:
    key = f"nianbao-test-{uuid4().hex[:8]}"
    artifact = server.post("/artifacts/", key=key, type=kind, data=data, description=description)
    return str(artifact["id"])


@pytest.fixture(scope="module")
def page(operated: Operated, browser: Browser) -> Page:
    """A browser's page that has the password."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.set_default_timeout(PATIENCE)
    page.goto(f"{operated.address}/artifacts")
    password = page.locator("input[type=password]")
    password.fill(operated.password)
    password.press("Enter")
    password.wait_for(state="detached")
    return page


@PAGES
def test_hostile_names_stay_text(operated: Operated, page: Page, pages: str) -> None:
    found = made(operated, "markdown", page_of(told(), FOLDERS, HOSTILE[0]), plain_markdown(HOSTILE[2]))
    page.goto(f"{operated.address}{pages}/artifacts/artifact/{found}")
    page.get_by_text("结果文件").first.wait_for()
    page.locator("td").last.wait_for()
    cells = [" ".join(cell.inner_text().split()) for cell in page.locator("td").all()]
    for name in HOSTILE:
        assert name in cells
    named = page.locator("tr", has_not_text="合计").locator("td")
    assert named.locator(":is(b, strong, em, i, del, code, img, script, [class*=strong])").count() == 0
    assert page.locator("a[href*=evil]").count() == 0
    assert page.get_by_role("link", name=BOOK.name).count() == 1
    assert page.locator("code", has_text=str(BOOK)).count() == 1
    assert "hacked" not in page.title()


@PAGES
def test_the_columns_of_a_table_fit_at_1440_pixels(operated: Operated, page: Page, pages: str) -> None:
    table: Table = tables_of(told(), FOLDERS)[0]
    found = made(operated, "table", json.dumps(list(table.rows)), plain_markdown(table.told))
    page.goto(f"{operated.address}{pages}/artifacts/artifact/{found}")
    page.locator("td").last.wait_for()
    assert page.locator("th").all_inner_texts() == ["单位", "年度", "级别", "问题", "原句", "处理"]
    wide = """th => {
        let box = th.closest('table').parentElement;
        return th.closest('table').scrollWidth - box.clientWidth;
    }"""
    assert page.locator("th").last.evaluate(wide) <= 1
    shown = [" ".join(cell.inner_text().split()) for cell in page.locator("td").all()]
    assert shown == [cell for row in table.rows for cell in row.values()]
    assert page.locator("td :is(b, strong, em, img, script, a, [class*=strong])").count() == 0


def test_a_path_is_shown_as_it_stands(operated: Operated, page: Page) -> None:
    path = "/结果/甲*乙*`丙` <b>丁.xlsx"
    found = made(operated, "markdown", as_code(path))
    page.goto(f"{operated.address}/v2/artifacts/artifact/{found}")
    assert page.locator("[data-testid=markdown-display] code").inner_text() == path
