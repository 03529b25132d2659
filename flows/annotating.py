"""The copy of a Word file that bears its findings as comments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flows.selfcheck import remark_on, worst_first
from nianbao.model import Document, Download, Finding, Quote, Report

AUTHOR = "年报自查"
DOCX = ".docx"


def findings_of(reports: Iterable[Report]) -> list[Finding]:
    """Return what is found in a file's reports, those of each report the worst first."""
    return [finding for report in reports for finding in worst_first(report.findings)]


def annotated(download: Download, document: Document, findings: Sequence[Finding]) -> bytes:
    """Return a copy of a .docx with each finding as a comment at its first quotation.

    Args:
        download: the file.
        document: what was read from it.
        findings: what is to be said; one without a quotation stands at the beginning.

    Raises:
        ReadError: as for `connectors.wordcomments.with_comments`.
    """
    from connectors.wordcomments import Remark, with_comments

    remarks = [
        Remark(quote.start, quote.end, remark_on(finding))
        for finding in findings
        for quote in (finding.quotes or (Quote(0, 0, ""),))[:1]
    ]
    return with_comments(download, document, remarks, AUTHOR)
