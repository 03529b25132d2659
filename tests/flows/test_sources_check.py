"""`nianbao sources check`: one polite look at each site of a profile, and what it says of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from loopback import Loopback, Part
from loopback.county import SITES

from connectors.sources.website.probes import ListProbe, PageProbe, SiteProbe
from flows import cli

# What is said of a site with a fault; nothing where it is fine.
TOLD = {
    "unavailable": "网站没有正常应答（状态码 503）",
    "forbidden": "被拦截：网站拒绝访问（状态码 403）",
    "gone": "页面不存在，栏目可能已撤销或迁移（状态码 404）",
    "soft-404": "页面不存在，栏目可能已撤销或迁移",
    "verification": "被拦截：网站要求验证，没有显示内容",
    "verification-521": "被拦截：网站要求验证，没有显示内容（状态码 521）",
    "moved": "网站可能已迁移：跳转到配置以外的地址",
    "moved-notice": "网站可能已迁移",
    "redesigned": "列表页可能已改版：找不到列表的行",
    "scripted": "列表页由脚本生成，需要浏览器才能显示",
    "emptied": "列表是空的",
    "redirect-loop": "网页反复跳转，超过 5 次",
    "cut-off": "网站没有正常应答：内容不完整",
    "short-length": "网页没有结尾，可能没有传完整",
    "robots-disallow": "网站的 robots.txt 不允许采集",
    "robots-error": "读不到 robots.txt（状态码 503），这次不采集",
    "cookie-once": "",
    "unasked-gzip": "",
    "stubbed": "",
}


@pytest.fixture(autouse=True)
def quick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in (("DELAY", "0"), ("SECONDS", "2"), ("MEGABYTES", "5")):
        monkeypatch.setenv(f"NIANBAO_WEB_{name}", value)


@pytest.fixture(scope="module")
def faulty() -> Iterator[tuple[Loopback, dict[str, str]]]:
    """A county of which every town's site has another fault; the keys of the sites by the faults."""
    with Loopback(more=len(TOLD)) as own:
        keys = {fault: f"many-{number:02d}" for number, fault in enumerate(TOLD, 1)}
        for fault, key in keys.items():
            own.fault(key, fault)
        yield own, keys


def write(text: str, name: str = "岚溪县.yml") -> str:
    Path(name).write_text(text, "utf-8")
    return name


def objects(told: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in told.splitlines()]


def test_every_family_shows_what_its_selectors_catch(
    loopback: Loopback, capfd: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["sources", "check", write(loopback.profile()), "--json"]) == 0
    seen = objects(capfd.readouterr().out)
    assert [each["site"] for each in seen] == [title for _, title in SITES.values()]
    for key, each in zip(SITES, seen, strict=True):
        site = loopback.sites[key]
        assert [shown["url"] for shown in each["lists"]] == loopback.starts(key)
        assert each["problems"] == []
        # robots.txt, the lists, the first answers of interfaces, one page: and each once.
        asked = [entry.target for entry in loopback.log.of(key)]
        interfaces = sum(shown["by_interface"] for shown in each["lists"])
        assert len(asked) == 1 + len(each["lists"]) + interfaces + (each["page"] is not None)
        assert len(set(asked)) == len(asked) or key == "xxgk"
        assert loopback.log.most_busy(key) == 1
        if key == "script":
            assert each["notes"] == [
                "列表页由脚本生成，需要浏览器才能显示；已写 browser: true，这里没有用浏览器看"
            ]
            continue
        for column, shown in zip(site.columns, each["lists"], strict=True):
            assert shown["fits"]
            assert shown["rows"] == shown["dated"] > 0
            assert shown["wanted"] + shown["unwanted"] + shown["unsure"] == shown["own"]
            assert shown["further"] >= 1
            known = {paper.title: f"{paper.published}" for paper in column.papers}
            titles = [title for title in shown["first"] if title["verdict"] == "wanted"]
            assert all(known[title["title"]] == title["day"] for title in titles)
        assert "法治" in each["page"]["title"]
        assert each["page"]["characters"] >= 300 or each["page"]["files"]
        assert bool(each["page"]["found_by"]) is (key != "plain")
    assert loopback.log.of("inner") == loopback.log.of("outside") == []
    assert [path.name for path in Path().iterdir()] == ["岚溪县.yml"]


def test_every_key_is_documented() -> None:
    told = (Path(__file__).resolve().parents[2] / "docs" / "cli.md").read_text("utf-8")
    section = told.partition("## nianbao sources\n")[2].partition("## nianbao store\n")[0]
    keys = {field.name for kind in (SiteProbe, ListProbe, PageProbe) for field in fields(kind)}
    assert {key for key in keys if f"`{key}`" not in section} == set()


