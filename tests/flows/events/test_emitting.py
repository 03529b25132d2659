"""Events and a server that is away: a run goes on at once, and its process ends."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.prefect

SCRIPT = """
import logging
logging.basicConfig(level=logging.WARNING, format="%(message)s")
from prefect.events.worker import EventsWorker
from flows.events.emitting import emit, emitter
from flows.events.notice import Notice, Task
assert emitter() is emit
emit([])
emit([Notice("nianbao.run.partial", Task("岚溪县", "/报告", "/结果").resource(), {"标题": "部分完成"})])
print("waiting for the server:", bool(EventsWorker._instances))
"""


def ran(tmp_path: Path, script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=Path(__file__).resolve().parents[3],
        env=kept | {"PYTHONUTF8": "1", "PREFECT_HOME": str(tmp_path)} | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def test_a_server_that_is_away_is_not_waited_for(tmp_path: Path) -> None:
    with socket.socket() as probe:
        # Bound and not listening: nobody else can answer there.
        probe.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{probe.getsockname()[1]}/api"
        done = ran(tmp_path, SCRIPT, PREFECT_API_URL=address)
    assert (done.returncode, done.stdout) == (0, "waiting for the server: False\n"), done.stderr
    assert "运行服务没有应答，有 1 个事件没有发出" in done.stderr


def test_a_one_off_run_has_nobody_to_tell(tmp_path: Path) -> None:
    script = "from flows.events.emitting import emitter; print(emitter())"
    assert ran(tmp_path, script).stdout == "None\n"
