"""The year as a page to be passed round: an official notice in Word."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao import Publisher, hookimpl
from outputs.notice.publisher import publish

__all__ = ["nianbao_publishers", "publish"]


@hookimpl
def nianbao_publishers() -> Iterator[Publisher]:
    """Yield the publisher of the notice, which writes where it is asked for."""
    yield Publisher("notice", publish, is_usual=False)
