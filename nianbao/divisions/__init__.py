"""China's administrative divisions down to town level, and which of them a name means."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from nianbao.divisions.compose import Part
from nianbao.divisions.directory import Divisions
from nianbao.divisions.names import Division, Level, Mention
from nianbao.divisions.resolution import Resolution
from nianbao.divisions.resolve import Surroundings, resolve

__all__ = [
    "Division",
    "Divisions",
    "Level",
    "Mention",
    "Part",
    "Resolution",
    "Surroundings",
    "divisions",
    "resolve",
]

PACKED = Path(__file__).with_name("divisions.bin")


@cache
def divisions() -> Divisions:
    """Return this process's directory of divisions; its table is read when it is first asked."""
    return Divisions(PACKED)
