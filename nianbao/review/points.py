"""What needs a look in a report, in the order in which it is to be looked at, and what was settled there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from nianbao.model import Acceptance, CorrectionOutcome, Entry, Point, Yearbook


def points_of(
    entry: Entry, *, stale: Iterable[CorrectionOutcome] = (), acceptances: Iterable[Acceptance] = ()
) -> tuple[Point, ...]:
    """Return what is to be looked at in a report, the open points first.

    These are stale corrections, disputed figures, figures of low confidence (the least sure first), findings
    by severity, and numerals that nobody claimed; within a rank in the order of the text. What was settled
    comes after all that is open. A figure that failed is none: nobody can settle it.

    Args:
        entry: the report, its ledger applied.
        stale: outcomes of corrections; those that are not stale or not of this report are passed over.
        acceptances: those of this report's issuer and year; one that no longer fits what stands there
            settles nothing.
    """
    raise NotImplementedError


def points_by_report(yearbook: Yearbook) -> Mapping[tuple[str, int], tuple[Point, ...]]:
    """Return the points of each entry of a yearbook by its file and part, as its ledger was applied."""
    raise NotImplementedError
