"""Killed anywhere and run again, a store holds what one clean run leaves."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest
from killing import Killer, Rows, assert_same, contents, files_read
from pgserver import Server

from benchmarks.made_reports import write_reports

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs process groups and /proc")

SEED = 20260401
STEPPING = str(Path(__file__).with_name("stepping.py"))
READING = "读取报告"
STARTING = "正在启动 Prefect（约 10 秒）……"
MANY = 300


def stepping(folder: Path, source: Path, out: Path, store: str) -> Killer:
    """A run without Prefect."""
    return Killer(folder, [STEPPING, str(source), str(out), store])


def whole(folder: Path, source: Path, out: Path, store: str) -> Killer:
    """`nianbao run` itself, with Prefect's temporary server."""
    options = ["run", str(source), "--out", str(out), "--store", store, "--workers", "2"]
    return Killer(folder, ["-m", "flows.cli", *options])


def clean(folder: Path, source: Path) -> tuple[Rows, float]:
    """What one run leaves that nobody killed, and how long it took."""
    store, out = str(folder / "年报.db"), folder / "结果"
    folder.mkdir()
    _, seconds = stepping(folder, source, out, store).finish()
    return contents(store, source, out), seconds


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Rows, float]:
    """A few reports, what a clean run leaves of them, and how long it took."""
    folder = tmp_path_factory.mktemp("few")
    write_reports(folder / "报告", 24)
    return folder / "报告", *clean(folder / "clean", folder / "报告")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Rows, float]:
    """As many reports as a city has towns, and what a clean run leaves of them."""
    folder = tmp_path_factory.mktemp("many")
    write_reports(folder / "报告", MANY)
    return folder / "报告", *clean(folder / "clean", folder / "报告")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "killed"
    folder.mkdir()
    return folder


def test_three_points_on_a_server(few: tuple[Path, Rows, float], place: Path, server: Server) -> None:
    source, wanted, seconds = few
    store = server.new_database()
    killer = stepping(place, source, place / "结果", store)
    dice = random.Random(SEED)
    killed = [killer.kill_after(dice.uniform(0, seconds * 0.5), READING) for _ in range(3)]
    killer.finish()
    assert any(killed)
    assert_same(contents(store, source, place / "结果"), wanted)


@pytest.mark.prefect
def test_three_points(few: tuple[Path, Rows, float], place: Path) -> None:
    source, wanted, _ = few
    store, out = str(place / "年报.db"), place / "结果"
    killer = whole(place, source, out, store)
    assert killer.kill_after(1.0, STARTING)
    assert killer.kill_after(0.8, READING)
    assert killer.kill_after(0.4, "汇总")
    killer.finish()
    assert_same(contents(store, source, out), wanted)


@pytest.mark.long
@pytest.mark.prefect
def test_twenty_points(many: tuple[Path, Rows, float], place: Path, store_url: str) -> None:
    source, wanted, _ = many
    out = place / "结果"
    killer = whole(place, source, out, store_url)
    kill_at_random(killer, 20, store_url)
    killer.finish()
    assert_same(contents(store_url, source, out), wanted)


def kill_at_random(killer: Killer, number: int, store: str) -> None:
    """Kill runs at random points, so that hardly more than a few files are read by each."""
    dice = random.Random(SEED)
    for point in range(number):
        before, jitter = files_read(store), dice.uniform(0, 0.4)
        if point in (0, number // 2):
            was_at_work = killer.kill_after(dice.uniform(0, 6), STARTING)
        elif before < MANY:
            wanted = min(before + dice.randint(0, 14), MANY)
            was_at_work = killer.kill_once(lambda least=wanted: files_read(store) >= least, jitter)
        else:
            was_at_work = killer.kill_after(4 * jitter, "汇总")
        assert was_at_work, (point, before)


@pytest.mark.long
@pytest.mark.prefect
def test_points_between_which_the_server_is_stopped_and_started(
    many: tuple[Path, Rows, float], place: Path, server: Server
) -> None:
    source, wanted, _ = many
    store, out = server.new_database(), place / "结果"
    killer = whole(place, source, out, store)
    dice = random.Random(SEED + 1)
    for _ in range(3):
        killer.kill_after(dice.uniform(0, 3), READING)
        server.stop()
        server.start()
    with killer.start() as process:
        assert process.stderr is not None
        while process.stderr.readline().strip() != READING:
            assert process.poll() is None
        server.stop()
        server.start()
        out_text, err = process.communicate(timeout=300)
    # It goes on where it was, or it ends and says why; the next run makes it good.
    assert process.returncode in (0, 1, 3), out_text + err
    assert "Traceback" not in err
    killer.finish()
    assert_same(contents(store, source, out), wanted)
