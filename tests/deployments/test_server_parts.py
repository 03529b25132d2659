"""The parts of `nianbao server` by themselves: what they refuse, each in one line."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tools import ROOT

from flows.operating.environment import client_environment, server_environment
from flows.operating.home import Home


def part(*arguments: str, folder: Path, **given: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return subprocess.run(
        [sys.executable, "-m", "flows.operating.parts", *arguments],
        env=environment | {"PYTHONUTF8": "1", "NIANBAO_SERVER_FOLDER": str(folder / "home")} | given,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.fixture
def files(tmp_path: Path) -> Path:
    for name, text in (("good", "nianbao:word\n"), ("bad", "word"), ("database", "geheim")):
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("worker",), 2, "缺少选项 --server"),
        (("worker", "--server", "server:4200"), 2, "--server server:4200：不是网址"),
        (("worker", "--server", "http://127.0.0.1:9", "--password-file", "none"), 3, "无法读取登录口令"),
        (
            ("worker", "--server", "http://127.0.0.1:9", "--password-file", "bad"),
            3,
            "登录口令须写成“用户:口令”",
        ),
        (("server", "--pages", "nianbao.example"), 2, "--pages nianbao.example：不是网址"),
        (("server", "--database-password-file", "database"), 2, "没有指明数据库"),
        (("sever",), 2, "没有命令 sever"),
    ],
    ids=["address", "no address", "no file", "no user", "pages", "database", "part"],
)
def test_what_can_not_be_is_refused_in_one_line(
    arguments: tuple[str, ...], status: int, told: str, files: Path
) -> None:
    there = {each.name for each in files.iterdir()} | {"none"}
    done = part(*(str(files / word) if word in there else word for word in arguments), folder=files)
    assert done.returncode == status, done.stderr
    (line,) = done.stderr.splitlines()
    assert line.startswith("错误：")
    assert told in line


def test_a_database_that_is_not_there_is_told_without_its_password(files: Path) -> None:
    asked = ("server", "--database-password-file", str(files / "database"))
    given = {"NIANBAO_SERVER_DATABASE": "postgresql://prefect@127.0.0.1:9/prefect"}
    done = part(*asked, folder=files, **given)
    assert done.returncode == 3
    assert "连不上数据库" in done.stderr
    assert "geheim" not in done.stderr


def test_the_check_tells_by_its_status(files: Path) -> None:
    assert part("check", "http://127.0.0.1:9/", folder=files).returncode == 1


def test_a_password_is_taken_over_and_stays_private(files: Path) -> None:
    home = Home(files / "home")
    home.make()
    first = home.password()
    home.adopt(files / "good")
    assert (home.password(), re.fullmatch("nianbao:.{20,}", first) is not None) == ("nianbao:word", True)
    assert home.password_file.stat().st_mode & 0o777 == 0o600


def test_a_server_elsewhere_is_told_from_this_machine(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.make()
    here = server_environment(home, 4200, "", {})
    elsewhere = server_environment(home, 4200, "", {}, host="0.0.0.0", pages="https://nianbao.example")
    apart = {name: elsewhere[name] for name in elsewhere if elsewhere[name] != here[name]}
    assert apart == {
        "PREFECT_SERVER_API_HOST": "0.0.0.0",
        "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS": "https://nianbao.example",
        "PREFECT_SERVER_UI_API_URL": "https://nianbao.example/api",
    }
    told = client_environment(home, "http://server:4200", {})
    assert told["PREFECT_API_URL"] == "http://server:4200/api"
