"""The packed table of administrative divisions: how it is written, read and searched.

The file is one zlib stream: a line with the counts of the two halves, then for each half (provinces, cities
and counties first, then towns) its names in code point order, joined by newlines, and its two columns of
codes, one an edition, 0 where the division does not stand in it. Codes tell level and parent by themselves.
"""

from __future__ import annotations

import sys
import zlib
from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from pathlib import Path

from nianbao.errors import CatalogueError

EDITIONS = ("2026", "2023")
Row = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Half:
    """One half of the table, in the order of its names.

    Args:
        names: sorted by code point; a name stands as often as it is borne.
        codes: the codes of each edition, newest first; 0 where a division does not stand in it.
    """

    names: list[str] = field(repr=False)
    codes: tuple[array[int], array[int]] = field(repr=False)

    def rows_named(self, name: str) -> range:
        """Return the rows that bear exactly this name."""
        return range(bisect_left(self.names, name), bisect_right(self.names, name))

    def rows_starting(self, start: str) -> range:
        """Return the rows whose name starts so."""
        return range(bisect_left(self.names, start), bisect_left(self.names, start + "\U0010ffff"))


def pack(upper: list[Row], towns: list[Row]) -> bytes:
    """Return the packed table of rows (name, code of 2026 or 0, code of 2023 or 0)."""
    parts = [f"{len(upper)} {len(towns)}\n".encode()]
    for half in (sorted(upper), sorted(towns)):
        names = "\n".join(name for name, _, _ in half).encode()
        parts += [f"{len(names)}\n".encode(), names]
        for column in (1, 2):
            parts.append(b"".join(int(row[column]).to_bytes(4, "little") for row in half))
    return zlib.compress(b"".join(parts), 9)


def unpack(path: Path) -> tuple[Half, Half]:
    """Read the packed table.

    Raises:
        CatalogueError: the file is missing or damaged.
    """
    try:
        data = zlib.decompress(path.read_bytes())
    except (OSError, zlib.error) as error:
        raise CatalogueError("行政区划表无法读取", where=path.name, hint="请重新安装 nianbao") from error
    counts, at = _line(data, 0)
    halves = []
    for count in counts:
        (size,), at = _line(data, at)
        names = data[at : at + size].decode().split("\n")
        at += size
        columns = []
        for _ in EDITIONS:
            columns.append(_integers(data[at : at + 4 * count]))
            at += 4 * count
        halves.append(Half(names, (columns[0], columns[1])))
    return halves[0], halves[1]


def _line(data: bytes, at: int) -> tuple[list[int], int]:
    end = data.index(b"\n", at)
    return [int(number) for number in data[at:end].split()], end + 1


def _integers(data: bytes) -> array[int]:
    numbers = array("I")
    numbers.frombytes(data)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def rows_by_code(half: Half) -> tuple[dict[int, int], ...]:
    """Return the rows by code, a column for each edition, the newest first."""
    columns = tuple(dict(zip(column, range(len(column)), strict=True)) for column in half.codes)
    for column in columns:
        column.pop(0, None)
    return columns


def rows_by_parent(half: Half, width: int) -> dict[int, list[int]]:
    """Return the rows by their parents' codes; `width` is what a parent's code is multiplied by."""
    found: dict[int, list[int]] = {}
    newest, oldest = half.codes
    for row, (new, old) in enumerate(zip(newest, oldest, strict=True)):
        for parent in {new // width, old // width}:
            found.setdefault(parent, []).append(row)
    return found
