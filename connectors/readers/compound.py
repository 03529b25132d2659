"""Tells what a compound file (OLE) is before anything opens it: which Word, or none; encrypted; incomplete.

The layout is that of [MS-DOC] 2.5.2 (FibBase) and [MS-CFB].
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from connectors.readers.office import Form
from nianbao import ReadError

if TYPE_CHECKING:
    from olefile import OleFileIO

WORD_97 = Form("Word 文档（.doc）", "doc", "MS Word 97")
WORD_95 = Form("Word 文档（.doc）", "doc", "MS Word 95")
WORKS = Form("Works 文档（.wps）", "wps", "MS_Works")

_MAIN = "worddocument"
_MAGIC_97, _MAGICS_95 = 0xA5EC, (0xA5DB, 0xA5DC)
_IS_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
# Streams in the root that tell what else a compound file is.
_OTHERS = (
    (("workbook", "book"), "这是 Excel 工作簿，不是报告文档", "请提供报告的 Word 版本"),
    (("powerpoint document",), "这是演示文稿，不是报告文档", "请提供报告的 Word 版本"),
    (("visiodocument",), "这是 Visio 图，不是报告文档", "请提供报告的 Word 版本"),
    (("__properties_version1.0",), "这是一封邮件，不是报告文档", "请提供邮件里的附件"),
    (("hwpsummaryinformation", "\x05hwpsummaryinformation"), "HWP 文件不能读取", "请另存为 .docx"),
)
_WORKS_CONTENTS = b"CHNKWKS"


def encrypted() -> ReadError:
    """Return the error of a file that asks for a password."""
    return ReadError("文件已加密，需要密码才能打开", hint="请去掉密码后另存为 .docx")


def _damaged() -> ReadError:
    return ReadError("旧版 Word 文件已损坏或不完整", hint="请重新取得这个文件，或用 Word 打开后另存为 .docx")


def form_of_compound(data: bytes) -> Form:
    """Return which kind of document a compound file is.

    Raises:
        ReadError: it is encrypted, incomplete, or no document.
    """
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            return _form(file, {entry[0].lower() for entry in file.listdir()})
    except (OSError, ValueError, IndexError, RecursionError) as error:
        raise _broken(data) from error


def _form(file: OleFileIO, names: set[str]) -> Form:
    if "encryptedpackage" in names or any(name.startswith("\x09drm") for name in names):
        raise encrypted()
    if _MAIN in names:
        return _word(file, names)
    if "mn0" in names or ("contents" in names and _WORKS_CONTENTS in file.openstream("CONTENTS").read(16)):
        return WORKS
    for streams, message, hint in _OTHERS:
        if names.intersection(streams):
            raise ReadError(message, hint=hint)
    raise ReadError("旧版 Office 或 WPS 文件，不是 Word 文档", hint="请用原来的软件打开后另存为 .docx")


def _word(file: OleFileIO, names: set[str]) -> Form:
    """Read the head of a Word document; then the rest, for half a text would pass for the whole."""
    main = file.openstream("WordDocument").read()
    if len(main) < 32:
        raise _damaged()
    magic, flags = (int.from_bytes(main[place : place + 2], "little") for place in (0, 10))
    if flags & _IS_ENCRYPTED:
        raise encrypted()
    if magic in _MAGICS_95:
        return WORD_95
    table = "1table" if flags & _SECOND_TABLE else "0table"
    if magic != _MAGIC_97 or table not in names:
        raise _damaged()
    file.openstream(table).read()
    return WORD_97


def _broken(data: bytes) -> ReadError:
    """Return what to say of a file whose directory can't be read; it names its streams in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return encrypted()
    if "WordDocument".encode("utf-16-le") in data:
        return _damaged()
    return ReadError("旧版 Office 或 WPS 文件已损坏或不完整", hint="请重新取得这个文件")
