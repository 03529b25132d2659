"""Archives that are too deep, too large, too many, or that change: bounded, and told."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
from built_files import docx, p
from built_zips import (
    ENTRY,
    LOCAL,
    changed,
    filings,
    names,
    nested,
    outcomes,
    overlapping,
    zipped,
)

from connectors import archives
from connectors import zipped as zip_module
from connectors.archives import members
from connectors.sources import folder
from nianbao import Filing, ReadError
from nianbao.limits import Limits

REPORT = docx(p("云岭镇法治政府建设报告"))
BOMB = bytes(40 * 1024 * 1024)


@pytest.fixture
def bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (archives, zip_module, folder):
        monkeypatch.setattr(
            module, "limits", lambda: Limits(file_megabytes=1, archive_members=4, archive_depth=2)
        )


def test_archives_too_deep_in_archives(bounded: None) -> None:
    assert names(nested(2)) == ["2.zip!/报告.txt"]
    assert outcomes(zipped([("a.txt", b"x"), ("b.zip", nested(2))])) == {
        "a.txt": b"x",
        "b.zip!/2.zip": "压缩包里套压缩包超过 2 层，没有继续打开",
    }
    with pytest.raises(ReadError, match="超过 2 层"):
        archives.unpack(io.BytesIO(nested(3)), ("2.zip", "3.zip", "报告.txt"))


def test_more_files_than_the_bound(bounded: None) -> None:
    many = {f"{number}.txt": b"x" for number in range(6)}
    reason = "压缩包里的文件超过 4 个，超出的没有读取"
    assert list(outcomes(zipped(many)).items())[3:] == [("3.txt", b"x"), ("", reason)]
    inside = outcomes(zipped({"1.zip": zipped(many), "2.txt": b"y"}))
    assert inside == {"1.zip!/0.txt": b"x", "1.zip!/1.txt": b"x", "1.zip!/2.txt": b"x", "": reason}


def test_a_list_of_contents_beyond_the_bound_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_module, "_LARGEST_DIRECTORY", 80)
    data = zipped([("1.txt", b"one" * 50), ("2.txt", b"two" * 50)])
    assert list(outcomes(data)) == [""]
    assert "超过 2000 个" in str(outcomes(data)[""])


def test_a_file_larger_than_the_bound(bounded: None) -> None:
    large = os.urandom(1024 * 1024 + 1)
    assert outcomes(zipped({"1.bin": large, "2.txt": b"x"})) == {
        "1.bin": "文件解开后超过 1 MB",
        "2.txt": b"x",
    }
    assert outcomes(zipped({"1.zip": zipped({"a": large[:-900]}), "2.txt": b"x"}))["2.txt"] == b"x"


def test_files_that_swell_beyond_all_reason() -> None:
    bomb = "文件解开后大得异常（疑似压缩炸弹），已拒绝读取"
    assert outcomes(zipped({"1.txt": BOMB, "2.txt": b"x"})) == {"1.txt": bomb, "2.txt": b"x"}
    assert outcomes(zipped({"1.txt": BOMB}, zipfile.ZIP_BZIP2)) == {"1.txt": bomb}
    assert outcomes(zipped({"1.zip": zipped({"1.txt": BOMB}), "2.txt": b"x"})) == {
        "1.zip!/1.txt": bomb,
        "2.txt": b"x",
    }
    # A list of contents that tells less than there is: no more than told is unpacked.
    lying = changed(
        changed(zipped({"1.txt": BOMB}), ENTRY, 24, b"\x00\x01\x00\x00"), LOCAL, 22, b"\x00\x01\x00\x00"
    )
    assert outcomes(lying) == {"1.txt": "压缩包里的这个文件已损坏，解不开"}


def test_files_that_share_their_bytes() -> None:
    found = outcomes(overlapping(8, os.urandom(3000)))
    assert set(found.values()) == {"文件解开后大得异常（疑似压缩炸弹），已拒绝读取"}
    assert len(found) == 8


def test_all_files_together_larger_than_the_bound(bounded: None) -> None:
    half = (b"0123456789abcdef" * 40_000)[:600_000]
    found = outcomes(zipped({"1.txt": half, "2.txt": half, "3.txt": half}))
    assert found["1.txt"] == half
    assert found[""] == "压缩包里的文件解开后总共大得异常（疑似压缩炸弹），超出的没有读取"
    assert len(found) == 2


def test_an_archive_that_holds_itself_ends(bounded: None) -> None:
    data = zipped({"r.zip": nested(6), "a.txt": b"x"})
    assert outcomes(data) == {"a.txt": b"x", "r.zip!/2.zip": "压缩包里套压缩包超过 2 层，没有继续打开"}


def test_an_archive_replaced_after_it_was_listed(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"b.txt": b"old", "c.zip": nested(1)}))
    gone, deeper = filings(path)
    path.write_bytes(zipped({"d.txt": b"new"}))
    for filing in (gone, deeper):
        with pytest.raises(ReadError, match="已没有这个文件"):
            folder.fetch_file(filing)
    path.write_bytes(b"text")
    with pytest.raises(ReadError, match="压缩包已损坏"):
        folder.fetch_file(gone)
    path.unlink()
    with pytest.raises(ReadError, match="文件不存在"):
        folder.fetch_file(gone)


def test_listing_reads_little_of_a_large_archive() -> None:
    class Counting(io.BytesIO):
        count = 0

        def read(self, size: int | None = -1, /) -> bytes:
            data = super().read(size)
            self.count += len(data)
            return data

    large = zipped({f"{number}.bin": os.urandom(1_000_000) for number in range(8)}, zipfile.ZIP_STORED)
    file = Counting(large)
    found = members(file)
    assert found is not None
    assert len(found) == 8
    assert file.count < len(large) / 50


def test_the_filing_is_all_that_fetching_needs(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"b.zip": zipped({"c.docx": REPORT})}))
    (filing,) = filings(tmp_path)
    again = Filing(filing.source, filing.uri, "另一个名字")
    assert folder.fetch_file(again).data == REPORT
