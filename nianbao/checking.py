"""The validators' part of the main line; a check that crashes is itself a finding."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from nianbao.evidence import check_finding
from nianbao.guard import guarded
from nianbao.manager import Registry
from nianbao.model import Document, Failure, Finding, Report, Severity, Status, Yearbook
from nianbao.records import Context, Validator

# The kind of the finding that a check which crashed leaves.
CRASHED = "crashed"


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
