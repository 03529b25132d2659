from __future__ import annotations

import pytest
from built_files import NAMESPACES, docx, download, p
from docx_read import read

from connectors.readers import docx as reader
from nianbao import ReadError

BOMB = (
    "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
    f"<w:document {NAMESPACES}><w:body>{p('&b;')}</w:body></w:document>"
)


def encrypted() -> bytes:
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500)
    )


def truncated() -> bytes:
    return docx(*[p(f"第{number}段") for number in range(300)])[:900]


def huge() -> bytes:
    return docx(parts={"word/document.xml": b" " * (80 * 1024 * 1024)})


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (encrypted(), "文件已加密"),
        (truncated(), "损坏"),
        (docx(parts={"word/document.xml": BOMB}), "实体"),
        (docx(parts={"word/document.xml": BOMB.encode("utf-16")}), "实体"),
        (docx(parts={"word/document.xml": "<w:document"}), "XML 已损坏"),
        (docx(parts={"word/document.xml": "<a/>"}), "没有正文"),
        (docx(p("")), "文件里没有文字"),
        (docx(parts={"word/document.xml": "<a>" * 600 + "</a>" * 600}), "XML 已损坏"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(data: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message) as error:
        reader.read_docx(download(data, "报告.docx"))
    assert str(error.value).startswith("报告.docx：")


def test_a_zip_bomb_is_refused() -> None:
    with pytest.raises(ReadError, match="压缩炸弹"):
        reader.read_docx(download(huge(), "报告.docx"))


def test_no_file_outside_is_read(tmp_path: object) -> None:
    secret = f"{tmp_path}/secret.txt"
    reaching = f"<!DOCTYPE x [<!ENTITY a SYSTEM 'file://{secret}'>]><w:document {NAMESPACES}/>"
    with pytest.raises(ReadError, match="实体"):
        read(parts={"word/document.xml": reaching})
