"""What a command is to read: the filings of all the places that were named."""

from __future__ import annotations

from collections.abc import Sequence

from nianbao.intake import list_filings
from nianbao.manager import Registry
from nianbao.model import Filing, SourceConfig


def list_all(found: Registry, places: Sequence[str]) -> tuple[Filing, ...]:
    """List the filings of all places, each filing once.

    Raises:
        UsageError: nothing is there.
    """
    listed: dict[tuple[str, str], Filing] = {}
    for place in places:
        for filing in list_filings(found, SourceConfig(place)):
            listed.setdefault((filing.source, filing.uri), filing)
    return tuple(listed.values())
