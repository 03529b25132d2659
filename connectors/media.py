"""Tells what a file is by its first bytes; the suffix only breaks a tie."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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
# A text may begin like these.
_IMAGES_IN_LETTERS = (b"GIF8", b"BM")
_WEBP = re.compile(rb"^RIFF.{4}WEBP", re.S)
# Word saved as a single XML file: its 2003 form, and the flat form of a package.
_WORD_XML = re.compile(rb"<\?mso-application\s+progid=\"Word\.Document\"|<w:wordDocument\b|<pkg:package\b")
_BLANK = b"\x00\t\n\r \xef\xbb\xbf"
_CONTROL = bytes(code for code in range(0x20) if code not in (0x09, 0x0A, 0x0C, 0x0D, 0x1B))


class Media(StrEnum):
    """The kinds of file that a reader may meet."""

    EMPTY = "empty"
    DOCX = "docx"
    OFD = "ofd"
    ODT = "odt"
    WORKBOOK = "workbook"
    SLIDES = "slides"
    DRAWING = "drawing"
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
    Media.ARCHIVE: (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"MSCF"),
}
_TAR = slice(257, 262)

# Packages are zips too; their parts, by which they are known.
_TYPES = "[Content_Types].xml"
_PACKAGE_PARTS = frozenset({_TYPES, "_rels/.rels", "word/document.xml", "OFD.xml", "mimetype", "content.xml"})
# First in some packages; none of them alone makes one.
_LEADING_PARTS = _PACKAGE_PARTS | {
    "docProps/app.xml", "docProps/core.xml", "docProps/custom.xml", "word/styles.xml",
    "word/_rels/document.xml.rels", "xl/workbook.xml", "ppt/presentation.xml", "visio/document.xml",
}  # fmt: skip
# The folders of packages; where a list of contents is lost, the first member's tells.
_PACKAGE_FOLDERS = frozenset({"word", "xl", "ppt", "visio", "docProps", "_rels", "customXml", "Doc_0"})
_OFFICE = {"word": Media.DOCX, "xl": Media.WORKBOOK, "ppt": Media.SLIDES, "visio": Media.DRAWING}
_OPEN_DOCUMENT = {
    b"text": Media.ODT,
    b"spreadsheet": Media.WORKBOOK,
    b"presentation": Media.SLIDES,
    b"graphics": Media.DRAWING,
}
_MIME_TYPE = re.compile(rb"mimetypeapplication/(?:vnd\.oasis\.opendocument\.([a-z]+)|)")

_LOCAL_MARK = b"PK\x03\x04"
_LOCAL_HEADER = 30
_ENTRY_MARK = b"PK\x01\x02"
_ENTRY = 46
_END_MARK = b"PK\x05\x06"
_END = 22
_LONGEST_COMMENT = 0xFFFF
_MOST_NAMES = 20_000
# Where the list of contents is lost, the parts are looked for in so much of the file.
_SEARCHED = 4 * 1024 * 1024


def media_of(data: bytes) -> Media:
    """Return what the bytes are."""
    head = data[:_HEAD]
    if not head.strip(_BLANK) and not data.strip(_BLANK):
        return Media.EMPTY
    if head.startswith((_LOCAL_MARK, _END_MARK)):
        return _zip_media(data)
    marked = _marked_media(head)
    if marked is None and _LOCAL_MARK in head and _END_MARK in data[-_END - _LONGEST_COMMENT :]:
        return _zip_media(data)
    return marked or _text_media(head)


def _marked_media(head: bytes) -> Media | None:
    """Return what a file is whose first bytes tell it."""
    if b"%PDF-" in head[:1024]:
        return Media.PDF
    for media, marks in _MARKS.items():
        if head.startswith(marks):
            return media
    if head[_TAR] == b"ustar":
        return Media.ARCHIVE
    is_image = head.startswith(_IMAGES) or _WEBP.match(head)
    if is_image and not (head.startswith(_IMAGES_IN_LETTERS) and not _is_binary(head)):
        return Media.IMAGE
    return None


def first_name(head: bytes) -> str:
    """Return the name of a zip's first member; an empty string where it is told elsewhere."""
    length = int.from_bytes(head[26:28], "little")
    name = head[_LOCAL_HEADER : _LOCAL_HEADER + length] if head.startswith(_LOCAL_MARK) else b""
    return name.decode("utf-8", errors="replace")


def leads_package(name: str) -> bool:
    """Whether a zip whose first member has this name is surely a package, such as Word's, and no archive."""
    return name in _LEADING_PARTS


def may_lead_package(name: str) -> bool:
    """Whether a package may begin with this member: all that is known where its list of contents is lost."""
    return name in _LEADING_PARTS or name.partition("/")[0] in _PACKAGE_FOLDERS


def is_package(names: Iterable[str]) -> bool:
    """Whether a zip with members of these names is a package, and no archive."""
    return any(name.replace("\\", "/") in _PACKAGE_PARTS for name in names)


