"""A .zip archive opened within bounds: what it holds under which names, and the bytes of one file in it."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import BinaryIO

from connectors.membernames import NAMELESS, harmless, is_clutter, natural_key, stored_name, told_apart
from connectors.unpacking import UNPACKERS, beginning, unpacked
from connectors.zipnames import first_name, is_package, leads_package, may_lead_package
from nianbao import ReadError
from nianbao.limits import limits

HEAD = 128
# Deflate packs at most about 1,000 to 1, and what offices send 1 to 60 to 1.
HIGHEST_RATIO = 300
_SMALL_ENOUGH = 4 * 1024 * 1024
# The list of contents is read at once: room for 50,000 files with names of usual length.
_LARGEST_DIRECTORY = 8 * 1024 * 1024
_MARKS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08PK\x03\x04")
_LOCAL_HEADER = 30
_ENCRYPTED = 0x1
_AES = 99
# As Windows marks folders.
_FOLDER = 0x10
_METHODS = {1: "Shrink", 6: "Implode", 9: "Deflate64", 93: "Zstandard", 95: "XZ", 97: "WavPack", 98: "PPMd"}
# What zipfile raises for broken and hostile zips.
BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError, OverflowError,
    IndexError, MemoryError, lzma.LZMAError,
)  # fmt: skip


class Problem(StrEnum):
    """Why an archive gives nothing, or not all that it holds."""

    BROKEN = "broken"
    EMPTY = "empty"
    TOO_MANY = "too-many"
    TOO_DEEP = "too-deep"
    TOO_LARGE = "too-large"

    def error(self) -> ReadError:
        """Return the error that tells the user."""
        bounds = limits()
        return {
            Problem.BROKEN: ReadError("压缩包已损坏或不完整，打不开", hint="请重新取得这个压缩包"),
            Problem.EMPTY: ReadError("压缩包里没有可读的文件", hint="请检查压缩包里是否有报告"),
            Problem.TOO_MANY: ReadError(
                f"压缩包里的文件超过 {bounds.archive_members} 个，超出的没有读取",
                hint="请解压后放进文件夹，或分成几个压缩包",
            ),
            Problem.TOO_DEEP: ReadError(
                f"压缩包里套压缩包超过 {bounds.archive_depth} 层，没有继续打开", hint="请解压后放进文件夹"
            ),
            Problem.TOO_LARGE: ReadError(
                "压缩包里的文件解开后总共大得异常（疑似压缩炸弹），超出的没有读取", hint="请确认压缩包的来源"
            ),
        }[self]


def may_be_archive(head: bytes) -> bool:
    """Whether a file that begins so may be a .zip archive and no Office package; `members` knows surely.

    Args:
        head: its first `HEAD` bytes.
    """
    return head.startswith(_MARKS) and not leads_package(first_name(head))


class TooManyError(Exception):
    """A zip's list of contents is beyond the bound."""


def bounded_zip(file: BinaryIO) -> zipfile.ZipFile:
    """Open a zip, whose list of contents takes bounded memory.

    Raises:
        TooManyError: the list is too long.
        BadZipFile: it is no zip, or broken; other errors of `BROKEN` where it is hostile.
    """
    guarded = _Guarded(file)
    opened = zipfile.ZipFile(guarded)
    guarded.is_open = True
    return opened


class _Guarded:
    """An archive's file, whose list of contents is not read into memory beyond the bound."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.is_open = False
        self.seek = file.seek
        self.tell = file.tell

    def read(self, size: int = -1) -> bytes:
        if not self.is_open and size > _LARGEST_DIRECTORY:
            raise TooManyError
        return self._file.read(size)

    def seekable(self) -> bool:
        return True


def open_archive(file: BinaryIO) -> Archive | Problem | None:
    """Return the archive in a file, or why it can't be opened; None where it is no archive."""
    file.seek(0)
    head = file.read(HEAD)
    if not may_be_archive(head):
        return None
    try:
        archive = Archive(file)
    except TooManyError:
        return Problem.TOO_MANY
    except BROKEN:
        # Readers tell what is left of an Office file.
        return None if may_lead_package(first_name(head)) else Problem.BROKEN
    return None if archive.is_package else archive


