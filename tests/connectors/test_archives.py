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
    outcome,
    outcomes,
    zipped,
)

from connectors.archives import Member, members, split_key
from connectors.readers.canonical import stem
from connectors.sources import folder
from connectors.zipped import Problem
from nianbao import ReadError

REPORT = docx(p("云岭镇法治政府建设报告"))
BOMB = bytes(40 * 1024 * 1024)


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
