"""What a run published, kept as a snapshot, and what changed from one to another, by its cause."""

from __future__ import annotations

from nianbao.comparing.causes import Cause
from nianbao.comparing.changes import (
    CellChange,
    Changes,
    Fate,
    IndicatorChange,
    ReportChange,
    compare,
)
from nianbao.comparing.packing import digest_of, pack, unpack
from nianbao.comparing.snapshot import Cell, Idle, Named, Row, Snapshot, digest_of_text, take_snapshot
from nianbao.comparing.workbooks import SNAPSHOT_SHEET, Found, read_workbook, snapshot_cells

__all__ = [
    "SNAPSHOT_SHEET",
    "Cause",
    "Cell",
    "CellChange",
    "Changes",
    "Fate",
    "Found",
    "Idle",
    "IndicatorChange",
    "Named",
    "ReportChange",
    "Row",
    "Snapshot",
    "compare",
    "digest_of",
    "digest_of_text",
    "pack",
    "read_workbook",
    "snapshot_cells",
    "take_snapshot",
    "unpack",
]
