"""What a command is to read: the filings of all the places that were named."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from nianbao.errors import UsageError
from nianbao.intake import list_filings
from nianbao.manager import Registry
from nianbao.model import Filing, SourceConfig

# Parts an archive's path from that of a file in it.
_INSIDE = "!/"


def list_all(found: Registry, places: Sequence[str]) -> tuple[Filing, ...]:
    """List the filings of all places, each filing once.

    Args:
        found: the sources.
        places: what a source accepts; or a file or folder in an archive, by the name it is listed under.

    Raises:
        UsageError: nothing is there.
    """
    listed: dict[tuple[str, str], Filing] = {}
    for place in places:
        for filing in _listed(found, place):
            listed.setdefault((filing.source, filing.uri), filing)
    return tuple(listed.values())


def _listed(found: Registry, place: str) -> Sequence[Filing]:
    archive, inside, _ = place.partition(_INSIDE)
    if not inside or Path(place).exists():
        return list_filings(found, SourceConfig(place))
    wanted = place.rstrip("/")
    below = (f"{wanted}/", f"{wanted}{_INSIDE}")
    members = [
        filing
        for filing in list_filings(found, SourceConfig(archive))
        if filing.name == wanted or filing.name.startswith(below)
    ]
    if not members:
        raise UsageError(
            "压缩包里没有这个文件", where=place, hint=f"其中的文件可用 nianbao read {archive} 查看"
        )
    return members
