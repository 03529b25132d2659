"""When a notice goes out, and what it says: automations of Prefect's server.

A run's own events bring their message; of one that failed the server tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from prefect.automations import Automation
from prefect.events.actions import SendNotification
from prefect.events.schemas.automations import EventTrigger, Posture
from prefect.events.schemas.events import ResourceSpecification

from flows.events.notice import EMPTIED, MISSING, PARTIAL

_Labels = dict[str, str | list[str]]
# Tags of Prefect's; all runs of ours have this one.
_OURS: _Labels = {"prefect.resource.id": "prefect.tag.nianbao", "prefect.resource.role": "tag"}
_LONGEST = 300
_LINK = "页面：{{ flow_run|ui_url }}"
_OWN_SUBJECT = "{{ event.payload['标题'] }}"
_OWN_BODY = f"{{{{ event.payload['正文'] }}}}\n{_LINK}"
_STATE = "event.resource['prefect.state-name']"
_FAILED_SUBJECT = (
    "【nianbao】{{ flow_run.name }}："
    f"{{% if {_STATE} == 'Crashed' %}}进程中断{{% elif {_STATE} == 'TimedOut' %}}超过时限，已停止"
    "{% else %}运行失败{% endif %}"
)
_FAILED_HINT = (
    f"怎么办：{{% if {_STATE} == 'Failed' %}}打开页面看日志，改好以后重新运行"
    "{% else %}重新运行即可，已读的都还在，会接着做{% endif %}。"
)
_FAILED_BODY = (
    f"原因：{{{{ event.resource['prefect.state-message']|truncate({_LONGEST}) }}}}\n{_FAILED_HINT}\n{_LINK}"
)


@dataclass(frozen=True, slots=True)
class _Occasion:
    """What a person is told of.

    Args:
        name: of the automation, after `通知：`.
        description: of it.
        events: which bring it about.
        match: labels of what they are about.
        related: labels of what else they concern.
        subject, body: templates of the message.
    """

    name: str
    description: str
    events: frozenset[str]
    match: _Labels
    related: _Labels
    subject: str = _OWN_SUBJECT
    body: str = _OWN_BODY


_OCCASIONS = (
    _Occasion(
        "运行失败",
        "nianbao 的运行失败、进程中断或超过时限时通知。",
        frozenset(f"prefect.flow-run.{state}" for state in ("Failed", "Crashed", "TimedOut")),
        {"prefect.resource.id": "prefect.flow-run.*"},
        _OURS,
        _FAILED_SUBJECT,
        _FAILED_BODY,
    ),
    _Occasion(
        "来源空了",
        "上次有内容的网站或文件夹，这次什么也没有时通知。",
        frozenset({EMPTIED}),
        {"prefect.resource.id": "nianbao.source.*"},
        {},
    ),
    _Occasion(
        "到期未报",
        "4 月 1 日（或此后第一次运行时）还有单位未报时通知。",
        frozenset({MISSING}),
        {"prefect.resource.id": "nianbao.task.*", "nianbao.notice": "due"},
        {},
    ),
    _Occasion(
        "部分完成",
        "有文件读不了，或者插件出错时通知；不需要的，可以在这里停用。",
        frozenset({PARTIAL}),
        {"prefect.resource.id": "nianbao.task.*"},
        {},
    ),
)


def names() -> tuple[str, ...]:
    """Return what the automations that send notices are called."""
    return tuple(f"通知：{occasion.name}" for occasion in _OCCASIONS)


def notice_automations(blocks: Sequence[UUID]) -> list[Automation]:
    """Return the automations that send notices.

    Args:
        blocks: the addresses that each notice goes to.
    """
    return [_automation(occasion, blocks) for occasion in _OCCASIONS] if blocks else []


def _automation(occasion: _Occasion, blocks: Sequence[UUID]) -> Automation:
    return Automation(
        name=f"通知：{occasion.name}",
        description=occasion.description,
        trigger=EventTrigger(
            expect=set(occasion.events),
            match=ResourceSpecification(occasion.match),
            match_related=ResourceSpecification(occasion.related),
            posture=Posture.Reactive,
            threshold=1,
            within=timedelta(0),
        ),
        actions=[
            SendNotification(block_document_id=block, subject=occasion.subject, body=occasion.body)
            for block in blocks
        ],
    )
