"""`nianbao sources new`: a list page becomes a profile that loads, is tried, and has a test that passes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from loopback import Loopback
from loopback.client import ask
from loopback.county import SITES

from flows import cli
from nianbao.sites import load_sites

OF_COUNTY = ("--region", "431299", "--name", "岚溪县", "--allow-private")
FILES = ("岚溪县.html", "岚溪县.yml", "test_岚溪县.py")
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, value in (("DELAY", "0"), ("SECONDS", "2"), ("MEGABYTES", "5")):
        monkeypatch.setenv(f"NIANBAO_WEB_{name}", value)
    return tmp_path


def new(*arguments: str) -> int:
    return cli.main(["sources", "new", *arguments])


def run_tests(folder: Path) -> subprocess.CompletedProcess[str]:
    told = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(folder)]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(told, cwd=folder, env=env, capture_output=True, text=True, check=False)


def listing(county: str, *, rows: int = 12, address: str = "") -> str:
    shown = "".join(
        f'<li><a href="/c/{number}.html">{county}第{number}镇2023年度法治政府建设情况报告</a>'
        f"<span>2024-01-{number + 10}</span></li>"
        for number in range(1, rows + 1)
    )
    saved = f"<!-- saved from url=(0040){address} -->" if address else ""
    return (
        f'<!DOCTYPE html><html>{saved}<head><meta charset="gb2312">'
        f"<title>法治政府建设_{county}人民政府</title></head>"
        f'<body><div class="zw"><ul>{shown}</ul></div></body></html>'
    )


@pytest.mark.parametrize("site", [name for name in SITES if name != "script"])
def test_every_family_s_page_becomes_a_profile_that_works(
    loopback: Loopback, folder: Path, site: str, capfd: pytest.CaptureFixture[str]
) -> None:
    start = loopback.starts(site)[0]
    Path("列表.htm").write_bytes(ask(start).body)
    assert new("列表.htm", "--address", start, *OF_COUNTY) == 0
    told = capfd.readouterr().out
    assert sorted(path.name for path in folder.iterdir()) == sorted((*FILES, "列表.htm"))
    assert Path("岚溪县.html").read_bytes() == Path("列表.htm").read_bytes()
    region = load_sites(Path("岚溪县.yml"))
    own = loopback.sites[site]
    assert (region.code, region.name, region.sites[0].name) == ("431299", "岚溪县", own.title)
    assert region.sites[0].family.name == (own.family if site != "plain" else "generic")
    assert region.sites[0].starts[0].url == start
    assert f"（family: {region.sites[0].family.name}）" in told
    assert run_tests(folder).returncode == 0
    assert cli.main(["sources", "check", "岚溪县.yml"]) == 0


def test_an_address_is_asked_for_once(
    loopback: Loopback, folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    start = loopback.starts("vsb")[0]
    assert new(start, *OF_COUNTY, "--out", "司法局.yml") == 0
    assert [entry.target for entry in loopback.log.of("vsb")] == [
        "/robots.txt",
        start.removeprefix(loopback.bases["vsb"]),
    ]
    assert capfd.readouterr().out.splitlines()[-1] == "接着请运行：nianbao sources check 司法局.yml"
    assert sorted(path.name for path in folder.iterdir()) == ["test_司法局.py", "司法局.html", "司法局.yml"]
    assert Path("司法局.html").read_bytes() == ask(start).body


def test_a_county_that_the_table_knows_needs_no_options(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    address = "http://www.mayang.example.cn/fzzf/"
    Path("列表.html").write_bytes(listing("麻阳苗族自治县", address=address).encode("gb18030"))
    assert new("列表.html") == 0
    told = capfd.readouterr().out.splitlines()
    assert told[0] == "地区：麻阳苗族自治县（431226），依据网站名称“麻阳苗族自治县人民政府”"
    assert told[1] == f"网站：麻阳苗族自治县人民政府，{address}"
    assert "行：12 行，12 行有日期（系统默认的选择器）；想要的标题 12 个" in told
    assert "  还有 7 个" in told
    assert "猜不出：是哪种系统，按 generic 写；正文的选择器（body）要看报告页" in told
    assert "请核对：应有 12 个单位的报告（issuers），是这一页上 2023 年的报告数" in told
    assert "猜不出：没有看到后面的列表页" in told
    region = load_sites(Path("麻阳苗族自治县.yml"))
    assert (region.code, region.sites[0].issuers, region.sites[0].allow_private) == ("431226", 12, False)
    assert run_tests(folder).returncode == 0


def test_the_test_fails_when_the_page_is_no_longer_read(folder: Path) -> None:
    Path("列表.html").write_text(listing("麻阳苗族自治县", address="http://a.example.cn/f/"), "utf-8")
    assert new("列表.html", "--browser", "--out", "麻阳.yml") == 0
    assert load_sites(Path("麻阳.yml")).sites[0].browser
    Path("麻阳.html").write_text(listing("麻阳苗族自治县", rows=7), "utf-8")
    done = run_tests(folder)
    assert done.returncode == 1
    assert "2 failed" in done.stdout


def test_files_are_not_written_over_unless_told(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    Path("麻阳.html").write_text(listing("麻阳苗族自治县", address="http://a.example.cn/f/"), "utf-8")
    Path("麻阳.yml").write_text("别人的", "utf-8")
    # The page itself may be the copy beside the profile.
    assert new("麻阳.html", "--out", "麻阳.yml") == 2
    assert capfd.readouterr().err == "错误：文件已经存在：麻阳.yml（请换一个 --out，或加 --force 覆盖）\n"
    assert Path("麻阳.yml").read_text("utf-8") == "别人的"
    assert not Path("test_麻阳.py").exists()
    assert new("麻阳.html", "--out", "麻阳.yml", "--force") == 0
    assert load_sites(Path("麻阳.yml")).code == "431226"
    assert new("麻阳.html", "--out", "没有/麻阳.yml") == 2
    assert capfd.readouterr().err == "错误：没有：没有这个文件夹（请先新建）\n"


def test_what_can_t_be_drafted_is_one_line(
    loopback: Loopback, folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for fault, key in (
        ("verification", "trs"),
        ("forbidden", "ucap"),
        ("soft-404", "nfcms"),
        ("moved", "plain"),
    ):
        loopback.fault(key, fault)
    start = {name: loopback.starts(name)[0] for name in SITES}
    Path("空.html").write_bytes(b"")
    Path("报告.pdf").write_bytes(b"%PDF-1.7\n")
    Path("岚溪.html").write_text(listing("岚溪县", address="http://www.lanxi.example.cn/f/"), "utf-8")
    Path("无网址.html").write_text(listing("麻阳苗族自治县"), "utf-8")
    for arguments, told in (
        (["空.html"], "空.html：文件是空的（"),
        (["报告.pdf"], "报告.pdf：这是 PDF，不是网页（"),
        (["没有.html"], "没有.html：打不开网页："),
        (["无网址.html"], "无网址.html：网页里没有写它原来的网址（请用 --address 写出）"),
        (["岚溪.html"], "http://www.lanxi.example.cn/f/：看不出这个网站是哪个地区的（网站名称：“岚溪县人民政府”）"),
        (["岚溪.html", "--region", "431299"], "--region：区划表里没有 431299，或不止一处（"),
        (["岚溪.html", "--region", "431226", "--address", "http://127.0.0.1/x/"],
         "岚溪.html：不能采集内网地址：127.0.0.1（"),
        (["http://www.lanxi.example.cn/f/"], "http://www.lanxi.example.cn/f/：没有设置联系方式，不采集公开的网站（"),
        (["http://127.0.0.1/"], "不能采集内网地址：127.0.0.1（"),
        ([start["script"], *OF_COUNTY],
         f"{start['script']}：列表页由脚本生成，需要浏览器才能显示；站点配置里要写 browser: true（"),
        ([start["trs"], *OF_COUNTY], f"{start['trs']}：这不是列表页：被拦截：网站要求验证"),
        ([start["ucap"], *OF_COUNTY], f"{start['ucap']}：被拦截：网站拒绝访问（状态码 403）"),
        ([start["nfcms"], *OF_COUNTY], f"{start['nfcms']}：这不是列表页：页面不存在"),
        ([start["plain"], *OF_COUNTY], f"{start['plain']}：网站可能已迁移：跳转到配置以外的地址"),
    ):  # fmt: skip
        assert new(*arguments) == 2, arguments
        shown = capfd.readouterr()
        assert shown.err.startswith(f"错误：{told}")
        assert shown.err.count("\n") == 1
        assert shown.out == ""
    assert not [path for path in folder.iterdir() if path.suffix in (".yml", ".py")]
    assert loopback.log.of("newhome") == []
