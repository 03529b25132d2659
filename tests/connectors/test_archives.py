"""Archives: which files they hold, under which names, and what is refused."""

from __future__ import annotations

import hashlib
import io
import os
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from built_files import docx, p
from built_zips import (
    ENTRY,
    LOCAL,
    changed,
    filings,
    listed,
    named,
    names,
    nested,
    outcome,
    outcomes,
    overlapping,
    zipped,
)

from connectors import archives
from connectors import zipped as zip_module
from connectors.archives import Member, members, split_key
from connectors.readers.canonical import stem
from connectors.sources import folder
from connectors.zipped import Problem
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


def unicode_path(name: str, plain: bytes) -> bytes:
    value = b"\x01" + struct.pack("<L", zlib.crc32(plain)) + name.encode()
    return struct.pack("<HH", 0x7075, len(value)) + value


def test_each_member_is_a_file_of_its_own(tmp_path: Path) -> None:
    inner = zipped({"乙镇.docx": REPORT})
    (tmp_path / "2.txt").write_text("第二份", "utf-8")
    (tmp_path / "1.zip").write_bytes(zipped({"10镇.txt": b"ten", "9镇.txt": b"nine", "县/b.zip": inner}))
    found = filings(tmp_path)
    inside = [Path(filing.name).relative_to(tmp_path).as_posix() for filing in found]
    assert inside == ["1.zip!/9镇.txt", "1.zip!/10镇.txt", "1.zip!/县/b.zip!/乙镇.docx", "2.txt"]
    assert len({filing.uri for filing in found}) == 4
    fetched = [folder.fetch_file(filing) for filing in found]
    assert [each.data for each in fetched] == [b"nine", b"ten", REPORT, "第二份".encode()]
    assert [each.sha256 for each in fetched] == [hashlib.sha256(each.data).hexdigest() for each in fetched]


def test_a_single_archive_is_opened_from_wherever_it_was_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"b.txt": b"text"}))
    monkeypatch.chdir(tmp_path)
    (filing,) = filings(Path("a.zip"))
    monkeypatch.chdir("/")
    assert filing.name == "a.zip!/b.txt"
    assert stem(filing.name) == "b"
    assert folder.fetch_file(filing).data == b"text"


@pytest.mark.skipif(os.name == "nt", reason="such a path is a server's on Windows")
def test_a_path_that_begins_with_two_slashes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"text")
    (filing,) = filings(Path(f"/{tmp_path / 'a.txt'}"))
    assert folder.fetch_file(filing).data == b"text"


@pytest.mark.parametrize("name", ["a.docx", "a.doc", "a.rar", "a.txt", "没有后缀"])
def test_the_suffix_may_lie(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(zipped({"b.txt": b"text"}))
    assert [filing.name for filing in filings(tmp_path)] == [f"{tmp_path / name}!/b.txt"]


@pytest.mark.parametrize(
    "files",
    [
        {"[Content_Types].xml": b"x", "word/document.xml": b"x"},
        {"docProps/thumbnail.jpeg": b"x", "_rels/.rels": b"x", "word/document.xml": b"x"},
        {"Doc_0/Document.xml": b"x", "OFD.xml": b"x"},
        {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"x"},
        {"xl/workbook.xml": b"x", "[Content_Types].xml": b"x"},
        {"word\\document.xml": b"x"},
    ],
)
def test_packages_are_no_archives(files: dict[str, bytes], tmp_path: Path) -> None:
    assert members(io.BytesIO(zipped(files))) is None
    (tmp_path / "a.zip").write_bytes(zipped(files))
    assert [filing.name for filing in filings(tmp_path)] == [str(tmp_path / "a.zip")]
    assert names(zipped({"a.zip": zipped(files)})) == ["a.zip"]


def test_a_folder_called_word_makes_no_package() -> None:
    assert names(zipped({"word/1.docx": REPORT, "word/2.docx": REPORT})) == ["word/1.docx", "word/2.docx"]


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("云岭镇报告.docx".encode("gb18030"), "云岭镇报告.docx"),
        ("云岭镇报告.docx".encode(), "云岭镇报告.docx"),
        ("联通.txt".encode("gbk"), "联通.txt"),
        ("拢陇.txt".encode("gbk"), "拢陇.txt"),
        ("旐.txt".encode("gbk"), "旐.txt"),
        ("㙟镇.txt".encode("gb18030"), "㙟镇.txt"),
        (b"r\x82sum\x82.txt", "résumé.txt"),
        ("许\\乡.txt".encode("gbk"), "许/乡.txt"),
        (b"..\\..\\windows\\a.txt", "windows/a.txt"),
        (b"/etc/../b.txt", "etc/b.txt"),
        (b"C:\\temp\\c.txt", "temp/c.txt"),
        (b"a\x00\x07\x1b.txt", "a.txt"),
        ("报告\u202ecod.exe".encode(), "报告cod.exe"),
        (b"./ x / y.txt", "x/y.txt"),
        (b"..", "（无名文件）"),
    ],
)
def test_names(raw: bytes, name: str) -> None:
    assert names(named(raw)) == [name]
    assert outcome(named(raw), listed(named(raw))[0]) == "第0份".encode()


def test_names_in_the_unicode_path_field() -> None:
    plain = b"???.txt"
    assert names(named(plain, extra=unicode_path("云岭镇.txt", plain))) == ["???.txt"]
    plain = "?云".encode("gbk") + b".txt"
    assert names(named(plain, extra=unicode_path("龘云.txt", plain))) == ["龘云.txt"]
    assert names(named(plain, extra=unicode_path("龘云.txt", b"other"))) == ["?云.txt"]


