"""The compose file's server and worker as they really run: on PostgreSQL, a deployed run that publishes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from composed import USER as COMPOSED_USER
from composed import Box, free_port, give, resolved
from pgserver import PASSWORD, USER, Server, name_in
from tools import ROOT

pytestmark = pytest.mark.prefect

DOCS = ROOT / "docs/deploying.md"
BASH = re.compile(r"^```bash\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAME = "蒲溪县"
REPORT = """蒲溪县{town}人民政府2023年度法治政府建设工作报告

一、2023年度推进法治政府建设的主要举措和成效
全年办理行政处罚案件{cases}件。
二、存在的不足和原因
法治宣传形式还不够丰富。
三、2024年度推进法治政府建设的主要安排
继续抓好行政执法规范化建设。
"""
# A pool is made, left, given another template, and refused where it is one of processes.
OFFER = """
import json, sys
from pathlib import Path
from flows.operating.connection import connected
from flows.operating.environment import client_environment
from flows.operating.home import home_of
from nianbao.errors import UsageError

home, first, other = home_of(None), Path(sys.argv[1]), Path("/tmp/other.json")
other.write_text(first.read_text("utf-8").replace("nianbao:full", "elsewhere:full"), "utf-8")
with connected(client_environment(home, home.address())):
    from flows.operating.pools import offer_jobs

    told = [offer_jobs("jobs", template) for template in (first, first, other)]
    try:
        offer_jobs("nianbao", first)
    except UsageError as error:
        told.append(str(error))
