"""Whether a report has a mandated part."""

from __future__ import annotations

from nianbao import Report, SectionKind
from outputs.workbook import terms


def part_state(report: Report, kind: SectionKind) -> str:
    """Tell whether a mandated part is there: as a first-level part, only below one, or not at all."""
    levels = [section.level for section in report.sections if section.kind is kind]
    if 1 in levels:
        return terms.PART_PRESENT
    if levels:
        return terms.PART_BELOW
    if not report.parts and not report.failures:
        return terms.PART_UNDIVIDED
    if not report.sections and any(failure.stage == "extract" for failure in report.failures):
        return terms.PART_UNKNOWN
    return terms.PART_MISSING
