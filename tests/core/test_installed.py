"""Which of the installed plugins are loaded: what the settings leave out, and what tracing tells."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from flows.commands.plugins import HOOKS
from nianbao.manager import RECORD_HOOKS

SAMPLE = (
    Path(__file__).resolve().parents[2] / "samples" / "reports" / "青石滩镇2023年法治政府建设年度报告.docx"
)

SOUND = """
from nianbao import DocumentKind, Extractor, ReportKind, hookimpl
from nianbao.model import IndicatorInfo


@hookimpl
def nianbao_extractors():
    yield Extractor("quiet", frozenset({"disclosure.counted"}), lambda document, context: ())


@hookimpl
def nianbao_kinds():
    counted = IndicatorInfo("disclosure.counted", "公开件数", "", "count", "count", "件", "公开件数")
    yield ReportKind(DocumentKind.DISCLOSURE_REPORT, "政府信息公开工作年度报告", (counted,))
"""
TRACED = r"\[插件 (?P<plugin>\S+)\] (?P<call>\S+) \d+\.\d 毫秒(?:，.+)?"


def nianbao(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONUTF8": "1", "COLUMNS": "160", "NO_COLOR": "1"} | variables
    return subprocess.run(
        [sys.executable, "-m", "flows.cli", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def stranger(folder: Path, name: str, source: str = "") -> str:
    """Install a plugin package into a folder that goes onto the search path."""
    told = folder / f"{name}-1.2.dist-info"
    told.mkdir(parents=True)
    (folder / f"{name}.py").write_text(source, "utf-8")
    (told / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.2\n", "utf-8")
    (told / "entry_points.txt").write_text(f"[nianbao]\nregion-{name} = {name}\n", "utf-8")
    return str(folder)


def rows(listed: str, name: str) -> list[str]:
    return [line for line in listed.splitlines() if f" {name} " in line]


def test_a_disabled_plugin_is_listed_as_such_and_does_nothing(tmp_path: Path) -> None:
    (tmp_path / "nianbao.toml").write_text('disable = ["indicators"]', "utf-8")
    listed = nianbao(tmp_path, "plugins", "list", "--check")
    assert listed.returncode == 0
    assert "已停用" in rows(listed.stdout, "indicators")[0]
    assert "已停用" not in rows(listed.stdout, "outline")[0]
    done = nianbao(tmp_path, "extract", str(SAMPLE))
    assert '"observations": []' in done.stdout


def test_of_other_packages_only_those_named_are_loaded(tmp_path: Path) -> None:
    path = stranger(tmp_path / "site", "alpha")
    stranger(tmp_path / "more", "beta")
    search = os.pathsep.join((path, str(tmp_path / "more"), str(SAMPLE.parents[2])))
    both = nianbao(tmp_path, "plugins", "list", PYTHONPATH=search)
    assert "已停用" not in both.stdout
    one = nianbao(tmp_path, "plugins", "list", PYTHONPATH=search, NIANBAO_PLUGINS="region-alpha")
    assert "已停用" not in rows(one.stdout, "region-alpha")[0]
    assert "已停用" in rows(one.stdout, "region-beta")[0]
    assert "已停用" not in rows(one.stdout, "indicators")[0]


def test_the_list_tells_what_each_brings_and_what_is_wrong(tmp_path: Path) -> None:
    path = os.pathsep.join(
        (
            stranger(tmp_path / "site", "sound", SOUND),
            stranger(tmp_path / "more", "broken", "raise ValueError('nothing works')"),
            str(SAMPLE.parents[2]),
        )
    )
    plain = nianbao(tmp_path, "plugins", "list", PYTHONPATH=path)
    checked = nianbao(tmp_path, "plugins", "list", "--check", PYTHONPATH=path)
    assert (plain.returncode, checked.returncode) == (0, 1)
    assert plain.stdout == checked.stdout
    [sound], [broken] = rows(plain.stdout, "region-sound"), rows(plain.stdout, "region-broken")
    assert [cell.strip() for cell in sound.split("│")[1:-1]] == [
        "region-sound", "1.2", "sound", "提取：quiet", "正常"
    ]  # fmt: skip
    at = plain.stdout.splitlines().index(sound)
    assert "报告种类：disclosure-report" in plain.stdout.splitlines()[at + 1]
    assert "ValueError: nothing works" in broken
    # What is left out can't fail; its package's name does as well as its own.
    (tmp_path / "nianbao.toml").write_text("plugins = []", "utf-8")
    left = nianbao(tmp_path, "plugins", "list", "--check", PYTHONPATH=path, NIANBAO_DISABLE="broken")
    assert left.returncode == 0
    assert "已停用" in rows(left.stdout, "region-broken")[0]
    assert "已停用" in rows(left.stdout, "region-sound")[0]


def test_every_hook_that_yields_records_has_a_name_in_the_list() -> None:
    assert HOOKS.keys() == RECORD_HOOKS.keys()


def test_a_plugin_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    done = nianbao(tmp_path, "plugins", "list", NIANBAO_DISABLE="reader-scam,outline")
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "错误：设置 disable：没有安装名为 reader-scam 的插件（您是不是要写 reader-scan？）"
    ]


def test_tracing_tells_calls_and_changes_nothing(tmp_path: Path) -> None:
    plain = nianbao(tmp_path, "extract", str(SAMPLE))
    traced = nianbao(tmp_path, "extract", str(SAMPLE), NIANBAO_TRACE_PLUGINS="1")
    assert traced.stdout == plain.stdout
    told = [re.fullmatch(TRACED, line) for line in traced.stderr.splitlines() if line.startswith("[插件")]
    calls = {(found["plugin"], found["call"]) for found in told if found is not None}
    assert len(told) > len(calls) > 10
    assert None not in told
    assert calls >= {
        ("source-folder", "folder.fetch"),
        ("reader-docx", "docx.read"),
        ("indicators", "indicators.extract"),
        ("check-arithmetic", "arithmetic.check"),
        ("settle", "nianbao_settle"),
    }
    assert "[插件" not in plain.stderr
