"""`nianbao store …`: looks a store over, and moves it in one file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from flows.stores import archive_of, existing_store, store_location
from flows.verifying import verify
from flows.watch import TerminalWatch

if TYPE_CHECKING:
    from nianbao.archive import Archive

_WRONG = 1
_SHOWN = 10
_NO_ARCHIVE = "提醒：没有找到存放原件的归档，这次只处理数据库（归档在别处的，请用 --archive 写明）。"


def verify_command(store: str, archive: str) -> int:
    """Print what is wrong with a store and its archive, a line each; return 1 where anything is."""
    with TerminalWatch(names=True) as watch:
        verified = verify(store, archive, watch, print)
    if not verified.has_archive:
        _warn(_NO_ARCHIVE)
    print(verified.told)
    return _WRONG if verified.faults else 0


def export_command(path: Path, store: str, archive: str) -> int:
    """Write a store and its archive into one file; return 1 where the archive lacks anything."""
    place = store_location(store)
    with TerminalWatch(names=True) as watch, existing_store(store) as opened:
        kept = archive_of(place, archive)
        done = opened.export(path, kept, lambda phase, steps: watch.phase(phase, steps or None))
    if kept is None:
        _warn(_NO_ARCHIVE)
    _tell_missing(done.missing)
    size = path.stat().st_size / 1e6
    print(f"已写出：{path}（报告 {done.reports} 份，原件 {done.objects} 份，{size:.1f} MB）")
    return _WRONG if done.missing else 0


def import_command(path: Path, store: str, archive: str) -> int:
    """Fill an empty store from such a file."""
    from nianbao.store.importing import import_store

    place = store_location(store)
    with TerminalWatch(names=True) as watch:
        kept: Archive | None = archive_of(place, archive, make=True)
        done = import_store(place, kept, path, lambda phase, steps: watch.phase(phase, steps or None))
    _tell_missing(done.missing)
    print(f"已导入：报告 {done.reports} 份，原件 {done.objects} 份。")
    return 0


def _tell_missing(missing: tuple[str, ...]) -> None:
    if missing:
        shown = "、".join(digest[:12] for digest in missing[:_SHOWN])
        more = f" 等 {len(missing)} 份" if len(missing) > _SHOWN else ""
        _warn(f"提醒：归档里没有这些原件，或已损坏：{shown}{more}")


def _warn(line: str) -> None:
    print(line, file=sys.stderr)
