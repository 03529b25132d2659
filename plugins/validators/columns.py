"""The 合计 row of a table against the rows above it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

from nianbao import Finding, Quote, Severity
from nianbao.grammar.reading import Reading
from nianbao.grammar.tables import Table, TableFigure

_BASIS = "表格各行之和应等于合计行"


def check_columns(reading: Reading) -> Iterator[Finding]:
    """Check every column of every table that has one sum row, at its end."""
    for table in reading.tables:
        yield from _check_table(reading, table)


def _check_table(reading: Reading, table: Table) -> Iterator[Finding]:
    figures = sorted(table.figures(), key=lambda figure: figure.column)
    sums = {figure.row for figure in figures if figure.total}
    last = max((figure.row for figure in figures), default=0)
    # With subtotals, or a sum that other rows follow, what adds up to what is anybody's guess.
    if sums != {last}:
        return
    rows = {figure.row for figure in figures} - sums
    for _, group in groupby(figures, key=lambda figure: figure.column):
        column = list(group)
        parts = [figure for figure in column if not figure.total]
        total = next((figure for figure in column if figure.total), None)
        if total is None or len(parts) < 2 or {figure.row for figure in parts} != rows or "%" in total.unit:
            continue
        summed = sum((_value(figure) for figure in parts), Decimal(0))
        if summed != _value(total):
            yield _finding(reading, total, parts, summed)


def _value(figure: TableFigure) -> Decimal:
    return Decimal(figure.number.replace(",", ""))


def _finding(reading: Reading, total: TableFigure, parts: list[TableFigure], summed: Decimal) -> Finding:
    terms = " + ".join(figure.number for figure in parts)
    name = total.header or "该列"
    return Finding(
        kind="sum",
        rule="arithmetic.column",
        severity=Severity.ERROR,
        message=f"表格“{name}”一列的合计写为{total.number}，但各行 {terms} = {summed}，两者不一致。",
        quotes=(Quote(total.row_start, total.cell.end, reading.text[total.row_start : total.cell.end]),),
        suggestion=f"请核实：合计应为{summed}，或者某一行有误。",
        basis=_BASIS,
    )
