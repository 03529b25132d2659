"""The main line, one function an arrow; it runs as it stands, without Prefect.

Filing → Download → Document → Report with observations, figures and findings → Yearbook → files
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from graphlib import CycleError, TopologicalSorter
from itertools import groupby
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from nianbao.catalogue import Catalogue, load_catalogue
from nianbao.divisions import divisions
from nianbao.errors import PluginError, ReadError, UsageError
from nianbao.evidence import check_finding, check_statement
from nianbao.grammar.reading import read_text
from nianbao.guard import guarded
from nianbao.manager import Registry
from nianbao.model import (
    Attribute,
    Document,
    DocumentKind,
    Download,
    Entry,
    Failure,
    Field,
    Figure,
    FigureStatus,
    Filing,
    Finding,
    Numeral,
    Observation,
    Report,
    Section,
    Severity,
    SourceConfig,
    Status,
    Yearbook,
)
from nianbao.records import Context, Extractor, Publisher, Statement, Validator

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Processed:
    """What came of one filing: its reports, and its document where it could be read."""

    filing: Filing
    sha256: str
    document: Document | None
    reports: tuple[Report, ...]


def make_context(catalogue: Catalogue | None = None) -> Context:
    """Return the context that all records of a run share."""
    return Context(
        catalogue=catalogue or load_catalogue(),
        divisions=divisions(),
        today=datetime.now(SHANGHAI).date(),
    )


def list_filings(registry: Registry, config: SourceConfig, year: int | None = None) -> tuple[Filing, ...]:
    """List the filings of a place, by the first source that accepts it.

    Raises:
        UsageError: no source accepts the place, or the source can't list it.
    """
    for source in registry.sources:
        if source.accepts(config):
            return tuple(source.list(config, year))
    raise UsageError("没有能读取这个位置的来源", where=config.location, hint="请给出文件夹或文件的路径")


def fetch(registry: Registry, filing: Filing) -> Download:
    """Fetch a filing's bytes from the source that listed it.

    Raises:
        ReadError: the source is gone, or can't fetch it.
    """
    source = next((source for source in registry.sources if source.name == filing.source), None)
    if source is None:
        raise ReadError(f"来源 {filing.source} 未安装", where=filing.name)
    result = guarded(source.name, "fetch", source.fetch, filing)
    if isinstance(result, Failure):
        raise ReadError(result.error)
    return result


def read(registry: Registry, download: Download) -> tuple[Document, tuple[Failure, ...]]:
    """Read a download by its highest bidder, or by the next where that one fails.

    Returns:
        The document, and the failures of readers on the way (a plain ReadError is none).

    Raises:
        ReadError: nobody can read it; the text of the highest bidder's error.
    """
    bids = []
    failures = []
    for reader in registry.readers:
        bid = guarded(reader.name, "bid", reader.bid, download)
        if isinstance(bid, Failure):
            failures.append(bid)
        elif bid > 0:
            bids.append((-bid, reader.name, reader))
    first_error: ReadError | None = None
    for _, name, reader in sorted(bids, key=lambda row: row[:2]):
        result = guarded(name, "read", _read_or_error, reader.read, download)
        if isinstance(result, Document):
            return result, tuple(failures)
        if isinstance(result, Failure):
            failures.append(result)
            result = ReadError(f"读取程序 {name} 出错：{result.error}", where=download.filing.name)
        first_error = first_error or result
    raise first_error or ReadError("不支持的文件类型", where=download.filing.name)


def _read_or_error(read_document: Callable[[Download], Document], download: Download) -> Document | ReadError:
    try:
        return read_document(download)
    except ReadError as error:
        return error


def process(registry: Registry, filing: Filing, context: Context) -> Processed:
    """Take one filing the whole way to its settled and checked reports; never raises for bad input."""
    try:
        download = fetch(registry, filing)
    except ReadError as error:
        return Processed(filing, "", None, (unreadable(filing.name, "", error),))
    return process_download(registry, download, context)


def process_download(registry: Registry, download: Download, context: Context) -> Processed:
    """Take fetched bytes the whole way to settled and checked reports."""
    filing = download.filing
    try:
        document, failures = read(registry, download)
    except ReadError as error:
        report = unreadable(filing.name, download.sha256, error)
        return Processed(filing, download.sha256, None, (report,))
    report = analyse(registry, document, context, failures)
    return Processed(filing, download.sha256, document, (report,))


def unreadable(name: str, sha256: str, error: ReadError) -> Report:
    """Return the row of a file that can't be read."""
    hint = f"（{error.hint}）" if error.hint else ""
    return Report(name, sha256, Status.UNREADABLE, error=f"{error.message}{hint}")