print(json.dumps(told))
"""
# An operator's server and worker look every few seconds; a test has no time for that.
HASTE = {
    "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "1",
    "PREFECT_WORKER_QUERY_SECONDS": "1",
    "NIANBAO_NOTIFY": "json://127.0.0.1:9/notices",
}


@dataclass
class Composed:
    """What `docker compose up` starts, but for its database.

    Args:
        project: the folder of the secrets, the reports and the results.
        server: Prefect's server.
        worker: its worker.
        address: of the pages, for a browser.
    """

    project: Path
    server: Box
    worker: Box
    address: str

    def client(self) -> httpx.Client:
        """Return a client with the password and the token that forms need."""
        user, _, word = (self.project / "secrets/password").read_text("utf-8").partition(":")
        base, asked = f"{self.address}/api", {"client": "test"}
        token = httpx.get(f"{base}/csrf-token", params=asked, auth=(user, word)).json()["token"]
        headers = {"Prefect-Csrf-Token": token, "Prefect-Csrf-Client": "test"}
        return httpx.Client(base_url=base, auth=(user, word), headers=headers, timeout=60)


def until(look: Callable[[], Any], *boxes: Box, limit: float = 500) -> Any:
    """Look again and again until there is something; whoever ends meanwhile says why."""
    end = time.monotonic() + limit
    while not (found := look()):
        for box in boxes:
            assert box.process is not None
            assert box.process.poll() is None, box.log.read_text()
        assert time.monotonic() < end, "\n".join(box.log.read_text() for box in boxes)
        time.sleep(1)
    return found


def laid_out(project: Path) -> None:
    """Lay out an operator's folder: secrets as docs/deploying.md makes them, reports, room for results."""
    (block,) = [each for each in BASH.findall(DOCS.read_text("utf-8")) if "> secrets/password" in each]
    done = subprocess.run(["bash", "-ec", block], cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for folder in ("reports", "results"):
        (project / folder).mkdir(exist_ok=True)
    give(project / "results")
    for town, cases in (("南沟镇", 12), ("东岭乡", 7)):
        text = REPORT.format(town=town, cases=cases)
        (project / "reports" / f"{town}.txt").write_text(text, "utf-8")


@pytest.fixture(scope="module")
def composed(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Composed]:
    """The server and the worker, both up and well."""
    project = tmp_path_factory.mktemp("composed")
    laid_out(project)
    port, health = free_port(), free_port()
    told = resolved(project=project, NIANBAO_PORT=str(port))
    # The password is in a file, as compose hands it over; here it is that of the tests' PostgreSQL.
    secrets = {name: each["file"] for name, each in told["secrets"].items()}
    (project / "database").write_text(PASSWORD)
    database = server.new_database()
    server.folder.chmod(0o711)
    address = f"postgresql://{USER}@/{name_in(database)}?host=/run/postgresql"
    given = {
        "postgresql://prefect@database/prefect": address,
        "0.0.0.0": "127.0.0.1",
        ":4200": f":{port}",
        "=4200": f"={port}",
        "8080": str(health),
    }
    boxes = []
    for name in ("server", "worker"):
        folder = project / f"box-{name}"
        folder.mkdir()
        boxes.append(Box(told["services"][name], folder, given, secrets, HASTE))
    boxes[0].secrets = secrets | {"database_password": str(project / "database")}
    boxes[0].shown = {server.folder: "/run/postgresql"}
    running = Composed(project, *boxes, address=f"http://127.0.0.1:{port}")
    try:
        # Both at once: the worker waits for the server by itself.
        for box in boxes:
            box.start()
        until(lambda: all(box.is_healthy() for box in boxes), *boxes)
        yield running
    finally:
        for box in boxes:
            box.kill()
        server.drop(database)


def test_the_settings_are_those_of_nianbao_server(composed: Composed) -> None:
    assert httpx.get(f"{composed.address}/api/admin/settings").status_code == 401
    with composed.client() as client:
        settings = client.get("/admin/settings").json()
        (pool,) = client.post("/work_pools/filter", json={}).json()
        assert (pool["name"], pool["type"]) == ("nianbao", "process")
    api = settings["server"]["api"]
    assert (api["csrf_protection_enabled"], api["cors_allowed_origins"]) == (True, composed.address)
    assert settings["results"]["default_serializer"] == "json"
    assert settings["flows"]["heartbeat_frequency"] == 30
    assert settings["server"]["analytics_enabled"] is False
    assert httpx.get(f"{composed.address}/ui-settings").json()["api_url"] == f"{composed.address}/api"


def test_notices_go_to_the_address_of_its_settings(composed: Composed) -> None:
    with composed.client() as client:
        made = client.post("/automations/filter", json={}).json()
        (block,) = client.post(
            "/block_documents/filter", json={"block_documents": {"is_anonymous": {"eq_": False}}}
        ).json()
    notices = [each for each in made if each["name"].startswith("通知：")]
    assert len(notices) == 4
    assert {action["block_document_id"] for each in notices for action in each["actions"]} == {block["id"]}


def test_a_pool_of_jobs_gets_its_template_anew(composed: Composed) -> None:
    status, said = composed.worker.call(
        "python", "-c", OFFER, str(ROOT / "deployments/kubernetes/work-pool.json")
    )
    assert status == 0, said
    told = json.loads(said.splitlines()[-1])
    assert told[:3] == ["新建工作池 jobs（kubernetes）", "", "更新工作池 jobs 的作业模板"]
    assert "工作池 nianbao 已有，类型是 process" in told[3]
    with composed.client() as client:
        pool = client.get("/work_pools/jobs").json()
    assert pool["base_job_template"]["variables"]["properties"]["image"]["default"] == "elsewhere:full"


@pytest.mark.long
def test_a_run_that_was_deployed_beside_the_worker_reads_and_publishes(composed: Composed) -> None:
    deploy = ("nianbao", "deploy", "/data/reports", "--out", "/data/results", "--name", NAME)
    status, said = composed.worker.call(*deploy)
    assert (status, said.count("已部署：")) == (0, 3), said
    with composed.client() as client:
        deployment = client.get(f"/deployments/name/annual-collection/{NAME}").json()
        assert deployment["job_variables"] == {"working_dir": "/data"}
        params = deployment["parameters"]["params"] | {"year": 2023}
        asked = f"/deployments/{deployment['id']}/create_flow_run"
        run = client.post(asked, json={"parameters": {"params": params}}).json()["id"]

        def ended() -> Any:
            found = client.get(f"/flow_runs/{run}").json()
            return found if found["state_type"] in {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"} else None

        found = until(ended, composed.server, composed.worker)
    assert (found["state_type"], found["name"]) == ("COMPLETED", f"年报 2023 · {NAME}"), found["state"]
    (workbook,) = (composed.project / "results").glob("*.xlsx")
    assert workbook.name == "2023年度法治政府建设报告汇总.xlsx"
    if os.geteuid() == 0:
        assert workbook.stat().st_uid == COMPOSED_USER


def test_they_end_in_order_when_they_are_told_to(composed: Composed) -> None:
    assert composed.worker.stop() == 0
    assert "正在停止" in composed.worker.log.read_text("utf-8")
    assert not (composed.worker.folder / "var-lib-nianbao/server/server.json").exists()
    assert composed.server.stop() in {0, -15, 143}
