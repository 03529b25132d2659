"""What stands on a Prefect server besides deployments: the work pool, and the automations that mind the runs.

Prefect is imported here; its environment must be set before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from prefect.automations import Automation
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.objects import DeploymentSchedule, StateType
from prefect.client.schemas.responses import DeploymentResponse
from prefect.events.actions import ChangeFlowRunState
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture
from prefect.exceptions import ObjectNotFound
from prefect.workers.process import ProcessWorker

from flows.events.addresses import Address
from flows.events.arranging import drop_automations, drop_blocks, kept_blocks, put_blocks
from flows.events.automations import notice_automations
from flows.operating.hours import told_hours

POOL = "nianbao"
FLOWS = {"annual-collection": "采集和汇总", "nightly-verify": "核对", "self-check": "自检"}
# Three heartbeats: one that comes late is no death.
SILENCE = timedelta(seconds=90)
_ENDS = ("Completed", "Failed", "Cancelled", "Crashed")


@dataclass(frozen=True, slots=True)
class Deployed:
    """A deployment, as far as a person is told of it and a second one may differ.

    Args:
        told: what it is called, and when it runs.
        details: all that it was deployed with.
    """

    told: str
    details: str


def deployed(name: str) -> list[Deployed]:
    """Return the deployments of our flows that bear a name."""
    found = []
    with get_client(sync_client=True) as client:
        for flow, called in FLOWS.items():
            try:
                there = client.read_deployment_by_name(f"{flow}/{name}")
            except ObjectNotFound:
                continue
            hours = "；".join(sorted(_hours(each) for each in there.schedules)) or "没有定时"
            found.append(Deployed(f"{called}（{flow}/{name}），{hours}", _details(there)))
    return found


def _hours(schedule: DeploymentSchedule) -> str:
    zone = getattr(schedule.schedule, "timezone", None) or "UTC"
    cron = getattr(schedule.schedule, "cron", "")
    told = told_hours(cron, zone) if cron else f"定时 {zone}"
    return f"{told}{'' if schedule.active else '（已停用）'}"


def _details(deployment: DeploymentResponse) -> str:
    fields = ("entrypoint", "parameters", "tags", "concurrency_options", "job_variables", "description")
    told = {field: deployment.model_dump(mode="json")[field] for field in fields}
    schedules = sorted(f"{each.id} {each.slug} {_hours(each)}" for each in deployment.schedules)
    return f"{told} {schedules} {deployment.work_pool_name}"


def arrange(addresses: Sequence[Address] | None = None) -> list[str]:
    """Make what is not there yet, and mend what differs; return what was done, a Chinese line each.

    Args:
        addresses: where notices go; None to leave the addresses as they are.
    """
    with get_client(sync_client=True) as client:
        done = [_pool(client)]
        kept = kept_blocks(client)
        blocks = [(block.id, "") for block in kept]
        if addresses is not None:
            blocks = list(put_blocks(client, kept, addresses))
        done += [line for _, line in blocks]
        done += [_automation(client, wanted) for wanted in automations([block for block, _ in blocks])]
        # What refers to a block goes before it.
        done += drop_automations(client) if not blocks else ()
        done += drop_blocks(client, kept, len(blocks))
    return [line for line in done if line]


def automations(blocks: Sequence[UUID] = ()) -> list[Automation]:
    """Return the automations of a server.

    Args:
        blocks: the addresses that notices go to; without one there are no notices.
    """
    return [_the_dead(), *notice_automations(blocks)]


def _the_dead() -> Automation:
    """A run whose process was killed, with its worker or alone, is marked as crashed."""
    return Automation(
        name="失去响应的运行标为已崩溃",
        description="运行中的流程每 30 秒报到一次；90 秒没有报到，就标为 Crashed。",
        trigger=EventTrigger(
            after={"prefect.flow-run.heartbeat"},
            expect={"prefect.flow-run.heartbeat", *(f"prefect.flow-run.{end}" for end in _ENDS)},
            match={"prefect.resource.id": "prefect.flow-run.*"},
            for_each={"prefect.resource.id"},
            posture=Posture.Proactive,
            threshold=1,
            within=SILENCE,
        ),
        actions=[
            ChangeFlowRunState(
                name="Crashed",
                state=StateType.CRASHED,
                message="90 秒没有报到，进程可能已被终止。",
                force=False,
            )
        ],
    )


def _pool(client: SyncPrefectClient) -> str:
    try:
        client.read_work_pool(POOL)
    except ObjectNotFound:
        client.create_work_pool(
            WorkPoolCreate(
                name=POOL,
                type=ProcessWorker.type,
                description="nianbao 的运行都在这里排队，由本机的工作进程执行。",
                base_job_template=ProcessWorker.get_default_base_job_template(),
            )
        )
        return f"新建工作池 {POOL}"
    return ""


def _automation(client: SyncPrefectClient, wanted: Automation) -> str:
    core = _core(wanted)
    there = client.read_automations_by_name(wanted.name)
    if not there:
        client.create_automation(core)
        return f"新建自动化“{wanted.name}”"
    if is_same(there[0], core):
        return ""
    # Whether it is switched on is the operator's affair.
    client.update_automation(there[0].id, core.model_copy(update={"enabled": there[0].enabled}))
    return f"更新自动化“{wanted.name}”"


def _core(automation: AutomationCore) -> AutomationCore:
    """Return an automation as it is sent: an owner that is set, be it to none, has an update refused."""
    return AutomationCore(**automation.model_dump(exclude={"id", "owner_resource"}))


def is_same(one: AutomationCore, other: AutomationCore) -> bool:
    """Tell whether two automations do the same, whatever the order of the sets in them."""
    fields = {"description", "trigger", "actions"}
    return _core(one).model_dump(include=fields) == _core(other).model_dump(include=fields)
