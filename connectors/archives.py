"""Lists and unpacks the files in .zip archives: in memory, within bounds, archives in archives included."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from connectors.zipped import Archive, Problem, may_be_archive, open_archive, sound_archive
from nianbao import ReadError
from nianbao.limits import limits

# All that an archive holds together; documents are packed already, or as plain as text.
HIGHEST_TOTAL_RATIO = 50
_PARTING = "//"
_INSIDE = "!/"


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive, or an archive that gives nothing or not all.

    Args:
        path: its names, from the outermost archive inwards; empty for that archive itself.
        problem: why nothing (more) is read of this archive; None for a file.
    """

    path: tuple[str, ...]
    problem: Problem | None = None

    @property
    def name(self) -> str:
        """What follows the archive's own name: `!/b.zip!/c.docx`."""
        return "".join(_INSIDE + part for part in self.path)

    @property
    def key(self) -> str:
        """The same without ambiguity, whatever the names hold; `split_key` takes it back."""
        parts = self.path if self.problem is None else (*self.path, "", str(self.problem))
        return "".join(_PARTING + part for part in parts)


def split_key(location: str) -> tuple[str, Member | None]:
    """Return the location of an archive and the member in it; no member where it is a plain file.

    Args:
        location: a location without `//` in it, followed by a member's key.
    """
    outer, *path = location.split(_PARTING)
    if not path:
        return outer, None
    if len(path) > 1 and not path[-2]:
        return outer, Member(tuple(path[:-2]), Problem(path[-1]))
    return outer, Member(tuple(path))


def members(file: BinaryIO) -> tuple[Member, ...] | None:
    """List the files of an archive in natural order, archives in it opened; clutter and folders left out.

    Args:
        file: the archive; only its list of contents, the beginnings of its members and the archives in it
            are read.

    Returns:
        The files, and a member for each archive of which nothing or not all is read; None where the file is
        no archive.
    """
    archive = open_archive(file)
    if archive is None:
        return None
    if isinstance(archive, Problem):
        return (Member((), archive),)
    room = max(limits().file_bytes, HIGHEST_TOTAL_RATIO * _size(file))
    return tuple(_Listing(limits().archive_members, room).whole(archive, file))


def unpack(file: BinaryIO, path: Sequence[str]) -> bytes:
    """Return the bytes of one file in an archive, the rest of which is not unpacked.

    Args:
        file: the archive.
        path: as `members` lists it.

    Raises:
        ReadError: it is gone, encrypted, damaged, packed in an unknown way, or beyond the bounds.
    """
    if len(path) > limits().archive_depth:
        raise Problem.TOO_DEEP.error()
    data = b""
    for name in path:
        data = sound_archive(file).read(file, name)
        file = io.BytesIO(data)
    return data


@dataclass(slots=True)
class _Listing:
    """What may still be listed of an archive, those in it included."""

    files: int
    bytes: int
    stopped: Problem | None = None

    def whole(self, archive: Archive, file: BinaryIO) -> Iterator[Member]:
        """Yield the members; at last the archive itself where not all were listed."""
        yield from self._walk(archive, file, ())
        if self.stopped is not None:
            yield Member((), self.stopped)

    def _walk(self, archive: Archive, file: BinaryIO, path: tuple[str, ...]) -> Iterator[Member]:
        names = archive.names
        if not names:
            yield Member(path, Problem.EMPTY)
        for name in names:
            self._take(archive.unpacked_size(name))
            if self.stopped is not None:
                return
            yield from self._one(archive, file, (*path, name))

    def _one(self, archive: Archive, file: BinaryIO, path: tuple[str, ...]) -> Iterator[Member]:
        """Yield a file, or the files of the archive that it is."""
        opened = _inner(archive, file, path[-1])
        if opened is None:
            yield Member(path)
        elif isinstance(opened, Problem):
            yield Member(path, opened)
        elif len(path) >= limits().archive_depth:
            yield Member(path, Problem.TOO_DEEP)
        else:
            yield from self._walk(*opened, path)

    def _take(self, size: int) -> None:
        """Count a file, which may be an archive."""
        self.files -= 1
        self.bytes -= size
        if self.files < 0:
            self.stopped = Problem.TOO_MANY
        elif self.bytes < 0:
            self.stopped = Problem.TOO_LARGE


def _inner(archive: Archive, file: BinaryIO, name: str) -> tuple[Archive, BinaryIO] | Problem | None:
    """Open the archive that a file is; None where it is none, or can't be read, as `unpack` will tell."""
    if not may_be_archive(archive.head(file, name)):
        return None
    try:
        inner = io.BytesIO(archive.read(file, name))
    except ReadError:
        return None
    opened = open_archive(inner)
    return (opened, inner) if isinstance(opened, Archive) else opened


def _size(file: BinaryIO) -> int:
    return file.seek(0, io.SEEK_END)
