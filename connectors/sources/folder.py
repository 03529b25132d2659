"""Lists the files of a folder, or a single file."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from nianbao import Download, Filing, ReadError, Source, SourceConfig, UsageError, hookimpl

NAME = "folder"
LARGEST_FILE = 200 * 1024 * 1024

_NOT_DOCUMENTS = frozenset({"thumbs.db", "desktop.ini", "__macosx"})


@hookimpl
def nianbao_sources() -> Iterable[Source]:
    """Yield the folder source."""
    yield Source(NAME, accepts=accepts, list=list_files, fetch=fetch_file)


def accepts(config: SourceConfig) -> bool:
    """Accept every location that is a path (and no address), existing or not, so that a typo is named."""
    return "://" not in config.location


def list_files(config: SourceConfig, year: int | None) -> Iterator[Filing]:
    """List a file, or the files of a folder and its subfolders in natural order.

    Hidden files, lock files of Office and what file managers leave behind are skipped.

    Args:
        config: its location is the path as the user gave it.
        year: not used, since a file's year is known only once it is read.

    Raises:
        UsageError: nothing is there, or nothing to read.
    """
    root = Path(config.location).expanduser()
    try:
        if root.is_file():
            yield _filing(root, config.location)
            return
        if not root.is_dir():
            raise UsageError("没有这个文件或文件夹", where=config.location, hint="请检查路径是否写对")
        paths = sorted(_walk(root), key=lambda path: natural_key(path.relative_to(root)))
    except OSError as error:
        raise UsageError(f"打不开：{error.strerror}", where=config.location, hint="请检查权限") from error
    if not paths:
        raise UsageError("文件夹里没有可读的文件", where=config.location, hint="请放入报告文件后再试")
    for path in paths:
        yield _filing(path, os.path.join(config.location, path.relative_to(root)))  # noqa: PTH118  keeps ./ as given


def fetch_file(filing: Filing) -> Download:
    """Read a file's bytes.

    Raises:
        ReadError: it is gone, too large, or may not be read.
    """
    try:
        with Path(filing.uri).open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except FileNotFoundError as error:
        raise ReadError("文件不存在，可能已被移走或改名", where=filing.name) from error
    except PermissionError as error:
        raise ReadError(
            "没有读取这个文件的权限", where=filing.name, hint="请检查权限，或关闭正在使用它的程序"
        ) from error
    except OSError as error:
        raise ReadError(f"读取文件失败：{error.strerror}", where=filing.name) from error
    if len(data) > LARGEST_FILE:
        raise ReadError(
            f"文件超过 {LARGEST_FILE // 1024 // 1024} MB", where=filing.name, hint="请确认这是报告文件"
        )
    return Download(filing, data, hashlib.sha256(data).hexdigest(), facts=filing.facts)


def natural_key(path: Path) -> tuple[tuple[tuple[int, int, str], ...], ...]:
    """Order paths as people do: folder by folder, `9` before `10`."""
    return tuple(
        tuple((0, int(run), run) if run.isdecimal() else (1, 0, run) for run in re.findall(r"\d+|\D+", part))
        for part in path.parts
    )


def _walk(root: Path) -> Iterator[Path]:
    """Yield the files below a folder; a folder reached again through a link is not entered twice."""
    seen: set[tuple[int, int]] = set()
    for folder, folders, files in os.walk(root, followlinks=True):
        status = Path(folder).stat()
        if (status.st_dev, status.st_ino) in seen:
            folders.clear()
            continue
        seen.add((status.st_dev, status.st_ino))
        folders[:] = sorted(name for name in folders if not _is_clutter(name))
        for name in files:
            path = Path(folder, name)
            if not _is_clutter(name) and path.is_file():
                yield path


def _is_clutter(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in _NOT_DOCUMENTS


def _filing(path: Path, name: str) -> Filing:
    return Filing(NAME, str(path.absolute()), name)
