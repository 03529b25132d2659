"""Whatever the bytes, a reader returns a sound document or raises ReadError."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from built_files import PdfPage, abstract, docx, download, level, num, p, pdf, table
from built_zips import named, zipped
from hypothesis import given, settings
from hypothesis import strategies as st
from mutations import mutated
from ofd_drawing import OfdPage
from ofd_files import ofd

from connectors.media import media_of
from connectors.readers import docx as docx_reader
from connectors.readers import html, text
from connectors.readers import ofd as ofd_reader
from connectors.readers import pdf as pdf_reader
from connectors.sources import folder
from nianbao import Document, Download, FactName, ReadError, SourceConfig

SAMPLES = Path(__file__).parents[2] / "samples"
# Mutations of a kind in the usual run; with all batches they are 2,400.
SAMPLED = 50
BATCHES = 8
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


def real_files() -> dict[str, list[tuple[str, bytes]]]:
    """The sample reports by kind, with the built files; and archives of them."""
    files = {kind: [(f"built {kind}", data)] for kind, data in WHOLE.items()}
    for path in sorted(SAMPLES.rglob("*")):
        if path.is_file() and (kind := str(media_of(path.read_bytes()))) in files:
            files[kind].append((path.name, path.read_bytes()))
    inner = {f"{name}.{kind}": data for kind in ("docx", "html", "text") for name, data in files[kind][-2:]}
    files["zip"] = [
        ("zip", zipped({**inner, "内.zip": zipped(inner)})),
        ("zip of named bytes", named(*(name.encode("gbk") for name in inner))),
    ]
    return files


REAL = real_files()


def read_archive(data: bytes, folder_: Path) -> None:
    """List and fetch what an archive holds, and read what comes of it."""
    path = folder_ / "a.zip"
    path.write_bytes(data)
    for filing in folder.list_files(SourceConfig(str(path)), None):
        try:
            fetched = folder.fetch_file(filing)
        except ReadError:
            continue
        reader = READERS.get(str(media_of(fetched.data)), READERS["text"])
        assert_sound(reader, fetched.data)


def check_mutated(kind: str, numbers: range, folder_: Path) -> None:
    for number in numbers:
        chance = random.Random(f"{kind} {number}")
        name, data = chance.choice(REAL[kind])
        made = mutated(kind, data, chance)
        try:
            if kind == "zip":
                read_archive(made, folder_)
                continue
            for reader in READERS.values():
                if reader is READERS[kind] or chance.random() < 0.1:
                    assert_sound(reader, made)
        except Exception as error:
            error.add_note(f"mutation {number} of {name}")
            raise


@pytest.mark.parametrize("kind", REAL)
def test_mutated_real_files(kind: str, tmp_path: Path) -> None:
    check_mutated(kind, range(SAMPLED), tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("batch", range(1, BATCHES))
@pytest.mark.parametrize("kind", REAL)
def test_all_mutated_real_files(kind: str, batch: int, tmp_path: Path) -> None:
    check_mutated(kind, range(batch * SAMPLED, (batch + 1) * SAMPLED), tmp_path)


@pytest.mark.parametrize("name", READERS)
def test_whole_files_are_read(name: str) -> None:
    document = READERS[name](download(WHOLE[name]))
    assert SENTENCE in document.text
    assert "公安\t12" in document.text or name in ("ofd", "pdf")
    assert_sound(READERS[name], WHOLE[name])


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
