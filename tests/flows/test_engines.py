"""Worker processes: crashes, hangs and stops."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import workbench

from flows.engines import Conditions, Processes
from flows.stopping import StoppedError
from flows.worker import Outcome, Setup, lost
from nianbao import SourceConfig
from nianbao.errors import NianbaoError
from nianbao.model import Filing, Status
from nianbao.steps import list_filings


def filings(folder: Path, *texts: str) -> list[Filing]:
    for number, text in enumerate(texts):
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
    return list(list_filings(workbench.registry(), SourceConfig(str(folder))))


def told(outcomes: Iterator[Outcome]) -> list[tuple[str, str, str]]:
    reports = [outcome.processed.reports[0] for outcome in outcomes]
    return [(report.file, report.status.value, report.error) for report in reports]


def test_outcomes_keep_the_order(tmp_path: Path) -> None:
    given = filings(tmp_path, *[f"2023 第{n}份" for n in range(100)])
    with Processes(Conditions(workbench.setup, workers=2)) as engine:
        found = list(engine.outcomes(given))
    assert [outcome.processed.filing for outcome in found] == given
    assert {outcome.processed.reports[0].year for outcome in found} == {2023}
    assert found[7].processed.document is not None
    assert found[7].processed.document.text == "2023 第7份"


@pytest.mark.parametrize("killer", ["exit", "segfault"])
def test_a_crash_costs_its_own_document_alone(tmp_path: Path, killer: str) -> None:
    given = filings(tmp_path, "2023", killer, "2022", "2021", killer, "2020")
    crashed = "处理这份文件时工作进程意外退出，文件可能已损坏"
    with Processes(Conditions(workbench.setup, workers=2)) as engine:
        assert told(engine.outcomes(given)) == [
            ("000.txt", "complete", ""),
            ("001.txt", "unreadable", crashed),
            ("002.txt", "complete", ""),
            ("003.txt", "complete", ""),
            ("004.txt", "unreadable", crashed),
            ("005.txt", "complete", ""),
        ]


@pytest.mark.parametrize("killer", ["hang", "hang without letting go"])
def test_a_hang_is_ended_at_the_limit(tmp_path: Path, killer: str) -> None:
    given = filings(tmp_path, "2023", killer, "2022")
    with Processes(Conditions(workbench.setup, workers=2, limit=1)) as engine:
        assert told(engine.outcomes(given)) == [
            ("000.txt", "complete", ""),
            ("001.txt", "unreadable", "处理超过 1 秒，已放弃这份文件"),
            ("002.txt", "complete", ""),
        ]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its memory")
def test_memory_past_the_bound_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIANBAO_WORKER_MEGABYTES", "1024")
    given = filings(tmp_path, "2023", "eat memory", "2022")
    with Processes(Conditions(workbench.setup, workers=1)) as engine:
        assert told(engine.outcomes(given)) == [
            ("000.txt", "complete", ""),
            ("001.txt", "unreadable", "读取程序 plain 出错：内存不足（MemoryError）"),
            ("002.txt", "complete", ""),
        ]


def test_threads_share_the_pool_and_a_crash_in_one_spares_the_other(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    batches = [filings(tmp_path / "a", "2023", "exit", "2022"), filings(tmp_path / "b", *["2021"] * 40)]
    found: dict[int, list[tuple[str, str, str]]] = {}

    def work(number: int) -> None:
        found[number] = told(engine.outcomes(batches[number]))

    with Processes(Conditions(workbench.setup, workers=2)) as engine:
        threads = [threading.Thread(target=work, args=(number,)) for number in (0, 1)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert [status for _, status, _ in found[0]] == ["complete", "unreadable", "complete"]
    assert [status for _, status, _ in found[1]] == ["complete"] * 40


def test_stop_ends_what_is_under_way(tmp_path: Path) -> None:
    given = filings(tmp_path, "hang", "2023")
    engine = Processes(Conditions(workbench.setup, workers=1))
    timer = threading.Timer(1.5, engine.stop)
    timer.start()
    began = time.monotonic()
    with engine, pytest.raises(StoppedError):
        list(engine.outcomes(given))
    assert time.monotonic() - began < 120


@pytest.mark.parametrize(
    ("setup", "cause"),
    [(workbench.crashing_setup, "terminated"), (workbench.failing_setup, "governance.yml：卡片写错了")],
)
def test_workers_that_cannot_start_are_an_error_of_the_run(tmp_path: Path, setup: Setup, cause: str) -> None:
    given = filings(tmp_path, "2023")
    with (
        Processes(Conditions(setup, workers=1)) as engine,
        pytest.raises(NianbaoError, match=f"工作进程无法启动：.*{cause}"),
    ):
        list(engine.outcomes(given))


def test_what_only_a_slow_reader_reads_goes_to_workers_of_its_own(tmp_path: Path) -> None:
    given = filings(tmp_path, "slow 1", "2023", "slow 2", "2022")
    with Processes(Conditions(workbench.slow_setup, workers=1, slow_workers=1)) as engine:
        found = list(engine.outcomes(given))
    assert [outcome.processed.filing for outcome in found] == given
    documents = [outcome.processed.document for outcome in found]
    assert [document.reader for document in documents if document] == ["slow", "plain", "slow", "plain"]
    readers = {document.text for document in documents if document and document.reader == "slow"}
    assert len(readers) == 1, "one worker read both"


def test_a_slow_document_that_kills_or_hangs_costs_itself_alone(tmp_path: Path) -> None:
    given = filings(tmp_path, "slow exit", "2023", "slow hang", "slow 1")
    with Processes(
        Conditions(workbench.slow_setup, workers=1, limit=60, slow_workers=1, slow_limit=2)
    ) as engine:
        rows = told(engine.outcomes(given))
    assert rows == [
        ("000.txt", "unreadable", "处理这份文件时工作进程意外退出，文件可能已损坏"),
        ("001.txt", "complete", ""),
        ("002.txt", "unreadable", "处理超过 2 秒，已放弃这份文件"),
        ("003.txt", "complete", ""),
    ]


def test_readers_prepare_some_files_at_a_time(tmp_path: Path) -> None:
    given = filings(tmp_path, *["2023"] * 40)
    with Processes(Conditions(workbench.slow_setup, workers=2)) as engine:
        assert len(told(engine.outcomes(given))) == 40
    together = [path.read_text(encoding="utf-8") for path in sorted(tmp_path.glob("*.prepared"))]
    assert [len(names.split()) for names in together] == [32, 8]


def test_nobody_is_asked_to_prepare_what_is_called_otherwise(tmp_path: Path) -> None:
    given = filings(tmp_path, *["2023"] * 3)
    for name, path in (("老.DOC", tmp_path / "老.DOC"), ("更老.doc", tmp_path / "更老.doc")):
        path.write_text("2022", encoding="utf-8")
        given.append(Filing("folder", str(path), name))
    with Processes(Conditions(workbench.slow_setup, workers=2, prepared=(".doc",))) as engine:
        assert [status for _, status, _ in told(engine.outcomes(given))] == ["complete"] * 5
    together = [path.read_text(encoding="utf-8") for path in sorted(tmp_path.glob("*.prepared"))]
    assert [names.split() for names in together] == [["老.DOC", "更老.doc"]]


def test_a_worker_that_dies_preparing_leaves_all_to_be_read(tmp_path: Path) -> None:
    given = filings(tmp_path, "2023", "poison", "2022")
    with Processes(Conditions(workbench.slow_setup, workers=2)) as engine:
        assert [status for _, status, _ in told(engine.outcomes(given))] == ["complete"] * 3
    assert list(tmp_path.glob("*.prepared"))


def test_lost_is_a_row() -> None:
    row = lost(Filing("folder", "/a/b.txt", "b.txt"), "坏了").processed.reports[0]
    assert (row.file, row.status, row.error) == ("b.txt", Status.UNREADABLE, "坏了")
