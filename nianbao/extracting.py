"""The extractors' part of the main line: a document to a report with its observations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nianbao.evidence import check_statement
from nianbao.guard import guarded
from nianbao.kinds import in_kind, kind_served
from nianbao.manager import Registry
from nianbao.model import (
    Attribute,
    Document,
    DocumentKind,
    Failure,
    Field,
    Item,
    Numeral,
    Observation,
    Report,
    Section,
    Status,
)
from nianbao.ordering import in_order, last_to_tell, standing_of
from nianbao.records import Context, Extractor, Statement
from nianbao.regions import is_of_other_regions, placed


def extract(registry: Registry, document: Document, context: Context, failures: Sequence[Failure]) -> Report:
    """Run the extractors in the order of their needs and put together what they state.

    Once its place is known, the report is read by its region's profile; once it is known to be of another
    kind that plugins bring, by the extractors of that kind alone. A document of any other kind is no report.
    An extractor that fails, or states what it may not, leaves nothing behind.
    """
    allowed = _allowed(context)
    extractors, waiting = in_order(registry.extractors, standing_of(registry))
    report = Report(document.name, document.sha256, Status.COMPLETE, failures=(*failures, *waiting))
    place_known = last_to_tell(Field.DIVISION_CODE, extractors)
    kind = DocumentKind.REPORT
    for number, extractor in enumerate(extractors):
        if number == place_known and kind is DocumentKind.REPORT:
            report, context = placed(registry, report, document, context)
            allowed = _allowed(context)
        if kind not in extractor.serves or is_of_other_regions(extractor, allowed):
            continue
        context = replace(context, report=report)
        statements = guarded(extractor.name, "extract", _statements, extractor, document, context, allowed)
        if isinstance(statements, Failure):
            report = replace(report, failures=(*report.failures, statements))
            continue
        report = _add(report, statements)
        if report.kind is not kind:
            found = kind_served(registry, report.kind) if kind is DocumentKind.REPORT else None
            if found is None:
                return _refused(report)
            kind, report, context = found.kind, _identity(report), in_kind(context, found)
            allowed = _allowed(context)
    return replace(report, status=Status.PARTIAL) if report.failures else report


def _allowed(context: Context) -> set[str]:
    return {*Field, *context.catalogue.indicators}


def _refused(report: Report) -> Report:
    """Return the row of a document that is no report, with the reason that its identity gives."""
    kind = report.attribute(Field.KIND)
    return replace(report, status=Status.NOT_A_REPORT, reason=kind.reason if kind else "")


def _identity(report: Report) -> Report:
    """Return a report without what was found in it before its kind was known."""
    return replace(report, sections=(), items=(), observations=(), numerals=())


def _statements(
    extractor: Extractor, document: Document, context: Context, allowed: set[str]
) -> tuple[Statement, ...]:
    statements = tuple(extractor.extract(document, context))
    for statement in statements:
        check_statement(statement, extractor, document, allowed)
    return statements


def _add(report: Report, statements: Sequence[Statement]) -> Report:
    attributes = {attribute.field: attribute for attribute in report.attributes}
    for statement in statements:
        if isinstance(statement, Attribute):
            rival = attributes.get(statement.field)
            if rival is None or statement.confidence > rival.confidence:
                attributes[statement.field] = statement
    sections = [*report.sections, *(each for each in statements if isinstance(each, Section))]
    items = [*report.items, *(each for each in statements if isinstance(each, Item))]
    observations = [*report.observations, *(each for each in statements if isinstance(each, Observation))]
    numerals = [*report.numerals, *(each for each in statements if isinstance(each, Numeral))]
    return replace(
        report,
        attributes=tuple(attributes[field] for field in Field if field in attributes),
        sections=tuple(sorted(sections, key=lambda section: (section.start, section.level))),
        items=tuple(sorted(items, key=lambda item: (item.start, item.end))),
        observations=tuple(sorted(observations, key=lambda o: (o.figure_start, o.figure_end, o.indicator))),
        numerals=tuple(sorted(numerals, key=lambda numeral: numeral.start)),
    )
