"""A store travels in one file, from either database to either, whole or not at all."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from mounts import small_disk
from pgserver import Server
from sqlalchemy import select

from nianbao.archive import Archive
from nianbao.comparing import digest_of
from nianbao.errors import StoreError
from nianbao.model import (
    Attribute,
    Document,
    Field,
    Figure,
    FigureStatus,
    Filing,
    Numeral,
    NumeralReason,
    Report,
    RunRecord,
    Status,
)
from nianbao.steps import Processed
from nianbao.store import Store, schema
from nianbao.store.importing import import_store
from nianbao.store.lock import held

RUN = RunRecord("r1", datetime(2024, 3, 1, tzinfo=UTC), "0.1.0", settings=(("来源", "报告"),))
CONTENTS = {
    hashlib.sha256(data).hexdigest(): data for data in ("罚款8300元。".encode() * 40, b"%PDF-1.7 ...")
}
TEXT, PDF = CONTENTS
NAMES = ("甲镇.txt", "乙镇.pdf", "丙镇.txt")


def read(name: str, sha256: str) -> Processed:
    text = "罚款8300元，\t“😀”\u2028。"
    report = Report(
        name,
        sha256,
        Status.COMPLETE,
        attributes=(Attribute(Field.YEAR, "2023", "标题所写", "identity"),),
        numerals=(Numeral(2, 6, "8300", NumeralReason.MONEY),),
        figures=(Figure("penalty", Decimal("8300.50"), FigureStatus.STATED, True, (0,)),),
    )
    return Processed(
        Filing("folder", f"/{name}", name), sha256, Document(name, sha256, "text", text), (report,)
    )


def filled(location: str, archive: Archive) -> None:
    for digest, data in CONTENTS.items():
        archive.put(digest, data)
    done = [read(name, digest) for name, digest in zip(NAMES, (TEXT, PDF, TEXT), strict=True)]
    with Store.open(location) as store:
        store.begin_run(RUN, "run")
        ids = store.add_filings("r1", [one.filing for one in done])
        store.save("r1", zip(ids, done, strict=True))
        store.finish_run("r1", "complete", {"complete": 3})
        with store._writing() as connection:
            digest = digest_of(b"\x00\xff{")
            connection.execute(schema.snapshots.insert().values(digest=digest, content=b"\x00\xff{"))
            connection.execute(schema.run_snapshots.insert().values(run_id="r1", year=2023, digest=digest))


def dump(location: str) -> dict[str, list[tuple[object, ...]]]:
    with Store.open(location) as store, store._reading() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in schema.metadata.sorted_tables
        }


def exported(location: str, archive: Archive | None, path: Path) -> Path:
    with Store.open(location, make=False) as store:
        store.export(path, archive)
    return path


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A store of three reports and two contents, in its file."""
    archive = Archive(tmp_path / "from")
    filled(str(tmp_path / "from.db"), archive)
    return exported(str(tmp_path / "from.db"), archive, tmp_path / "备份.zip")


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


# Files that are not what they should be


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def written(path: Path, found: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w") as package:
        for name, data in found.items():
            package.writestr(name, data)


def changed_manifest(**changes: object) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        found = members(path)
        found["manifest.json"] = json.dumps({**json.loads(found["manifest.json"]), **changes}).encode()
        written(path, found)

    return change


def changed_member(name: str, change: Callable[[bytes], bytes | None]) -> Callable[[Path], None]:
    def apply(path: Path) -> None:
        found = members(path)
        data = change(found.pop(name))
        written(path, found if data is None else {**found, name: data})

    return apply


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    at = data.index(b"PDF-1.7")
    data[at] ^= 1
    path.write_bytes(data)


DAMAGE = {
    "cut off": lambda path: path.write_bytes(path.read_bytes()[:-200]),
    "empty": lambda path: path.write_bytes(b""),
    "no zip": lambda path: path.write_text("报告"),
    "another zip": lambda path: written(path, {"[Content_Types].xml": b"<xml/>"}),
    "a bit turned": flip,
    "another format": changed_manifest(format=9),
    "no such revision": changed_manifest(revision="0000"),
    "no revision": changed_manifest(revision="../0001"),
    "other tables": changed_manifest(tables=[]),
    "a table gone": changed_member("tables/reports.jsonl", lambda data: None),
    "a row gone": changed_member("tables/numerals.jsonl", lambda data: data[data.index(b"\n") + 1 :]),
    "a row cut": changed_member("tables/numerals.jsonl", lambda data: data[:-9]),
    "a value gone": changed_member("tables/failures.jsonl", lambda data: b"[1]\n"),
    "no list": changed_member("tables/failures.jsonl", lambda data: b"{}\n"),
    "a content gone": changed_member(f"objects/{PDF}", lambda data: None),
    "another content": changed_member(f"objects/{PDF}", lambda data: b"%PDF-1.4"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_file_that_is_not_whole_fills_nothing(
    package: Path, store_url: str, damage: str, tmp_path: Path
) -> None:
    DAMAGE[damage](package)
    with pytest.raises(StoreError) as caught:
        import_store(store_url, Archive(tmp_path / "to"), package)
    assert str(caught.value) == (
        f"{package}：不是 nianbao store export 写出的文件，或已损坏，没有导入（请换一个文件，或重新导出）"
    )
    with pytest.raises(StoreError, match=r"数据库是空的，还没有任何内容|没有这个数据库"):
        Store.open(store_url, make=False)


def test_rows_without_their_parents_fill_nothing(package: Path, store_url: str, tmp_path: Path) -> None:
    changed_member("tables/numerals.jsonl", lambda data: data.replace(b"[1,", b"[99,"))(package)
    with pytest.raises(StoreError):
        import_store(store_url, Archive(tmp_path / "to"), package)
    with pytest.raises(StoreError, match="数据库是空的"):
        Store.open(store_url, make=False)


def test_a_file_of_a_newer_program_fills_nothing(package: Path, tmp_path: Path) -> None:
    changed_manifest(revision="9999")(package)
    with pytest.raises(StoreError, match=r"由更新版本的 nianbao 建立（结构版本 9999，.*（请升级 nianbao）"):
        import_store(str(tmp_path / "to.db"), Archive(tmp_path / "to"), package)
    assert not (tmp_path / "to.db").exists()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="没有这个文件"):
        import_store(str(tmp_path / "to.db"), None, tmp_path / "nothing.zip")


def test_a_file_of_an_older_program_is_brought_up(package: Path, store_url: str, tmp_path: Path) -> None:
    """Of revision 0003, which knew neither how files were read nor corrections nor snapshots."""
    found = members(package)
    manifest = json.loads(found["manifest.json"])
    old = []
    for table in manifest["tables"]:
        name = f"tables/{table['name']}.jsonl"
        if table["name"] in {
            "readings",
            "publications",
            "run_results",
            "corrections",
            "snapshots",
            "run_snapshots",
            "waivers",
        }:
            del found[name]
            continue
        if table["name"] in {"run_files", "reports"}:
            table["columns"].remove("work" if table["name"] == "run_files" else "region")
            rows = [json.dumps(json.loads(line)[:-1]) for line in found[name].splitlines()]
            found[name] = "\n".join(rows).encode()
        old.append(table)
    written(package, found)
    changed_manifest(revision="0003", tables=old)(package)
    import_store(store_url, Archive(tmp_path / "to"), package)
    tables = dump(store_url)
    assert len(tables["reports"]) == 3
    assert tables["corrections"] == tables["waivers"] == []
    with Store.open(store_url) as store:
        assert store.verify() == ()


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
