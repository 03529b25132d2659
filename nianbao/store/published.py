"""What was published of the years, and what runs came to: by it a run knows that it has nothing to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, select

from nianbao.model import DocumentKind
from nianbao.store import bulk, document_rows
from nianbao.store.columns import Moment
from nianbao.store.schema import publications, run_results, runs

# Between a folder and a further kind of report, whose publications stand beside those on 法治政府建设.
_OF_KIND = "\n"

Opened = Callable[[], AbstractContextManager[Connection]]


@dataclass(frozen=True, slots=True)
class Publication:
    """What was last published of a year into a folder.

    Args:
        fingerprint: of all that went into it.
        files: of each its path, size, time of change and digest.
        outcome: what was told of it, as JSON; nothing while it is being published.
        written: when this was written down; None where it is not yet.
    """

    fingerprint: str
    files: tuple[tuple[str, int, int, str], ...]
    outcome: Mapping[str, Any]
    written: datetime | None = None


class Published:
    """The part of a store that knows what was published; every method is one transaction."""

    def __init__(self, reading: Opened, writing: Opened) -> None:
        self._reading = reading
        self._writing = writing

    def publication(
        self, folder: str, year: int, kind: DocumentKind = DocumentKind.REPORT
    ) -> Publication | None:
        """Return what was last published of a year's reports of a kind into a folder, or None."""
        place = _place(folder, kind)
        wanted = select(publications).where(publications.c.folder == place, publications.c.year == year)
        with self._reading() as connection:
            row = connection.execute(wanted).first()
        return None if row is None else _publication(row)

    def publications_of(self, year: int) -> tuple[Publication, ...]:
        """Return what was last published of a year's reports on 法治政府建设, into whatever folders."""
        wanted = select(publications).where(publications.c.year == year).order_by(publications.c.folder)
        with self._reading() as connection:
            found = connection.execute(wanted)
            return tuple(_publication(row) for row in found if _OF_KIND not in row.folder)

    def publish(
        self,
        run_id: str,
        folder: str,
        year: int,
        made: Publication,
        kind: DocumentKind = DocumentKind.REPORT,
    ) -> None:
        """Write down what was published of a year's reports of a kind into a folder."""
        with self._writing() as connection:
            now = Moment().process_bind_param(datetime.now(UTC), connection.dialect)
            row = (
                _place(folder, kind),
                year,
                made.fingerprint,
                run_id,
                now,
                document_rows.to_json(made.files),
                document_rows.to_json(made.outcome),
            )
            bulk.upsert(connection, publications, ("folder", "year"), [row])

    def keep_result(self, run_id: str, request: str, summary: Mapping[str, Any]) -> None:
        """Keep what a run came to, under what it was asked."""
        with self._writing() as connection:
            row = (run_id, request, document_rows.to_json(summary))
            bulk.upsert(connection, run_results, ("run_id",), [row])

    def last_result(self, request: str) -> tuple[str, datetime, Mapping[str, Any]] | None:
        """Return the last run that was asked the same: its id, its end, and what it came to; or None."""
        wanted = (
            select(run_results.c.run_id, runs.c.finished, run_results.c.summary)
            .join(runs, runs.c.id == run_results.c.run_id)
            .where(run_results.c.request == request, runs.c.finished.is_not(None))
            .order_by(runs.c.started.desc(), runs.c.id.desc())
            .limit(1)
        )
        with self._reading() as connection:
            row = connection.execute(wanted).first()
        return None if row is None else (row.run_id, row.finished, row.summary)


def _place(folder: str, kind: DocumentKind) -> str:
    return folder if kind is DocumentKind.REPORT else f"{folder}{_OF_KIND}{kind}"


def _publication(row: Any) -> Publication:
    told = tuple((path, size, changed, digest) for path, size, changed, digest in row.files)
    return Publication(row.fingerprint, told, row.outcome, row.published)
