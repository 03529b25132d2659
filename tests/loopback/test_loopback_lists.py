"""What befalls a site's lists: emptied, repeating, ending too soon, redesigned."""

from __future__ import annotations

import pytest

from . import Loopback
from .client import Got, ask, links_of, walk

WALKABLE = ["trs", "ucap", "jpage", "xxgk", "jpaas", "gkmlpt", "nfcms", "vsb", "plain"]


@pytest.mark.parametrize("site", WALKABLE)
def test_a_list_may_be_empty_where_reports_were(loopback: Loopback, site: str) -> None:
    start, family = loopback.starts(site)[0], loopback.sites[site].family
    assert len(links_of(family, start)) > 20 or site in ("trs", "xxgk")
    loopback.fault(site, "emptied")
    assert ask(start).status == 200
    assert links_of(family, start) == []


def further(site: str, start: str, number: int) -> Got:
    """Return a further page of a list, by its address."""
    address = {
        "trs": f"{start}index_{number - 1}.html",
        "ucap": start.replace("list", f"list_{number}"),
        "nfcms": f"{start}index_{number}.html",
        "plain": f"{start}?page={number}",
    }[site]
    return ask(address)


@pytest.mark.parametrize("site", ["trs", "ucap", "nfcms", "plain"])
def test_a_list_may_repeat_loop_or_end_too_soon(loopback: Loopback, site: str) -> None:
    start = loopback.starts(site)[0]
    first = further(site, start, 2)
    loopback.fault(site, "repeating")
    assert further(site, start, 2).links == further(site, start, 40).links == ask(start).links
    loopback.fault(site, "looping")
    pages = [further(site, start, number).links for number in range(2, 12)]
    assert first.links in pages[1:]
    assert all(pages)
    loopback.fault(site, "capped")
    assert (ask(start).status, further(site, start, 2).status) == (200, 404)
    loopback.fault(site, "stubbed")
    stub = further(site, start, 2)
    assert (stub.status, stub.links) == (200, [])
    assert 300 <= len(stub.body) <= 400


@pytest.mark.parametrize("site", ["jpage", "xxgk", "jpaas", "gkmlpt"])
def test_what_an_interface_tells_may_repeat_or_end_too_soon(loopback: Loopback, site: str) -> None:
    start, family = loopback.starts(site)[0], loopback.sites[site].family
    whole = links_of(family, start)
    for name in ("repeating", "capped"):
        loopback.fault(site, name)
        told = [each.links if isinstance(each, Got) else each for each in walk(family, start)]
        repeated = len(told) > 1 and all(links == told[0] for links in told)
        assert len(links_of(family, start)) < len(whole)
        assert repeated == (name == "repeating")


def test_dataproxy_may_keep_what_it_has(loopback: Loopback) -> None:
    loopback.fault("jpage", "stubbed")
    form = {"columnid": "1205", "unitid": "423656", "perpage": "9", "page": "2"}
    assert len(ask(loopback.url("jpage", "/module/web/jpage/dataproxy.jsp"), form=form).body) == 54


def test_the_next_page_of_vsb_may_be_the_first(loopback: Loopback) -> None:
    start = loopback.starts("vsb")[0]
    loopback.fault("vsb", "looping")
    last = start.replace(".htm", "/1.htm")
    assert '<a href="../fzzfjs.htm">下页</a>' in ask(last).text


@pytest.mark.parametrize("name", ["redesigned", "scripted"])
@pytest.mark.parametrize("site", WALKABLE)
def test_a_list_may_be_redesigned_or_left_to_a_script(loopback: Loopback, site: str, name: str) -> None:
    start = loopback.starts(site)[0]
    loopback.fault(site, name)
    got = ask(start)
    assert got.status == 200
    assert got.links == []
    assert ("加载更多" if name == "redesigned" else "atob(") in got.text
