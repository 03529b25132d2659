"""Opens a database, checks that it is ours and of our age, and gives transactions on it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, select
from sqlalchemy.exc import SQLAlchemyError

from nianbao.errors import LostStoreError, StoreError
from nianbao.store.address import SQLITE, check_file, place_of, read_address
from nianbao.store.causes import explain
from nianbao.store.schema import HEAD, VERSION_KEY, VERSIONS, meta

_WRITING = "nianbao_writing"
_MIGRATING = "nianbao_migrating"
_BUSY_MILLISECONDS = "nianbao_busy_milliseconds"
# Chosen once at random; whoever makes or changes our tables in a PostgreSQL database holds it meanwhile.
_MIGRATION_LOCK = 7_310_586_217_420_315
_CONNECT_SECONDS = 10
_PAUSE_SECONDS, _SHORT_PAUSE_SECONDS = 0.5, 0.02
_WHICH = "请用 --store 写明数据库，例如 --store 汇总结果/nianbao.db"
# How long a server that was there may be gone before that ends a run.
PATIENCE_SECONDS = 30.0
# A run's quiet connection must outlive what the routers between do to quiet connections.
_KEEP_ALIVE = {"keepalives_idle": 60, "keepalives_interval": 15, "keepalives_count": 4}
PROGRAM = "nianbao"
# Before Alembic the version stood in `meta`; these are the revisions that make such stores.
_BEFORE_ALEMBIC = {"1": "0001", "2": "0002"}


def connect(location: str | Path, busy_seconds: float, *, make: bool = True) -> tuple[Engine, str]:
    """Make an engine and the name that errors know its database by; nothing is opened yet.

    Raises:
        StoreError: the address is wrong, its folder or (unless it is to be made) its file is missing, or the
            driver is not installed.
    """
    url = read_address(location)
    place = place_of(url)
    if url.get_backend_name() == SQLITE:
        if not make and "uri" not in url.query and not Path(place).exists():
            raise StoreError("没有这个数据库", where=place, hint=_WHICH)
        return _sqlite(url, place, busy_seconds), place
    return postgresql(url, place, busy_seconds), place


def _sqlite(url: URL, place: str, busy_seconds: float) -> Engine:
    check_file(url)
    engine = create_engine(url, connect_args={"timeout": busy_seconds})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # The driver's own transactions begin late and commit on their own; ours begin where we say.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys=ON")


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get(_MIGRATING):
        # A table that is made anew is dropped in between, which would take all that hangs on it along.
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    # A writer takes its turn at once: a reader that turns into a writer half-way could only fail.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get(_WRITING) else "BEGIN")


def postgresql(
    url: URL, place: str, busy_seconds: float = 0.0, *, application_name: str = PROGRAM, **options: Any
) -> Engine:
    """Make an engine of a PostgreSQL server.

    Args:
        url: with our driver.
        place: the name that errors know the database by.
        busy_seconds: how long a writer waits for another one's rows; 0 for ever.
        application_name: what the server calls our connections, unless the address says so.
        options: others of the engine.

    Raises:
        StoreError: the driver is not installed.
    """
    usual = {"application_name": application_name, "connect_timeout": _CONNECT_SECONDS, **_KEEP_ALIVE}
    arguments = {name: value for name, value in usual.items() if name not in url.query}
    try:
        # What a server that was started anew has forgotten is noticed before it is used.
        engine = create_engine(url, connect_args=arguments, pool_pre_ping=True, **options)
    except ImportError as error:
        hint = '请运行 pip install "nianbao[postgres]"'
        raise StoreError("没有安装 PostgreSQL 的驱动程序", where=place, hint=hint) from error

    engine.update_execution_options(**{_BUSY_MILLISECONDS: round(1000 * busy_seconds)})
    return engine


@contextmanager
def transaction(engine: Engine, place: str, *, writing: bool, patience: float = 0.0) -> Iterator[Connection]:
    """Give a connection whose work is kept whole or not at all; one that only reads sees one moment.

    Args:
        engine: of the database.
        place: the name that errors know it by.
        writing: whether anything is to be written.
        patience: seconds to wait for a server that does not answer: it may be being started anew.

    Raises:
        StoreError: whatever the database says, in one line.
    """
    connection = connected(engine.execution_options(**{_WRITING: writing}), place, patience)
    with plain_errors(engine, place), connection, connection.begin():
        if engine.dialect.name != SQLITE:
            connection.exec_driver_sql(_beginning(connection))
        yield connection


def _beginning(connection: Connection) -> str:
    options = connection.get_execution_options()
    if options[_WRITING]:
        return f"SET LOCAL lock_timeout = {options[_BUSY_MILLISECONDS]}"
    return "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


def connected(engine: Engine, place: str, patience: float = 0.0) -> Connection:
    """Return a connection, after as many seconds as patience allows."""
    deadline = time.monotonic() + patience
    while True:
        try:
            with plain_errors(engine, place):
                return engine.connect()
        except LostStoreError:
            if time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE_SECONDS)


@contextmanager
def plain_errors(engine: Engine, place: str) -> Iterator[None]:
    """Turn the database's errors into a StoreError."""
    try:
        yield
    except (SQLAlchemyError, engine.dialect.loaded_dbapi.Error) as error:
        raise explain(error, place) from error


