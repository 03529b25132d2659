"""比对依据: the hidden sheet by which `nianbao diff` compares two workbooks without any store."""

from __future__ import annotations

from typing import Any

from nianbao import Yearbook
from nianbao.comparing import SNAPSHOT_SHEET, snapshot_cells, take_snapshot
from outputs.workbook.layout import Formats
from outputs.workbook.plan import Plan


def write_snapshot(book: Any, formats: Formats, yearbook: Yearbook, plan: Plan) -> None:
    """Write the hidden sheet that holds what the yearbook showed when it was written."""
    worksheet = book.add_worksheet(SNAPSHOT_SHEET)
    for row, cell in enumerate(snapshot_cells(take_snapshot(yearbook), yearbook.run)):
        worksheet.write_string(row, 0, cell)
    worksheet.protect()
    worksheet.very_hidden()
