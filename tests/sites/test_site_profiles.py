"""A profile becomes a record, and whatever is wrong in it is one Chinese line with its place."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from nianbao import UsageError
from nianbao.sites import Selectors, SiteProfile, Start, families, load_sites, read_sites, usual_titles

PROFILE = """\
region: "431299"
name: 岚溪县
sites:
  - name: 县政府门户网站
    family: trs
    start:
      2023: http://www.lanxi.example.cn/fzzf/2023/
      each: [http://www.lanxi.example.cn/fzzf/, http://www.lanxi.example.cn/tzgg/]
    issuers: 16
  - name: 司法局
    family: vsb
    start: https://sfj.lanxi.example.cn/fzzf.htm
    hosts: [file.lanxi.example.cn, "*.oss.example.cn"]
    rows: .right-list li
    titles: {wanted: [法治.*年报], unwanted: 乡贤}
"""


def test_a_profile_is_read() -> None:
    read = read_sites(PROFILE, "岚溪县.yml")
    assert (read.code, read.name, len(read.sites)) == ("431299", "岚溪县", 2)
    first, second = read.sites
    assert (first.name, first.family.name, first.issuers, first.allow_private) == (
        "县政府门户网站",
        "trs",
        16,
        False,
    )
    assert first.starts == (
        Start("http://www.lanxi.example.cn/fzzf/2023/", 2023),
        Start("http://www.lanxi.example.cn/fzzf/"),
        Start("http://www.lanxi.example.cn/tzgg/"),
    )
    assert first.hosts == ("www.lanxi.example.cn",)
    assert first.selectors == families()["trs"].selectors
    assert first.titles is usual_titles()
    assert second.hosts == ("sfj.lanxi.example.cn", "file.lanxi.example.cn", "oss.example.cn")
    assert second.issuers is None
    assert second.selectors.rows == (".right-list li",)
    assert second.selectors.following == ("span.p_next a[href]",)
    assert [pattern.pattern for pattern in second.titles.wanted] == ["法治.*年报"]
    assert second.titles.unwanted[:-1] == usual_titles().unwanted
    assert second.titles.unwanted[-1].pattern == "乡贤"


def test_ten_lines_are_enough(tmp_path: Path) -> None:
    path = tmp_path / "岚溪县.yml"
    path.write_text("\n".join(PROFILE.splitlines()[:9]), encoding="utf-8")
    assert load_sites(path).sites == read_sites(PROFILE, "x").sites[:1]
    with pytest.raises(UsageError, match="打不开站点配置"):
        load_sites(tmp_path / "没有.yml")


@pytest.mark.parametrize(
    ("year", "paths"),
    [
        (2023, ["fzzf/2023/", "fzzf/", "tzgg/"]),
        (2024, ["fzzf/", "tzgg/"]),
        (None, ["fzzf/2023/", "fzzf/", "tzgg/"]),
    ],
)
def test_start_pages_of_a_year(year: int | None, paths: list[str]) -> None:
    starts = read_sites(PROFILE, "x").sites[0].starts_of(year)
    assert [start.url.removeprefix("http://www.lanxi.example.cn/") for start in starts] == paths


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://sfj.lanxi.example.cn/info/1.htm", True),
        ("http://SFJ.lanxi.example.cn:8080/x", True),
        ("http://a.oss.example.cn/1.pdf", True),
        ("http://lanxi.example.cn/", False),
        ("http://evilsfj.lanxi.example.cn/", False),
        ("http://sfj.lanxi.example.cn.evil.example/", False),
        ("file:///etc/passwd", False),
        ("ftp://sfj.lanxi.example.cn/", False),
        ("javascript:void(0)", False),
        ("/info/1.htm", False),
    ],
)
def test_hosts_are_an_allow_list(url: str, *, allowed: bool) -> None:
    assert read_sites(PROFILE, "x").sites[1].allows(url) is allowed


SITE = """\
region: "4312"
name: 岚溪
sites:
  - name: 门户
    family: trs
    start: http://www.lanxi.example.cn/
"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("family: trs", "family: ucpa", "5 行：family 不能是 ucpa（是不是想写 ucap？）"),
        ("family: trs", "famly: trs", "5 行：没有 famly 这一项（是不是想写 family？）"),
        ("    family: trs\n", "", "4 行：缺少 family 这一项"),
        ("name: 岚溪\n", "name:\n", "2 行：name 没有内容"),
        ("name: 岚溪\n", "name: 岚溪\nname: 青溪\n", "3 行：name 出现了两次（请只留一处）"),
        ('"4312"', '"43125"', "1 行：region 应当是 2、4 或 6 位的区划代码，而不是 43125"),
        ("http://www.lanxi", "ftp://www.lanxi",
         "6 行：网址要以 http:// 或 https:// 开头：ftp://www.lanxi.example.cn/"),
        ("http://www.lanxi", "http://a:b@www.lanxi", "6 行：网址里不能写用户名或密码"),
        ("http://www.lanxi.example.cn/", "http://[::1", "6 行：网址写法不对：http://[::1"),
        ("http://www.lanxi.example.cn/", "http://127.0.0.1/",
         "6 行：不能采集内网地址：127.0.0.1（只有测试用的站点才可写 allow_private: true）"),
        ("http://www.lanxi.example.cn/", "{2o23: http://www.lanxi.example.cn/}",
         "6 行：start 下应当是年份或 each（各年通用），而不是 2o23"),
        ("http://www.lanxi.example.cn/", "[http://a.example.cn/, http://a.example.cn/]",
         "6 行：起始页写了两次：http://a.example.cn/（请只留一处）"),
        ("http://www.lanxi.example.cn/", "[]", "6 行：start 里没有起始页"),
        ("    family: trs", "    issuers: 许多\n    family: trs",
         "5 行：issuers 应当是 1 到 5000 的整数，而不是 许多"),
        ("    family: trs", "    allow_private: 也许\n    family: trs",
         "5 行：allow_private 应当是 true 或 false，而不是 也许"),
        ("    family: trs", "    rows: 'li >'\n    family: trs",
         "5 行：不是合格的 CSS 选择器：li >（例如 .list li、#zoom、a[href$='.pdf']）"),
        ("    family: trs", "    titles:\n      wanted: ['法治(']\n    family: trs",
         "6 行：不是合格的正则表达式：法治(（括号、方括号要成对）"),
        ("    family: trs", "    hosts: [http://a.example.cn/b]\n    family: trs",
         "5 行：hosts 只写主机名：http://a.example.cn/b（例如 www.example.gov.cn，不带 http:// 和路径）"),
        ("    family: trs", "    hosts: [a.example.cn, gov.cn]\n    family: trs",
         "5 行：主机名太宽：gov.cn（请写到具体的网站）"),
        ("sites:\n", "sites: []\nrest:\n", "5 行：没有 rest 这一项（可用的有：region、name、sites）"),
        ("  - name: 门户", "  - 门户\n  - name: 门户", "4 行：sites 应当写成“名称: 内容”的形式"),
        ("name: 岚溪\n", "name: [岚溪]\n", "2 行：name 应当是一段文字，而不是列表或映射"),
        ("name: 岚溪\n", "name: '岚溪\n", "7 行：不是合格的 YAML（请检查缩进、冒号和引号）"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_line_with_its_place(old: str, new: str, told: str) -> None:
    assert SITE.count(old) == 1
    with pytest.raises(UsageError) as caught:
        read_sites(SITE.replace(old, new), "甲.yml")
    assert str(caught.value) == f"甲.yml 第 {told}"


def test_two_sites_have_nothing_of_the_same() -> None:
    again = SITE + SITE.partition("sites:\n")[2]
    with pytest.raises(UsageError, match=r"第 7 行：有两个站点都叫 门户"):
        read_sites(again, "甲.yml")
    with pytest.raises(UsageError, match="第 7 行：起始页在两个站点里都有"):
        read_sites(again[: len(SITE)] + again[len(SITE) :].replace("门户", "又一个"), "甲.yml")


@pytest.mark.parametrize(
    "raw", [b"", b"# nothing\n", b"- 1\n", b"\xff\xfe\x00", b"a: [\n", b"a: !!python/object:x {}\n"]
)
def test_what_is_no_profile_at_all(raw: bytes) -> None:
    with pytest.raises(UsageError, match=r"甲\.yml"):
        read_sites(raw, "甲.yml")


@pytest.mark.parametrize("host", ["127.0.0.2", "10.1.2.3", "192.168.0.1", "169.254.1.1", "localhost", "127.1",
                                  "2130706433", "0x7f.1", "[::1]", "printer.local", "intranet"])  # fmt: skip
def test_private_addresses_are_for_tests_alone(host: str) -> None:
    told = SITE.replace("www.lanxi.example.cn", host)
    with pytest.raises(UsageError, match="不能采集内网地址"):
        read_sites(told, "甲.yml")
    allowed = read_sites(told + "    allow_private: true\n", "甲.yml").sites[0]
    assert allowed.allow_private
    assert allowed.hosts == (host.strip("[]"),)


def test_the_documentation_tells_every_key_and_family() -> None:
    told = (Path(__file__).resolve().parents[2] / "docs" / "sites.md").read_text(encoding="utf-8")
    fields = {each.name for each in dataclasses.fields(SiteProfile)} - {"starts", "selectors"}
    selectors = {each.name for each in dataclasses.fields(Selectors)}
    assert {
        name for name in fields | selectors | {"start"} | set(families()) if f"`{name}`" not in told
    } == set()
    block = told.partition("```yaml\n")[2].partition("```")[0]
    assert len(block.splitlines()) == 9
    assert read_sites(block, "x").sites == read_sites(PROFILE, "x").sites[:1]
