"""A county's review, written once, and a browser that opens it from its folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from review_sample import corrections_of, county, yearbook_of
from review_site import Site, Visit

from nianbao.model import Entry, Yearbook
from outputs.review import publish

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def entries(tmp_path_factory: pytest.TempPathFactory) -> list[Entry]:
    return county(tmp_path_factory.mktemp("county"))


@pytest.fixture(scope="session")
def book(entries: list[Entry]) -> Yearbook:
    return yearbook_of(entries, corrections=corrections_of(entries, "白鹭镇"))


@pytest.fixture(scope="session")
def site(book: Yearbook, tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(publish(book, tmp_path_factory.mktemp("review"))[0].parent)


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Callable[..., Visit]]:
    """Open windows on the site; whatever a page complains of, or asks anybody for, fails the test."""
    visits: list[Visit] = []

    def begin(width: int = 1280) -> Visit:
        visits.append(Visit.begin(browser, site, width))
        return visits[-1]

    yield begin
    for each in visits:
        each.end()
