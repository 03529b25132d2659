"""Lists the files of a folder, or a single file, and those in archives; fetches one of them."""

from __future__ import annotations

import hashlib
import io
import os
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from connectors.archives import Member, members, split_key
from connectors.membernames import is_clutter, natural_key
from connectors.zipped import HEAD, Archive, Problem, may_be_archive, sound_archive
from nianbao import (
    Download,
    Filing,
    PassingReadError,
    ReadError,
    Source,
    SourceConfig,
    UsageError,
    hookimpl,
)
from nianbao.errors import NothingThereError
from nianbao.limits import limits

NAME = "folder"
_OTHERS = (".yml", ".yaml", ".xlsx", ".xls", ".csv")
# FAT counts in two seconds, and a server's clock may go before ours.
_YOUNG = 5 * 1_000_000_000


@hookimpl
def nianbao_sources() -> Iterable[Source]:
    """Yield the folder source."""
    yield Source(NAME, accepts=accepts, list=list_files, fetch=fetch_file, version="2", stamp=stamp)


def accepts(config: SourceConfig) -> bool:
    """Accept every location that is a path (and no address), existing or not, so that a typo is named.

    A YAML file is a profile of sites, a table a manifest; these are not for this source.
    """
    return "://" not in config.location and not config.location.lower().endswith(_OTHERS)


def list_files(config: SourceConfig, year: int | None) -> Iterator[Filing]:
    """List a file, or the files of a folder and its subfolders in natural order; an archive's in its place.

    Hidden files, lock files of Office and what file managers leave behind are skipped. An archive is known
    by its bytes; one that can't be opened, or not wholly, is listed by itself, and fetching it tells why.

    Args:
        config: its location is the path as the user gave it.
        year: not used, since a file's year is known only once it is read.

    Raises:
        UsageError: nothing is there; as `NothingThereError`, nothing to read.
    """
    root = Path(config.location).expanduser()
    try:
        if root.is_file():
            yield from _filings(root, config.location)
            return
        if not root.is_dir():
            raise UsageError("没有这个文件或文件夹", where=config.location, hint="请检查路径是否写对")
        paths = sorted(_walk(root), key=lambda path: natural_key(path.parts))
    except OSError as error:
        raise UsageError(f"打不开：{error.strerror}", where=config.location, hint="请检查权限") from error
    if not paths:
        raise NothingThereError("文件夹里没有可读的文件", where=config.location, hint="请放入报告文件后再试")
    for path in paths:
        yield from _filings(root / path, os.path.join(config.location, path))  # noqa: PTH118  keeps ./ as given


def fetch_file(filing: Filing) -> Download:
    """Read a file's bytes; of an archive only the one file is unpacked.

    Raises:
        ReadError: it is gone, too large, or may not be read; or it is an archive that can't be opened.
    """
    path, member = split_key(filing.uri)
    try:
        data = _plain(Path(path)) if member is None else _unpacked(Path(path), member)
    except FileNotFoundError as error:
        raise PassingReadError("文件不存在，可能已被移走或改名", where=filing.name) from error
    except PermissionError as error:
        raise PassingReadError(
            "没有读取这个文件的权限", where=filing.name, hint="请检查权限，或关闭正在使用它的程序"
        ) from error
    except OSError as error:
        raise PassingReadError(f"读取文件失败：{error.strerror}", where=filing.name) from error
    except ReadError as error:
        raise ReadError(error.message, where=filing.name, hint=error.hint) from error
    return Download(filing, data, hashlib.sha256(data).hexdigest(), facts=filing.facts)


def stamp(filing: Filing) -> str:
    """Return a file's size and the times of its last change; of a member of an archive, the archive's.

    A file that was changed just now has none: it may change again within the same tick of its disk's clock,
    and its time would not tell.
    """
    path, _ = split_key(filing.uri)
    try:
        status = os.stat(path)  # noqa: PTH116  ten thousand at a time
    except OSError:
        return ""
    if time.time_ns() - status.st_mtime_ns < _YOUNG:
        return ""
    # Its inode's time tells even of a file that another one of the same size and age was put in place of.
    return f"{status.st_size}-{status.st_mtime_ns}-{status.st_ctime_ns}"


def _plain(path: Path) -> bytes:
    bounds = limits()
    with path.open("rb") as file:
        data = file.read(bounds.file_bytes + 1)
    if len(data) > bounds.file_bytes:
        raise ReadError(f"文件超过 {bounds.file_megabytes} MB", hint="请确认这是报告文件")
    return data


def _unpacked(path: Path, member: Member) -> bytes:
    if member.problem is not None:
        raise member.problem.error()
    if len(member.path) > limits().archive_depth:
        raise Problem.TOO_DEEP.error()
    status = path.stat()
    return _from_archive(path, member.path, status.st_mtime_ns, status.st_size)


def _from_archive(path: Path, names: tuple[str, ...], modified: int, size: int) -> bytes:
    archive, data = _opened(path, names[:-1], modified, size)
    with path.open("rb") if data is None else io.BytesIO(data) as file:
        return archive.read(file, names[-1])


# The files of an archive are fetched one after another.
@lru_cache(maxsize=2)
def _opened(path: Path, names: tuple[str, ...], modified: int, size: int) -> tuple[Archive, bytes | None]:
    """Return an archive, and its bytes where it lies in another.

    Args:
        path: the outermost archive.
        names: of the archives in it, inwards.
        modified: when the outermost one was changed; with its `size`, it tells whether it is still the same.
        size: of the outermost one.
    """
    if not names:
        with path.open("rb") as file:
            return sound_archive(file), None
    data = _from_archive(path, names, modified, size)
    return sound_archive(io.BytesIO(data)), data


def _filings(path: Path, name: str) -> Iterator[Filing]:
    """Yield a file, or the files of the archive that it is."""
    inside = _members(path)
    # An absolute path holds two slashes in a row at its beginning at most: what follows them is a member.
    uri = re.sub("^//+", "/", str(path.absolute()))
    if inside is None:
        yield Filing(NAME, uri, name)
        return
    for member in inside:
        yield Filing(NAME, uri + member.key, name + member.name)


def _members(path: Path) -> Sequence[Member] | None:
    try:
        with path.open("rb", buffering=0) as file:
            if not may_be_archive(file.read(HEAD)):
                return None
        with path.open("rb") as file:
            return members(file)
    except OSError:
        return None  # `fetch_file` tells why


def _walk(root: Path) -> Iterator[Path]:
    """Yield the files below a folder, by their paths in it.

    A folder reached again through a link is not entered twice.
    """
    seen: set[tuple[int, int]] = set()
    for folder, folders, files in os.walk(root, followlinks=True):
        status = Path(folder).stat()
        if (status.st_dev, status.st_ino) in seen:
            folders.clear()
            continue
        seen.add((status.st_dev, status.st_ino))
        folders[:] = sorted(name for name in folders if not is_clutter(name))
        below = Path(folder).relative_to(root)
        for name in files:
            if not is_clutter(name) and Path(folder, name).is_file():
                yield below / name
