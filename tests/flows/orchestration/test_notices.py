"""Notices on their whole way: a run on a real server, its event, the automation, what each service gets."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from drilling import clock_variables
from operated import ROOT, Operated, nianbao
from sinks import REFUSED, Sinks, sinks_open

from flows.operating.environment import client_environment
from flows.operating.home import Home
from nianbao.steps import SHANGHAI

pytestmark = pytest.mark.prefect

NAME = "岚溪县"
# Machines are busy: what comes about at all is waited for.
PATIENCE = 600
ENDED = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}
HOSTS = {"mail", "qyapi.weixin.qq.com", "oapi.dingtalk.com", "open.feishu.cn", "web"}
SCRIPT = """
import json
from flows.events.addresses import wanted_addresses
from flows.operating.arrangements import arrange
print(json.dumps(arrange(wanted_addresses())))
"""
REPORT = """岚溪县石涧镇人民政府{year}年度法治政府建设工作报告

一、{year}年度推进法治政府建设的主要举措和成效
全年办理行政处罚案件12件。
二、存在的不足和原因
法治宣传形式还不够丰富。
三、下一年度推进法治政府建设的主要安排
继续抓好行政执法规范化建设。
"""


def patiently(look: Callable[[], Any]) -> Any:
    """Look again and again until there is something; seldom, for looking keeps a server busy."""
    end = time.monotonic() + PATIENCE
    while not (found := look()):
        assert time.monotonic() < end, "it did not come about"
        time.sleep(1.5)
    return found


@dataclass
class Watched:
    """A place that is deployed, with addresses for its notices.

    Args:
        server: it runs there.
        sinks: where notices end.
        place: the folder with the settings, the reports and the results.
        year: of the reports; its deadline is still to come.
    """

    server: Operated
    sinks: Sinks
    place: Path
    year: int

    def set(self, addresses: list[str]) -> None:
        (self.place / "nianbao.toml").write_text(f"notify = {json.dumps(addresses)}\n", "utf-8")

    def deploy(self) -> str:
        told = ("deploy", "乡镇报告", "--out", "结果", "--name", NAME, "--roster", "名单.csv")
        done = nianbao(*told, "--folder", str(self.server.folder), cwd=self.place)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def arrange(self, seed: int) -> list[str]:
        """Do again what a deploy does first, in a process whose sets have the order of a seed."""
        environment = client_environment(Home(self.server.folder), self.server.address)
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env=environment | {"PYTHONHASHSEED": str(seed), "PYTHONPATH": str(ROOT)},
            cwd=self.place,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert done.returncode == 0, done.stderr
        return list(json.loads(done.stdout.splitlines()[-1]))

    def run(self, **environment: str) -> Any:
        """Run what is deployed to its end; return the run."""
        with self.server.client() as client:
            found = client.get(f"/deployments/name/annual-collection/{NAME}").json()
        params = found["parameters"]["params"] | {"year": self.year, "engine": "serial"}
        body = {"parameters": {"params": params}, "job_variables": {"env": environment}}
        made = self.server.post(f"/deployments/{found['id']}/create_flow_run", **body)

        def look() -> Any:
            (seen,) = self.server.post("/flow_runs/filter", flow_runs={"id": {"any_": [made["id"]]}})
            return seen if seen["state_type"] in ENDED else None

        return patiently(look)

    def told(self, words: str) -> dict[str, str]:
        """Wait until all services were sent a message with some words; return what each was."""
        return dict(patiently(lambda: (found := self.sinks.texts(words)).keys() == HOSTS and found))


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    folder = tmp_path_factory.mktemp("notices")
    for name in ("home", "place/乡镇报告"):
        (folder / name).mkdir(parents=True)
    year = datetime.now(SHANGHAI).year
    (folder / "place" / "乡镇报告" / "石涧镇.txt").write_text(REPORT.format(year=year), "utf-8")
    (folder / "place" / "乡镇报告" / "坏.docx").write_bytes(b"PK\x03\x04 no archive at all")
    roster = "单位名称\n岚溪县石涧镇人民政府\n岚溪县白鹿乡人民政府\n岚溪县杏坞乡人民政府\n"
    (folder / "place" / "名单.csv").write_text(roster, "utf-8")
    with sinks_open(folder) as sinks:
        server = Operated(folder / "server", folder / "home")
        with pytest.MonkeyPatch.context() as patch:
            for name, value in sinks.environment.items():
                patch.setenv(name, value)
            server.start()
        made = Watched(server, sinks, folder / "place", year)
        made.set(sinks.addresses)
        try:
            yield made
        finally:
            assert server.stop() == 0


@pytest.fixture(scope="module")
def deployed(watched: Watched) -> str:
    """What the deploy said."""
    return watched.deploy()


def test_addresses_become_blocks_and_automations_once(watched: Watched, deployed: str) -> None:
    assert re.findall(r"^新建通知地址 (\d)（(.+)）", deployed, re.MULTILINE) == [
        ("1", "邮件"), ("2", "企业微信"), ("3", "钉钉"), ("4", "飞书"), ("5", "网址"),
    ]  # fmt: skip
    automations = re.findall("^新建自动化“通知：(.+)”", deployed, re.MULTILINE)
    assert automations == ["运行失败", "来源空了", "到期未报", "部分完成"]
    assert watched.arrange(2) == []
    blocks = watched.server.post("/block_documents/filter")
    assert {block["name"] for block in blocks} >= {f"nianbao-notice-{number}" for number in range(1, 6)}
    shown = json.dumps(blocks) + json.dumps(watched.server.post("/automations/filter")) + deployed
    assert [word for word in ("wecom-key", "dingtoken", "feishu-token") if word in shown] == []


def test_what_a_test_message_comes_to(watched: Watched) -> None:
    done = nianbao("notify", "--test", cwd=watched.place, **watched.sinks.environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.findall("：已送达$", done.stdout, re.MULTILINE) == ["：已送达"] * 5
    told = watched.told("测试消息")
    assert all("【nianbao】测试消息" in text for text in told.values())
    wrong = {"NIANBAO_NOTIFY": f"wecombot://{REFUSED} mailto://127.0.0.1:1?from=a@b.cn&to=c@d.cn"}
    done = nianbao("notify", "--test", cwd=watched.place, **watched.sinks.environment, **wrong)
    assert done.returncode == 1
    refused, unreachable = done.stdout.splitlines()
    assert refused.endswith("没有送达。对方没有接受：invalid webhook url（93000）")
    assert "没有送达。连不上邮件服务器" in unreachable
    assert REFUSED not in done.stdout + done.stderr


@pytest.mark.usefixtures("deployed")
def test_the_1st_of_april_and_a_source_gone_empty(watched: Watched, tmp_path: Path) -> None:
    """One run on the day, by its own clock, which is partial as well; one after the folder was moved."""
    clock = clock_variables(tmp_path / "clock")
    (tmp_path / "clock").write_text(f"@{watched.year + 1}-04-01 04:00:00\n")
    run = watched.run(**clock, TZ="UTC")
    assert run["state_name"] == "Partial", run["state"]
    due = watched.told(f"{NAME} {watched.year} 年度：4 月 1 日已到期，还有 2 个单位未报")
    page = f"{watched.server.address}/runs/flow-run/{run['id']}"
    for text in due.values():
        assert "岚溪县：岚溪县白鹿乡人民政府、岚溪县杏坞乡人民政府" in text
        assert "怎么办：" in text
        assert page in text, text
    assert all("坏.docx" in text for text in watched.told("部分完成").values())
    (watched.place / "乡镇报告").rename(watched.place / "别处")
    run = watched.run()
    (watched.place / "别处").rename(watched.place / "乡镇报告")
    assert run["state_type"] == "FAILED"
    for text in watched.told(f"【nianbao】{NAME}：来源空了").values():
        assert f"有 2 个条目，其中报告 1 份（{watched.year} 年度 1 份）；这次一个条目也没有" in text
    for text in watched.told("运行失败").values():
        assert text.startswith(f"【nianbao】{run['name']}：运行失败")
        assert "没有这个文件或文件夹" in text
        assert run["id"] in text


@pytest.mark.usefixtures("deployed")
def test_an_address_that_is_taken_out_loses_its_block(watched: Watched) -> None:
    watched.set(watched.sinks.addresses[:1])
    said = watched.arrange(1)
    assert [line for line in said if "地址" in line] == [f"删除通知地址 {number}" for number in range(2, 6)]
    notices = [each for each in watched.server.post("/automations/filter") if "通知" in each["name"]]
    assert [len(each["actions"]) for each in notices] == [1] * 4
    # Where nothing is set nothing is changed: another folder's deploy does not take them away.
    (watched.place / "nianbao.toml").unlink()
    assert watched.arrange(1) == []
    watched.set([])
    assert watched.arrange(1)[-1] == "删除通知地址 1"
    left = [each["name"] for each in watched.server.post("/automations/filter")]
    assert [name for name in left if "通知" in name] == []
    assert watched.server.post("/block_documents/filter") == []
