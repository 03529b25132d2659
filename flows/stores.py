"""Which store a command looks into: the one named, that of the settings, or the one at hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.errors import UsageError
from nianbao.settings import load_settings

if TYPE_CHECKING:
    from nianbao.archive import Archive
    from nianbao.store import Store

USUAL_NAME = "nianbao.db"
_SQLITE = "sqlite:///"


def existing_store(named: str, beside: Path | None = None) -> Store:
    """Open a store that is there; none is made.

    Args:
        named: its path, its folder or its address, as the user gives it; empty for that of the settings, else
            `nianbao.db` beside the file at hand, else in the working directory.
        beside: the file at hand, such as a workbook of the same folder.

    Raises:
        UsageError: there is none.
        StoreError: it can't be opened.
    """
    from nianbao.store import Store

    location = store_location(named, beside)
    path = location.removeprefix(_SQLITE)
    if "://" not in path and "?" not in path and not Path(path).expanduser().is_file():
        hint = "请用 --store 写明数据库，例如 --store 汇总结果/nianbao.db"
        raise UsageError("没有这个数据库", where=location, hint=hint)
    return Store.open(location, make=False)


def store_location(named: str, beside: Path | None = None) -> str:
    """Return where the store of a command is; the arguments are those of `existing_store`."""
    return named_store(named) or str(_usual(beside))


def named_store(named: str) -> str:
    """Return the store that the user names, or else the settings; empty where neither does.

    Who names a folder means the usual file in it.
    """
    told = named or load_settings().store or ""
    if told and "://" not in told and Path(told).expanduser().is_dir():
        return str(Path(told) / USUAL_NAME)
    return told


def run_in_progress(location: str) -> str | None:
    """Return the id of the run that is at work on a store; None where none is.

    Raises:
        StoreError: the address is wrong.
    """
    from nianbao.store.lock import lock_of

    holder = lock_of(location).holder()
    return holder.run if holder is not None else None


def archive_of(store: str, named: str, *, make: bool = False) -> Archive | None:
    """Return the archive of a store: the one named, that of the settings, or the one beside the file.

    Args:
        store: where the store is.
        named: the folder or address of the archive, as the user gives it, if so.
        make: whether one that is not there is meant, too.

    Returns:
        None where it can't be known, or is not there.

    Raises:
        StoreError: the address is wrong.
    """
    from nianbao.archive import open_archive

    told = named or load_settings().archive
    if told:
        return open_archive(told if "://" in told else str(Path(told).expanduser().absolute()))
    path = store.removeprefix(_SQLITE)
    folder = Path(path).expanduser().parent / "archive"
    if "://" in path or not (make or folder.is_dir()):
        return None
    return open_archive(str(folder.absolute()))


def _usual(beside: Path | None) -> Path:
    if beside is not None and (beside.parent / USUAL_NAME).is_file():
        return beside.parent / USUAL_NAME
    return Path(USUAL_NAME)
