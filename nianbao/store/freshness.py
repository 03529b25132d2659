"""How files were last read, and what of it still holds: rows in, rows out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, and_, delete, select

from nianbao.freshness import Reading
from nianbao.model import Document, DocumentKind, Entry, Filing, Report, Status
from nianbao.processed import Processed, Step
from nianbao.quarantine import Failed
from nianbao.store import bulk, document_rows, reads, rows, writes
from nianbao.store.bulk import chunks
from nianbao.store.schema import (
    failures,
    files,
    readings,
    reports,
    run_files,
    runs,
)

if TYPE_CHECKING:
    from sqlalchemy import Select

Opened = Callable[[], AbstractContextManager[Connection]]

UNCHANGED = "unchanged"
_READABLE = (Status.COMPLETE.value, Status.PARTIAL.value)
# The reports of what a file held when it was last read.
_AS_READ = and_(readings.c.file_id == reports.c.file_id, readings.c.sha256 == reports.c.sha256)


@dataclass(frozen=True, slots=True)
class ReportRow:
    """What a yearbook's fingerprint needs to know of a report."""

    file_id: int
    file: str
    part: int
    sha256: str
    status: str
    year: int | None
    digest: str
    kind: str


@dataclass(frozen=True, slots=True)
class LastRun:
    """The last run over a place: when it began, and how it stands."""

    id: str
    place: str
    started: datetime
    status: str


class Freshness:
    """The part of a store that knows what is still as it was; every method is one transaction."""

    def __init__(self, reading: Opened, writing: Opened) -> None:
        self._reading = reading
        self._writing = writing

    def readings(self, ids: Sequence[int]) -> dict[int, Reading]:
        """Return how files were last read; new ones are left out."""
        with self._reading() as connection:
            return {
                row.file_id: _reading(row)
                for chunk in chunks(ids)
                for row in connection.execute(select(readings).where(readings.c.file_id.in_(chunk)))
            }

    def known(self, filings: Sequence[Filing]) -> dict[tuple[str, str], int]:
        """Return the ids of filings by source and uri; those never listed before are left out."""
        with self._reading() as connection:
            return writes.file_ids(connection, filings)

    def contents(self, ids: Sequence[int]) -> dict[int, str]:
        """Return the digest of the bytes that each file last had; those never fetched are left out."""
        with self._reading() as connection:
            found: dict[int, str] = {}
            for chunk in chunks(ids):
                wanted = select(files.c.id, files.c.sha256).where(
                    files.c.id.in_(chunk), files.c.sha256.is_not(None)
                )
                found.update((row.id, row.sha256) for row in connection.execute(wanted))
            return found

    def kept(self, ids: Sequence[int]) -> dict[int, tuple[Document, tuple[Report, ...]]]:
        """Return the document and the reports of files as they were last read, where there is a document."""
        found: dict[int, tuple[Document, tuple[Report, ...]]] = {}
        with self._reading() as connection:
            for chunk in chunks(ids):
                chosen = select(reports.c.id).join(readings, _AS_READ).where(reports.c.file_id.in_(chunk))
                for file_id, report, document in reads.reports_of_files(connection, chosen):
                    if document is not None:
                        _, before = found.get(file_id, (document, ()))
                        found[file_id] = (document, (*before, report))
        return found

    def skip(self, run_id: str, unchanged: Mapping[int, Reading]) -> None:
        """Write down that files are as they were read before."""
        with self._writing() as connection:
            _skip(connection, run_id, unchanged)

    def save(
        self,
        run_id: str,
        items: Iterable[tuple[int, Processed]],
        durations: Mapping[int, int],
        found: Mapping[int, Reading],
    ) -> None:
        """Write what came of files, and how they are read now, all or nothing.

        Args:
            run_id: the run that did it.
            items: (file id, what came of it).
            durations: file id → milliseconds spent on it.
            found: file id → how it is read now.
        """
        batch = tuple(items)
        with self._writing() as connection:
            done = [(file_id, each) for file_id, each in batch if each.step is not Step.NOTHING]
            writes.save(connection, run_id, done, durations)
            _skip(connection, run_id, {i: found[i] for i, each in batch if each.step is Step.NOTHING})
            table = [_reading_row(file_id, reading) for file_id, reading in found.items()]
            bulk.upsert(connection, readings, ("file_id",), table)
            # What stood for a file that could not be fetched is over once it was.
            hashed = [file_id for file_id, each in batch if each.sha256]
            for chunk in chunks(hashed):
                gone = delete(reports).where(reports.c.file_id.in_(chunk), reports.c.sha256 == "")
                connection.execute(gone)

    def report_rows(self, ids: Sequence[int]) -> tuple[ReportRow, ...]:
        """Return the reports of files as they were last read, ordered by file and part."""
        with self._reading() as connection:
            found = [
                row
                for chunk in chunks(ids)
                for row in _report_rows(
                    connection, _row_columns().join(readings, _AS_READ).where(reports.c.file_id.in_(chunk))
                )
            ]
        return tuple(sorted(found, key=lambda row: (row.file, row.file_id, row.part)))

    def report_rows_of_year(self, year: int) -> tuple[ReportRow, ...]:
        """Return a year's reports of all runs, from what each file held when it was last fetched."""
        same = and_(files.c.id == reports.c.file_id, files.c.sha256 == reports.c.sha256)
        wanted = _row_columns().join(files, same).outerjoin(readings, readings.c.file_id == files.c.id)
        with self._reading() as connection:
            return tuple(_report_rows(connection, wanted.where(reports.c.year == year)))

    def heads(self, run_id: str) -> tuple[Entry, ...]:
        """Return a run's reports with their identity and failures alone, ordered by file and part."""
        chosen = reads.of_run(run_id)
        with self._reading() as connection:
            broken = reads.children_of(connection, failures, rows.failure, chosen)
            found = select(reports).where(reports.c.id.in_(chosen))
            ordered = found.order_by(reports.c.file, reports.c.file_id, reports.c.part)
            return tuple(
                Entry(rows.report(row, {"failures": broken.get(row.id, ())}), (), "")
                for row in connection.execute(ordered)
            )

    def failed(self, ids: Sequence[int]) -> tuple[Failed, ...]:
        """Return what failed on the reports that files held when they were last read."""
        wanted = (
            select(reports.c.file, reports.c.part, failures.c.plugin, failures.c.stage, failures.c.error)
            .join(readings, _AS_READ)
            .join(failures, failures.c.report_id == reports.c.id)
            .where(reports.c.status.in_(_READABLE))
        )
        with self._reading() as connection:
            return tuple(
                Failed(*row)
                for chunk in chunks(ids)
                for row in connection.execute(wanted.where(reports.c.file_id.in_(chunk)))
            )

    def places(self, ids: Sequence[int]) -> dict[int, frozenset[tuple[int | None, str | None, DocumentKind]]]:
        """Return the years, counties and kinds of the reports that files held when they were last read."""
        found: dict[int, set[tuple[int | None, str | None, DocumentKind]]] = {}
        told = (reports.c.file_id, reports.c.year, reports.c.county, reports.c.document_kind)
        wanted = select(*told).join(readings, _AS_READ)
        with self._reading() as connection:
            for chunk in chunks(ids):
                chosen = wanted.where(reports.c.file_id.in_(chunk), reports.c.status.in_(_READABLE))
                for file_id, year, county, kind in connection.execute(chosen):
                    place = (year, county, DocumentKind(kind or DocumentKind.REPORT))
                    found.setdefault(file_id, set()).add(place)
        return {file_id: frozenset(told) for file_id, told in found.items()}

    def last_runs(self) -> tuple[LastRun, ...]:
        """Return the last run over each place, the latest first."""
        wanted = select(runs).where(runs.c.command == "run").order_by(runs.c.started.desc(), runs.c.id.desc())
        found: dict[str, LastRun] = {}
        with self._reading() as connection:
            for row in connection.execute(wanted):
                place = dict(row.settings).get("来源", "")
                found.setdefault(place, LastRun(row.id, place, row.started, row.status))
        return tuple(found.values())

    def listed_by(self, run_id: str) -> frozenset[int]:
        """Return the ids of the files that a run listed."""
        wanted = select(run_files.c.file_id).where(run_files.c.run_id == run_id)
        with self._reading() as connection:
            return frozenset(connection.execute(wanted).scalars())


