"""同比: this year beside the year before, for the towns together, then unit by unit."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from nianbao import Figure, IndicatorInfo, Yearbook
from outputs.workbook import terms
from outputs.workbook.cells import Value
from outputs.workbook.layout import (
    BLOCK_FILL,
    CENTRED,
    LINK_COLOUR,
    TITLE_FONT,
    Formats,
    Style,
    filled,
    number_format,
    signed_format,
    with_number,
)
from outputs.workbook.lines import LISTING_FIRST_ROW
from outputs.workbook.links import Target
from outputs.workbook.pairs import Pair, Total, pairs_of, totals_of
from outputs.workbook.plan import MOST_LINKS, Plan
from outputs.workbook.sheet import Cell, Column, Sheet
from outputs.workbook.tally import Tally, mark_of

NUMBER: Final = Style(align="right", wrap=False)
CHANGE: Final = Style(align="right", wrap=False)
SHARE: Final = Style(align="right", number='+0.0"%";-0.0"%";0.0"%"', wrap=False)
NAME: Final = Style(colour=LINK_COLOUR)
COLUMNS: Final = (
    Column("序号", 6, CENTRED),
    Column("单位", 26),
    Column("领域", 17, CENTRED),
    Column("指标", 22),
    Column("计量单位", 6, CENTRED),
    Column("可比单位数", 7, CENTRED),
    Column("上年", 13, NUMBER),
    Column("本年", 13, NUMBER),
    Column("增减", 12, CHANGE),
    Column("增减幅度", 11, SHARE),
    Column("走势", 9, CENTRED),
    Column("说明", 24),
)
UNIT, BEFORE, NOW, DIFFERENCE, TREND = 1, 6, 7, 8, 10
NOTE: Final = (
    "只比较两年都写明的指标，只比较本次汇总或以前汇总中有上年报告的单位。前面是乡镇（街道）合计，只加两年都写明该指标的单位；"
    "后面逐单位列出，可按“单位”或“指标”筛选。比率的增减是百分点，不算幅度。"
)
NONE_FOUND: Final = (
    "没有可比的单位：本次和以前的汇总里，没有这些单位上一年度的报告，或者没有两年都写明的指标。"
)
CUT: Final = "逐单位的比较共 {total:,} 行，只列变化幅度最大的 {most:,} 行。"
TOGETHER: Final = "乡镇（街道）合计"
# More rows of units than anybody reads; a province's all would be a hundred thousand.
MOST_ROWS: Final = 20_000
# A small chart in each row is a heavy thing.
MOST_TRENDS: Final = 5_000


def write_yearly(book: Any, formats: Formats, yearbook: Yearbook, plan: Plan) -> None:
    """Write the sheet 同比."""
    pairs = pairs_of(yearbook, plan)
    chosen = _chosen(pairs)
    sheet = Sheet(book, formats, terms.YEARS, COLUMNS)
    title = f"{yearbook.title}　{terms.YEARS}"
    cut = CUT.format(total=len(pairs), most=MOST_ROWS) if len(pairs) > MOST_ROWS else ""
    sheet.title(title, (NOTE + cut) if pairs else NONE_FOUND)
    sheet.header(frozen_columns=4)
    header_row = sheet.row - 1
    for total in totals_of(pairs, plan):
        _append(sheet, _total(total, sheet.row))
    linked = len(chosen) <= MOST_LINKS
    for pair in chosen:
        _append(sheet, _pair(pair, sheet.row, plan.columns[pair.info.id], linked=linked))
    _trends(sheet, header_row + 1)
    sheet.finish(title, filter_row=header_row)


def _chosen(pairs: Sequence[Pair]) -> Sequence[Pair]:
    """Return the pairs to be listed, in their order; of too many, those that changed most."""
    if len(pairs) <= MOST_ROWS:
        return pairs
    places = sorted(range(len(pairs)), key=lambda place: -abs(pairs[place].share or Decimal(0)))
    return [pairs[place] for place in sorted(places[:MOST_ROWS])]


def _append(sheet: Sheet, row: Sequence[Value | Cell]) -> None:
    sheet.append([sheet.row - LISTING_FIRST_ROW + 1, *row])


def _total(total: Total, row: int) -> list[Value | Cell]:
    before, now = (_sum(tally) for tally in (total.before, total.now))
    looks = [filled(style, BLOCK_FILL) for style in (HEAD, HEAD_CENTRED)]
    info = total.info
    return [
        Cell(TOGETHER, looks[0]),
        Cell(info.area_name, looks[1]),
        Cell(info.name, looks[0]),
        Cell(info.unit, looks[1]),
        Cell(len(total.now.figures), looks[1]),
        before,
        now,
        *_change(info, total.before.value, total.now.value, total.share, row),
        None,
        None,
    ]


HEAD: Final = Style(font=TITLE_FONT)
HEAD_CENTRED: Final = Style(font=TITLE_FONT, align="center")


def _sum(tally: Tally) -> Cell:
    return Cell(tally.value, with_number(filled(NUMBER, BLOCK_FILL), tally.number))


def _pair(pair: Pair, row: int, column: int, *, linked: bool) -> list[Value | Cell]:
    line, info = pair.line, pair.info
    target = None
    if linked and line.summary_row is not None:
        target = Target(terms.SUMMARY, line.summary_row, column)
    return [
        Cell(line.name, NAME, target, "看本年的数字"),
        info.area_name,
        info.name,
        info.unit,
        None,
        _figure(pair.before),
        _figure(pair.now),
        *_change(info, pair.before.value, pair.now.value, pair.share, row),
        None,
        pair.told,
    ]


def _figure(figure: Figure) -> Cell:
    value = figure.value or Decimal(0)
    number = number_format(value, figure.qualifier, mark_of(figure))
    return Cell(value, with_number(NUMBER, number))


def _change(
    info: IndicatorInfo, before: Decimal | None, now: Decimal | None, share: Decimal | None, row: int
) -> tuple[Cell, Cell]:
    """Return the change and its share, as a person would have the sheet reckon them."""
    old, new, change = (xl_rowcol_to_cell(row, column) for column in (BEFORE, NOW, DIFFERENCE))
    difference = None if before is None or now is None else now - before
    part = "" if info.dimension == "rate" else f'=IF({old}=0,"",100*{change}/{old})'
    style = with_number(CHANGE, signed_format(difference or Decimal(0)))
    return Cell(difference, style, formula=f"={new}-{old}"), Cell(share, SHARE, formula=part)


def _trends(sheet: Sheet, first: int) -> None:
    """Draw both years of each row as two bars."""
    for row in range(first, min(sheet.row, first + MOST_TRENDS)):
        cells = xl_range(row, BEFORE, row, NOW)
        sheet.worksheet.add_sparkline(
            row,
            TREND,
            {"range": f"'{terms.YEARS}'!{cells}", "type": "column", "min": 0, "series_color": "#7F7F7F",
             "last_point": True, "last_color": LINK_COLOUR},
        )  # fmt: skip
