"""Two deployments over one store: their runs follow each other, and one goes on where another was killed."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from operated import Operated, nianbao, until

from nianbao.store import Store
from nianbao.store.pastruns import PastRun

pytestmark = pytest.mark.prefect

FILES = 200
REPORT = """岚溪县第{number}镇人民政府2023年度法治政府建设工作报告

一、2023年度推进法治政府建设的主要举措和成效
全年办理行政处罚案件{number}件。
二、存在的不足和原因
法治宣传形式还不够丰富。
三、2024年度推进法治政府建设的主要安排
继续抓好行政执法规范化建设。
"""
ENDED = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}


def runs_of(address: str) -> Sequence[PastRun]:
    with Store.open(address) as store:
        return store.past_runs()


def done_by(address: str) -> int:
    """Return how many files the latest run has saved so far."""
    with Store.open(address) as store:
        (run, *_) = store.past_runs() or [None]
        return len(store.freshness.heads(run.id)) if run is not None else 0


def state_of(server: Operated, run: str) -> Any:
    return server.post("/flow_runs/filter", flow_runs={"id": {"any_": [run]}})[0]


def start_run(server: Operated, name: str) -> str:
    with server.client() as client:
        found = client.get(f"/deployments/name/annual-collection/{name}").json()
    params = found["parameters"]["params"] | {"workers": 1, "year": 2023}
    run = server.post(f"/deployments/{found['id']}/create_flow_run", parameters={"params": params})
    return str(run["id"])


def logged(server: Operated, run: str) -> str:
    wanted = {"flow_run_id": {"any_": [run]}}
    return "\n".join(each["message"] for each in server.post("/logs/filter", logs=wanted))


def signal_to(run: str, number: int) -> None:
    """Send a signal to the processes that a worker started for a run, and to nobody else."""
    wanted = f"PREFECT__FLOW_RUN_ID={run}\0".encode()
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            is_of_run = wanted in path.read_bytes()
        except OSError:
            continue
        if is_of_run:
            os.kill(int(path.parent.name), number)


@pytest.mark.long
@pytest.mark.parametrize("store_url", ["sqlite", "postgresql"], indirect=True)
def test_a_run_waits_for_another_and_goes_on_where_that_was_killed(
    operated: Operated, store_url: str, tmp_path: Path
) -> None:
    reports = tmp_path / "报告"
    reports.mkdir()
    for number in range(1, FILES + 1):
        (reports / f"{number:03}.txt").write_text(REPORT.format(number=number), "utf-8")
    (tmp_path / "nianbao.toml").write_text(f'store = "{store_url}"\nbatch_size = 4\n', "utf-8")
    names = [f"{tmp_path.name}-{each}" for each in ("甲", "乙")]
    for name in names:
        told = ("deploy", "报告", "--out", "结果", "--name", name, "--folder", str(operated.folder))
        done = nianbao(*told, cwd=tmp_path)
        assert done.returncode == 0, done.stderr

    first = start_run(operated, names[0])
    until(lambda: done_by(store_url) >= 8)
    # It must not come to its end before the other has begun.
    signal_to(first, signal.SIGSTOP)
    second = start_run(operated, names[1])
    until(lambda: "等候另一次运行结束" in logged(operated, second))
    assert len(runs_of(store_url)) == 1
    saved = done_by(store_url)
    assert 8 <= saved < FILES
    signal_to(first, signal.SIGKILL)

    def look() -> Any:
        found = state_of(operated, second)
        return found if found["state_type"] in ENDED else None

    ended = until(look, 600)
    assert ended["state_type"] == "COMPLETED", ended["state"]
    assert until(lambda: state_of(operated, first)["state_type"] == "CRASHED")

    latest, earlier = runs_of(store_url)
    told = (earlier.status, latest.status)
    assert told == ("interrupted", "complete"), (ended["state"]["message"], logged(operated, second))
    assert earlier.started < latest.started
    assert latest.counts["reports"] == FILES
    assert FILES > latest.counts["unchanged"] >= saved - 4
