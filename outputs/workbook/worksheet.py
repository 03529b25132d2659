"""The worksheet that the workbook is written on: XlsxWriter's, with whole rows and links over ranges."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from outputs.workbook.links import LONGEST_ADDRESS, Address, Target, escaped

# Excel drops the links of a sheet that has more than 65,530.
MOST_LINKS: Final = 65_530


class HouseWorksheet(Worksheet):  # type: ignore[misc]  # XlsxWriter ships no types
    """A worksheet that takes whole rows as XML, and links that cover ranges, as Excel's do.

    XlsxWriter keeps a cell as an object and looks at it several times; of two million cells that is most
    of its time. And its `write_url` knows single cells only, while one link over the figures of an area in a
    row stands for eight: so a year of 3,000 reports keeps below Excel's limit while each of its figures leads
    on. All else is XlsxWriter's; a row is written either here or there.
    """

    # The row that was begun last.
    previous_row: int

    def __init__(self) -> None:
        """Begin without links."""
        super().__init__()
        self._links: list[tuple[str, Target | Address, str]] = []

    def put_row(self, row: int, cells: Sequence[str], height: float | None = None) -> None:
        """Write a whole row; rows that were begun before are finished first.

        Args:
            row: its number from 0, greater than that of any row put before.
            cells: the XML of its cells, from the first column on without a gap.
            height: in points; None for the sheet's own.
        """
        if row > self.previous_row:
            self._write_single_row(row)
        self._check_dimensions(row, 0)
        self._check_dimensions(row, max(len(cells) - 1, 0))
        pixels = self.default_row_height if height is None else int(4 / 3 * height)
        if height is not None:
            # What floats over the cells is placed by these.
            self.row_sizes[row] = [pixels, False]
        points = f"{pixels * 0.75:.16g}"
        head = f'<row r="{row + 1}" ht="{points}" customHeight="1">'
        self.row_data_fh.write(f"{head}{''.join(cells)}</row>")
        self.previous_row = row + 1

    def link(self, cells: tuple[int, int, int, int], target: Target | Address, tip: str = "") -> None:
        """Lay a link on cells; beyond Excel's limit they stay without.

        Args:
            cells: first row, first column, last row, last column.
            target: cells of this workbook, or a file or page.
            tip: shown while the pointer rests on it.
        """
        if len(self._links) >= MOST_LINKS:
            return
        if isinstance(target, Target) or len(escaped(target.path)) <= LONGEST_ADDRESS:
            self._links.append((xl_range(*cells), target, tip))

    def _write_hyperlinks(self) -> None:
        """Write the element of the worksheet's XML, in the place of XlsxWriter's."""
        if not self._links:
            return
        self._xml_start_tag("hyperlinks")
        for cells, target, tip in self._links:
            attributes = [("ref", cells)]
            if isinstance(target, Address):
                self.rel_count += 1
                attributes.append(("r:id", f"rId{self.rel_count}"))
                self.external_hyper_links.append(["/hyperlink", escaped(target.path), "External"])
            location = target.anchor if isinstance(target, Address) else target.location
            if location:
                attributes.append(("location", location))
            if tip:
                attributes.append(("tooltip", tip))
            self._xml_empty_tag("hyperlink", attributes)
        self._xml_end_tag("hyperlinks")
