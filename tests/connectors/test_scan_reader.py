from __future__ import annotations

import io
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from built_files import download, lines
from PIL import Image
from scan_files import joined, page_images, pages_of, scan_pdf

from connectors.readers import pdf as pdf_reader
from connectors.readers import recognition, scan
from nianbao import BlockKind, Document, ReadError
from nianbao.cache import cache_in_use

pytestmark = pytest.mark.usefixtures("ocr")

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "reports"
KEPT = re.compile(r"[\u3400-\u9fff〇0-9.%]")
NUMERAL = re.compile(r"\d+(?:\.\d+)?%?")
# What the issue allows: wrong Han characters and digits, punctuation apart.
BOUND = 0.005


@pytest.fixture(scope="module", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NIANBAO_CACHE", str(tmp_path_factory.mktemp("cache")))
        cache_in_use.cache_clear()
        yield
    cache_in_use.cache_clear()


@pytest.fixture(scope="module")
def tabled() -> bytes:
    """A page with a ruled table, and a last page with a signature and its date."""
    return pages_of((SAMPLES / "青弋县人民政府2023年度法治政府建设工作情况报告.pdf").read_bytes(), 2, 4)


@pytest.fixture(scope="module")
def signed() -> bytes:
    """A short last page."""
    return pages_of((SAMPLES / "重庆市云阳县云顶坝镇人民政府2023年法治政府建设情况.pdf").read_bytes(), 4)


def kept(text: str) -> str:
    return "".join(KEPT.findall(text))


def wrong_share(read: str, meant: str) -> float:
    """The share of characters that would have to be changed, punctuation apart."""
    first, second = kept(read), kept(meant)
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, start=1):
        before, row[0] = row[0], i
        for j, b in enumerate(second, start=1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1] / max(len(second), 1)


def numerals(text: str) -> list[str]:
    return NUMERAL.findall(text)


def read(data: bytes, name: str = "报告.pdf") -> Document:
    return scan.read_scan(download(data, name))


def test_bids() -> None:
    assert scan.bid(download(b"\x89PNG\r\n\x1a\n" + b"\x00" * 20)) == 90
    assert scan.bid(download(b"%PDF-1.4\n%\xff\xff")) == 50
    assert scan.bid(download(b"PK\x03\x04")) == 0
    (record,) = scan.nianbao_readers()
    assert record.is_slow


def test_a_scan_reads_as_the_text_that_was_scanned(tabled: bytes) -> None:
    document = read(scan_pdf(tabled, dpi=200, noise=8, skew=1, seal="end", quality=60))
    meant = pdf_reader.read_pdf(download(tabled))
    assert wrong_share(document.text, meant.text) <= BOUND
    assert numerals(document.text) == numerals(meant.text)
    assert [kept(line) for line in lines(document)] == [kept(line) for line in lines(meant)]
    cells = [block for block in document.blocks if block.kind is BlockKind.CELL]
    assert [(cell.place.row, cell.place.column) for cell in cells] == [
        (block.place.row, block.place.column) for block in meant.blocks if block.kind is BlockKind.CELL
    ]
    assert all(block.place.page and block.place.box for block in document.blocks)
    assert document.reader == "scan"
    assert document.notes[0] == "2 页由图片识别而来，识别不确定的数字已作标记"
    doubtful = sum(len(numerals(document.text[start:end])) for start, end in document.doubts)
    assert doubtful <= 0.05 * len(numerals(document.text))


def test_boxes_are_where_the_text_stands(tabled: bytes) -> None:
    document = read(scan_pdf(tabled, dpi=200, noise=8, skew=0, quality=60))
    meant = pdf_reader.read_pdf(download(tabled))
    for block in document.blocks:
        text = document.text[block.start : block.end]
        same = [each for each in meant.blocks if meant.text[each.start : each.end] == text]
        for each in same if block.kind is BlockKind.PARAGRAPH else []:
            assert block.place.page == each.place.page
            assert block.place.box is not None
            assert each.place.box is not None
            assert block.place.box == pytest.approx(each.place.box, abs=12)


