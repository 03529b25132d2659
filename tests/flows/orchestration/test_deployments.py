"""`nianbao deploy` on a running server, and what it deploys: by the clock, on demand, one at a time."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from operated import Operated, nianbao, until

from flows.operating.home import Home
from nianbao.steps import SHANGHAI

pytestmark = pytest.mark.prefect

NAME = "岚溪县"
FLOWS = ("annual-collection", "nightly-verify", "self-check")
ENDED = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}
REPORT = """岚溪县{town}人民政府2023年度法治政府建设工作报告

一、2023年度推进法治政府建设的主要举措和成效
全年办理行政处罚案件{cases}件。
二、存在的不足和原因
法治宣传形式还不够丰富。
三、2024年度推进法治政府建设的主要安排
继续抓好行政执法规范化建设。
"""


@dataclass
class Deployed:
    """A server with deployments of one place.

    Args:
        server: it.
        place: the folder of the reports and of the results.
        said: what the first and the second `nianbao deploy` said.
        before: the ids after the first.
    """

    server: Operated
    place: Path
    said: tuple[str, str]
    before: dict[str, Any]

    def of(self, flow: str) -> Any:
        return one(self.server, flow)

    def run(self, flow: str, **params: Any) -> str:
        """Start a run on demand; return its id."""
        wanted = self.of(flow)["parameters"]["params"] | params
        path = f"/deployments/{self.of(flow)['id']}/create_flow_run"
        return str(self.server.post(path, parameters={"params": wanted})["id"])

    def ended(self, run: str) -> Any:
        """Wait for the end of a run; return it."""

        def look() -> Any:
            found = self.server.post("/flow_runs/filter", flow_runs={"id": {"any_": [run]}})[0]
            return found if found["state_type"] in ENDED else None

        return until(look)


def one(server: Operated, flow: str) -> Any:
    with server.client() as client:
        return client.get(f"/deployments/name/{flow}/{NAME}").json()


def ids(server: Operated) -> dict[str, Any]:
    found = {flow: one(server, flow) for flow in FLOWS}
    return {flow: (each["id"], [row["id"] for row in each["schedules"]]) for flow, each in found.items()}


@pytest.fixture(scope="module")
def deployed(operated: Operated, tmp_path_factory: pytest.TempPathFactory) -> Deployed:
    place = tmp_path_factory.mktemp("place")
    (place / "乡镇报告").mkdir()
    for town, cases in (("石涧镇", 12), ("白鹿乡", 7)):
        text = REPORT.format(town=town, cases=cases)
        (place / "乡镇报告" / f"{town}.txt").write_text(text, "utf-8")
    roster = "单位名称\n岚溪县石涧镇人民政府\n岚溪县白鹿乡人民政府\n岚溪县杏坞乡人民政府\n"
    (place / "名单.csv").write_text(roster, "utf-8")
    told = ("deploy", "乡镇报告", "--out", "结果", "--name", NAME, "--roster", "名单.csv")
    said = []
    before: dict[str, Any] = {}
    for _ in range(2):
        done = nianbao(*told, "--folder", str(operated.folder), cwd=place)
        assert done.returncode == 0, done.stderr
        said.append(done.stdout)
        before = before or ids(operated)
    return Deployed(operated, place, (said[0], said[1]), before)


def test_a_place_gets_its_three_deployments(deployed: Deployed) -> None:
    assert re.findall(r"^已部署：.*?（(.+?)）", deployed.said[0], re.MULTILINE) == [
        f"{flow}/{NAME}" for flow in FLOWS
    ]
    assert f"annual-collection/{NAME}），每周一 02:00（一月至四月）；每年 4 月 1 日" in deployed.said[0]
    yearly = deployed.of("annual-collection")
    assert yearly["parameters"]["params"]["source"] == str(deployed.place / "乡镇报告")
    assert yearly["work_pool_name"] == "nianbao"
    assert sorted(yearly["tags"]) == ["nianbao", f"region:{NAME}"]
    assert yearly["job_variables"] == {"working_dir": str(deployed.place)}
    told = {each["slug"]: each["schedule"] for each in yearly["schedules"]}
    assert {slug: (each["cron"], each["timezone"]) for slug, each in told.items()} == {
        "weekly": ("0 2 * 1-4 1", "Asia/Shanghai"),
        "monthly": ("0 2 1 5-12 *", "Asia/Shanghai"),
        "deadline": ("0 9 1 4 *", "Asia/Shanghai"),
    }
    strategies = {flow: deployed.of(flow)["concurrency_options"]["collision_strategy"] for flow in FLOWS}
    assert strategies == dict(zip(FLOWS, ("ENQUEUE", "CANCEL_NEW", "CANCEL_NEW"), strict=True))
    assert {deployed.of(flow)["global_concurrency_limit"]["limit"] for flow in FLOWS} == {1}


def test_the_hours_are_those_of_the_docs(deployed: Deployed) -> None:
    """The server's own reckoning, a year ahead: Mondays till April, 1 April, the first of the month after."""

    def look() -> Any:
        wanted = {"deployment_id": {"any_": [deployed.of("annual-collection")["id"]]}}
        return deployed.server.post("/flow_runs/filter", flow_runs=wanted, sort="EXPECTED_START_TIME_ASC")

    runs = [run for run in until(look) if run["auto_scheduled"]]
    moments = [datetime.fromisoformat(run["expected_start_time"]).astimezone(SHANGHAI) for run in runs]
    assert moments
    for moment in moments:
        if moment.hour == 9:
            assert (moment.month, moment.day, moment.minute) == (4, 1, 0)
            continue
        assert (moment.hour, moment.minute) == (2, 0)
        assert moment.weekday() == 0 if moment.month <= 4 else moment.day == 1


