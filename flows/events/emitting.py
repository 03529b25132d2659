"""Tells the operator's server of events; a server that is away costs a run a moment, and nothing else."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from prefect.events import emit_event
from prefect.settings import get_current_settings

from flows.events.notice import Notice
from flows.operating.children import answers

LOG = logging.getLogger(__name__)
# Seconds. A server that is busy is no server that is away: what it is not told, nobody hears of.
_PATIENCE = 60


def server_address() -> str:
    """Return where the server is that this process speaks with; empty where that is a temporary one."""
    return (get_current_settings().api.url or "").removesuffix("/").removesuffix("/api")


def emit(notices: Sequence[Notice]) -> None:
    """Send events, with the run they are of; where the server does not answer, the log says so."""
    if not notices:
        return
    # What waits for a server that is gone is waited for when the process ends.
    if not answers(server_address(), _PATIENCE):
        LOG.warning("运行服务没有应答，有 %s 个事件没有发出", len(notices))
        return
    for notice in notices:
        emit_event(event=notice.event, resource=dict(notice.resource), payload=dict(notice.payload))
        LOG.info("事件 %s：%s", notice.event, notice.payload["标题"])


def emitter() -> Callable[[Sequence[Notice]], None] | None:
    """Return what sends events; None where the server is a temporary one, which nobody looks at."""
    return emit if server_address() else None
