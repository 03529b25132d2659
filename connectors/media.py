"""Tells what a file is by its first bytes; the suffix only breaks a tie."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum

from connectors.zipnames import (
    END_MARK,
    END_REACH,
    LEADING_PARTS,
    LOCAL_MARK,
    TYPES,
    first_name,
    is_package,
    listed_names,
    may_lead_package,
)
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
# UTF-16 without its mark.
_WIDE_MARKUP = (b"<\0", b"\0<")
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

_OFFICE = {"word": Media.DOCX, "xl": Media.WORKBOOK, "ppt": Media.SLIDES, "visio": Media.DRAWING}
_OPEN_DOCUMENT = {
    b"text": Media.ODT,
    b"spreadsheet": Media.WORKBOOK,
    b"presentation": Media.SLIDES,
    b"graphics": Media.DRAWING,
}
_MIME_TYPE = re.compile(rb"mimetypeapplication/(?:vnd\.oasis\.opendocument\.([a-z]+)|)")

_HAN = re.compile("[\u3000-\u3002\u4e00-\u9fff\uff00-\uff65]")

# Where the list of contents is lost, the parts are looked for in so much of the file.
_SEARCHED = 4 * 1024 * 1024


def media_of(data: bytes) -> Media:
    """Return what the bytes are."""
    head = data[:_HEAD]
    if not head.strip(_BLANK) and not data.strip(_BLANK):
        return Media.EMPTY
    if head.startswith((LOCAL_MARK, END_MARK)):
        return _zip_media(data)
    marked = _marked_media(head)
    if marked is None and LOCAL_MARK in head and END_MARK in data[-END_REACH:]:
        return _zip_media(data)
    return marked or _text_media(head)


def _marked_media(head: bytes) -> Media | None:
    """Return what a file is whose first bytes tell it."""
    if b"%PDF-" in head[:1024]:
        return Media.PDF
    # Pages that hand out files may send a line break before them.
    begun = head.lstrip(_BLANK)
    for media, marks in _MARKS.items():
        if begun.startswith(marks):
            return media
    if head[_TAR] == b"ustar":
        return Media.ARCHIVE
    is_image = head.startswith(_IMAGES) or _WEBP.match(head)
    if is_image and not (head.startswith(_IMAGES_IN_LETTERS) and not _is_binary(head)):
        return Media.IMAGE
    return None


def _zip_media(data: bytes) -> Media:
    """Tell what a zip holds by its list of contents, or by what is left of it."""
    names = {name.replace("\\", "/") for name in listed_names(data)}
    if not names and may_lead_package(first := first_name(data[:_HEAD])):
        names = {first, *(part for part in LEADING_PARTS if part.encode() in data[:_SEARCHED])}
    if any(name.lower() == "ofd.xml" or name.lower().startswith("doc_0/") for name in names):
        return Media.OFD
    if not names.isdisjoint((TYPES, "_rels/.rels", "word/document.xml")):
        tops = {name.partition("/")[0] for name in names}
        return next((media for top, media in _OFFICE.items() if top in tops), Media.DOCX)
    if is_package(names):
        return _open_document(data[:_HEAD])
    return Media.ZIP


def _open_document(head: bytes) -> Media:
    """Tell by the type that stands first in the file, as OpenDocument has it; another type is no document."""
    named = _MIME_TYPE.search(head)
    return Media.ODT if named is None else _OPEN_DOCUMENT.get(named[1], Media.BINARY)


def _text_media(head: bytes) -> Media:
    if head.startswith(_WIDE_MARKUP):
        name = "utf-16-be" if head.startswith(b"\0") else "utf-16-le"
        if _WIDE_TAG.match(head[: len(head) // 2 * 2].decode(name, errors="replace")):
            return Media.HTML
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head[: len(head) // 2 * 2].decode("utf-16", errors="replace")
        return Media.HTML if _WIDE_TAG.match(text.removeprefix("\ufeff")) else Media.TEXT
    if _TAG.match(head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\x00")):
        return Media.HTML
    if _MAIL_HEAD.match(head) and b"multipart/" in head.lower():
        return Media.ARCHIVED_PAGE
    if head.removeprefix(b"\xef\xbb\xbf").startswith(b"<?xml"):
        return Media.WORD_XML if _WORD_XML.search(head) else Media.XML
    return Media.BINARY if _is_binary(head) and not _is_wide_text(head) else Media.TEXT


def _is_binary(head: bytes) -> bool:
    """A text may hold a stray control character, a binary file is full of them."""
    controls = len(head) - len(head.translate(None, _CONTROL))
    return controls * 20 > len(head)


def _is_wide_text(head: bytes) -> bool:
    """Whether it is Chinese in UTF-16 without a mark; by chance a third of the characters would be Han."""
    for charset in ("utf-16-le", "utf-16-be"):
        try:
            text = head[: len(head) // 4 * 4].decode(charset)
        except UnicodeDecodeError:
            continue
        if len(_HAN.findall(text)) > 0.6 * len(text):
            return True
    return False


def refusal(download: Download, media: Media) -> ReadError:
    """Return the error that tells the user what a file is that nobody reads, and what to do."""
    look = _CLOSER_LOOKS.get(media)
    message, hint = (look(download.data) if look else None) or _REFUSALS[media]
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
# What sites say in pages that they show in place of a file, and what else stands there.
_SAID = re.compile(
    r"^\W*(?:error|http)?\W*(?:40[0-9]|50[0-5])\b|not found|forbidden|bad gateway|access denied|server error|"
    r"(?:页面|文件|网页|资源|信息|内容)[^。\n]{0,8}(?:不存在|被删除|已删除|丢失|找不到|无法访问)|找不到[^。\n]{0,8}(?:页面|网页|文件)|"
    r"(?:请先|用户|账号|统一)登[录陆]|无权限?访问|请输入验证码|访问(?:被拒绝|受限|过于频繁)",
    re.I,
)
_STANDS = re.compile(r"location\.(?:href|replace)|type=.?password", re.I)
_ERROR_PAGE = ("这是网站的出错或登录页面，不是报告", "请到网站上重新取得报告")
# Such a page says little.
SAYS_LITTLE = 300


def error_page(download: Download, title: str, text: str) -> ReadError | None:
    """Return the error for a page that a site shows in place of a file, to whoever asked for the file.

    Args:
        download: the page.
        title: its title.
        text: all that it says.
    """
    if len(text) > SAYS_LITTLE or not (_SAID.search(title) or _SAID.search(text)):
        return None
    message, hint = _ERROR_PAGE
    return ReadError(message, where=download.filing.name, hint=hint)


def _empty(data: bytes) -> tuple[str, str] | None:
    return (f"{EMPTY_MESSAGE}：里面只有空白或空字节，可能没有下载完整", _AGAIN) if data else None


def _zip(data: bytes) -> tuple[str, str] | None:
    return None if any(listed_names(data)) else ("压缩包已损坏或不完整", _AGAIN)


def _compound(data: bytes) -> tuple[str, str]:
    told = (told for stream, told in _STREAMS.items() if stream.encode("utf-16-le") in data)
    return next(told, ("旧版 Office 或 WPS 文件暂不能读取", _AS_DOCX))


def _archive(data: bytes) -> tuple[str, str]:
    archiver = next((name for mark, name in _ARCHIVERS.items() if data.startswith(mark)), "TAR")
    return f"这是 {archiver} 压缩包，不能直接读取", _UNPACK


def _page(data: bytes) -> tuple[str, str] | None:
    texts = [data[:_HEAD].decode(charset, errors="ignore") for charset in ("utf-8", "gb18030")]
    return _ERROR_PAGE if any(_SAID.search(text) or _STANDS.search(text) for text in texts) else None


def _program(data: bytes) -> tuple[str, str] | None:
    return ("这是程序（可能是自解压的压缩包），不会运行它", _UNPACK) if data.startswith(b"MZ") else None


_CLOSER_LOOKS: dict[Media, Callable[[bytes], tuple[str, str] | None]] = {
    Media.EMPTY: _empty,
    Media.ZIP: _zip,
    Media.OLE: _compound,
    Media.ARCHIVE: _archive,
    Media.HTML: _page,
    Media.BINARY: _program,
}
