"""文本雷同: which reports share how much with whom; the sheet is left out where there is nothing to tell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from nianbao import Overlap, SectionKind, Side, Stock, Yearbook
from outputs.workbook import terms
from outputs.workbook.cells import Value
from outputs.workbook.layout import CENTRED, COUNT, LINK_COLOUR, Formats, Style
from outputs.workbook.lines import LISTING_FIRST_ROW
from outputs.workbook.links import Target
from outputs.workbook.plan import MOST_LINKS, Plan
from outputs.workbook.sheet import Cell, Column, Sheet

SHARE: Final = Style(align="center", number="0%")
COLUMNS: Final = (
    Column("序号", 5, CENTRED),
    Column("类别", 9, CENTRED),
    Column("单位甲", 24),
    Column("单位乙", 24),
    Column("相同句数", 7, COUNT),
    Column("占甲比例", 7, SHARE),
    Column("占乙比例", 7, SHARE),
    Column("数字也相同的句数", 9, COUNT),
    Column("几乎全同的部分", 15),
    Column("最长的一段（甲）", 62),
)
NOTE: Final = (
    "逐句比对各报告的正文：数字、本单位和所在地的名称不计，改动不大的句子也算，通行的表述除外。“占甲比例”是相同的句子占甲报告正文字数的比例。"
    "很多报告共用的句子不逐对列出，归为“成批”；“上年”是与本单位上一年度报告相同，甲为本年度。雷同不一定是错误，请核对。"
)
PAIR: Final = "两份之间"
GROUP: Final = "成批"
AGAIN: Final = "上年"
NAME: Final = Style(colour=LINK_COLOUR)
PARTS: Final = {
    SectionKind.ACHIEVEMENTS: "举措成效",
    SectionKind.PROBLEMS: "不足原因",
    SectionKind.RESPONSIBILITY: "第一责任人",
    SectionKind.PLAN: "下年安排",
}
# So much of a passage is shown; the rest stands in the report.
SHOWN: Final = 200

Row = list[Value | Cell]


def write_copies(book: Any, formats: Formats, yearbook: Yearbook, plan: Plan) -> None:
    """Write the sheet 文本雷同, where reports share anything."""
    lines = {(line.report.file, line.report.part): line.overview_row for line in plan.lines}
    rows = list(_rows(yearbook, lines))
    if not rows:
        return
    sheet = Sheet(book, formats, terms.COPIES, COLUMNS)
    title = f"{yearbook.title}　{terms.COPIES}"
    sheet.title(title, NOTE)
    sheet.header(frozen_columns=4)
    header_row = sheet.row - 1
    for row in rows:
        sheet.append([sheet.row - LISTING_FIRST_ROW + 1, *row])
    sheet.finish(title, filter_row=header_row)


def has_copies(yearbook: Yearbook) -> bool:
    """Tell whether there is anything to say of what reports share."""
    return bool(yearbook.overlaps or yearbook.stocks or yearbook.reused)


def _rows(yearbook: Yearbook, lines: dict[tuple[str, int], int]) -> Iterator[Row]:
    linked = lines if 2 * len(yearbook.overlaps) + len(lines) <= MOST_LINKS else {}
    for overlap in yearbook.overlaps:
        one, other = sorted(overlap.sides, key=lambda side: -side.share)
        yield [PAIR, _named(one, linked), _named(other, linked), *_shared(one, other, overlap)]
    for number, stock in enumerate(yearbook.stocks, 1):
        yield from _group(number, stock, linked)
    for overlap in yearbook.reused:
        old, new = overlap.sides
        earlier = f"{old.issuer}（{old.year} 年度）"
        yield [AGAIN, _named(new, linked), earlier, *_shared(new, old, overlap)]


def _shared(one: Side, other: Side, overlap: Overlap) -> Row:
    parts = "、".join(PARTS[part] for part in overlap.parts)
    return [overlap.sentences, one.share, other.share, overlap.same_figures, parts, _passage(one)]


def _group(number: int, stock: Stock, lines: dict[tuple[str, int], int]) -> Iterator[Row]:
    """Yield a row for each report of a group: they are not told pair by pair."""
    place = f"{stock.place} " if stock.place else ""
    group = f"第 {number} 组：{place}{len(stock.sides)} 份报告共用的语句"
    for side, count in zip(stock.sides, stock.counts, strict=True):
        yield [
            GROUP,
            _named(side, lines),
            group,
            count,
            side.share,
            None,
            None,
            None,
            _passage(side),
        ]


def _named(side: Side, lines: dict[tuple[str, int], int]) -> Cell:
    row = lines.get((side.file, side.part))
    if row is None:
        return Cell(side.issuer)
    return Cell(side.issuer, NAME, Target(terms.OVERVIEW, row, 1), side.file)


def _passage(side: Side) -> str:
    quote = side.passage.quote
    return quote if len(quote) <= SHOWN else f"{quote[:SHOWN]}……（共 {len(quote)} 字）"
