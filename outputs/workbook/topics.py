"""问题与打算: what the reports name among their problems and their plans, one row a topic."""

from __future__ import annotations

from typing import Any, Final

from nianbao import SectionKind, TopicExample, Yearbook
from outputs.workbook import terms
from outputs.workbook.layout import CENTRED, Formats
from outputs.workbook.lines import LISTING_FIRST_ROW
from outputs.workbook.plan import Plan
from outputs.workbook.sheet import Column, Sheet

COLUMNS: Final = (
    Column("序号", 5, CENTRED),
    Column("类别", 7, CENTRED),
    Column("主题", 26),
    Column("报告数", 8, CENTRED),
    Column("条数", 7, CENTRED),
    Column("举例", 90),
)
NOTE: Final = (
    "报告在“存在的不足”和“下一年度安排”中逐条写到的内容，按主题归类；“报告数”是写到这一主题的报告有几份，"
    "一条可归入两个主题。举例为原文。"
)
NONE_FOUND: Final = "没有找到逐条写出的问题或打算。"
KINDS: Final = {SectionKind.PROBLEMS: "问题", SectionKind.PLAN: "打算"}


def write_topics(book: Any, formats: Formats, yearbook: Yearbook, plan: Plan) -> None:
    """Write the sheet 问题与打算."""
    sheet = Sheet(book, formats, terms.TOPICS, COLUMNS)
    title = f"{yearbook.title}　{terms.TOPICS}"
    sheet.title(title, NOTE)
    sheet.header(frozen_columns=3)
    header_row = sheet.row - 1
    names = {(line.report.file, line.report.part): line.name for line in plan.lines}
    for topic in yearbook.topics:
        sheet.append(
            [
                sheet.row - LISTING_FIRST_ROW + 1,
                KINDS[topic.kind],
                topic.name,
                topic.reports,
                topic.items,
                "\n".join(_told(example, names) for example in topic.examples),
            ]
        )
    if not yearbook.topics:
        sheet.append([None, None, NONE_FOUND, None, None, None])
    sheet.finish(title, filter_row=header_row)


def _told(example: TopicExample, names: dict[tuple[str, int], str]) -> str:
    return f"{names[example.file, example.part]}：“{example.gist}”"
