"""Many rows at once, by the driver itself: through SQLAlchemy's types it takes three times as long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, Table, delete

from nianbao.store.address import SQLITE
from nianbao.store.document_rows import NUL_STANDS_AS, Row

Each = TypeVar("Each")

# SQLite before 3.32 takes no more than 999 parameters.
CHUNK = 500


def chunks(whole: Sequence[Each]) -> Iterator[Sequence[Each]]:
    """Cut a sequence into pieces that one statement can name."""
    return (whole[start : start + CHUNK] for start in range(0, len(whole), CHUNK))


def upsert(
    connection: Connection,
    table: Table,
    key: tuple[str, ...],
    found: Iterable[Row],
    *,
    left_out: tuple[str, ...] = (),
    kept: tuple[str, ...] = (),
) -> None:
    """Write rows over those of the same key.

    Args:
        connection: of the transaction.
        table: where they go.
        key: the columns that tell rows apart.
        found: the rows, their values in the order of the table's columns.
        left_out: columns that the rows do not have.
        kept: columns that stay as they were first written; of all columns where nothing is written over.
    """
    columns = [column.name for column in table.columns if column.name not in left_out]
    quote = connection.dialect.identifier_preparer.quote
    changed = [quote(name) for name in columns if name not in key and name not in kept]
    settled = ", ".join(f"{name} = excluded.{name}" for name in changed)
    action = f"DO UPDATE SET {settled}" if settled else "DO NOTHING"
    conflict = f"ON CONFLICT ({', '.join(map(quote, key))}) {action}"
    _run(connection, f"{_insert(connection, table, columns)} {conflict}", _storable(found))


def insert(connection: Connection, table: Table, found: Iterable[Row]) -> None:
    """Write rows that are not there yet, their values in the order of the table's columns."""
    rows = _storable(found)
    columns = [column.name for column in table.columns]
    if connection.dialect.name == SQLITE:
        _run(connection, _insert(connection, table, columns), rows)
    elif rows:
        quote = connection.dialect.identifier_preparer.quote
        names = ", ".join(map(quote, columns))
        raw: Any = connection.connection.dbapi_connection
        with raw.cursor() as cursor, cursor.copy(f"COPY {quote(table.name)} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def update(connection: Connection, table: Table, name: str, key: str, found: Iterable[Row]) -> None:
    """Set one column of the rows that a key names, from pairs of the new value and the key."""
    mark = _mark(connection)
    sql = f"UPDATE {table.name} SET {name} = {mark} WHERE {key} = {mark}"  # noqa: S608  our own names
    _run(connection, sql, _storable(found))


def remove(connection: Connection, column: Column[Any], values: Sequence[Any]) -> None:
    """Delete the rows whose column holds one of the values."""
    for chunk in chunks(values):
        connection.execute(delete(column.table).where(column.in_(chunk)))


def _insert(connection: Connection, table: Table, columns: Sequence[str]) -> str:
    quote = connection.dialect.identifier_preparer.quote
    marks = ", ".join([_mark(connection)] * len(columns))
    return f"INSERT INTO {quote(table.name)} ({', '.join(map(quote, columns))}) VALUES ({marks})"  # noqa: S608


def _mark(connection: Connection) -> str:
    return "?" if connection.dialect.name == SQLITE else "%s"


def _run(connection: Connection, sql: str, rows: list[Row]) -> None:
    if rows:
        connection.exec_driver_sql(sql, rows)


def _storable(found: Iterable[Row]) -> list[Row]:
    """Return rows as both databases can keep them, every character in its place.

    PostgreSQL keeps no NUL, and neither keeps half a character, both of which a careless reader lets through.
    """
    rows = list(found)
    for number, row in enumerate(rows):
        if not _is_storable(row):
            rows[number] = tuple(map(_made_storable, row))
    return rows


def _is_storable(row: Row) -> bool:
    try:
        for value in row:
            if value.__class__ is str:
                if "\x00" in value:
                    return False
                value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _made_storable(value: object) -> object:
    if not isinstance(value, str):
        return value
    return value.replace("\x00", NUL_STANDS_AS).encode(errors="replace").decode()
