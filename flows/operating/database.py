"""The database of the operator's Prefect server: the file in its folder, or one on a PostgreSQL server."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing

from sqlalchemy import URL
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from flows.operating.home import Home, ServerError
from nianbao.errors import UsageError
from nianbao.store.address import shown

_EXAMPLE = "请写成 postgresql://用户:口令@主机/数据库"
_SECONDS = 10
_POSTGRESQL = ("postgres", "postgresql")


def database_of(home: Home, named: str) -> str:
    """Return the address of a server's database as Prefect takes it, having looked whether it answers.

    Args:
        home: of the server.
        named: an address of PostgreSQL, or an empty string for the file in the server's folder.

    Raises:
        UsageError: the address is none of PostgreSQL.
        ServerError: the database is broken, or can't be reached.
    """
    if not named:
        _check_file(home)
        return f"sqlite+aiosqlite:///{home.database.as_posix()}"
    try:
        url = make_url(named)
    except (ArgumentError, ValueError):
        raise UsageError("看不懂的数据库地址", where=shown(named), hint=_EXAMPLE) from None
    if url.drivername.partition("+")[0] not in _POSTGRESQL or not url.database:
        raise UsageError("服务的数据库只支持 PostgreSQL", where=shown(named), hint=_EXAMPLE)
    url = url.set(drivername="postgresql+asyncpg")
    asyncio.run(_check_server(url, shown(named)))
    return url.render_as_string(hide_password=False)


def _check_file(home: Home) -> None:
    if not home.database.exists():
        return
    try:
        with closing(sqlite3.connect(home.database, timeout=_SECONDS)) as connection:
            (told,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        told = str(error)
    if told != "ok":
        hint = (
            "请从备份恢复，或移走它（连同 -wal、-shm 文件）后重新启动：运行记录会重新开始，年报数据不受影响"
        )
        raise ServerError(f"服务的数据库已损坏（{told}）", where=str(home.database), hint=hint)


async def _check_server(url: URL, place: str) -> None:
    from asyncpg import PostgresError
    from sqlalchemy.exc import SQLAlchemyError
    from sqlalchemy.ext.asyncio import create_async_engine

    engine = create_async_engine(url)
    try:
        async with asyncio.timeout(_SECONDS), engine.connect():
            pass
    except (OSError, SQLAlchemyError, PostgresError, TimeoutError) as error:
        raise ServerError("连不上数据库", where=place, hint=f"{_cause(error)}；{_EXAMPLE}") from error
    finally:
        await engine.dispose()


def _cause(error: BaseException) -> str:
    if isinstance(error, TimeoutError):
        return f"{_SECONDS} 秒没有回答"
    return " ".join(str(error).split())[:200] or type(error).__name__
