"""A work pool whose runs are Kubernetes jobs, from a template; Prefect's environment must be set before."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import WorkPoolCreate, WorkPoolUpdate
from prefect.exceptions import ObjectNotFound

from nianbao.errors import UsageError

KUBERNETES = "kubernetes"


def offer_jobs(pool: str, template: Path) -> str:
    """Make a pool of Kubernetes jobs, or give it the template anew; return what was done, in Chinese.

    Args:
        pool: what it is called.
        template: file of a base job template, as Prefect's kubernetes workers take it.

    Raises:
        UsageError: the template can't be read, or the pool is there and of another type.
    """
    wanted = _read(template)
    with get_client(sync_client=True) as client:
        try:
            there = client.read_work_pool(pool)
        except ObjectNotFound:
            client.create_work_pool(
                WorkPoolCreate(
                    name=pool,
                    type=KUBERNETES,
                    description="nianbao 的运行都在这里排队，每次运行是一个 Kubernetes 作业。",
                    base_job_template=wanted,
                )
            )
            return f"新建工作池 {pool}（{KUBERNETES}）"
        if there.type != KUBERNETES:
            told = f"工作池 {pool} 已有，类型是 {there.type}"
            raise UsageError(told, where=str(template), hint="请先在网页上删除它，或不写 --jobs")
        if there.base_job_template == wanted:
            return ""
        client.update_work_pool(pool, WorkPoolUpdate(base_job_template=wanted))
        return f"更新工作池 {pool} 的作业模板"


def _read(template: Path) -> dict[str, Any]:
    try:
        found = json.loads(template.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError("无法读取作业模板", where=str(template)) from error
    if not isinstance(found, dict) or not {"job_configuration", "variables"} <= found.keys():
        raise UsageError("不是作业模板", where=str(template), hint="须有 job_configuration 和 variables")
    return found
