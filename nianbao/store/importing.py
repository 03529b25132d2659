"""Fills an empty store from the one file that another one was written into."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812  a class, whatever its name

from sqlalchemy import Column, Connection, MetaData, Table, Text, inspect, select

from nianbao.archive import Archive
from nianbao.errors import StoreError
from nianbao.store import bulk
from nianbao.store.address import SQLITE
from nianbao.store.lock import held
from nianbao.store.migrating import migrate, scripts
from nianbao.store.opening import connect, newer, rebuild, revision_of, transaction
from nianbao.store.portable import (
    MANIFEST,
    OBJECTS,
    TABLES,
    Manifest,
    TableEntry,
    line_to_row,
    read_manifest,
)
from nianbao.store.schema import HEAD, VERSIONS, meta, metadata

# Rows that are in memory at once; a document's row holds its whole text.
_ROWS = 200
# No row and no content is longer; a file that says otherwise is not ours.
_LONGEST = 4 << 30
_BUSY_SECONDS = 30.0
_OBJECT = re.compile(rf"{OBJECTS}/([0-9a-f]{{64}})")


@dataclass(frozen=True, slots=True)
class Imported:
    """What was read in: how many reports, rows and contents, and the digests that the file did not hold."""

    reports: int
    rows: int
    objects: int
    missing: tuple[str, ...]


def import_store(
    location: str,
    archive: Archive | None,
    path: Path,
    told: Callable[[str, int], None] = lambda phase, steps: None,
) -> Imported:
    """Fill an empty store, all of it or nothing; it gets the revision of this program.

    Args:
        location: the store, which may be missing or empty.
        archive: where the bytes go.
        path: the file.
        told: a phase and its steps, where something long begins.

    Raises:
        StoreError: the store is not empty, or the file is damaged, not ours, or of a newer program.
    """
    with _opened(path) as package:
        manifest = _manifest(package, path)
        if manifest.objects and archive is None:
            hint = "请用 --archive 写明放在哪个文件夹"
            raise StoreError("文件里有报告原件，不知道放在哪里", where=str(path), hint=hint)
        with held(location, "导入"):
            engine, place = connect(location, _BUSY_SECONDS)
            try:
                with transaction(engine, place, writing=False) as connection:
                    _check_empty(connection, place)
                if archive is not None:
                    told("写入原件", manifest.objects)
                    _put_objects(package, manifest, archive, path)
                filling = _Filling(package, manifest, path, place, told)
                rebuild(engine, place, filling.fill)
            finally:
                engine.dispose()
    rows = {table.name: table.rows for table in manifest.tables}
    return Imported(rows.get("reports", 0), sum(rows.values()), manifest.objects, manifest.missing)


@contextmanager
def _opened(path: Path) -> Iterator[ZipFile]:
    if not path.is_file():
        raise StoreError("没有这个文件", where=str(path), hint="请检查文件名")
    try:
        package = ZipFile(path)
    except OSError as error:
        raise StoreError(f"文件读不出来：{error.strerror or error}", where=str(path)) from error
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise _not_ours(path) from error
    with package:
        yield package


@contextmanager
def _as_written(path: Path) -> Iterator[None]:
    """Turn whatever a damaged or foreign file leads to into a StoreError."""
    try:
        yield
    except (BadZipFile, ZlibError, EOFError, ValueError, KeyError, RuntimeError) as error:
        raise _not_ours(path) from error
    except OSError as error:
        raise StoreError(f"文件读不出来：{error.strerror or error}", where=str(path)) from error


def _not_ours(path: Path) -> StoreError:
    message = "不是 nianbao store export 写出的文件，或已损坏，没有导入"
    return StoreError(message, where=str(path), hint="请换一个文件，或重新导出")


def _manifest(package: ZipFile, path: Path) -> Manifest:
    with _as_written(path):
        manifest = read_manifest(package.read(MANIFEST))
    if manifest.revision > HEAD:
        raise newer(manifest.revision, str(path))
    if manifest.revision not in {script.revision for script in scripts().walk_revisions()}:
        raise _not_ours(path)
    return manifest


def _check_empty(connection: Connection, place: str) -> set[str]:
    """Return the tables that are there, all of them empty."""
    if revision_of(connection, place) is None:
        return set()
    found = set(inspect(connection).get_table_names())
    for table in metadata.sorted_tables:
        if table is meta or table.name not in found:
            continue
        if connection.execute(select(next(iter(table.primary_key))).limit(1)).first() is not None:
            raise StoreError(
                "这个数据库里已经有内容，没有导入", where=place, hint="请用 --store 写明一个新的数据库"
            )
    return found


def _put_objects(package: ZipFile, manifest: Manifest, archive: Archive, path: Path) -> None:
    count = 0
    for info in package.infolist():
        found = _OBJECT.fullmatch(info.filename)
        if found is None:
            continue
        with _as_written(path):
            if info.file_size > _LONGEST:
                raise _not_ours(path)
            data = package.read(info)
        if hashlib.sha256(data).hexdigest() != found[1]:
            raise _not_ours(path)
        archive.put(found[1], data)
        count += 1
    if count != manifest.objects:
        raise _not_ours(path)


@dataclass(frozen=True, slots=True)
class _Filling:
    """Fills the tables, in one transaction."""

    package: ZipFile
    manifest: Manifest
    path: Path
    place: str
    told: Callable[[str, int], None]

    def fill(self, connection: Connection) -> None:
        """Make the tables as the file's writer knew them, fill them, and bring them to our revision."""
        found = _check_empty(connection, self.place)
        for table in reversed(metadata.sorted_tables):
            if table.name in found:
                table.drop(connection)
        VERSIONS.drop(connection, checkfirst=True)
        migrate(connection, None, self.manifest.revision)
        there = set(inspect(connection).get_table_names()) - {meta.name, VERSIONS.name}
        if there != {entry.name for entry in self.manifest.tables}:
            raise _not_ours(self.path)
        for entry in self.manifest.tables:
            self.told(f"写入 {entry.name}", 0)
            self._fill_table(connection, entry)
        if connection.dialect.name != SQLITE:
            _continue_numbering(connection, there)
        migrate(connection, None)

    def _fill_table(self, connection: Connection, entry: TableEntry) -> None:
        columns = [column["name"] for column in inspect(connection).get_columns(entry.name)]
        if set(columns) != set(entry.columns):
            raise _not_ours(self.path)
        # The values are the driver's own: of the table its names are enough.
        table = Table(entry.name, MetaData(), *(Column(name, Text) for name in entry.columns))
        rows = self._rows(entry)
        count = 0
        while chunk := list(islice(rows, _ROWS)):
            bulk.insert(connection, table, chunk)
            count += len(chunk)
        if count != entry.rows:
            raise _not_ours(self.path)

    def _rows(self, entry: TableEntry) -> Iterator[tuple[Any, ...]]:
        with _as_written(self.path), self.package.open(f"{TABLES}/{entry.name}.jsonl") as member:
            while line := member.readline(_LONGEST):
                row = line_to_row(line)
                if len(row) != len(entry.columns):
                    raise _not_ours(self.path)
                yield row


def _continue_numbering(connection: Connection, names: set[str]) -> None:
    """Let PostgreSQL number on from the greatest id; SQLite does so by itself."""
    for name in sorted(names):
        for column in inspect(connection).get_columns(name):
            if not column.get("autoincrement"):
                continue
            sequence = f"pg_get_serial_sequence('{name}', '{column['name']}')"
            greatest = f"(SELECT max({column['name']}) FROM {name})"  # noqa: S608  names that were checked
            connection.exec_driver_sql(
                f"SELECT setval({sequence}, coalesce({greatest}, 1), {greatest} IS NOT NULL)"
            )
