"""What is no export of today: a damaged file fills nothing, one of an older program is brought up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from store_packages import PDF, changed_manifest, changed_member, dump, members, written

from nianbao.archive import Archive
from nianbao.errors import StoreError
from nianbao.store import Store
from nianbao.store.importing import import_store


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
            "acceptances",
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
    assert tables["corrections"] == tables["waivers"] == tables["acceptances"] == []
    with Store.open(store_url) as store:
        assert store.verify() == ()