def _zip_media(data: bytes) -> Media:
    """Tell what a zip holds by its list of contents, or by what is left of it."""
    names = {name.replace("\\", "/") for name in _listed_names(data)}
    if not names and may_lead_package(first := first_name(data[:_HEAD])):
        names = {first, *(part for part in _LEADING_PARTS if part.encode() in data[:_SEARCHED])}
    if any(name == "OFD.xml" or name.startswith("Doc_0/") for name in names):
        return Media.OFD
    if not names.isdisjoint((_TYPES, "_rels/.rels", "word/document.xml")):
        tops = {name.partition("/")[0] for name in names}
        return next((media for top, media in _OFFICE.items() if top in tops), Media.DOCX)
    if is_package(names):
        return _open_document(data[:_HEAD])
    return Media.ZIP


def _open_document(head: bytes) -> Media:
    """Tell by the type that stands first in the file, as OpenDocument has it; another type is no document."""
    named = _MIME_TYPE.search(head)
    return Media.ODT if named is None else _OPEN_DOCUMENT.get(named[1], Media.BINARY)


def _listed_names(data: bytes) -> Iterator[str]:
    """Yield the names in a zip's list of contents, which ends where its end mark stands."""
    end = data.rfind(_END_MARK, max(0, len(data) - _END - _LONGEST_COMMENT))
    if end < 0:
        return
    place = max(0, end - int.from_bytes(data[end + 12 : end + 16], "little"))
    for _ in range(_MOST_NAMES):
        entry = data[place : place + _ENTRY]
        if not entry.startswith(_ENTRY_MARK):
            return
        name, extra, comment = (int.from_bytes(entry[at : at + 2], "little") for at in (28, 30, 32))
        place += _ENTRY
        yield data[place : place + name].decode("utf-8", errors="replace")
        place += name + extra + comment


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
    elif media is Media.ARCHIVE:
        message = f"这是 {_archiver(download.data)} 压缩包，不能直接读取"
    elif media is Media.BINARY and download.data.startswith(b"MZ"):
        message, hint = "这是程序（可能是自解压的压缩包），不会运行它", _UNPACK
    return ReadError(message, where=download.filing.name, hint=hint)


_AGAIN = "请重新取得这个文件"
_AS_DOCX = "请另存为 .docx"
_UNPACK = "请解压后把里面的文件放进文件夹，或改用 .zip 压缩"
_REFUSALS = {
    Media.EMPTY: (EMPTY_MESSAGE, _AGAIN),
    Media.DOCX: ("Word 文件已损坏或不完整", _AGAIN),
    Media.OFD: ("OFD 文件已损坏或不完整", _AGAIN),
    Media.ODT: ("ODT 文件不能读取", _AS_DOCX),
    Media.WORKBOOK: ("这是 Excel 工作簿，不是报告文档", "请提供 Word、PDF 等格式的报告正文"),
    Media.SLIDES: ("这是演示文稿，不是报告文档", "请提供 Word、PDF 等格式的报告正文"),
    Media.DRAWING: ("这是绘图文件，不是报告文档", "请提供 Word、PDF 等格式的报告正文"),
    Media.ZIP: ("压缩包不能当作一份文件读取", "请解压后放进文件夹"),
    Media.OLE: ("旧版 Office 文件暂不能读取", _AS_DOCX),
    Media.RTF: ("RTF 文件暂不能读取", _AS_DOCX),
    Media.PDF: ("PDF 文件已损坏或不完整", _AGAIN),
    Media.HTML: ("网页里没有正文", "请重新保存这个网页"),
    Media.ARCHIVED_PAGE: ("网页里没有正文", "请重新保存这个网页"),
    Media.XML: ("XML 格式的文件暂不能读取", _AS_DOCX),
    Media.WORD_XML: ("XML 格式的 Word 文件不能读取", _AS_DOCX),
    Media.IMAGE: ("这是图片，没有文字", "请提供带文字的版本"),
    Media.ARCHIVE: ("压缩包暂不能读取", _UNPACK),
    Media.TEXT: ("文件里没有文字", _AGAIN),
    Media.BINARY: ("文件内容无法识别，可能已损坏", f"{_AGAIN}，或另存为 .docx"),
}
_ARCHIVERS = {
    b"Rar!": "RAR", b"7z": "7z", b"\x1f\x8b": "GZ", b"BZh": "BZ2", b"\xfd7zXZ": "XZ", b"MSCF": "CAB"
}  # fmt: skip
# Streams of compound files, named in UTF-16 in their directory; an encrypted file holds nothing else of use.
_STREAMS = {
    "EncryptedPackage": ("文件已加密，需要密码才能打开", "请去掉密码后另存为 .docx"),
    "WordDocument": ("旧版 Word（.doc）文件暂不能读取", _AS_DOCX),
    "Workbook": _REFUSALS[Media.WORKBOOK],
    "PowerPoint Document": _REFUSALS[Media.SLIDES],
    "VisioDocument": _REFUSALS[Media.DRAWING],
}


def _archiver(data: bytes) -> str:
    return next((name for mark, name in _ARCHIVERS.items() if data.startswith(mark)), "TAR")


def _ole_refusal(data: bytes) -> tuple[str, str]:
    for stream, told in _STREAMS.items():
        if stream.encode("utf-16-le") in data:
            return told
    return "旧版 Office 或 WPS 文件暂不能读取", _AS_DOCX
