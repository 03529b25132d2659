"""What stands in the dataset's tables: columns of plain values, made of a yearbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from nianbao import (
    Entry,
    Field,
    Figure,
    FigureStatus,
    IndicatorInfo,
    NumeralReason,
    Observation,
    Report,
    Severity,
    Status,
    Yearbook,
)
from outputs.dataset.names import stata_names
from outputs.dataset.schema import (
    INDICATORS,
    LONG,
    NOT_MENTIONED,
    REPORTS,
    STATEMENTS,
    STATUSES,
    UNIT,
    UNREADABLE,
    Column,
    Kind,
    Table,
)
from outputs.dataset.units import unit_of

Row = tuple[Any, ...]
_READ = (Status.COMPLETE, Status.PARTIAL)
_NO_EVIDENCE: Row = (None,) * 7


@dataclass(frozen=True, slots=True)
class Filled:
    """A table with its rows."""

    table: Table
    rows: Sequence[Row]

    def column(self, place: int) -> list[Any]:
        """Return the values of a column."""
        return [row[place] for row in self.rows]


def fill_tables(yearbook: Yearbook) -> tuple[Filled, ...]:
    """Return all tables of a yearbook: reports, the long and the wide one, statements, indicators."""
    aside = {(each.file, each.part): each.reason for each in yearbook.set_aside}
    entries = [entry for entry in yearbook.entries if entry.report.status is not Status.NOT_A_REPORT]
    heads = [_head(entry.report, yearbook.year, aside) for entry in entries]
    infos = yearbook.indicators
    return (
        Filled(REPORTS, [_report(e.report, head, aside) for e, head in zip(entries, heads, strict=True)]),
        Filled(LONG, [row for e, head in zip(entries, heads, strict=True) for row in _long(e, head, infos)]),
        _wide(entries, heads, infos),
        Filled(STATEMENTS, [row for e in entries for row in _statements(e, infos)]),
        Filled(INDICATORS, list(_indicators(infos))),
    )


def report_id(report: Report) -> str:
    """Return what tells a report apart within the dataset."""
    return report.file if report.part == 1 else f"{report.file}#{report.part}"


def _head(report: Report, year: int, aside: Mapping[tuple[str, int], str]) -> Row:
    unit = unit_of(report)
    counted = report.status in _READ and (report.file, report.part) not in aside
    level = report.value(Field.ISSUER_LEVEL)
    return (report_id(report), unit.id, unit.code, unit.name, unit.edition, level, year, counted)


def _report(report: Report, head: Row, aside: Mapping[tuple[str, int], str]) -> Row:
    failed = (f"{failure.plugin}：{failure.error}" for failure in report.failures)
    reasons = (aside.get((report.file, report.part), ""), report.error, *failed)
    counted = [finding.severity for finding in report.findings if finding.waiver is None]
    was_read = report.status in _READ
    places = (Field.PROVINCE, Field.CITY, Field.COUNTY, Field.TOWN, Field.TITLE)
    return (
        *head,
        report.file,
        report.part,
        report.sha256 or None,
        report.status.value,
        "；".join(filter(None, reasons)) or None,
        report.value(Field.ISSUER),
        *(report.value(field) for field in places),
        _date(report.value(Field.PUBLISHED)),
        counted.count(Severity.ERROR) if was_read else None,
        counted.count(Severity.WARNING) if was_read else None,
        sum(each.reason is NumeralReason.UNCLAIMED for each in report.numerals) if was_read else None,
    )


def _date(told: str | None) -> date | None:
    try:
        return date.fromisoformat(told) if told else None
    except ValueError:
        return None


def _long(entry: Entry, head: Row, infos: Sequence[IndicatorInfo]) -> Iterator[Row]:
    report = entry.report
    figures = {figure.indicator: figure for figure in report.figures}
    without = _without_figure(report)
    for info in infos:
        figure = figures.get(info.id)
        if figure is None:
            yield (*head, info.id, *without, None, None, False, None, None, None, 0, *_NO_EVIDENCE)
            continue
        correction = figure.correction
        told = (correction.old, correction.reason, correction.day) if correction else (None, None, None)
        first = figure.sources[0] if figure.sources else None
        yield (
            *head,
            info.id,
            *_value(figure),
            figure.derived,
            figure.review or None,
            correction is not None,
            *told,
            len(figure.sources),
            *(_NO_EVIDENCE if first is None else _evidence(entry, first)),
        )


def _without_figure(report: Report) -> Row:
    status = UNREADABLE if report.status is Status.UNREADABLE else NOT_MENTIONED
    return (None, status, None, None, None)


def _value(figure: Figure) -> Row:
    if figure.value is None:
        return (None, figure.status.value, None, None, None)
    if figure.status is FigureStatus.ZERO:
        return (figure.value, figure.status.value, figure.qualifier.value, figure.value, figure.value)
    return (figure.value, figure.status.value, figure.qualifier.value, figure.low, figure.high)


def _evidence(entry: Entry, index: int) -> Row:
    told = entry.report.observations[index]
    place = entry.places[index] or None
    return (told.quote, told.start, told.end, told.figure_start, told.figure_end, place, told.confidence)


def _wide(entries: Sequence[Entry], heads: Sequence[Row], infos: Sequence[IndicatorInfo]) -> Filled:
    """One row a report that counts, four columns an indicator."""
    short = stata_names([info.id for info in infos], ending=3)
    columns = [*UNIT, *(column for info in infos for column in _columns_of(info, short[info.id]))]
    table = Table(
        "figures_wide", "数值（宽表）", "每行一份计入的报告，每个指标四列。", tuple(columns), ("report_id",)
    )
    rows = []
    for entry, head in zip(entries, heads, strict=True):
        if not head[-1]:
            continue
        figures = {figure.indicator: figure for figure in entry.report.figures}
        cells: list[Any] = []
        for info in infos:
            figure = figures.get(info.id)
            value, status, _, low, high = _without_figure(entry.report) if figure is None else _value(figure)
            cells += (value, status, low, high)
        rows.append((*head, *cells))
    return Filled(table, rows)


def _columns_of(info: IndicatorInfo, stata: str) -> Iterator[Column]:
    unit = f"（{info.unit}）" if info.unit else ""
    yield Column(info.id, Kind.NUMBER, f"{info.name}{unit}", info.definition, stata=stata)
    yield Column(
        f"{info.id}_s", Kind.TEXT, f"{info.name}：取值状态", codes=STATUSES, required=True, stata=f"{stata}_s"
    )
    yield Column(f"{info.id}_lo", Kind.NUMBER, f"{info.name}：下限", stata=f"{stata}_lo")
    yield Column(f"{info.id}_hi", Kind.NUMBER, f"{info.name}：上限", stata=f"{stata}_hi")


def _statements(entry: Entry, infos: Sequence[IndicatorInfo]) -> Iterator[Row]:
    known = {info.id for info in infos}
    report = entry.report
    adopted = {(f.indicator, n) for f in report.figures if f.correction is None for n in f.sources}
    number = 0
    for index, told in enumerate(report.observations):
        if told.indicator in known:
            number += 1
            is_adopted = (told.indicator, index) in adopted
            yield (report_id(report), number, *_statement(told), is_adopted, *_evidence(entry, index))


def _statement(told: Observation) -> Row:
    hedge = (told.qualifier.value, told.low, told.high, told.role.value)
    return (told.indicator, told.value, told.unit or None, *hedge)


def _indicators(infos: Sequence[IndicatorInfo]) -> Iterator[Row]:
    short = stata_names([info.id for info in infos], ending=3)
    for info in infos:
        shown = (info.name, info.area_name, info.dimension, info.unit or None, info.definition or None)
        yield (info.id, *shown, short[info.id])


def scale_of(filled: Filled, place: int) -> int:
    """Return how many decimals the numbers of a column need."""
    numbers = (value for value in filled.column(place) if value is not None)
    return max((_decimals(value) for value in numbers), default=0)


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0
