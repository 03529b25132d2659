"""Builds .zip archives in memory, sound and hostile."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

from connectors.archives import Member, members, unpack
from connectors.sources import folder
from nianbao import Filing, ReadError, SourceConfig

LOCAL, ENTRY = b"PK\x03\x04", b"PK\x01\x02"


def zipped(files: dict[str, bytes] | list[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in files.items() if isinstance(files, dict) else files:
            archive.writestr(zipfile.ZipInfo(name), data, compress_type=method)
    return buffer.getvalue()


def named(*names: bytes, extra: bytes = b"") -> bytes:
    """An archive of small files with names as these bytes, as archivers of old write them."""
    local, entries = b"", b""
    for index, name in enumerate(names):
        data = f"第{index}份".encode()
        head = struct.pack("<5H3L2H", 20, 0, 0, 0, 0, zlib.crc32(data), len(data), len(data), len(name), 0)
        entry = struct.pack(
            "<6H3L5H2L", 20, 20, 0, 0, 0, 0, zlib.crc32(data), len(data), len(data), len(name), len(extra), 0,
            0, 0, 0, len(local),
        )  # fmt: skip
        local += LOCAL + head + name + data
        entries += ENTRY + entry + name + extra
    end = struct.pack("<4H2LH", 0, 0, len(names), len(names), len(entries), len(local), 0)
    return local + entries + b"PK\x05\x06" + end


def changed(archive: bytes, mark: bytes, offset: int, value: bytes, index: int = 0) -> bytes:
    """The archive with one field of its `index`th local header or entry changed."""
    place = -1
    for _ in range(index + 1):
        place = archive.index(mark, place + 1)
    place += offset
    return archive[:place] + value + archive[place + len(value) :]


def overlapping(files: int, kernel: bytes) -> bytes:
    """An archive whose entries all point to the same bytes."""
    archive = zipped({"0.txt": kernel})
    start, end = archive.index(ENTRY), archive.index(b"PK\x05\x06")
    local, entry = archive[:start], archive[start:end]
    entries = b"".join(entry.replace(b"0.txt", f"{number}.txt".encode()) for number in range(min(files, 10)))
    tail = struct.pack("<4H2LH", 0, 0, files, files, len(entries), len(local), 0)
    return local + entries + b"PK\x05\x06" + tail


def nested(depth: int, innermost: bytes = b"text") -> bytes:
    """`depth` archives around one text."""
    data, name = innermost, "报告.txt"
    for level in range(depth):
        data, name = zipped({name: data}), f"{depth - level}.zip"
    return data


def listed(data: bytes) -> list[Member]:
    found = members(io.BytesIO(data))
    assert found is not None
    return list(found)


def names(data: bytes) -> list[str]:
    return [member.name.removeprefix("!/") for member in listed(data)]


def outcome(data: bytes, member: Member) -> bytes | str:
    """The bytes of a member, or why there are none."""
    if member.problem is not None:
        return member.problem.error().message
    try:
        return unpack(io.BytesIO(data), member.path)
    except ReadError as error:
        return error.message


def outcomes(data: bytes) -> dict[str, bytes | str]:
    return {member.name.removeprefix("!/"): outcome(data, member) for member in listed(data)}


def filings(path: Path) -> list[Filing]:
    return list(folder.list_files(SourceConfig(str(path)), None))
