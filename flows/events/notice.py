"""An event as the flows decide on it: what happened, to what, and the message that a person reads."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MISSING, CHANGED, EMPTIED, PARTIAL = (
    "nianbao.report.missing",
    "nianbao.source.changed",
    "nianbao.source.emptied",
    "nianbao.run.partial",
)
# A robot of 企业微信 takes messages of 2048 bytes; a link and a heading are to fit in as well.
_MOST_CHARACTERS = 420
SHOWN = 10
_ID_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Notice:
    """An event that is due.

    Args:
        event: its name.
        resource: what it is about, by labels; `prefect.resource.id` is the same in every run.
        payload: what happened, for a person; `标题` and `正文` are the message.
    """

    event: str
    resource: Mapping[str, str]
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Task:
    """What a deployment does: whose reports it reads, and where the results go.

    Args:
        label: what the operator calls it.
        source: where the reports are; without a password.
        out: the folder of the results.
    """

    label: str
    source: str
    out: str

    def resource(self, **labels: str) -> dict[str, str]:
        """Return the labels of what an event about it is about."""
        more = {f"nianbao.{name}": value for name, value in labels.items()}
        return {
            "prefect.resource.id": f"nianbao.task.{digest(self.source, self.out)}",
            "prefect.resource.name": self.label,
            "nianbao.place": self.label,
            **more,
        }


def digest(*told: str) -> str:
    """Return what tells things of these names from others; the same in every process."""
    return hashlib.sha256("\n".join(told).encode(errors="replace")).hexdigest()[:_ID_DIGITS]


def message(title: str, lines: Sequence[str], hint: str) -> dict[str, str]:
    """Return a message that is read at one glance, short enough for every messenger.

    Args:
        title: where, which year, and what happened, in one line.
        lines: what there is to know of it; what is too long is cut.
        hint: what to do.
    """
    told = "\n".join(lines)
    if len(told) > _MOST_CHARACTERS:
        told = f"{told[: _MOST_CHARACTERS - 1]}…"
    return {"标题": f"【nianbao】{title}", "正文": f"{told}\n怎么办：{hint}"}


def some(names: Sequence[str], shown: int = SHOWN, counter: str = "个") -> str:
    """Join names for a reader: `甲、乙 等 37 个`."""
    joined = "、".join(names[:shown])
    return f"{joined} 等 {len(names)} {counter}" if len(names) > shown else joined
