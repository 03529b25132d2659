"""The bytes of an original as they were read: from where it lies, or from the archive."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from nianbao import Entry, NianbaoError
from nianbao.archive import open_archive

# A larger one is opened by itself.
LARGEST: Final = 40 * 1024 * 1024
TOO_LARGE: Final = f"原件超过 {LARGEST // 1024 // 1024} MB，请直接打开原件"
CHANGED: Final = "原件在压缩包里，或在读取以后改动过，不在这里显示"
GONE: Final = "原件已不在原处，归档里也没有，不能在这里显示"
ELSEWHERE: Final = "原件在网上，归档里没有，请打开原件查看"


def content_of(entry: Entry, archive: str) -> bytes | str:
    """Return the bytes that a report was read from, or why they can't be had, in Chinese.

    Args:
        entry: whose original is wanted.
        archive: where bytes are kept by their digest; empty where nobody knows.
    """
    told = _where_it_lies(entry)
    if isinstance(told, bytes) or told == TOO_LARGE or not archive:
        return told
    try:
        data = open_archive(archive).get(entry.report.sha256)
    except NianbaoError:
        return told
    return data if len(data) <= LARGEST else TOO_LARGE


def _where_it_lies(entry: Entry) -> bytes | str:
    if not entry.original:
        return GONE
    if "://" in entry.original:
        return ELSEWHERE
    path = Path(entry.original)
    try:
        if not path.is_file():
            return GONE
        if path.stat().st_size > LARGEST:
            return TOO_LARGE
        data = path.read_bytes()
    except (OSError, ValueError):
        return GONE
    return data if hashlib.sha256(data).hexdigest() == entry.report.sha256 else CHANGED
