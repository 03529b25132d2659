"""Whatever befalls a run, it ends or is run again, and the store holds what a clean run leaves.

Runs killed whole, and a PostgreSQL that is stopped and started, stand in test_killed_runs.py.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import hostile
import pytest
from dasks import Dask
from drilling import OF_FILES, clock_variables, disturbed, kill_worker, rows_of_others, small_disk
from killing import Killer, Rows, assert_same, contents
from test_killed_runs import READING, STEPPING, clean, stepping, whole

from benchmarks.made_reports import write_reports
from benchmarks.prefect_server import PrefectServer

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs process groups and /proc")

DONE, FAILED = (0, 1), 3
# Of the database, and of the archive.
FULL = (
    "磁盘已满（请腾出空间后重新运行）",
    "读写失败：No space left on device（请检查磁盘空间和权限，或网络）",
)


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Rows]:
    """A few reports, and what a clean run leaves of them."""
    folder = tmp_path_factory.mktemp("drills")
    write_reports(folder / "报告", 24)
    return folder / "报告", clean(folder / "clean", folder / "报告")[0]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "drill"
    folder.mkdir()
    return folder


def test_a_worker_of_the_pool_is_killed(wanted: tuple[Path, Rows], place: Path) -> None:
    source, rows = wanted
    store, out = str(place / "年报.db"), place / "结果"
    status, printed = disturbed(stepping(place, source, out, store), store, 8, kill_worker)
    assert status in DONE, printed
    assert_same(contents(store, source, out), rows)


@pytest.mark.long
def test_files_that_segfault_or_hang(
    wanted: tuple[Path, Rows], place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, rows = wanted
    store, out, bad = str(place / "年报.db"), place / "结果", place / "报告"
    shutil.copytree(source, bad)
    (bad / "坏一.txt").write_bytes(hostile.MARK + b"segfault")
    (bad / "坏二.txt").write_bytes(hostile.MARK + b"hang")
    monkeypatch.setenv("NIANBAO_FILE_SECONDS", "16")
    Killer(place, [STEPPING, str(bad), str(out), store, "processes", "hostile"]).finish()
    found = contents(store, bad, out)
    assert found["reports"] != rows["reports"]
    assert_same(rows_of_others(found, "坏一", "坏二"), rows_of_others(rows))
    assert set(rows) >= set(rows_of_others(rows)) >= set(OF_FILES[:2])


def test_a_clock_goes_back(wanted: tuple[Path, Rows], place: Path) -> None:
    source, rows = wanted
    store, out, card = str(place / "年报.db"), place / "结果", place / "clock"
    killer = stepping(place, source, out, store)

    def back(_: int) -> None:
        card.write_text("-26h\n")

    clock = clock_variables(card)
    status, printed = disturbed(killer, store, 8, back, **clock)
    assert status in DONE, printed
    assert_same(contents(store, source, out), rows)
    killer.finish(clock)
    assert_same(contents(store, source, out), rows)


@pytest.mark.long
@pytest.mark.parametrize("share", [0.4, 0.6, 0.8])
def test_a_disk_is_full(wanted: tuple[Path, Rows], place: Path, share: float) -> None:
    source, rows = wanted
    left = [path for path in (source.parent / "clean").rglob("*") if path.is_file()]
    taken = sum(path.stat().st_size for path in left) // 1024
    with small_disk(place / "disk", round(share * taken)) as resize:
        store, out = str(place / "disk" / "年报.db"), place / "disk" / "结果"
        killer = stepping(place, source, out, store)
        with killer.start() as process:
            printed = "".join(process.communicate(timeout=300))
        assert process.returncode == FAILED, printed
        assert any(hint in printed for hint in FULL), printed
        assert "Traceback" not in printed
        resize(200 * 1024)
        killer.finish()
        assert_same(contents(store, source, out), rows)


@pytest.mark.long
def test_workers_of_dask_are_killed(wanted: tuple[Path, Rows], place: Path) -> None:
    source, rows = wanted
    store, out = str(place / "年报.db"), place / "结果"
    with Dask(place, nanny=True) as dask:
        killer = Killer(place, [STEPPING, str(source), str(out), store, dask.engine])
        status, printed = disturbed(killer, store, 8, lambda _: dask.kill_workers())
    assert status in DONE, printed
    assert_same(contents(store, source, out), rows)


@pytest.mark.long
@pytest.mark.prefect
def test_a_worker_is_killed_under_prefect(wanted: tuple[Path, Rows], place: Path) -> None:
    source, rows = wanted
    store, out = str(place / "年报.db"), place / "结果"
    status, printed = disturbed(whole(place, source, out, store), store, 8, kill_worker)
    assert status in DONE, printed
    assert_same(contents(store, source, out), rows)


@pytest.mark.long
@pytest.mark.prefect
def test_the_server_of_prefect_is_away_for_half_a_minute(wanted: tuple[Path, Rows], place: Path) -> None:
    source, rows = wanted
    store, out = str(place / "年报.db"), place / "结果"
    with PrefectServer(place) as server:
        killer = whole(place, source, out, store)
        status, printed = disturbed(
            killer, store, 8, lambda _: server.away(30), PREFECT_API_URL=server.address
        )
        assert status in DONE, printed
        assert READING in printed
        assert server.states("annual-collection") == ["COMPLETED"]
    assert_same(contents(store, source, out), rows)
