"""The units under a real systemd: a deployed run inside the sandbox, a further worker, a death, the end."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from booted import PASSWORD, Booted, need_systemd
from composed import free_port
from tools import ROOT

pytestmark = [pytest.mark.prefect, pytest.mark.long]

NAME = "蒲溪县"
UP = "按 Ctrl-C 停止"


@pytest.fixture(scope="module")
def booted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Booted]:
    need_systemd()
    running = Booted(tmp_path_factory.mktemp("booted"), free_port())
    running.lay_out()
    for each in ("青石滩镇2023年法治政府建设年度报告.docx", "溆浦县桐花坳镇2023年度法治政府建设工作报告.txt"):
        shutil.copy(ROOT / "samples/reports" / each, running.folder / "srv/reports")
    try:
        running.start()
        running.until(lambda: UP in running.log("nianbao"))
        yield running
    finally:
        running.end()


def client(running: Booted) -> httpx.Client:
    user, _, word = PASSWORD.partition(":")
    base = f"{running.address}/api"
    token = httpx.get(f"{base}/csrf-token", params={"client": "test"}, auth=(user, word)).json()["token"]
    headers = {"Prefect-Csrf-Token": token, "Prefect-Csrf-Client": "test"}
    return httpx.Client(base_url=base, auth=(user, word), headers=headers, timeout=60)


def main_process(running: Booted, unit: str) -> int:
    """Return the number, out here, of a unit's main process."""
    inner = running.shown(unit, "MainPID")
    for path in Path("/proc").glob("[0-9]*/status"):
        try:
            told = path.read_text()
        except OSError:
            continue
        numbers = next((line.split()[1:] for line in told.splitlines() if line.startswith("NSpid:")), [])
        if len(numbers) > 1 and numbers[-1] == inner and running.folder.name in mounts(path.parent):
            return int(numbers[0])
    raise AssertionError(f"{unit} has no process {inner}")


def mounts(process: Path) -> str:
    try:
        return (process / "mountinfo").read_text()
    except OSError:
        return ""


def asked(http: httpx.Client, method: str, path: str, **more: Any) -> Any:
    """Ask the server, again where its database is busy, as Prefect's own client does."""
    for _ in range(20):
        answer = http.request(method, path, **more)
        if answer.status_code != 503:
            break
        time.sleep(2)
    assert answer.is_success, answer.text
    return answer.json()


def ended(running: Booted, http: httpx.Client, flow: str, **params: Any) -> Any:
    """Start a run on demand and wait for its end; return it."""
    deployment = asked(http, "GET", f"/deployments/name/{flow}/{NAME}")
    wanted = {"parameters": {"params": deployment["parameters"]["params"] | params}}
    run = asked(http, "POST", f"/deployments/{deployment['id']}/create_flow_run", json=wanted)["id"]

    def look() -> Any:
        found = asked(http, "GET", f"/flow_runs/{run}")
        return found if found["state_type"] in {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"} else None

    return running.until(look)


def test_the_program_has_no_rights_and_one_folder_to_write(booted: Booted) -> None:
    told = Path(f"/proc/{main_process(booted, 'nianbao')}/status").read_text()
    held = dict(line.split(":\t", 1) for line in told.splitlines() if ":\t" in line)
    assert (held["NoNewPrivs"], held["Seccomp"], int(held["CapBnd"], 16)) == ("1", "2", 0)
    assert int(held["Uid"].split()[0]) != 0


def test_a_deployed_run_reads_and_publishes_inside_the_sandbox(booted: Booted) -> None:
    deploy = ("/opt/nianbao/bin/nianbao", "deploy", "reports", "--out", "results", "--name", NAME)
    status, said = booted.as_user(*deploy, "--folder", "/var/lib/nianbao/server")
    assert (status, said.count("已部署：")) == (0, 3), said
    with client(booted) as http:
        check = ended(booted, http, "self-check")
        yearly = ended(booted, http, "annual-collection", year=2023)
    assert {check["state_type"], yearly["state_type"]} == {"COMPLETED"}, (check["state"], yearly["state"])
    assert (booted.folder / "srv/results/2023年度法治政府建设报告汇总.xlsx").is_file()


def test_a_further_worker_finds_the_server_with_its_credential(booted: Booted) -> None:
    status, said = booted.inside("systemctl", "start", "nianbao-worker")
    assert status == 0, said

    def online() -> Any:
        with client(booted) as http:
            found = http.post("/work_pools/nianbao/workers/filter", json={}).json()
        return [each for each in found if each["status"] == "ONLINE" and each["name"] != "本机"]

    booted.until(online)
    assert booted.inside("systemctl", "stop", "nianbao-worker")[0] == 0
    assert booted.shown("nianbao-worker", "Result") == "success"
    assert "正在停止" in booted.log("nianbao-worker")


def test_what_dies_is_started_again(booted: Booted) -> None:
    os.kill(main_process(booted, "nianbao"), signal.SIGKILL)
    booted.until(lambda: booted.log("nianbao").count(UP) == 2)
    assert booted.shown("nianbao", "NRestarts") == "1"
    assert httpx.get(f"{booted.address}/api/health").status_code == 200


def test_it_is_ended_in_order(booted: Booted) -> None:
    assert booted.inside("systemctl", "stop", "nianbao")[0] == 0
    assert (booted.shown("nianbao", "Result"), booted.shown("nianbao", "ExecMainStatus")) == ("success", "0")
    assert booted.log("nianbao").endswith("正在停止……\n")
