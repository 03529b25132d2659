"""Where a store is: the path of a SQLite file, or the address of a database."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from nianbao.errors import StoreError

MEMORY = ":memory:"
SQLITE, POSTGRESQL = "sqlite", "postgresql"

_DRIVERS = {SQLITE: "sqlite", POSTGRESQL: "postgresql+psycopg", "postgres": "postgresql+psycopg"}
_EXAMPLE = "请给出文件路径，如 out/nianbao.db，或 postgresql://用户@主机/数据库"
# The greedy match: a password may hold an @ that nobody encoded.
_PASSWORD = re.compile(r"(://[^:/@]*):.*@")
_SECRET = re.compile(r"([?&](?:ssl)?password=)[^&]*", re.IGNORECASE)
_HIDDEN = r"\1:***@"


def read_address(location: str | Path) -> URL:
    """Return the address of a store, with the driver that we use for it.

    Raises:
        StoreError: it can't be understood, or is of a database that we do not know.
    """
    if isinstance(location, Path) or "://" not in location:
        return URL.create(SQLITE, database=str(Path(location).expanduser()))
    try:
        url = make_url(location)
    except (ArgumentError, ValueError):
        # Its text may hold the password: it must not travel with ours.
        raise StoreError("看不懂的数据库地址", where=shown(location), hint=_EXAMPLE) from None
    driver = _DRIVERS.get(url.drivername.partition("+")[0])
    if driver is None:
        raise StoreError(
            "不支持这种数据库，只支持 SQLite 和 PostgreSQL", where=shown(location), hint=_EXAMPLE
        )
    return url.set(drivername=driver)


def shown(location: str | Path) -> str:
    """Return a location as it may be shown and kept: without its password."""
    text = str(location)
    return _SECRET.sub(r"\1***", _PASSWORD.sub(_HIDDEN, text)) if "://" in text else text


def place_of(url: URL) -> str:
    """Return the name that errors know a database by."""
    if url.get_backend_name() == SQLITE:
        return url.database or MEMORY
    return shown(url.set(drivername=POSTGRESQL).render_as_string(hide_password=True))


def check_file(url: URL) -> None:
    """Refuse a file that no database can be in.

    Raises:
        StoreError: it is a folder, or its folder is missing.
    """
    place = place_of(url)
    if "uri" in url.query or place == MEMORY:
        return
    path = Path(place)
    if path.is_dir():
        raise StoreError("这是一个文件夹，不是数据库文件", where=place, hint="请给出文件名，如 nianbao.db")
    if not path.parent.is_dir():
        raise StoreError("所在文件夹不存在", where=place, hint=f"请先建立文件夹 {path.parent}")
