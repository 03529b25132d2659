"""The places that reports are from, as a tree: what each one's towns are, and which reports are its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from xlsxwriter.utility import xl_range

from nianbao import Field, IssuerLevel
from outputs.workbook import terms
from outputs.workbook.lines import Block, Line
from outputs.workbook.plan import Plan

FIELDS: Final = (Field.PROVINCE, Field.CITY, Field.COUNTY)
LEVELS: Final = (IssuerLevel.PROVINCE, IssuerLevel.CITY, IssuerLevel.COUNTY)
UNKNOWN: Final = "（未能判断）"


@dataclass(slots=True)
class Place:
    """A province, a city or a county.

    Args:
        depth: 0 for a province, 1 for a city, 2 for a county.
        name: its own name.
        towns: the reports of the towns in it, the only ones that are added up.
        own: the reports of the place itself.
        inner: the places right below it.
    """

    depth: int
    name: str
    towns: list[Line] = field(default_factory=list)
    own: list[Line] = field(default_factory=list)
    inner: dict[str, Place] = field(default_factory=dict)

    def walk(self) -> Iterator[Place]:
        """Yield the place, then those in it."""
        yield self
        for place in self.inner.values():
            yield from place.walk()

    def rows(self) -> list[tuple[int, int]]:
        """Return the first and last row in 指标汇总 of each run of its towns."""
        return runs_of(self.towns)


def places_of(plan: Plan) -> list[Place]:
    """Return the provinces with all that is in them; places without towns and reports have no part in it."""
    roots: dict[str, Place] = {}
    for line in plan.towns():
        for place in _path(roots, line, len(FIELDS)):
            place.towns.append(line)
    for block, lines in plan.blocks:
        for line in lines if block is Block.OTHER else ():
            level = line.report.value(Field.ISSUER_LEVEL)
            if level in LEVELS:
                _path(roots, line, LEVELS.index(IssuerLevel(level)) + 1)[-1].own.append(line)
    return list(roots.values())


def _path(roots: dict[str, Place], line: Line, depth: int) -> list[Place]:
    """Return the places that a report's place lies in, from the province down; new ones are entered.

    A municipality has no city between its districts and itself: that step is left out.
    """
    names = [line.report.value(each) for each in FIELDS[:depth]]
    found: list[Place] = []
    inner = roots
    for level, name in enumerate(names):
        if name is None and level == 1 and names[0] is not None and depth > level + 1:
            continue
        place = inner.setdefault(name or UNKNOWN, Place(level, name or UNKNOWN))
        found.append(place)
        inner = place.inner
    return found


def runs_of(lines: Iterable[Line]) -> list[tuple[int, int]]:
    """Return the first and last row in 指标汇总 of each run of neighbours among reports."""
    runs: list[tuple[int, int]] = []
    for row in sorted(line.summary_row for line in lines if line.summary_row is not None):
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs


@dataclass(frozen=True, slots=True)
class Group:
    """A bar of a chart: a town, or all towns of a place."""

    name: str
    lines: tuple[Line, ...]

    def cells(self, columns: tuple[int, int]) -> str:
        """Return the group's cells in 指标汇总 as a formula's arguments."""
        runs = (xl_range(first, columns[0], last, columns[1]) for first, last in runs_of(self.lines))
        return ",".join(f"'{terms.SUMMARY}'!{cells}" for cells in runs)


def groups_of(plan: Plan, most: int) -> list[Group]:
    """Return the towns, or the counties, cities or provinces that they are in: the smallest not too many.

    Without towns, the other reports.
    """
    lines = plan.towns() or next((lines for block, lines in plan.blocks if block is Block.OTHER), ())
    if len(lines) <= most:
        return [Group(line.name, (line,)) for line in lines]
    places = [place for root in places_of(plan) for place in root.walk() if place.towns]
    for depth in reversed(range(len(FIELDS))):
        found = [place for place in places if place.depth == depth]
        if found and len(found) <= most and all(len(place.rows()) < most for place in found):
            return [Group(place.name, tuple(place.towns)) for place in found]
    return []
