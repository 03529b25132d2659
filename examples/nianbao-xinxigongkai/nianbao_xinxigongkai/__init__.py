"""政府信息公开工作年度报告, the annual reports on open government information, as a further kind of report.

Their three statutory tables are read by header, checked and published in a workbook of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from nianbao import (
    INDICATORS,
    NUMERALS,
    Context,
    Document,
    DocumentKind,
    Extractor,
    Finding,
    Numeral,
    Observation,
    Publisher,
    Report,
    ReportKind,
    Validator,
    Yearbook,
    hookimpl,
)
from nianbao_xinxigongkai.form import INFOS

SERVES = frozenset({DocumentKind.DISCLOSURE_REPORT.value})


@hookimpl
def nianbao_kinds() -> Iterable[ReportKind]:
    """Yield the kind of report, with an indicator for each cell of the form."""
    yield ReportKind(DocumentKind.DISCLOSURE_REPORT, "政府信息公开工作年度报告", INFOS)


@hookimpl
def nianbao_extractors() -> Iterable[Extractor]:
    """Yield the reader of the three tables."""
    yield Extractor("disclosure-tables", frozenset({INDICATORS, NUMERALS}), extract, serves=SERVES)


@hookimpl
def nianbao_validators() -> Iterable[Validator]:
    """Yield the checks of one report, and of a year against the year before."""
    of_report = frozenset({"sum", "carry", "missing-table", "blank", "unplaced", "older-form"})
    yield Validator("disclosure", "report", of_report, check, serves=SERVES)
    yield Validator("disclosure-years", "yearbook", frozenset({"carried"}), check_years, serves=SERVES)


@hookimpl
def nianbao_publishers() -> Iterable[Publisher]:
    """Yield the writer of the workbook."""
    yield Publisher("disclosure-workbook", publish, serves=SERVES)


def extract(document: Document, context: Context) -> Iterator[Observation | Numeral]:
    """Yield the figures of the three tables, and the numbers in them that belong to no cell of the form."""
    from nianbao_xinxigongkai.tables import read_tables

    yield from read_tables(document, context)


def check(report: Report, context: Context) -> Iterator[Finding]:
    """Yield what does not add up in a report, or is missing from it."""
    from nianbao_xinxigongkai.checks import check_report

    yield from check_report(report, context)


def check_years(yearbook: Yearbook, context: Context) -> Iterator[Finding]:
    """Yield what was not carried over as the year before left it."""
    from nianbao_xinxigongkai.checks import check_carried_over

    yield from check_carried_over(yearbook)


def publish(yearbook: Yearbook, folder: Path) -> Sequence[Path]:
    """Write the workbook of a year."""
    from nianbao_xinxigongkai.workbook import write_workbook

    return [write_workbook(yearbook, folder)]
