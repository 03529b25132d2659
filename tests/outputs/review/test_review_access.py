"""WCAG 2.1 A and AA by axe-core, on each kind of page and in its states, at both widths."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from review_site import NARROW, WIDE, Visit

Begin = Callable[..., Visit]
# Styles are read as they are; fetching them anew would be against the page's policy.
_RULES = {"preload": False, "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
STATES = ("list", "figure", "finding", "correct", "settled", "findings", "help", "name", "done")
NARROW_STATES = ("list", "finding", "waive", "figures")


def violations(page: Page) -> list[str]:
    """Return what axe-core finds, one line each; its script is run apart from the page's policy."""
    found = Axe().run(page, options=_RULES).response["violations"]
    return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]


def arrive(window: Visit, state: str) -> None:
    if state == "list":
        window.open()
        return
    window.open("青松镇" if state == "done" else "白鹭镇")
    keys = {"figure": "n", "finding": "nnn", "correct": "nc", "waive": "nnnw", "help": "?", "name": "na"}
    window.press(*keys.get(state, ""))
    if state in ("figures", "findings"):
        window.page.locator(f"#tab-{state}").click()
    if state == "settled":
        window.press("n", "a")
        window.sign()
        window.page.evaluate("nianbao.look(nianbao.report.points[1])")


def test_it_is_told_what_is_wrong(visit: Begin) -> None:
    page = visit().open()
    page.evaluate("""document.querySelector("h1").replaceChildren(document.createElement("img"))""")
    assert [each.partition(":")[0] for each in violations(page)] == ["image-alt"]


@pytest.mark.parametrize(
    ("state", "width"), [(each, WIDE) for each in STATES] + [(each, NARROW) for each in NARROW_STATES]
)
def test_a_page_has_no_violation(visit: Begin, state: str, width: int) -> None:
    window = visit(width)
    arrive(window, state)
    assert violations(window.page) == []
