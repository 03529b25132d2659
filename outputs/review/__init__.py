"""The year's review: pages that open from a folder, on which every figure leads to its sentence and back."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao import Publisher, hookimpl
from outputs.review.address import page_address
from outputs.review.publisher import publish

__all__ = ["nianbao_publishers", "publish"]


@hookimpl
def nianbao_publishers() -> Iterator[Publisher]:
    """Yield the publisher of the review, which writes where it is asked for."""
    yield Publisher("review", publish, is_usual=False, address=page_address)
