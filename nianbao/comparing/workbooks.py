"""Snapshots in a workbook's hidden sheet, so that two workbooks can be compared without any store."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from nianbao.comparing.packing import digest_of, pack, unpack
from nianbao.comparing.snapshot import Snapshot
from nianbao.errors import UsageError
from nianbao.model import RunRecord
from nianbao.spreadsheets import read_sheet

SNAPSHOT_SHEET: Final = "比对依据"
# Excel's limit is 32,767 characters a cell.
_CELL: Final = 32_000
# The run, when it began, and the digest stand above the snapshot.
_HEAD: Final = 3
_CALLED: Final = "工作簿"


@dataclass(frozen=True, slots=True)
class Found:
    """What a workbook says of itself: the run that wrote it, when that began, and what it showed."""

    run: str
    started: datetime
    snapshot: Snapshot


def snapshot_cells(snapshot: Snapshot, run: RunRecord) -> Iterator[str]:
    """Yield the cells of the hidden sheet's first column."""
    packed = pack(snapshot)
    yield from (run.id, run.started.isoformat(timespec="seconds"), digest_of(packed))
    text = base64.b64encode(packed).decode("ascii")
    yield from (text[start : start + _CELL] for start in range(0, len(text), _CELL))


def read_workbook(path: Path) -> Found:
    """Return what a workbook of ours showed when it was written.

    Raises:
        UsageError: the file can't be read, is no workbook of ours, or its hidden sheet was changed.
    """
    rows = read_sheet(path, SNAPSHOT_SHEET, _CALLED)
    if rows is None:
        raise UsageError(
            "不是 nianbao run 写出的工作簿，或由旧版本写出，里面没有比对的依据",
            where=str(path),
            hint="请重新汇总，或改用运行编号",
        )
    told = [row[0] for row in rows if row and row[0]]
    packed = _packed(told[_HEAD:])
    if len(told) <= _HEAD or packed is None or digest_of(packed) != told[_HEAD - 1]:
        raise UsageError(
            f"工作簿里隐藏的“{SNAPSHOT_SHEET}”表被改动过或不完整，不能比较",
            where=str(path),
            hint="请用原来的工作簿，或改用运行编号",
        )
    try:
        return Found(told[0], datetime.fromisoformat(told[1]), unpack(packed))
    except ValueError as error:
        raise UsageError(str(error), where=str(path)) from error


def _packed(pieces: Sequence[str]) -> bytes | None:
    try:
        return base64.b64decode("".join(pieces), validate=True)
    except ValueError:
        return None
