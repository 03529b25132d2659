"""Opens a database, checks that it is ours and of our age, and says in one line what is wrong with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, select
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from nianbao.errors import StoreError
from nianbao.store.schema import SCHEMA_VERSION, VERSION_KEY, meta, metadata

# What SQLite's result codes mean to the user, and what to do; a code is found by its beginning.
_CAUSES = (
    ("SQLITE_BUSY", "另一个程序正在写入，等候超时", "请等它结束后再运行"),
    ("SQLITE_LOCKED", "另一个程序正在写入，等候超时", "请等它结束后再运行"),
    ("SQLITE_READONLY", "数据库只能读取，不能写入", "请检查文件和所在文件夹的权限，或换一个位置"),
    ("SQLITE_NOTADB", "不是数据库文件，未作改动", "请换一个文件名"),
    ("SQLITE_CORRUPT", "数据库文件已损坏，未作改动", "请用备份替换它，或把它移走后重新运行"),
    ("SQLITE_FULL", "磁盘已满", "请腾出空间后重新运行"),
    ("SQLITE_CANTOPEN", "打不开数据库文件", "请检查文件和所在文件夹的权限"),
    ("SQLITE_IOERR", "读写磁盘出错", "请检查磁盘，或换一个位置"),
    ("SQLITE_CONSTRAINT_FOREIGNKEY", "没有登记这次运行或这个文件", "请先登记运行和文件，再保存结果"),
)
_WRITING = "nianbao_writing"


def connect(location: str | Path, busy_timeout: float) -> tuple[Engine, str]:
    """Make an engine and the name that errors know its database by; nothing is opened yet.

    Raises:
        StoreError: the place is no SQLite database's, or its folder is missing.
    """
    url = _url(location)
    place = url.database or ":memory:"
    if url.get_backend_name() != "sqlite":
        shown = url.render_as_string(hide_password=True)
        raise StoreError("目前只支持 SQLite 数据库", where=shown, hint="请给出文件路径，如 out/nianbao.db")
    if "uri" not in url.query and place != ":memory:":
        path = Path(place)
        if path.is_dir():
            raise StoreError(
                "这是一个文件夹，不是数据库文件", where=place, hint="请给出文件名，如 nianbao.db"
            )
        if not path.parent.is_dir():
            raise StoreError("所在文件夹不存在", where=place, hint=f"请先建立文件夹 {path.parent}")
    engine = create_engine(url, connect_args={"timeout": busy_timeout})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine, place


def _url(location: str | Path) -> URL:
    if isinstance(location, Path) or "://" not in location:
        return URL.create("sqlite", database=str(Path(location).expanduser()))
    try:
        return make_url(location)
    except ArgumentError as error:
        raise StoreError(
            "看不懂的数据库地址", where=location, hint="请给出文件路径，如 out/nianbao.db"
        ) from error


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    # The driver's own transactions begin late and commit on their own; ours begin where we say (`_begin`).
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys=ON")


def _begin(connection: Connection) -> None:
    # A writer takes its turn at once: a reader that turns into a writer half-way could only fail.
    writing = connection.get_execution_options().get(_WRITING)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def transaction(engine: Engine, place: str, *, writing: bool) -> Iterator[Connection]:
    """Give a connection whose work is kept whole or not at all.

    Raises:
        StoreError: whatever the database says, in one line.
    """
    with plain_errors(place), engine.execution_options(**{_WRITING: writing}).begin() as connection:
        yield connection


@contextmanager
def plain_errors(place: str) -> Iterator[None]:
    """Turn the database's errors into a StoreError."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise _explain(error, place) from error


def _explain(error: Exception, place: str) -> StoreError:
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(cause, "sqlite_errorname", None) or ""
    for beginning, message, hint in _CAUSES:
        if code.startswith(beginning):
            return StoreError(message, where=place, hint=hint)
    first_line = str(cause).partition("\n")[0]
    return StoreError(f"数据库出错：{code or type(cause).__name__} {first_line}", where=place)


def prepare(engine: Engine, place: str) -> None:
    """Make the tables of a new database, or those that an older one lacks; nothing of it is changed.

    Raises:
        StoreError: it is no database, not ours, or newer than this program.
    """
    with transaction(engine, place, writing=False) as connection:
        ready = _check(connection, place)
    if ready:
        return
    with plain_errors(place), engine.connect() as connection:
        raw: Any = connection.connection.dbapi_connection
        raw.execute("PRAGMA journal_mode=WAL")
    with transaction(engine, place, writing=True) as connection:
        # Another process may have been faster.
        if not _check(connection, place):
            metadata.create_all(connection)
            version = sqlite_insert(meta).values(key=VERSION_KEY, value=str(SCHEMA_VERSION))
            connection.execute(
                version.on_conflict_do_update(index_elements=["key"], set_={"value": version.excluded.value})
            )


def _check(connection: Connection, place: str) -> bool:
    """Return whether the tables stand; False for an empty database or an older one that lacks some."""
    tables = inspect(connection).get_table_names()
    if not tables:
        return False
    found = None
    if meta.name in tables and {column["name"] for column in inspect(connection).get_columns(meta.name)} == {
        "key",
        "value",
    }:
        found = connection.execute(select(meta.c.value).where(meta.c.key == VERSION_KEY)).scalar()
    if found is None or not found.isdecimal():
        raise StoreError("这个数据库不是 nianbao 建立的，未作改动", where=place, hint="请换一个文件名")
    if int(found) > SCHEMA_VERSION:
        raise StoreError(
            f"数据库由更新版本的 nianbao 建立（结构版本 {found}，本程序只认识到 {SCHEMA_VERSION}），未作改动",
            where=place,
            hint="请升级 nianbao，或换一个文件名",
        )
    return int(found) == SCHEMA_VERSION
