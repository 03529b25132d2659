from __future__ import annotations

import pytest
from built_files import download, lines

from connectors.readers import html as reader
from connectors.readers.charset import declared_label, decoded
from nianbao import Document

TEXT = "云岭镇坚持以习近平法治思想为指导，全年办理行政处罚案件12件，罚款3.5万元，工作人员的能力明显提高。"
PAGE = f"<html><head>{{meta}}</head><body><div id='zoom'>{f'<p>{TEXT}</p>' * 6}</div></body></html>"
LYING = "网页声明的编码是 {}，实际是 {}，已按实际编码读取"


def page(meta: str = "") -> str:
    return PAGE.format(meta=meta)


def read(data: bytes, media_type: str | None = None) -> Document:
    return reader.read_html(download(data, "报告.html", media_type=media_type))


@pytest.mark.parametrize(
    ("meta", "sent", "media_type", "note"),
    [
        ("<meta charset=gb2312>", "gb18030", None, None),
        ("<meta http-equiv='Content-Type' content='text/html; charset=GBK'>", "gb18030", None, None),
        ("<meta charset=utf-8>", "gb18030", None, LYING.format("UTF-8", "GBK")),
        ("<meta charset=gb2312>", "utf-8", None, LYING.format("GBK", "UTF-8")),
        ("", "gb18030", "text/html; charset=gbk", None),
        ("", "gb18030", "text/html; charset=ISO-8859-1", LYING.format("ISO8859-1", "GBK")),
        ("", "gb18030", None, None),
        ("<meta charset=big5>", "gb18030", None, LYING.format("Big5", "GBK")),
        ("<meta charset=utf-8>", "utf-8-sig", None, None),
        ("<meta charset=utf-8>", "utf-16", None, None),
        ("", "utf-16-le", None, None),
        ("", "utf-16-be", None, None),
        ("<meta charset='no-such-charset'>", "gb18030", None, None),
    ],
)
def test_han_text_decides(meta: str, sent: str, media_type: str | None, note: str | None) -> None:
    document = read(page(meta).encode(sent), media_type)
    assert lines(document) == [TEXT] * 6
    assert document.notes == ((note,) if note else ())


def test_the_declaration_of_xhtml_counts() -> None:
    assert declared_label(b"<?xml version='1.0' encoding='GB2312'?><html>") == "gb18030"


def test_big5_by_its_characters() -> None:
    text = "本鎮關於法治政府建設的工作報告，會議學習與執行情況，行政人員的能力。" * 8
    data = f"<html><meta charset=big5><body><p>{text}</p></body></html>".encode("cp950")
    assert read(data).text == text
    assert read(data.replace(b"charset=big5", b"charset=gbk")).text == text


@pytest.mark.parametrize("sent", ["utf-8", "gb18030"])
def test_a_few_broken_bytes_cost_only_themselves(sent: str) -> None:
    data = page().encode(sent)
    at = data.rindex("能力".encode(sent)) + 1
    document = read(data[:at] + data[at + 1 :])
    assert lines(document)[:5] == [TEXT] * 5
    assert lines(document)[5].startswith(TEXT[:30])
    assert "文件里有损坏的字符，已用“\ufffd”代替" in document.notes


def test_a_page_put_together_from_two_charsets_is_read_line_by_line() -> None:
    body = f"<div id='zoom'>{f'<p>{TEXT}</p>' * 6}</div>"
    data = "\n".join(["<html><body>", "<div>云岭县人民政府</div>", ""]).encode() + body.encode("gb18030")
    document = read(data + "\n<div>主办单位：云岭县人民政府</div>".encode())
    assert lines(document) == [TEXT] * 6
    assert document.notes == ("文件里混有两种编码，已分段读取",)


def test_null_bytes_are_no_text() -> None:
    assert lines(read(page().replace("云岭镇", "云\0岭镇").encode())) == [TEXT] * 6


def test_the_charset_that_was_found_is_told() -> None:
    assert decoded(TEXT.encode("gb18030")).charset == "gb18030"
    assert decoded(TEXT.encode(), "gb18030").notes == (LYING.format("GBK", "UTF-8"),)
    assert decoded(b"plain ascii", "gb18030").notes == ()
