"""What can go wrong with the database itself is told in one line, and the file is left as it was."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from threading import Timer
from zoneinfo import ZoneInfo

import pytest

from nianbao.errors import StoreError
from nianbao.model import Filing, RunRecord
from nianbao.store import Store
from nianbao.store.opening import _write_ahead
from nianbao.store.schema import HEAD

RUN = RunRecord("r1", datetime(2024, 3, 1, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai")), "0.1.0")


def made(path: Path) -> Path:
    with Store.open(path) as store:
        store.begin_run(RUN, "annual")
        store.add_filings("r1", [Filing("folder", f"/{number}", f"{number}") for number in range(3000)])
    return path


def refused(path: str | Path) -> str:
    with pytest.raises(StoreError) as caught:
        Store.open(path)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_new_store_is_in_wal_mode_with_foreign_keys_and_closes_clean(tmp_path: Path) -> None:
    path = tmp_path / "年报.db"
    with Store.open(path) as store, store._reading() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 30_000
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == HEAD
    assert [entry.name for entry in tmp_path.iterdir()] == ["年报.db"]


def test_a_path_and_an_address_mean_the_same_store(tmp_path: Path) -> None:
    made(tmp_path / "a.db")
    for location in (tmp_path / "a.db", str(tmp_path / "a.db"), f"sqlite:///{tmp_path}/a.db"):
        with Store.open(location) as store:
            assert store.run("r1") == RUN


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    (tmp_path / "a.db").touch()
    assert made(tmp_path / "a.db").stat().st_size > 0


def test_a_missing_folder_and_a_folder_are_named(tmp_path: Path) -> None:
    path = tmp_path / "没有" / "a.db"
    assert refused(path) == f"{path}：所在文件夹不存在（请先建立文件夹 {path.parent}）"
    assert refused(tmp_path) == f"{tmp_path}：这是一个文件夹，不是数据库文件（请给出文件名，如 nianbao.db）"


@pytest.mark.parametrize(
    ("location", "line"),
    [
        (
            "mysql://clerk:geheim@db/a",
            "mysql://clerk:***@db/a：不支持这种数据库，只支持 SQLite 和 PostgreSQL（请给出",
        ),
        (
            "postgresql://clerk:ge@heim@db:x/a",
            "postgresql://clerk:***@db:x/a：看不懂的数据库地址（请给出文件路径",
        ),
        ("://", "://：看不懂的数据库地址（请给出文件路径，如 out/nianbao.db，或 postgresql://"),
    ],
)
def test_other_databases_and_broken_addresses_are_named_without_their_password(
    location: str, line: str
) -> None:
    assert refused(location).startswith(line)


def test_what_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    path.write_bytes(b"PK\x03\x04" + b"x" * 5000)
    before = path.read_bytes()
    assert refused(path) == f"{path}：不是数据库文件，未作改动（请换一个文件名）"
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    "table", ["CREATE TABLE t (x)", "CREATE TABLE meta (a, b)", "CREATE TABLE meta (key, value)"]
)
def test_a_database_of_another_program_is_left_alone(tmp_path: Path, table: str) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute(table)
    connection.close()
    before = path.read_bytes()
    assert refused(path) == f"{path}：这个数据库不是 nianbao 建立的，未作改动（请换一个数据库）"
    assert path.read_bytes() == before


def test_a_newer_store_is_left_alone(tmp_path: Path) -> None:
    path = made(tmp_path / "a.db")
    connection = sqlite3.connect(path)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    line = f"由更新版本的 nianbao 建立（结构版本 9999，本程序只认识到 {HEAD}），未作改动（请升级 nianbao"
    assert line in refused(path)
    assert path.read_bytes() == before


def test_a_damaged_store_is_left_alone(tmp_path: Path) -> None:
    path = made(tmp_path / "a.db")
    whole = path.read_bytes()
    page = 4096
    damaged = whole[: page * 2] + b"\xff" * (len(whole) - page * 2)
    path.write_bytes(damaged)
    with (
        pytest.raises(StoreError, match="数据库文件已损坏，未作改动（请用备份替换它"),
        Store.open(path) as store,
    ):
        store.filings(range(1, 3001))
    assert path.read_bytes() == damaged


def test_verify_names_damage_that_reading_does_not_notice(tmp_path: Path) -> None:
    path = made(tmp_path / "a.db")
    # The entry of one address in the index alone: in the table the name stands behind it.
    path.write_bytes(re.sub(rb"folder/2990(?!2990)", b"folder/0000", path.read_bytes()))
    with Store.open(path) as store:
        lines = store.verify()
    assert lines
    assert all(line.startswith("数据库文件已损坏：") for line in lines)


def test_a_cut_off_store_is_left_alone(tmp_path: Path) -> None:
    path = made(tmp_path / "a.db")
    cut = path.read_bytes()[: 4096 * 3 + 100]
    path.write_bytes(cut)
    with pytest.raises(StoreError, match="数据库文件已损坏，未作改动"), Store.open(path) as store:
        store.filings(range(1, 3001))
    assert path.read_bytes() == cut


def test_a_store_that_may_only_be_read_reads_and_refuses_to_write(tmp_path: Path) -> None:
    path = made(tmp_path / "a.db")
    with Store.open(f"sqlite:///file:{path}?mode=ro&uri=true") as store:
        assert store.run("r1") == RUN
        with pytest.raises(StoreError, match="数据库只能读取，不能写入（请检查文件和所在文件夹的权限"):
            store.finish_run("r1", "complete", {})


def test_a_second_writer_waits_its_turn_and_then_says_so(tmp_path: Path) -> None:
    path = made(tmp_path / "a.db")
    with Store.open(path) as first, Store.open(path, busy_seconds=0.2) as second, first._writing():
        assert second.run("r1") == RUN
        with pytest.raises(StoreError) as caught:
            second.finish_run("r1", "complete", {})
    assert str(caught.value) == f"{path}：另一个程序正在写入，等候超时（请等它结束后再运行）"


WRITER = """
import sys
from datetime import datetime, UTC
from nianbao.model import Filing, RunRecord
from nianbao.store import Store
with Store.open(sys.argv[1]) as store:
    run = "r" + sys.argv[2]
    store.begin_run(RunRecord(run, datetime.now(UTC), "0.1.0"), "annual")
    for number in range(40):
        store.add_filings(run, [Filing("folder", f"/{number}", f"{number}")])
