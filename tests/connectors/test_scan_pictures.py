from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageDraw

from connectors.readers.pictures import file_pictures, page_picture
from nianbao import ReadError


def drawn(mode: str = "RGB") -> Image.Image:
    """A small page: paper, a dark bar above, another at the left."""
    image = Image.new("RGB", (200, 300), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle([20, 20, 180, 40], fill="black")
    draw.rectangle([20, 60, 30, 280], fill="black")
    return image.convert(mode)


def saved(image: Image.Image, form: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def grey(pixels: Any) -> Any:
    return pixels.mean(axis=2) if pixels.ndim == 3 else pixels


def pages(data: bytes, most: int = 10) -> list[Any]:
    return [picture.pixels for picture in file_pictures(data, "扫描.png", most)]


def sixteen_bits() -> bytes:
    return saved(Image.fromarray(np.asarray(drawn("L")).astype(np.uint16) * 257), "PNG")


def with_alpha() -> bytes:
    image = drawn("RGBA")
    image.putalpha(Image.fromarray((np.asarray(drawn("L")) < 128).astype(np.uint8) * 255))
    return saved(image, "PNG")


FORMS = {
    "png": saved(drawn(), "PNG"),
    "palette": saved(drawn("P"), "PNG"),
    "one bit": saved(drawn("1"), "TIFF", compression="group4"),
    "sixteen bits": sixteen_bits(),
    "alpha": with_alpha(),
    "cmyk": saved(drawn("CMYK"), "JPEG", quality=95),
    "grey jpeg": saved(drawn("L"), "JPEG", quality=95),
    "bmp": saved(drawn(), "BMP"),
    "gif": saved(drawn("P"), "GIF"),
    "webp": saved(drawn(), "WEBP", quality=95),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_shows_the_same_page(form: str) -> None:
    (pixels,) = pages(FORMS[form])
    assert pixels.dtype == np.uint8
    assert np.abs(grey(pixels).astype(float) - np.asarray(drawn("L"))).mean() < 4


def test_frames_of_a_tiff_are_pages_and_those_of_an_animation_are_not() -> None:
    assert len(pages(saved(drawn(), "TIFF", save_all=True, append_images=[drawn()]))) == 2
    other = Image.new("RGB", (200, 300), "grey")
    assert len(pages(saved(drawn(), "GIF", save_all=True, append_images=[other]))) == 1


def test_the_size_in_points_follows_the_resolution() -> None:
    (picture,) = file_pictures(saved(Image.new("L", (1654, 2339)), "PNG", dpi=(200, 200)), "扫描.png", 1)
    assert (picture.width, picture.height) == pytest.approx((595, 842), abs=1)
    (picture,) = file_pictures(saved(Image.new("L", (1000, 1414)), "PNG"), "扫描.png", 1)
    assert (picture.width, picture.height) == pytest.approx((595, 842), abs=1)


def test_large_pages_are_made_smaller() -> None:
    (pixels,) = pages(saved(Image.new("1", (5000, 7000), 1), "PNG"))
    assert max(pixels.shape) == 3508


def bomb(width: int, height: int) -> bytes:
    """A PNG that says it is far larger than what it holds."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\x00" * 1000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (bomb(60_000, 60_000), "尺寸过大"),
        (bomb(12_000, 12_000), "尺寸过大"),
        (bomb(500, 500), "损坏"),
        (saved(drawn(), "PNG")[:200], "损坏"),
        (saved(Image.new("L", (10, 300)), "PNG"), "太小"),
        (b"\x89PNG\r\n\x1a\nxx", "无法打开"),
        (b"II*\x00" + b"\xff" * 40, "损坏|无法打开"),
        (saved(drawn(), "TIFF", save_all=True, append_images=[drawn()] * 3), "超过 2 页"),
    ],
)
def test_pictures_that_are_refused(data: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        pages(data, most=2)


def pdf_page(image: Image.Image, rotation: int = 0) -> pypdfium2.PdfPage:
    document = pypdfium2.PdfDocument(saved(image, "PDF", resolution=72))
    document[0].set_rotation(rotation)
    return document[0]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_scanned_page_gives_the_picture_that_it_consists_of(rotation: int) -> None:
    page = pdf_page(drawn(), rotation)
    picture = page_picture(page, "扫描.pdf")
    shown = np.asarray(drawn("L").rotate(-rotation, expand=True))
    assert picture.pixels.shape[:2] == shown.shape
    assert np.abs(grey(picture.pixels).astype(float) - shown).mean() < 6
    assert (picture.width, picture.height) == pytest.approx(page.get_size())


def test_a_page_of_one_bit_is_rendered() -> None:
    picture = page_picture(pdf_page(drawn("1")), "扫描.pdf")
    small = np.asarray(Image.fromarray(grey(picture.pixels).astype(np.uint8)).resize((200, 300)))
    assert np.abs(small.astype(float) - np.asarray(drawn("L"))).mean() < 8


def official(seal: bool = True) -> Image.Image:
    """A page with a red head and rule above black text, and a seal over the text below."""
    image = Image.new("RGB", (1654, 2339), "white")
    draw = ImageDraw.Draw(image)
    for index in range(9):
        left = 300 + index * 120
        draw.rectangle([left, 300, left + 90, 410], outline=(220, 30, 35), width=14)
        draw.line([left, 355, left + 90, 355], fill=(220, 30, 35), width=14)
    draw.rectangle([250, 480, 1400, 488], fill=(220, 30, 35))
    if seal:
        draw.ellipse([1000, 1650, 1330, 1980], outline=(205, 40, 45), width=10)
        draw.ellipse([1120, 1770, 1210, 1860], fill=(205, 40, 45))
    for left in range(900, 1400, 20):
        draw.rectangle([left, 1800, left + 6, 1840], fill="black")
    return image


@pytest.mark.usefixtures("ocr")
def test_seals_go_and_red_heads_and_black_text_stay() -> None:
    from connectors.readers.paper import without_seals

    page, seals = without_seals(np.asarray(official()))
    assert len(seals) == 1
    assert page[1650:1795, 1000:1330].min() > 235
    assert page[1805:1835, 900:906].max() < 40
    assert page[1805:1835, 1160:1166].max() < 40
    assert page[300:410, 300:1380].min() < 110
    assert page[484, 700] < 110
    assert without_seals(np.asarray(official(seal=False)))[1] == []


@pytest.mark.usefixtures("ocr")
def test_watermarks_go_and_letters_stay() -> None:
    from connectors.readers.paper import cleared

    image = Image.new("L", (1000, 1400), 245)
    draw = ImageDraw.Draw(image)
    for y in range(100, 1300, 60):
        draw.rectangle([100, y, 900, y + 20], fill=20)
    plain = cleared(np.asarray(image))
    draw.line([0, 0, 1000, 1400], fill=215, width=60)
    for y in range(100, 1300, 60):
        draw.rectangle([100, y, 900, y + 20], fill=20)
    marked = cleared(np.asarray(image))
    assert marked[250, 178] > 245
    assert np.abs(marked.astype(float) - plain).mean() < 2


@pytest.mark.usefixtures("ocr")
def test_shadows_go() -> None:
    from connectors.readers.paper import cleared

    light = np.linspace(250, 120, 1000)[None, :].repeat(1400, axis=0).astype(np.uint8)
    light[100:120, 100:900] = 10
    page = cleared(light)
    assert page[600:1300].min() > 225
    assert page[110, 120:880].max() < 60
