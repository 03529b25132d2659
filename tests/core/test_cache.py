"""The cache: found again by what went into it, bounded, and never a reason to fail."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from nianbao.cache import Cache, cache_in_use
from nianbao.limits import limits

MEGABYTE = 1024 * 1024


def files(folder: Path) -> list[Path]:
    return [path for path in folder.glob("**/*") if path.is_file()]


def test_what_was_put_is_found_by_kind_and_key(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "缓存", MEGABYTE)
    assert cache.get("page", "甲") is None
    cache.put("page", "甲", b"\x00\xff")
    cache.put("page", "甲", b"new")
    cache.put("office", "甲", b"")
    assert Cache(tmp_path / "缓存", MEGABYTE).get("page", "甲") == b"new"
    assert (cache.get("office", "甲"), cache.get("page", "乙")) == (b"", None)


@pytest.mark.parametrize("damage", [b"", b"x", None])
def test_a_damaged_entry_counts_as_not_there_and_is_written_anew(
    tmp_path: Path, damage: bytes | None
) -> None:
    cache = Cache(tmp_path, MEGABYTE)
    cache.put("page", "甲", b"1" * 1_000)
    [path] = files(tmp_path)
    path.write_bytes(path.read_bytes()[:-3] if damage is None else damage)
    assert cache.get("page", "甲") is None
    cache.put("page", "甲", b"2")
    assert cache.get("page", "甲") == b"2"


def test_nothing_is_kept_where_nothing_may_be(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "缓存", 0)
    cache.put("page", "甲", b"1")
    assert cache.get("page", "甲") is None
    assert not (tmp_path / "缓存").exists()


def test_a_folder_that_can_not_be_made_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "文件").write_bytes(b"")
    cache = Cache(tmp_path / "文件" / "缓存", MEGABYTE)
    cache.put("page", "甲", b"1")
    assert cache.get("page", "甲") is None


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_can_not_be_written_is_no_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    cache = Cache(tmp_path, MEGABYTE)
    cache.put("page", "甲", b"1")
    assert cache.get("page", "甲") is None
    tmp_path.chmod(0o700)


def test_past_its_bound_the_oldest_go(tmp_path: Path) -> None:
    bulk = os.urandom(10_000)
    first = Cache(tmp_path, MEGABYTE)
    for number in range(10):
        first.put("page", str(number), bulk)
    ages = dict.fromkeys(files(tmp_path))
    for number in range(10):
        [path] = set(ages) & {first._path("page", str(number))}
        os.utime(path, (1_000_000 + number, 1_000_000 + number))
    # Reading makes an entry new again.
    assert first.get("page", "0") == bulk
    # The first entry that a process writes makes room: 55,000 bytes may stay, of which four fifths are left.
    Cache(tmp_path, 55_000).put("page", "new", bulk)
    kept = {key for key in [*map(str, range(10)), "new"] if first.get("page", key) is not None}
    assert kept == {"0", "8", "9", "new"}
    assert sum(path.stat().st_size for path in files(tmp_path)) <= 44_000


WRITER = """
import sys
from pathlib import Path
from nianbao.cache import Cache
cache = Cache(Path(sys.argv[1]), 300_000)
for turn in range(40):
    for key in range(20):
        cache.put("page", str(key), str(key).encode() * 5_000)
        found = cache.get("page", str(key))
        assert found in (None, str(key).encode() * 5_000), "half an entry"
"""


def test_two_processes_write_the_same_entries(tmp_path: Path) -> None:
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, tmp_path], stderr=subprocess.PIPE) for _ in range(2)
    ]
    errors = [writer.communicate(timeout=600)[1] for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0], errors
    cache = Cache(tmp_path, 300_000)
    assert all(cache.get("page", str(key)) == str(key).encode() * 5_000 for key in range(20))
    assert len(files(tmp_path)) == 20


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    cache_in_use.cache_clear()
    limits.cache_clear()
    yield
    cache_in_use.cache_clear()
    limits.cache_clear()


@pytest.mark.usefixtures("fresh")
def test_the_settings_say_where_and_how_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIANBAO_CACHE", str(tmp_path / "这里"))
    cache_in_use().put("page", "甲", b"1")
    assert len(files(tmp_path / "这里")) == 1
    monkeypatch.setenv("NIANBAO_CACHE_MEGABYTES", "0")
    cache_in_use.cache_clear()
    limits.cache_clear()
    cache_in_use().put("page", "乙", b"1")
    assert len(files(tmp_path / "这里")) == 1
    assert cache_in_use().get("page", "甲") == b"1"
