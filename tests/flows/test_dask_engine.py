"""Dask: a real scheduler with workers that die, differ, can't begin, or are gone."""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path

import hostile
import pytest
import workbench
from dasks import Dask
from test_engines import filings, told

from flows.engines import Conditions
from flows.engines.cluster import DIED, Cluster
from flows.stopping import StoppedError
from nianbao import Filing, SourceConfig
from nianbao.errors import NianbaoError, UsageError
from nianbao.steps import list_filings

CONDITIONS = Conditions(workbench.setup, limit=60)
HOSTILE = Conditions(hostile.small_setup, workers=2)


def hostile_filings(folder: Path, *texts: str) -> list[Filing]:
    for number, text in enumerate(texts):
        (folder / f"{number:03}.txt").write_bytes(hostile.MARK + text.encode())
    return list(list_filings(hostile.small_setup()[0], SourceConfig(str(folder))))


def test_a_worker_that_dies_takes_its_batch_and_nothing_is_lost(tmp_path: Path) -> None:
    reports = tmp_path / "报告"
    reports.mkdir()
    given = hostile_filings(reports, "nothing", "kill the parent once", "nothing")
    warnings: list[str] = []
    with Dask(tmp_path) as dask, Cluster(HOSTILE, dask.address, warnings.append) as engine:
        rows = told(engine.outcomes(given))
        gone = [process.poll() for process in dask.processes]
    assert sorted(gone, key=str) == [-signal.SIGKILL, None, None]
    assert [status for _, status, _ in rows] == ["complete"] * 3
    assert warnings == []


def test_the_file_that_workers_die_of_is_found_and_set_aside(tmp_path: Path) -> None:
    given = hostile_filings(tmp_path, "nothing", "nothing", "kill the parent", "nothing")
    with Cluster(HOSTILE) as engine:
        rows = told(engine.outcomes(given))
    assert [status for _, status, _ in rows] == ["complete", "complete", "unreadable", "complete"]
    assert [error for _, _, error in rows] == ["", "", DIED, ""]


def test_without_workers_the_rest_is_done_here_and_that_is_told(tmp_path: Path) -> None:
    reports = tmp_path / "报告"
    reports.mkdir()
    given = filings(reports, "2023", "exit", "2022")
    warnings: list[str] = []
    with Dask(tmp_path) as dask, Cluster(CONDITIONS, dask.address, warnings.append, patience=3) as engine:
        first = told(engine.outcomes(given))
        dask.kill(0, 1)
        assert told(engine.outcomes(given)) == first
        assert told(engine.outcomes(given)) == first
    assert [status for _, status, _ in first] == ["complete", "unreadable", "complete"]
    assert warnings == ["Dask 集群已 3 秒没有可用的工作进程，其余的文件改在本机处理"]


@pytest.mark.long
def test_a_scheduler_that_is_gone_costs_the_cluster_and_no_file(tmp_path: Path) -> None:
    reports = tmp_path / "报告"
    reports.mkdir()
    given = filings(reports, "2023", "hang", "2022")
    warnings: list[str] = []
    conditions = Conditions(workbench.setup, limit=4)
    with Dask(tmp_path) as dask, Cluster(conditions, dask.address, warnings.append) as engine:
        timer = threading.Timer(2, dask.processes[0].send_signal, (signal.SIGKILL,))
        timer.start()
        rows = told(engine.outcomes(given))
    assert [status for _, status, _ in rows] == ["complete", "unreadable", "complete"]
    assert warnings == ["与 Dask 调度器的连接断了，其余的文件改在本机处理"]


@pytest.mark.long
def test_workers_that_may_have_no_children_are_refused(tmp_path: Path) -> None:
    reports = tmp_path / "报告"
    reports.mkdir()
    given = filings(reports, "2023")
    with (
        Dask(tmp_path, workers=1, nanny=True, daemon=True) as dask,
        Cluster(CONDITIONS, dask.address) as engine,
        pytest.raises(NianbaoError, match="DASK_DISTRIBUTED__WORKER__DAEMON=False"),
    ):
        list(engine.outcomes(given))


def test_workers_that_would_read_otherwise_are_refused(tmp_path: Path) -> None:
    reports = tmp_path / "报告"
    reports.mkdir()
    given = filings(reports, "2023")
    with Dask(tmp_path, workers=1) as dask, Cluster(CONDITIONS, dask.address) as engine:
        engine.abilities = f"{engine.abilities[:-1]}?"
        with pytest.raises(NianbaoError, match=r"Dask 工作进程 tcp://127.0.0.1:.*不同"):
            list(engine.outcomes(given))


def test_an_address_where_nobody_is(tmp_path: Path) -> None:
    began = time.monotonic()
    with (
        pytest.raises(UsageError, match="连接不上 Dask 调度器"),
        Cluster(CONDITIONS, "tcp://127.0.0.1:9", patience=2),
    ):
        pass
    assert time.monotonic() - began < 120


def test_stop_ends_what_is_under_way(tmp_path: Path) -> None:
    given = filings(tmp_path, "hang", "2023")
    with Cluster(Conditions(workbench.setup, limit=300)) as engine:
        timer = threading.Timer(2, engine.stop)
        timer.start()
        began = time.monotonic()
        with pytest.raises(StoppedError):
            list(engine.outcomes(given))
        assert time.monotonic() - began < 120
    assert time.monotonic() - began < 200


def test_only_loopback_is_open() -> None:
    with Cluster(Conditions(workbench.setup, workers=1)):
        assert open_elsewhere(os.getpid()) == []


def open_elsewhere(pid: int) -> list[str]:
    """Return the addresses beyond loopback on which a process or its children listen."""
    import psutil

    family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    told = []
    for process in family:
        # A child may be gone by now.
        with suppress(psutil.NoSuchProcess):
            told += [each for each in process.net_connections("inet") if each.status == "LISTEN"]
    assert told
    return [f"{each.laddr}" for each in told if not ip_address(each.laddr.ip).is_loopback]
