"""A report or document as the machine-readable face gives it: one JSON object, keys in a fixed order."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from nianbao.model import (
    PLACE_FIELDS,
    DocumentKind,
    Failure,
    Field,
    Figure,
    Finding,
    Item,
    Numeral,
    Observation,
    Report,
    Section,
    Status,
)

Json = dict[str, Any]

IDENTITY = (
    Field.TITLE,
    Field.YEAR,
    Field.ISSUER,
    Field.ISSUER_LEVEL,
    Field.PROVINCE,
    Field.CITY,
    Field.COUNTY,
    Field.TOWN,
    Field.DIVISION_CODE,
    Field.PUBLISHED,
)


def report_to_json(report: Report, text: str | None = None) -> Json:
    """Return the object that `nianbao extract` prints for a report.

    Args:
        report: a report, or the row of a file that holds none or can't be read.
        text: the canonical text, where it is wanted in the object.
    """
    row: Json = {"file": report.file}
    if report.part > 1:
        row["part"] = report.part
    row |= {"sha256": report.sha256 or None, "status": report.status.value}
    if report.status is Status.UNREADABLE:
        row["error"] = report.error
    if report.status is Status.NOT_A_REPORT:
        row |= {"document_kind": report.value(Field.KIND), "reason": report.reason}
    elif report.kind is not DocumentKind.REPORT:
        row["document_kind"] = report.kind.value
    row |= {name.value: report.value(name) for name in IDENTITY}
    row["year"] = report.year
    row |= {
        "inferred_fields": _inferred(report),
        "sections": [section_json(section) for section in report.parts],
        "items": [_item(item) for item in report.items],
        "observations": [observation_json(observation) for observation in report.observations],
        "figures": [figure_json(figure) for figure in report.figures],
        "numerals": [_numeral(numeral) for numeral in _unused(report)],
        "findings": [finding_json(finding) for finding in report.findings],
        "failures": [failure_json(failure) for failure in report.failures],
    }
    if text is not None:
        row["text"] = text
    return row


def failure_json(failure: Failure) -> Json:
    """Return a failure of a plugin."""
    return {"plugin": failure.plugin, "stage": failure.stage, "error": failure.error}


def number(value: Decimal) -> int | float:
    """Return a figure as a JSON number: an int where it is whole, exact up to 15 significant digits else."""
    return int(value) if value == value.to_integral_value() else float(value)


def _number_or_none(value: Decimal | None) -> int | float | None:
    return None if value is None else number(value)


def _inferred(report: Report) -> list[str]:
    return [a.field.value for a in report.attributes if a.inferred and a.field in PLACE_FIELDS]


def section_json(section: Section) -> Json:
    """Return a part of a report."""
    return {
        "heading": section.heading,
        "kind": section.kind.value,
        "start": section.start,
        "end": section.end,
    }


def _item(item: Item) -> Json:
    return {
        "kind": item.kind.value,
        "gist": item.gist,
        "quote": item.quote,
        "start": item.start,
        "end": item.end,
    }


def observation_json(observation: Observation) -> Json:
    """Return a statement of an indicator."""
    return {
        "indicator": observation.indicator,
        "value": number(observation.value),
        "unit": observation.unit,
        "qualifier": observation.qualifier.value,
        "role": observation.role.value,
        "quote": observation.quote,
        "start": observation.start,
        "end": observation.end,
        "low": _number_or_none(observation.low),
        "high": _number_or_none(observation.high),
        "confidence": number(observation.confidence),
        "extractor": observation.extractor,
    }


def figure_json(figure: Figure) -> Json:
    """Return a settled figure."""
    return {
        "indicator": figure.indicator,
        "value": _number_or_none(figure.value),
        "status": figure.status.value,
        "derived": figure.derived,
        "from": list(figure.sources),
    }


def _unused(report: Report) -> list[Numeral]:
    """The numerals that no observation rests on."""
    figures = [(o.figure_start, o.figure_end) for o in report.observations]
    return [n for n in report.numerals if not any(start < n.end and n.start < end for start, end in figures)]


def _numeral(numeral: Numeral) -> Json:
    return {
        "quote": numeral.quote,
        "start": numeral.start,
        "end": numeral.end,
        "reason": numeral.reason.value,
    }


def finding_json(finding: Finding) -> Json:
    """Return a finding."""
    return {
        "kind": finding.kind,
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "quotes": [quote.quote for quote in finding.quotes],
        "suggestion": finding.suggestion,
    }
