"""区域汇总: what the towns of each county, city and province tell together, beside its own report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from xlsxwriter.utility import xl_range

from nianbao import IndicatorInfo, Yearbook
from outputs.workbook import terms
from outputs.workbook.cells import Value
from outputs.workbook.figures import FIGURE, figure_cells
from outputs.workbook.layout import (
    BLOCK_FILL,
    CENTRED,
    GREY_TEXT,
    LINK_COLOUR,
    TITLE_FONT,
    Formats,
    Style,
    filled,
    width_for,
    with_number,
)
from outputs.workbook.lines import Line
from outputs.workbook.links import Target
from outputs.workbook.paging import deal_pages, set_pages
from outputs.workbook.plan import Plan
from outputs.workbook.regions import Place, places_of
from outputs.workbook.sheet import Cell, Column, Sheet
from outputs.workbook.tally import SUMMED, Tally

LEFT: Final = (
    Column("级别", 6.5, CENTRED),
    Column("地区（单位）", 24),
    Column("乡镇报告数", 7.5, CENTRED),
)
NARROWEST: Final = 9.5
LEVEL_NAMES: Final = ("省级", "市级", "县级")
TOLD: Final = "　写明的单位数"
OWN: Final = "本级"
# Provinces stand out more than cities, cities more than counties.
FILLS: Final = ("#DCE3EB", BLOCK_FILL, "")
NOTE: Final = (
    "各级合计只加乡镇（街道）自己的报告，逐级相加：县＝所辖乡镇，市＝所辖各县的乡镇，省＝所辖各市的乡镇；公式取自指标汇总。"
    "“本级”是该地区政府自己的报告，口径可能已含乡镇，只列在旁边，从不相加。比率不作合计。"
    "≥、约、<＝有约数；※＝含前后不一的数；？＝含待复核的数。灰字是写明该指标的乡镇（街道）数，未写明的不当作0。"
)
NONE_FOUND: Final = "没有乡镇（街道）的报告，也没有省、市、县政府自己的报告，无从按区域汇总。"
# A formula takes 255 arguments; towns stand in a place's order, so that one run is the rule.
MOST_RUNS: Final = 100
COUNT: Final = Style(align="right", number="#,##0", colour=GREY_TEXT, wrap=False)
NAME: Final = Style(colour=LINK_COLOUR)


def write_rollup(book: Any, formats: Formats, yearbook: Yearbook, plan: Plan) -> None:
    """Write the sheet 区域汇总."""
    places = [place for root in places_of(plan) for place in root.walk()]
    indicators = yearbook.indicators
    tallies = [_tallies(place, plan) for place in places]
    columns = [*LEFT, *(_column(info, [told[info.id] for told in tallies]) for info in indicators)]
    sheet = Sheet(book, formats, terms.REGIONS, columns)
    title = f"{yearbook.title}　{terms.REGIONS}"
    pages = deal_pages(indicators, columns, len(LEFT))
    first = len(LEFT) if plan.columns else 0
    sheet.title(title, NOTE if places else NONE_FOUND, first=first, last=pages[0] - 1)
    sheet.header(frozen_columns=len(LEFT))
    for place, told in zip(places, tallies, strict=True):
        _sums(sheet, place, indicators, told, plan)
        for line in place.own:
            sheet.append(_own(line, plan))
    set_pages(sheet, title, pages, len(LEFT))


def _tallies(place: Place, plan: Plan) -> dict[str, Tally]:
    tallies = {name: Tally() for name in plan.indicators}
    for line in place.towns:
        for figure in line.report.figures:
            if figure.value is not None and figure.indicator in tallies:
                tallies[figure.indicator].figures.append(figure)
    return tallies


def _column(info: IndicatorInfo, tallies: Sequence[Tally]) -> Column:
    heading = f"{info.name}\n（{info.unit}）" if info.unit else info.name
    texts = (tally.text for tally in tallies if info.dimension in SUMMED)
    return Column(heading, max([NARROWEST, *map(width_for, texts)]), FIGURE, info.area_name)


def _sums(
    sheet: Sheet, place: Place, indicators: Sequence[IndicatorInfo], told: dict[str, Tally], plan: Plan
) -> None:
    """Write a place's sums and how many towns tell each figure; nothing where it has no town."""
    if not place.towns:
        return
    fill = FILLS[place.depth]
    runs = place.rows()
    label = filled(Style(font=TITLE_FONT, wrap=True), fill)
    cells: list[Value | Cell] = [
        Cell(LEVEL_NAMES[place.depth], filled(CENTRED, fill)),
        Cell(f"{'　' * place.depth}{place.name}", label),
        Cell(len(place.towns), filled(CENTRED, fill)),
    ]
    counts: list[Value | Cell] = [None, Cell(TOLD, Style(colour=GREY_TEXT)), None]
    for info in indicators:
        tally, areas = told[info.id], _areas(runs, plan.columns[info.id])
        cells.append(_sum(info, tally, areas, fill))
        counted = Decimal(len(tally.figures))
        counts.append(Cell(counted, COUNT, formula=f"=COUNT({areas})" if areas else ""))
    sheet.append(cells)
    sheet.append(counts)


def _sum(info: IndicatorInfo, tally: Tally, areas: str, fill: str) -> Cell:
    base = replace(SUM, fill=fill)
    if info.dimension not in SUMMED:
        return Cell(None, base)
    formula = f'=IF(COUNT({areas})=0,"",SUM({areas}))' if areas else ""
    return Cell(tally.value, with_number(base, tally.number), formula=formula)


SUM: Final = Style(align="right", wrap=False)


def _areas(runs: Sequence[tuple[int, int]], column: int) -> str:
    """Return the cells of a place's towns in 指标汇总 as a formula's arguments; empty if too many."""
    if len(runs) > MOST_RUNS:
        return ""
    return ",".join(f"'{terms.SUMMARY}'!{xl_range(first, column, last, column)}" for first, last in runs)


def _own(line: Line, plan: Plan) -> list[Value | Cell]:
    """Return the row of a place's own report, which leads to its sentences."""
    target = Target(terms.DETAILS, line.detail_row, 1) if line.order else None
    cells: list[Value | Cell] = [OWN, Cell(line.name, NAME, target, "看这份报告的全部原句"), None]
    return [*cells, *figure_cells(line, plan)]
