"""Times several ways to do one thing, by turns in one run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

# A visit is repeated until it lasts so long, so that a fast tool is not measured with cold caches.
VISIT_SECONDS = 0.12


@dataclass(frozen=True, slots=True)
class Tool:
    """One way to read a group of files: `read` is given a file's number."""

    name: str
    read: Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Timing:
    """Median milliseconds a file, by the clock and of this process."""

    name: str
    wall: float
    cpu: float


def by_turns(tools: Sequence[Tool], files: int, rounds: int) -> list[Timing]:
    """Time each tool over all files, round robin; the first round warms up and is not counted."""
    repeats = {tool.name: _repeats(tool, files) for tool in tools}
    taken: dict[str, list[tuple[float, float]]] = {tool.name: [] for tool in tools}
    for _ in range(rounds):
        for tool in tools:
            taken[tool.name].append(_visit(tool, files, repeats[tool.name]))
    return [
        Timing(
            tool.name,
            statistics.median(wall for wall, _ in taken[tool.name]),
            statistics.median(cpu for _, cpu in taken[tool.name]),
        )
        for tool in tools
    ]


def _repeats(tool: Tool, files: int) -> int:
    _visit(tool, files, 1)
    wall, _ = _visit(tool, files, 1)
    return max(1, round(VISIT_SECONDS * 1000 / (wall * files)))


def _visit(tool: Tool, files: int, repeats: int) -> tuple[float, float]:
    begun, used = time.perf_counter(), time.process_time()
    for _ in range(repeats):
        for number in range(files):
            tool.read(number)
    reads = repeats * files / 1000
    return (time.perf_counter() - begun) / reads, (time.process_time() - used) / reads
