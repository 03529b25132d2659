"""The sum rows and sum columns of tables against the cells that they add up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

import regex

from nianbao import Quote, Severity
from nianbao.grammar.reading import Reading
from nianbao.grammar.tables import Table, TableFigure
from plugins.validators.checks import Check, Ledger, Rule, Told
from plugins.validators.listwords import leaves_none
from plugins.validators.relations import Bounds, Total, Verdict

COLUMN = Rule("arithmetic.column", "sum", Severity.ERROR, "表格各行之和应等于合计行")
ROW = Rule("arithmetic.row", "sum", Severity.ERROR, "表格各列之和应等于合计列")
_SUBTOTAL = regex.compile("小计")
_SUM_COLUMN = regex.compile(
    "^(?:全年|年度|各项|三项|四项|五项)?(?:合计|总计|小计|总数|总量|共计)(?:数量?|件数|人数|次数)?$"
)
# 上半年, 下半年, 全年; the months or quarters of a year and all of it.
_WHEN = regex.compile("半年|季度|月份?$|^(?:全年|年度|全年度)?(?:合计|总计|数|小计)?$")
_YEAR = regex.compile("^(?:全年|年度|全年度)?(?:合计|总计|数|小计)?$")
# So many rows tell that what is counted otherwise is added up all the same: 许可（件）, 检查（次）, 合计.
_FEWEST_MIXED = 2
# Ranks, rates and means add up to nothing.
_NO_SUMMAND = regex.compile("序号|编号|排名|得分|[率比]$|均|占|%|年度|时间|日期")


def check_columns(ledger: Ledger) -> None:
    """Enter every column that has one sum row at an end, and every row that has one sum column."""
    for table in ledger.reading.tables:
        figures = [
            figure for figure in table.figures() if not _NO_SUMMAND.search(figure.header + figure.unit)
        ]
        if figures:
            _enter_columns(ledger, table, figures)
            _enter_rows(ledger, figures)


def _enter_columns(ledger: Ledger, table: Table, figures: Sequence[TableFigure]) -> None:
    sums = {figure.row for figure in figures if figure.total and not _SUBTOTAL.search(figure.label)}
    within = {figure.row for figure in figures if figure.total} - sums
    rows = {figure.row for figure in figures} - sums - within
    # A sum that stands among the rows is anybody's guess.
    if len(sums) != 1 or not rows or min(rows) < min(sums) < max(rows):
        return
    for column in _columns(figures):
        total = next((figure for figure in column if figure.row in sums), None)
        parts = [figure for figure in column if figure.row in rows]
        groups = [figure for figure in column if figure.row in within]
        if total is None or len(parts) < 2:
            continue
        complete = {figure.row for figure in parts} == rows
        relation = Total(number_of(ledger, total), _numbers(ledger, parts), complete)
        doubt = "subtotals" if groups else ""
        if groups and Total(relation.whole, _numbers(ledger, groups)).verdict(ledger.bounds) is Verdict.HOLDS:
            continue
        ledger.checks.append(Check(COLUMN, relation, doubt))


def _enter_rows(ledger: Ledger, figures: Sequence[TableFigure]) -> None:
    """Enter the rows of a table whose sum column holds in most of them."""
    relations: list[Total] = []
    mixed, firm = False, False
    for _, group in groupby(figures, key=lambda figure: figure.row):
        row = list(group)
        year = all(_WHEN.search(figure.header) for figure in row)
        sums = [figure for figure in row if (_YEAR if year else _SUM_COLUMN).search(figure.header)]
        parts = [figure for figure in row if figure not in sums]
        if len(sums) == 1 and len(parts) > 1 and sums[0] in (row[0], row[-1]):
            firm = firm or leaves_none([figure.header for figure in parts])
            mixed = mixed or len({figure.unit for figure in row}) > 1
            relations.append(Total(number_of(ledger, sums[0]), _numbers(ledger, parts)))
    bounds = ledger.bounds
    broken = [relation for relation in relations if relation.verdict(bounds) is Verdict.FAILS]
    fewest = _FEWEST_MIXED if mixed else 0
    holding = len(relations) - len(broken)
    if (len(broken) < holding or (firm and len(relations) == 1)) and holding >= fewest:
        ledger.checks += [Check(ROW, relation) for relation in relations]


def _columns(figures: Sequence[TableFigure]) -> Iterator[list[TableFigure]]:
    ordered = sorted(figures, key=lambda figure: (figure.column, figure.row))
    for _, group in groupby(ordered, key=lambda figure: figure.column):
        yield list(group)


def _numbers(ledger: Ledger, figures: Sequence[TableFigure]) -> tuple[int, ...]:
    return tuple(number_of(ledger, figure) for figure in figures)


def number_of(ledger: Ledger, figure: TableFigure) -> int:
    """Return the number in the ledger of a table's figure."""
    reading: Reading = ledger.reading
    value = Decimal(figure.number.replace(",", ""))
    step = Decimal(1).scaleb(int(value.as_tuple().exponent))
    quote = Quote(figure.row_start, figure.cell.end, reading.text[figure.row_start : figure.cell.end])
    name = figure.header if figure.total else f"{figure.label}{figure.header}"
    told = Told(name, f"{figure.number}{figure.unit}", value, figure.unit, Bounds(value, value, step), quote)
    return ledger.add((figure.cell.start, figure.cell.end), told)
