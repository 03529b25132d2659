"""Writing twice changes nothing, a new reading replaces the old one, and each run reads what it saw."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, text

from nianbao.errors import StoreError
from nianbao.model import (
    Attribute,
    Block,
    BlockKind,
    Document,
    Fact,
    FactName,
    Failure,
    Field,
    Filing,
    Observation,
    Place,
    Qualifier,
    Report,
    Role,
    RunRecord,
    Status,
)
from nianbao.steps import Processed
from nianbao.store import Store, schema

RUN = RunRecord("r1", datetime(2024, 3, 1, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai")), "0.1.0")
LATER = replace(RUN, id="r2", started=datetime(2024, 4, 1, tzinfo=ZoneInfo("Asia/Shanghai")))
TEXT = "一、工作成效\n全年办理行政处罚案件12起。\n"


def filing(name: str) -> Filing:
    return Filing("folder", f"/报告/{name}", name, (Fact(FactName.FILE_NAME, name, "file name"),))


def read(name: str, sha256: str = "ab", year: str = "2023", text: str = TEXT, parts: int = 1) -> Processed:
    start = text.index("12起")
    observation = Observation(
        indicator="penalty_cases",
        value=Decimal(12),
        unit="起",
        qualifier=Qualifier.EXACT,
        role=Role.TOTAL,
        start=start - 6,
        end=start + 3,
        quote=text[start - 6 : start + 3],
        low=Decimal(12),
        high=Decimal(12),
        figure_start=start,
        figure_end=start + 3,
        confidence=Decimal("0.90"),
        extractor="indicators",
    )
    report = Report(
        file=name,
        sha256=sha256,
        status=Status.COMPLETE,
        attributes=(Attribute(Field.YEAR, year, "标题所写", "identity"),),
        observations=(observation, replace(observation, role=Role.REPEAT)),
    )
    blocks = (
        Block(0, 6, BlockKind.PARAGRAPH, Place(paragraph=1)),
        Block(7, len(text) - 1, BlockKind.PARAGRAPH, Place(paragraph=2)),
    )
    document = Document(name, sha256, "text", text, blocks)
    return Processed(filing(name), sha256, document, tuple(replace(report, part=n + 1) for n in range(parts)))


def unreadable(name: str, sha256: str = "") -> Processed:
    report = Report(name, sha256, Status.UNREADABLE, error="文件已加密（请去掉密码）")
    return Processed(filing(name), sha256, None, (report,))


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with Store.open(store_url) as opened:
        opened.begin_run(RUN, "annual 报告")
        yield opened


def save(store: Store, run_id: str, *items: Processed) -> tuple[int, ...]:
    ids = store.add_filings(run_id, [item.filing for item in items])
    store.save(run_id, zip(ids, items, strict=True), dict.fromkeys(ids, 7))
    return ids


def dump(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with store._reading() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in schema.metadata.sorted_tables
        }


def test_the_same_twice_is_the_same_rows(store: Store) -> None:
    batch = (read("甲镇.txt"), read("乙镇.txt", "cd", parts=2), unreadable("丙镇.pdf"))
    ids = save(store, "r1", *batch)
    once = dump(store)
    store.begin_run(RUN, "annual 报告")
    assert save(store, "r1", *batch) == ids
    assert dump(store) == once
    assert len(once["observations"]) == 6


def test_a_file_told_twice_in_one_call_is_one_file(store: Store) -> None:
    first, again = store.add_filings("r1", [filing("甲镇.txt"), filing("甲镇.txt")])
    assert first == again
    store.save("r1", [(first, unreadable("甲镇.txt")), (first, read("甲镇.txt"))])
    assert [entry.report.status for entry in store.load_entries("r1")] == [Status.COMPLETE]


def test_entries_carry_places_and_reader_in_the_order_of_files(store: Store) -> None:
    save(store, "r1", unreadable("c.pdf"), read("b.txt", "bb", parts=2), read("a.txt", "aa"))
    entries = store.load_entries("r1")
    assert [(entry.report.file, entry.report.part, entry.places, entry.reader) for entry in entries] == [
        ("a.txt", 1, ("第2段", "第2段"), "text"),
        ("b.txt", 1, ("第2段", "第2段"), "text"),
        ("b.txt", 2, ("第2段", "第2段"), "text"),
        ("c.pdf", 1, (), ""),
    ]
    assert entries[0].report == read("a.txt", "aa").reports[0]


def test_reading_again_replaces_what_was_found_before(store: Store) -> None:
    old = read("甲镇.txt", parts=2)
    save(store, "r1", old)
    fewer = replace(old.reports[0], observations=old.reports[0].observations[:1], findings=(), error="")
    save(store, "r1", replace(old, reports=(fewer,)))
    assert [entry.report for entry in store.load_entries("r1")] == [fewer]
    rows = dump(store)
    assert len(rows["reports"]) == 1
    assert len(rows["observations"]) == 1


def test_a_document_that_no_longer_reads_leaves_no_text_behind(store: Store) -> None:
    save(store, "r1", read("甲镇.txt"))
    save(store, "r1", unreadable("甲镇.txt", "ab"))
    assert dump(store)["documents"] == []


def test_a_changed_file_leaves_the_earlier_run_as_it_was(store: Store) -> None:
    save(store, "r1", read("甲镇.txt", "old", year="2022"))
    store.begin_run(LATER, "annual 报告")
    save(store, "r2", read("甲镇.txt", "new", year="2023"))
    assert store.years("r1") == (2022,)
    assert store.years("r2") == (2023,)
    assert [entry.report.sha256 for entry in store.load_entries("r1")] == ["old"]
    assert [entry.report.sha256 for entry in store.load_entries("r2")] == ["new"]
    assert store.load_entries_for_year(2022) == ()
    assert [entry.report.sha256 for entry in store.load_entries_for_year(2023)] == ["new"]


def test_copies_and_unfetched_files_keep_their_own_reports(store: Store) -> None:
    save(
        store,
        "r1",
        read("甲.txt", year="2021"),
        read("乙.txt", year="2022"),
        unreadable("丙.txt"),
        unreadable("丁.txt"),
    )
    found = [(entry.report.file, entry.report.year) for entry in store.load_entries("r1")]
    assert found == [("丁.txt", None), ("丙.txt", None), ("乙.txt", 2022), ("甲.txt", 2021)]


def test_a_file_is_dated_by_the_runs_that_listed_it(store: Store) -> None:
    store.add_filings("r1", [filing("甲镇.txt")])
    store.begin_run(LATER, "annual 报告")
    store.add_filings("r2", [filing("甲镇.txt")])
    [(*_, first, last)] = dump(store)["files"]
    assert (first, last) == (RUN.started, LATER.started)


def test_outcomes_are_told_with_their_cause_and_time(store: Store) -> None:
    failed = read("b.txt", "bb")
    failure = Failure("indicators", "extract", "KeyError: '起'")
    failed = replace(
        failed, reports=(replace(failed.reports[0], status=Status.PARTIAL, failures=(failure,)),)
    )
    both = read("d.txt", "dd", parts=2)
    both = replace(
        both, reports=(both.reports[0], replace(both.reports[1], status=Status.NOT_A_REPORT, reason="是目录"))
    )
    ids = save(store, "r1", read("a.txt", "aa"), failed, unreadable("c.pdf"), both)
    listed = store.add_filings("r1", [filing("e.txt")])
    assert dump(store)["run_files"] == [
        ("r1", ids[0], "aa", "complete", 7, "", "read"),
        ("r1", ids[1], "bb", "partial", 7, "indicators（extract）：KeyError: '起'", "read"),
        ("r1", ids[2], "", "unreadable", 7, "文件已加密（请去掉密码）", "read"),
        ("r1", ids[3], "dd", "partial", 7, "是目录", "read"),
        ("r1", listed[0], None, "pending", None, "", None),
    ]
    assert store.pending("r1") == listed


def test_a_run_ends_and_may_be_taken_up_again(store: Store) -> None:
    store.finish_run("r1", "partial", {"complete": 3, "unreadable": 1})
    [row] = dump(store)["runs"]
    assert (row[3], row[4], row[10]) == ("partial", "annual 报告", {"complete": 3, "unreadable": 1})
    assert row[2] is not None
    store.begin_run(RUN, "annual 报告")
    [row] = dump(store)["runs"]
    assert (row[2], row[3]) == (None, "running")


def test_a_batch_is_saved_whole_or_not_at_all(store: Store) -> None:
    [known] = store.add_filings("r1", [filing("甲镇.txt")])
    before = dump(store)
    with pytest.raises(StoreError, match="没有登记这次运行或这个文件"):
        store.save("r1", [(known, read("甲镇.txt")), (known + 1, read("乙镇.txt"))])
    assert dump(store) == before


def test_what_is_not_written_down_is_named(store: Store) -> None:
    with pytest.raises(StoreError, match="没有登记编号为 r9 的运行（请先登记运行）"):
        store.add_filings("r9", [filing("甲镇.txt")])
    with pytest.raises(StoreError, match="r9"):
        store.finish_run("r9", "complete", {})
    with pytest.raises(StoreError, match="r9"):
        store.run("r9")
    with pytest.raises(StoreError, match="没有登记编号为 41 的文件"):
        store.filings([41])
    assert store.load_entries("r9") == ()


def test_more_files_than_one_statement_can_name(store: Store) -> None:
    names = [f"{number}.txt" for number in range(1203)]
    ids = store.add_filings("r1", [filing(name) for name in names])
    store.save("r1", [(file_id, unreadable(name)) for file_id, name in zip(ids, names, strict=True)])
    assert [found.name for found in store.filings(reversed(ids))] == names[::-1]
    assert len(store.load_entries("r1")) == 1203


def test_a_year_that_is_no_number_is_kept_as_it_was_said(store: Store) -> None:
    save(store, "r1", read("甲镇.txt", year="二〇二三"))
    assert store.years("r1") == ()
    assert store.load_entries("r1")[0].report.value(Field.YEAR) == "二〇二三"


def test_verify_names_evidence_that_is_not_in_its_text(store: Store) -> None:
    save(store, "r1", read("甲镇.txt"), unreadable("乙镇.txt"))
    assert store.verify() == ()
    with store._writing() as connection:
        connection.execute(text("UPDATE observations SET quote = '处罚案件99起' WHERE position = 1"))
    assert store.verify() == ("甲镇.txt：引文与原文不符：处罚案件99起",)


def test_a_very_long_quote_comes_back(store: Store) -> None:
    long = "长" * 400_000 + "12起🐉"
    save(store, "r1", read("甲镇.txt", text=long))
    observation = replace(
        read("甲镇.txt", text=long).reports[0].observations[0], start=0, end=len(long), quote=long
    )
    done = read("甲镇.txt", text=long)
    done = replace(done, reports=(replace(done.reports[0], observations=(observation,)),))
    save(store, "r1", done)
    assert store.load_entries("r1")[0].report.observations == (observation,)


def test_threads_may_share_a_store(store: Store) -> None:
    names = [f"{number}.txt" for number in range(48)]
    ids = store.add_filings("r1", [filing(name) for name in names])
    batches = [list(zip(ids, names, strict=True))[start : start + 4] for start in range(0, 48, 4)]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda batch: store.save("r1", [(n, read(name)) for n, name in batch]), batches))
    assert [entry.report.file for entry in store.load_entries("r1")] == sorted(names)
    assert store.pending("r1") == ()
