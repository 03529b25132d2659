"""Writes a drafted profile down, and the test that holds it against its page."""

from __future__ import annotations

import json
import re

from connectors.sources.website.drafting import Draft

# What YAML takes as it is; everything else is quoted.
_PLAIN = re.compile(r"[\u4e00-\u9fffA-Za-z][\w\u4e00-\u9fff（）-]*")
_WORDS = frozenset(("true", "false", "yes", "no", "on", "off", "null", "y", "n"))

_TEST = '''\
"""{profile} 读得出存下来的列表页：行、日期、想要的标题；由 nianbao sources new 写出，请核对。"""

from pathlib import Path

from connectors.sources.website.saved import saved_turn
from nianbao.sites import {imported}

HERE = Path(__file__).parent
SITE = load_sites(HERE / {profile!r}).sites[0]
TURN = saved_turn(SITE, HERE / {page!r}, {address!r})
'''
_TEST_ROWS = """
ROWS = [row for row in TURN.rows if row.is_own]
WANTED = {wanted}


def test_rows_are_caught():
    assert not TURN.is_guessed
    assert len(ROWS) == {count}
    assert sum(bool(row.day) for row in ROWS) == {dated}
    assert (ROWS[0].title, ROWS[0].day) == {first!r}


def test_titles_are_wanted():
    assert [row.title for row in ROWS if SITE.titles.judge(row.title) is Verdict.WANTED] == WANTED
"""
_TEST_INTERFACE = """

def test_the_interface_that_has_the_rows_is_known():
    assert TURN.rows == ()
    assert TURN.asks[0].url == {url!r}
"""


def profile_text(draft: Draft, code: str, region: str) -> str:
    """Return a profile (YAML).

    Args:
        draft: its site.
        code: the region's division code.
        region: its name.
    """
    site = draft.site
    lines = [
        "# 由 nianbao sources new 起草；请核对后用 nianbao sources check 试一次。",
        f"region: {json.dumps(code)}",
        f"name: {_scalar(region)}",
        "sites:",
        f"  - name: {_scalar(site.name)}",
        f"    family: {site.family.name}",
        f"    start: {_scalar(site.starts[0].url)}",
    ]
    if draft.issuers is not None:
        lines.append(f"    issuers: {draft.issuers} # 这一页上 {draft.year} 年的报告数")
    if len(site.hosts) > 1:
        lines.append(f"    hosts: [{', '.join(map(_scalar, site.hosts[1:]))}]")
    lines += [f"    {name}: {_scalar(selector)}" for name, selector in draft.own.items()]
    lines += [f"    {name}: true" for name in ("browser", "allow_private") if getattr(site, name)]
    return "\n".join(lines) + "\n"


def test_text(draft: Draft, profile: str, page: str) -> str:
    """Return the test that holds a profile against its page.

    Args:
        draft: what is expected.
        profile: the name of the profile's file, beside the test.
        page: the name of the page's file, beside the test.
    """
    imported = "load_sites" if draft.by_interface else "Verdict, load_sites"
    address = draft.site.starts[0].url
    text = _TEST.format(profile=profile, page=page, address=address, imported=imported)
    if draft.by_interface:
        return text + _TEST_INTERFACE.format(url=draft.turn.asks[0].url)
    titles = [row.title for row in draft.wanted]
    wanted = "".join(f"    {title!r},\n" for title in titles)
    return text + _TEST_ROWS.format(
        wanted=f"[\n{wanted}]" if titles else "[]",
        count=len(draft.rows),
        dated=sum(bool(row.day) for row in draft.rows),
        first=(draft.rows[0].title, draft.rows[0].day),
    )


def _scalar(text: str) -> str:
    is_plain = _PLAIN.fullmatch(text) and text.lower() not in _WORDS
    return text if is_plain else json.dumps(text, ensure_ascii=False)
