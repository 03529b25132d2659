"""The same pages in the app: each decision is sent at once, with the token, and what comes back is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from review_site import Site

from nianbao.model import Yearbook
from outputs.review.pages import Links, report_html
from outputs.review.publisher import listed_reports

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TOKEN = "a-token-of-this-test"


@dataclass
class App:
    """What stands in for the app on loopback: it serves one report and answers as it is told to.

    Args:
        html: the report's page.
        site: where its styles and scripts are.
        answers: status and body of the next answers.
        sent: (token, body) of what has been sent.
    """

    html: str
    site: Site
    answers: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    sent: list[tuple[str | None, dict[str, Any]]] = field(default_factory=list)

    def handler(self) -> type[BaseHTTPRequestHandler]:
        app = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = app.site.folder / self.path.lstrip("/")
                if self.path == "/r/report.html":
                    self._answer(200, app.html.encode(), "text/html; charset=utf-8")
                elif path.is_file():
                    kind = {".css": "text/css", ".js": "text/javascript"}.get(path.suffix, "text/html")
                    self._answer(200, path.read_bytes(), f"{kind}; charset=utf-8")
                else:
                    self._answer(404 if self.path != "/favicon.ico" else 204, b"", "text/plain")

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                app.sent.append((self.headers["X-Nianbao-Token"], body))
                status, answer = app.answers.pop(0)
                self._answer(status, json.dumps(answer).encode(), "application/json")

            def _answer(self, status: int, data: bytes, kind: str) -> None:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: Any) -> None:
                pass

        return Handler


@pytest.fixture
def app(book: Yearbook, site: Site) -> App:
    listed = next(each for each in listed_reports(book) if "白鹭镇" in each.entry.report.file)
    names = {each.id: each for each in book.indicators}
    address = listed.address.rpartition("/")[2]
    html = report_html(
        listed.entry,
        listed.points,
        names=names,
        links=Links(root="../"),
        mode="app",
        token=TOKEN,
        address=address,
    )
    return App(html, site)


@pytest.fixture
def page(app: App, browser: Browser) -> Iterator[Page]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), app.handler())
    Thread(target=server.serve_forever, daemon=True).start()
    context = browser.new_context(locale="zh-CN", reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{server.server_port}/r/report.html")
    page.keyboard.press("n")
    yield page
    context.close()
    server.shutdown()
    server.server_close()


def sign(page: Page) -> None:
    page.locator("#person-name").fill("李强")
    page.keyboard.press("Enter")
    page.locator("dialog").wait_for(state="detached")


def test_a_decision_is_sent_with_the_token_and_nothing_is_left_to_be_saved(app: App, page: Page) -> None:
    app.answers = [(200, {"entered": 1, "faults": [], "told": []})]
    page.keyboard.press("a")
    sign(page)
    expect(page.locator("#told")).to_contain_text("已认可")
    ((token, body),) = app.sent
    assert token == TOKEN
    assert (body["format"], body["year"], body["person"]) == ("nianbao-decisions", 2024, "李强")
    (decision,) = body["decisions"]
    assert (decision["do"], decision["what"], decision["key"]) == ("accept", "figure", "penalty_cases")
    expect(page.locator("#save")).to_be_hidden()
    expect(page.locator(".where")).to_have_text("第 2 处 / 还有 4 处")


def test_what_is_refused_is_told_and_what_was_filled_in_is_there_to_be_mended(app: App, page: Page) -> None:
    app.answers = [
        (422, {"entered": 0, "faults": ["第1条：没有这份报告"]}),
        (500, {}),
        (200, {"entered": 1, "faults": []}),
        (200, {"entered": 1, "faults": []}),
    ]
    page.keyboard.press("c")
    page.locator(".amount").fill("39")
    page.keyboard.press("Enter")
    sign(page)
    fault = page.locator(".fault")
    expect(fault).to_have_text("第1条：没有这份报告")
    expect(page.locator(".amount")).to_have_value("39")
    page.keyboard.press("Enter")
    expect(fault).to_have_text("没有保存：服务返回 500")
    page.keyboard.press("Enter")
    expect(page.locator("#told")).to_contain_text("已记下更正")
    page.keyboard.press("u")
    expect(page.locator("#told")).to_have_text("已撤回上一条")
    values = [body["decisions"][0]["value"] for _, body in app.sent]
    assert values == ["39", "39", "39", "撤销"]


def test_where_nobody_answers_nothing_is_entered(app: App, page: Page) -> None:
    page.context.set_offline(True)
    page.keyboard.press("a")
    sign(page)
    expect(page.locator("#told")).to_contain_text("没有保存：连不上 nianbao serve")
    expect(page.locator("#tab-point .count")).to_have_text("5")
    assert app.sent == []
