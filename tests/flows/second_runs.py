"""Runs over one small folder, again and again, and what is known of them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import workbench

from flows import work
from flows.request import Request, check_request
from flows.summary import Summary
from flows.unchanged import nothing_to_do
from flows.watch import Watch
from flows.worker import Setup

TEXTS = {"a": "2023 甲", "b": "2022 乙", "c": "2023 丙", "d": "plan", "e": "unreadable"}


def fill(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        path = folder / f"{name}.txt"
        path.write_text(text, encoding="utf-8")
    return folder


def request_in(folder: Path) -> Request:
    """Fill a folder with `TEXTS`, and ask for a run over them."""
    return Request(str(fill(folder / "报告", **TEXTS)), folder / "结果", workers=1, batch_size=2)


def run(request: Request, setup: Setup = workbench.stamped_setup) -> Summary:
    with work.open_workshop(request, Watch(), setup) as workshop:
        ids = work.collect(workshop)
        for batch in work.batches(ids, request.batch_size):
            work.process_batch(workshop, batch)
        years = [work.publish_year(workshop, *each) for each in work.yearbooks_wanted(workshop)]
        return work.finish(workshop, years)


def idle(request: Request, setup: Setup = workbench.stamped_setup) -> Summary | None:
    registry, context = setup()
    found = nothing_to_do(request, registry, context, check_request(request, registry))
    return found.summary if found else None


def asked(request: Request, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(request.store_location)) as connection:
        return connection.execute(sql).fetchall()


def work_of_last_run(request: Request) -> dict[str, str]:
    found = asked(
        request,
        "SELECT name, work FROM run_files JOIN files ON files.id = file_id "
        "WHERE run_id = (SELECT id FROM runs ORDER BY started DESC LIMIT 1)",
    )
    return {str(name).removesuffix(".txt"): str(done) for name, done in found}


def published(summary: Summary) -> dict[int, bool]:
    return {year.year: not year.unchanged for year in summary.years}
