"""Times what Prefect's pages of a large year cost beyond publishing it.

Run it with `python benchmarks/artifacts.py [REPORTS]`. The reports are the samples' under other towns' names;
the store knows a year of weekly runs over 10,000 files. The artifacts are made on Prefect's temporary server.
"""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from review import named, samples, yearbook_of

from flows.artifacts.files import Folders
from flows.artifacts.news import at_rest
from flows.artifacts.page import page_of
from flows.artifacts.tables import tables_of
from flows.artifacts.tally import Arrived, tally_of
from flows.keeping import outcome_from_json, outcome_to_json
from flows.request import Request
from flows.summary import Summary, YearOutcome, year_outcome
from nianbao.divisions import divisions
from nianbao.model import RosterEntry, RosterOutcome, RunRecord, Yearbook
from nianbao.review.counting import pressing_by_report
from nianbao.store import Store
from nianbao.store.document_rows import to_json

RUNS = 52
BEGAN = datetime(2025, 1, 6, tzinfo=UTC)
Made = TypeVar("Made")


def timed(what: str, make: Callable[[], Made]) -> Made:
    """Do something, and print how long it took."""
    began = time.perf_counter()
    made = make()
    print(f"{what:<44}{time.perf_counter() - began:8.3f} s", flush=True)
    return made


def year_of(count: int) -> Yearbook:
    """Return a year of so many reports, on the roster all of them and one in ten that has not reported."""
    entries = [named(entry, number) for number, entry in enumerate(islice(cycle(samples()), count))]
    listed = [
        RosterOutcome(RosterEntry(f"第{number // 20}县第{number}镇", None, number), (entry.report.file,))
        for number, entry in enumerate(entries)
    ]
    absent = [RosterOutcome(RosterEntry(f"第{n}县未报镇", None, count + n), ()) for n in range(count // 10)]
    return replace(yearbook_of(entries), roster=(*listed, *absent))


def seen(path: Path, count: int) -> float:
    """Return the seconds in which a store of a year of weekly runs tells what is new among so many files."""
    moments = [(BEGAN + timedelta(weeks=week)).isoformat() for week in range(RUNS + 1)]
    with Store.open(str(path)) as store:
        records = [
            RunRecord(f"r{week:02}", datetime.fromisoformat(told), "0", settings=(("来源", "报告"),))
            for week, told in enumerate(moments)
        ]
        for record in records:
            store.begin_run(record, "run")
        for record in records[:-1]:
            store.finish_run(record.id, "complete", {})
        with closing(sqlite3.connect(path)) as connection, connection:
            known = [
                (n, "folder", f"/报告/{n}", str(n), "[]", "aa", moments[0], moments[0]) for n in range(count)
            ]
            connection.executemany("INSERT INTO files VALUES (?,?,?,?,?,?,?,?)", known)
            for record in records:
                rows = ((record.id, n, "aa", "complete", 0, "", "nothing") for n in range(count))
                connection.executemany("INSERT INTO run_files VALUES (?,?,?,?,?,?,?)", rows)
        began = time.perf_counter()
        found = store.arrivals.seen_before(records[-1], range(count))
        taken = time.perf_counter() - began
    assert len(found) == count
    return taken


def posted(summary: Summary, request: Request) -> float:
    """Return the seconds that making the artifacts takes on Prefect's temporary server."""
    from flows.server import ready_prefect

    ready_prefect()
    from prefect import flow
    from prefect.testing.utilities import prefect_test_harness

    from flows.artifacts.posting import post

    @flow
    def posting() -> float:
        began = time.perf_counter()
        post(summary, request, "某省")
        return time.perf_counter() - began

    with prefect_test_harness(server_startup_timeout=120):
        return posting()


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 3_000
    made = year_of(count)
    print(f"{count} reports, {sum(len(e.report.findings) for e in made.entries)} findings")
    table = divisions()
    table.by_code("330000")
    book = Path("/结果/2024年度法治政府建设报告汇总.xlsx")
    counted: YearOutcome = timed("what is counted anyway", lambda: year_outcome(made, [book], []))
    timed("what is to be looked at, of all reports", lambda: pressing_by_report(made))
    tally = timed("the year's tally, with that", lambda: tally_of(made, Arrived(), table))
    year = replace(counted, tally=tally)
    kept = timed("kept in the store, as JSON", lambda: to_json(outcome_to_json(year)))
    print(f"{'':<44}{len(str(kept)) / 1e6:8.3f} MB")
    timed("and read back", lambda: at_rest(outcome_from_json(outcome_to_json(year))))
    summary = Summary("r", 2024, count, count, (), (year,), (), (), ())
    folders = Folders("/报告", book.parent)
    page = timed("the page", lambda: page_of(summary, folders, "某省"))
    timed("the tables", lambda: tables_of(summary, folders))
    print(f"{'':<44}{len(page.encode()) / 1e6:8.3f} MB")
    with TemporaryDirectory() as folder:
        taken = seen(Path(folder, "nianbao.db"), 10_000)
        print(f"{f'what is new among 10000 files after {RUNS} runs':<44}{taken:8.3f} s", flush=True)
        taken = posted(summary, Request("/报告", Path(folder), 2024))
        print(f"{'the artifacts, on a temporary server':<44}{taken:8.3f} s")


if __name__ == "__main__":
    main()
