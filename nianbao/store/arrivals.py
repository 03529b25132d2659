"""What earlier runs saw of a run's files: by it a run tells what is new and what has changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager

from sqlalchemy import Connection, select

from nianbao.model import RunRecord
from nianbao.store.bulk import chunks
from nianbao.store.schema import run_files, runs

Opened = Callable[[], AbstractContextManager[Connection]]

# A run that was killed, stopped or published nothing has told nobody what it saw.
_ENDED = ("complete", "partial")
_PLACE = "来源"


class Arrivals:
    """The part of a store that knows what earlier runs saw; every method is one transaction."""

    def __init__(self, reading: Opened) -> None:
        self._reading = reading

    def seen_before(self, run: RunRecord, ids: Sequence[int]) -> Mapping[int, str]:
        """Return what files held when a run last saw them that came to its end.

        Args:
            run: the run that asks: the last one over the same place counts, and for a file that it did not
                see the last one of all others.
            ids: of the files.

        Returns:
            The digest of the bytes by the file's id; files that no run could fetch are left out.
        """
        with self._reading() as connection:
            found = _seen_by(connection, _run_before(connection, run))
            for chunk in chunks([file_id for file_id in ids if file_id not in found]):
                found |= _last_seen(connection, run.id, chunk)
        return {file_id: found[file_id] for file_id in ids if file_id in found}


def _run_before(connection: Connection, run: RunRecord) -> str | None:
    """Return the id of the last run over the same place that came to its end."""
    ended = runs.c.status.in_(_ENDED) & (runs.c.command == "run") & (runs.c.id != run.id)
    listed = connection.execute(
        select(runs.c.id, runs.c.settings).where(ended).order_by(runs.c.started.desc(), runs.c.id.desc())
    )
    place = dict(run.settings).get(_PLACE)
    return next((row.id for row in listed if dict(row.settings).get(_PLACE) == place), None)


def _seen_by(connection: Connection, run_id: str | None) -> dict[int, str]:
    if run_id is None:
        return {}
    told = select(run_files.c.file_id, run_files.c.sha256)
    held = told.where(run_files.c.run_id == run_id, run_files.c.sha256.is_not(None))
    return {file_id: digest for file_id, digest in connection.execute(held) if digest}


def _last_seen(connection: Connection, run_id: str, ids: Sequence[int]) -> dict[int, str]:
    told = select(run_files.c.file_id, run_files.c.sha256).join(runs, runs.c.id == run_files.c.run_id)
    held = told.where(run_files.c.file_id.in_(ids), run_files.c.sha256.is_not(None))
    by_others = held.where(runs.c.status.in_(_ENDED), runs.c.id != run_id).order_by(runs.c.started, runs.c.id)
    return {file_id: digest for file_id, digest in connection.execute(by_others) if digest}
