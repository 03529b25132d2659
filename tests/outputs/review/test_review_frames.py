"""The original in Chromium: nothing of a hostile page runs or leaves, and the frame follows the points."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from originals_read import entry_of_bytes
from playwright.sync_api import Browser, Page

from nianbao.review import points_of
from outputs.review.sources import Sources, beside_html

REPORT = """<html><head><meta charset="utf-8"><title>东岭镇2023年法治政府建设情况报告</title>
<meta http-equiv="refresh" content="1;url={site}/refreshed"><base href="{site}/">
<link rel="stylesheet" href="{site}/style.css"><style>@import url("{site}/import.css");</style>
<script src="{site}/script.js"></script><script>top.ran = 1; fetch("{site}/fetched")</script></head>
<body onload="top.ran = 1"><div id="zoom"><h1>东岭镇2023年法治政府建设情况报告</h1>
<p>一、主要举措和成效</p>
<p onclick="top.ran = 1">全年召开法治专题会议6次，排查矛盾纠纷672件，调解成功70<b>2</b>件。</p>
<p>开展普法宣传活动43场次，<a href="javascript:top.ran=1" ping="{site}/ping">受理信访事项17件</a>。</p>
<img src="{site}/picture.png" onerror="top.ran = 1"><iframe src="{site}/inner"></iframe>
<form action="{site}/form"><input autofocus onfocus="top.ran = 1"><button>提交</button></form>
<svg onload="top.ran = 1"><image href="{site}/svg.png"/></svg><object data="{site}/object"></object>
<p style="background: url({site}/style.png)">二、存在的问题和不足</p><p>一是执法力量不足。</p>
<p>三、下一年度工作安排</p><p>一是加强队伍建设。</p></div></body></html>"""

ACTING = "script, img, iframe, form, input, a, svg, object, link, base, [onclick]"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    yield opened
    opened.close()


@pytest.fixture
def listening() -> Iterator[tuple[str, list[str]]]:
    """A site that notes what is asked of it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Keep the tests' output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()


def published(folder: Path, site: str, policy: str = "") -> tuple[Path, frozenset[int]]:
    """Write a hostile report's frame into a page, as a site has it; return that page and what is marked."""
    entry = entry_of_bytes(folder, "东岭镇2023年法治政府建设情况报告.html", REPORT.format(site=site).encode())
    with Sources(folder) as opened:
        beside = opened.beside_of(entry, points_of(entry))
    assert beside is not None
    path = folder / "r" / "page.html"
    path.parent.mkdir()
    path.write_text(f'<meta charset="utf-8">{policy}<body>{beside_html(beside, "../")}', encoding="utf-8")
    return path, beside.found


@pytest.mark.parametrize("how", ["frame", "alone"])
def test_nothing_of_a_hostile_page_runs_or_leaves(
    tmp_path: Path, page: Page, listening: tuple[str, list[str]], how: str
) -> None:
    site, asked = listening
    path, found = published(tmp_path, site)
    assert found
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    if how == "alone":
        # As somebody may open it who looks into the folder.
        [path] = (tmp_path / "o").glob("*.html")
    page.goto(path.as_uri())
    frame = page.frames[-1]
    frame.wait_for_selector("mark")
    frame.locator("text=受理信访事项").click()
    page.wait_for_timeout(1_500)
    assert asked == []
    assert {url.partition(":")[0] for url in sent} == {"file"}
    assert page.evaluate("window.ran") is None
    assert frame.locator("text=信访事项17件").count() == 1
    assert frame.locator(ACTING).count() == 0


def test_the_frame_goes_to_the_point(tmp_path: Path, page: Page, listening: tuple[str, list[str]]) -> None:
    site, _ = listening
    path, found = published(tmp_path, site)
    page.set_viewport_size({"width": 600, "height": 300})
    page.goto(path.as_uri())
    frame = page.frames[-1]
    frame.wait_for_selector("mark")
    last = max(found)
    page.evaluate("n => { const f = document.querySelector('iframe'); f.src = f.src + '#p' + n }", last)
    frame.wait_for_selector(f"#p{last}:target + mark")
    assert frame.locator(f"#p{last} + mark").is_visible()


def test_a_script_in_the_source_has_no_page_to_run_in(tmp_path: Path, page: Page) -> None:
    """Even what cleaning would miss does not run: the frame is closed, and its policy knows no script."""
    path, _ = published(tmp_path, "https://x.example")
    [frame] = (tmp_path / "o").glob("*.html")
    told = frame.read_text("utf-8").replace("<body>", "<body><script>top.ran = 1</script>")
    frame.write_text(told, "utf-8")
    for place in (path, frame):
        page.goto(place.as_uri())
        page.wait_for_timeout(300)
        assert page.evaluate("window.ran") is None
