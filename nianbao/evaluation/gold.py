"""The gold reading of some reports, as the annotation guideline has it: one JSON object a report."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nianbao.errors import UsageError

Row = Mapping[str, Any]
_NEEDED = ("id", "observations")


@dataclass(frozen=True, slots=True)
class Gold:
    """The gold readings of a file.

    Args:
        rows: for development, in order.
        held_out: those marked as held out: they measure, and nothing of them is ever shown.
        digest: changes when any of it changes.
    """

    rows: tuple[Row, ...]
    held_out: tuple[Row, ...]
    digest: str

    @property
    def stems(self) -> frozenset[str]:
        """The names of all its reports' files, without their endings."""
        return frozenset(stem_of(row) for row in (*self.rows, *self.held_out))

    @property
    def indicators(self) -> frozenset[str]:
        """All indicators that any of its readings names."""
        return indicators_of((*self.rows, *self.held_out))


def indicators_of(rows: Iterable[Row]) -> frozenset[str]:
    """Return all indicators that some gold readings name."""
    return frozenset(
        name
        for row in rows
        for each in row["observations"]
        for name in (each["indicator"], *each.get("alt", ()))
    )


def stem_of(row: Row) -> str:
    """Return the name of a gold reading's file without its ending; its id where it names no file."""
    return Path(str(row.get("file", row["id"]))).stem


def read_gold(path: Path) -> Gold:
    """Read a file of gold readings.

    Raises:
        UsageError: it can't be read, or a line of it is none; in one Chinese line.
    """
    try:
        data = path.read_bytes()
        lines = data.decode("utf-8-sig").splitlines()
    except OSError as error:
        raise UsageError(f"无法读取：{error.strerror}", where=str(path)) from error
    except UnicodeDecodeError as error:
        raise UsageError("不是 UTF-8 编码", where=str(path), hint="请另存为 UTF-8") from error
    rows = [_row(line, f"{path} 第 {number} 行") for number, line in enumerate(lines, 1) if line.strip()]
    if not rows:
        raise UsageError("里面没有标准答案", where=str(path), hint="每行应是一份报告的 JSON")
    dev = tuple(row for row in rows if not row.get("held_out"))
    held_out = tuple(row for row in rows if row.get("held_out"))
    return Gold(dev, held_out, hashlib.sha256(data).hexdigest()[:16])


def _row(line: str, where: str) -> Row:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise UsageError("不是 JSON", where=where, hint="每行应是一份报告的 JSON") from error
    if not isinstance(row, dict) or any(key not in row for key in _NEEDED):
        raise UsageError(f"缺少 {'、'.join(_NEEDED)}", where=where, hint="写法见标注说明")
    return row
