"""The flows besides the yearly run: one looks the store over by night, one tries out the installation."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from prefect import State, flow
from prefect.artifacts import create_markdown_artifact
from prefect.logging import get_run_logger
from prefect.states import Completed, Failed

from flows.artifacts.markdown import plain_markdown
from flows.endings import PARTIAL, WITH_FINDINGS
from flows.operating.checkup import Point, check_up
from flows.operating.running import LogWatch, is_deployed, label_run, named_after, step
from flows.parameters import Check, Verification
from flows.verifying import Verified, verify
from nianbao.errors import NianbaoError
from nianbao.manager import registry
from nianbao.steps import make_context

_SHOWN = 100
_VERIFIES, _CHECKS = 2 * 3600, 600


@step("verify", "核对数据库和原件")
def _verify(store: str, archive: str) -> Verified:
    return verify(store, archive, LogWatch(), partial(get_run_logger().warning, "%s"))


@flow(
    name="nightly-verify",
    description="核对数据库和归档：数据有没有损坏，每条引文是否还在原文里，每份原件是否完好。",
    flow_run_name=named_after("核对"),
    timeout_seconds=_VERIFIES,
    persist_result=False,
)
def nightly_verify(params: Verification) -> State[Any]:
    """Look a store and its archive over; what is wrong with them ends the run as failed."""
    if is_deployed():
        label_run(params)
    try:
        verified = _verify(params.store, params.archive)
    except NianbaoError as error:
        get_run_logger().error("%s", error)
        return Failed(message=str(error))
    lines = [f"# 核对：{params.label}", "", verified.told, ""]
    if not verified.has_archive:
        lines += ["没有找到存放原件的归档，只核对了数据库。", ""]
    lines += [f"- {plain_markdown(line)}" for line in verified.faults[:_SHOWN]]
    if len(verified.faults) > _SHOWN:
        lines.append(f"- …… 等 {len(verified.faults)} 处")
    create_markdown_artifact("\n".join(lines), key="nianbao-verify", description="核对的结果")
    if verified.faults:
        return Failed(message=verified.told)
    if not verified.has_archive:
        return Completed(name=PARTIAL, message=f"{verified.told}没有找到归档。")
    return Completed(message=verified.told)


@flow(
    name="self-check",
    description="试一试本机：插件、一份样本、结果文件夹、磁盘空间、LibreOffice、文字识别。",
    flow_run_name=named_after("自检"),
    timeout_seconds=_CHECKS,
    persist_result=False,
)
def self_check(params: Check) -> State[Any]:
    """Try out what runs need; what they can't do without ends the run as failed."""
    if is_deployed():
        label_run(params)
    points = list(check_up(registry(), make_context(), Path(params.out), params.gigabytes))
    create_markdown_artifact(_page(params.label, points), key="nianbao-self-check", description="自检的结果")
    bad = [point for point in points if not point.is_good]
    told = "；".join(f"{point.name}：{point.told}" for point in bad)
    if any(point.is_needed for point in bad):
        return Failed(message=told)
    if bad:
        return Completed(name=WITH_FINDINGS, message=told)
    return Completed(message=f"{len(points)} 项全部正常")


def _page(label: str, points: list[Point]) -> str:
    rows = [f"| {point.name} | {_verdict(point)} | {plain_markdown(point.told)} |" for point in points]
    return "\n".join([f"# 自检：{label}", "", "| 项目 | 结果 | 说明 |", "|---|---|---|", *rows])


def _verdict(point: Point) -> str:
    if point.is_good:
        return "正常"
    return "**有问题**" if point.is_needed else "缺少"
