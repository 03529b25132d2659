"""What a store knows of readings, publications and results, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from nianbao.freshness import Reading
from nianbao.model import (
    Attribute,
    Block,
    BlockKind,
    Document,
    DocumentKind,
    Fact,
    FactName,
    Failure,
    Field,
    Filing,
    Place,
    Report,
    RunRecord,
    Status,
)
from nianbao.processed import Processed, Step
from nianbao.store import Store
from nianbao.store.freshness import LastRun
from nianbao.store.published import Publication

STARTED = datetime(2024, 5, 6, 1, tzinfo=UTC)


def record(name: str, minute: int = 0, place: str = "报告") -> RunRecord:
    settings = (("来源", place),)
    return RunRecord(name, STARTED.replace(minute=minute), "1", settings=settings)


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with Store.open(store_url) as opened:
        opened.begin_run(record("r1"), "run")
        yield opened


def filing(name: str) -> Filing:
    return Filing("folder", f"/报告/{name}", name)


def read(name: str, sha256: str, *, year: str = "2023", parts: int = 1) -> Processed:
    text = "2023年，一切顺利。"
    blocks = (Block(0, len(text), BlockKind.PARAGRAPH, Place(paragraph=1)),)
    attributes = (Attribute(Field.YEAR, year, "", "i", 0, 4), Attribute(Field.COUNTY, "云溪县", "", "i"))
    failures = (Failure("indicators", "extract", "KeyError"),)
    reports = tuple(
        Report(name, sha256, Status.PARTIAL, attributes, failures=failures, part=part)
        for part in range(1, parts + 1)
    )
    return Processed(filing(name), sha256, Document(name, sha256, "text", text, blocks), reports)


def unread(name: str) -> Processed:
    return Processed(
        filing(name), "", None, (Report(name, "", Status.UNREADABLE, error="正忙"),), may_pass=True
    )


READING = Reading(
    sha256="aa",
    stamp="12-34",
    listed='["a.txt",[]]',
    read_by="r",
    extracted_by="e",
    validated_by="v",
    until=date(2035, 1, 1),
    digest="d",
    outcome="partial",
    cause="坏了",
    media_type="text/html",
    headers=(Fact(FactName.URL, "https://example.gov.cn/1.html", "transfer"),),
)


def save(store: Store, *batch: Processed, run: str = "r1") -> tuple[int, ...]:
    ids = store.add_filings(run, [each.filing for each in batch])
    found = {
        i: replace(READING, sha256=each.sha256, may_pass=each.may_pass)
        for i, each in zip(ids, batch, strict=True)
    }
    store.freshness.save(run, zip(ids, batch, strict=True), dict.fromkeys(ids, 5), found)
    return ids


def test_a_reading_comes_back_whole(store: Store) -> None:
    one, two = save(store, read("a.txt", "aa"), unread("b.txt"))
    assert store.freshness.readings([one, two, 999]) == {
        one: READING,
        two: replace(READING, sha256="", may_pass=True),
    }
    assert store.freshness.contents([one, two]) == {one: "aa"}
    assert store.freshness.known([filing("a.txt"), filing("z.txt")]) == {("folder", "/报告/a.txt"): one}


def test_documents_and_reports_are_kept_as_they_were_read(store: Store) -> None:
    first, second = read("a.txt", "aa", parts=2), read("b.txt", "bb")
    one, two, three = save(store, first, second, unread("c.txt"))
    assert store.freshness.kept([one, two, three]) == {
        one: (first.document, first.reports),
        two: (second.document, second.reports),
    }


def test_only_what_was_last_read_counts(store: Store) -> None:
    (one,) = save(store, read("a.txt", "aa", year="2022"))
    save(store, read("a.txt", "bb"))
    assert [(row.sha256, row.year) for row in store.freshness.report_rows([one])] == [("bb", 2023)]
    assert store.freshness.places([one]) == {one: frozenset({(2023, "云溪县", DocumentKind.REPORT)})}
    assert [row.sha256 for row in store.freshness.report_rows_of_year(2023)] == ["bb"]
    assert store.freshness.report_rows_of_year(2022) == ()


def test_nothing_stays_of_a_failure_that_passed(store: Store) -> None:
    (one,) = save(store, unread("a.txt"))
    assert [row.status for row in store.freshness.report_rows([one])] == ["unreadable"]
    save(store, read("a.txt", "aa"))
    assert [row.status for row in store.freshness.report_rows([one])] == ["partial"]
    assert [entry.report.status for entry in store.freshness.heads("r1")] == [Status.PARTIAL]


def test_files_that_are_skipped_are_in_the_run_as_they_were(store: Store) -> None:
    one, two = save(store, read("a.txt", "aa"), read("b.txt", "bb"))
    store.begin_run(record("r2", 1), "run")
    store.add_filings("r2", [filing("a.txt"), filing("b.txt")])
    readings = store.freshness.readings([one, two])
    store.freshness.skip("r2", {one: readings[one]})
    same = Processed(filing("b.txt"), "bb", None, (), step=Step.NOTHING)
    touched = replace(readings[two], stamp="12-56")
    store.freshness.save("r2", [(two, same)], {}, {two: touched})
    assert store.load_entries("r2") == store.load_entries("r1")
    assert store.pending("r2") == ()
    assert store.freshness.listed_by("r2") == {one, two}
    assert store.freshness.readings([two]) == {two: touched}


def test_heads_are_reports_without_what_they_hold(store: Store) -> None:
    save(store, read("a.txt", "aa"))
    (head,) = store.freshness.heads("r1")
    assert (head.report.year, len(head.report.failures), head.text) == (2023, 1, "")


def test_a_publication_is_kept_and_replaced(store: Store) -> None:
    assert store.published.publication("/结果", 2023) is None
    for fingerprint in ("f1", "f2"):
        made = Publication(fingerprint, (("/结果/a.xlsx", 3, 4, "dd"),), {"year": 2023})
        store.published.publish("r1", "/结果", 2023, made)
        kept = store.published.publication("/结果", 2023)
        assert kept is not None
        assert replace(kept, written=None) == made
        assert kept.written is not None
    assert store.published.publication("/别处", 2023) is None


def test_the_last_result_of_a_request(store: Store) -> None:
    store.published.keep_result("r1", "asked", {"state": "s1"})
    assert store.published.last_result("asked") is None
    store.finish_run("r1", "complete", {})
    store.begin_run(record("r2", 1), "run")
    store.published.keep_result("r2", "asked", {"state": "s2"})
    found = store.published.last_result("asked")
    assert found is not None
    assert (found[0], found[2]) == ("r1", {"state": "s1"})
    assert store.published.last_result("other") is None


def test_the_last_run_over_each_place(store: Store) -> None:
    store.begin_run(record("r2", 1), "run")
    store.begin_run(record("r3", 2, "另一处"), "run")
    store.finish_run("r2", "partial", {})
    assert store.freshness.last_runs() == (
        LastRun("r3", "另一处", STARTED.replace(minute=2), "running"),
        LastRun("r2", "报告", STARTED.replace(minute=1), "partial"),
    )
