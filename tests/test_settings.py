"""Settings come from the file and from variables, and what is wrong is said in one line."""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path

import pytest
from pydantic import ValidationError

from nianbao.errors import UsageError
from nianbao.limits import Limits
from nianbao.settings import Settings, load_settings


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.upper().startswith("NIANBAO_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def written(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "nianbao.toml"
    path.write_text(text, encoding)
    return path


def refused() -> str:
    with pytest.raises(UsageError) as caught:
        load_settings()
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_nothing_need_be_set() -> None:
    settings = load_settings()
    assert settings.model_dump() == {
        "store": None,
        "archive": None,
        "workers": None,
        "batch_size": 64,
        "file_seconds": 120,
        "scan_seconds": 3_600,
        "scan_workers": None,
        "office": None,
        "cache": None,
        **asdict(Limits()),
        "web_contact": None,
        "web_delay": 3.0,
        "web_daily": 500,
        "web_hours": None,
        "web_children": 4,
        "web_megabytes": 50,
        "web_seconds": 30,
        "web_private": False,
        "web_browser": None,
        "plugins": None,
        "disable": (),
        "publish": (),
        "mask": True,
        "engine": "processes",
        "dask_address": None,
        "results_url": None,
        "server_folder": None,
        "server_database": None,
        "notify": None,
        "trace_plugins": False,
    }
    assert 1 <= settings.worker_count <= (os.cpu_count() or 1)


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError):
        load_settings().workers = 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_the_file_in_the_working_directory_is_read(tmp_path: Path, encoding: str) -> None:
    written(
        tmp_path,
        "store = 'D:\\年报\\a.db'\nworkers = 3",
        encoding,
    )
    settings = load_settings()
    assert (settings.store, settings.workers, settings.worker_count) == ("D:\\年报\\a.db", 3, 3)


def test_another_folder_and_another_file_can_be_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sub").mkdir()
    written(tmp_path / "sub", "batch_size = 7")
    assert load_settings(tmp_path / "sub").batch_size == 7
    (tmp_path / "other.toml").write_text("batch_size = 8", "utf-8")
    monkeypatch.setenv("NIANBAO_CONFIG", str(tmp_path / "other.toml"))
    assert load_settings(tmp_path / "sub").batch_size == 8


def test_variables_win_over_the_file_and_empty_ones_count_for_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, "workers = 3\nbatch_size = 7\nfile_seconds = 9")
    monkeypatch.setenv("NIANBAO_WORKERS", "5")
    monkeypatch.setenv("NIANBAO_BATCH_SIZE", "")
    monkeypatch.setenv("NIANBAO_SOMETHING_ELSE", "x")
    settings = load_settings()
    assert (settings.workers, settings.batch_size, settings.file_seconds) == (5, 7, 9)


ALLOWED = (
    "可用的设置有 store、archive、workers、batch_size、file_seconds、scan_seconds、scan_workers、office、"
    f"cache、file_megabytes 等 {len(Settings.model_fields)} 项"
)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("worker = 3", "nianbao.toml：没有名为 worker 的设置（您是不是要写 workers？）"),
        ("batch-size = 3", "nianbao.toml：没有名为 batch-size 的设置（您是不是要写 batch_size？）"),
        ('["来源"]\na = 1', f"nianbao.toml：没有名为 来源 的设置（{ALLOWED}）"),
        ("workers = 0", "nianbao.toml 中的 workers：不能是 0（应为 1 至 1024 之间的整数）"),
        ("workers = 'four'", "nianbao.toml 中的 workers：不能是 “four”（应为 1 至 1024 之间的整数）"),
        (
            "web_hours = '晚上'",
            "nianbao.toml 中的 web_hours：不能是 “晚上”（应为时段，如 20:00-07:00）",
        ),
        (
            "engine = 'ray'",
            "nianbao.toml 中的 engine：不能是 “ray”（应为 processes、serial、dask 之一）",
        ),
        (
            "dask_address = '10.0.0.1'",
            "nianbao.toml 中的 dask_address：不能是 “10.0.0.1”（应为调度器的地址，如 tcp://127.0.0.1:8786）",
        ),
        (
            "results_url = 'files.example'",
            "nianbao.toml 中的 results_url：不能是 “files.example”（应为网址，如 https://files.example/nianbao/{out}/）",
        ),
        ("web_private = 'x'", "nianbao.toml 中的 web_private：不能是 “x”（应为 true 或 false）"),
        ("store = 3", "nianbao.toml 中的 store：不能是 3（应为文字）"),
    ],
)
def test_what_can_not_be_is_named_with_what_can(tmp_path: Path, text: str, line: str) -> None:
    written(tmp_path, text)
    assert refused() == line


def test_a_wrong_variable_is_named_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, "workers = 3")
    monkeypatch.setenv("NIANBAO_WORKERS", "many")
    assert refused() == "环境变量 NIANBAO_WORKERS：不能是 “many”（应为 1 至 1024 之间的整数）"


def test_a_file_that_is_not_toml_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, 'store = "D:\\年报\\a.db"')
    line = "nianbao.toml 第 1 行：设置文件的写法有误（文字须加引号；Windows 路径请用单引号，如 store = "
    assert refused().startswith(line)
    written(tmp_path, "store = '某县司法局.db'", "gb18030")
    assert refused() == "nianbao.toml：设置文件不是 UTF-8 编码（请另存为 UTF-8）"
    monkeypatch.setenv("NIANBAO_CONFIG", "没有.toml")
    assert refused() == "没有.toml：没有这个设置文件（请检查环境变量 NIANBAO_CONFIG）"


def test_the_settings_are_exactly_those_documented() -> None:
    documented = f"{Settings.__doc__}{Limits.__doc__}"
    assert all(f"{name}: " in documented for name in Settings.model_fields)