"""


def test_writers_that_start_together_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, path, str(number)], stderr=subprocess.PIPE)
        for number in range(4)
    ]
    assert [writer.communicate()[1].decode()[-500:] for writer in writers] == [""] * 4
    with Store.open(path) as store:
        for number in range(4):
            assert store.pending(f"r{number}") == tuple(range(1, 41))


def test_what_logs_ahead_waits_for_who_has_the_file_open(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    reader = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    reader.execute("CREATE TABLE t (x)")
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM t").fetchall()
    with sqlite3.connect(path, timeout=0) as hasty, pytest.raises(sqlite3.OperationalError, match="locked"):
        _write_ahead(hasty)
    Timer(0.3, reader.execute, ["ROLLBACK"]).start()
    with sqlite3.connect(path, timeout=60) as patient:
        _write_ahead(patient)
        assert patient.execute("PRAGMA journal_mode").fetchone() == ("wal",)


KILLED = """
import sys
from datetime import datetime, UTC
from nianbao.model import Document, Filing, Numeral, NumeralReason, Report, RunRecord, Status
from nianbao.steps import Processed
from nianbao.store import Store
text = "罚款8300元。" * 400
found = tuple(Numeral(8 * n + 2, 8 * n + 6, "8300", NumeralReason.MONEY) for n in range(400))
with Store.open(sys.argv[1]) as store:
    store.begin_run(RunRecord("r1", datetime.now(UTC), "0.1.0"), "annual")
    filings = [Filing("folder", f"/{n}", f"{n}") for n in range(40)]
    ids = store.add_filings("r1", filings)
    print("ready", flush=True)
    while True:
        store.save("r1", [
            (file_id, Processed(one, "ab", Document(one.name, "ab", "text", text),
                                (Report(one.name, "ab", Status.COMPLETE, numerals=found),)))
            for file_id, one in zip(ids, filings)
        ])
"""


def test_a_run_that_is_killed_leaves_whole_batches(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    writer = subprocess.Popen([sys.executable, "-c", KILLED, path], stdout=subprocess.PIPE)
    assert writer.stdout is not None
    assert writer.stdout.readline() == b"ready\n"
    time.sleep(0.7)
    writer.kill()
    writer.wait()
    writer.stdout.close()
    with Store.open(path) as store:
        entries = store.load_entries("r1")
        assert len(entries) + len(store.pending("r1")) == 40
        assert len(entries) in (0, 40)
        assert {len(entry.report.numerals) for entry in entries} <= {400}
        assert store.verify() == ()
