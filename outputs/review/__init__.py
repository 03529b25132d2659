"""The year's review: pages that open from a folder, on which every figure leads to its sentence and back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from nianbao import Publisher, Yearbook, hookimpl
from outputs.review.address import page_address

__all__ = ["nianbao_publishers", "publish"]


@hookimpl
def nianbao_publishers() -> Iterator[Publisher]:
    """Yield the publisher of the review, which writes where it is asked for."""
    yield Publisher("review", publish, is_usual=False, address=page_address)


def publish(yearbook: Yearbook, folder: Path) -> Sequence[Path]:
    """Write the year's review into a folder of its own below this one; return the page to begin with.

    Raises:
        PublishError: it can't be written there.
    """
    # What writes it shares its words with the workbook, which is heavy; a plugin must load at once.
    from outputs.review.publisher import publish as write

    return write(yearbook, folder)
