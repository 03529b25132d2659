"""The validators' part of the main line; a check that crashes is itself a finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from nianbao.evidence import check_finding, check_subjects
from nianbao.guard import guarded
from nianbao.manager import Registry
from nianbao.model import Document, Failure, Finding, Report, Severity, Status, Yearbook
from nianbao.records import Context, Validator

# The kind of the finding that a check which crashed leaves.
CRASHED = "crashed"


def validate_report(registry: Registry, report: Report, document: Document, context: Context) -> Report:
    """Run the validators of a report's kind; one that crashes is itself a finding."""
    context = replace(context, report=report)
    findings: list[Finding] = []
    failures: list[Failure] = []
    for validator in registry.validators:
        if validator.scope == "report" and report.kind in validator.serves:
            found = guarded(validator.name, "validate", _findings, validator, report, context, document)
            _collect(validator, found, findings, failures)
    status = Status.PARTIAL if failures else report.status
    return replace(report, findings=tuple(findings), failures=(*report.failures, *failures), status=status)


def validate_yearbook(registry: Registry, yearbook: Yearbook, context: Context) -> Yearbook:
    """Run the validators of a yearbook's kind; one that crashes is itself a finding."""
    findings: list[Finding] = []
    failures: list[Failure] = []
    for validator in registry.validators:
        if validator.scope == "yearbook" and yearbook.kind in validator.serves:
            found = guarded(validator.name, "validate", _findings, validator, yearbook, context, None)
            _collect(validator, found, findings, failures)
    return _borne(yearbook, findings)


def _borne(yearbook: Yearbook, findings: Sequence[Finding]) -> Yearbook:
    """Give each finding to the report that it is about; what is about none stays with the year."""
    borne: dict[tuple[str, int], list[Finding]] = {}
    for finding in findings:
        if finding.subject is not None and finding.subject.file:
            borne.setdefault((finding.subject.file, finding.subject.part), []).append(finding)
    rest = (each for each in findings if each.subject is None or not each.subject.file)
    entries = tuple(
        replace(entry, report=replace(entry.report, findings=(*entry.report.findings, *found)))
        if (found := borne.get((entry.report.file, entry.report.part)))
        else entry
        for entry in yearbook.entries
    )
    return replace(yearbook, entries=entries, findings=(*yearbook.findings, *rest))


def _findings(
    validator: Validator, subject: Any, context: Context, document: Document | None
) -> tuple[Finding, ...]:
    findings = tuple(validator.check(subject, context))
    for finding in findings:
        check_finding(finding, validator, document)
    if isinstance(subject, Yearbook):
        check_subjects(findings, validator, subject)
    return findings


def _collect(
    validator: Validator,
    found: tuple[Finding, ...] | Failure,
    findings: list[Finding],
    failures: list[Failure],
) -> None:
    if isinstance(found, Failure):
        failures.append(found)
        subject = "这份报告" if validator.scope == "report" else "本年度的汇总"
        message = f"校验规则 {validator.name} 未能完成，{subject}没有经过它的检查。"
        findings.append(Finding(CRASHED, f"{validator.name}.{CRASHED}", Severity.WARNING, message))
    else:
        findings += found
