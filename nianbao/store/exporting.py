"""Writes a store, as it is at one moment, and the bytes it was read from into one file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from sqlalchemy import Connection, Table, select

from nianbao.archive import Archive, is_compressed
from nianbao.errors import StoreError
from nianbao.manager import our_version
from nianbao.store.portable import MANIFEST, OBJECTS, TABLES, Manifest, TableEntry, row_to_line
from nianbao.store.reads import digests as digests_of
from nianbao.store.schema import HEAD, meta, metadata

# Rows that are in memory at once; a document's row holds its whole text.
_ROWS = 200
# Of its own, so that the same store makes the same file.
_MOMENT = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: how many reports, rows and contents, and the digests of what the archive lacked."""

    reports: int
    rows: int
    objects: int
    missing: tuple[str, ...]


def export_store(
    connection: Connection,
    archive: Archive | None,
    path: Path,
    told: Callable[[str, int], None] = lambda phase, steps: None,
) -> Exported:
    """Write a store into one file, which appears once it is whole.

    Args:
        connection: of a transaction that sees one moment.
        archive: where the bytes are; None to leave them out.
        path: of the file, which must not be there.
        told: a phase and its steps, where something long begins.

    Raises:
        StoreError: the file is there already or can't be written.
    """
    with _draft(path) as file, ZipFile(file, "w", ZIP_DEFLATED, allowZip64=True, compresslevel=6) as package:
        tables = []
        for table in metadata.sorted_tables:
            if table is not meta:
                told(f"写出 {table.name}", 0)
                tables.append(_write_table(connection, package, table))
        digests = digests_of(connection) if archive is not None else []
        told("写出原件", len(digests))
        missing = tuple(_write_objects(package, archive, digests)) if archive is not None else ()
        manifest = Manifest(our_version(), HEAD, tuple(tables), len(digests) - len(missing), missing)
        with _member(package, MANIFEST) as member:
            member.write(manifest.text().encode())
    rows = {table.name: table.rows for table in tables}
    return Exported(rows["reports"], sum(rows.values()), manifest.objects, missing)


def _write_table(connection: Connection, package: ZipFile, table: Table) -> TableEntry:
    found = connection.execution_options(yield_per=_ROWS).execute(select(table).order_by(*table.primary_key))
    rows = 0
    with _member(package, f"{TABLES}/{table.name}.jsonl") as member:
        for row in found:
            member.write(row_to_line(row))
            rows += 1
    return TableEntry(table.name, tuple(table.columns.keys()), rows)


def _write_objects(package: ZipFile, archive: Archive, digests: Iterable[str]) -> Iterator[str]:
    """Write contents; yield the digests of those that are not there, or damaged."""
    for digest in digests:
        try:
            data = archive.get(digest)
        except StoreError:
            # One damaged page must not keep all others from being saved.
            yield digest
            continue
        kind = ZIP_STORED if is_compressed(data) else ZIP_DEFLATED
        with _member(package, f"{OBJECTS}/{digest}", kind) as member:
            member.write(data)


def _member(package: ZipFile, name: str, kind: int = ZIP_DEFLATED) -> IO[bytes]:
    info = ZipInfo(name, _MOMENT)
    info.compress_type = kind
    return package.open(info, "w", force_zip64=True)


@contextmanager
def _draft(path: Path) -> Iterator[IO[bytes]]:
    """Give a file beside the one wanted, and move it there once all of it is written."""
    if path.exists():
        raise StoreError("文件已经存在，没有覆盖", where=str(path), hint="请换一个文件名，或先移走它")
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with draft.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
    except OSError as error:
        hint = "请检查文件夹是否存在、权限和磁盘空间"
        raise StoreError(f"文件写不进去：{error.strerror or error}", where=str(path), hint=hint) from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
