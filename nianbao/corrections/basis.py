"""What a workbook's reader saw: its hidden sheet, by which a correction knows what it replaces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final

from nianbao.corrections.reading import UNSAID, Entered, Told
from nianbao.model import IndicatorInfo
from nianbao.spreadsheets import Cells, read_sheet

BASIS_SHEET: Final = "更正依据"
# Key, value that was read, digest of its evidence, value that the workbook shows.
_KEY, _READ, _EVIDENCE, _SHOWN = range(4)
_CALLED = "工作簿"


def basis_key(unit: str, indicator: str = "") -> str:
    """Return the key of a unit's figure; of its silence on the others where no indicator is named."""
    return f"{unit}|{indicator}" if indicator else unit


@dataclass(frozen=True, slots=True)
class Seen:
    """What stood in a workbook for a figure.

    Args:
        read: the value that was read, or that none was.
        evidence: digest of what it rests on.
        shown: the value in the workbook, an earlier correction counted in; None where it shows none.
    """

    read: Decimal | Told
    evidence: str
    shown: Decimal | None


@dataclass(frozen=True, slots=True)
class Basis:
    """What stood in a workbook, by `basis_key`."""

    seen: Mapping[str, Seen]

    def fill(self, entered: Entered, indicator: str) -> Entered:
        """Return a correction with what its author saw, as far as the workbook knows the unit.

        One that says itself what was there before is an entry of the ledger that the workbook showed.
        """
        silent = self.seen.get(basis_key(entered.issuer))
        seen = self.seen.get(basis_key(entered.issuer, indicator), silent)
        if entered.old is not None or seen is None:
            return entered
        return replace(entered, old=seen.read, evidence=seen.evidence)


def read_basis(path: Path) -> Basis | None:
    """Return what a workbook of ours showed, None where the file is no such workbook.

    Raises:
        UsageError: the file can't be read.
    """
    rows = read_sheet(path, BASIS_SHEET, _CALLED)
    if rows is None:
        return None
    seen = {}
    for row in rows:
        cells = [*row, *[""] * (_SHOWN + 1 - len(row))]
        if cells[_KEY]:
            read = _number(cells[_READ])
            told = Told.UNSAID if read is None else read
            seen[cells[_KEY]] = Seen(told, cells[_EVIDENCE], _number(cells[_SHOWN]))
    return Basis(seen)


def edited_figures(
    path: Path, basis: Basis, indicators: Sequence[IndicatorInfo], summary_sheet: str
) -> tuple[str, ...]:
    """Return the figures that were changed in the summary itself, where no change counts; Chinese lines.

    Raises:
        UsageError: the file can't be read.
    """
    rows = read_sheet(path, summary_sheet, _CALLED) or []
    names = {info.name for info in indicators}
    header = next((index for index, row in enumerate(rows) if "报告单位" in row), None)
    if header is None:
        return ()
    unit_column = rows[header].index("报告单位")
    columns = {
        column: name
        for column, cell in enumerate(rows[header])
        if (name := cell.partition("\n")[0].strip()) in names
    }
    return tuple(_edits(rows[header + 1 :], unit_column, columns, basis))


def _edits(
    rows: Sequence[Cells], unit_column: int, columns: Mapping[int, str], basis: Basis
) -> Iterator[str]:
    for row in rows:
        unit = row[unit_column] if unit_column < len(row) else ""
        if basis_key(unit) not in basis.seen:
            continue
        for column, name in columns.items():
            now = row[column] if column < len(row) else ""
            was = basis.seen.get(basis_key(unit, name))
            if _differs(now, was.shown if was else None):
                yield f"{unit}的“{name}”在汇总表里被直接改为“{now}”，不会被采用；请改填在“更正”表中"


def _differs(now: str, shown: Decimal | None) -> bool:
    # What is no number at all (提取失败, 未提及) is the workbook's own word where it shows no figure.
    return _number(now) != shown


def _number(cell: str) -> Decimal | None:
    if not cell or cell == UNSAID:
        return None
    try:
        return Decimal(cell)
    except InvalidOperation:
        return None
