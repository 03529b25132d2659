"""`nianbao plugin new --from-page`: a report's page begins a plugin, asked for once, or saved before."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
import yaml
from loopback import Kind, Loopback

from flows import cli
from nianbao.regions import load_profile

PAGE = """<!DOCTYPE html><html><head><meta charset="gb2312">
<title>{title}_示例县人民政府</title></head><body><div class="nav"><a href="/">首页</a></div>
<h1>{title}</h1><div id="zoom">{body}</div></body></html>"""
TITLE = "浙江省示例县示例镇2023年法治政府建设年度报告"
LINES = (
    "一、2023年度推进法治政府建设的主要举措和成效",
    "建成红色议事亭14个，发放惠企码券36张。调解矛盾纠纷31件。全年共办理行政执法案件120件。",
    "二、2023年度推进法治政府建设存在的不足和原因",
    "基层法治力量还不够强，执法人员的业务水平有待提高，普法的形式还不够丰富。",
    "三、2023年度党政主要负责人履行推进法治建设第一责任人职责情况",
    "主要负责人带头学法4次，召开法治建设专题会议3次，研究解决法治建设中的问题。",
    "四、2024年度推进法治政府建设的主要安排",
    "继续推进各项工作，把红色议事亭办到每一个村。",
)


class Site(ThreadingHTTPServer):
    """A folder on the loopback interface, and what was asked of it."""

    def __init__(self, folder: Path) -> None:
        self.asked: list[str] = []
        super().__init__(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))


class _Handler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  the base class names it so
        assert isinstance(self.server, Site)
        if format.startswith('"%s"'):
            self.server.asked.append(self.path)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    served = tmp_path / "site"
    served.mkdir()
    with Site(served) as running:
        thread = Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name, value in (("DELAY", "0"), ("SECONDS", "2"), ("PRIVATE", "1")):
        monkeypatch.setenv(f"NIANBAO_WEB_{name}", value)
    return folder


def page(*lines: str, title: str = TITLE) -> bytes:
    body = "".join(f"<p>{line}</p>" for line in lines)
    return PAGE.format(title=title, body=body).encode("gb2312")


def proposed(home: Path) -> dict[str, list[str]]:
    _, _, told = (home / "cards.yml").read_text("utf-8").partition("# 三、")
    cards = yaml.safe_load("\n".join(line.removeprefix("# ") for line in told.splitlines()[1:]))
    return {name: card["cues"][0]["head"] for name, card in cards.items()}


def test_an_address_is_asked_for_once_and_begins_a_plugin(
    site: Site, tmp_path: Path, work: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "site" / "report.html").write_bytes(page(*LINES))
    assert cli.main(["plugin", "new", "--from-page", f"http://127.0.0.1:{site.server_port}/report.html"]) == 0
    told = capfd.readouterr()
    assert told.err == ""
    assert "示例镇" in told.out
    assert "2023年度，4 个部分" in told.out
    assert site.asked == ["/robots.txt", "/report.html"]
    home = work / "nianbao-zhejiang" / "nianbao_zhejiang"
    assert list(work.iterdir()) == [home.parent]
    profile = (home / "profile.yml").read_text("utf-8")
    assert "# 样本网页的主机：127.0.0.1\n" in profile
    assert f"# {LINES[0]}\n" in profile
    assert proposed(home) == {"zhejiang.indicator_1": ["红色议事亭"], "zhejiang.indicator_2": ["惠企码券"]}
    assert load_profile(home / "profile.yml").code == "33"


def test_a_saved_page_begins_the_same(work: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (work / "存下的.html").write_bytes(page(*LINES))
    assert cli.main(["plugin", "new", "--from-page", "存下的.html", "--module", "zj"]) == 0
    assert capfd.readouterr().err == ""
    heads = proposed(work / "nianbao-zj" / "nianbao_zj")
    assert heads == {"zj.indicator_1": ["红色议事亭"], "zj.indicator_2": ["惠企码券"]}


def test_a_report_of_a_county_s_site_begins_a_plugin_of_its_province(loopback: Loopback, work: Path) -> None:
    listed = next(
        each
        for each in loopback.listed()
        if each.paper.kind is Kind.REPORT and each.paper.in_page and each.site == "trs"
    )
    assert cli.main(["plugin", "new", "湖南", "--from-page", listed.url]) == 0
    asked = [entry.target for entry in loopback.log.of("trs")]
    assert len(asked) == len(set(asked)) == 2
    profile = (work / "nianbao-hunan" / "nianbao_hunan" / "profile.yml").read_text("utf-8")
    assert "# 样本报告的各部分：\n" in profile


@pytest.mark.parametrize(
    ("name", "body", "status", "line"),
    [
        ("notice", page("请于3月5日到会。", title="关于召开会议的通知"), 2, "不是法治政府建设年度报告"),
        ("empty", b"", 3, "文件是空的"),
        ("gone", None, 2, "404"),
    ],
    ids=["notice", "empty", "gone"],
)
def test_a_page_that_is_no_report_is_one_line(
    site: Site, tmp_path: Path, work: Path, capfd: pytest.CaptureFixture[str],
    name: str, body: bytes | None, status: int, line: str,
) -> None:  # fmt: skip
    if body is not None:
        (tmp_path / "site" / f"{name}.html").write_bytes(body)
    address = f"http://127.0.0.1:{site.server_port}/{name}.html"
    assert cli.main(["plugin", "new", "--from-page", address]) == status
    [told] = capfd.readouterr().err.splitlines()
    assert told.startswith("错误：")
    assert address in told
    assert line in told
    assert list(work.iterdir()) == []


def test_no_network_is_one_line(work: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), SimpleHTTPRequestHandler) as closed:
        address = f"http://127.0.0.1:{closed.server_port}/a.html"
    assert cli.main(["plugin", "new", "浙江", "--from-page", address]) == 2
    [told] = capfd.readouterr().err.splitlines()
    assert told.startswith(f"错误：{address}：")
    assert list(work.iterdir()) == []