def test_a_second_deploy_changes_nothing(deployed: Deployed) -> None:
    assert len(re.findall("^没有变动：", deployed.said[1], re.MULTILINE)) == 3
    assert "已部署" not in deployed.said[1]
    assert ids(deployed.server) == deployed.before


def test_two_runs_of_a_place_follow_each_other(deployed: Deployed) -> None:
    first = deployed.run("annual-collection", year=2023)
    second = deployed.run("annual-collection", year=2023)
    found = [deployed.ended(run) for run in (first, second)]
    assert [run["state_type"] for run in found] == ["COMPLETED", "COMPLETED"]
    spans = sorted((run["start_time"], run["end_time"]) for run in found)
    assert spans[0][1] <= spans[1][0]
    assert {run["name"] for run in found} == {f"年报 2023 · {NAME}"}
    assert set(found[0]["tags"]) == {"nianbao", f"region:{NAME}", "year:2023"}
    assert found[0]["state_name"] == "Completed with findings"
    assert "未报 1 个单位" in found[0]["state"]["message"]
    assert (deployed.place / "结果" / "2023年度法治政府建设报告汇总.xlsx").is_file()


@pytest.mark.long
def test_a_verification_of_what_they_left(deployed: Deployed) -> None:
    if not (deployed.place / "结果" / "nianbao.db").is_file():
        deployed.ended(deployed.run("annual-collection", year=2023))
    run = deployed.ended(deployed.run("nightly-verify"))
    assert (run["name"], run["state_name"]) == (f"核对 · {NAME}", "Completed")
    assert run["state"]["message"] == "数据库和 2 份原件核对完毕，没有发现问题。"


def test_a_deployment_fires_by_its_schedule(deployed: Deployed) -> None:
    check = deployed.of("self-check")
    hourly = {"interval": timedelta(hours=1).total_seconds(), "timezone": "Asia/Shanghai"}
    wanted = {"deployment_id": {"any_": [check["id"]]}, "state": {"type": {"any_": ["COMPLETED", "FAILED"]}}}

    def look() -> Any:
        return deployed.server.post("/flow_runs/filter", flow_runs=wanted)

    # On a busy machine a moment may be over before the server knows of it, and the next is an hour later.
    for lead in (4, 20, 60):
        anchor = (datetime.now(SHANGHAI) + timedelta(seconds=lead)).isoformat()
        rows = [{"schedule": hourly | {"anchor_date": anchor}, "active": True, "slug": f"in-{lead}-seconds"}]
        with deployed.server.client() as client:
            assert client.post(f"/deployments/{check['id']}/schedules", json=rows).is_success
        end = time.monotonic() + lead + 90
        while not look() and time.monotonic() < end:
            time.sleep(0.3)
        if look():
            break
    run = until(look, 1)[0]
    assert run["auto_scheduled"]
    assert run["name"] == f"自检 · {NAME}"
    assert run["state_type"] == "COMPLETED"


def test_what_can_not_be_is_refused_before_there_is_a_run(deployed: Deployed) -> None:
    path = f"/deployments/{deployed.of('annual-collection')['id']}/create_flow_run"
    params = deployed.of("annual-collection")["parameters"]["params"]
    with deployed.server.client() as client:
        for wrong in ({"year": 1990}, {"yaer": 2023}, {"force": "perhaps"}):
            answer = client.post(path, json={"parameters": {"params": params | wrong}})
            assert answer.status_code == 409, wrong


@pytest.mark.long
def test_a_wrong_request_fails_in_one_line(deployed: Deployed) -> None:
    run = deployed.ended(deployed.run("annual-collection", source=str(deployed.place / "没有")))
    assert run["state_type"] == "FAILED"
    assert run["state"]["message"].startswith(f"{deployed.place / '没有'}：没有这个文件或文件夹")


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("没有",), 2, "错误：没有：没有这个文件或文件夹"),
        ((".", "--name", "a/b"), 2, "错误：--name：“a/b”不能用作名称"),
        ((".", "--roster", "没有.xlsx"), 2, "错误：没有.xlsx：没有这个文件"),
        ((".", "--file", "没有.yaml"), 2, "错误：没有.yaml：没有这个文件"),
        ((".",), 3, "服务没有在运行（请先运行 nianbao server；用了 --folder 的，这里也要写）"),
    ],
    ids=["no reports", "no name", "no roster", "no file", "no server"],
)
def test_what_can_not_be_deployed_is_told_in_one_line(
    arguments: tuple[str, ...],
    status: int,
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from flows.cli import main

    monkeypatch.chdir(tmp_path)
    home = Home(tmp_path / "server")
    assert main(["deploy", *arguments, "--out", "结果", "--folder", str(home.folder)]) == status
    (line,) = capsys.readouterr().err.splitlines()
    assert told in line
    assert not home.folder.exists()
