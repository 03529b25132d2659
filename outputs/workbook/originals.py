"""Where an original lies, told from the folder that the workbook is written to."""

from __future__ import annotations

import os
from pathlib import Path


def address_of(original: str, folder: Path) -> str:
    """Return the address that a link to an original takes.

    A file is addressed from the workbook's folder, so that both may be moved together.

    Args:
        original: a path or a web address; may be empty.
        folder: where the workbook will lie.

    Returns:
        An empty string where there is nothing (any more) to lead to.
    """
    if not original or "://" in original:
        return original
    path = Path(original)
    if not path.exists():
        return ""
    try:
        return Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix()
    except ValueError:
        # On another drive.
        return path.resolve().as_uri()
