"""The store: what was listed, read and found, in one database: SQLite's or PostgreSQL's.

Importing it loads SQLAlchemy; import it where it is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING, Self

from sqlalchemy import Connection, Engine

from nianbao.model import Entry, Filing, RunRecord
from nianbao.store import pastruns, reads, writes
from nianbao.store.acceptances import AcceptanceRow, KeptAcceptances
from nianbao.store.arrivals import Arrivals
from nianbao.store.checks import verify
from nianbao.store.freshness import Freshness
from nianbao.store.ledger import Ledger, LedgerRow
from nianbao.store.opening import PATIENCE_SECONDS, connect, prepare, transaction
from nianbao.store.published import Published
from nianbao.store.snapshots import Snapshots
from nianbao.store.waivers import KeptWaivers, WaiverRow

if TYPE_CHECKING:
    from nianbao.archive import Archive
    from nianbao.steps import Processed
    from nianbao.store.exporting import Exported

__all__ = ["AcceptanceRow", "LedgerRow", "Store", "WaiverRow"]

BUSY_SECONDS = 30.0


class Store:
    """An open store; safe to share between threads, each process opens its own.

    Every method is one transaction, and raises StoreError where the database can't do it.
    """

    def __init__(self, engine: Engine, place: str) -> None:
        self._engine = engine
        self._place = place

    @classmethod
    def open(cls, location: str | Path, *, busy_seconds: float = BUSY_SECONDS, make: bool = True) -> Store:
        """Open a store.

        Args:
            location: the path of a file, or a `sqlite:///…` or `postgresql://…` address.
            busy_seconds: how long a writer waits for another one.
            make: whether it is made where there is none.

        Raises:
            StoreError: it can't be opened, is not ours, or was made by a newer version; it is left as it was.
        """
        engine, place = connect(location, busy_seconds, make=make)
        try:
            prepare(engine, place, make=make)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, place)

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def begin_run(self, record: RunRecord, command: str) -> None:
        """Write a run down; one that is begun again (resumed) is running again."""
        with self._writing() as connection:
            writes.begin_run(connection, record, command)

    def interrupt_runs(self) -> tuple[str, ...]:
        """Write down that the runs that are running were killed; for whoever holds the store's lock.

        Returns:
            Their ids. From here on they may write nothing more.
        """
        with self._writing() as connection:
            return writes.interrupt_runs(connection)

    def finish_run(self, run_id: str, status: str, counts: Mapping[str, int]) -> None:
        """Write down how a run ended: its status, and how many files had which outcome."""
        with self._writing() as connection:
            writes.finish_run(connection, run_id, status, counts)

    def run(self, run_id: str) -> RunRecord:
        """Return the record of a run, as it was begun."""
        with self._reading() as connection:
            return reads.run_record(connection, run_id)

    def past_runs(self, most: int | None = None) -> tuple[pastruns.PastRun, ...]:
        """Return the runs, the latest first; no more than so many."""
        with self._reading() as connection:
            return pastruns.past_runs(connection, most)

    def add_filings(self, run_id: str, filings: Iterable[Filing]) -> tuple[int, ...]:
        """Write down what a run is to read; return the ids of the files, in the order of the filings."""
        with self._writing() as connection:
            return writes.add_filings(connection, run_id, tuple(filings))

    def filings(self, ids: Iterable[int]) -> tuple[Filing, ...]:
        """Return filings in the order of their ids."""
        with self._reading() as connection:
            return reads.filings(connection, tuple(ids))

    def save(
        self,
        run_id: str,
        items: Iterable[tuple[int, Processed]],
        durations: Mapping[int, int] = MappingProxyType({}),
    ) -> None:
        """Write what came of files; what an earlier reading of the same content left is replaced.

        Args:
            run_id: the run that read them.
            items: (file id, what came of it).
            durations: file id → milliseconds spent on it.
        """
        batch: Sequence[tuple[int, Processed]] = tuple(items)
        with self._writing() as connection:
            writes.save(connection, run_id, batch, durations)

    def pending(self, run_id: str) -> tuple[int, ...]:
        """Return the ids of the files that the run listed and has not saved yet."""
        with self._reading() as connection:
            return reads.pending(connection, run_id)

    def years(self, run_id: str) -> tuple[int, ...]:
        """Return the years that a run's reports are about, the earliest first."""
        with self._reading() as connection:
            return reads.years(connection, run_id)

    def load_entries(self, run_id: str) -> tuple[Entry, ...]:
        """Return what a run read, as a yearbook's entries, ordered by file and part."""
        with self._reading() as connection:
            return reads.entries(connection, reads.of_run(run_id))

    def load_entries_for_year(self, year: int) -> tuple[Entry, ...]:
        """Return a year's reports of all runs, from what each file held when it was last read."""
        with self._reading() as connection:
            return reads.entries(connection, reads.of_year(year))

    def verify(self) -> tuple[str, ...]:
        """Return what is wrong, one Chinese line each: damage, and evidence that its text does not hold."""
        with self._reading() as connection:
            return tuple(verify(connection))

    @property
    def ledger(self) -> Ledger:
        """What people entered instead of what was read."""
        return Ledger(self._reading, self._writing)

    @property
    def waivers(self) -> KeptWaivers:
        """The findings that somebody answers for."""
        return KeptWaivers(self._reading, self._writing)

    @property
    def acceptances(self) -> KeptAcceptances:
        """What people looked at and let stand."""
        return KeptAcceptances(self._reading, self._writing)

    def enter(
        self,
        corrections: Iterable[LedgerRow],
        waivers: Iterable[WaiverRow],
        acceptances: Iterable[AcceptanceRow],
    ) -> None:
        """Write down what people decided, all of it or nothing."""
        with self._writing() as connection:
            Ledger.add(connection, corrections)
            KeptWaivers.add(connection, waivers)
            KeptAcceptances.add(connection, acceptances)

    @property
    def freshness(self) -> Freshness:
        """What knows which files are still as they were read."""
        return Freshness(self._reading, self._writing)

    @property
    def arrivals(self) -> Arrivals:
        """What earlier runs saw of files."""
        return Arrivals(self._reading)

    @property
    def published(self) -> Published:
        """What was published of the years, and what runs came to."""
        return Published(self._reading, self._writing)

    @property
    def snapshots(self) -> Snapshots:
        """What each run published."""
        return Snapshots(self._reading, self._writing)

    def export(
        self,
        path: Path,
        archive: Archive | None = None,
        told: Callable[[str, int], None] = lambda phase, steps: None,
    ) -> Exported:
        """Write all of it, and the bytes of the archive that it names, into one file; see `export_store`."""
        from nianbao.store.exporting import export_store

        with self._reading() as connection:
            return export_store(connection, archive, path, told)

    def digests(self) -> tuple[str, ...]:
        """Return the digests of all contents that were ever read, in order."""
        with self._reading() as connection:
            return tuple(reads.digests(connection))

    def _reading(self) -> AbstractContextManager[Connection]:
        return transaction(self._engine, self._place, writing=False, patience=PATIENCE_SECONDS)

    def _writing(self) -> AbstractContextManager[Connection]:
        return transaction(self._engine, self._place, writing=True, patience=PATIENCE_SECONDS)
