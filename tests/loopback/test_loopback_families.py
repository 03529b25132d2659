"""Each site is what it claims: the family's recipe finds all of a list, and its pages and files are read."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from urllib.parse import urljoin

import pytest

from connectors.readers import html
from nianbao import Document, Download, Fact, FactName, Filing
from nianbao.manager import registry
from nianbao.model import Field
from nianbao.steps import make_context, process_download

from . import COUNTY, YEARS, Kind, Listed, Loopback
from .client import ask, links_of, walk
from .county import SITES, build, keys
from .exchange import Asked
from .files import attachment, file_name
from .papers import FORMS, UNPUBLISHED
from .sites import Column

WALKED = [name for name in SITES if name != "script"]


def download(url: str, data: bytes, name: str) -> Download:
    facts = (Fact(FactName.URL, url, "transfer"),)
    return Download(Filing("website", url, name, facts), data, hashlib.sha256(data).hexdigest(), facts=facts)


def page_of(listed: Listed) -> Document:
    return html.read_html(download(listed.url, ask(listed.url).body, listed.paper.title))


def facts(document: Document, name: FactName) -> list[str]:
    return [fact.value for fact in document.facts if fact.name is name]


def columns(loopback: Loopback, site: str) -> list[tuple[Column, str]]:
    return list(zip(loopback.sites[site].columns, loopback.starts(site), strict=True))


@pytest.mark.parametrize("site", WALKED)
def test_the_recipe_of_its_family_finds_every_page_of_a_list(loopback: Loopback, site: str) -> None:
    own = loopback.sites[site]
    for column, start in columns(loopback, site):
        wanted = {loopback.url(site, own.page_path(column, paper)) for paper in column.papers}
        found = set(links_of(own.family, start))
        assert wanted <= found
        beyond = {link for link in found - wanted if "/gate/big5/" not in link}
        is_by_interface = own.family in ("gkmlpt", "hanweb-xxgk")
        expected = (
            {loopback.url("outside", "/dt/1.html")} if column.outside and not is_by_interface else set()
        )
        assert beyond == expected


@pytest.mark.parametrize("site", WALKED)
def test_a_list_has_several_pages(loopback: Loopback, site: str) -> None:
    own = loopback.sites[site]
    assert max(len(list(walk(own.family, start))) for start in loopback.starts(site)) >= 2


def test_it_is_as_large_as_a_county(loopback: Loopback) -> None:
    sites = [site for site in loopback.sites.values() if site.name in SITES]
    pages = [url for site in sites for _, _, url in site.addresses()]
    assert len(pages) == len(set(pages)) >= 400
    reports = [each for each in loopback.listed() if not each.stray]
    assert len({each.paper.issuer.name for each in reports}) == 16
    assert {each.paper.year for each in reports} == set(YEARS)
    assert len(reports) == 16 * 4 - len(UNPUBLISHED)
    assert {each.paper.form for each in reports if not each.paper.in_page} == set(FORMS)


def test_the_same_seed_gives_the_same_bytes() -> None:
    bases = {key: f"http://{key}" for key in keys()}
    told = []
    for seed in (7, 7, 8):
        site = build(bases, seed=seed)["nfcms"]
        column = site.columns[0]
        targets = [site.start(column), *(site.page_path(column, paper) for paper in column.papers)]
        told.append([site.reply(Asked("GET", target)).body for target in targets])
    assert told[0] == told[1]
    assert told[0] != told[2]


@pytest.mark.parametrize("site", SITES)
def test_pages_are_read_with_their_title_and_day(loopback: Loopback, site: str) -> None:
    for listed in loopback.listed():
        if listed.site != site:
            continue
        paper = listed.paper
        document = page_of(listed)
        assert paper.title in facts(document, FactName.TITLE)
        assert str(paper.published) in facts(document, FactName.PUBLISHED)[0].replace("/", "-")
        if paper.in_page:
            assert set(paper.lines[1:]) <= set(document.text.split("\n"))
        else:
            assert "详见附件" in document.text


@pytest.mark.parametrize("site", SITES)
def test_attachments_are_what_pages_link_to(loopback: Loopback, site: str) -> None:
    for listed in loopback.listed():
        if listed.site != site or not listed.paper.form:
            continue
        document = page_of(listed)
        links = facts(document, FactName.ATTACHMENT)
        assert len(links) == 1
        address = urljoin(listed.url, links[0].split()[0])
        got = ask(address, headers={"Referer": listed.url})
        assert (got.status, got.body) == (200, attachment(listed.paper))


def test_the_reports_in_pages_and_files_make_a_yearbook(loopback: Loopback) -> None:
    by_form = {each.paper.form: each for each in loopback.listed() if not each.paper.in_page}
    by_site = {each.site: each for each in loopback.listed() if each.paper.in_page}
    context = make_context()
    read = []
    for form, listed in by_form.items():
        if form != "zip":
            given = download(listed.url, attachment(listed.paper), file_name(listed.paper))
            read.append((listed, process_download(registry(), given, context).reports[0]))
    for listed in by_site.values():
        given = download(listed.url, ask(listed.url).body, f"{listed.paper.title}.html")
        read.append((listed, process_download(registry(), given, context).reports[0]))
    assert len(read) == 5 + len(SITES)
    for listed, report in read:
        assert report.year == listed.paper.year
        assert listed.paper.issuer.name in str(report.value(Field.ISSUER))
        assert len(report.figures) >= 15


def test_other_papers_stand_beside_the_reports(loopback: Loopback) -> None:
    for site in loopback.sites.values():
        if site.name in SITES:
            kinds = {paper.kind for column in site.columns for paper in column.papers}
            assert kinds == set(Kind)


def test_a_column_has_another_issuers_report_and_a_list_cuts_titles(loopback: Loopback) -> None:
    strays = [(each.site, each.paper.issuer.name) for each in loopback.listed() if each.stray]
    assert strays == [("trs", "石榴坪镇"), ("vsb", COUNTY)]
    assert any(each.paper.cut and each.paper.shown.endswith("…") for each in loopback.listed())


def test_pages_of_three_columns_lie_about_their_charset(loopback: Loopback) -> None:
    first = {each.paper.issuer.slug: each for each in loopback.listed() if not each.stray}
    told = {}
    for slug in ("slpz", "yjj", "mzj", "yqdz"):
        got = ask(first[slug].url)
        declared = re.search(rb'<meta charset="([^"]+)"', got.body)
        assert declared is not None
        real = "gb18030" if slug in ("slpz", "mzj") else "utf-8"
        assert first[slug].paper.title in got.body.decode(real)
        told[slug] = (real, declared[1].decode(), got.headers["content-type"])
    assert told == {
        "slpz": ("gb18030", "gb2312", "text/html"),
        "yjj": ("utf-8", "utf-8", "text/html; charset=ISO-8859-1"),
        "mzj": ("gb18030", "utf-8", "text/html"),
        "yqdz": ("utf-8", "utf-8", "text/html"),
    }
    with pytest.raises(UnicodeDecodeError):
        ask(first["slpz"].url).body.decode("gb2312")


def test_a_mirror_in_traditional_characters_repeats_a_report(loopback: Loopback) -> None:
    mirrored = [link for link in links_of("trs", loopback.starts("trs")[0]) if "/gate/big5/" in link]
    assert len(mirrored) == 1
    assert "鎮" in ask(mirrored[0]).text
    assert ask(re.sub("/gate/big5/[^/]+", "", mirrored[0])).status == 200


def test_search_of_open_government_information_mixes_columns(loopback: Loopback) -> None:
    form = {"divid": "div1206", "currpage": "1"}
    got = ask(loopback.url("xxgk", "/module/xxgk/search.jsp"), form=form)
    assert {re.findall(r"/art_(\d+)_", link)[0] for link in got.links} == {"1206", "1500"}
    assert ask(loopback.url("xxgk", "/module/xxgk/search.jsp?divid=div1206")).status == 404


def test_dataproxy_may_read_the_page_alone(loopback: Loopback) -> None:
    proxy = loopback.url("jpage", "/module/web/jpage/dataproxy.jsp")
    form = {"columnid": "1205", "unitid": "423656", "startrecord": "10", "endrecord": "18", "perpage": "9"}
    second = ask(proxy, form=form).links
    assert second != ask(proxy, form={**form, "startrecord": "1", "endrecord": "9"}).links
    assert (
        second == ask(proxy, form={"columnid": "1205", "unitid": "423656", "perpage": "9", "page": "2"}).links
    )
    assert ask(proxy, form={"columnid": "1205", "unitid": "1"}).status == 404


def test_dataproxy_of_some_sites_does_not_look_at_startrecord(loopback: Loopback) -> None:
    proxy = loopback.url("jpage", "/module/web/jpage/dataproxy.jsp")
    form = {"columnid": "1205", "unitid": "423656", "startrecord": "10", "endrecord": "18", "perpage": "9"}
    second = ask(proxy, form=form).links
    loopback.fault("jpage", "page-only")
    assert ask(proxy, form=form).links == ask(proxy, form={**form, "page": "1"}).links != second
    assert ask(proxy, form={**form, "page": "2"}).links == second
    assert len(links_of("hanweb-jpage", loopback.starts("jpage")[0])) > 20


def test_the_page_unit_counts_pages_within_its_parameter_alone(loopback: Loopback) -> None:
    start = loopback.starts("jpaas")[0]
    unit = loopback.url("jpaas", "/api-gateway/jpaas-publish-server/front/page/build/unit")
    assert json.loads(ask(f"{unit}?pageId=1207&pageNo=2").body)["success"] is False
    told = list(walk("hanweb-jpaas", start))
    assert len(told) >= 2
    assert told[0] != told[1]


def test_list_pages_of_vsb_are_numbered_downwards(loopback: Loopback) -> None:
    pages = list(walk("vsb", loopback.starts("vsb")[0]))
    paths = [page.url.rpartition("/fzzfjs")[2] for page in pages if not isinstance(page, list)]
    assert paths == [".htm", *(f"/{number}.htm" for number in range(len(pages) - 1, 0, -1))]


def test_attachments_of_vsb_want_to_know_where_one_comes_from(loopback: Loopback) -> None:
    listed = next(each for each in loopback.listed() if each.site == "vsb" and each.paper.form)
    path = loopback.sites["vsb"].file_path(loopback.sites["vsb"].columns[0], listed.paper)
    got = ask(loopback.url("vsb", path))
    assert got.status == 200
    assert "附件下载" in got.text


def test_interfaces_of_ucap_want_a_referer(loopback: Loopback) -> None:
    assert ask(loopback.url("ucap", "/getChannelList?channelCode=c001203")).status == 403


def test_the_text_of_some_pages_of_gkmlpt_stands_in_a_script(loopback: Loopback) -> None:
    site = loopback.sites["gkmlpt"]
    odd = next(url for _, paper, url in site.addresses() if paper.number % 2 and paper.in_page)
    text = ask(odd).text
    assert 'class="article-content"' not in text
    assert r"\u003Cp" in text


def test_rows_that_a_script_shows_are_not_in_the_markup(loopback: Loopback) -> None:
    got = ask(loopback.starts("script")[0])
    assert got.links == []
    packed = re.search(r'atob\("([^"]+)"\)', got.text)
    assert packed is not None
    rows = json.loads(base64.b64decode(packed[1]))
    # One row leads to another host.
    assert len(rows) == len(loopback.sites["script"].columns[0].papers) + 1
    assert ask(urljoin(got.url, rows[0][1])).status == 200