def sound_archive(file: BinaryIO) -> Archive:
    """Open an archive that was one when it was listed.

    Raises:
        ReadError: it can't be opened, or is no archive any more.
    """
    archive = open_archive(file)
    if isinstance(archive, Archive):
        return archive
    raise (archive or Problem.BROKEN).error()


class Archive:
    """The list of contents of a zip, by which its files are read whenever it is open again.

    Args:
        file: the zip; not used any more later.
    """

    def __init__(self, file: BinaryIO) -> None:
        infos = bounded_zip(file).infolist()
        self.is_package = is_package(info.filename for info in infos)
        self._infos = {} if self.is_package else dict(_named(infos))
        self._overlapping = _overlapping(infos)

    @property
    def names(self) -> list[str]:
        """Names of the files in natural order."""
        return sorted(self._infos, key=lambda name: natural_key(name.split("/")))

    def unpacked_size(self, name: str) -> int:
        """Return how much unpacking a file gives, at most; nothing where it would be refused."""
        info = self._infos[name]
        return 0 if self._refusal(info) else info.file_size

    def head(self, file: BinaryIO, name: str) -> bytes:
        """Return how a file begins; nothing where it can't be read."""
        info = self._infos[name]
        if self._refusal(info):
            return b""
        try:
            return beginning(file, info, HEAD)
        except BROKEN:
            return b""

    def read(self, file: BinaryIO, name: str) -> bytes:
        """Return a file's bytes, bounded whatever its header says.

        Args:
            file: the zip.
            name: one of `names`.

        Raises:
            ReadError: it is gone, encrypted, damaged, packed in an unknown way, or beyond the bounds.
        """
        info = self._infos.get(name)
        if info is None:
            raise ReadError("压缩包里已没有这个文件", hint="压缩包可能已更换，请重新运行")
        if refused := self._refusal(info):
            raise refused
        try:
            return unpacked(file, info)
        except BROKEN as error:
            raise ReadError("压缩包里的这个文件已损坏，解不开", hint="请重新取得这个压缩包") from error

    def _refusal(self, info: zipfile.ZipInfo) -> ReadError | None:
        """Return why a file is not to be unpacked, by what the list of contents says of it."""
        if info.flag_bits & _ENCRYPTED or info.compress_type == _AES:
            return ReadError("压缩包已加密，需要密码才能打开", hint="请用密码解压后把里面的文件放进文件夹")
        if info.compress_type not in UNPACKERS:
            method = _METHODS.get(info.compress_type, f"第 {info.compress_type} 号")
            return ReadError(f"压缩包用了不支持的压缩方法（{method}）", hint="请解压后把里面的文件放进文件夹")
        is_swollen = info.file_size > max(_SMALL_ENOUGH, HIGHEST_RATIO * info.compress_size)
        if is_swollen or info.header_offset in self._overlapping:
            return ReadError("文件解开后大得异常（疑似压缩炸弹），已拒绝读取", hint="请确认压缩包的来源")
        if info.file_size > limits().file_bytes:
            return ReadError(f"文件解开后超过 {limits().file_megabytes} MB", hint="请确认这是报告文件")
        return None


def _named(infos: Sequence[zipfile.ZipInfo]) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """Yield the files under names that are harmless and unique; no folders, no clutter."""
    files = []
    for info in infos:
        stored = stored_name(info)
        name = harmless(stored)
        is_folder = stored.endswith(("/", "\\")) or (info.external_attr & _FOLDER and not info.file_size)
        if is_folder or (not name and not info.file_size) or any(map(is_clutter, name.split("/"))):
            continue
        files.append((name or NAMELESS, info))
    return zip(told_apart(name for name, _ in files), (info for _, info in files), strict=True)


def _overlapping(infos: Sequence[zipfile.ZipInfo]) -> frozenset[int]:
    """Return where files begin whose bytes are those of others too, as no archiver makes them."""
    starts = sorted((info.header_offset, info.compress_size) for info in infos)
    return frozenset(
        start for (start, size), (after, _) in pairwise(starts) if start + _LOCAL_HEADER + size > after
    )
