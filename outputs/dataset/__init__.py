"""The year as a dataset: long and wide tables with typed missingness, bounds and evidence."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao import Publisher, hookimpl
from outputs.dataset.publisher import publish

__all__ = ["nianbao_publishers", "publish"]


@hookimpl
def nianbao_publishers() -> Iterator[Publisher]:
    """Yield the publisher of the dataset, which writes where it is asked for."""
    yield Publisher("dataset", publish, is_usual=False)
