"""A temporary folder of this program's own, which is gone afterwards, even of one that was killed."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.server import is_alive

_PREFIX = "nianbao-serve-"


@contextmanager
def private_folder() -> Iterator[Path]:
    """Give a folder that nobody else may look into; it is removed at the end."""
    with tempfile.TemporaryDirectory(prefix=f"{_PREFIX}{os.getpid()}-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def sweep() -> None:
    """Remove the folders of programs that were killed: what lay in them is nobody's to keep."""
    if sys.platform == "win32":
        # There, nobody can be asked whether a process is alive without ending it.
        return
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*-*"):
        process = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if process.isdecimal() and folder.lstat().st_uid == os.getuid() and not is_alive(int(process)):
            shutil.rmtree(folder, ignore_errors=True)
