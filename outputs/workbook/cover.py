"""封面: what the workbook covers, what it found in short, which sheet tells what, what the marks mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeVar

from nianbao import FigureStatus, Severity, Yearbook
from outputs.workbook import terms
from outputs.workbook.dictionary import MARKS
from outputs.workbook.layout import (
    HEADER,
    HEADER_FILL,
    LINK_COLOUR,
    RED_TEXT,
    TITLE_FONT,
    Formats,
    Style,
    set_page,
)
from outputs.workbook.lines import READ, beijing_time
from outputs.workbook.links import Target
from outputs.workbook.overview import remarks_of, scope, to_review
from outputs.workbook.plan import Plan
from outputs.workbook.roster import roster_counts
from outputs.workbook.sheet import Cell, Column, Sheet

_State = TypeVar("_State", bound=Hashable)

COLUMNS: Final = (Column("", 22), Column("", 92))
TITLE: Final = Style(align="center", font=TITLE_FONT, size=22, border=False)
SUBTITLE: Final = Style(align="center", size=12, border=False)
SECTION: Final = Style(font=TITLE_FONT, size=12, border=False)
KEY: Final = Style(align="center", fill=HEADER_FILL, font=TITLE_FONT)
LINK: Final = Style(align="center", colour=LINK_COLOUR)
REMARK: Final = Style(align="center", colour=RED_TEXT)
HOW: Final = (
    ("查数字", f"在“{terms.SUMMARY}”点数字到原句，点指标名称回来；在“{terms.OVERVIEW}”点文件名看原件。"),
    ("查问题", f"“{terms.FINDINGS}”列出矛盾和疑点，附原句和依据；核实后无须改动的，在表中填豁免理由。"),
    ("改数字", f"读错的数字填在“{terms.CORRECTIONS}”表，用 nianbao corrections import 导入后重新汇总。"),
    ("缺数字", "空白（灰底）是报告没有提及，不是0；“提取失败”“无法读取”“未报”也都不是0。"),
)  # fmt: skip


class Content(NamedTuple):
    """A sheet of the workbook as its cover lists it."""

    name: str
    told: str


def write_cover(
    book: Any, formats: Formats, yearbook: Yearbook, plan: Plan, contents: Sequence[Content]
) -> None:
    """Write the sheet 封面.

    Args:
        book: the workbook.
        formats: its formats.
        yearbook: what is published.
        plan: where everything stands.
        contents: the sheets that follow.
    """
    sheet = Sheet(book, formats, terms.COVER, COLUMNS)
    last = len(COLUMNS) - 1
    sheet.worksheet.set_row(0, 48)
    sheet.merged(yearbook.title, 0, last, TITLE)
    sheet.row += 1
    sheet.worksheet.set_row(1, 24)
    sheet.merged(f"{scope(plan)}　{beijing_time(yearbook.run.started):%Y-%m-%d}汇总", 0, last, SUBTITLE)
    sheet.row += 1
    _section(sheet, "一、汇总情况")
    for name, told in _facts(yearbook, plan):
        sheet.spread(Cell(name, KEY), told)
    for remark in remarks_of(yearbook):
        sheet.spread(Cell("请留意", REMARK), remark)
    _section(sheet, "二、怎样使用")
    for name, told in HOW:
        sheet.spread(Cell(name, KEY), told)
    _section(sheet, "三、各表内容（点表名前往）")
    for name, told in contents:
        sheet.spread(Cell(name, LINK, Target(name, 0, 0), f"打开“{name}”"), told)
    _section(sheet, "四、图例")
    _heading(sheet)
    for sample, meaning in MARKS:
        sheet.spread(sample, meaning)
    sheet.finish(yearbook.title)
    set_page(sheet.worksheet, "", landscape=False)


def _section(sheet: Sheet, text: str) -> None:
    sheet.worksheet.set_row(sheet.row, 26)
    sheet.merged(text, 0, len(COLUMNS) - 1, SECTION)
    sheet.row += 1


def _heading(sheet: Sheet) -> None:
    sheet.write(0, "标记", HEADER)
    sheet.write(1, "含义", HEADER)
    sheet.row += 1


def _facts(yearbook: Yearbook, plan: Plan) -> Iterator[tuple[str, str]]:
    """Yield what the year came to, in short."""
    yield "范围", f"{scope(plan)}，{yearbook.year} 年度"
    if yearbook.roster is not None:
        yield "报送", roster_counts(yearbook)
    statuses = Counter(line.report.status for line in plan.lines)
    read = "、".join(f"{name} {statuses[each]}" for each, name in terms.STATUSES.items() if statuses[each])
    yield "文件", f"共 {len(plan.lines)} 份" + (f"：{read}" if read else "")
    figures = [f for line in plan.lines if line.report.status in READ for f in line.report.figures]
    told = sum(figure.value is not None for figure in figures)
    disputed = sum(figure.status is FigureStatus.DISPUTED for figure in figures)
    review = sum(to_review(line.report) for line in plan.lines)
    yield (
        "数字",
        (
            f"{len(plan.indicators)} 项指标，写明的数字 {told:,} 个，其中前后说法不一的 {disputed:,} 个；"
            f"需要人工复核的共 {review:,} 处"
        ),
    )
    yield "校验问题", _findings(yearbook, plan)
    if yearbook.corrections:
        yield "更正", _states((each.state for each in yearbook.corrections), terms.CORRECTION_STATES)
    if yearbook.acceptances:
        yield "核对", _states((each.state for each in yearbook.acceptances), terms.ACCEPTANCE_STATES)
    yield "程序", f"nianbao {yearbook.run.version}；版本、设置和文件清单见“{terms.RUN}”"


def _states(states: Iterable[_State], names: Mapping[_State, str]) -> str:
    """Return how many there are in each state, in the order of the names."""
    counts = Counter(states)
    return "、".join(f"{name} {counts[state]} 条" for state, name in names.items() if counts[state])


def _findings(yearbook: Yearbook, plan: Plan) -> str:
    found = [finding for line in plan.lines for finding in line.findings] + list(plan.year_findings)
    counts: Counter[Severity] = Counter(each.severity for each in found if each.waiver is None)
    waived = len(found) - counts.total()
    told = "、".join(f"{name} {counts[severity]:,}" for severity, name in terms.SEVERITIES.items())
    return f"{counts.total():,} 条（{told}）" + (f"，另有{terms.WAIVED} {waived:,} 条" if waived else "")
