"""Whatever the bytes, a reader returns a sound document or raises ReadError."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from built_files import PdfPage, abstract, docx, download, level, num, p, pdf, table
from hypothesis import given, settings
from hypothesis import strategies as st
from ofd_files import OfdPage, ofd

from connectors.readers import docx as docx_reader
from connectors.readers import html, text
from connectors.readers import ofd as ofd_reader
from connectors.readers import pdf as pdf_reader
from nianbao import Document, Download, FactName, ReadError

SENTENCE = "全年办理行政处罚案件12件，罚款3.5万元，开展行政检查256次，调解矛盾纠纷38起。"
READERS: dict[str, Callable[[Download], Document]] = {
    "docx": docx_reader.read_docx,
    "html": html.read_html,
    "ofd": ofd_reader.read_ofd,
    "pdf": pdf_reader.read_pdf,
    "text": text.read_text_file,
}
GRID = PdfPage().text(90, 700, SENTENCE).grid([90, 200, 300], [500, 530, 560]).text(95, 540, "公安", 12)
OFD_GRID = OfdPage().text(90, 700, SENTENCE).grid([90, 200, 300], [500, 530, 560]).text(95, 540, "公安", 12)
PAGE = f"""<!DOCTYPE html><html><head><meta charset=utf-8><meta name=PubDate content='2024-03-05'>
<title>报告_网</title></head><body><ul><li>栏目</ul><div id=zoom><p>一、举措</p>{f"<p>{SENTENCE}</p>" * 8}
<table><tr><td>部门<td>件数<tr><td rowspan=2>公安<td>12</table></div></body></html>"""
WHOLE = {
    "docx": docx(
        p("举措", "1"), p(SENTENCE), table(["部门", "件数"], ["公安", "12"]), p("不足", "1"),
        numbering=abstract(0, level(0, "%1、")) + num(1, 0),
    ),
    "html": PAGE.encode(),
    "ofd": ofd(OFD_GRID),
    "pdf": pdf(GRID, PdfPage().text(90, 700, SENTENCE).text(280, 50, "2", 12)),
    "text": f"报告\n来源：云岭镇 发布时间：2024-03-05\n{SENTENCE}\n部门\t件数\n公安\t12\n".encode("gb18030"),
}  # fmt: skip


def assert_sound(read: Callable[[Download], Document], data: bytes) -> None:
    try:
        document = read(download(data, "文件夹/报告.bin"))
    except ReadError:
        return
    assert document.text
    document.text.encode("utf-8")
    assert not set(document.text) & {"\x00", "\r", "\ufeff", "\u3000"}
    end = 0
    for block in document.blocks:
        assert end <= block.start < block.end <= len(document.text)
        assert document.text[block.start : block.end].strip() == document.text[block.start : block.end]
        end = block.end
    assert document.facts[-1].name is FactName.FILE_NAME


def mutated(data: bytes, chance: random.Random) -> bytes:
    made = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(max(len(made), 1))
        kind = chance.randrange(5)
        if kind == 0:
            made[place : place + 1] = bytes([chance.randrange(256)])
        elif kind == 1:
            del made[place : place + chance.randint(1, 60)]
        elif kind == 2:
            made[place:place] = chance.randbytes(chance.randint(1, 20))
        elif kind == 3:
            del made[place:]
        else:
            piece = made[place : place + chance.randint(1, 200)]
            made[chance.randrange(len(made) + 1) :][:0] = piece
            made += piece
    return bytes(made)


@pytest.mark.parametrize("name", READERS)
def test_whole_files_are_read(name: str) -> None:
    document = READERS[name](download(WHOLE[name]))
    assert SENTENCE in document.text
    assert "公安\t12" in document.text or name in ("ofd", "pdf")
    assert_sound(READERS[name], WHOLE[name])


@pytest.mark.parametrize("name", READERS)
def test_damaged_files(name: str) -> None:
    chance = random.Random(f"damaged {name}")
    for _ in range(150):
        assert_sound(READERS[name], mutated(WHOLE[name], chance))


@pytest.mark.parametrize("part", ["word/document.xml", "word/numbering.xml", "word/_rels/document.xml.rels"])
def test_damaged_parts_of_a_sound_package(part: str) -> None:
    chance = random.Random(part)
    with zipfile.ZipFile(BytesIO(WHOLE["docx"])) as package:
        members = {name: package.read(name) for name in package.namelist()}
    for _ in range(120):
        assert_sound(docx_reader.read_docx, docx(parts={**members, part: mutated(members[part], chance)}))


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("other", WHOLE)
def test_files_of_another_kind(name: str, other: str) -> None:
    assert_sound(READERS[name], WHOLE[other])


@pytest.mark.parametrize("name", READERS)
@given(
    data=st.binary(max_size=300)
    | st.text(max_size=100).map(lambda value: value.encode("utf-8", "surrogatepass"))
)
@settings(max_examples=60, deadline=None)
def test_any_bytes(name: str, data: bytes) -> None:
    assert_sound(READERS[name], data)


TAGS = (
    "<table> </table> <tr> <td> <td rowspan=3> <td colspan=9> </td> <ol> <li> </ol> <p> </p> <div id=zoom> "
    "</div> <h2> 甲 乙1 <br> <ruby> <rt> <select> <template> <svg> <b> </b> <!-- --> <style>"
)


@given(st.lists(st.sampled_from(TAGS.split(" ")), max_size=40))
@settings(max_examples=150, deadline=None)
def test_any_tags(tags: list[str]) -> None:
    assert_sound(html.read_html, ("<html>文" + "".join(tags)).encode())
