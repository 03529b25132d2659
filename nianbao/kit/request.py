"""What a process of the kit is asked to do, as it travels there in a file."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from importlib.metadata import EntryPoint
from pathlib import Path

from nianbao.installed import ENTRY_POINTS
from nianbao.kit.locating import Plugin


class Task(StrEnum):
    """What a process is there for."""

    WHOLE = "whole"
    """All texts, and the examples of the cards."""
    AGAIN = "again"
    """The same texts from the last to the first, to be compared with the first reading."""
    WITHOUT = "without"
    """Without the plugin, the texts that it may not change, and its golden reports."""
    GOLDENS = "goldens"
    """Nothing but the golden reports."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a process is to do.

    Args:
        task: what for.
        name: of the plugin.
        points: its entry points: (name, module).
        folder: where its source lies; empty for none.
        search: what goes onto the module search path.
        codes: of the regions that it brings; empty where it brings none, or none is known yet.
    """

    task: Task
    name: str
    points: tuple[tuple[str, str], ...]
    folder: str
    search: tuple[str, ...]
    codes: tuple[str, ...] = ()

    @property
    def plugin(self) -> Plugin:
        """The plugin that is tested."""
        points = tuple(EntryPoint(name, value, ENTRY_POINTS) for name, value in self.points)
        return Plugin(self.name, points, Path(self.folder) if self.folder else None, self.search)


def request_for(plugin: Plugin, task: Task, codes: tuple[str, ...] = ()) -> Request:
    """Return what a process is to do with a plugin.

    Args:
        plugin: the plugin.
        task: what for.
        codes: of the regions that it brings, where they are known.
    """
    points = tuple((point.name, point.value) for point in plugin.points)
    return Request(task, plugin.name, points, str(plugin.folder or ""), plugin.search, codes)


def written(request: Request) -> str:
    """Return a request as a file holds it."""
    return json.dumps(asdict(request))


def read_request(text: str) -> Request:
    """Return the request that a file holds."""
    told = json.loads(text)
    return Request(
        Task(told["task"]),
        told["name"],
        tuple((name, value) for name, value in told["points"]),
        told["folder"],
        tuple(told["search"]),
        tuple(told["codes"]),
    )
