"""Writes the workbook of a year: what the units disclosed, how they dealt with requests, who was sued."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import xlsxwriter

from nianbao import PublishError, Yearbook
from nianbao_xinxigongkai.look import Formats
from nianbao_xinxigongkai.overview import write_findings, write_overview
from nianbao_xinxigongkai.sheets import write_askers, write_disclosed, write_requests, write_suits
from nianbao_xinxigongkai.sources import Sources
from nianbao_xinxigongkai.units import units_of

_UNSAFE: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')


def write_workbook(yearbook: Yearbook, folder: Path) -> Path:
    """Write the workbook beside its place and move it there; return its path.

    Raises:
        PublishError: it can't be written.
    """
    path = folder / f"{_UNSAFE.sub('', yearbook.title)}.xlsx"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".xinxigongkai-", dir=folder) as place:
            draft = Path(place) / "draft.xlsx"
            _write(yearbook, draft)
            draft.replace(path)
    except OSError as error:
        hint = "请先关闭正在打开它的 Excel 或 WPS，并确认文件夹可以写入"
        raise PublishError(f"工作簿无法写入：{error.strerror}", where=str(path), hint=hint) from error
    return path


def _write(yearbook: Yearbook, path: Path) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties(
            {
                "title": yearbook.title,
                "author": "nianbao",
                "created": yearbook.run.started.replace(tzinfo=None),
            }
        )
        formats, units = Formats(book), units_of(yearbook)
        sources = Sources(yearbook, units)
        write_overview(book, formats, yearbook, units, sources)
        write_disclosed(book, formats, yearbook, units, sources)
        write_requests(book, formats, yearbook, units, sources)
        write_askers(book, formats, yearbook, units, sources)
        write_suits(book, formats, yearbook, units, sources)
        write_findings(book, formats, yearbook, units)
        sources.write(book, formats)