def _row_columns() -> Select[Any]:
    return select(
        reports.c.file_id,
        reports.c.file,
        reports.c.part,
        reports.c.sha256,
        reports.c.status,
        reports.c.year,
        readings.c.digest,
        reports.c.document_kind,
    ).select_from(reports)


def _report_rows(connection: Connection, wanted: Select[Any]) -> Iterable[ReportRow]:
    for file_id, file, part, sha256, status, year, digest, kind in connection.execute(wanted):
        yield ReportRow(
            file_id, file, part, sha256, status, year, digest or "", kind or DocumentKind.REPORT.value
        )


def _skip(connection: Connection, run_id: str, unchanged: Mapping[int, Reading]) -> None:
    found = [
        (run_id, file_id, reading.sha256, reading.outcome, None, reading.cause, UNCHANGED)
        for file_id, reading in unchanged.items()
    ]
    bulk.upsert(connection, run_files, ("run_id", "file_id"), found)


def _reading_row(file_id: int, reading: Reading) -> document_rows.Row:
    return (
        file_id,
        reading.sha256,
        reading.stamp,
        reading.listed,
        reading.read_by,
        reading.extracted_by,
        reading.validated_by,
        reading.until.isoformat() if reading.until else None,
        reading.digest,
        reading.may_pass,
        reading.outcome,
        reading.cause,
        reading.media_type,
        document_rows.to_json(document_rows.facts_list(reading.headers)),
    )


def _reading(row: Any) -> Reading:
    return Reading(
        sha256=row.sha256,
        stamp=row.stamp,
        listed=row.listed,
        read_by=row.read_by,
        extracted_by=row.extracted_by,
        validated_by=row.validated_by,
        until=date.fromisoformat(row.until) if row.until else None,
        digest=row.digest,
        may_pass=row.may_pass,
        outcome=row.outcome,
        cause=row.cause,
        media_type=row.media_type,
        headers=document_rows.facts(row.headers),
    )
