"""What is written: the same batch twice leaves the same rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table, delete, select, update
from sqlalchemy import insert as insert_into

from nianbao.errors import StoreError
from nianbao.model import Filing, Report, RunRecord, Status
from nianbao.store import bulk, document_rows, rows
from nianbao.store.bulk import chunks, upsert
from nianbao.store.columns import Moment
from nianbao.store.reads import PENDING
from nianbao.store.schema import (
    documents,
    failures,
    figures,
    files,
    findings,
    numerals,
    observations,
    reports,
    run_files,
    runs,
    sections,
)
from nianbao.store.schema import items as report_items

if TYPE_CHECKING:
    from nianbao.steps import Processed

RUNNING, INTERRUPTED = "running", "interrupted"

ReportKey = tuple[int, str, int]

_CHILD_ROWS: tuple[tuple[Table, Callable[[Report], Iterable[document_rows.Row]]], ...] = (
    (sections, lambda report: map(rows.section_row, report.sections)),
    (report_items, lambda report: map(rows.item_row, report.items)),
    (observations, lambda report: map(rows.observation_row, report.observations)),
    (numerals, lambda report: map(rows.numeral_row, report.numerals)),
    (figures, lambda report: map(rows.figure_row, report.figures)),
    (findings, lambda report: map(rows.finding_row, report.findings)),
    (failures, lambda report: map(rows.failure_row, report.failures)),
)


def begin_run(connection: Connection, record: RunRecord, command: str) -> None:
    """Write a run down; one that is begun again (resumed) is running again."""
    row = {
        "id": record.id,
        "started": record.started,
        "finished": None,
        "status": RUNNING,
        "command": command,
        "version": record.version,
        "catalogue": record.catalogue,
        "fingerprint": rows.fingerprint(record),
        "plugins": record.plugins,
        "settings": record.settings,
        "counts": {},
    }
    again = connection.execute(update(runs).where(runs.c.id == record.id).values(row))
    if not again.rowcount:
        connection.execute(insert_into(runs).values(row))


def interrupt_runs(connection: Connection) -> tuple[str, ...]:
    """Write down that the runs that are running are not: whoever holds the store's lock knows it."""
    killed = update(runs).where(runs.c.status == RUNNING).values(status=INTERRUPTED)
    return tuple(connection.execute(killed.returning(runs.c.id)).scalars())


def finish_run(connection: Connection, run_id: str, status: str, counts: Mapping[str, int]) -> None:
    """Write down how a run ended."""
    _run(connection, run_id)
    ended = update(runs).where(runs.c.id == run_id)
    connection.execute(ended.values(finished=datetime.now(UTC), status=status, counts=dict(counts)))


def add_filings(connection: Connection, run_id: str, filings: Sequence[Filing]) -> tuple[int, ...]:
    """Write down what a run is to read.

    A file is dated by the run that listed it, not by the clock, so that a repeated call changes nothing.
    """
    started = _run(connection, run_id).started
    seen = Moment().process_bind_param(started, connection.dialect)
    found = [
        (
            filing.source,
            filing.uri,
            filing.name,
            document_rows.to_json(document_rows.facts_list(filing.facts)),
            seen,
            seen,
        )
        for filing in filings
    ]
    upsert(connection, files, ("source", "uri"), found, left_out=("id", "sha256"), kept=("first_seen",))
    ids = file_ids(connection, filings)
    listed = [(run_id, ids[filing.source, filing.uri], None, PENDING, None, "", None) for filing in filings]
    upsert(connection, run_files, ("run_id", "file_id"), listed, kept=tuple(run_files.c.keys()))
    return tuple(ids[filing.source, filing.uri] for filing in filings)


def file_ids(connection: Connection, filings: Sequence[Filing]) -> dict[tuple[str, str], int]:
    """Return the ids of filings by source and uri; those never listed are left out."""
    ids: dict[tuple[str, str], int] = {}
    for source in {filing.source for filing in filings}:
        for chunk in chunks(sorted({filing.uri for filing in filings if filing.source == source})):
            found = select(files.c.uri, files.c.id).where(files.c.source == source, files.c.uri.in_(chunk))
            ids.update({(source, uri): file_id for uri, file_id in connection.execute(found)})
    return ids


