"""Puts the sheets of the workbook together."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from nianbao import Yearbook
from outputs.workbook.copies import write_copies
from outputs.workbook.corrections import write_basis, write_corrections
from outputs.workbook.details import write_details
from outputs.workbook.dictionary import write_dictionary
from outputs.workbook.findings import write_findings
from outputs.workbook.layout import BODY_FONT, BODY_SIZE, Formats
from outputs.workbook.overview import write_overview
from outputs.workbook.plan import beijing_time, make_plan
from outputs.workbook.roster import write_roster
from outputs.workbook.snapshot import write_snapshot
from outputs.workbook.summary import write_summary
from outputs.workbook.terms import OVERVIEW
from outputs.workbook.topics import write_topics


def write_book(yearbook: Yearbook, path: Path, staging: Path) -> None:
    """Write the whole workbook to `path`; the same yearbook gives the same bytes.

    Args:
        yearbook: what to write.
        path: the file, overwritten.
        staging: where rows wait on disk until the file is put together.

    Raises:
        PublishError: a sheet can't hold the yearbook.
        OSError: the file can't be written.
    """
    plan = make_plan(yearbook)
    options = {
        "constant_memory": True,
        "tmpdir": str(staging),
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": {"font_name": BODY_FONT, "font_size": BODY_SIZE},
    }
    book = xlsxwriter.Workbook(str(path), options)
    book.set_size(24_000, 14_000)
    book.set_properties(_properties(yearbook))
    formats = Formats(book)
    for write_sheet in (
        write_overview,
        write_summary,
        write_details,
        write_findings,
        write_corrections,
        write_topics,
        write_copies,
        write_roster,
        write_dictionary,
        write_basis,
        write_snapshot,
    ):
        write_sheet(book, formats, yearbook, plan)
    book.get_worksheet_by_name(OVERVIEW).activate()
    try:
        book.close()
    except FileCreateError as error:
        # XlsxWriter wraps the OSError that the caller knows how to tell.
        raise error.args[0] from error


def _properties(yearbook: Yearbook) -> dict[str, str | datetime]:
    started = beijing_time(yearbook.run.started)
    return {
        "title": yearbook.title,
        "subject": f"{yearbook.year}年法治政府建设年度报告",
        "author": "nianbao 年报汇总",
        "category": "法治政府建设",
        "keywords": "法治政府建设；年度报告；指标汇总",
        "comments": f"由 nianbao {yearbook.run.version} 根据各单位公开的年度报告汇总，每个数字都可查到原句。",
        "created": started.astimezone(UTC).replace(tzinfo=None),
    }
