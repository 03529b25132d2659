"""Puts the sheets of the workbook together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from nianbao import Yearbook
from outputs.workbook import terms
from outputs.workbook.charts import write_charts
from outputs.workbook.copies import has_copies, write_copies
from outputs.workbook.corrections import write_basis, write_corrections
from outputs.workbook.cover import Content, write_cover
from outputs.workbook.details import write_details
from outputs.workbook.dictionary import write_dictionary
from outputs.workbook.findings import write_findings
from outputs.workbook.layout import BODY_FONT, BODY_SIZE, Formats
from outputs.workbook.lines import beijing_time
from outputs.workbook.overview import write_overview
from outputs.workbook.plan import Plan, make_plan
from outputs.workbook.rollup import write_rollup
from outputs.workbook.roster import write_roster
from outputs.workbook.run import write_run
from outputs.workbook.snapshot import write_snapshot
from outputs.workbook.structure import write_structure
from outputs.workbook.summary import write_summary
from outputs.workbook.topics import write_topics
from outputs.workbook.yearly import write_yearly

Write = Callable[[Any, Formats, Yearbook, Plan], None]


class Part(NamedTuple):
    """A sheet: its name, who writes it, and what the cover says of it."""

    name: str
    write: Write
    told: str


PARTS: Final = (
    Part(terms.OVERVIEW, write_overview, "一份报告一行：所在地、公布日期、报送、法定四部分、问题数、原件"),
    Part(terms.SUMMARY, write_summary, "一份报告一行、一项指标一列，合计在下面；点数字看原句"),
    Part(terms.DETAILS, write_details, "原文中每一处说法一行：数值、原句、在原件中的位置、是否采用"),
    Part(terms.YEARS, write_yearly, "与上一年度比较：上年、本年、增减、幅度和走势"),
    Part(terms.REGIONS, write_rollup, "县、市、省逐级合计，旁边列出各级政府自己的报告"),
    Part(terms.CHARTS, write_charts, "分领域写明的指标数、与上年相比的变化、校验问题的类型"),
    Part(terms.FINDINGS, write_findings, "矛盾和疑点，附原句、建议和依据；可填豁免理由"),
    Part(terms.STRUCTURE, write_structure, "每份报告的法定四部分：有没有、标题、字数、先后"),
    Part(terms.CORRECTIONS, write_corrections, "已登记的更正；读错的数字在这里填写"),
    Part(terms.TOPICS, write_topics, "各报告写到的问题和打算，按主题归类，附举例"),
    Part(terms.COPIES, write_copies, "哪些报告的语句相同、相同多少"),
    Part(terms.ROSTER, write_roster, "哪些单位还没有报，哪些已报、逾期或不在名单上"),
    Part(terms.DICTIONARY, write_dictionary, "标记的含义，每项指标的口径和计量单位"),
    Part(terms.RUN, write_run, "程序版本、插件、设置，每个文件的 SHA-256"),
)  # fmt: skip
HIDDEN: Final = (write_basis, write_snapshot)


def write_book(yearbook: Yearbook, path: Path, staging: Path, folder: Path) -> None:
    """Write the whole workbook to `path`; the same yearbook gives the same bytes.

    Args:
        yearbook: what to write.
        path: the file, overwritten.
        staging: where rows wait on disk until the file is put together.
        folder: where the file will lie in the end; links to originals are told from there.

    Raises:
        PublishError: a sheet can't hold the yearbook.
        OSError: the file can't be written.
    """
    plan = make_plan(yearbook, folder)
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
    parts = [part for part in PARTS if part.name != terms.COPIES or has_copies(yearbook)]
    contents = [Content(part.name, part.told) for part in parts]
    write_cover(book, formats, yearbook, plan, contents)
    for part in parts:
        part.write(book, formats, yearbook, plan)
    for write in HIDDEN:
        write(book, formats, yearbook, plan)
    book.get_worksheet_by_name(terms.COVER).activate()
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
