"""Unpacks one member of a zip, which takes no more memory than its list of contents says."""

from __future__ import annotations

import bz2
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import BinaryIO

from connectors.zipnames import LOCAL_MARK

_LOCAL_HEADER = 30
# What packing may add to data that can't be packed.
_PADDING = 4_096
_BEGINNING = 4_096
# LZMA in zips: a version and the length of the properties come first (APPNOTE 5.8).
_LZMA_HEADER = 4
_SMALLEST_WINDOW = 4_096


def unpacked(file: BinaryIO, info: zipfile.ZipInfo) -> bytes:
    """Return a member's bytes.

    Raises:
        BadZipFile: they are not what the list of contents says; zlib, bz2 and lzma raise errors of their own.
    """
    if info.compress_size > info.file_size + info.file_size // 8 + _PADDING:
        raise zipfile.BadZipFile("packed larger than it is")
    _find(file, info)
    data = UNPACKERS[info.compress_type](file.read(info.compress_size), info.file_size)
    if len(data) != info.file_size or zlib.crc32(data) != info.CRC:
        raise zipfile.BadZipFile("wrong size or checksum")
    return data


def beginning(file: BinaryIO, info: zipfile.ZipInfo, size: int) -> bytes:
    """Return how a member begins, unchecked; otherwise like `unpacked`."""
    _find(file, info)
    packed = file.read(min(info.compress_size, _BEGINNING))
    return UNPACKERS[info.compress_type](packed, min(info.file_size, size))


def _find(file: BinaryIO, info: zipfile.ZipInfo) -> None:
    """Go to where a member's packed bytes begin; its own header names it differently at times."""
    file.seek(info.header_offset)
    header = file.read(_LOCAL_HEADER)
    if len(header) < _LOCAL_HEADER or not header.startswith(LOCAL_MARK):
        raise zipfile.BadZipFile("no header where there should be one")
    file.seek(sum(struct.unpack_from("<2H", header, 26)), io.SEEK_CUR)


def _stored(packed: bytes, most: int) -> bytes:
    return packed[:most]


def _inflated(packed: bytes, most: int) -> bytes:
    # To zlib, no bytes at most are as many as there are.
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, most) if most else b""


def _from_bzip2(packed: bytes, most: int) -> bytes:
    return bz2.BZ2Decompressor().decompress(packed, most)


def _from_lzma(packed: bytes, most: int) -> bytes:
    size = int.from_bytes(packed[2:_LZMA_HEADER], "little")
    packing, window = struct.unpack_from("<BL", packed, _LZMA_HEADER)
    told = {
        "id": lzma.FILTER_LZMA1,
        "dict_size": max(min(window, most), _SMALLEST_WINDOW),
        "lc": packing % 9,
        "lp": packing // 9 % 5,
        "pb": packing // 45,
    }
    unpacker = lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[told])
    return unpacker.decompress(packed[_LZMA_HEADER + size :], most)


UNPACKERS: dict[int, Callable[[bytes, int], bytes]] = {
    zipfile.ZIP_STORED: _stored,
    zipfile.ZIP_DEFLATED: _inflated,
    zipfile.ZIP_BZIP2: _from_bzip2,
    zipfile.ZIP_LZMA: _from_lzma,
}