def prepare(engine: Engine, place: str, *, make: bool = True) -> None:
    """Make the tables of a new database, or bring an older one's to our revision; whole or not at all.

    Raises:
        StoreError: it is no database, not ours, or newer than this program; or empty, and not to be filled.
    """
    with transaction(engine, place, writing=False) as connection:
        found = revision_of(connection, place)
    if found is None and not make:
        raise StoreError("数据库是空的，还没有任何内容", where=place, hint=_WHICH)
    if found == HEAD:
        return
    rebuild(engine, place, lambda connection: _migrate(connection, place))


def rebuild(engine: Engine, place: str, work: Callable[[Connection], None]) -> None:
    """Change the tables themselves, whole or not at all, while nobody else does.

    Raises:
        StoreError: whatever the database says, or that what is left hangs in the air.
    """
    if engine.dialect.name == SQLITE:
        _rebuild_file(engine, place, work)
        return
    with transaction(engine, place, writing=True) as connection:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})")
        work(connection)


def _rebuild_file(engine: Engine, place: str, work: Callable[[Connection], None]) -> None:
    with plain_errors(engine, place), engine.connect() as opened:
        raw: Any = opened.connection.dbapi_connection
        _write_ahead(raw)
        connection = opened.execution_options(**{_WRITING: True, _MIGRATING: True})
        try:
            with connection.begin():
                work(connection)
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise StoreError("数据不完整，未作改动", where=place, hint="请用备份替换它")
        finally:
            raw.execute("PRAGMA foreign_keys=ON")


def _write_ahead(raw: sqlite3.Connection) -> None:
    """Have changes logged ahead; where others have the file open, SQLite refuses that and does not wait."""
    deadline = time.monotonic() + raw.execute("PRAGMA busy_timeout").fetchone()[0] / 1000
    while True:
        try:
            raw.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(_SHORT_PAUSE_SECONDS)
        else:
            return


def _migrate(connection: Connection, place: str) -> None:
    # Another process may have been faster.
    if revision_of(connection, place) != HEAD:
        from nianbao.store.migrating import migrate

        migrate(connection, _BEFORE_ALEMBIC.get(_version(connection) or ""))


def revision_of(connection: Connection, place: str) -> str | None:
    """Return the revision of a store, as Alembic or, before it, we wrote it; None for an empty database.

    Raises:
        StoreError: the tables are not ours, or newer than this program.
    """
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    version = _version(connection)
    found = _BEFORE_ALEMBIC.get(version or "")
    if version is not None and VERSIONS.name in tables:
        found = connection.execute(select(VERSIONS.c.version_num)).scalar()
    if found is None:
        raise StoreError("这个数据库不是 nianbao 建立的，未作改动", where=place, hint="请换一个数据库")
    if found > HEAD:
        raise newer(found, place)
    return found


def newer(found: str, place: str) -> StoreError:
    """Return the error that a revision is beyond this program."""
    message = f"由更新版本的 nianbao 建立（结构版本 {found}，本程序只认识到 {HEAD}），未作改动"
    return StoreError(message, where=place, hint="请升级 nianbao")


def _version(connection: Connection) -> str | None:
    looked = inspect(connection)
    if not looked.has_table(meta.name):
        return None
    if {column["name"] for column in looked.get_columns(meta.name)} != {"key", "value"}:
        return None
    found = connection.execute(select(meta.c.value).where(meta.c.key == VERSION_KEY)).scalar()
    return None if found is None else str(found)
