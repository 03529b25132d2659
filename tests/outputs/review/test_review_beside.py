"""The original beside the text in Chromium: it follows the point, at all widths, for everybody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from originals_read import HTML, PDF, entry_from
from playwright.sync_api import Browser
from review_sample import yearbook_of
from review_site import NARROW, WIDE, Site, Visit
from test_review_access import violations

from outputs.review import publish

WIDEST = 1700
OF_A_PDF, OF_A_PAGE = "青弋县", "望海礁"


@pytest.fixture(scope="module")
def originals(tmp_path_factory: pytest.TempPathFactory) -> Site:
    yearbook = yearbook_of([entry_from(PDF), entry_from(HTML)], year=2023)
    return Site(publish(yearbook, tmp_path_factory.mktemp("originals"))[0].parent)


@pytest.fixture
def window(browser: Browser, originals: Site) -> Iterator[Callable[[int], Visit]]:
    opened: list[Visit] = []

    def begin(width: int) -> Visit:
        opened.append(Visit.begin(browser, originals, WIDE if width == WIDEST else width))
        opened[-1].page.set_viewport_size({"width": width, "height": 900})
        return opened[-1]

    yield begin
    for each in opened:
        each.end()


@pytest.mark.parametrize("width", [WIDEST, WIDE, NARROW])
def test_the_page_of_a_pdf_follows_the_point(window: Callable[[int], Visit], width: int) -> None:
    visit = window(width)
    page = visit.open(OF_A_PDF)
    assert not page.locator("#beside").is_visible()
    page.locator("#show-beside").click()
    seen = set()
    for place in range(1, 7):
        page.evaluate("place => nianbao.look(nianbao.report.openPoints()[place])", place)
        chosen = page.locator("#beside rect.chosen").first
        box, shown = chosen.bounding_box(), page.locator("#beside").bounding_box()
        assert box is not None
        assert shown is not None
        assert shown["y"] <= box["y"]
        assert box["y"] + box["height"] <= shown["y"] + shown["height"]
        assert shown["x"] <= box["x"] + box["width"] / 2 <= shown["x"] + shown["width"]
        seen.add(chosen.get_attribute("data-point"))
    assert len(seen) == 6
    # Beside the text where there is room, else in its place.
    assert page.locator("#text").is_visible() == (width == WIDEST)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []
    visit.press("o")
    assert page.locator("#text").is_visible()


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_frame_of_a_web_page_follows_the_point(window: Callable[[int], Visit], width: int) -> None:
    visit = window(width)
    page = visit.open(OF_A_PAGE)
    visit.press("o")
    index = page.evaluate(
        "nianbao.look(nianbao.report.openPoints()[2]), nianbao.report.openPoints()[2].index"
    )
    frame = page.frame_locator("#beside iframe")
    mark = frame.locator(f"#p{index}:target + mark")
    mark.wait_for()
    words = page.evaluate("index => nianbao.report.points[index].key", index)
    assert mark.inner_text() == words
    assert violations(page) == []


def test_files_of_the_folder_that_are_not_ours_stay(tmp_path: Path) -> None:
    yearbook = yearbook_of([entry_from(HTML)], year=2023)
    [index] = publish(yearbook, tmp_path)
    (index.parent / "o" / "我的笔记.txt").write_text("笔记", encoding="utf-8")
    (index.parent / "o" / ("0" * 16 + ".html")).write_text("旧的", encoding="utf-8")
    publish(yearbook, tmp_path)
    names = {path.name for path in (index.parent / "o").iterdir()}
    assert "我的笔记.txt" in names
    assert "0" * 16 + ".html" not in names
    assert len(names) == 2