def analyse(
    registry: Registry, document: Document, context: Context, failures: Sequence[Failure] = ()
) -> Report:
    """Extract, settle and check one document."""
    context = replace(context, reading=read_text(document.text, context.catalogue.units, document.blocks))
    report = extract(registry, document, context, failures)
    if report.status is Status.NOT_A_REPORT:
        return report
    report = settle(registry, report, context)
    return validate_report(registry, report, document, context)


def extract(registry: Registry, document: Document, context: Context, failures: Sequence[Failure]) -> Report:
    """Run the extractors in the order of their needs and put together what they state.

    An extractor that fails, or states what it may not, leaves nothing behind.
    """
    allowed = {*Field, *context.catalogue.indicators}
    report = Report(document.name, document.sha256, Status.COMPLETE, failures=tuple(failures))
    for extractor in in_order(registry.extractors):
        context = replace(context, report=report)
        statements = guarded(extractor.name, "extract", _statements, extractor, document, context, allowed)
        if isinstance(statements, Failure):
            report = replace(report, failures=(*report.failures, statements))
            continue
        report = _add(report, statements)
        if report.value(Field.KIND) not in (None, DocumentKind.REPORT):
            kind = report.attribute(Field.KIND)
            reason = kind.reason if kind else ""
            return replace(report, status=Status.NOT_A_REPORT, reason=reason)
    return replace(report, status=Status.PARTIAL) if report.failures else report


def in_order(extractors: Sequence[Extractor]) -> tuple[Extractor, ...]:
    """Order extractors so that each runs after all that yield what it needs.

    Raises:
        PluginError: two extractors wait for each other.
    """
    providers: dict[str, list[str]] = {}
    for extractor in extractors:
        for name in extractor.yields:
            providers.setdefault(name, []).append(extractor.name)
    graph = {
        extractor.name: {name for need in extractor.needs for name in providers.get(need, ())} - {extractor.name}
        for extractor in extractors
    }
    by_name = {extractor.name: extractor for extractor in extractors}
    sorter = TopologicalSorter(graph)
    ordered: list[Extractor] = []
    try:
        sorter.prepare()
    except CycleError as error:
        raise PluginError(f"提取插件互相等待：{' → '.join(error.args[1])}") from error
    while sorter.is_active():
        ready = sorted(sorter.get_ready())
        ordered += [by_name[name] for name in ready]
        sorter.done(*ready)
    return tuple(ordered)


def _statements(
    extractor: Extractor, document: Document, context: Context, allowed: set[str]
) -> tuple[Statement, ...]:
    statements = tuple(extractor.extract(document, context))
    for statement in statements:
        check_statement(statement, extractor, document, allowed)
    return statements


def _add(report: Report, statements: Iterable[Statement]) -> Report:
    attributes = {attribute.field: attribute for attribute in report.attributes}
    sections: list[Section] = list(report.sections)
    observations: list[Observation] = list(report.observations)
    numerals: list[Numeral] = list(report.numerals)
    for statement in statements:
        if isinstance(statement, Attribute):
            rival = attributes.get(statement.field)
            if rival is None or statement.confidence > rival.confidence:
                attributes[statement.field] = statement
        elif isinstance(statement, Section):
            sections.append(statement)
        elif isinstance(statement, Observation):
            observations.append(statement)
        else:
            numerals.append(statement)
    return replace(
        report,
        attributes=tuple(sorted(attributes.values(), key=lambda attribute: list(Field).index(attribute.field))),
        sections=tuple(sorted(sections, key=lambda section: (section.start, section.level))),
        observations=tuple(sorted(observations, key=lambda o: (o.figure_start, o.figure_end, o.indicator))),
        numerals=tuple(sorted(numerals, key=lambda numeral: numeral.start)),
    )