def save(
    connection: Connection,
    run_id: str,
    items: Iterable[tuple[int, Processed]],
    durations: Mapping[int, int],
) -> None:
    """Write what came of files; what an earlier reading of the same content left is replaced.

    Args:
        connection: of the transaction.
        run_id: the run that read them.
        items: (file id, what came of it); of a file told twice the last counts.
        durations: file id → milliseconds spent on it.
    """
    batch = dict(items)
    made_by = _run(connection, run_id).fingerprint
    hashed = [(done.sha256, file_id) for file_id, done in batch.items() if done.sha256]
    bulk.update(connection, files, "sha256", "id", hashed)
    _save_documents(connection, batch)
    reports_by_id = _save_reports(connection, batch, made_by)
    _save_children(connection, reports_by_id)
    outcomes = []
    for file_id, done in batch.items():
        status, cause = outcome(done.reports)
        outcomes.append(
            (run_id, file_id, done.sha256, status, durations.get(file_id), cause, done.step.value)
        )
    upsert(connection, run_files, ("run_id", "file_id"), outcomes)


def outcome(found: Sequence[Report]) -> tuple[str, str]:
    """Return how the reading of a file ended, and why it is not complete.

    A file of several reports that ended differently is partial.
    """
    statuses = {report.status for report in found}
    status = statuses.pop() if len(statuses) == 1 else Status.PARTIAL
    causes = (
        report.error
        or report.reason
        or "；".join(f"{f.plugin}（{f.stage}）：{f.error}" for f in report.failures)
        for report in found
        if report.status is not Status.COMPLETE
    )
    return status.value, next((cause for cause in causes if cause), "")


def _save_documents(connection: Connection, batch: Mapping[int, Processed]) -> None:
    found = []
    gone = []
    for file_id, done in batch.items():
        if done.document is None:
            gone.append((file_id, done.sha256))
        else:
            found.append(document_rows.document_row(file_id, done.sha256, done.document))
    for file_id, sha256 in gone:
        content = documents.c.file_id == file_id, documents.c.sha256 == sha256
        connection.execute(delete(documents).where(*content))
    upsert(connection, documents, ("file_id", "sha256"), found)


def _save_reports(
    connection: Connection, batch: Mapping[int, Processed], made_by: str
) -> list[tuple[int, Report]]:
    """Write the reports and drop those that the content no longer holds; return them with their ids."""
    wanted: dict[ReportKey, Report] = {}
    for file_id, done in batch.items():
        for report in done.reports:
            wanted[file_id, done.sha256, report.part] = report
    found = [
        rows.report_row(file_id, sha256, report, made_by) for (file_id, sha256, _), report in wanted.items()
    ]
    upsert(connection, reports, ("file_id", "sha256", "part"), found, left_out=("id",))
    contents = {(file_id, done.sha256) for file_id, done in batch.items()}
    kept: list[tuple[int, Report]] = []
    dropped: list[int] = []
    for chunk in chunks(sorted(batch)):
        key = (reports.c.id, reports.c.file_id, reports.c.sha256, reports.c.part)
        for report_id, file_id, sha256, part in connection.execute(select(*key).where(key[1].in_(chunk))):
            if (file_id, sha256, part) in wanted:
                kept.append((report_id, wanted[file_id, sha256, part]))
            elif (file_id, sha256) in contents:
                dropped.append(report_id)
    bulk.remove(connection, reports.c.id, dropped)
    return kept


def _save_children(connection: Connection, found: Sequence[tuple[int, Report]]) -> None:
    ids = [report_id for report_id, _ in found]
    for table, child_rows in _CHILD_ROWS:
        bulk.remove(connection, table.c.report_id, ids)
        children = [
            (report_id, position, *row)
            for report_id, report in found
            for position, row in enumerate(child_rows(report))
        ]
        bulk.insert(connection, table, children)


def _run(connection: Connection, run_id: str) -> Any:
    """Return what a run is known by; it stays what it is until the transaction ends.

    Raises:
        StoreError: there is no such run, or another one took its place while its server was gone.
    """
    wanted = select(runs.c.started, runs.c.fingerprint, runs.c.status).where(runs.c.id == run_id)
    found = connection.execute(wanted.with_for_update(read=True)).first()
    if found is None:
        raise StoreError(f"没有登记编号为 {run_id} 的运行", hint="请先登记运行")
    if found.status == INTERRUPTED:
        message = f"编号为 {run_id} 的运行已被后来的运行接替，不再写入"
        raise StoreError(message, hint="请等后来的运行结束，再重新运行")
    return found
