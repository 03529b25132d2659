"""What stands where a page should is told by its markup, at no cost; links lead where every program says."""

from __future__ import annotations

import json
import time

import pytest

from connectors.sources.website.asks import Ask, Role
from connectors.sources.website.faces import Cause, list_cause, trouble_of, words_of
from connectors.sources.website.rows import whole
from connectors.sources.website.walks import turn_of
from nianbao.sites import read_sites

START = "http://www.lanxi.example.cn/fzzf/"
PROFILE = """region: "431299"
name: 岚溪县
sites:
  - {name: 门户, family: generic, start: "http://www.lanxi.example.cn/fzzf/"}
"""


@pytest.mark.parametrize("opening", ["<script ", "<style ", "<", "<div "])
def test_what_is_opened_and_never_closed_costs_no_time(opening: str) -> None:
    markup = f"<p>法治政府</p>{opening * 20_000}"
    begun = time.process_time()
    assert words_of(markup) == "法治政府"
    assert list_cause(markup) is Cause.EMPTY
    assert trouble_of(200, markup) == ""
    assert time.process_time() - begun < 1


@pytest.mark.parametrize(
    ("family", "role", "beginning"),
    [
        ("hanweb-jpage", Role.LIST, "totalRecord : 1 , perPage : 1 "),
        ("hanweb-jpage", Role.DATA, "<record><![CDATA["),
        ("hanweb-jpaas", Role.LIST, 'url="a" queryData="{'),
        ("hanweb-jpaas", Role.DATA, 'class="pagination" '),
        ("ucap", Role.LIST, "createPageHTML('a',1,1,"),
        ("gkmlpt", Role.LIST, "window._CONFIG = {"),
        ("trs", Role.LIST, "createPageHTML("),
    ],
)
def test_a_list_that_begins_over_and_over_costs_no_time(family: str, role: Role, beginning: str) -> None:
    site = read_sites(PROFILE.replace("generic", family), "x.yml").sites[0]
    text = beginning * 20_000
    if family == "hanweb-jpaas" and role is Role.DATA:
        text = json.dumps({"data": {"html": text}})
    memo = (("page", "1"), ("unit", "a"), ("query", ""), ("total", "1"), ("size", "1"), ("begin", "1"))
    begun = time.process_time()
    assert turn_of(site, Ask(START, role, START, memo=memo), text).rows == ()
    assert time.process_time() - begun < 2


def test_a_script_s_words_are_not_shown() -> None:
    assert words_of("<b>一</b><SCRIPT>var a = '<p>二';</SCRIPT>三<style>p{}</style>四<b") == "一三四"


@pytest.mark.parametrize(
    "href",
    [
        *("http://a:b@www.lanxi.example.cn/", "http://www.lanxi.example.cn\\@inner.example.cn/"),
        *("http://www.lanxi.example.cn:99999/", "http://www.lanxi.example.cn:0/", "http://www lanxi.cn/"),
    ],
)
def test_links_that_programs_read_differently_are_none(href: str) -> None:
    assert whole("http://www.lanxi.example.cn/", href) == ""
    assert whole("http://www.lanxi.example.cn/", "//www.lanxi.example.cn:8080/a") != ""
