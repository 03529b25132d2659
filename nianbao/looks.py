"""What the commands that look at files print with `--json`: identity, findings, explanations, documents."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from nianbao.interface import (
    IDENTITY,
    Json,
    failure_json,
    figure_json,
    finding_json,
    number,
    observation_json,
    section_json,
)
from nianbao.model import (
    Attribute,
    Block,
    Candidate,
    Document,
    Field,
    Observation,
    Report,
    Rival,
    Status,
    Waiver,
)

if TYPE_CHECKING:
    from nianbao.explaining import Explanation


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
        for name in (Field.KIND, *IDENTITY)
    }
    row["sections"] = [
        section_json(section) | {"level": section.level, "number": section.number}
        for section in report.sections
    ]
    row["failures"] = [failure_json(failure) for failure in report.failures]
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
            finding_json(finding)
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
        "failures": [failure_json(failure) for failure in report.failures],
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
        "figure": figure_json(figure) | {"review": figure.review} if figure else None,
        "candidates": [
            _candidate(told, candidate) for candidate in told.candidates if candidate.indicator == indicator
        ],
        "failures": [failure_json(failure) for failure in report.failures],
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
        "observation": observation_json(_moved(observation, told.start)) if observation else None,
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
