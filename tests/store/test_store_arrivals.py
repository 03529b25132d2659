"""What earlier runs saw of files, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from nianbao.model import Filing, Report, RunRecord, Status
from nianbao.processed import Processed
from nianbao.store import Store

STARTED = datetime(2024, 5, 6, 1, tzinfo=UTC)


def record(number: int, place: str = "报告") -> RunRecord:
    return RunRecord(f"r{number}", STARTED.replace(minute=number), "1", settings=(("来源", place),))


def run(
    store: Store, number: int, *, place: str = "报告", status: str = "complete", **held: str
) -> list[int]:
    """Run over files of these contents; return their ids."""
    store.begin_run(record(number, place), "run")
    filings = [Filing("folder", f"/{name}.txt", f"{name}.txt") for name in held]
    ids = store.add_filings(f"r{number}", filings)
    reports = [
        Processed(each, digest, None, (Report(each.name, digest, Status.UNREADABLE, error="坏了"),))
        for each, digest in zip(filings, held.values(), strict=True)
    ]
    store.save(f"r{number}", zip(ids, reports, strict=True))
    store.finish_run(f"r{number}", status, {})
    return list(ids)


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with Store.open(store_url) as opened:
        yield opened


def test_what_the_last_run_over_the_place_held(store: Store) -> None:
    run(store, 1, a="aa", b="bb", c="")
    ids = run(store, 2, a="a2", b="bb", c="", d="dd")
    assert store.arrivals.seen_before(record(2), ids) == {ids[0]: "aa", ids[1]: "bb"}
    run(store, 3, place="别处", a="a3", d="d3")
    later = run(store, 4, a="a4", d="dd", e="ee")
    assert store.arrivals.seen_before(record(4), later) == {later[0]: "a2", later[1]: "dd"}


def test_a_file_that_the_last_run_did_not_see_is_looked_for_in_all_others(store: Store) -> None:
    run(store, 1, a="aa", b="b1")
    run(store, 2, place="别处", b="b2")
    run(store, 3, a="aa")
    ids = run(store, 4, a="aa", b="b3")
    assert store.arrivals.seen_before(record(4), ids) == {ids[0]: "aa", ids[1]: "b2"}


@pytest.mark.parametrize("status", ["failed", "stopped", "interrupted"])
def test_a_run_that_told_nobody_what_it_saw_does_not_count(store: Store, status: str) -> None:
    run(store, 1, status=status, a="aa")
    ids = run(store, 2, a="aa")
    assert store.arrivals.seen_before(record(2), ids) == {}