def test_each_fault_is_told_and_the_other_sites_are_looked_at(
    faulty: tuple[Loopback, dict[str, str]], capfd: pytest.CaptureFixture[str]
) -> None:
    own, keys = faulty
    names = iter(keys.values())
    lines = own.profile(*keys.values()).splitlines()
    named = [f"{line} {next(names)}" if line.startswith("  - name:") else line for line in lines]
    assert cli.main(["sources", "check", write("\n".join(named)), "--json"]) == 1
    said = {each["site"].split()[-1]: each["problems"] for each in objects(capfd.readouterr().out)}
    for fault, key in keys.items():
        assert [told.startswith(TOLD[fault]) for told in said[key]] == [True] * bool(TOLD[fault]), fault
        assert own.log.most_busy(key) <= 1
    assert own.log.of("inner") == own.log.of("newhome") == own.log.of("outside") == []


def test_lists_that_a_browser_alone_shows_are_no_fault_where_the_profile_says_so(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with Loopback(scripted=True) as own:
        keys = [key for key in own.sites if key.startswith("shown-")]
        text = own.profile(*keys)
        names = iter(keys)
        named = "\n".join(
            f"{line} {next(names)}" if line.startswith("  - name:") else line for line in text.splitlines()
        )
        assert cli.main(["sources", "check", write(named), "--json"]) == 0
        seen = objects(capfd.readouterr().out)
        assert len(seen) == len(keys) > 3
        for each in seen:
            assert each["problems"] == []
            assert [note for note in each["notes"] if note.endswith("这里没有用浏览器看")]
        plain = named.replace("    browser: true\n", "").removesuffix("    browser: true")
        assert cli.main(["sources", "check", write(plain), "--json"]) == 1
        assert all(each["problems"] for each in objects(capfd.readouterr().out))
        assert own.log.of("inner") == own.log.of("outside") == []


def test_it_says_in_chinese_what_it_saw(loopback: Loopback, capfd: pytest.CaptureFixture[str]) -> None:
    text = loopback.profile("vsb", "gkmlpt").replace("family: vsb", "family: trs")
    assert cli.main(["sources", "check", write(text), "--year", "2023"]) == 1
    told = capfd.readouterr().out.splitlines()
    assert told[0] == "岚溪县司法局（拓尔思 TRS（海云），family: trs）：有问题"
    start = loopback.starts("vsb")[0]
    assert told[1:3] == [
        f"  列表 │ {start}",
        "       │ 列表页可能已改版：找不到列表的行",
    ]
    assert "       │ 网页特征像：vsb" in told
    assert "  问题 │ 列表页可能已改版：找不到列表的行，更像博达 VSB（family: vsb）" in told
    assert "岚溪县政府信息公开目录（南方网 信息公开目录（gkmlpt），family: gkmlpt）：正常" in told
    page = next(number for number, line in enumerate(told) if line.startswith("  网页 │ "))
    assert re.fullmatch(r"       │ 正文：\S+ 找到 \d+ 个汉字", told[page + 1])
    wanted = [line for line in told if "想要：" in line and "不想要：" not in line]
    assert wanted
    assert all("2023" in line for line in wanted)


def test_what_is_wrong_with_a_page_is_told(loopback: Loopback, capfd: pytest.CaptureFixture[str]) -> None:
    bare = loopback.profile("plain").replace("    family:", "    attachments: .none a\n    family:")
    assert cli.main(["sources", "check", write(bare)]) == 1
    told = "  问题 │ 报告页：正文的选择器没有找到正文，也没有附件；网页可能已改版"
    assert told in capfd.readouterr().out.splitlines()
    loopback.fault("plain", "moved-notice", part=Part.PAGE)
    assert cli.main(["sources", "check", write(loopback.profile("plain"))]) == 1
    assert "  问题 │ 报告页：网站可能已迁移" in capfd.readouterr().out.splitlines()


def test_what_can_t_be_looked_at_is_wrong_usage(
    loopback: Loopback, capfd: pytest.CaptureFixture[str]
) -> None:
    public = write(
        'region: "4312"\nname: 岚溪\nsites:\n  - name: 门户\n    family: trs\n    start: http://a.example.cn/\n'
    )
    for arguments, told in (
        ([], "错误：缺少参数“站点配置”"),
        (["没有.yml"], "错误：没有.yml：打不开站点配置"),
        ([public, "--year", "1990"], "错误：--year：年份 1990 不在"),
        ([public], "错误：岚溪县.yml：没有设置联系方式，不采集公开的网站"),
        ([write("sites: []\n", "坏.yml")], "错误：坏.yml 第 1 行：缺少 region 这一项"),
    ):
        assert cli.main(["sources", "check", *arguments]) == 2
        shown = capfd.readouterr()
        assert shown.err.startswith(told)
        assert shown.err.count("\n") == 1
        assert shown.out == ""
    assert list(loopback.log) == []
