from __future__ import annotations

import hashlib
import re

import pytest
from built_files import PdfPage, download, lines, pdf
from pdf_built import page, read, updated, wrapped
from typesetting import EM, LEADING, LEFT, LONG, NEXT, WIDTH

from connectors.readers import pdf as reader
from nianbao import BlockKind, ReadError
from nianbao.limits import Limits


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


FOOTERS = (
    "3|- 3 -|—3—|第 3 页|第3页 共9页|3 / 9|第三页|3/12|第 3 页 共 12 页|－3－|· 3 ·|― 3 ―|– 3 –|第3页，共9页|"
    "第3页/共9页|Page 3 of 9|iii|~3~|页码：3|_ 3 _|第十二页"
)


@pytest.mark.parametrize("footer", FOOTERS.split("|"))
def test_page_numbers_of_every_kind(footer: str) -> None:
    assert lines(read(page(*wrapped(LONG), footer=footer))) == [LONG]


def test_a_number_in_the_text_is_no_page_number() -> None:
    texts = ["办理案件如下：", "12", "其余事项均按规定办理完毕并归档备查。"]
    assert lines(read(page(*[f"　　{text}" for text in texts]))) == texts


def test_gaps_between_han_and_latin_go() -> None:
    document = read(page("　　截至 2023 年底共办理 A 类案件 12 件，100 % 办结 Word Press 系统。"))
    assert document.text == "截至2023年底共办理A类案件12件，100 %办结Word Press系统。"


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


def test_a_file_that_needs_no_password_to_be_opened_is_read() -> None:
    # Encrypted with an empty user password, as programs do that only forbid to print or copy.
    identity, permissions = bytes(range(16)), -4
    padding = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
    owner = bytes(range(32))
    key = hashlib.md5(padding + owner + permissions.to_bytes(4, "little", signed=True) + identity).digest()[
        :5
    ]
    entry = f"/ID [<{identity.hex()}> <{identity.hex()}>] /Encrypt 90 0 R"
    made = encrypted(pdf(page(*wrapped(LONG))), key)
    secret = (
        f"<< /Filter /Standard /V 1 /R 2 /Length 40 /P {permissions} /O <{owner.hex()}> "
        f"/U <{rc4(key, padding).hex()}> >>"
    )
    assert reader.read_pdf(download(updated(made, {90: secret}, entry), "报告.pdf")).text == LONG


def encrypted(data: bytes, key: bytes) -> bytes:
    """Encrypt the streams of a built file."""

    def replaced(match: re.Match[bytes]) -> bytes:
        number = int(match.group(1))
        own = hashlib.md5(key + number.to_bytes(3, "little") + bytes(2)).digest()[: len(key) + 5]
        return match.group(0).replace(match.group(2), rc4(own, match.group(2)))

    return re.sub(rb"(\d+) 0 obj\n<< /Length \d+ >>\nstream\n(.*?)\nendstream", replaced, data, flags=re.S)


def rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "limits", lambda: Limits(pages=1))
    with pytest.raises(ReadError, match="超过 1 页"):
        read(page(LONG), page(LONG))


def test_bid_is_by_magic_bytes() -> None:
    assert reader.bid(download(pdf(page(LONG)), "报告.docx")) == 90
    assert reader.bid(download(b"PK\x03\x04", "报告.pdf")) == 0
