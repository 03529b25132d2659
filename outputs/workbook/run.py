"""运行记录: what is needed to repeat the run: versions, settings, and every file with its digest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from nianbao import RegionUse, Yearbook
from outputs.workbook import terms
from outputs.workbook.layout import CENTRED, HEADER, ONE_LINE, Formats, Style
from outputs.workbook.lines import beijing_time, file_of
from outputs.workbook.plan import Plan
from outputs.workbook.sheet import Column, Sheet

COLUMNS: Final = (
    Column("序号", 6, CENTRED),
    Column("项目", 30),
    Column("内容", 40),
    Column("读取程序", 14, CENTRED),
    Column("文件的 SHA-256", 68, ONE_LINE),
)
NOTE: Final = "用同样的版本和设置读同样的文件，会得到同样的结果；文件是否相同，看 SHA-256。"
KEY: Final = Style(align="left")


def write_run(book: Any, formats: Formats, yearbook: Yearbook, plan: Plan) -> None:
    """Write the sheet 运行记录."""
    sheet = Sheet(book, formats, terms.RUN, COLUMNS)
    title = f"{yearbook.title}　{terms.RUN}"
    sheet.title(title, NOTE)
    sheet.worksheet.freeze_panes(sheet.row, 0)
    sheet.worksheet.repeat_rows(0)
    _heading(sheet, "一、程序和设置")
    for number, (name, value) in enumerate((*_told(yearbook), *_regions(yearbook)), 1):
        sheet.write(0, number, CENTRED)
        sheet.write(1, name, KEY)
        sheet.merged(value, 2, len(COLUMNS) - 1, KEY)
        sheet.row += 1
    _heading(sheet, "二、文件")
    for index, column in enumerate((*("序号", "单位", "文件"), *(each.heading for each in COLUMNS[3:]))):
        sheet.write(index, column, HEADER)
    sheet.row += 1
    for line in plan.lines:
        report = line.report
        sheet.append([line.number, line.name, file_of(report), line.entry.reader, report.sha256])
    sheet.finish(title)


def _told(yearbook: Yearbook) -> Iterator[tuple[str, str]]:
    run = yearbook.run
    yield "运行编号", run.id
    yield "汇总时间", f"{beijing_time(run.started):%Y-%m-%d %H:%M:%S}（北京时间）"
    yield "nianbao 版本", run.version
    yield "指标目录指纹", run.catalogue
    yield from ((f"插件 {name}", version) for name, version in run.plugins)
    yield from ((f"设置 {name}", value) for name, value in run.settings)
    if run.reading:
        yield "读取指纹", run.reading
    if run.extraction:
        yield "提取指纹", run.extraction


def _regions(yearbook: Yearbook) -> Iterator[tuple[str, str]]:
    """Tell how many reports each region's profile read, and by what it was chosen."""
    uses = Counter(entry.report.region for entry in yearbook.entries)
    for region in yearbook.regions:
        told = (
            f"{name} {count} 份"
            for by, name in terms.REGION_BY.items()
            if (count := uses[RegionUse(region.code, by)])
        )
        yield f"{terms.REGION} {region.name}", "、".join(told)


def _heading(sheet: Sheet, text: str) -> None:
    sheet.worksheet.set_row(sheet.row, 24)
    sheet.merged(text, 0, len(COLUMNS) - 1, Style(font=HEADER.font, size=12, border=False))
    sheet.row += 1
