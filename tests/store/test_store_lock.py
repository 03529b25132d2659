"""One run at a time on one store, whoever holds it is named, and a killed run holds nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pgserver import Server, name_in

from nianbao.errors import StoreError
from nianbao.model import Filing, RunRecord
from nianbao.store import Store
from nianbao.store.lock import Holder, await_turn, held, holder_of, label, lock_of

HOLDING = """
import sys, time
from datetime import datetime, UTC
from nianbao.model import RunRecord
from nianbao.store import Store
from nianbao.store.lock import held
with held(sys.argv[1], "r1"), Store.open(sys.argv[1]) as store:
    store.begin_run(RunRecord("r1", datetime.now(UTC), "0.1.0"), "run")
    print("held", flush=True)
    time.sleep(3600)
"""


def record(run: str) -> RunRecord:
    return RunRecord(run, datetime(2024, 3, 1, tzinfo=UTC), "0.1.0")


def status(store: Store, run: str) -> object:
    with store._reading() as connection:
        return connection.exec_driver_sql(f"SELECT status FROM runs WHERE id = '{run}'").scalar()


def test_a_second_run_is_refused_and_told_who_holds_the_store(store_url: str) -> None:
    with held(store_url, "20240301-083000-a1b2c3"):
        with pytest.raises(StoreError) as caught, held(store_url, "r2"):
            pass
        line = str(caught.value)
        assert "：另一次运行正在使用这个数据库：运行编号 20240301-083000-a1b2c3，主机 " in line
        assert f"，进程 {os.getpid()}，自 20" in line
        assert line.endswith("起（请等它结束后再运行，或加上 --wait 排队等候）")
        assert "geheim" not in line
        with pytest.raises(StoreError, match="a1b2c3"):
            await_turn(store_url)
    assert lock_of(store_url).holder() is None
    await_turn(store_url)
    with held(store_url, "r2"):
        pass


def test_a_second_run_may_wait(store_url: str) -> None:
    told: list[Holder] = []
    first = held(store_url, "r1")
    first.__enter__()
    waited = threading.Event()

    def waiting(holder: Holder) -> None:
        told.append(holder)
        waited.set()

    def end() -> None:
        waited.wait(300)
        first.__exit__(None, None, None)

    ending = threading.Thread(target=end)
    ending.start()
    with held(store_url, "r2", wait=True, waiting=waiting) as lock:
        assert [holder.run for holder in told] == ["r1"]
        holder = lock_of(store_url).holder()
        assert holder is not None
        assert holder.run == "r2"
        lock.check()
    ending.join()


def test_a_killed_run_holds_nothing_and_is_written_down_as_interrupted(store_url: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDING, store_url], stdout=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == "held\n"
        with pytest.raises(StoreError, match=f"进程 {run.pid}"):
            await_turn(store_url)
        run.kill()
    with held(store_url, "r2"), Store.open(store_url) as store:
        assert status(store, "r1") == "running"
        assert store.interrupt_runs() == ("r1",)
        store.begin_run(record("r2"), "run")
        assert (status(store, "r1"), status(store, "r2")) == ("interrupted", "running")


def test_a_run_that_was_taken_for_killed_writes_nothing_more(store_url: str) -> None:
    with Store.open(store_url) as store:
        store.begin_run(record("r1"), "run")
        store.interrupt_runs()
        for write in (
            lambda: store.add_filings("r1", [Filing("folder", "/甲", "甲")]),
            lambda: store.save("r1", []),
            lambda: store.finish_run("r1", "complete", {}),
        ):
            with pytest.raises(StoreError, match="编号为 r1 的运行已被后来的运行接替，不再写入"):
                write()
        assert status(store, "r1") == "interrupted"


def test_a_store_in_memory_needs_no_turn() -> None:
    with held("sqlite://", "r1") as lock, held(":memory:", "r2"):
        assert lock.holder() is None
        lock.check()


def test_two_names_of_one_file_are_one_store(tmp_path: Path) -> None:
    (tmp_path / "甲.db").touch()
    (tmp_path / "乙.db").symlink_to("甲.db")
    with (
        held(tmp_path / "甲.db", "r1"),
        pytest.raises(StoreError, match="r1"),
        held(tmp_path / "乙.db", "r2"),
    ):
        pass


def test_a_folder_that_is_not_there_yet_has_no_holder_and_gets_no_lock(tmp_path: Path) -> None:
    await_turn(tmp_path / "没有" / "a.db")
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_card_hides_who_it_is_but_not_that_it_is_held(tmp_path: Path) -> None:
    with held(tmp_path / "a.db", "r1"):
        (tmp_path / "a.db.lock.json").write_text("{")
        with pytest.raises(StoreError, match="正在使用这个数据库（请等"):
            await_turn(tmp_path / "a.db")


def test_a_server_started_anew_gives_the_lock_back_to_its_run(server: Server) -> None:
    address = server.new_database()
    with held(address, "r1") as lock:
        server.stop()
        server.start()
        lock.check()
        with pytest.raises(StoreError, match="运行编号 r1"):
            await_turn(address)


def test_a_lock_that_another_took_meanwhile_is_not_taken_back(server: Server) -> None:
    address = server.new_database()
    with held(address, "r1") as lock:
        server.sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE '%run r1%'"
        )
        with held(address, "r2"), pytest.raises(StoreError, match="运行编号 r2"):
            lock.check()


def test_two_schemas_of_a_database_are_two_stores(server: Server) -> None:
    address = server.new_database()
    with Store.open(address):
        pass
    server.sql("CREATE SCHEMA other", name_in(address))
    other = f"{address}&options=-csearch_path%3Dother"
    with held(address, "r1"), held(other, "r2"), Store.open(other) as store:
        store.begin_run(record("r2"), "run")
        assert status(store, "r2") == "running"
    with Store.open(address) as store:
        assert status(store, "r2") is None


def test_a_connection_is_named_within_what_the_server_keeps() -> None:
    holder = Holder("20240301-083000-a1b2c3", "县司法局的一台很长很长名字的电脑" * 3, 123456)
    told = label(holder)
    assert len(told) <= 63
    assert holder_of(told, None).run == holder.run
    assert holder_of(told, None).process == holder.process
    assert holder_of("psql", None) == Holder()
