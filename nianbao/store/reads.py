"""What is read back: reports as they were saved, with the places of their evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Select, Table, and_, select, tuple_

from nianbao.errors import StoreError
from nianbao.model import Document, Entry, Filing, Report, RunRecord
from nianbao.steps import entry_of
from nianbao.store import document_rows, rows
from nianbao.store.bulk import chunks
from nianbao.store.schema import (
    documents,
    failures,
    figures,
    files,
    findings,
    items,
    metadata,
    numerals,
    observations,
    reports,
    run_files,
    runs,
    sections,
)

# The outcome of a file that is listed and not read yet.
PENDING = "pending"

_CHILDREN: tuple[tuple[Table, Callable[[Sequence[Any]], Any]], ...] = (
    (sections, rows.section),
    (items, rows.item),
    (observations, rows.observation),
    (numerals, rows.numeral),
    (figures, rows.figure),
    (findings, rows.finding),
    (failures, rows.failure),
)


def run_record(connection: Connection, run_id: str) -> RunRecord:
    """Return the record of a run."""
    found = connection.execute(select(runs).where(runs.c.id == run_id)).first()
    if found is None:
        raise StoreError(f"没有登记编号为 {run_id} 的运行")
    return rows.run_record(found)


def filings(connection: Connection, ids: Sequence[int]) -> tuple[Filing, ...]:
    """Return filings in the order of their ids."""
    found: dict[int, Filing] = {}
    for chunk in chunks(ids):
        for row in connection.execute(select(files).where(files.c.id.in_(chunk))):
            found[row.id] = document_rows.filing(row)
    missing = [file_id for file_id in ids if file_id not in found]
    if missing:
        raise StoreError(f"没有登记编号为 {missing[0]} 的文件")
    return tuple(found[file_id] for file_id in ids)


def of_run(run_id: str) -> Select[tuple[int]]:
    """Select the reports of a run: those of the contents that it saw."""
    same = and_(run_files.c.file_id == reports.c.file_id, run_files.c.sha256 == reports.c.sha256)
    return select(reports.c.id).join(run_files, same).where(run_files.c.run_id == run_id)


def of_year(year: int) -> Select[tuple[int]]:
    """Select a year's reports of all runs, from what each file held when it was last read."""
    same = and_(files.c.id == reports.c.file_id, files.c.sha256 == reports.c.sha256)
    return select(reports.c.id).join(files, same).where(reports.c.year == year)


def pending(connection: Connection, run_id: str) -> tuple[int, ...]:
    """Return the ids of the files that a run listed and has not saved yet."""
    found = select(run_files.c.file_id).where(run_files.c.run_id == run_id, run_files.c.outcome == PENDING)
    return tuple(connection.execute(found.order_by(run_files.c.file_id)).scalars())


def years(connection: Connection, run_id: str) -> tuple[int, ...]:
    """Return the years that a run's reports are about, the earliest first."""
    chosen = reports.c.id.in_(of_run(run_id))
    found = (
        select(reports.c.year).where(chosen, reports.c.year.is_not(None)).distinct().order_by(reports.c.year)
    )
    return tuple(connection.execute(found).scalars())


def digests(connection: Connection) -> list[str]:
    """Return the digests of all contents that the tables name, in order."""
    found: set[str] = set()
    for table in metadata.sorted_tables:
        if "sha256" in table.columns:
            named = connection.execute(select(table.columns["sha256"]).distinct()).scalars()
            found.update(digest for digest in named if digest)
    return sorted(found)


def entries(connection: Connection, chosen: Select[tuple[int]]) -> tuple[Entry, ...]:
    """Return the chosen reports as a yearbook's entries, ordered by file and part."""
    wanted = select(reports.c.file_id).where(reports.c.id.in_(chosen))
    found = connection.execute(select(files.c.id, files.c.uri).where(files.c.id.in_(wanted)))
    originals = {row.id: original_of(row.uri) for row in found}
    return tuple(
        replace(entry_of(report, document), original=originals[file_id])
        for file_id, report, document in reports_of_files(connection, chosen)
    )


def original_of(uri: str) -> str:
    """Return the path or address that people open, without where a copy lies or a member of an archive.

    Args:
        uri: of a filing of the built-in sources.
    """
    if "://" in uri:
        return uri.rpartition("#")[0] or uri
    # A row of a list that names a file (`list.xlsx#3`) stands in for the file until it is fetched.
    return uri[:1] + uri[1:].partition("//")[0]


def read_reports(
    connection: Connection, chosen: Select[tuple[int]]
) -> Iterator[tuple[Report, Document | None]]:
    """Yield the chosen reports, each with its document where it could be read, ordered by file and part."""
    return ((report, document) for _, report, document in reports_of_files(connection, chosen))


def reports_of_files(
    connection: Connection, chosen: Select[tuple[int]]
) -> Iterator[tuple[int, Report, Document | None]]:
    """Yield the chosen reports like `read_reports`, each with the id of its file before it."""
    children = {table.name: children_of(connection, table, make, chosen) for table, make in _CHILDREN}
    texts = _documents(connection, chosen)
    found = (
        select(reports)
        .where(reports.c.id.in_(chosen))
        .order_by(reports.c.file, reports.c.file_id, reports.c.part)
    )
    for row in connection.execute(found):
        own = {name: by_report.get(row.id, ()) for name, by_report in children.items()}
        yield row.file_id, rows.report(row, own), texts.get((row.file_id, row.sha256))


def children_of(
    connection: Connection, table: Table, make: Callable[[Sequence[Any]], Any], chosen: Select[tuple[int]]
) -> dict[int, tuple[Any, ...]]:
    """Return the chosen reports' rows of one table, in their order, by the id of the report."""
    key = (table.c.report_id, table.c.position)
    found = connection.execute(select(table).where(key[0].in_(chosen)).order_by(*key))
    return {
        report_id: tuple(make(row[2:]) for row in group)
        for report_id, group in groupby(found, key=lambda row: row[0])
    }


def _documents(connection: Connection, chosen: Select[tuple[int]]) -> dict[tuple[int, str], Document]:
    contents = select(reports.c.file_id, reports.c.sha256).where(reports.c.id.in_(chosen))
    found = select(documents).where(tuple_(documents.c.file_id, documents.c.sha256).in_(contents))
    return {(row.file_id, row.sha256): document_rows.document(row) for row in connection.execute(found)}
