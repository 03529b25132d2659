"""Reads old Office formats (.doc, .wps, .rtf, .odt, Word's XML): converted to .docx, then read as one.

LibreOffice converts; Word's XML is turned over here. What comes of it goes through the reader of .docx, so
that automatic numbers are restored by one piece of code.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from connectors.media import Media, media_of, refusal
from connectors.readers.compound import encrypted, form_of_compound
from connectors.readers.docx import read_package
from connectors.readers.office import Form, Office, Unconverted, convert, find_office
from connectors.readers.package import Package
from connectors.readers.wordxml import package_of
from nianbao import Document, Download, PassingReadError, Reader, ReadError, hookimpl
from nianbao.cache import cache_in_use
from nianbao.limits import limits

NAME = "legacy"
VERSION = "1"

RTF = Form("RTF 文档", "rtf", "Rich Text Format")
ODT = Form("ODT 文档", "odt", "writer8")

_CACHED = "office"
_SURE, _UNSURE = 90, 60
_OLE_MARK, _RTF_MARK, _ZIP_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf", b"PK\x03\x04"
_RTF_HEAD = 2048
# A document written in China holds hardly anything that GBK has no character for; bytes that are taken for
# text are mostly that.
_FEWEST_KNOWN = 0.7
# A date that follows the day: LibreOffice writes today's in place of the one that was last saved. Under the
# name of a page number the reader of .docx leaves it out.
_TODAY = re.compile(rb"(<w:instrText[^<>]*>|w:instr=\")\s*(?:DATE|TIME)\b")
_LEFT_OUT = rb"\1 PAGE"
_TODAY_NOTE = "随打开日期变化的日期没有收入正文"
_MAIN_PART = "word/document.xml"
# What is called otherwise is converted alone, when it is read.
_ENDINGS = frozenset({".doc", ".dot", ".wps", ".wpt", ".rtf", ".odt", ".ott", ".xml"})


@hookimpl
def nianbao_readers() -> Iterable[Reader]:
    """Yield the reader of old Office formats."""
    yield Reader(NAME, bid=bid, read=read_legacy, version=VERSION, prepare=prepare, prepares=_ENDINGS)


def bid(download: Download) -> int:
    """Bid high for documents; lower for other compound files, to say what they are."""
    media = media_of(download.data)
    if media is Media.OLE:
        return _SURE if "WordDocument".encode("utf-16-le") in download.data else _UNSURE
    return _SURE if media in (Media.RTF, Media.ODT, Media.WORD_XML) else 0


def read_legacy(download: Download) -> Document:
    """Read a document of an older format.

    Raises:
        ReadError: it is none, encrypted or broken; or LibreOffice is not there, or can't convert it in time.
    """
    try:
        if media_of(download.data) is Media.WORD_XML:
            return read_package(package_of(download.data), download, NAME)
        form = _form(download)
        data, had_today = _without_today(_converted(download, form))
        document = read_package(data, download, NAME)
    except ReadError as error:
        raise type(error)(error.message, where=download.filing.name, hint=error.hint) from error
    if not _is_legible(document.text):
        raise ReadError(
            "文件内容无法识别，可能已损坏",
            where=download.filing.name,
            hint="请重新取得这个文件，或用 Word 打开后另存为 .docx",
        )
    return replace(document, notes=(*document.notes, _TODAY_NOTE)) if had_today else document


def prepare(downloads: Sequence[Download]) -> None:
    """Convert several files at once into the cache; without a cache each is converted when it is read."""
    office = find_office()
    if office is None or not limits().cache_megabytes:
        return
    cache = cache_in_use()
    waiting: dict[Form, dict[str, bytes]] = defaultdict(dict)
    for download in downloads:
        try:
            form = _form(download)
        except ReadError:
            continue
        if cache.get(_CACHED, _key(download, office)) is None:
            waiting[form][_key(download, office)] = _source(download, form)
    for form, files in waiting.items():
        # One alone is no dearer when it is read.
        if len(files) > 1:
            for key, made in zip(files, convert(office, list(files.values()), form), strict=True):
                if isinstance(made, bytes):
                    cache.put(_CACHED, key, made)


def _form(download: Download) -> Form:
    """Return what LibreOffice is to take a file for."""
    media = media_of(download.data)
    if media is Media.OLE:
        return form_of_compound(_begun(download.data, _OLE_MARK))
    if media is Media.ODT:
        return _open_document(download.data)
    if media is Media.RTF:
        return RTF
    raise refusal(download, media)


def _open_document(data: bytes) -> Form:
    """Look into an OpenDocument package, within the bounds of all packages, before LibreOffice does."""
    package = Package(data, "ODT 文件", "请另存为 .docx")
    manifest = "META-INF/manifest.xml"
    if manifest in package and b"encryption-data" in package.read(manifest):
        raise encrypted()
    for part in ("content.xml", "styles.xml"):
        if part == "content.xml" or part in package:
            package.parse(part)
    return ODT


def _key(download: Download, office: Office) -> str:
    return f"{download.sha256} {VERSION} {office.stamp}"


def _source(download: Download, form: Form) -> bytes:
    """Return the bytes to convert."""
    if form is RTF:
        return _mended(_begun(download.data, _RTF_MARK))
    return _begun(download.data, _ZIP_MARK if form is ODT else _OLE_MARK)


def _mended(rtf: bytes) -> bytes:
    """Return an RTF as LibreOffice reads it rightly.

    One that names no code page means that of China, not of the West; and the last paragraph loses its list
    level where no other follows it (seen with LibreOffice 7.4).
    """
    if b"\\ansicpg" not in rtf[:_RTF_HEAD]:
        rtf = rtf.replace(b"{\\rtf1", b"{\\rtf1\\ansicpg936", 1)
    body = rtf.rstrip(b"\0\r\n\t ")
    return body[:-1] + b"\\pard\\plain\\par}" if body.endswith(b"}") else rtf


def _begun(data: bytes, mark: bytes) -> bytes:
    """Return a file from its mark on; pages that hand out files may send a line break before it."""
    return data[max(data.find(mark), 0) :]


def _converted(download: Download, form: Form) -> bytes:
    office = find_office()
    if office is None:
        raise PassingReadError(
            f"读取 {form.label}需要 LibreOffice，本机没有安装", hint="请安装 LibreOffice，或另存为 .docx"
        )
    cache, key = cache_in_use(), _key(download, office)
    kept = cache.get(_CACHED, key)
    if kept is not None:
        return kept
    (made,) = convert(office, [_source(download, form)], form)
    if isinstance(made, Unconverted):
        failed = ReadError if made is Unconverted.REFUSED else PassingReadError
        raise failed(made.value, hint="请用 Word 打开后另存为 .docx")
    cache.put(_CACHED, key, made)
    return made


def _without_today(data: bytes) -> tuple[bytes, bool]:
    """Return a converted package without dates of today, and whether there were any."""
    package = Package(data)
    main = package.read(_MAIN_PART) if _MAIN_PART in package else b""
    if not _TODAY.search(main):
        return data, False
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as changed:
        for name in package.names:
            changed.writestr(name, _TODAY.sub(_LEFT_OUT, main) if name == _MAIN_PART else package.read(name))
    return buffer.getvalue(), True


def _is_legible(text: str) -> bool:
    known = text.encode("gbk", errors="ignore").decode("gbk")
    return len(known) >= _FEWEST_KNOWN * len(text)
