"""图表: pictures of the year, each above the numbers that it is drawn from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from nianbao import Severity, Yearbook
from outputs.workbook import terms
from outputs.workbook.drawing import AREA_FILLS, SEVERITY_SERIES, bar_chart
from outputs.workbook.layout import HEADER, SUBTITLE, TITLE_FONT, Formats, Style, set_page
from outputs.workbook.pairs import pairs_of, totals_of
from outputs.workbook.plan import Plan
from outputs.workbook.regions import Group, groups_of
from outputs.workbook.sheet import STANDARD_HEIGHT, Column, Sheet

LABEL_WIDTH: Final = 28.0
WIDTH: Final = 9.5
FEWEST_COLUMNS: Final = 9
# More bars than these can't be read.
MOST_BARS: Final = 24
HEADING: Final = Style(font=TITLE_FONT, size=12, border=False)
NUMBER: Final = Style(align="center", number="#,##0.0", wrap=False)
COUNT: Final = Style(align="center", number="#,##0", wrap=False)
CHANGE: Final = Style(align="center", number='+0.0"%";-0.0"%";0.0"%"', wrap=False)
NOTE: Final = "每幅图的数据在图的下面，由公式取自其他各表；系列用深浅和花纹区分，黑白打印也能看清。"
NONE_FOUND: Final = "没有可以画图的数据。"
PRINT_SCALE: Final = 64
PIXELS_A_ROW: Final = STANDARD_HEIGHT * 4 / 3


def write_charts(book: Any, formats: Formats, yearbook: Yearbook, plan: Plan) -> None:
    """Write the sheet 图表."""
    areas = list(dict.fromkeys(info.area_name for info in yearbook.indicators))
    columns = [Column("", LABEL_WIDTH), *(Column("", WIDTH) for _ in range(max(len(areas), FEWEST_COLUMNS)))]
    sheet = Sheet(book, formats, terms.CHARTS, columns)
    title = f"{yearbook.title}　{terms.CHARTS}"
    sheet.title(title, NOTE)
    breaks = []
    for draw in (_areas, _changes, _findings):
        start = sheet.row
        if draw(book, sheet, yearbook, plan):
            breaks.append(start)
    if not breaks:
        sheet.merged(NONE_FOUND, 0, len(columns) - 1, SUBTITLE)
        sheet.row += 1
    sheet.finish(title)
    # With pages fitted to a width, Excel would pay no heed to the breaks.
    set_page(sheet.worksheet, "", pages_wide=None, scale=PRINT_SCALE, landscape=False)
    sheet.worksheet.set_h_pagebreaks(breaks[1:])


def _areas(book: Any, sheet: Sheet, yearbook: Yearbook, plan: Plan) -> bool:
    """Draw how many indicators of each area the towns tell, or those of a county on average."""
    groups = groups_of(plan, MOST_BARS)
    areas = list(dict.fromkeys(info.area_name for info in yearbook.indicators))
    if not groups or not areas:
        return False
    single = all(len(group.lines) == 1 for group in groups)
    heading = "各单位分领域写明的指标数" if single else "各地平均每份报告分领域写明的指标数"
    first = _begin(sheet, heading, len(groups), ["单位" if single else "地区", *areas])
    for group in groups:
        sheet.write(0, group.name, Style())
        for column, span in enumerate(plan.areas, 1):
            formula, value = _average(group, span, plan)
            sheet.formula(column, formula, value, COUNT if single else NUMBER)
        sheet.row += 1
    names = [(column, name, AREA_FILLS[column % len(AREA_FILLS)]) for column, name in enumerate(areas, 1)]
    axis = "指标数（项）" if single else "平均每份报告写明的指标数（项）"
    chart = bar_chart(book, heading, axis, (first, sheet.row - 1), names, stacked=True)
    _insert(sheet, chart, first, len(groups))
    return True


def _average(group: Group, span: tuple[int, int], plan: Plan) -> tuple[str, Decimal]:
    """Return how many figures of an area a report has on average: the formula, and what it comes to."""
    told = sum(
        figure.value is not None and span[0] <= plan.columns.get(figure.indicator, -1) <= span[1]
        for line in group.lines
        for figure in line.report.figures
    )
    value = Decimal(told) / len(group.lines)
    return f"=COUNT({group.cells(span)})/{len(group.lines)}", value


def _changes(book: Any, sheet: Sheet, yearbook: Yearbook, plan: Plan) -> bool:
    """Draw how the sums of the towns changed from the year before."""
    totals = totals_of(pairs_of(yearbook, plan), plan)
    shares = [(total.info.name, total.share) for total in totals]
    # The place in the list is the row in 同比.
    told = [(place, name, share) for place, (name, share) in enumerate(shares) if share is not None]
    told = sorted(sorted(told, key=lambda each: -abs(each[2]))[:MOST_BARS])
    if not told:
        return False
    heading = f"主要指标与 {yearbook.year - 1} 年相比的增减幅度（可比单位合计）"
    first = _begin(sheet, heading, len(told), ["指标", "增减幅度"])
    for place, name, share in told:
        sheet.write(0, name, Style())
        sheet.formula(1, f"='{terms.YEARS}'!J{place + 4}", share, CHANGE)
        sheet.row += 1
    series = [(1, "增减幅度", AREA_FILLS[1])]
    least = None if any(share < 0 for _, _, share in told) else 0
    chart = bar_chart(
        book, heading, "增减幅度（%）", (first, sheet.row - 1), series, stacked=False, least=least
    )
    _insert(sheet, chart, first, len(told))
    return True


def _findings(book: Any, sheet: Sheet, yearbook: Yearbook, plan: Plan) -> bool:
    """Draw how many findings of each kind there are, by severity."""
    found = [finding for line in plan.lines for finding in line.findings] + list(plan.year_findings)
    counts: Counter[tuple[str, Severity]] = Counter()
    for finding in found:
        if finding.waiver is None:
            counts[terms.KINDS.get(finding.kind, finding.kind), finding.severity] += 1
    kinds: Counter[str] = Counter()
    for (kind, _), count in counts.items():
        kinds[kind] += count
    most = sorted(kinds, key=lambda kind: (-kinds[kind], kind))[:MOST_BARS]
    if not most:
        return False
    heading = "校验问题的类型（已豁免的不计）"
    first = _begin(sheet, heading, len(most), ["类型", *terms.SEVERITIES.values()])
    for kind in most:
        sheet.write(0, kind, Style())
        for column, (severity, name) in enumerate(terms.SEVERITIES.items(), 1):
            name_cell = f"$A{sheet.row + 1}"
            formula = f"=COUNTIFS('{terms.FINDINGS}'!D:D,{name_cell},'{terms.FINDINGS}'!C:C,\"{name}\")"
            sheet.formula(column, formula, counts[kind, severity], COUNT)
        sheet.row += 1
    names = [
        (column, terms.SEVERITIES[severity], fill)
        for column, (severity, fill) in enumerate(SEVERITY_SERIES.items(), 1)
    ]
    chart = bar_chart(book, heading, "问题数（条）", (first, sheet.row - 1), names, stacked=True)
    _insert(sheet, chart, first, len(most))
    return True


def _begin(sheet: Sheet, heading: str, bars: int, heads: Sequence[str]) -> int:
    """Leave room for a chart, write the heads of its numbers; return the first row of the numbers."""
    sheet.worksheet.set_row(sheet.row, 24)
    sheet.merged(heading, 0, len(sheet.columns) - 1, HEADING)
    sheet.row += 2 + _rows_of(bars)
    for column, head in enumerate(heads):
        sheet.write(column, head, HEADER)
    sheet.worksheet.set_row(sheet.row, 2 * STANDARD_HEIGHT)
    sheet.row += 1
    return sheet.row


def _rows_of(bars: int) -> int:
    """Return how many rows a chart of so many bars takes."""
    return round(_height(bars) / PIXELS_A_ROW) + 1


def _height(bars: int) -> int:
    return 160 + 25 * bars


def _insert(sheet: Sheet, chart: Any, first: int, bars: int) -> None:
    chart.set_size({"width": 820, "height": _height(bars)})
    sheet.worksheet.insert_chart(first - 2 - _rows_of(bars), 0, chart, {"object_position": 2, "x_offset": 6})
