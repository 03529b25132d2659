"""Broken and hostile files: each a row with a reason, within bounded memory; their neighbours are read."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

import pytest
from built_files import NAMESPACES, PdfPage, docx, p, pdf
from built_zips import named, nested, overlapping, zipped

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows counts memory another way")
SCRIPT = Path(__file__).parent / "process_folder.py"
MEGABYTE = 1024 * 1024
# What a process that has read sound files of every kind takes, with room; it was 190 MB here.
USUAL = 600
TITLE = "云岭镇人民政府2023年度法治政府建设工作报告"
SENTENCE = "全年办理行政处罚案件12件，开展行政检查256次，调解矛盾纠纷38起，举办法治讲座6场。"
BODY = ["一、主要举措和成效", *[SENTENCE] * 8, "二、存在的不足", SENTENCE, "三、下一步工作安排", SENTENCE]
WORD = docx(p(TITLE), *map(p, BODY))
PAGE = f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{TITLE}</title></head><body><div id=zoom>" + (
    "".join(f"<p>{line}</p>" for line in BODY) + "</div></body></html>"
)
SHEET = PdfPage().text(90, 760, TITLE)
for row, line in enumerate(BODY):
    SHEET.text(90, 720 - 26 * row, line, 10)
SOUND = {
    "正常1.docx": WORD,
    "正常2.pdf": pdf(SHEET),
    "正常3.html": PAGE.encode(),
    "正常4.txt": "\n".join([TITLE, *BODY]).encode("gb18030"),
    "正常5.zip": zipped({"甲.docx": WORD, "乙.zip": zipped({"丙.txt": "\n".join([TITLE, *BODY]).encode()})}),
}
ENTITIES = (
    "<!DOCTYPE x [<!ENTITY a '哈哈哈哈哈哈哈哈哈哈'>"
    + "".join(
        f"<!ENTITY {name} '{f'&{former};' * 10}'>"
        for former, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
LAUGHS = f"{ENTITIES}<w:document {NAMESPACES}><w:body>{p('&i;')}</w:body></w:document>"
PROGRAM = "<?xml version='1.0'?><?mso-application progid=\"Word.Document\"?>"
FLAT = f"{PROGRAM}{ENTITIES}<w:wordDocument>&i;</w:wordDocument>"
OPEN_TEXT = b"application/vnd.oasis.opendocument.text"
TYPES = "[Content_Types].xml"


def with_objects(data: bytes, *changes: tuple[bytes, bytes]) -> bytes:
    for old, new in changes:
        assert old in data
        data = data.replace(old, new, 1)
    return data


def long_pdf(pages: int) -> bytes:
    one = pdf(PdfPage().text(90, 700, SENTENCE))
    return with_objects(
        one, (b"/Kids [7 0 R] /Count 1", b"/Kids [" + b"7 0 R " * pages + b"] /Count %d" % pages)
    )


def locked_pdf() -> bytes:
    lock = (
        b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"5a" * 32 + b"> /U <" + b"a5" * 32 + b"> >>"
    )
    return with_objects(pdf(SHEET), (b"/Root 1 0 R", b"/Root 1 0 R /ID [<00> <00>] " + lock))


def swollen_pdf() -> bytes:
    packed = zlib.compress(b" " * (60 * MEGABYTE), 9)
    stream = b"<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(packed) + packed + b"\nendstream"
    one = pdf(PdfPage().text(90, 700, SENTENCE))
    return re.sub(rb"<< /Length \d+ >>\nstream\n.*?\nendstream", lambda _: stream, one, count=1, flags=re.S)


def unmapped_pdf() -> bytes:
    """Text in a font whose codes stand for no characters that anybody knows."""
    return with_objects(
        pdf(SHEET, SHEET), (b"/Encoding /UniGB-UTF16-H", b"/Encoding /Identity-H"), (b"Adobe", b"Nobody")
    )


def looping_pdf() -> bytes:
    return with_objects(pdf(SHEET), (b"/Kids [7 0 R]", b"/Kids [2 0 R 7 0 R]"))


HOSTILE = {
    "空.docx": (b"", "文件是空的"),
    "空字节.pdf": (bytes(200_000), "文件是空的：里面只有空白或空字节"),
    "半个.docx": (WORD[: len(WORD) // 2], "已损坏或不完整"),
    "半个.pdf": (pdf(SHEET)[:600], "已损坏或不完整|没有可用的文字"),
    "半个.zip": (SOUND["正常5.zip"][:900], "压缩包已损坏或不完整"),
    "加密.docx": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") * 90,
        "加密|损坏",
    ),
    "加密.pdf": (locked_pdf(), "PDF 已加密，需要密码才能打开"),
    "程序.docx": (b"MZ" + bytes(range(256)) * 8, "这是程序"),
    "表格.docx": (zipped({TYPES: b"x", "xl/workbook.xml": b"x"}), "这是 Excel 工作簿"),
    "演示.docx": (zipped({TYPES: b"x", "ppt/presentation.xml": b"x"}), "这是演示文稿"),
    "出错.docx": (b"<html><title>404 Not Found</title><h1>404 Not Found</h1></html>", "网站的出错或登录页面"),
    "登录.pdf": (
        "<html><body><p>您尚未登录，请先登录</p></body></html>".encode("gbk"),
        "网站的出错或登录页面",
    ),
    "a.rar": (b"Rar!\x1a\x07\x01\x00" + os.urandom(500), "这是 RAR 压缩包"),
    "b.7z": (b"7z\xbc\xaf\x27\x1c" + os.urandom(500), "这是 7z 压缩包"),
    "c.tar.gz": (b"\x1f\x8b\x08" + os.urandom(500), "这是 GZ 压缩包"),
    "噪声.doc": (bytes(range(256)) * 40, "文件内容无法识别"),
    "炸弹.docx": (docx(parts={"word/document.xml": b" " * (80 * MEGABYTE)}), "疑似压缩炸弹"),
    "炸弹.odt": (zipped({"mimetype": OPEN_TEXT, "content.xml": b" " * (80 * MEGABYTE)}), "疑似压缩炸弹"),
    "炸弹.ofd": (zipped({"OFD.xml": b" " * (80 * MEGABYTE)}), "疑似压缩炸弹"),
    "炸弹.zip": (zipped({"a.docx": b" " * (80 * MEGABYTE)}), "疑似压缩炸弹"),
    "炸弹2.docx": (docx(parts={f"word/{n}.xml": b"" for n in range(11_000)}), "文件太多"),
    "重叠.zip": (overlapping(9, WORD), "疑似压缩炸弹"),
    "套娃.zip": (nested(6, WORD), "超过 3 层"),
    "很多.zip": (named(*[b"%d.txt" % number for number in range(2_100)]), "超过 2000 个"),
    "实体.docx": (docx(parts={"word/document.xml": LAUGHS}), "实体"),
    "实体样式.docx": (
        docx(p(SENTENCE), parts={"word/_rels/document.xml.rels": ENTITIES + "<a>&i;</a>"}),
        "实体",
    ),
    "实体.odt": (zipped({"mimetype": OPEN_TEXT, "content.xml": f"{ENTITIES}<a>&i;</a>".encode()}), "实体"),
    "实体.ofd": (zipped({"OFD.xml": f"{ENTITIES}<a>&i;</a>".encode()}), "实体"),
    "实体.xml": (FLAT.encode(), "实体|XML"),
    "深.docx": (docx("<w:sdt><w:sdtContent>" * 5_000), "XML 已损坏"),
    "深.html": (b"<html><body>" + b"<div>" * 200_000, "嵌套"),
    "五千页.pdf": (long_pdf(5_000), "超过 2000 页"),
}
# Read or refused, or left to a slow reader: what matters is that it ends.
UNSURE = {
    "膨胀.pdf": swollen_pdf(),
    "无对应.pdf": unmapped_pdf(),
    "循环.pdf": looping_pdf(),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    rows: dict[str, tuple[str, str]]
    peak: int


def processed(folder: Path, speed: str = "slow", **settings: int) -> Outcome:
    """What comes of a folder in a process of its own, started where no settings lie."""
    told = {f"NIANBAO_{name.upper()}": str(value) for name, value in settings.items()}
    done = subprocess.run(
        [sys.executable, SCRIPT, folder, speed],
        capture_output=True,
        cwd=folder,
        env=os.environ | told,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    made = json.loads(done.stdout)
    return Outcome({name: (status, error) for name, status, error in made["rows"]}, made["peak"])


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    folder = tmp_path_factory.mktemp("各乡镇")
    for name, data in SOUND.items():
        (folder / name).write_bytes(data)
    for name, (data, _) in HOSTILE.items():
        (folder / name).write_bytes(data)
    return processed(folder)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_a_row_with_a_reason(outcome: Outcome, name: str) -> None:
    told = [
        (status, error)
        for row, (status, error) in outcome.rows.items()
        if (row == name or row.startswith(f"{name}!/")) and status == "unreadable"
    ]
    assert told
    assert all(re.search("[\u4e00-\u9fff]{4}", error) and "Error" not in error for _, error in told)
    assert any(re.search(HOSTILE[name][1], error) for _, error in told)


def test_what_may_be_read_or_not_ends(tmp_path: Path) -> None:
    for name, data in UNSURE.items():
        (tmp_path / name).write_bytes(data)
    outcome = processed(tmp_path, "fast")
    statuses = {status for status, _ in outcome.rows.values()}
    assert statuses <= {"unreadable", "deferred", "complete", "not-a-report"}
    assert outcome.peak < USUAL


def test_the_neighbours_are_read(outcome: Outcome) -> None:
    expected = [
        "正常1.docx",
        "正常2.pdf",
        "正常3.html",
        "正常4.txt",
        "正常5.zip!/乙.zip!/丙.txt",
        "正常5.zip!/甲.docx",
    ]
    assert [name for name in outcome.rows if name.startswith("正常")] == expected
    assert {outcome.rows[name] for name in expected} == {("complete", "")}


def test_memory_is_bounded(outcome: Outcome) -> None:
    assert outcome.peak < USUAL


def stored(path: Path, members: dict[str, bytes], padding: int) -> None:
    """Write a zip with a large member as it is, without holding it in memory."""
    with zipfile.ZipFile(path, "w") as package:
        for name, data in members.items():
            package.writestr(name, data)
        with package.open("word/media/image1.bmp", "w", force_zip64=True) as large:
            for _ in range(padding):
                large.write(bytes(MEGABYTE))


@pytest.mark.parametrize(
    ("megabytes", "limit", "status"),
    [(190, 200, "complete"), (201, 200, "unreadable"), (30, 20, "unreadable")],
)
def test_a_large_word_file(tmp_path: Path, megabytes: int, limit: int, status: str) -> None:
    with zipfile.ZipFile(io.BytesIO(WORD)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    stored(tmp_path / "大.docx", parts, megabytes)
    (tmp_path / "小.docx").write_bytes(WORD)
    outcome = processed(tmp_path, file_megabytes=limit)
    assert outcome.rows["小.docx"] == ("complete", "")
    assert outcome.rows["大.docx"][0] == status
    assert (f"文件超过 {limit} MB" in outcome.rows["大.docx"][1]) == (status == "unreadable")
    assert outcome.peak < USUAL + 2 * limit


def test_a_large_archive_is_not_held_in_memory(tmp_path: Path) -> None:
    stored(tmp_path / "大.zip", {"甲.docx": WORD, "乙.txt": SOUND["正常4.txt"]}, 400)
    outcome = processed(tmp_path)
    assert outcome.rows["大.zip!/甲.docx"] == outcome.rows["大.zip!/乙.txt"] == ("complete", "")
    assert "文件解开后超过 200 MB" in outcome.rows["大.zip!/word/media/image1.bmp"][1]
    assert outcome.peak < USUAL


def test_bounds_come_from_the_settings(tmp_path: Path) -> None:
    (tmp_path / "长.pdf").write_bytes(long_pdf(11))
    (tmp_path / "深.zip").write_bytes(nested(2, WORD))
    (tmp_path / "多.zip").write_bytes(zipped({f"{number}.docx": WORD for number in range(4)}))
    rows = processed(tmp_path, pages=10, archive_depth=1, archive_members=3).rows
    assert "超过 10 页" in rows["长.pdf"][1]
    assert "超过 1 层" in rows["深.zip!/2.zip"][1]
    assert "超过 3 个" in rows["多.zip"][1]
    assert rows["多.zip!/2.docx"] == ("complete", "")
