"""Where links lead: to cells and blocks of rows of the workbook, to files and pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from xlsxwriter.utility import xl_range

LONGEST_ADDRESS: Final = 2_000
# Of an address, these are left as they are; Chinese is, too.
_PLAIN: Final = "/:?&=+,;@~!$'()*#"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads: cells of a sheet of this workbook; rows and columns count from 0."""

    sheet: str
    row: int
    column: int
    last_row: int = -1
    last_column: int = -1

    @property
    def location(self) -> str:
        """The target as Excel writes it: one cell, or the range that is to be selected."""
        cells = xl_range(
            self.row, self.column, max(self.row, self.last_row), max(self.column, self.last_column)
        )
        return f"'{self.sheet}'!{cells}"


@dataclass(frozen=True, slots=True)
class Address:
    """A file or page that a link leads to, and the place in it, if any."""

    path: str
    anchor: str = ""


def escaped(address: str) -> str:
    """Return an address as a relationship may hold it; what is escaped already stays so."""
    plain = _PLAIN + ("%" if "://" in address else "")
    if "://" not in address:
        plain = plain.replace("#", "").replace("?", "")
    return "".join(
        each if ord(each) > 0x9F or each.isalnum() else quote(each, safe=plain) for each in address
    )
