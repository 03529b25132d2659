"""Tells what a file is by its first bytes; the suffix only breaks a tie."""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum

from nianbao import Download, ReadError

EMPTY_MESSAGE = "文件是空的"

_HEAD = 4096
_TAG = re.compile(
    rb"^(?:\s|<!--.*?-->|<\?xml[^>]*>)*<(?:!doctype\s+html|html|head|body|meta|title|script|table|div|p|h[1-6]|span)\b",
    re.I | re.S,
)
# A page saved as a single file (.mht) is a mail message.
_MAIL_HEAD = re.compile(
    rb"^\s*(?:From|MIME-Version|Subject|Content-Type|Date|Snapshot-Content-Location):", re.I
)
_WIDE_TAG = re.compile(r"^\s*<(?:!doctype\s+html|html|head|body|meta|table|div|p)\b", re.I)
_IMAGES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*", b"BM")
_WEBP = re.compile(rb"^RIFF.{4}WEBP", re.S)
# Word saved as a single XML file: its 2003 form, and the flat form of a package.
_WORD_XML = re.compile(rb"<\?mso-application\s+progid=\"Word\.Document\"|<w:wordDocument\b|<pkg:package\b")
_LOCAL_HEADER = 30
_CONTROL = bytes(code for code in range(0x20) if code not in (0x09, 0x0A, 0x0C, 0x0D, 0x1B))


class Media(StrEnum):
    """The kinds of file that a reader may meet."""

    EMPTY = "empty"
    DOCX = "docx"
    OFD = "ofd"
    ODT = "odt"
    ZIP = "zip"
    OLE = "ole"
    RTF = "rtf"
    PDF = "pdf"
    HTML = "html"
    ARCHIVED_PAGE = "archived-page"
    XML = "xml"
    WORD_XML = "word-xml"
    IMAGE = "image"
    ARCHIVE = "archive"
    TEXT = "text"
    BINARY = "binary"


_MARKS = {
    Media.OLE: (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",),
    Media.RTF: (b"{\\rtf",),
    Media.ARCHIVE: (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b"),
}


def media_of(data: bytes) -> Media:
    """Return what the bytes are."""
    head = data[:_HEAD]
    if not data.strip(b"\x00\t\n\r \xef\xbb\xbf"):
        return Media.EMPTY
    if head.startswith(b"PK\x03\x04"):
        return _zip_media(data)
    if b"%PDF-" in head[:1024]:
        return Media.PDF
    for media, marks in _MARKS.items():
        if head.startswith(marks):
            return media
    if (head.startswith(_IMAGES) or _WEBP.match(head)) and (not head.startswith(b"BM") or _is_binary(head)):
        return Media.IMAGE
    return _text_media(head)


def _zip_media(data: bytes) -> Media:
    """Tell what a zip holds by its first member's name, else by its directory, else by what is left of it.

    Members that are zips themselves, and stored as they are, show their own names among the bytes.
    """
    length = int.from_bytes(data[26:28], "little")
    first = data[_LOCAL_HEADER : _LOCAL_HEADER + length].decode("utf-8", errors="replace")
    names = {first}
    if _package_media(names) is None:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                names.update(package.namelist())
        except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
            return Media.DOCX if b"word/document.xml" in data else Media.ZIP
    return _package_media(names) or Media.ZIP


def _package_media(names: set[str]) -> Media | None:
    if any(name == "OFD.xml" or name.startswith("Doc_0/") for name in names):
        return Media.OFD
    if any(name == "[Content_Types].xml" or name.startswith(("word/", "_rels/.rels")) for name in names):
        return Media.DOCX
    return Media.ODT if any(name in ("mimetype", "content.xml") for name in names) else None


def _text_media(head: bytes) -> Media:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head[: len(head) // 2 * 2].decode("utf-16", errors="replace")
        return Media.HTML if _WIDE_TAG.match(text.removeprefix("\ufeff")) else Media.TEXT
    if _TAG.match(head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\x00")):
        return Media.HTML
    if _MAIL_HEAD.match(head) and b"multipart/" in head.lower():
        return Media.ARCHIVED_PAGE
    if head.removeprefix(b"\xef\xbb\xbf").startswith(b"<?xml"):
        return Media.WORD_XML if _WORD_XML.search(head) else Media.XML
    return Media.BINARY if _is_binary(head) else Media.TEXT


def _is_binary(head: bytes) -> bool:
    """A text may hold a stray control character, a binary file is full of them."""
    controls = len(head) - len(head.translate(None, _CONTROL))
    return controls * 20 > len(head)


def refusal(download: Download, media: Media) -> ReadError:
    """Return the error that tells the user what a file is that nobody reads, and what to do."""
    message, hint = _REFUSALS[media]
    if media is Media.OLE:
        message, hint = _ole_refusal(download.data)
    return ReadError(message, where=download.filing.name, hint=hint)


_REFUSALS = {
    Media.EMPTY: (EMPTY_MESSAGE, "请重新取得这个文件"),
    Media.DOCX: ("Word 文件已损坏或不完整", "请重新取得这个文件"),
    Media.OFD: ("OFD 文件已损坏或不完整", "请重新取得这个文件"),
    Media.ODT: ("ODT 文件不能读取", "请另存为 .docx"),
    Media.ZIP: ("压缩包不能当作一份文件读取", "请解压后放进文件夹"),
    Media.OLE: ("旧版 Office 文件暂不能读取", "请另存为 .docx"),
    Media.RTF: ("RTF 文件暂不能读取", "请另存为 .docx"),
    Media.PDF: ("PDF 文件已损坏或不完整", "请重新取得这个文件"),
    Media.HTML: ("网页里没有正文", "请重新保存这个网页"),
    Media.ARCHIVED_PAGE: ("网页里没有正文", "请重新保存这个网页"),
    Media.XML: ("XML 格式的文件暂不能读取", "请另存为 .docx"),
    Media.WORD_XML: ("XML 格式的 Word 文件不能读取", "请另存为 .docx"),
    Media.IMAGE: ("这是图片，没有文字", "请提供带文字的版本"),
    Media.ARCHIVE: ("压缩包暂不能读取", "请解压后放进文件夹"),
    Media.TEXT: ("文件里没有文字", "请重新取得这个文件"),
    Media.BINARY: ("文件内容无法识别，可能已损坏", "请重新取得这个文件，或另存为 .docx"),
}


def _ole_refusal(data: bytes) -> tuple[str, str]:
    """Tell apart the compound files; their directory names streams in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "文件已加密，需要密码才能打开", "请去掉密码后另存为 .docx"
    if "WordDocument".encode("utf-16-le") in data:
        return "旧版 Word（.doc）文件暂不能读取", "请另存为 .docx"
    if "Workbook".encode("utf-16-le") in data:
        return "这是 Excel 工作簿，不是报告文档", "请另存为 .docx"
    return "旧版 Office 或 WPS 文件暂不能读取", "请另存为 .docx"
