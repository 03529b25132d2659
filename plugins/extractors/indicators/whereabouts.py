"""In which part of its report a figure stands."""

from __future__ import annotations

from nianbao.model import Report, SectionKind


def is_planned(report: Report, offset: int) -> bool:
    """Whether a canonical offset stands in the part on the next year's work, which tells no facts."""
    return _stands_in(report, offset, SectionKind.PLAN)


def is_among_problems(report: Report, offset: int) -> bool:
    """Whether a canonical offset stands in the part on problems, which tells what falls short."""
    return _stands_in(report, offset, SectionKind.PROBLEMS)


def _stands_in(report: Report, offset: int, kind: SectionKind) -> bool:
    return any(section.kind is kind and section.start <= offset < section.end for section in report.parts)