def test_a_long_name_keeps_its_end() -> None:
    (name,) = names(zipped({f"{'长' * 3000}/{'文' * 600}.docx": b"x"}))
    assert len(name) <= 401
    assert name.endswith("文.docx")


def test_clutter_and_folders_are_left_out() -> None:
    clutter = (
        "__MACOSX/._a.txt",
        ".DS_Store",
        "县/Thumbs.db",
        "~$a.docx",
        "空/",
        "县/.x/b.txt",
        "desktop.ini",
    )
    assert names(zipped(dict.fromkeys(clutter, b"") | {"县/a.txt": b"x"})) == ["县/a.txt"]
    assert outcomes(zipped(dict.fromkeys(clutter, b""))) == {"": "压缩包里没有可读的文件"}


def test_a_folder_that_only_windows_marks_as_one() -> None:
    archive = changed(named("某县".encode("gbk"), b"a.txt"), ENTRY, 38, b"\x10\x00\x00\x00")
    assert names(changed(archive, ENTRY, 24, bytes(4))) == ["a.txt"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_equal_names_stay_apart() -> None:
    twice = zipped(
        [
            ("b.docx", b"1"),
            ("b.docx", b"2"),
            ("/b.docx", b"3"),
            ("b（2）.docx", b"4"),
            ("c", b"5"),
            ("./c", b"6"),
        ]
    )
    assert outcomes(twice) == {
        "b.docx": b"1", "b（2）.docx": b"2", "b（3）.docx": b"3", "b（2）（2）.docx": b"4",
        "c": b"5", "c（2）": b"6",
    }  # fmt: skip


def test_keys_are_unambiguous_whatever_the_names_hold() -> None:
    parts = [("a!", "b.txt"), ("a!/b.txt",), ("a", "b.txt")]
    assert len({Member(path).name for path in parts}) == 2
    assert [split_key("/x/a.zip" + Member(path).key) for path in parts] == [
        ("/x/a.zip", Member(path)) for path in parts
    ]
    for member in (Member((), Problem.BROKEN), Member(("b.zip",), Problem.TOO_DEEP)):
        assert split_key("/x/a.zip" + member.key) == ("/x/a.zip", member)
    assert split_key("/x/a.zip!/b.docx") == ("/x/a.zip!/b.docx", None)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_methods(method: int) -> None:
    assert outcomes(zipped({"a.txt": b"text" * 5000}, method)) == {"a.txt": b"text" * 5000}


SOUND = zipped([("1.txt", b"one" * 50), ("2.txt", b"two" * 50)])
DIRECTORY = SOUND.index(ENTRY)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (changed(SOUND, ENTRY, 8, b"\x01\x00"), "压缩包已加密，需要密码才能打开"),
        (changed(SOUND, ENTRY, 10, b"\x63\x00"), "压缩包已加密，需要密码才能打开"),
        (changed(SOUND, ENTRY, 10, b"\x09\x00"), "压缩包用了不支持的压缩方法（Deflate64）"),
        (changed(SOUND, ENTRY, 10, b"\x5d\x00"), "压缩包用了不支持的压缩方法（Zstandard）"),
        (changed(SOUND, ENTRY, 10, b"\x4d\x00"), "压缩包用了不支持的压缩方法（第 77 号）"),
        (changed(SOUND, ENTRY, 16, b"\x00\x00"), "压缩包里的这个文件已损坏，解不开"),
        (changed(SOUND, LOCAL, 40, b"\xff\xff\xff"), "压缩包里的这个文件已损坏，解不开"),
        (changed(SOUND, ENTRY, 24, b"\x10\x00\x00\x00"), "压缩包里的这个文件已损坏，解不开"),
        (changed(SOUND, ENTRY, 42, b"\xff\xff\xff\x00"), "压缩包里的这个文件已损坏，解不开"),
        (changed(SOUND, ENTRY, 24, b"\x00\x00\x00\xf0"), "文件解开后大得异常（疑似压缩炸弹），已拒绝读取"),
    ],
)  # fmt: skip
def test_a_member_that_cannot_be_unpacked_harms_no_other(data: bytes, reason: str) -> None:
    assert outcomes(data) == {"1.txt": reason, "2.txt": b"two" * 50}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (SOUND[:DIRECTORY], "压缩包已损坏或不完整，打不开"),
        (SOUND[:-30], "压缩包已损坏或不完整，打不开"),
        (SOUND[:50], "压缩包已损坏或不完整，打不开"),
        (b"PK\x03\x04", "压缩包已损坏或不完整，打不开"),
        (zipped({}), "压缩包里没有可读的文件"),
        (zipped({"空文件夹/": b""}), "压缩包里没有可读的文件"),
    ],
)
def test_an_archive_that_gives_nothing_is_a_row_of_its_own(data: bytes, reason: str, tmp_path: Path) -> None:
    assert outcomes(data) == {"": reason}
    assert outcomes(zipped([("a.txt", b"x"), ("b.zip", data)])) == {"a.txt": b"x", "b.zip": reason}
    (tmp_path / "a.zip").write_bytes(data)
    (tmp_path / "b.txt").write_bytes(b"text")
    broken, sound = filings(tmp_path)
    assert (broken.name, sound.name) == (str(tmp_path / "a.zip"), str(tmp_path / "b.txt"))
    with pytest.raises(ReadError, match=reason) as error:
        folder.fetch_file(broken)
    assert error.value.where == broken.name
    assert folder.fetch_file(sound).data == b"text"


def test_what_stands_after_an_archive_does_no_harm() -> None:
    assert outcomes(SOUND + b"\r\n<html>trailing page</html>")["2.txt"] == b"two" * 50


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
    assert list(outcomes(SOUND)) == [""]
    assert "超过 2000 个" in str(outcomes(SOUND)[""])


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
