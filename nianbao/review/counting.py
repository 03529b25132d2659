"""How much there is to look at in each report, without making the points that tell it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from nianbao.model import (
    Acceptance,
    AcceptanceState,
    CorrectionState,
    Entry,
    FigureStatus,
    Point,
    PointKind,
    Yearbook,
)
from nianbao.review.points import points_of


def pressing_by_report(yearbook: Yearbook) -> Mapping[tuple[str, int], int]:
    """Return how many open points each report of a yearbook has, by its file and part.

    They are those that the review pages count as 待核对: stale corrections, disputed and unsure figures, and
    findings, without what somebody has settled, and without the numerals that belong to no indicator.
    """
    stale = Counter(
        (each.file, each.part) for each in yearbook.corrections if each.state is CorrectionState.STALE
    )
    accepted: dict[tuple[str, int], list[Acceptance]] = {}
    for outcome in yearbook.acceptances:
        if outcome.state is not AcceptanceState.ABSENT:
            accepted.setdefault((outcome.file, outcome.part), []).append(outcome.acceptance)
    counts: dict[tuple[str, int], int] = {}
    for entry in yearbook.entries:
        key = (entry.report.file, entry.report.part)
        if key in accepted:
            # What was accepted holds by digest; that is worked out for these alone.
            points = points_of(entry, stale=yearbook.corrections, acceptances=accepted[key])
            counts[key] = sum(map(_is_pressing, points))
        else:
            counts[key] = stale[key] + _open(entry)
    return counts


def _open(entry: Entry) -> int:
    """Return how many of its figures and findings nobody has settled, where nothing was accepted."""
    figures = sum(
        (figure.status is FigureStatus.DISPUTED or bool(figure.review))
        and figure.status is not FigureStatus.FAILED
        and figure.correction is None
        for figure in entry.report.figures
    )
    return figures + sum(finding.waiver is None for finding in entry.report.findings)


def _is_pressing(point: Point) -> bool:
    return point.kind is not PointKind.NUMERAL and not point.settled
