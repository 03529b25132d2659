"""Checks the store itself: its pages, and that every piece of evidence stands in its text."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, Text, cast, func, literal_column, select
from sqlalchemy.exc import DBAPIError

from nianbao.comparing import digest_of
from nianbao.model import Document, Report
from nianbao.store.address import SQLITE
from nianbao.store.bulk import chunks
from nianbao.store.reads import read_reports
from nianbao.store.schema import metadata, reports, run_snapshots, snapshots


def verify(connection: Connection) -> Iterator[str]:
    """Yield what is wrong, one Chinese line each."""
    damaged = list(_damage(connection))
    if damaged:
        # Nothing else that is read from it could be trusted.
        yield from damaged
        return
    ids = connection.execute(select(reports.c.id).order_by(reports.c.id)).scalars().all()
    for chunk in chunks(ids):
        for report, document in read_reports(connection, select(reports.c.id).where(reports.c.id.in_(chunk))):
            for quote in _false_evidence(report, document):
                yield f"{report.file}：引文与原文不符：{quote[:40]}"
    yield from _false_snapshots(connection)


def _false_snapshots(connection: Connection) -> Iterator[str]:
    kept = select(run_snapshots.c.run_id, run_snapshots.c.year, snapshots).join(snapshots)
    for run_id, year, digest, content in connection.execute(kept.order_by(*run_snapshots.primary_key)):
        if digest_of(content) != digest:
            yield f"运行 {run_id} 的 {year} 年度快照已损坏，不能用来比较"


def _damage(connection: Connection) -> Iterator[str]:
    if connection.dialect.name == SQLITE:
        for line in connection.exec_driver_sql("PRAGMA integrity_check").scalars():
            if line != "ok":
                yield f"数据库文件已损坏：{line}"
        for orphan in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            yield f"表 {orphan[0]} 中有一行没有归属（第 {orphan[1]} 行）"
        return
    # PostgreSQL checks what it reads, and so all is read; long values stand apart from their rows.
    for table in metadata.sorted_tables:
        whole = func.sum(func.octet_length(cast(literal_column(table.name), Text)))
        try:
            connection.execute(select(whole).select_from(table))
        except DBAPIError as error:
            # The transaction is over with it: what else is wrong shows when this is mended.
            yield f"数据库已损坏：表 {table.name}：{str(error.orig).partition(chr(10))[0]}"
            return
    broken = "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT (indisvalid AND indisready)"
    for index in connection.exec_driver_sql(broken).scalars():
        yield f"索引 {index} 已损坏，请管理员运行 REINDEX"


def _false_evidence(report: Report, document: Document | None) -> Iterator[str]:
    text = document.text if document else ""
    quotes = [
        (section.start, section.start + len(section.heading), section.heading) for section in report.sections
    ]
    quotes += [(item.start, item.end, item.quote) for item in report.items]
    quotes += [(found.start, found.end, found.quote) for found in report.observations]
    quotes += [(numeral.start, numeral.end, numeral.quote) for numeral in report.numerals]
    quotes += [
        (quote.start, quote.end, quote.quote) for finding in report.findings for quote in finding.quotes
    ]
    for start, end, quote in quotes:
        if text[start:end] != quote:
            yield quote
