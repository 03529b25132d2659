"""The command line: help, errors, exit statuses, and what `extract` prints."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from flows import cli
from nianbao.steps import SHANGHAI

TEXT = """{place}2023年度法治政府建设情况报告

一、2023年度法治政府建设主要举措和成效
全年调解各类矛盾纠纷{count}件，召开法治建设专题会议4次。

二、存在的不足和原因
队伍力量不足。

三、党政主要负责人履行推进法治建设第一责任人职责情况
主要负责人带头学法2次。

四、2024年度法治政府建设主要安排
继续推进。
"""


def write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "报告"
    write(folder, "甲.txt", TEXT.format(place="青川县临溪镇人民政府", count=31))
    write(folder, "乙.txt", TEXT.format(place="青川县临溪镇人民政府", count=28).replace("2023", "2022"))
    return folder


def run_python(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *arguments]
    environment = os.environ | {"PYTHONUTF8": "1", "COLUMNS": "80"}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False, **options)


@pytest.mark.parametrize(
    "command",
    [
        (),
        ("run",),
        ("extract",),
        ("read",),
        ("identify",),
        ("explain",),
        ("evaluate",),
        ("check",),
        ("status",),
        ("runs",),
        ("waivers",),
        ("plugins",),
        ("plugins", "list"),
        ("plugin",),
        ("sources",),
    ],
)
def test_help_is_in_chinese(command: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([*command, "--help"]) == 0
    shown = capsys.readouterr().out
    words = set(re.findall(r"(?<![\w/.-])[A-Za-z]{3,}", shown.replace("--", "-")))
    assert words <= {
        "nianbao",
        "run",
        "extract",
        "read",
        "identify",
        "explain",
        "evaluate",
        "check",
        "status",
        "server",
        "deploy",
        "notify",
        "correct",
        "diff",
        "form",
        "runs",
        "corrections",
        "review",
        "serve",
        # The engines.
        "Dask",
        "dask",
        "processes",
        "serial",
        "waivers",
        "store",
        "plugins",
        "plugin",
        "sources",
        "new",
        "test",
        "accept",
        "list",
        "import",
        "export",
        "withdraw",
        "JSON",
        "YAML",
        "db",
        "jsonl",
        "zip",
        "docx",
    }
    assert "用法：nianbao" in shown
    assert "显示这段说明" in shown


def test_help_comes_at_once_and_imports_next_to_nothing() -> None:
    code = (
        "import sys; from flows import cli; cli.main(['run', '--help']);"
        "print(*{name.split('.')[0] for name in sys.modules}, file=sys.stderr)"
    )
    done = run_python("-c", code)
    heavy = {"prefect", "sqlalchemy", "pandas", "numpy", "lxml", "yaml", "docx", "xlsxwriter", "scrapy"}
    assert not heavy & set(done.stderr.split())
    # Of our own modules, too, next to none: a rule or a reader has no part in help.
    assert not {"plugins", "connectors", "outputs"} & set(done.stderr.split())


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--version"]) == 0
    assert re.fullmatch(r"nianbao \d+\.\d+\.\d+\S*\n", capsys.readouterr().out)


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ("run", "错误：缺少参数“报告位置”（用法见 nianbao run --help）"),
        ("run 某处", "错误：缺少选项 --out（用法见 nianbao run --help）"),
        ("run 某处 --ouy 结果", "错误：没有选项 --ouy，是不是 --out？（用法见 nianbao run --help）"),
        ("run 某处 --out", "错误：选项 --out 后面缺少值（用法见 nianbao --help）"),
        (
            "run 某处 --out 结果 --year 去年",
            "错误：选项 --year 的值不对，应为整数（用法见 nianbao run --help）",
        ),
        ("run 某处 --out 结果 --workers 0", "错误：--workers：至少要有 1 个进程"),
        ("run 某处 别处 --out 结果", "错误：多余的参数 别处（用法见 nianbao run --help）"),
        ("plugins list 甲", "错误：多余的参数 甲（用法见 nianbao plugins list --help）"),
        (
            "start",
            (
                "错误：没有命令 start，可用的命令：run、extract、read、identify、explain、evaluate、"
                "check、serve、status、correct、diff、form、runs、server、deploy、notify、plugins、plugin、review、sources、"
                "corrections、waivers、store"
                "（用法见 nianbao --help）"
            ),
        ),
        ("extract", "错误：缺少参数“文件或文件夹”（用法见 nianbao extract --help）"),
        (
            "extract 某处 --region 乌有",
            "错误：--region：没有名为“乌有”的地区",
        ),
    ],
)
def test_a_wrong_call_is_one_line_and_status_2(
    arguments: str, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(arguments.split()) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert told.err.startswith(line)


@pytest.mark.parametrize("year", ["1990", "2003", "later"])
@pytest.mark.parametrize("command", ["run", "extract"])
def test_an_impossible_year(
    command: str, year: str, reports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from datetime import datetime

    now = datetime.now(SHANGHAI).year
    given = str(now + 1) if year == "later" else year
    options = ["--out", str(tmp_path / "结果")] if command == "run" else []
    assert cli.main([command, str(reports), "--year", given, *options]) == 2
    expected = f"错误：--year：年份 {given} 不在 2004–{now} 之间（请写报告所属的年度，如 2023）\n"
    assert capsys.readouterr().err == expected
    assert not (tmp_path / "结果").exists()


@pytest.mark.parametrize("command", ["run", "extract"])
def test_a_folder_that_is_missing_or_empty(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--out", str(tmp_path / "结果")] if command == "run" else []
    (tmp_path / "空").mkdir()
    for name in ("没有", "空"):
        assert cli.main([command, str(tmp_path / name), *options]) == 2
        told = capsys.readouterr()
        assert told.out == ""
        assert told.err.startswith(f"错误：{tmp_path / name}：")
        assert told.err.count("\n") == 1


def test_run_refuses_what_can_be_refused_before_any_work(
    reports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["run", str(reports), "--out", str(reports)]) == 2
    assert "结果不能写进报告所在的文件夹" in capsys.readouterr().err
    assert cli.main(["run", str(reports), "--out", str(reports / "甲.txt")]) == 2
    assert "这是一个文件，不是文件夹" in capsys.readouterr().err
    out = tmp_path / "结果"
    assert cli.main(["run", str(reports), "--out", str(out), "--roster", str(tmp_path / "名单.xlsx")]) == 2
    assert capsys.readouterr().err.startswith(f"错误：{tmp_path / '名单.xlsx'}：")
    assert not out.exists()


def test_extract_prints_one_object_a_report(reports: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["extract", str(reports), "--with-text"]) == 0
    told = capfd.readouterr()
    rows = [json.loads(line) for line in told.out.splitlines()]
    assert [(Path(row["file"]).name, row["status"], row["year"]) for row in rows] == [
        ("乙.txt", "complete", 2022),
        ("甲.txt", "complete", 2023),
    ]
    assert told.err == ""
    assert {o["indicator"]: o["value"] for o in rows[1]["observations"]}["disputes_mediated"] == 31
    for row in rows:
        for found in [*row["observations"], *row["numerals"]]:
            assert row["text"][found["start"] : found["end"]] == found["quote"]


def test_extract_names_what_a_year_drops(reports: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["extract", str(reports), "--year", "2023"]) == 0
    told = capfd.readouterr()
    assert [Path(json.loads(line)["file"]).name for line in told.out.splitlines()] == ["甲.txt"]
    assert told.err == f"不是 2023 年度的报告，没有输出：{reports / '乙.txt'}（2022）\n"


def test_extract_keeps_on_after_an_unreadable_file(reports: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (reports / "丙.docx").write_bytes(b"PK\x03\x04 cut short")
    assert cli.main(["extract", str(reports)]) == 1
    rows = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert sorted(row["status"] for row in rows) == ["complete", "complete", "unreadable"]


def test_extract_takes_a_file_once(reports: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["extract", str(reports / "甲.txt"), str(reports)]) == 0
    rows = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert [Path(row["file"]).name for row in rows] == ["甲.txt", "乙.txt"]


def test_extract_of_many_files_keeps_their_order_and_knows_no_prefect(tmp_path: Path) -> None:
    paths = [
        write(tmp_path / "多", f"{n:03}.txt", TEXT.format(place="青川县临溪镇", count=n))
        for n in range(1, 36)
    ]
    code = (
        "import sys; from flows import cli\n"
        "if __name__ == '__main__':\n"
        "    status = cli.main(['extract', sys.argv[1]])\n"
        "    loaded = {name.split('.')[0] for name in sys.modules}\n"
        "    print(loaded & {'prefect', 'sqlalchemy'}, file=sys.stderr)\n"
        "    sys.exit(status)\n"
    )
    script = write(tmp_path, "script.py", code)
    done = run_python(str(script), str(tmp_path / "多"))
    assert (done.returncode, done.stderr) == (0, "set()\n")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["file"] for row in rows] == [str(path) for path in paths]


def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    for number in range(12):
        write(tmp_path, f"{number}.txt", TEXT.format(place="青川县临溪镇", count=number) * 40)
    command = [sys.executable, "-m", "flows.cli", "extract", str(tmp_path), "--with-text"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


def test_plugins_are_listed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    assert cli.main(["plugins", "list"]) == 0
    shown = capsys.readouterr().out
    assert "source-folder" in shown
    assert "来源：folder" in shown
    assert "正常" in shown
