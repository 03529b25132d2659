"""`nianbao serve` as a command: how it begins, what it tells, what it refuses, how it ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import psutil
import pytest
from serving import NIANBAO, App, comes_to, report_lines, running, write_docx


def refused(*arguments: str | Path, cwd: Path) -> str:
    """Return the line with which the command ends as wrong usage."""
    variables = os.environ | {"PYTHONUTF8": "1"}
    done = subprocess.run(
        [NIANBAO, "serve", *arguments],
        cwd=cwd,
        env=variables,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    return done.stderr.strip()


def children(process: int) -> list[int]:
    """Return the processes below one."""
    found = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(process)], capture_output=True, text=True, check=False
    )
    own = [int(line) for line in found.stdout.split()]
    return [*own, *(each for child in own for each in children(child))]


def is_alive(process: int) -> bool:
    try:
        return psutil.Process(process).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_what_can_not_be_served_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    assert "没有这个文件夹" in refused("没有", cwd=tmp_path)
    assert "没有这个数据库" in refused("空", cwd=tmp_path)
    assert "没有这个数据库" in refused("--store", "没有.db", cwd=tmp_path)
    assert "至少 12 个" in refused("--token", "太短", cwd=tmp_path)
    assert "口令太短，或有不能用的字符" in refused("--token", "有 空格的 口令也不行", cwd=tmp_path)
    assert "--host" in refused("--host", "203.0.113.7", cwd=tmp_path)
    assert "--host" in refused("--host", "没有这台机器", cwd=tmp_path)
    assert "--port" in refused("--port", "70000", cwd=tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert "已被占用" in refused("--port", str(taken.getsockname()[1]), cwd=tmp_path)


def test_nothing_heavy_is_loaded_for_help() -> None:
    code = "import sys; from flows import cli; print({'starlette', 'uvicorn', 'prefect'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_the_app_never_loads_prefect(tmp_path: Path) -> None:
    code = "import sys; import flows.serve.building, flows.serve.reviewing; print('prefect' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly_with_its_workers(tmp_path: Path, how: signal.Signals) -> None:
    with running(tmp_path) as alone:
        report = write_docx(tmp_path / "甲.docx", report_lines()).read_bytes()
        assert alone.check(report, "甲.docx").status_code == 200
        workers = children(alone.process.pid)
        assert workers
        alone.process.send_signal(how)
        assert alone.process.wait(120) == 0
    deadline = time.monotonic() + 120
    while any(map(is_alive, workers)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(map(is_alive, workers))
    assert list(alone.temporary.iterdir()) == []
    assert alone.told.read_text("utf-8") == "已结束。\n"


def test_what_a_killed_one_left_is_swept_away(tmp_path: Path) -> None:
    with running(tmp_path) as killed:
        killed.process.kill()
        killed.process.wait()
        assert len(list(killed.temporary.iterdir())) == 1
    with running(tmp_path) as alone:
        [own] = alone.temporary.iterdir()
        assert own.name.startswith(f"nianbao-serve-{alone.process.pid}-")
        assert own.stat().st_mode & 0o077 == 0
    assert list(alone.temporary.iterdir()) == []


def test_it_ends_while_a_file_is_on_its_way(tmp_path: Path) -> None:
    with running(tmp_path) as alone:
        head = f"POST /api/check HTTP/1.1\r\nHost: localhost\r\nX-Nianbao-Token: {alone.token}\r\n"
        with socket.create_connection(("127.0.0.1", alone.port)) as connection:
            connection.sendall(f"{head}X-Nianbao-Name: a.docx\r\nContent-Length: 9000\r\n\r\nx".encode())
            assert comes_to(alone, 1)
            began = time.monotonic()
            assert alone.stop() == 0
            # It may take two minutes to arrive.
            assert time.monotonic() - began < 100
    assert list(alone.temporary.iterdir()) == []


def test_opened_to_others_it_says_so_loudly(tmp_path: Path) -> None:
    with running(tmp_path, "--host", "0.0.0.0", "--token", "我们的口令".encode().hex()) as alone:
        told = alone.told.read_text("utf-8")
        assert "警告：其他电脑也能访问，而且没有加密" in told
        page = alone.client.get("/check").text
        assert 'class="app-warning"' in page
        assert "正对其他电脑开放" in page
        name = socket.gethostname()
        assert alone.client.get("/check", headers={"Host": name}).status_code == 200
        assert alone.client.get("/check", headers={"Host": "192.0.2.9:80"}).status_code == 200
        assert alone.client.get("/check", headers={"Host": "evil.example"}).status_code == 421
        assert httpx.get(f"{alone.base}/check", timeout=60).status_code == 401


def test_on_this_machine_alone_nothing_is_said_of_others(app: App) -> None:
    assert "app-warning" not in app.client.get("/check").text
    assert app.told.read_text("utf-8") == ""
    others = [each[4][0] for each in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    for address in {each for each in others if not str(each).startswith("127.")}:
        with pytest.raises(OSError):
            socket.create_connection((str(address), app.port), timeout=5)
