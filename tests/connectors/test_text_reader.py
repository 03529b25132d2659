from __future__ import annotations

import pytest
from built_files import download, lines

from connectors.readers import text as reader
from connectors.readers.canonical import clean, stem
from connectors.readers.charset import decode
from nianbao import BlockKind, Document, Fact, FactName, ReadError


def read(text: str | bytes, name: str = "报告.txt") -> Document:
    return reader.read_text_file(download(text.encode() if isinstance(text, str) else text, name))


def test_lines_are_paragraphs_with_their_numbers() -> None:
    document = read("\ufeff　　云岭镇报告\r\n\r\n \t\r\n  第二段\u00a0有 字\x00\x07\u200b  \r\n")
    assert document.text == "云岭镇报告\n第二段 有 字"
    assert [block.place.paragraph for block in document.blocks] == [1, 4]
    assert [document.text[b.start : b.end] for b in document.blocks] == ["云岭镇报告", "第二段 有 字"]


def test_the_file_name_is_a_fact_and_comes_last() -> None:
    listed = Fact(FactName.TITLE, "清单里的标题", "listing")
    data = "正文".encode()
    document = reader.read_text_file(download(data, "a.zip!/云岭镇2023年.txt", facts=(listed,)))
    assert document.facts == (listed, Fact(FactName.FILE_NAME, "云岭镇2023年", "file name"))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a/b/报告.docx", "报告"),
        (r"C:\a\报告.PDF", "报告"),
        ("x.zip!/2023.12.报告.doc", "2023.12.报告"),
        (".txt", ".txt"),
    ],
)
def test_stem(name: str, expected: str) -> None:
    assert stem(name) == expected


def test_labelled_lines_at_the_top_are_facts_and_stay() -> None:
    document = read(
        "云岭镇2023年法治政府建设报告\n来源:云岭镇人民政府 发布时间:2024-03-05 09:10 浏览次数:12\n"
        "索 引 号：K001/2024-1\n发文字号：云政〔2024〕3号\n"
        "一、主要举措\n更新时间：2020-01-01\n"
    )
    assert {fact.name: fact.value for fact in document.facts} == {
        FactName.PUBLISHER: "云岭镇人民政府",
        FactName.PUBLISHED: "2024-03-05 09:10",
        FactName.INDEX_NUMBER: "K001/2024-1",
        FactName.DOCUMENT_NUMBER: "云政〔2024〕3号",
        FactName.FILE_NAME: "报告",
    }
    assert "来源:云岭镇人民政府" in document.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Marked by a bookmark: automatic labels come back as Han numerals.
        ("[bookmark: _GoBack]1、 举措\n（1） 学法\n（2） 执法", ["一、举措", "（一）学法", "（二）执法"]),
        # A typed label goes on where automatic ones stopped.
        ("（1） 学法\n（2） 执法\n（三）监督", ["（一）学法", "（二）执法", "（三）监督"]),
        ("（十）监督\n（11） 普法", ["（十）监督", "（十一）普法"]),
        # Digits as typed: no sign of a conversion.
        ("一、举措\n（1） 学法\n（2） 执法", ["一、举措", "（1） 学法", "（2） 执法"]),
        ("1、举措\n2、不足", ["1、举措", "2、不足"]),
        # Below a third-level heading a bracketed digit is a fourth level.
        ("[bookmark: a]一、举措\n1.学法\n（1） 中心组", ["一、举措", "1.学法", "（1） 中心组"]),
    ],
)
def test_numbers_that_a_converter_changed(text: str, expected: list[str]) -> None:
    assert lines(read(text)) == expected


def test_tabs_and_bars_make_tables() -> None:
    document = read(
        "执法情况\n部门\t件数\n公安\t12\n合计\t12\n复议情况\n| 项 | 数 |\n|---|---|\n| 复议 | 3 |\n完"
    )
    expected = ["执法情况", "部门\t件数", "公安\t12", "合计\t12", "复议情况", "项\t数", "复议\t3", "完"]
    assert lines(document) == expected
    cells = [block for block in document.blocks if block.kind is BlockKind.CELL]
    assert [(c.place.table, c.place.row, c.place.column) for c in cells][:3] == [
        (1, 1, 1),
        (1, 1, 2),
        (1, 2, 1),
    ]
    assert document.place_of(document.text.index("3")).describe() == "表2第2行第2列"


def test_bars_without_bars_around_them_make_tables() -> None:
    document = read(
        "各村情况：\n村名 | 受理（件） | 成功（件）\n东沟村 | 21 | 20\n合计 | 21 | 20\n首页 | 公开\n完"
    )
    assert lines(document)[1:] == [
        "村名\t受理（件）\t成功（件）",
        "东沟村\t21\t20",
        "合计\t21\t20",
        "首页 | 公开",
        "完",
    ]


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le-bom"])
def test_charsets(charset: str) -> None:
    text = "云岭镇法治政府建设工作报告，共办理案件三件。"
    data = b"\xff\xfe" + text.encode("utf-16-le") if charset == "utf-16-le-bom" else text.encode(charset)
    assert read(data).text == text


def test_traditional_text_in_big5() -> None:
    text = "本鎮關於法治政府建設的工作報告，會議學習與執行情況。"
    assert read(text.encode("big5")).text == text


@pytest.mark.parametrize(
    "text", ["部门,件数\n公安,12", "您尚未登录，请先登录", "附件1：统计表\n部门\t件数\n公安\t12"]
)
def test_few_words_in_gbk(text: str) -> None:
    assert decode(text.encode("gbk")) == text


def test_one_lost_byte_does_not_turn_utf8_into_another_charset() -> None:
    data = ("云岭镇法治政府建设工作报告" * 20).encode()
    assert decode(data[:-1]).startswith("云岭镇法治政府")
    assert decode(data[1:]).endswith("建设工作报告")


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("⼀、⾏政⻓⾜⺠", "一、行政长足民"),
        ("a\u3000\u3000b", "a b"),
        ("甲\u2028乙\u000b丙", "甲\n乙\n丙"),
        ("\ud800甲\ufffe\uffff", "甲"),
        ("甲 \r\n \r\n 乙", "甲\n乙"),
    ],
)
def test_clean(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "文件是空的"),
        (b"\xef\xbb\xbf \r\n\x00", "文件是空的"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 40, "这是图片"),
        (b"Rar!\x1a\x07\x00" + bytes(100), "压缩包"),
        (b"{\\rtf1 x}", "RTF"),
        (b"<?xml version='1.0'?><?mso-application progid='Word.Document'?><w:wordDocument/>", "XML"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "旧版 Word（.doc）"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "文件已加密"),
        (bytes(range(256)) * 20, "无法识别"),
        ("\u200b\u200b".encode(), "文件里没有文字"),
    ],
)
def test_what_is_no_text_is_named(data: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message) as error:
        read(data)
    assert error.value.where == "报告.txt"
