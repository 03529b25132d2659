"""The table of isolation in the docs has a row for each fault of the matrix, and none besides."""

from __future__ import annotations

import re
from pathlib import Path

from faulty import CALLED, LOADING

PAGE = Path(__file__).resolve().parents[2] / "docs" / "plugins-isolation.md"


def test_the_table_tells_each_fault_and_where_it_is_told() -> None:
    rows = re.findall(
        r"^\| ([^|`]+) \| ((?:`\w+`(?:, )?)+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )
    stages: dict[str, set[str]] = {}
    for fault in (*LOADING.values(), *CALLED.values()):
        stages.setdefault(fault.row, set()).add(fault.stage)
    assert {row: set(re.findall(r"\w+", told)) for row, told in rows} == stages
