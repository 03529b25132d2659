"""What each run published, kept for good: nothing prunes it, and what did not change is kept once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, literal, select

from nianbao.comparing import Snapshot, digest_of, pack, unpack
from nianbao.errors import StoreError
from nianbao.store import bulk
from nianbao.store.rows import SHANGHAI
from nianbao.store.schema import publications, run_snapshots, runs, snapshots

Opened = Callable[[], AbstractContextManager[Connection]]


@dataclass(frozen=True, slots=True)
class PublishingRun:
    """A run that published: its id, when it began (in Asia/Shanghai), and the years of its yearbooks."""

    id: str
    started: datetime
    years: tuple[int, ...]


class Snapshots:
    """The part of a store that keeps what was published; every method is one transaction."""

    def __init__(self, reading: Opened, writing: Opened) -> None:
        self._reading = reading
        self._writing = writing

    def keep(self, run_id: str, snapshot: Snapshot) -> None:
        """Keep what a run published of a year."""
        packed = pack(snapshot)
        digest = digest_of(packed)
        with self._writing() as connection:
            bulk.upsert(connection, snapshots, ("digest",), [(digest, packed)], kept=("content",))
            row = (run_id, snapshot.year, digest)
            bulk.upsert(connection, run_snapshots, ("run_id", "year"), [row])

    def carry_over(self, run_id: str, folder: str, year: int) -> None:
        """Write down that a run left a year in a folder as an earlier run published it."""
        earlier = (publications.c.run_id == run_snapshots.c.run_id) & (
            publications.c.year == run_snapshots.c.year
        )
        found = (
            select(literal(run_id), run_snapshots.c.year, run_snapshots.c.digest)
            .join(publications, earlier)
            .where(publications.c.folder == folder, publications.c.year == year)
            .where(publications.c.run_id != run_id)
        )
        with self._writing() as connection:
            connection.execute(insert(run_snapshots).from_select(list(run_snapshots.c.keys()), found))

    def runs(self) -> tuple[PublishingRun, ...]:
        """Return the runs that published anything, the latest first."""
        wanted = (
            select(runs.c.id, runs.c.started, run_snapshots.c.year)
            .join(run_snapshots, run_snapshots.c.run_id == runs.c.id)
            .order_by(runs.c.started.desc(), runs.c.id.desc(), run_snapshots.c.year)
        )
        found: dict[str, PublishingRun] = {}
        with self._reading() as connection:
            for run_id, started, year in connection.execute(wanted):
                known = found.get(run_id)
                years = (*known.years, year) if known else (year,)
                found[run_id] = PublishingRun(run_id, started.astimezone(SHANGHAI), years)
        return tuple(found.values())

    def of_run(self, run_id: str) -> tuple[Snapshot, ...]:
        """Return what a run published, year by year; nothing where it published nothing.

        Raises:
            StoreError: it is damaged, or a newer program wrote it.
        """
        wanted = (
            select(snapshots.c.digest, snapshots.c.content)
            .join(run_snapshots, run_snapshots.c.digest == snapshots.c.digest)
            .where(run_snapshots.c.run_id == run_id)
            .order_by(run_snapshots.c.year)
        )
        with self._reading() as connection:
            found = [(digest, bytes(content)) for digest, content in connection.execute(wanted)]
        return tuple(_unpacked(run_id, digest, content) for digest, content in found)


def _unpacked(run_id: str, digest: str, content: bytes) -> Snapshot:
    where = f"运行 {run_id} 的快照"
    if digest_of(content) != digest:
        raise StoreError("已损坏，不能比较", where=where, hint="请用当时的工作簿比较，或从备份恢复数据库")
    try:
        return unpack(content)
    except ValueError as error:
        raise StoreError(str(error), where=where) from error
