"""Snapshots as bytes: 10,000 reports of thirty figures take a few megabytes."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from nianbao.comparing.snapshot import Cell, Idle, Named, Row, Snapshot
from nianbao.model import Correction, CorrectionState, FigureStatus, Qualifier, Status

# What an older program can't read bears a greater number.
FORMAT: Final = 1
_STATUSES: Final = tuple(FigureStatus)
_QUALIFIERS: Final = tuple(Qualifier)


def pack(snapshot: Snapshot) -> bytes:
    """Return a snapshot as bytes; equal ones give the same."""
    places = {each.id: place for place, each in enumerate(snapshot.indicators)}
    content = {
        "format": FORMAT,
        "year": snapshot.year,
        "reading": snapshot.reading,
        "extraction": snapshot.extraction,
        "statuses": _STATUSES,
        "qualifiers": _QUALIFIERS,
        "indicators": [[each.id, each.name, each.unit] for each in snapshot.indicators],
        "rows": [_row_list(row, places) for row in snapshot.rows],
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode(errors="replace"), 6)


def digest_of(packed: bytes) -> str:
    """Return what a packed snapshot is known by."""
    return hashlib.sha256(packed).hexdigest()


def unpack(packed: bytes) -> Snapshot:
    """Return the snapshot that was packed.

    Raises:
        ValueError: a newer program packed it; in one Chinese clause.
    """
    content: dict[str, Any] = json.loads(zlib.decompress(packed))
    if content["format"] > FORMAT:
        raise ValueError("由更新版本的 nianbao 写出，请升级后再比较")
    statuses = [FigureStatus(name) for name in content["statuses"]]
    qualifiers = [Qualifier(name) for name in content["qualifiers"]]
    indicators = tuple(Named(*each) for each in content["indicators"])
    year: int = content["year"]
    rows = []
    for issuer, code, level, file, part, sha256, text, status, aside, cells, idle in content["rows"]:
        made = []
        for cell in cells:
            number, value, state, firmness, evidence, *entered = cell
            indicator = indicators[number].id if isinstance(number, int) else number
            made.append(
                Cell(
                    indicator,
                    None if value is None else Decimal(value),
                    statuses[state],
                    qualifiers[firmness],
                    evidence,
                    _correction(year, indicator, entered) if entered else None,
                )
            )
        told_of = tuple(Idle(name, CorrectionState(state), why) for name, state, why in idle)
        known = (issuer, code, level, file, part, sha256, text)
        rows.append(Row(*known, Status(status), aside, tuple(made), told_of))
    return Snapshot(year, content["reading"], content["extraction"], indicators, tuple(rows))


def _row_list(row: Row, places: dict[str, int]) -> list[Any]:
    return [
        row.issuer,
        row.code,
        row.level,
        row.file,
        row.part,
        row.sha256,
        row.text,
        row.status,
        row.aside,
        [_cell_list(cell, places) for cell in row.cells],
        [[each.indicator, each.state, each.told] for each in row.idle],
    ]


def _cell_list(cell: Cell, places: dict[str, int]) -> list[Any]:
    value = None if cell.value is None else str(cell.value)
    state, firmness = _STATUSES.index(cell.status), _QUALIFIERS.index(cell.qualifier)
    told = [places.get(cell.indicator, cell.indicator), value, state, firmness, cell.evidence]
    entered = cell.correction
    if entered is None:
        return told
    values = [None if each is None else str(each) for each in (entered.old, entered.value)]
    return [
        *told,
        entered.issuer,
        *values,
        entered.evidence,
        entered.reason,
        entered.person,
        entered.day.isoformat(),
    ]


def _correction(year: int, indicator: str, entered: Sequence[Any]) -> Correction:
    of, old, value, evidence, reason, person, day = entered
    before, after = (None if each is None else Decimal(each) for each in (old, value))
    return Correction(of, year, indicator, before, evidence, after, reason, person, date.fromisoformat(day))
