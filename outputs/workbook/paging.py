"""How the columns of a wide sheet go onto printed pages side by side."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from nianbao import IndicatorInfo
from outputs.workbook.layout import PAGE_WIDTH, set_page
from outputs.workbook.sheet import Column, Sheet

PRINT_SCALE: Final = 70
# Beside its characters a column takes so much for its edges.
EDGES: Final = 0.9


def deal_pages(indicators: Sequence[IndicatorInfo], columns: Sequence[Column], repeated: int) -> list[int]:
    """Deal columns of indicators onto pages, an area whole where a page can hold it.

    Args:
        indicators: what the columns show, after those that are repeated.
        columns: all of the sheet.
        repeated: how many columns every page repeats on its left.

    Returns:
        The column after the last one of each page.
    """
    room = PAGE_WIDTH * 100 / PRINT_SCALE - sum(column.width + EDGES for column in columns[:repeated])
    pages: list[int] = []
    used, end = 0.0, repeated
    for _, members in groupby(indicators, key=lambda info: info.area_name):
        widths = [columns[end + offset].width + EDGES for offset, _ in enumerate(members)]
        if used and used + sum(widths) > room:
            pages.append(end)
            used = 0.0
        for width in widths:
            if used and used + width > room:
                pages.append(end)
                used = 0.0
            used += width
            end += 1
    return [*pages, max(end, repeated)]


def set_pages(sheet: Sheet, title: str, pages: Sequence[int], repeated: int) -> None:
    """Set a wide sheet's pages: one page wide would be too small to read."""
    sheet.finish(title)
    if len(pages) > 1:
        side_by_side(sheet, title, pages[:-1], repeated)
    sheet.worksheet.set_zoom(90)


def side_by_side(
    sheet: Sheet, title: str, breaks: Sequence[int], repeated: int, scale: int = PRINT_SCALE
) -> None:
    """Print a sheet on pages side by side.

    Args:
        sheet: a finished sheet.
        title: stands above each page.
        breaks: the columns with which further pages begin, after those that each page repeats.
        repeated: how many columns each page repeats on its left.
        scale: of the print, per cent.
    """
    set_page(sheet.worksheet, title, pages_wide=None, scale=scale)
    sheet.worksheet.set_v_pagebreaks(list(breaks))
    sheet.worksheet.repeat_columns(0, repeated - 1)
    sheet.worksheet.print_across()
