"""The units of a yearbook that count, each with its report."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from nianbao import Entry, Field, Figure, FigureStatus, IssuerLevel, Status, Yearbook

LEVELS: Final = {
    IssuerLevel.PROVINCE: "省级",
    IssuerLevel.CITY: "市级",
    IssuerLevel.COUNTY: "县级",
    IssuerLevel.TOWN: "乡级",
    IssuerLevel.DEPARTMENT: "部门",
    IssuerLevel.OTHER: "其他",
}
_ORDER: Final = tuple(LEVELS)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its number in all sheets, its name, and its report's entry."""

    number: int
    name: str
    level: str
    entry: Entry

    def figure(self, indicator: str) -> Figure | None:
        """Return the settled figure, or None where its cell was left empty."""
        return self.entry.report.figure(indicator)

    def value(self, indicator: str) -> Decimal | None:
        """Return the value of a figure that is known."""
        figure = self.figure(indicator)
        return None if figure is None or figure.status is FigureStatus.FAILED else figure.value


def units_of(yearbook: Yearbook) -> tuple[Unit, ...]:
    """Return the units whose reports count: governments from above, then departments, each as they stood."""
    entries = [entry for entry in yearbook.counted if entry.report.status is not Status.UNREADABLE]
    ordered = sorted(entries, key=_rank)
    return tuple(Unit(n, _name(entry), _level(entry), entry) for n, entry in enumerate(ordered, 1))


def _rank(entry: Entry) -> int:
    told = entry.report.value(Field.ISSUER_LEVEL)
    # Departments stand behind the governments.
    order = (*(each for each in _ORDER if each is not IssuerLevel.DEPARTMENT), IssuerLevel.DEPARTMENT)
    return order.index(IssuerLevel(told)) if told else len(order)


def _name(entry: Entry) -> str:
    return entry.report.value(Field.ISSUER) or entry.report.file


def _level(entry: Entry) -> str:
    told = entry.report.value(Field.ISSUER_LEVEL)
    return LEVELS[IssuerLevel(told)] if told else ""
