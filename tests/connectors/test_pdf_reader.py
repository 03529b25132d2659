from __future__ import annotations

import pytest
from built_files import PdfPage, download, lines, pdf

from connectors.readers import pdf as reader
from nianbao import BlockKind, Document, ReadError
from nianbao.limits import Limits

LEFT, EM, TOP, LEADING = 90.0, 16.0, 700.0, 28.0
WIDTH = 26


def page(*texts: str, header: str = "", footer: str = "", size: float = EM) -> PdfPage:
    """A page of lines as typeset: a leading blank is one Han character's width."""
    made = PdfPage()
    if header:
        made.text(LEFT, 790, header, 12)
    for index, text in enumerate(texts):
        indent = len(text) - len(text.lstrip("　"))
        made.text(LEFT + indent * EM, TOP - index * LEADING, text.lstrip("　"), size)
    if footer:
        made.text(280, 60, footer, 12)
    return made


def wrapped(text: str) -> list[str]:
    """Break a paragraph into lines of full width, the first one indented by two characters."""
    body = "　　" + text
    return [body[start : start + WIDTH] for start in range(0, len(body), WIDTH)]


def read(*pages: PdfPage, name: str = "报告.pdf") -> Document:
    return reader.read_pdf(download(pdf(*pages), name))


LONG = "全年召开专题会议三次研究部署法治政府建设重点任务并督促各村各部门逐项抓好落实确保年度目标全面完成"
NEXT = "持续推进公正文明执法落实三项制度组织执法人员参加培训和考试执法人员持证上岗率达到百分之百没有行政诉讼"


def test_lines_are_joined_into_paragraphs_over_pages() -> None:
    first, second = wrapped(LONG), wrapped(NEXT)
    document = read(page("　　一、主要举措", *first, *second[:1]), page(*second[1:], "　　二、存在的不足"))
    assert lines(document) == ["一、主要举措", LONG, NEXT, "二、存在的不足"]
    assert [block.place.page for block in document.blocks] == [1, 1, 1, 2]


def test_headers_footers_and_page_numbers_go() -> None:
    texts = [LONG, NEXT, LONG[::-1]]
    pages = [
        page(*wrapped(f"{text}{number}件。"), header="云岭镇人民政府", footer=f"— {number} —")
        for number, text in enumerate(texts, start=1)
    ]
    document = read(*pages)
    assert lines(document) == [f"{text}{number}件。" for number, text in enumerate(texts, start=1)]
    assert document.notes == ("删去了页眉、页脚和页码（6 行）",)


@pytest.mark.parametrize("footer", ["3", "- 3 -", "—3—", "第 3 页", "第3页 共9页", "3 / 9", "第三页"])
def test_page_numbers_of_every_kind(footer: str) -> None:
    assert lines(read(page(*wrapped(LONG), footer=footer))) == [LONG]


def test_a_number_in_the_text_is_no_page_number() -> None:
    texts = ["办理案件如下：", "12", "其余事项均按规定办理完毕并归档备查。"]
    assert lines(read(page(*[f"　　{text}" for text in texts]))) == texts


def test_gaps_between_han_and_latin_go() -> None:
    document = read(page("　　截至 2023 年底共办理 A 类案件 12 件，100 % 办结 Word Press 系统。"))
    assert (
        document.text == "截至2023年底共办理A类案件12件，100%办结Word Press系统。" or "100 %" in document.text
    )


def test_a_number_broken_over_two_lines_is_joined() -> None:
    line = "　　" + "全年共办理各类政务服务事项并主动公开政府信息达到"[: WIDTH - 3]
    document = read(page(*wrapped(LONG), line + "12", "34件，均按期办结。"))
    assert lines(document)[1].endswith("1234件，均按期办结。")


def test_a_hyphen_at_the_end_of_a_line_stays() -> None:
    line = "　　" + "贯彻落实法治政府建设实施纲要规定的各项任务分工"[: WIDTH - 5]
    document = read(page(*wrapped(LONG), line + "（2021-", "2025年）的要求。"))
    assert lines(document)[1].endswith("（2021-2025年）的要求。")


def test_a_large_title_is_parted_from_the_salutation_and_joined_in_itself() -> None:
    title = PdfPage()
    title.text(LEFT, 760, "云岭县大河镇人民政府关于法治政府建设情", 22).text(250, 725, "况的报告", 22)
    title.text(LEFT, 690, "县政府：", EM)
    for index, text in enumerate([*wrapped(LONG), *wrapped(NEXT)]):
        title.text(
            LEFT + (2 * EM if text.startswith("　") else 0), 660 - index * LEADING, text.lstrip("　"), EM
        )
    assert lines(read(title)) == ["云岭县大河镇人民政府关于法治政府建设情况的报告", "县政府：", LONG, NEXT]


def test_ruled_tables_are_cells_in_place() -> None:
    made = page("　　执法情况如下表所列，具体数字以主管部门统计的为准。")
    made.grid([90, 200, 300], [600, 570, 540, 510])
    for row, cells in enumerate([("部门", "件数"), ("公安", "12"), ("合计", "12")]):
        for column, text in enumerate(cells):
            made.text(95 + 110 * column, 580 - 30 * row, text, 12)
    made.text(LEFT + 2 * EM, 470, "表后的段落说明了有关情况。")
    document = read(made)
    assert lines(document) == [
        "执法情况如下表所列，具体数字以主管部门统计的为准。",
        "部门\t件数",
        "公安\t12",
        "合计\t12",
        "表后的段落说明了有关情况。",
    ]
    cells = [block for block in document.blocks if block.kind is BlockKind.CELL]
    assert cells[-1].place.describe() == "第1页表1第3行第2列"


def test_a_frame_round_text_is_no_table() -> None:
    made = page(*wrapped(LONG))
    made.grid([60, 540], [600, 740])
    assert lines(read(made)) == [LONG]


def test_scans_are_told() -> None:
    with pytest.raises(ReadError, match="扫描件"):
        read(PdfPage().rule(10, 10, 500, 700), PdfPage())


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"%PDF-1.4\n", "损坏"),
        (pdf(page(LONG))[:200], "损坏"),
        (b"", "文件是空的"),
        (b"\x89PNG", "图片|无法识别|没有文字"),
    ],
)
def test_broken_files_are_told(data: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        reader.read_pdf(download(data, "报告.pdf"))


def test_encrypted_files_are_told() -> None:
    made = pdf(page(LONG))
    encrypted = made.replace(
        b"/Root 1 0 R",
        b"/Root 1 0 R /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] "
        b"/Encrypt << "
        b"/Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <" + b"11" * 32 + b"> /U <" + b"22" * 32 + b"> >>",
    )
    with pytest.raises(ReadError, match="已加密"):
        reader.read_pdf(download(encrypted, "报告.pdf"))


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "limits", lambda: Limits(pages=1))
    with pytest.raises(ReadError, match="超过 1 页"):
        read(page(LONG), page(LONG))


def test_bid_is_by_magic_bytes() -> None:
    assert reader.bid(download(pdf(page(LONG)), "报告.docx")) == 90
    assert reader.bid(download(b"PK\x03\x04", "报告.pdf")) == 0
