"""A full or damaged disk is told in one plain line, and nothing is half-applied."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from mounts import mounted, small_disk
from pgserver import Server, name_in
from troubled import begun, read, refused, save, told

from nianbao.errors import StoreError
from nianbao.store import Store


@pytest.fixture
def small_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a store on a disk of sixteen megabytes."""
    if request.param == "sqlite":
        with small_disk(tmp_path / "disk", 2_000) as disk:
            yield str(disk / "nianbao.db")
        return
    server: Server = request.getfixturevalue("server")
    with small_disk(server.folder / "disk", 16_000) as disk:
        server.own(disk)
        server.sql(f"CREATE TABLESPACE small LOCATION '{disk}'")
        address = server.new_database("TABLESPACE small")
        try:
            yield address
        finally:
            server.drop(address)
            server.sql("DROP TABLESPACE small")


@pytest.mark.parametrize("small_store", ["sqlite", "postgresql"], indirect=True)
def test_a_full_disk_is_named_and_leaves_what_was_there(small_store: str) -> None:
    with begun(small_store) as store:
        save(store, read("甲镇.txt", 100))
        with pytest.raises(StoreError) as caught:
            save(store, read("甲镇.txt", 9), *(read(f"{number}.txt", 5_000) for number in range(40)))
        assert told(caught).endswith("：磁盘已满（请腾出空间后重新运行）")
        [entry] = store.load_entries("r1")
        assert len(entry.report.numerals) == 100
        assert store.verify() == ()


def test_a_file_that_may_grow_no_more_is_a_full_disk(tmp_path: Path) -> None:
    with begun(tmp_path / "a.db") as store:
        save(store, read("甲镇.txt", 100))
        with store._writing() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StoreError, match="磁盘已满（请腾出空间后重新运行）"):
            save(store, read("甲镇.txt", 9), read("乙镇.txt", 5_000))
        [entry] = store.load_entries("r1")
        assert len(entry.report.numerals) == 100


def test_a_disk_that_is_full_from_the_start_gets_half_a_store_never(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 60) as disk:
        assert refused(disk / "a.db").endswith("：磁盘已满（请腾出空间后重新运行）")
        (disk / "a.db-wal").unlink(missing_ok=True)
        subprocess.run(["mount", "-o", "remount,size=4000k", str(disk)], check=True)
        with begun(disk / "a.db") as store:
            assert store.verify() == ()


def test_a_disk_that_may_only_be_read_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    begun(folder / "a.db").close()
    before = (folder / "a.db").read_bytes()
    with mounted(folder, "-o", "bind,ro", str(folder)):
        for name in ("a.db", "b.db"):
            line = refused(folder / name)
            assert line.endswith("：打不开数据库文件（请检查文件和所在文件夹的权限，或复制到可以写入的位置）")
    assert (folder / "a.db").read_bytes() == before


def test_a_damaged_table_is_named_and_left_alone(server: Server) -> None:
    address = server.new_database()
    with begun(address) as store:
        save(store, *(read(f"{number}.txt", 300) for number in range(20)))
    database = name_in(address)
    [(path,)] = server.sql("SELECT pg_relation_filepath('numerals')", database)
    server.sql("CHECKPOINT")
    server.stop("fast")
    try:
        file = server.folder / "data" / str(path)
        whole = file.read_bytes()
        page = 8192
        damaged = whole[:page] + re.sub(rb"8300", b"9300", whole[page : 2 * page]) + whole[2 * page :]
        assert damaged != whole
        file.write_bytes(damaged)
    finally:
        server.start()
    with Store.open(address) as store:
        with pytest.raises(StoreError) as caught:
            store.load_entries("r1")
        assert told(caught).endswith("：数据库已损坏，未作改动（请管理员从备份恢复）")
        assert store.verify() == (f"数据库已损坏：表 numerals：invalid page in block 1 of relation {path}",)
