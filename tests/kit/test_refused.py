"""What an author may get wrong: one clear Chinese line each, the right exit status, and no traces."""

from __future__ import annotations

from pathlib import Path

import pytest
from plugin_packages import package

from flows import cli
from nianbao.kit.asking import Answers, ask
from nianbao.kit.conformance import golden_checks
from nianbao.kit.locating import locate
from nianbao.kit.request import Task, request_for
from nianbao.kit.scaffold import names_of, scaffold

PROJECT = '[project]\nname = "nianbao-odd"\n\n[project.entry-points.nianbao]\n'


@pytest.fixture(autouse=True)
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(capfd: pytest.CaptureFixture[str]) -> str:
    [line] = capfd.readouterr().err.splitlines()
    assert line.startswith("错误：")
    return line


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["浙红"], "区划表里没有“浙红”"),
        (["鼓楼区"], "有几处叫“鼓楼区”"),
        (["--code", "99"], "区划表里没有“99”"),
        (["浙江", "--module", "class"], "模块名 class 不合写法"),
        (["浙江", "--out", "没有的文件夹"], "没有这个文件夹"),
        ([], "没有写是哪个地区"),
        (["浙江", "--from-file", "没有.txt"], "没有这个文件或文件夹"),
        (["浙江", "--from-page", "没有.html"], "没有这个文件或文件夹"),
        (["--from-file", "甲.txt", "--from-page", "乙.html"], "只能写一个"),
        (["浙江", "--from-page", "ftp://example.org/a.html"], "ftp://example.org/a.html"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_can_not_be_begun(
    work: Path, capfd: pytest.CaptureFixture[str], arguments: list[str], line: str
) -> None:
    assert cli.main(["plugin", "new", *arguments]) == 2
    assert line in told(capfd)
    assert list(work.iterdir()) == []


def test_a_folder_that_exists_is_told_before_anything_is_read(
    work: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    kept = work / "nianbao-zhejiang" / "mine.txt"
    kept.parent.mkdir()
    kept.write_text("mine", "utf-8")
    # The page is never asked for: nothing would answer.
    assert cli.main(["plugin", "new", "浙江", "--from-page", "http://127.0.0.1:9/a.html"]) == 2
    assert "已经存在，不会覆盖" in told(capfd)
    assert [path.name for path in kept.parent.iterdir()] == ["mine.txt"]


def test_a_region_that_a_plugin_covers_already_is_told_with_what_to_do(
    work: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["plugin", "new", "江苏"]) == 0
    said = capfd.readouterr().out
    assert "已装的插件 region-jiangsu 也管 江苏省" in said
    setting = next(line.strip() for line in said.splitlines() if line.strip().startswith("disable"))
    assert cli.main(["plugin", "accept", "nianbao-jiangsu", "--yes"]) == 3
    assert "已由插件 region-jiangsu 使用" in told(capfd)
    (work / "nianbao.toml").write_text(setting, "utf-8")
    assert cli.main(["plugin", "accept", "nianbao-jiangsu", "--yes"]) == 0
    assert '"jiangsu.law_stations": {' in capfd.readouterr().out


def test_a_report_that_tells_no_region_is_one_line(work: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (work / "通知.txt").write_text("关于召开会议的通知", "utf-8")
    assert cli.main(["plugin", "new", "--from-file", "通知.txt"]) == 2
    assert "通知.txt：不是法治政府建设年度报告" in told(capfd)
    assert [path.name for path in work.iterdir()] == ["通知.txt"]


@pytest.mark.parametrize("command", ["test", "accept"])
@pytest.mark.parametrize(
    ("project", "line"),
    [
        (None, "没有 pyproject.toml"),
        ("[project", "不是合格的 TOML"),
        ("project = 3", "没有 nianbao 的入口"),
        ('[project]\nname = "odd"', "没有 nianbao 的入口"),
        (PROJECT + "odd = 3", "入口 odd 写的不是模块：3"),
        (PROJECT + 'odd = "not a module"', "入口 odd 写的不是模块：not a module"),
        (b"\xff\xfe", "不是 UTF-8 文字"),
    ],
    ids=["none", "cut", "no table", "no entry", "a number", "words", "bytes"],
)
def test_a_folder_that_is_no_plugin(
    work: Path, capfd: pytest.CaptureFixture[str], command: str, project: str | bytes | None, line: str
) -> None:
    if project is not None:
        data = project if isinstance(project, bytes) else project.encode()
        (work / "pyproject.toml").write_bytes(data)
    assert cli.main(["plugin", command, "."]) == 2
    assert line in told(capfd)


def test_no_such_plugin(capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["plugin", "test", "no-such-plugin"]) == 2
    assert "没有名为“no-such-plugin”的插件" in told(capfd)


def test_nothing_to_accept_of_what_has_no_reports_or_does_not_load(
    work: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    home = package(work, "raise RuntimeError('nothing works')\n")
    assert cli.main(["plugin", "accept", str(home)]) == 2
    assert "没有示例报告" in told(capfd)
    reports = home / "tests" / "reports"
    reports.mkdir(parents=True)
    (reports / "报告.txt").write_text("报告", "utf-8")
    assert cli.main(["plugin", "accept", str(home), "--yes"]) == 3
    assert "RuntimeError: nothing works" in told(capfd)
    assert [path.name for path in reports.iterdir()] == ["报告.txt"]


def test_goldens_that_miss_something_are_told(work: Path) -> None:
    names = names_of("云南")
    scaffold(names, work)
    reports = work / names.package / "tests" / "reports"
    [report] = reports.iterdir()
    (reports / "没了.txt.expected.json").write_text("[]", "utf-8")
    (reports / ".DS_Store").write_bytes(b"\0")
    (reports / "~$锁.docx").write_bytes(b"\0")
    plugin = locate(str(work / names.package))
    checks = golden_checks(plugin, ask(request_for(plugin, Task.GOLDENS), seed=1), Answers())
    broken = {check.name: check.problems for check in checks if not check.passed}
    assert broken == {
        "示例报告与预期一致": (
            "没了.txt.expected.json：没有与它对应的报告",
            f"{report.name}：没有 {report.name}.expected.json，请先运行 nianbao plugin accept",
        )
    }
