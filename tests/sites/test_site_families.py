"""What families.yml says of the publishing systems holds on the sites that the loopback site plays."""

from __future__ import annotations

import re
from urllib.parse import urljoin

import pytest
from loopback import Loopback
from loopback.client import ask, walk
from loopback.county import SITES
from selectolax.lexbor import LexborHTMLParser

from nianbao.sites import GENERIC, Verdict, families, recognise, usual_titles
from nianbao.sites.families import SELECTORS, Family

# The family of each site's profile; a list that a script shows is of none.
FAMILIES = {name: site.family if site.family in families() else GENERIC for name, (site, _) in SITES.items()}
IN_MARKUP = ["trs", "ucap", "nfcms", "vsb", "plain"]


def text_of(url: str) -> str:
    charset = "gb18030" if "/slpz/" in url or "/mzj/" in url else "utf-8"
    return ask(url).body.decode(charset)


def first_match(tree: LexborHTMLParser, selectors: tuple[str, ...]) -> list:
    return next((found for selector in selectors if (found := tree.css(selector))), [])


@pytest.mark.parametrize("site", [name for name in SITES if FAMILIES[name] != GENERIC])
def test_a_list_page_tells_its_family(loopback: Loopback, site: str) -> None:
    for start in loopback.starts(site):
        assert [family.name for family in recognise(text_of(start))] == [FAMILIES[site]]


def test_a_list_page_of_no_family_tells_none(loopback: Loopback) -> None:
    for site in ("plain", "script"):
        assert recognise(text_of(loopback.starts(site)[0])) == ()


def test_links_tell_a_family_where_signs_do_not() -> None:
    assert [each.name for each in recognise("", ["http://a.example.cn/info/1021/3344.htm"])] == ["vsb"]
    assert recognise("", ["http://a.example.cn/news.html"]) == ()


@pytest.mark.parametrize("site", SITES)
def test_the_addresses_of_its_pages_are_known(loopback: Loopback, site: str) -> None:
    own = loopback.sites[site]
    family = families()[FAMILIES[site]]
    assert all(family.is_page(url) for _, _, url in own.addresses())
    if FAMILIES[site] != GENERIC:
        assert not any(family.is_page(start) for start in loopback.starts(site))


@pytest.mark.parametrize("site", ["trs", "ucap"])
def test_further_pages_are_told_by_a_script(loopback: Loopback, site: str) -> None:
    family = families()[site]
    for start in loopback.starts(site):
        walked = [page.url for page in walk(site, start) if not isinstance(page, list)]
        assert [start, *family.further_pages(text_of(start), start)] == walked


def test_scripts_that_tell_too_much_are_bounded() -> None:
    trs = families()["trs"]
    assert (
        len(trs.further_pages('createPageHTML(99999, 0, "index", "html");', "http://a.example.cn/b/")) == 499
    )
    assert trs.further_pages('createPageHTML(1, 0, "index", "html");', "http://a.example.cn/b/") == ()
    assert trs.further_pages("", "http://a.example.cn/b/") == ()


@pytest.mark.parametrize("site", IN_MARKUP)
def test_rows_and_days_of_a_list_are_found(loopback: Loopback, site: str) -> None:
    selectors = families()[FAMILIES[site]].selectors
    own = loopback.sites[site]
    for column, start in zip(own.columns, loopback.starts(site), strict=True):
        rows = first_match(LexborHTMLParser(text_of(start)), selectors.rows)
        wanted = own.rows(column)[: own.rows_a_page]
        assert [row.css_first("a").attributes["href"] for row in rows] == [row.href for row in wanted]
        for row, known in zip(rows, wanted, strict=True):
            day = first_match(LexborHTMLParser(f"<table>{row.html}</table>"), selectors.dates)
            assert re.sub(r"\D", "", day[-1].text()) == f"{known.day:%Y%m%d}"


@pytest.mark.parametrize("site", ["nfcms", "vsb", "plain"])
def test_links_to_further_pages_are_found(loopback: Loopback, site: str) -> None:
    selectors = families()[FAMILIES[site]].selectors
    start = loopback.starts(site)[0]
    links = first_match(LexborHTMLParser(text_of(start)), selectors.following)
    second = list(walk(FAMILIES[site] if site != "plain" else "plain", start))[1]
    assert not isinstance(second, list)
    assert second.url in [urljoin(start, link.attributes["href"]) for link in links]


@pytest.mark.parametrize("site", SITES)
def test_bodies_and_attachments_are_found(loopback: Loopback, site: str) -> None:
    selectors = families()[FAMILIES[site]].selectors
    own = loopback.sites[site]
    for column, paper, url in own.addresses():
        if FAMILIES[site] == "gkmlpt" and (paper.number % 2 or not paper.in_page):
            continue
        tree = LexborHTMLParser(text_of(url))
        links = [link.attributes["href"] for link in first_match(tree, selectors.attachments)]
        assert [urljoin(url, link) for link in links] == (
            [loopback.url(site, own.file_path(column, paper))] if paper.form else []
        )
        if FAMILIES[site] != GENERIC:
            assert paper.title in first_match(tree, selectors.body)[0].text()


def test_the_usual_titles_keep_all_reports_and_nothing_else(loopback: Loopback) -> None:
    judged = {
        (paper.kind.value, usual_titles().judge(paper.title))
        for site in loopback.sites.values()
        for column in site.columns
        for paper in column.papers
    }
    assert {kind for kind, verdict in judged if verdict is Verdict.WANTED} == {"report"}
    assert {verdict for kind, verdict in judged if kind == "report"} == {Verdict.WANTED}
    assert all(usual_titles().judge(each.paper.shown) is not Verdict.UNWANTED for each in loopback.listed())


@pytest.mark.parametrize("family", families().values(), ids=families())
def test_the_selectors_of_a_family_are_sound(family: Family) -> None:
    page = LexborHTMLParser("<p></p>")
    told = [each for name in SELECTORS for each in getattr(family.selectors, name)]
    assert all(page.css(selector) == [] for selector in told)
