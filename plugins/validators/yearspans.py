"""The years of a plan or an outline, where its name tells them; what a finding of years looks like."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao import Finding, Severity
from plugins.validators.passages import Passage

_RULE = "years.year"
_BASIS = "年度报告写上一年度的工作和下一年度的安排，年份应当前后一致"
_SPANS_BASIS = "规划、纲要的起止年份以其正式名称为准"
_SPAN = re.compile(r"《(法治(?:政府|社会)建设实施纲要|法治中国建设规划)[(](20\d\d)年?[-~至](20\d\d)年?[)]")
_SPANS = {
    "法治政府建设实施纲要": ((2015, 2020), (2021, 2025)),
    "法治社会建设实施纲要": ((2020, 2025),),
    "法治中国建设规划": ((2020, 2025),),
}
_LAST_KNOWN_SPAN = 2025


def spans(passage: Passage) -> Iterator[Finding]:
    """Yield the names of outlines whose years are not theirs."""
    for match in _SPAN.finditer(passage.text) if "《法治" in passage.text else ():
        told = (int(match[2]), int(match[3]))
        known = _SPANS[match[1]]
        if told not in known and told[0] <= _LAST_KNOWN_SPAN:
            right = min(known, key=lambda span: abs(span[0] - told[0]) + abs(span[1] - told[1]))
            yield finding(
                passage,
                match.span(),
                f"《{match[1]}》的起止年份写为{told[0]}—{told[1]}年，应为{right[0]}—{right[1]}年。",
                f"请改为（{right[0]}—{right[1]}年）。",
                Severity.WARNING,
                basis=_SPANS_BASIS,
            )


def quoted(text: str, at: int) -> bool:
    """Whether a place stands within the title of a document."""
    return text.rfind("《", 0, at) > text.rfind("》", 0, at)


def finding(
    passage: Passage,
    span: tuple[int, int],
    message: str,
    suggestion: str,
    severity: Severity,
    *,
    basis: str = _BASIS,
) -> Finding:
    """Return a finding of years in a passage."""
    quotes = (passage.quote(*span),)
    return Finding("year", _RULE, severity, message, quotes, suggestion, basis=basis)
