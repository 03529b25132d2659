"""What keeps `nianbao server` from starting is told in one line, and nothing is left running."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from operated import free_port, processes_of
from pgserver import Server

from flows.cli import main

Refuse = Callable[..., tuple[int, str]]


@pytest.fixture
def refused(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    def refuse(folder: Path, *arguments: str, port: int = 0) -> tuple[int, str]:
        told = ["server", "--folder", str(folder), "--port", str(port or free_port()), *arguments]
        status = main(told)
        assert processes_of(folder) == []
        said = capsys.readouterr()
        assert said.out == ""
        (line,) = said.err.splitlines()
        return status, line

    return refuse


def test_a_port_in_use(refused: Refuse, tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        status, line = refused(tmp_path, port=port)
    assert (status, line) == (
        2,
        f"错误：--port：端口 {port} 已被别的程序占用（请另选一个，如 --port {port + 1}）",
    )


def test_a_broken_database(refused: Refuse, tmp_path: Path) -> None:
    (tmp_path / "prefect.db").write_bytes(b"no database at all " * 100)
    status, line = refused(tmp_path)
    assert status == 3
    assert line.startswith(f"错误：{tmp_path / 'prefect.db'}：服务的数据库已损坏（file is not a database）")


def test_a_password_that_is_none(refused: Refuse, tmp_path: Path) -> None:
    (tmp_path / "password.txt").write_text("geheim", "utf-8")
    status, line = refused(tmp_path)
    assert (status, "登录口令须写成“用户:口令”" in line, "geheim" in line) == (3, True, False)


def test_a_folder_that_is_a_file(refused: Refuse, tmp_path: Path) -> None:
    (tmp_path / "x").write_text("", "utf-8")
    status, line = refused(tmp_path / "x")
    assert (status, "不能建立文件夹" in line) == (2, True)


@pytest.mark.parametrize(
    ("address", "status", "told"),
    [
        ("mysql://a:geheim@b/c", 2, "服务的数据库只支持 PostgreSQL"),
        ("postgresql://a:geheim@127.0.0.1:1/c", 3, "连不上数据库"),
        ("postgresql://", 2, "服务的数据库只支持 PostgreSQL"),
    ],
    ids=["another kind", "nobody answers", "no name"],
)
def test_an_address_of_no_database(
    refused: Refuse, tmp_path: Path, address: str, status: int, told: str
) -> None:
    found, line = refused(tmp_path, "--database", address)
    assert (found, told in line, "geheim" in line) == (status, True, False)


def test_a_wrong_password_of_the_database(refused: Refuse, tmp_path: Path, server: Server) -> None:
    address = server.address("postgres", password="falsch")
    status, line = refused(tmp_path, "--database", address)
    assert (status, "连不上数据库" in line, "falsch" in line) == (3, True, False)
