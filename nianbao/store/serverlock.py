"""The lock of a store on PostgreSQL: an advisory lock, held by a connection of its own."""

from __future__ import annotations

from sqlalchemy import URL, Connection, NullPool
from sqlalchemy.exc import DBAPIError

from nianbao.store.address import place_of
from nianbao.store.lock import Holder, held_by, holder_of, label
from nianbao.store.opening import PATIENCE_SECONDS, PROGRAM, connected, plain_errors, postgresql

# Chosen once at random. The second half of the key is the schema, which may be one of several stores.
_KEY = 1_953_718_621
_SCHEMA = "hashtext(current_schema())"
_TAKE = f"SELECT pg_try_advisory_lock({_KEY}, {_SCHEMA})"
_HOLDER = f"""
    SELECT activity.application_name, activity.backend_start
    FROM pg_locks JOIN pg_stat_activity AS activity USING (pid)
    WHERE locktype = 'advisory' AND granted AND objsubid = 2 AND classid = {_KEY}
    AND objid::bigint = {_SCHEMA}::bigint & 4294967295
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""  # noqa: S608  no words of others


class ServerLock:
    """A lock that the server frees when its holder's connection ends, however that comes about."""

    def __init__(self, url: URL) -> None:
        self._url = url.difference_update_query(["application_name"])
        self._place = place_of(url)
        self._connection: Connection | None = None
        # Who is to hold it; nobody before it was taken and after it was given back.
        self._holder: Holder | None = None

    def try_to_take(self, holder: Holder) -> bool:
        """Take it unless somebody holds it; return whether it was taken."""
        return self._take(holder, patience=0)

    def _take(self, holder: Holder, patience: float) -> bool:
        self._holder = holder
        connection = self._connect(label(holder), patience)
        with plain_errors(connection.engine, self._place):
            if connection.exec_driver_sql(_TAKE).scalar():
                self._connection = connection
                return True
        connection.close()
        return False

    def holder(self) -> Holder | None:
        """Return who holds it, as far as can be told; None where nobody does."""
        connection = self._connect(PROGRAM)
        with plain_errors(connection.engine, self._place), connection:
            row = connection.exec_driver_sql(_HOLDER).first()
        return None if row is None else holder_of(row[0] or "", row[1])

    def check(self) -> None:
        """Make sure that it is still held; after the server was started anew, take it again.

        Raises:
            StoreError: somebody else has it now, or the server does not answer.
        """
        if self._holder is None or self._answers():
            return
        self._drop()
        if not self._take(self._holder, PATIENCE_SECONDS):
            raise held_by(self.holder() or Holder(), self._place)

    def _answers(self) -> bool:
        if self._connection is None:
            return False
        try:
            self._connection.exec_driver_sql("SELECT 1")
        except DBAPIError:
            return False
        return True

    def give_back(self) -> None:
        """Let the next one have it."""
        self._holder = None
        self._drop()

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None

    def _connect(self, name: str, patience: float = 0.0) -> Connection:
        engine = postgresql(self._url, self._place, application_name=name, poolclass=NullPool)
        return connected(engine, self._place, patience).execution_options(isolation_level="AUTOCOMMIT")