def settle(registry: Registry, report: Report, context: Context) -> Report:
    """Settle each indicator's headline figure; what a failed extractor owed is `failed`, not absent."""
    context = replace(context, report=report)
    order = {name: index for index, name in enumerate(context.catalogue.indicators)}
    indexed = sorted(enumerate(report.observations), key=lambda row: (order[row[1].indicator], row[0]))
    figures: list[Figure] = []
    failures: list[Failure] = []
    for indicator, group in groupby(indexed, key=lambda row: row[1].indicator):
        figure = _settle_one(registry, indicator, list(group), context, failures)
        if figure is not None:
            figures.append(figure)
    settled = {figure.indicator for figure in figures}
    failed = {failure.plugin for failure in report.failures if failure.stage == "extract"}
    owed = {name for e in registry.extractors if e.name in failed for name in e.yields if name in order}
    figures += [
        Figure(name, None, FigureStatus.FAILED, False, ()) for name in sorted(owed - settled, key=order.__getitem__)
    ]
    figures.sort(key=lambda figure: order[figure.indicator])
    status = Status.PARTIAL if failures else report.status
    return replace(report, figures=tuple(figures), failures=(*report.failures, *failures), status=status)


def _settle_one(
    registry: Registry,
    indicator: str,
    candidates: list[tuple[int, Observation]],
    context: Context,
    failures: list[Failure],
) -> Figure | None:
    for name, settler in registry.settlers:
        figure = guarded(name, "settle", settler, candidates, context)
        if isinstance(figure, Failure):
            failures.append(figure)
        elif figure is not None:
            if not isinstance(figure, Figure) or figure.indicator != indicator:
                failures.append(Failure(name, "settle", f"对 {indicator} 给出了别的结果"))
                continue
            return figure
    return None


def validate_report(registry: Registry, report: Report, document: Document, context: Context) -> Report:
    """Run the report validators; one that crashes is itself a finding."""
    context = replace(context, report=report)
    findings: list[Finding] = []
    failures: list[Failure] = []
    for validator in registry.validators:
        if validator.scope == "report":
            found = guarded(validator.name, "validate", _findings, validator, report, context, document)
            _collect(validator, found, findings, failures)
    status = Status.PARTIAL if failures else report.status
    return replace(report, findings=tuple(findings), failures=(*report.failures, *failures), status=status)


def validate_yearbook(registry: Registry, yearbook: Yearbook, context: Context) -> Yearbook:
    """Run the yearbook validators; one that crashes is itself a finding."""
    findings: list[Finding] = []
    failures: list[Failure] = []
    for validator in registry.validators:
        if validator.scope == "yearbook":
            found = guarded(validator.name, "validate", _findings, validator, yearbook, context, None)
            _collect(validator, found, findings, failures)
    return replace(yearbook, findings=(*yearbook.findings, *findings))


def _findings(
    validator: Validator, subject: Any, context: Context, document: Document | None
) -> tuple[Finding, ...]:
    findings = tuple(validator.check(subject, context))
    for finding in findings:
        check_finding(finding, validator, document)
    return findings


def _collect(
    validator: Validator, found: tuple[Finding, ...] | Failure, findings: list[Finding], failures: list[Failure]
) -> None:
    if isinstance(found, Failure):
        failures.append(found)
        message = f"校验规则 {validator.name} 未能完成，这份报告没有经过它的检查。"
        findings.append(Finding("crashed", f"{validator.name}.crashed", Severity.WARNING, message))
    else:
        findings += found


def entry_of(report: Report, document: Document | None) -> Entry:
    """Return a yearbook's entry: the report with the places of its evidence."""
    if document is None:
        return Entry(report, tuple("" for _ in report.observations), "")
    places = tuple(document.place_of(o.figure_start).describe() for o in report.observations)
    return Entry(report, places, document.reader)


def publish(
    registry: Registry, yearbook: Yearbook, folder: Path
) -> tuple[tuple[Path, ...], tuple[Failure, ...]]:
    """Write the yearbook by every publisher; one that fails leaves the others' files alone."""
    paths: list[Path] = []
    failures: list[Failure] = []
    for publisher in registry.publishers:
        written = guarded(publisher.name, "publish", _publish, publisher, yearbook, folder)
        if isinstance(written, Failure):
            failures.append(written)
        else:
            paths += written
    return tuple(paths), tuple(failures)


def _publish(publisher: Publisher, yearbook: Yearbook, folder: Path) -> tuple[Path, ...]:
    return tuple(publisher.publish(yearbook, folder))
