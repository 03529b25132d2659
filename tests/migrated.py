"""Prefect's database, migrated and empty, as the first run leaves it in the cache for those that follow."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

_MAKE = "from flows.server import *; ready_prefect(); start_server(); keep_template()"
_ROOT = Path(__file__).resolve().parents[1]
_SECONDS = 240


def migrated_database(cache: Path) -> Path:
    """Return the database in a cache folder; where there is none, one process has nianbao make it.

    Args:
        cache: what `XDG_CACHE_HOME` names for the runs that are to find it.

    Raises:
        subprocess.CalledProcessError: Prefect's server does not start.
    """
    folder = cache / "nianbao"
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / f"prefect-{version('prefect')}.db"
    with closing(sqlite3.connect(cache / "making.db", timeout=_SECONDS, isolation_level=None)) as turn:
        turn.execute("BEGIN EXCLUSIVE")
        if not made.is_file():
            plain = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
            environment = plain | {"XDG_CACHE_HOME": str(cache)}
            subprocess.run(
                [sys.executable, "-c", _MAKE], cwd=_ROOT, env=environment, check=True, timeout=_SECONDS
            )
    return made
