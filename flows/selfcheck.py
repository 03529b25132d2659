"""Shows a clerk what is to be mended in a report before it is published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from flows.display import Line, Look, Run, printable
from flows.excerpts import excerpt
from nianbao.model import Document, Field, Finding, Report, Severity, Status, Waiver
from outputs.workbook.terms import SEVERITIES, WAIVED

_LOOKS = {Severity.ERROR: Look.BAD, Severity.WARNING: Look.DOUBT, Severity.NOTE: Look.MARGIN}
_WORST_FIRST = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
_MARGIN = "       │ "
_AS_ABOVE = "同上"


def worst_first(findings: Sequence[Finding]) -> list[Finding]:
    """Return findings by severity, those of one severity by their place; the waived ones last."""
    order = {severity: number for number, severity in enumerate(_WORST_FIRST)}
    return sorted(findings, key=lambda each: (each.waiver is not None, order[each.severity], _start(each)))


def show_findings(report: Report, document: Document | None) -> Iterator[Line]:
    """Yield the lines that tell what was found in a report: what, where, how to mend it, on what ground.

    Args:
        report: settled and checked.
        document: what it was read from; None where it could not be read.
    """
    told = (report.value(Field.ISSUER), f"{report.year}年度" if report.year else None, report.file)
    yield Line("", (Run(printable("  ".join(filter(None, told))), Look.NAME),))
    if report.status is Status.UNREADABLE:
        yield Line("", (Run(f"无法读取：{printable(report.error)}"),))
        return
    if report.status is Status.NOT_A_REPORT:
        yield Line("", (Run(f"不是年度报告，没有检查：{printable(report.reason)}"),))
        return
    said: set[str] = set()
    for finding in worst_first(report.findings):
        yield from _finding(finding, document, is_said=finding.suggestion in said)
        said |= {finding.suggestion} if finding.waiver is None else set()
    yield Line("", (Run(summary_of(report.findings)),))


def summary_of(findings: Sequence[Finding]) -> str:
    """Return one line that counts findings by severity; the waived ones are told apart."""
    counts = Counter(finding.severity for finding in findings if finding.waiver is None)
    waived = len(findings) - counts.total()
    beside = f"另有 {waived} 处已豁免。" if waived else ""
    if not counts:
        return f"没有发现问题。{beside}"
    told = "、".join(f"{SEVERITIES[each]} {counts[each]} 处" for each in _WORST_FIRST if counts[each])
    return f"共 {counts.total()} 处：{told}。{beside}"


def remark_on(finding: Finding) -> str:
    """Return what a comment in the margin of a report says of a finding, a line each."""
    lines = [f"【{WAIVED if finding.waiver else SEVERITIES[finding.severity]}】{finding.message}"]
    lines += [told_waiver(finding.waiver)] if finding.waiver else []
    lines += [f"建议：{finding.suggestion}"] if finding.suggestion else []
    lines += [f"依据：{finding.basis}"] if finding.basis else []
    return "\n".join(lines)


def told_waiver(waiver: Waiver) -> str:
    """Return why a finding is waived, by whom and until when."""
    return f"{WAIVED}：{waiver.reason}（{waiver.person}，{waiver.day}，有效期至{waiver.until}）"


def _start(finding: Finding) -> int:
    return finding.quotes[0].start if finding.quotes else -1


def _finding(finding: Finding, document: Document | None, *, is_said: bool) -> Iterator[Line]:
    waiver = finding.waiver
    severity, look = SEVERITIES[finding.severity], _LOOKS[finding.severity]
    if waiver is not None:
        severity, look = "豁免", Look.MARGIN
    yield Line(f"  {severity} │ ", (Run(printable(finding.message), look),))
    for quote in finding.quotes if document is not None else ():
        place = document.place_of(quote.start).describe() if document is not None else ""
        words = excerpt(document.text, quote.start, quote.end) if document is not None else ()
        yield Line(_MARGIN, (Run(f"{place}  " if place else "", Look.MARGIN), *words))
    if waiver is not None:
        yield Line(_MARGIN, (Run(printable(told_waiver(waiver)), Look.MARGIN),))
        return
    if finding.suggestion:
        # One repair may mend several findings.
        yield Line(_MARGIN, (Run(f"建议：{_AS_ABOVE if is_said else printable(finding.suggestion)}"),))
    if finding.basis:
        yield Line(_MARGIN, (Run(f"依据：{printable(finding.basis)}", Look.MARGIN),))
