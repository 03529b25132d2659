"""What dies under `nianbao server`: the pages tell the truth of it, and nothing is left behind. Long."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from operated import Operated, nianbao, processes_of, until
from pgserver import Server

from flows.operating.environment import HEARTBEAT_SECONDS

SILENCE = timedelta(seconds=90)
# Prefect looks so often for what has not come about (PREFECT_SERVER_EVENTS_PROACTIVE_GRANULARITY).
LOOK = timedelta(seconds=5)
# For a machine that has other things to do.
SLACK = timedelta(seconds=30)

pytestmark = [pytest.mark.prefect, pytest.mark.long]


@pytest.fixture
def running(tmp_path: Path, server: Server) -> Iterator[Operated]:
    """A server of its own, with its runs on PostgreSQL, and a deployment."""
    (tmp_path / "home").mkdir()
    (tmp_path / "报告").mkdir()
    for number in range(400):
        (tmp_path / "报告" / f"{number}.txt").write_text(f"第{number}号文件\n" * 50, "utf-8")
    made = Operated(tmp_path / "server", tmp_path / "home")
    made.more = ("--database", server.new_database())
    made.start()
    told = ("deploy", "报告", "--out", "结果", "--name", "试", "--folder", str(made.folder))
    done = nianbao(*told, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    yield made
    if made.process is not None and made.process.poll() is None:
        made.stop()


def start_run(running: Operated) -> str:
    with running.client() as client:
        found = client.get("/deployments/name/annual-collection/试").json()
    params = found["parameters"]["params"] | {"workers": 1}
    run = running.post(f"/deployments/{found['id']}/create_flow_run", parameters={"params": params})
    until(lambda: state_of(running, run["id"])["state_type"] == "RUNNING", 120)
    return str(run["id"])


def state_of(running: Operated, run: str) -> Any:
    return running.post("/flow_runs/filter", flow_runs={"id": {"any_": [run]}})[0]


def heartbeats(running: Operated, run: str) -> list[datetime]:
    wanted = {
        "event": {"name": ["prefect.flow-run.heartbeat"]},
        "resource": {"id": [f"prefect.flow-run.{run}"]},
    }
    found = running.post("/events/filter", filter=wanted)["events"]
    return [datetime.fromisoformat(each["occurred"]) for each in found]


def pids(running: Operated, words: str) -> list[int]:
    found = []
    for pid in processes_of(running.folder):
        told = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        if words in told:
            found.append(pid)
    return found


def test_a_run_whose_process_is_killed_has_crashed(running: Operated) -> None:
    run = start_run(running)
    for pid in pids(running, "flow-run execute") or pids(running, "prefect.engine"):
        os.kill(pid, signal.SIGKILL)
    until(lambda: state_of(running, run)["state_type"] == "CRASHED", 30)


def test_a_run_that_dies_with_its_worker_is_marked_by_its_silence(running: Operated) -> None:
    """By the server's own clock: its last heartbeat, the automation's window, the server's next look."""
    run = start_run(running)
    until(lambda: heartbeats(running, run), 120)
    kept = pids(running, "flows.operating.pages")
    for pid in set(processes_of(running.folder)) - set(kept):
        os.kill(pid, signal.SIGKILL)
    killed = datetime.now(UTC)
    found = until(lambda: state_of(running, run)["state_type"] == "CRASHED" and state_of(running, run), 300)
    crashed = datetime.fromisoformat(found["state"]["timestamp"])
    assert "没有报到" in found["state"]["message"]
    last = max(heartbeats(running, run))
    assert last <= killed
    assert crashed - killed >= SILENCE - timedelta(seconds=HEARTBEAT_SECONDS) - timedelta(seconds=2)
    print(f"{crashed - killed} after the kill, {crashed - last} after the last heartbeat")
    assert SILENCE <= crashed - last <= SILENCE + 2 * LOOK + SLACK
    assert pids(running, "worker start"), "a worker is there again"


def test_who_kills_the_command_itself_leaves_nothing_to_the_next(running: Operated) -> None:
    start_run(running)
    assert running.process is not None
    running.process.kill()
    running.process.wait()
    left = processes_of(running.folder)
    assert left
    said = running.start()
    assert said[0] == "上次没有正常停止，留下的进程已清理。"
    assert not set(left) & set(processes_of(running.folder))


def test_ctrl_c_ends_a_run_and_says_so(running: Operated) -> None:
    run = start_run(running)
    assert running.stop() == 0
    assert processes_of(running.folder) == []
    running.start()
    assert state_of(running, run)["state_type"] == "CRASHED"
