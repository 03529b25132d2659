"""Reports and runs as rows of their tables, and back: nothing is lost on the way."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from nianbao.model import (
    Attribute,
    Failure,
    Field,
    Figure,
    FigureStatus,
    Finding,
    Item,
    Numeral,
    NumeralReason,
    Observation,
    Qualifier,
    Quote,
    RegionBy,
    RegionUse,
    Report,
    Rival,
    Role,
    RunRecord,
    Section,
    SectionKind,
    Severity,
    Status,
)
from nianbao.store.document_rows import Row, to_json

# What a row is on its way out of the database.
Found = Sequence[Any]

SHANGHAI = ZoneInfo("Asia/Shanghai")


def fingerprint(record: RunRecord) -> str:
    """Return what tells whether two runs read alike: the version, the catalogue and the plugins."""
    parts = [record.version, record.catalogue, sorted(record.plugins)]
    return hashlib.sha256(to_json(parts).encode()).hexdigest()


def run_record(row: Any) -> RunRecord:
    """Make the record of a run from its row."""
    return RunRecord(
        id=row.id,
        started=row.started.astimezone(SHANGHAI),
        version=row.version,
        catalogue=row.catalogue,
        plugins=tuple((name, version) for name, version in row.plugins),
        settings=tuple((name, value) for name, value in row.settings),
    )


def report_row(file_id: int, sha256: str, report: Report, made_by: str) -> Row:
    """Return a report's row, without its id."""
    year = report.value(Field.YEAR)
    return (
        file_id,
        sha256,
        report.part,
        report.file,
        report.status.value,
        report.value(Field.KIND),
        report.value(Field.TITLE),
        int(year) if year and year.isdecimal() and len(year) == 4 else None,
        report.value(Field.ISSUER),
        report.value(Field.ISSUER_LEVEL),
        report.value(Field.PROVINCE),
        report.value(Field.CITY),
        report.value(Field.COUNTY),
        report.value(Field.TOWN),
        report.value(Field.DIVISION_CODE),
        report.value(Field.PUBLISHED),
        to_json([_attribute_list(attribute) for attribute in report.attributes]),
        report.error,
        report.reason,
        made_by,
        to_json([report.region.code, report.region.by] if report.region else []),
    )


def report(row: Any, children: Mapping[str, Any]) -> Report:
    """Make a report from its row and its children, which stand under the names of its fields."""
    return Report(
        file=row.file,
        sha256=row.sha256,
        status=Status(row.status),
        attributes=tuple(_attribute(*values) for values in row.attributes),
        error=row.error,
        reason=row.reason,
        part=row.part,
        region=RegionUse(row.region[0], RegionBy(row.region[1])) if row.region else None,
        **children,
    )


def _attribute_list(attribute: Attribute) -> list[Any]:
    return [
        attribute.field,
        attribute.value,
        attribute.reason,
        attribute.extractor,
        attribute.start,
        attribute.end,
        attribute.inferred,
        str(attribute.confidence),
        [[rival.value, rival.reason, rival.start, rival.end] for rival in attribute.rivals],
    ]


def _attribute(field: str, value: str, reason: str, extractor: str, *rest: Any) -> Attribute:
    start, end, inferred, confidence, rivals = rest
    return Attribute(
        Field(field),
        value,
        reason,
        extractor,
        start,
        end,
        inferred,
        Decimal(confidence),
        tuple(map(_rival, rivals)),
    )


def _rival(told: str | list[Any]) -> Rival:
    """Make a rival from JSON; a store of version 1 kept its value alone."""
    return Rival(told, "") if isinstance(told, str) else Rival(*told)


def section_row(section: Section) -> Row:
    """Return a section's row, without its key; so do the next six."""
    return (
        section.heading,
        section.kind.value,
        section.start,
        section.end,
        section.level,
        section.extractor,
        section.number,
        section.style,
    )


def item_row(item: Item) -> Row:
    """Return the row of a problem or plan."""
    return (item.kind.value, item.start, item.end, item.quote, item.gist, item.extractor)


def observation_row(found: Observation) -> Row:
    """Return an observation's row."""
    return (
        found.indicator,
        str(found.value),
        found.unit,
        found.qualifier.value,
        found.role.value,
        found.start,
        found.end,
        found.quote,
        _digits(found.low),
        _digits(found.high),
        found.figure_start,
        found.figure_end,
        str(found.confidence),
        found.extractor,
        found.reason,
    )


def numeral_row(numeral: Numeral) -> Row:
    """Return a numeral's row."""
    return (numeral.start, numeral.end, numeral.quote, numeral.reason.value)


def figure_row(figure: Figure) -> Row:
    """Return a figure's row."""
    return (
        figure.indicator,
        _digits(figure.value),
        figure.status.value,
        figure.derived,
        to_json(figure.sources),
        figure.qualifier.value,
        _digits(figure.low),
        _digits(figure.high),
        figure.review,
    )


def finding_row(finding: Finding) -> Row:
    """Return a finding's row."""
    quotes = [[quote.start, quote.end, quote.quote] for quote in finding.quotes]
    return (
        finding.kind,
        finding.rule,
        finding.severity.value,
        finding.message,
        to_json(quotes),
        finding.suggestion,
        to_json(finding.indicators),
        finding.basis,
    )


def failure_row(failure: Failure) -> Row:
    """Return a failure's row."""
    return (failure.plugin, failure.stage, failure.error)


def _digits(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def section(row: Found) -> Section:
    """Make a section from its row without the key; so do the next six."""
    heading, kind, *rest = row
    return Section(heading, SectionKind(kind), *rest)


def item(row: Found) -> Item:
    """Make a problem or plan from its row."""
    kind, *rest = row
    return Item(SectionKind(kind), *rest)


def observation(row: Found) -> Observation:
    """Make an observation from its row."""
    indicator, value, unit, qualifier, role, *rest = row
    return Observation(indicator, value, unit, Qualifier(qualifier), Role(role), *rest)


def numeral(row: Found) -> Numeral:
    """Make a numeral from its row."""
    start, end, quote, reason = row
    return Numeral(start, end, quote, NumeralReason(reason))


def figure(row: Found) -> Figure:
    """Make a figure from its row."""
    indicator, value, status, derived, sources, qualifier, *rest = row
    return Figure(
        indicator, value, FigureStatus(status), derived, tuple(sources), Qualifier(qualifier), *rest
    )


def finding(row: Found) -> Finding:
    """Make a finding from its row."""
    kind, rule, severity, message, quotes, suggestion, indicators, basis = row
    evidence = tuple(Quote(*quote) for quote in quotes)
    return Finding(kind, rule, Severity(severity), message, evidence, suggestion, tuple(indicators), basis)


def failure(row: Found) -> Failure:
    """Make a failure from its row."""
    return Failure(*row)
