"""A folder that keeps what was dear to make: converted files, recognised pages.

It may be removed at any time. What it holds is found again by a key that tells all that went into it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import zlib
from functools import cache
from pathlib import Path

from nianbao.limits import limits

# Past its bound the oldest go until this share is left.
_LEFT = 0.8
_PRUNE_EVERY = 64


class Cache:
    """Bytes by key; a file that is damaged or can't be written counts as not there.

    Args:
        folder: where; made when first needed.
        most_bytes: what it may hold; 0 for nothing at all.
    """

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self._folder = folder
        self._most = most_bytes
        self._written = 0

    def get(self, kind: str, key: str) -> bytes | None:
        """Return what is kept under a key, or None.

        Args:
            kind: what it is (`office`, `page` …), a plain word.
            key: all that went into it: hashes, versions, settings.
        """
        path = self._path(kind, key)
        try:
            data = zlib.decompress(path.read_bytes())
        except (OSError, zlib.error):
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return data

    def put(self, kind: str, key: str, data: bytes) -> None:
        """Keep bytes under a key; the oldest give way where there is no room."""
        if not self._most:
            return
        path = self._path(kind, key)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            # Beside and into place, so that nobody reads half of it.
            with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
                file.write(zlib.compress(data, 1))
            Path(file.name).replace(path)
        self._written += 1
        if self._written % _PRUNE_EVERY == 1:
            self._prune()

    def _path(self, kind: str, key: str) -> Path:
        digest = hashlib.sha256(key.encode()).hexdigest()
        return self._folder / kind / digest[:2] / digest

    def _prune(self) -> None:
        files = []
        for path in self._folder.glob("*/*/*"):
            with contextlib.suppress(OSError):
                status = path.stat()
                files.append((status.st_mtime, status.st_size, path))
        held = sum(size for _, size, _ in files)
        if held <= self._most:
            return
        for _, size, path in sorted(files, key=lambda row: row[0]):
            with contextlib.suppress(OSError):
                path.unlink()
            held -= size
            if held <= self._most * _LEFT:
                return


@cache
def cache_in_use() -> Cache:
    """Return this process's cache, in the folder that the settings name or the user's cache folder."""
    return Cache(cache_folder(), limits().cache_megabytes * 1024 * 1024)


def cache_folder() -> Path:
    """Return the folder that the settings name, or the user's cache folder; it need not be there yet."""
    from nianbao.settings import load_settings

    named = load_settings().cache
    if named:
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("nianbao", appauthor=False)
