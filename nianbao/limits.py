"""How much of a file is read, how long it may take, and how sure a figure must be.

The settings may change each of them; where nothing is set, pydantic is not loaded for it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

CONFIG_FILE = "nianbao.toml"
PREFIX = "NIANBAO_"
# What tells the tests how to run is no setting.
_FOR_TESTS = f"{PREFIX}TEST_"


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds in force.

    Args:
        file_megabytes: the largest file that is read, and the most that one unpacks to.
        file_seconds: how long a file may take before its process is ended.
        scan_seconds: the same for a file whose pages must be recognised as pictures.
        pages: the most pages of a PDF or OFD.
        archive_members: the most files taken out of one archive, those of archives inside it included.
        archive_depth: how deep archives may lie in archives.
        office_seconds: how long LibreOffice may take to start; each file adds `office_file_seconds`.
        office_file_seconds: how long LibreOffice may take for a file.
        scan_pages: the most pages of one file that are recognised as pictures.
        worker_megabytes: how much memory a worker process may take, where the system can hold it to that;
            twice as much where pictures are recognised.
        cache_megabytes: how large the cache of converted and recognised pages may grow; 0 for none.
        review_percent: how sure a figure must be, in per cent; a less sure one is marked for review.
    """

    file_megabytes: int = 200
    file_seconds: int = 120
    scan_seconds: int = 3_600
    pages: int = 2_000
    archive_members: int = 2_000
    archive_depth: int = 3
    office_seconds: int = 60
    office_file_seconds: int = 15
    scan_pages: int = 200
    worker_megabytes: int = 4_096
    cache_megabytes: int = 1_024
    review_percent: int = 80

    @property
    def file_bytes(self) -> int:
        """The largest file, in bytes."""
        return self.file_megabytes * 1024 * 1024


def is_anything_set() -> bool:
    """Whether there may be settings at all, so that they must be read."""
    names = (name.upper() for name in os.environ)
    return Path(CONFIG_FILE).is_file() or any(
        name.startswith(PREFIX) and not name.startswith(_FOR_TESTS) for name in names
    )


@cache
def limits() -> Limits:
    """Return the bounds in force in this process: the defaults, or what the settings make of them.

    Raises:
        UsageError: the settings can't be read.
    """
    if not is_anything_set():
        return Limits()
    from nianbao.settings import load_settings

    settings = load_settings()
    return Limits(**{each.name: getattr(settings, each.name) for each in fields(Limits)})
