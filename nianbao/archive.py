"""The archive: the raw bytes of what was read, by their digest, in a folder or at any address fsspec knows.

Objects are never changed: one that lies there under its digest is that content, or damaged.
"""

from __future__ import annotations

import gzip
import hashlib
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from nianbao.errors import StoreError

_COMPRESSED = (
    b"PK\x03\x04",
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"Rar!",
    b"BZh",
    b"\xfd7zXZ",
)
_SUFFIX = ".gz"
# A draft that a killed run left is removed once no run can still be at it.
_DRAFTS, _DRAFT_SECONDS = "drafts", 24 * 3_600


class Archive:
    """Bytes by their SHA-256; safe for several processes at once.

    Args:
        location: a folder, or an address such as `s3://bucket/archive`.

    Raises:
        StoreError: the address is of no known kind, or its driver is not installed.
    """

    def __init__(self, location: str | Path) -> None:
        self.location = str(location)
        with self._plain_errors(""):
            self._files, self._root = _filesystem(self.location)

    def put(self, sha256: str, data: bytes, *, anew: bool = False) -> None:
        """Keep bytes; what is there already stays, unless it is to be written anew.

        Raises:
            StoreError: they can't be written.
        """
        if not anew and self.holds(sha256):
            return
        packed = data if is_compressed(data) else gzip.compress(data, 6, mtime=0)
        is_packed = packed is not data and len(packed) < len(data)
        path = self._path(sha256) + (_SUFFIX if is_packed else "")
        draft = f"{self._root}/{_DRAFTS}/{uuid4().hex}"
        with self._plain_errors(sha256):
            for folder in (draft, path):
                self._files.makedirs(folder.rpartition("/")[0], exist_ok=True)
            # Beside and into place, so that nobody reads half of it.
            self._files.pipe_file(draft, packed if is_packed else data)
            self._files.mv(draft, path)

    def holds(self, sha256: str) -> bool:
        """Tell whether a content is kept; its bytes are not looked at."""
        with self._plain_errors(sha256):
            return any(self._files.exists(path) for path in self._places(sha256))

    def get(self, sha256: str) -> bytes:
        """Return a content, held against its digest.

        Raises:
            StoreError: it is not there, can't be read, or is damaged.
        """
        with self._plain_errors(sha256):
            for path in self._places(sha256):
                with suppress(FileNotFoundError):
                    found: bytes = self._files.cat_file(path)
                    return self._checked(sha256, found, packed=path.endswith(_SUFFIX))
        raise StoreError(
            f"归档里没有内容 {sha256[:12]}", where=self.location, hint="请恢复归档文件夹，或从来源重新读取"
        )

    def damaged(self, sha256: str) -> str:
        """Return what is wrong with a content, in Chinese, or an empty string."""
        try:
            self.get(sha256)
        except StoreError as error:
            return str(error)
        return ""

    def digests(self) -> Iterator[str]:
        """Yield the digests of all that is kept."""
        with self._plain_errors(""):
            found = self._files.find(self._root) if self._files.exists(self._root) else []
        for path in sorted(found):
            folder, _, name = path.removesuffix(_SUFFIX).rpartition("/")
            if len(name) == 64 and folder.endswith(f"/{name[:2]}"):
                yield name

    def sweep(self) -> None:
        """Remove the drafts that killed runs left."""
        folder = f"{self._root}/{_DRAFTS}"
        with self._plain_errors(""):
            if not self._files.exists(folder):
                return
            for entry in self._files.ls(folder, detail=True, refresh=True):
                with suppress(FileNotFoundError):
                    if _age(entry) > _DRAFT_SECONDS:
                        self._files.rm_file(entry["name"])

    def _path(self, sha256: str) -> str:
        return f"{self._root}/{sha256[:2]}/{sha256}"

    def _places(self, sha256: str) -> tuple[str, str]:
        path = self._path(sha256)
        return path + _SUFFIX, path

    def _checked(self, sha256: str, found: bytes, *, packed: bool) -> bytes:
        try:
            data = gzip.decompress(found) if packed else found
        except (OSError, EOFError, zlib.error):
            data = b""
        if hashlib.sha256(data).hexdigest() != sha256:
            raise StoreError(
                f"归档里的内容 {sha256[:12]} 已损坏",
                where=f"{self.location}/{sha256[:2]}/{sha256}",
                hint="请用备份恢复这个文件，或删除它后从来源重新读取",
            )
        return data

    @contextmanager
    def _plain_errors(self, sha256: str) -> Iterator[None]:
        """Turn the file system's errors into a StoreError."""
        try:
            yield
        except (ImportError, ValueError) as error:
            raise StoreError(
                f"看不懂的归档位置，或者没有安装它的驱动程序：{error}",
                where=self.location,
                hint="请检查设置 archive",
            ) from error
        except OSError as error:
            what = f"内容 {sha256[:12]} " if sha256 else ""
            raise StoreError(
                f"归档{what}读写失败：{error.strerror or error}",
                where=self.location,
                hint="请检查磁盘空间和权限，或网络",
            ) from error


def is_compressed(data: bytes) -> bool:
    """Tell whether compressing bytes again would gain nothing, by what they begin with."""
    return data.startswith(_COMPRESSED)


@cache
def open_archive(location: str) -> Archive:
    """Return this process's archive at a place."""
    return Archive(location)


def _filesystem(location: str) -> tuple[Any, str]:
    from fsspec.core import url_to_fs

    address = location if "://" in location else str(Path(location).expanduser().absolute())
    files, root = url_to_fs(address, use_listings_cache=False)
    return files, str(root).rstrip("/")


def _age(entry: dict[str, Any]) -> float:
    """Return how old an object is, in seconds; 0 where its place does not tell."""
    told = entry.get("mtime") or entry.get("LastModified") or entry.get("created")
    moment = told.timestamp() if isinstance(told, datetime) else told
    return time.time() - moment if isinstance(moment, (int, float)) else 0.0
