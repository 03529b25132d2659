"""Small snapshots, of a town or two and an indicator or two."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from nianbao.comparing import Cell, Changes, Idle, Named, Row, Snapshot, compare
from nianbao.model import Correction, CorrectionState, FigureStatus, Qualifier, Status

CASES = Named("penalty_cases", "行政处罚案件数", "件")
AMOUNT = Named("penalty_amount", "罚没金额", "元")
STALE = Idle(CASES.id, CorrectionState.STALE, "更正时读出的是3，现在是4，没有采用；请核对后重新更正")


def cell(value: str | None, indicator: str = CASES.id, **changes: Any) -> Cell:
    number = None if value is None else Decimal(value)
    evidence = f"{indicator} {value}"
    return replace(Cell(indicator, number, FigureStatus.STATED, Qualifier.EXACT, evidence), **changes)


def row(town: str, *cells: Cell, content: str = "", **changes: Any) -> Row:
    """Return a town's report; other content is another file's bytes and another text."""
    told = f"{town}{content}"
    made = Row(f"清源县{town}", "", "town", f"{town}.docx", 1, told, told, Status.COMPLETE, cells=cells)
    return replace(made, **changes)


def snapshot(*rows: Row, **changes: Any) -> Snapshot:
    return replace(Snapshot(2023, "读1", "提1", (CASES, AMOUNT), rows), **changes)


def entered(value: str | None, old: str | None = "3", reason: str = "表中为8件") -> Correction:
    before, after = (None if told is None else Decimal(told) for told in (old, value))
    return Correction(
        "清源县东关镇", 2023, CASES.id, before, "0" * 16, after, reason, "王敏", date(2024, 3, 5)
    )


def changes(before: Row | Snapshot, after: Row | Snapshot, **made_by: Any) -> Changes:
    """Compare two towns' reports, or whatever is given."""
    old, new = (each if isinstance(each, Snapshot) else snapshot(each) for each in (before, after))
    return compare([old], [replace(new, **made_by)])


def fates(found: Changes) -> list[tuple[str, str, str]]:
    return [(change.fate.value, change.issuer, change.told) for change in found.reports]
