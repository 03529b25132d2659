from __future__ import annotations

import pytest

from nianbao.divisions import Surroundings, divisions
from nianbao.divisions.hosts import is_named_for, spelled_by


@pytest.mark.parametrize(
    ("host", "code", "named"),
    [
        ("www.xuwen.gov.cn", "440825", True),
        ("jjj.luan.gov.cn", "3415", True),  # an office's site below its city's, of a name with a rare reading
        ("www.dingxixian.gov.cn", "6211", True),  # with its ending
        ("hbdaye.gov.cn", "420281", True),  # behind its province's initials
        ("www.cnlongxi.gov.cn", "621122", True),
        ("www.gdhf.gov.cn", "441521", True),  # by initials
        ("www.hzsc.gov.cn", "330102", True),
        ("wasg.jmsqjq.gov.cn", "230804", True),
        ("www.hzsc.gov.cn", "330105", False),
        ("www.xuwen.com", "440825", False),  # no government's site
        ("www.lw.gov.cn", "440103", False),  # two letters are anybody's
        ("www.gd.gov.cn", "44", False),
    ],
)
def test_host_and_name(host: str, code: str, named: bool) -> None:
    table = divisions()
    division = table.by_code(code)
    assert division is not None
    assert is_named_for(host, division, table.ancestors(division)) is named


def test_places_spelled() -> None:
    assert [d.name for d in spelled_by("www.lianhu.gov.cn", divisions())] == ["莲湖区"]
    assert {d.code for d in spelled_by("www.xincheng.gov.cn", divisions())} == {"150102", "451321", "610102"}
    assert spelled_by("www.lianhu.com", divisions()) == ()


@pytest.mark.parametrize(
    ("name", "around", "code"),
    [
        ("下洋镇", Surroundings(host="www.xuwen.gov.cn"), "440825"),
        ("下洋镇", Surroundings(), None),
        ("中村乡", Surroundings(host="ynlf.gov.cn"), "532302"),
        # Nobody is named: the site's county, of the rank that the text tells.
        ("区财政局", Surroundings(host="www.lianhu.gov.cn"), "610104"),
        ("县财政局", Surroundings(host="www.lianhu.gov.cn"), None),
        ("", Surroundings(host="www.lianhu.gov.cn", rank="省"), None),
        ("", Surroundings(host="www.xincheng.gov.cn"), None),
        # A site that reposts another's report is not where its issuer sits.
        ("徐闻县水利局", Surroundings(host="www.lianhu.gov.cn"), "440825"),
        ("青溪县水利局", Surroundings(host="www.lianhu.gov.cn"), None),
    ],
)
def test_host_places_a_name(name: str, around: Surroundings, code: str | None) -> None:
    division = divisions().resolve(name, around).division
    assert (division.code[:6] if division else None) == code
