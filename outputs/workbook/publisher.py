"""Writes the workbook beside its place and moves it there."""

from __future__ import annotations

from pathlib import Path

from nianbao import Yearbook
from outputs.files import safe_name, whole_file, writable


def publish(yearbook: Yearbook, folder: Path) -> list[Path]:
    """Write the yearbook's workbook into the folder; an older one stays whole until the new one is finished.

    Raises:
        PublishError: the file can't be written there, or a sheet can't hold the yearbook.
    """
    # XlsxWriter is heavy; the module itself must load at once.
    from outputs.workbook.book import write_book

    path = folder / file_name(yearbook)
    with writable(path, "工作簿", " Excel 或 WPS"), whole_file(path) as draft:
        write_book(yearbook, draft, draft.parent, folder)
    return [path]


def file_name(yearbook: Yearbook) -> str:
    """Return the workbook's file name: the yearbook's title, made safe for every file system."""
    return f"{safe_name(yearbook.title, f'{yearbook.year}年法治政府建设年度报告汇总')}.xlsx"
