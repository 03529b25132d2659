"""Engines of every kind come to the same: rows, reports and published files."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import hostile
import pytest
import workbench
from killing import Rows, assert_same, contents
from stepping import run
from test_engines import filings, told

from flows.engines import Conditions, check_engine, make_engine
from flows.request import Request
from nianbao import UsageError
from nianbao.interface import report_to_json
from nianbao.store import Store

KINDS = ("serial", "processes", "dask")
SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "reports"
# One of each format; a scan would take half a minute with each engine.
SOME = ("溆浦县*.txt", "榕荫街道*.html", "青石滩镇202*.docx", "青弋县*.pdf", "损坏*.docx")
WRITTEN = 1_700_000_000


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("source")
    for pattern in SOME:
        for path in SAMPLES.glob(pattern):
            shutil.copy(path, folder)
    for number, what in enumerate(("segfault", "exit")):
        (folder / f"坏{number}.txt").write_bytes(hostile.MARK + what.encode())
    for path in folder.iterdir():
        # Of a file that was changed just now, a run does not trust the time.
        os.utime(path, (WRITTEN, WRITTEN))
    return folder


@pytest.fixture(scope="module")
def wanted(source: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Rows, dict[str, str]]:
    """What a run of the usual engine leaves, and the reports as they are printed."""
    return results(source, tmp_path_factory.mktemp("processes"), "processes")


def results(source: Path, folder: Path, engine: str) -> tuple[Rows, dict[str, str]]:
    store, out = str(folder / "年报.db"), folder / "结果"
    run(Request(str(source), out, 2023, store=store, batch_size=4, engine=engine), hostile.setup)
    with Store.open(store) as opened:
        entries = opened.load_entries(opened.freshness.last_runs()[0].id)
    reports = [entry.report for entry in entries]
    printed = {each.file: json.dumps(report_to_json(each), ensure_ascii=False) for each in reports}
    return contents(store, source, out), printed


@pytest.mark.parametrize("engine", ["serial", "dask"])
def test_the_same_rows_and_reports(
    engine: str, source: Path, wanted: tuple[Rows, dict[str, str]], tmp_path: Path
) -> None:
    rows, reports = results(source, tmp_path, engine)
    assert reports == wanted[1]
    assert sum('"status": "unreadable"' in each for each in reports.values()) == 3
    assert_same(rows, wanted[0])


@pytest.mark.parametrize("engine", KINDS)
def test_files_that_crash_hang_or_eat_memory_cost_themselves(engine: str, tmp_path: Path) -> None:
    given = filings(
        tmp_path, "2023", "exit", "2022", "hang without letting go", "slow 1", "slow exit", "2021"
    )
    conditions = Conditions(workbench.slow_setup, limit=2, slow_limit=60)
    crashed = "处理这份文件时工作进程意外退出，文件可能已损坏"
    with make_engine(engine, conditions) as running:
        assert told(running.outcomes(given)) == [
            ("000.txt", "complete", ""),
            ("001.txt", "unreadable", crashed),
            ("002.txt", "complete", ""),
            ("003.txt", "unreadable", "处理超过 2 秒，已放弃这份文件"),
            ("004.txt", "complete", ""),
            ("005.txt", "unreadable", crashed),
            ("006.txt", "complete", ""),
        ]


@pytest.mark.parametrize("name", ["", "ray", "serial=2", "dask=", "processes=tcp://127.0.0.1:1"])
def test_other_engines_are_refused(name: str) -> None:
    with pytest.raises(UsageError, match="可以写 processes、serial、dask 或 dask=地址"):
        check_engine(name)