def test_a_page_seen_before_comes_from_the_cache(signed: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    data = scan_pdf(signed, dpi=150)
    first = read(data)

    def fail() -> None:
        pytest.fail("the page was recognised again")

    monkeypatch.setattr(recognition, "engine", fail)
    assert read(data) == first


def test_what_the_cache_holds_damaged_counts_as_not_there() -> None:
    whole = json.dumps(
        {
            "width": 1,
            "height": 1,
            "turned": 0,
            "strips": [{"box": [0, 0, 1, 1], "glyphs": [], "looks": []}],
            "grids": [],
        }
    ).encode()
    assert recognition._from_json(whole) is not None
    assert recognition._from_json(whole[:-5]) is None
    assert recognition._from_json(b'{"width": 1}') is None


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_pages_that_lie_sideways_or_upside_down(signed: bytes, turn: int) -> None:
    (image,) = page_images(signed, dpi=150, turn=turn)
    meant = pdf_reader.read_pdf(download(signed))
    assert kept(read(image, "扫描.png").text) == kept(meant.text)


def test_a_photograph_says_how_it_was_held(signed: bytes) -> None:
    (image,) = page_images(signed, dpi=120, turn=90, form="JPEG", quality=80)
    exif = Image.Exif()
    exif[0x0112] = 8
    buffer = io.BytesIO()
    Image.open(io.BytesIO(image)).save(buffer, "JPEG", exif=exif, quality=90)
    meant = pdf_reader.read_pdf(download(signed))
    assert kept(read(buffer.getvalue(), "照片.jpg").text) == kept(meant.text)


def test_a_text_page_before_a_scanned_one(signed: bytes, tabled: bytes) -> None:
    mixed = joined(pages_of(tabled, 2), scan_pdf(signed, dpi=150))
    document = read(mixed)
    assert document.notes[0].startswith("1 页由图片识别而来")
    both = [pdf_reader.read_pdf(download(each)) for each in (pages_of(tabled, 2), signed)]
    assert kept(document.text) == kept("".join(each.text for each in both))
    with pytest.raises(ReadError, match="扫描件"):
        pdf_reader.read_pdf(download(mixed))


def test_empty_pages_are_told() -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(buffer, "PNG")
    with pytest.raises(ReadError, match="没有识别到文字"):
        read(buffer.getvalue(), "空白.png")


def test_without_the_recogniser_the_user_is_told_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "find_spec", lambda _: None)
    with pytest.raises(ReadError) as caught:
        read(b"\x89PNG\r\n\x1a\n" + b"\x00" * 20, "扫描.png")
    assert "文字识别组件" in caught.value.message
    assert "pip install 'nianbao[ocr]'" in (caught.value.hint or "")


def test_too_many_pages_are_refused(signed: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    buffer = io.BytesIO()
    page = Image.new("1", (100, 140), 1)
    page.save(buffer, "TIFF", save_all=True, append_images=[page] * 200)
    with pytest.raises(ReadError, match="超过 200 页"):
        read(buffer.getvalue(), "传真.tif")


def assert_sound(data: bytes) -> None:
    try:
        document = read(data)
    except ReadError:
        return
    assert document.text
    assert all(document.text[start:end] for start, end in document.doubts)


@pytest.mark.long
def test_damaged_scans(signed: bytes) -> None:
    whole = [scan_pdf(signed, dpi=90), *page_images(signed, dpi=90, form="JPEG", quality=70)]
    whole += page_images(signed, dpi=90, form="TIFF")
    whole += page_images(signed, dpi=90)
    chance = random.Random("scans")
    for index in range(20):
        made = bytearray(whole[index % len(whole)])
        for _ in range(chance.randint(1, 6)):
            place = chance.randrange(len(made))
            made[place : place + chance.randint(0, 9)] = chance.randbytes(chance.randint(0, 9))
        assert_sound(bytes(made[: chance.randrange(len(made) // 2, len(made) + 1)]))


WORN = {
    "noise and skew": {"dpi": 200, "noise": 10, "skew": 1, "quality": 60},
    "fine grey": {"dpi": 300, "noise": 6, "grey": True, "quality": 75},
    "seal over text": {"dpi": 150, "noise": 6, "seal": "text", "quality": 75},
    "out of focus": {"dpi": 150, "noise": 12, "blur": 1.0, "quality": 45},
    "watermark": {"dpi": 200, "noise": 6, "watermark": True, "quality": 60},
}


@pytest.mark.long
@pytest.mark.parametrize("wear", WORN)
@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.glob("*.pdf")))
def test_worn_scans(name: str, wear: str) -> None:
    data = (SAMPLES / name).read_bytes()
    meant = pdf_reader.read_pdf(download(data))
    document = read(scan_pdf(data, **WORN[wear]))  # type: ignore[arg-type]
    assert wrong_share(document.text, meant.text) <= BOUND
    ours, theirs = numerals(kept(document.text)), numerals(kept(meant.text))
    assert sum(a != b for a, b in zip(ours, theirs, strict=True)) <= 0.05 * len(theirs)
