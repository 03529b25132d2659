"""The one file that a store travels in: a zip of tables as JSON lines, and of the bytes that were read.

tables/NAME.jsonl    one JSON list a row, parents before children
objects/SHA256       the bytes, as they were fetched
manifest.json        written last: what the file holds, and the revision of its tables
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from nianbao.store.document_rows import to_json

FORMAT = 1
MANIFEST = "manifest.json"
TABLES, OBJECTS = "tables", "objects"
_BYTES = "$base64"


@dataclass(frozen=True, slots=True)
class TableEntry:
    """A table in the file: its columns in the order of their values, and how many rows there are."""

    name: str
    columns: tuple[str, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the file holds.

    Args:
        program: the version of the program that wrote it.
        revision: of the tables.
        tables: in an order in which they can be filled.
        objects: how many contents of the archive there are.
        missing: the digests that the tables name and the archive did not hold whole.
    """

    program: str
    revision: str
    tables: tuple[TableEntry, ...]
    objects: int
    missing: tuple[str, ...] = ()

    def text(self) -> str:
        """Return it as it stands in the file."""
        return json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False, indent=1)


def read_manifest(text: bytes) -> Manifest:
    """Read a manifest.

    Raises:
        ValueError: it is none of ours.
    """
    found: Any = json.loads(text)
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise ValueError("format")
    try:
        tables = tuple(
            TableEntry(str(table["name"]), tuple(map(str, table["columns"])), int(table["rows"]))
            for table in found["tables"]
        )
        missing = tuple(map(str, found["missing"]))
        return Manifest(str(found["program"]), str(found["revision"]), tables, int(found["objects"]), missing)
    except (KeyError, TypeError) as error:
        raise ValueError(str(error)) from error


def row_to_line(row: Sequence[Any]) -> bytes:
    """Write a row that was read through the types of its columns."""
    return to_json([_plain(value) for value in row]).encode(errors="replace") + b"\n"


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, (bytes, memoryview)):
        return {_BYTES: base64.b64encode(value).decode()}
    return value


def line_to_row(line: bytes) -> tuple[Any, ...]:
    """Read a row as the database's driver takes it.

    Raises:
        ValueError: it is no row.
    """
    found = json.loads(line)
    if not isinstance(found, list):
        raise ValueError("row")  # noqa: TRY004  the file is wrong, not the call
    return tuple(map(_driven, found))


def _driven(value: Any) -> Any:
    if isinstance(value, Mapping) and value.keys() == {_BYTES}:
        return base64.b64decode(value[_BYTES])
    return to_json(value) if isinstance(value, (dict, list)) else value
