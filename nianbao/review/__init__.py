"""What a reviewer looks at, by what it is known, and what was settled of it.

The decisions file is `nianbao.review.decisions`; it is not imported here, as masking needs the digests.
"""

from __future__ import annotations

from nianbao.review.applying import accept_in_yearbook, apply_acceptances, current, stale_acceptance
from nianbao.review.points import points_by_report, points_of, told_acceptance

__all__ = [
    "accept_in_yearbook",
    "apply_acceptances",
    "current",
    "points_by_report",
    "points_of",
    "stale_acceptance",
    "told_acceptance",
]
