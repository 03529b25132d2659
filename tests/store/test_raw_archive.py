"""The archive in a folder, in memory and at an address: kept, packed, verified, and honest about damage."""

from __future__ import annotations

import gzip
import hashlib
import os
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest

from nianbao.archive import Archive
from nianbao.errors import StoreError

TEXT = "全年办理行政复议案件三件。\n".encode() * 50
PACKAGE = b"PK\x03\x04" + bytes(range(256)) * 4


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture(params=["folder", "file", "memory"])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Archive:
    places = {
        "folder": str(tmp_path / "归档"),
        "file": (tmp_path / "archive").as_uri(),
        "memory": f"memory://{uuid4().hex}",
    }
    return Archive(places[request.param])


@pytest.mark.parametrize("data", [TEXT, PACKAGE, b"", b"x"], ids=["text", "package", "empty", "short"])
def test_what_is_kept_comes_back(archive: Archive, data: bytes) -> None:
    assert not archive.holds(digest(data))
    archive.put(digest(data), data)
    archive.put(digest(data), data)
    assert archive.holds(digest(data))
    assert archive.get(digest(data)) == data
    assert list(archive.digests()) == [digest(data)]
    assert archive.damaged(digest(data)) == ""


def test_what_is_not_there_is_named(archive: Archive) -> None:
    assert list(archive.digests()) == []
    with pytest.raises(StoreError, match=f"归档里没有内容 {'a' * 12}"):
        archive.get("a" * 64)
    assert "归档里没有内容" in archive.damaged("a" * 64)


def objects(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_text_is_packed_and_a_package_is_left_as_it_is(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.put(digest(TEXT), TEXT)
    archive.put(digest(PACKAGE), PACKAGE)
    text, package = tmp_path / digest(TEXT)[:2] / f"{digest(TEXT)}.gz", tmp_path / digest(PACKAGE)[:2]
    assert objects(tmp_path) == sorted([text, package / digest(PACKAGE)])
    assert gzip.decompress(text.read_bytes()) == TEXT
    assert text.stat().st_size < len(TEXT) / 5


DAMAGE: dict[str, Callable[[Path], object]] = {
    "cut off": lambda path: path.write_bytes(path.read_bytes()[:-9]),
    "empty": lambda path: path.write_bytes(b""),
    "another": lambda path: path.write_bytes(gzip.compress(b"other")),
    "no gzip": lambda path: path.write_bytes(b"rubbish"),
    "a flipped bit": lambda path: path.write_bytes(
        path.read_bytes()[:-20] + b"\x55" + path.read_bytes()[-19:]
    ),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_damage_is_an_error_that_names_the_object(tmp_path: Path, damage: Callable[[Path], object]) -> None:
    archive = Archive(tmp_path)
    archive.put(digest(TEXT), TEXT)
    damage(objects(tmp_path)[0])
    with pytest.raises(StoreError) as caught:
        archive.get(digest(TEXT))
    assert "已损坏" in str(caught.value)
    assert digest(TEXT) in caught.value.where
    archive.put(digest(TEXT), TEXT)
    assert archive.damaged(digest(TEXT))
    archive.put(digest(TEXT), TEXT, anew=True)
    assert archive.get(digest(TEXT)) == TEXT


def test_a_vanished_object_is_kept_again(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.put(digest(TEXT), TEXT)
    objects(tmp_path)[0].unlink()
    assert not archive.holds(digest(TEXT))
    archive.put(digest(TEXT), TEXT)
    assert archive.get(digest(TEXT)) == TEXT


def test_old_drafts_are_swept_and_young_ones_stay(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.sweep()
    drafts = tmp_path / "drafts"
    drafts.mkdir()
    for name, age in (("old", 90_000), ("young", 10)):
        (drafts / name).write_bytes(b"half")
        os.utime(drafts / name, (time.time() - age,) * 2)
    archive.sweep()
    assert [path.name for path in objects(drafts)] == ["young"]
    assert list(archive.digests()) == []


def test_an_address_of_no_known_kind() -> None:
    with pytest.raises(StoreError, match="看不懂的归档位置"):
        Archive("nowhere://bucket/a")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError, match="读写失败"):
        Archive(tmp_path).put(digest(TEXT), TEXT)


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    place = tmp_path / "archive"
    place.write_text("a file")
    with pytest.raises(StoreError, match="读写失败"):
        Archive(place).put(digest(TEXT), TEXT)
