"""What a reviewer looks at, by what it is known, and what was settled of it.

The decisions file is `nianbao.review.decisions`; it is not imported here, as masking needs the digests.
"""

from __future__ import annotations

from nianbao.review.points import points_by_report, points_of

__all__ = ["points_by_report", "points_of"]
