"""A report or document as the machine-readable face gives it: one JSON object, keys in a fixed order."""

from __future__ import annotations

from dataclasses import asdict, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from nianbao.model import (
    PLACE_FIELDS,
    Attribute,
    Block,
    Candidate,
    Document,
    Failure,
    Field,
    Figure,
    Finding,
    Item,
    Numeral,
    Observation,
    Report,
    Rival,
    Section,
    Status,
    Waiver,
)

if TYPE_CHECKING:
    from nianbao.explaining import Explanation

Json = dict[str, Any]

_IDENTITY = (
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
    row |= {name.value: report.value(name) for name in _IDENTITY}
    row["year"] = report.year
    row |= {
        "inferred_fields": _inferred(report),
        "sections": [_section(section) for section in report.parts],
        "items": [_item(item) for item in report.items],
        "observations": [_observation(observation) for observation in report.observations],
        "figures": [_figure(figure) for figure in report.figures],
        "numerals": [_numeral(numeral) for numeral in _unused(report)],
        "findings": [_finding(finding) for finding in report.findings],
        "failures": [_failure(failure) for failure in report.failures],
    }
    if text is not None:
        row["text"] = text
    return row


def identity_to_json(report: Report, document: Document | None) -> Json:
    """Return the object that `nianbao identify --json` prints for a report.

    Args:
        report: a report, or the row of a file that holds none or can't be read.
        document: the document that its offsets count in, or None.
    """
    text = document.text if document else ""
    row: Json = {"file": report.file, "part": report.part}
    row |= {"sha256": report.sha256 or None, "status": report.status.value}
    if report.status is Status.UNREADABLE:
        row["error"] = report.error
    stated = {attribute.field: attribute for attribute in report.attributes}
    row |= {
        name.value: _attribute(stated[name], text) if name in stated else None
        for name in (Field.KIND, *_IDENTITY)
    }
    row["sections"] = [
        _section(section) | {"level": section.level, "number": section.number} for section in report.sections
    ]
    row["failures"] = [_failure(failure) for failure in report.failures]
    return row


def _attribute(attribute: Attribute, text: str) -> Json:
    return {
        "value": attribute.value,
        "reason": attribute.reason,
        "confidence": number(attribute.confidence),
        "inferred": attribute.inferred,
        "extractor": attribute.extractor,
        **_evidence(attribute, text),
        "rivals": [
            {"value": rival.value, "reason": rival.reason, **_evidence(rival, text)}
            for rival in attribute.rivals
        ],
    }


def _evidence(told: Attribute | Rival, text: str) -> Json:
    return {"start": told.start, "end": told.end, "quote": text[told.start : told.end] if told.end else None}


def _failure(failure: Failure) -> Json:
    return {"plugin": failure.plugin, "stage": failure.stage, "error": failure.error}


def number(value: Decimal) -> int | float:
    """Return a figure as a JSON number: an int where it is whole, exact up to 15 significant digits else."""
    return int(value) if value == value.to_integral_value() else float(value)


def _number_or_none(value: Decimal | None) -> int | float | None:
    return None if value is None else number(value)


def _inferred(report: Report) -> list[str]:
    return [a.field.value for a in report.attributes if a.inferred and a.field in PLACE_FIELDS]


def _section(section: Section) -> Json:
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


def _observation(observation: Observation) -> Json:
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


def _figure(figure: Figure) -> Json:
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


def _finding(finding: Finding) -> Json:
    return {
        "kind": finding.kind,
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "quotes": [quote.quote for quote in finding.quotes],
        "suggestion": finding.suggestion,
    }


def findings_to_json(report: Report, document: Document | None) -> Json:
    """Return the object that `nianbao check --json` prints for a report, the places of its evidence told."""
    return {
        "file": report.file,
        "part": report.part,
        "status": report.status.value,
        "issuer": report.value(Field.ISSUER),
        "year": report.year,
        "error": report.error or None,
        "reason": report.reason or None,
        "findings": [
            _finding(finding)
            | {
                "quotes": [
                    {
                        "start": quote.start,
                        "end": quote.end,
                        "quote": quote.quote,
                        "place": document.place_of(quote.start).describe() if document else "",
                    }
                    for quote in finding.quotes
                ],
                "basis": finding.basis,
                "indicators": list(finding.indicators),
                "waived": _waiver(finding.waiver) if finding.waiver else None,
            }
            for finding in report.findings
        ],
        "failures": [_failure(failure) for failure in report.failures],
    }


def _waiver(waiver: Waiver) -> Json:
    return {
        "reason": waiver.reason,
        "person": waiver.person,
        "date": waiver.day.isoformat(),
        "until": waiver.until.isoformat(),
    }


def explanation_to_json(told: Explanation, indicator: str) -> Json:
    """Return the object that `nianbao explain --json` prints for a report, offsets in the file's text."""
    report = told.report
    figure = report.figure(indicator)
    return {
        "file": report.file,
        "part": report.part,
        "status": report.status.value,
        "indicator": indicator,
        "figure": _figure(figure) | {"review": figure.review} if figure else None,
        "candidates": [
            _candidate(told, candidate) for candidate in told.candidates if candidate.indicator == indicator
        ],
        "failures": [_failure(failure) for failure in report.failures],
    }


def _candidate(told: Explanation, candidate: Candidate) -> Json:
    observation = told.observation_of(candidate)
    return {
        "value": number(candidate.value),
        "unit": candidate.unit,
        "start": told.start + candidate.start,
        "end": told.start + candidate.end,
        "quote": told.document.text[candidate.start : candidate.end],
        "taken": candidate.taken,
        "reason": candidate.told,
        "checks": [{"rule": c.rule, "passed": c.passed, "reason": c.told} for c in candidate.checks],
        "evidence": candidate.evidence or None,
        "observation": _observation(_moved(observation, told.start)) if observation else None,
    }


def _moved(observation: Observation, by: int) -> Observation:
    """Return an observation counted in the text of the whole file."""
    return replace(observation, start=observation.start + by, end=observation.end + by)


def document_to_json(document: Document) -> Json:
    """Return the object that `nianbao read --json` prints for a document."""
    return {
        "name": document.name,
        "sha256": document.sha256,
        "reader": document.reader,
        "text": document.text,
        "blocks": [_block(block) for block in document.blocks],
        "facts": [{"name": f.name.value, "value": f.value, "origin": f.origin} for f in document.facts],
        "notes": list(document.notes),
        "doubts": [
            {"start": start, "end": end, "quote": document.text[start:end]} for start, end in document.doubts
        ],
    }


def _block(block: Block) -> Json:
    """Of the place only what applies."""
    place = {key: value for key, value in asdict(block.place).items() if value is not None}
    row: Json = {"start": block.start, "end": block.end, "kind": block.kind.value, "place": place}
    return row if block.level is None else row | {"level": block.level}
