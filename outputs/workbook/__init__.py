"""The yearly workbook, in which every figure leads back to its sentence."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao import Publisher, hookimpl
from outputs.workbook.publisher import publish

__all__ = ["nianbao_publishers", "publish"]


@hookimpl
def nianbao_publishers() -> Iterator[Publisher]:
    """Yield the publisher of the workbook."""
    yield Publisher("workbook", publish, version="2")
