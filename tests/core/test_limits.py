"""Bounds: the defaults, or what the settings make of them, and nothing heavy loaded for the defaults."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from nianbao.errors import UsageError
from nianbao.limits import CONFIG_FILE, Limits, is_anything_set, limits
from nianbao.settings import Settings


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    for name in [name for name in os.environ if name.upper().startswith("NIANBAO_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    limits.cache_clear()
    yield
    limits.cache_clear()


def test_where_nothing_is_set_the_defaults_hold() -> None:
    assert not is_anything_set()
    assert limits() == Limits()
    assert limits().file_bytes == 200 * 1024 * 1024


def test_the_file_and_variables_change_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / CONFIG_FILE).write_text("pages = 7\nfile_megabytes = 3", "utf-8")
    monkeypatch.setenv("NIANBAO_PAGES", "9")
    assert is_anything_set()
    assert limits() == Limits(pages=9, file_megabytes=3)
    assert limits().file_bytes == 3 * 1024 * 1024


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("pages = 0", "nianbao.toml 中的 pages：不能是 0（应为 1 至 100000 之间的整数）"),
        ("archive_depth = 11", "nianbao.toml 中的 archive_depth：不能是 11（应为 1 至 10 之间的整数）"),
        (
            "cache_megabytes = -1",
            "nianbao.toml 中的 cache_megabytes：不能是 -1（应为 0 至 1048576 之间的整数）",
        ),
        ("page = 3", "nianbao.toml：没有名为 page 的设置（您是不是要写 pages？）"),
    ],
)
def test_a_wrong_bound_is_named(tmp_path: Path, text: str, line: str) -> None:
    (tmp_path / CONFIG_FILE).write_text(text, "utf-8")
    with pytest.raises(UsageError) as caught:
        limits()
    assert str(caught.value) == line


def test_every_bound_is_a_setting_with_the_same_default() -> None:
    usual = {each.name: getattr(Limits(), each.name) for each in fields(Limits)}
    assert {name: Settings.model_fields[name].default for name in usual} == usual
    assert all(
        f"{name}: " in (Limits.__doc__ or "") or f"`{name}`" in (Limits.__doc__ or "") for name in usual
    )


def test_the_defaults_cost_no_pydantic(tmp_path: Path) -> None:
    code = "import sys; from nianbao.limits import limits; limits(); print('pydantic' in sys.modules)"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NIANBAO_")}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "False\n"
