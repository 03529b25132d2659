"""Files made to hinder are refused or read in part, soon and with a reason."""

from __future__ import annotations

import time
import zlib

import pytest
from built_files import PdfPage, lines, pdf
from pdf_built import page, read_bytes, stream, updated, wrapped
from typesetting import LONG, NEXT

from connectors.readers.pdffile import unpacks_hugely
from nianbao import ReadError

WHOLE = pdf(page(*wrapped(LONG)), page(*wrapped(NEXT)))


def content_of(data: bytes, number: int) -> bytes:
    """Return the object of a built file."""
    return data.split(f"{number} 0 obj\n".encode())[1].split(b"\nendobj")[0]


def with_content(packed: bytes, filters: str = "/FlateDecode") -> bytes:
    """The file, its first page's content replaced by a packed stream."""
    return updated(WHOLE, {6: stream(packed.decode("latin-1"), f"/Filter {filters}")})


def test_five_thousand_pages() -> None:
    data = pdf(*[PdfPage().text(90, 700, "一页", 16)] * 5_000)
    begun = time.process_time()
    with pytest.raises(ReadError, match="5000 页"):
        read_bytes(data)
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    ("packed", "filters"),
    [
        (zlib.compress(b" " * (64 << 20), 9), "/FlateDecode"),
        (zlib.compress(b"<4e00> Tj " * 2_000_000, 9), "/FlateDecode"),
        (zlib.compress(zlib.compress(b" " * (64 << 20), 9), 9), "[/FlateDecode /FlateDecode]"),
    ],
    ids=["blanks", "text", "twice"],
)
def test_streams_that_unpack_hugely(packed: bytes, filters: str) -> None:
    with pytest.raises(ReadError, match="解压后过大"):
        read_bytes(with_content(packed, filters))


def test_ordinary_streams_are_no_bombs() -> None:
    white = zlib.compress(b"\xff" * 26_000_000, 9)
    picture = stream(white.decode("latin-1"), "/Type /XObject /Subtype /Image /Filter /FlateDecode")
    assert not unpacks_hugely(updated(WHOLE, {90: picture}))
    assert not unpacks_hugely(with_content(zlib.compress(b"0 0 m 1 1 l S " * 20_000, 9)))
    assert not unpacks_hugely(b"stream")


def test_a_page_of_too_many_texts_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connectors.readers.pdf.RECOGNISER", "no_such_module_is_installed")
    crowded = PdfPage()
    code = "字".encode("utf-16-be").hex()
    crowded.content.append("BT /F1 5 Tf " + f"1 0 0 1 90 700 Tm <{code}> Tj " * 21_000 + "ET")
    begun = time.process_time()
    document = read_bytes(pdf(page(*wrapped(LONG)), crowded))
    assert document.text == LONG
    assert document.notes == ("第 2 页是图片或文字层有误，没有读到文字",)
    assert time.process_time() - begun < 5


def test_a_page_of_many_shapes_is_read() -> None:
    made = page(*wrapped(LONG)).text(90, 500, "甲", 12).text(300, 500, "乙", 12)
    made.content += [f"{index % 500} {index % 800} 3 3 re f" for index in range(100_000)]
    begun = time.process_time()
    assert LONG in read_bytes(pdf(made)).text
    assert time.process_time() - begun < 5


def test_a_head_behind_other_bytes_is_found() -> None:
    assert lines(read_bytes(b"\r\n" * 40 + WHOLE)) == [LONG, NEXT]


def test_a_missing_end_is_told() -> None:
    cut = WHOLE[: WHOLE.rindex(b"startxref")]
    document = read_bytes(cut)
    assert lines(document) == [LONG, NEXT]
    assert document.notes == ("PDF 文件的末尾不完整，内容可能有缺失",)


def test_a_portfolio_is_told() -> None:
    attached = stream("%PDF-1.4", "/Type /EmbeddedFile")
    specification = "<< /Type /Filespec /F (a.pdf) /UF (a.pdf) /EF << /F 91 0 R >> >>"
    catalog = (
        "<< /Type /Catalog /Pages 2 0 R /Collection << /Type /Collection >> "
        "/Names << /EmbeddedFiles << /Names [(a.pdf) 90 0 R] >> >> >>"
    )
    with pytest.raises(ReadError, match="文件包"):
        read_bytes(updated(pdf(PdfPage()), {1: catalog, 90: specification, 91: attached}))


@pytest.mark.parametrize("box", ["[0 0 0 0]", "[0 0 1e9 1e9]", "[0 0 -5 -5]", "[a b]", "[0 0 14400 14400]"])
def test_odd_page_sizes(box: str) -> None:
    data = WHOLE.replace(b"/MediaBox [0 0 595 842]", f"/MediaBox {box}".encode())
    try:
        document = read_bytes(data)
    except ReadError:
        return
    assert document.text
