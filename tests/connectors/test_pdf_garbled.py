"""A text layer that lies is noticed, and handed to whoever recognises pages."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from built_files import PdfPage, download, pdf
from pdf_built import page, read_bytes, table_page, with_map, wrapped
from typesetting import LONG, NEXT

from connectors.readers import pdf as reader
from connectors.readers.garbled import is_garbled
from connectors.readers.pdflines import Line
from connectors.readers.pdftables import RuledTable
from nianbao import ReadError

REPORT = (
    "本年度法治政府建设工作情况报告如下。县政府严格执行行政执法程序，规范办理行政处罚案件，全年共办理案件128件，"
    "开展普法宣传教育活动36场次，为群众提供优质高效的公共法律服务。深入学习贯彻法治思想，健全依法决策机制，重大"
    "决策均经过合法性审查和集体讨论决定。加强行政复议工作，依法化解矛盾纠纷，推动各部门落实普法责任制。"
) * 3
TRADITIONAL = (
    "本年度法治政府建設工作情況報告如下，縣政府嚴格執行行政執法程序，規範辦理行政處罰案件，並開展普法宣傳教育活動，"
    "為群眾提供優質高效的公共法律服務，健全依法決策機制。"
) * 4
ENGLISH = (
    "The annual report on the rule of law was submitted by the county government in 2023 (see Annex 2). It "
    "covers 12 cases, of which 3 were appealed; the rest were closed within 60 days (Article 9.2)."
) * 3
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
)
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛超兰霞平刚桂萍毅浩宇轩梓涵欣怡墨雨泽晨曦佳琪博鑫淼燚婷雪梅红琴慧颖"


def names() -> str:
    chance = random.Random(7)
    return "、".join(
        chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.randint(1, 2))) for _ in range(300)
    )


@pytest.mark.parametrize(
    "text",
    [
        REPORT,
        TRADITIONAL,
        ENGLISH,
        names(),
        " ".join(str(number * 37) for number in range(300)),
        "12.5% | 3/4 | (1,234) | -5\n" * 30,
        "目录\n" + "一、主要举措" + "." * 60 + "3\n二、存在问题" + "." * 60 + "9",
        "附件：https://www.example.gov.cn/zwgk/a_b-c/index.html?id=12&x=1 " * 4,
        "",
        "\n",
        "12",
    ],
    ids=[
        "simplified",
        "traditional",
        "english",
        "names",
        "numbers",
        "table",
        "contents",
        "links",
        "",
        "blank",
        "short",
    ],
)
def test_true_text_is_not_garbled(text: str) -> None:
    assert not is_garbled(text)


def shifted(text: str, by: int) -> str:
    """Every character becomes another one of GB 2312, as where a subset's codes are off."""
    found = []
    for character in text:
        code = character.encode("gb2312", errors="replace")
        place = ((code[0] - 0xB0) * 94 + code[1] - 0xA1 + by) % (39 * 94) if len(code) == 2 else -1
        known = place >= 0 and code[0] >= 0xB0
        found.append(bytes([0xB0 + place // 94, 0xA1 + place % 94]).decode("gb2312") if known else character)
    return "".join(found)


def scattered(text: str, first: int, last: int) -> str:
    """Every character becomes any one of a range, always the same."""
    chance = random.Random(3)
    codes: dict[str, str] = {}
    return "".join(codes.setdefault(character, chr(chance.randrange(first, last))) for character in text)


@pytest.mark.parametrize(
    "garble",
    [
        lambda text: shifted(text, 1),
        lambda text: shifted(text, 31),
        lambda text: shifted(text, 500),
        lambda text: scattered(text, 0x4E00, 0x9FA5),
        lambda text: scattered(text, 0x21, 0x7F),
        lambda text: scattered(text, 0xC0, 0x180),
        lambda text: scattered(text, 0xE000, 0xF000),
        lambda text: scattered(text, 1, 0x20),
        lambda text: text.encode("gbk").decode("latin-1"),
        lambda text: text.encode().decode("gbk", errors="replace"),
        lambda text: "".join("\ufffd" if index % 3 else character for index, character in enumerate(text)),
        lambda text: text + scattered(REPORT, 0x4E00, 0x9FA5),
    ],
    ids=[
        "next",
        "off",
        "far",
        "han",
        "ascii",
        "latin",
        "private",
        "controls",
        "bytes",
        "utf8",
        "unknown",
        "part",
    ],
)
def test_garbled_text_is_noticed(garble: Callable[[str], str]) -> None:
    assert is_garbled(garble(REPORT))


def report_page() -> PdfPage:
    text = REPORT[:420]
    return page(*[text[start : start + 26] for start in range(0, len(text) - 26, 26)])


def garbled_file() -> bytes:
    """A file whose second page's font would show true characters and tells wrong ones."""
    codes = {character: chr(0x4E00 + ord(character) * 7919 % 20_000) for character in set(REPORT)}
    return with_map(pdf(report_page()), codes)


def recognised(lines: list[str]) -> tuple[list[int], Callable[..., list[Line | RuledTable]]]:
    asked: list[int] = []

    def recognise(_: object, number: int) -> list[Line | RuledTable]:
        asked.append(number)
        return [
            Line(
                text,
                number,
                122.0,
                122.0 + 16 * len(text),
                0.8 - 0.03 * index,
                160 + 28.0 * index,
                176 + 28.0 * index,
            )
            for index, text in enumerate(lines)
        ]

    return asked, recognise


def test_a_wrong_map_sends_the_page_to_recognition() -> None:
    asked, recognise = recognised([LONG[:26]])
    document = reader.read_with(download(garbled_file()), "scan", recognise)
    assert (asked, document.text, document.reader) == ([1], LONG[:26], "scan")


def test_only_pages_that_need_it_are_recognised() -> None:
    picture = PdfPage()
    picture.content.append("q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q")
    asked, recognise = recognised(["第二页是盖章的扫描页"])
    document = reader.read_with(
        download(pdf(page(*wrapped(LONG)), picture, page(*wrapped(NEXT)))), "scan", recognise
    )
    assert asked == [2]
    assert document.text.split("\n") == [LONG, "第二页是盖章的扫描页", NEXT]


def test_without_a_recogniser_the_slow_reader_gets_the_file() -> None:
    with pytest.raises(ReadError, match="扫描件"):
        read_bytes(garbled_file())


def test_where_nothing_recognises_the_rest_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "RECOGNISER", "no_such_module_is_installed")
    with pytest.raises(ReadError, match="安装文字识别组件"):
        read_bytes(garbled_file())
    picture = PdfPage()
    picture.content.append("q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q")
    document = read_bytes(pdf(page(*wrapped(LONG)), picture))
    assert (document.text, document.notes) == (LONG, ("第 2 页是图片或文字层有误，没有读到文字",))


def test_what_the_recogniser_refuses_is_told() -> None:
    def refuse(_: object, number: int) -> list[Line | RuledTable]:
        raise ReadError(f"第 {number} 页太大")

    with pytest.raises(ReadError, match="第 1 页太大"):
        reader.read_with(download(garbled_file()), "scan", refuse)


def test_characters_drawn_as_shapes_need_recognition() -> None:
    shapes = PdfPage()
    shapes.content += [f"{x} {y} 4 4 re f" for x in range(90, 490, 20) for y in range(300, 500, 20)]
    asked, recognise = recognised(["文字转成了曲线"])
    assert reader.read_with(download(pdf(shapes)), "scan", recognise).text == "文字转成了曲线"
    assert asked == [1]


def test_text_hidden_under_a_picture_is_used_and_doubted() -> None:
    made = PdfPage()
    made.content += ["q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q", "3 Tr"]
    made.content += page(*wrapped(LONG)).content
    table_page(made, [90.0, 200.0, 300.0], 500, [["部门", "件数"], ["公安", "12"]])
    document = read_bytes(pdf(made))
    assert document.text == f"{LONG}\n部门\t件数\n公安\t12"
    assert document.notes == ("第 1 页是扫描件，文字取自文件自带的识别结果，可能有误",)
    assert sum(end - start for start, end in document.doubts) == len("".join(document.text.split()))
