"""The runs that a store knows of, as whoever looks for one wants to see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from nianbao.store.bulk import chunks
from nianbao.store.rows import SHANGHAI
from nianbao.store.schema import run_snapshots, runs


@dataclass(frozen=True, slots=True)
class PastRun:
    """A run as it was written down.

    Args:
        id: of the run.
        started: when it began, in Asia/Shanghai.
        finished: when it ended, in Asia/Shanghai; None where it has not, or where it was killed.
        status: `running`, `complete`, `partial`, `failed`, `stopped` or `interrupted`.
        place: the folder, file or address that it read.
        counts: how many files and reports, by kind; nothing where it did not come to its end.
        years: the years of which it published a yearbook, or left one as it was.
    """

    id: str
    started: datetime
    finished: datetime | None
    status: str
    place: str
    counts: Mapping[str, int]
    years: tuple[int, ...]


def past_runs(connection: Connection, most: int | None) -> tuple[PastRun, ...]:
    """Return the runs, the latest first; no more than so many."""
    wanted = select(runs).where(runs.c.command == "run").order_by(runs.c.started.desc(), runs.c.id.desc())
    found = connection.execute(wanted.limit(most)).all()
    years: dict[str, list[int]] = {}
    for chunk in chunks([row.id for row in found]):
        published = select(run_snapshots.c.run_id, run_snapshots.c.year).where(
            run_snapshots.c.run_id.in_(chunk)
        )
        for run_id, year in connection.execute(published.order_by(run_snapshots.c.year)):
            years.setdefault(run_id, []).append(year)
    return tuple(
        PastRun(
            id=row.id,
            started=row.started.astimezone(SHANGHAI),
            finished=row.finished.astimezone(SHANGHAI) if row.finished else None,
            status=row.status,
            place=dict(row.settings).get("来源", ""),
            counts=dict(row.counts),
            years=tuple(years.get(row.id, ())),
        )
        for row in found
    )
