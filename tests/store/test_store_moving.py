"""A store travels in one file, from either database to either, whole or not at all."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from mounts import small_disk
from pgserver import Server
from store_packages import CONTENTS, PDF, RUN, dump, exported, filled

from nianbao.archive import Archive
from nianbao.errors import StoreError
from nianbao.model import Filing
from nianbao.store import Store
from nianbao.store.importing import import_store
from nianbao.store.lock import held


@pytest.fixture(params=["sqlite", "postgresql"])
def other_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield str(tmp_path / "other.db")
        return
    running: Server = request.getfixturevalue("server")
    location = running.new_database()
    yield location
    running.drop(location)


def test_a_store_moves_between_databases_whole(store_url: str, other_url: str, tmp_path: Path) -> None:
    archive, other = Archive(tmp_path / "one"), Archive(tmp_path / "other")
    filled(store_url, archive)
    path = tmp_path / "备份.zip"
    with Store.open(store_url) as store:
        done = store.export(path, archive)
    assert (done.reports, done.objects, done.missing) == (3, 2, ())
    told = import_store(other_url, other, path)
    assert (told.reports, told.objects, told.rows) == (3, 2, done.rows)
    assert dump(other_url) == dump(store_url)
    assert {digest: other.get(digest) for digest in other.digests()} == CONTENTS
    with Store.open(other_url) as store:
        assert store.verify() == ()
        # New files get ids of their own.
        assert store.add_filings("r1", [Filing("folder", "/丁镇.txt", "丁镇.txt")]) == (4,)


def test_the_same_store_makes_the_same_file(package: Path, tmp_path: Path) -> None:
    again = exported(str(tmp_path / "from.db"), Archive(tmp_path / "from"), tmp_path / "again.zip")
    assert again.read_bytes() == package.read_bytes()


def test_a_store_with_something_in_it_is_left_alone(package: Path, store_url: str, tmp_path: Path) -> None:
    with Store.open(store_url) as store:
        store.begin_run(RUN, "run")
    before = dump(store_url)
    with pytest.raises(
        StoreError, match="这个数据库里已经有内容，没有导入（请用 --store 写明一个新的数据库）"
    ):
        import_store(store_url, Archive(tmp_path / "to"), package)
    assert dump(store_url) == before
    assert not (tmp_path / "to").exists()


def test_a_store_at_work_is_left_alone(package: Path, store_url: str, tmp_path: Path) -> None:
    with held(store_url, "r7"), pytest.raises(StoreError, match="运行编号 r7"):
        import_store(store_url, Archive(tmp_path / "to"), package)


def test_an_empty_store_is_filled(package: Path, store_url: str, tmp_path: Path) -> None:
    Store.open(store_url).close()
    import_store(store_url, Archive(tmp_path / "to"), package)
    assert len(dump(store_url)["reports"]) == 3


@pytest.mark.parametrize(
    "harm", [Path.unlink, lambda path: path.write_bytes(b"%PDF")], ids=["gone", "damaged"]
)
def test_what_the_archive_lacks_is_told(tmp_path: Path, harm: Callable[[Path], object]) -> None:
    archive = Archive(tmp_path / "from")
    filled(str(tmp_path / "a.db"), archive)
    harm(tmp_path / "from" / PDF[:2] / PDF)
    with Store.open(tmp_path / "a.db") as store:
        assert store.export(tmp_path / "a.zip", archive).missing == (PDF,)
    told = import_store(str(tmp_path / "b.db"), Archive(tmp_path / "to"), tmp_path / "a.zip")
    assert (told.objects, told.missing) == (1, (PDF,))


def test_a_file_that_is_there_is_not_written_over(package: Path, tmp_path: Path) -> None:
    before = package.read_bytes()
    with pytest.raises(StoreError, match="文件已经存在，没有覆盖（请换一个文件名，或先移走它）"):
        exported(str(tmp_path / "from.db"), None, package)
    assert package.read_bytes() == before


def test_a_full_disk_leaves_no_half_a_file(package: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 4) as disk:
        with pytest.raises(StoreError, match="文件写不进去：No space left on device"):
            exported(str(tmp_path / "from.db"), Archive(tmp_path / "from"), disk / "a.zip")
        assert list(disk.iterdir()) == []


KILLED = """
import os, signal, sys
from pathlib import Path
from nianbao.archive import Archive
from nianbao.store import bulk
from nianbao.store.importing import import_store
whole = bulk.insert
def insert(connection, table, found):
    whole(connection, table, found)
    if table.name == "reports":
        os.kill(os.getpid(), signal.SIGKILL)
bulk.insert = insert
import_store(sys.argv[1], Archive(sys.argv[2]), Path(sys.argv[3]))
"""


def test_an_import_that_is_killed_leaves_nothing_and_may_be_repeated(
    package: Path, store_url: str, tmp_path: Path
) -> None:
    command = [sys.executable, "-c", KILLED, store_url, tmp_path / "to", package]
    assert subprocess.run(command, check=False).returncode == -9
    with pytest.raises(StoreError, match="数据库是空的"):
        Store.open(store_url, make=False)
    import_store(store_url, Archive(tmp_path / "to"), package)
    assert len(dump(store_url)["numerals"]) == 3
