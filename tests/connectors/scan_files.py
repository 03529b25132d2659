"""Makes scans of a PDF: pages that are pictures only, worn as scanners and office stamps wear them."""

from __future__ import annotations

import io
import math
import time
from typing import Any, Literal

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter

RED = (214, 30, 38)
Seal = Literal["", "end", "text"]
Array = np.ndarray[Any, np.dtype[Any]]


def scan_pdf(
    pdf: bytes,
    *,
    dpi: int = 200,
    noise: float = 6.0,
    skew: float = 0.0,
    seal: Seal = "",
    quality: int = 75,
    grey: bool = False,
    blur: float = 0.0,
    watermark: bool = False,
    seed: int = 1,
) -> bytes:
    """Return a PDF of the same pages as JPEG pictures, the same bytes every time.

    Args:
        pdf: a PDF with text.
        dpi: how finely it is scanned.
        noise: the spread of the scanner's noise, in grey levels.
        skew: by how many degrees a page lies askew at most.
        seal: a red stamp over the last lines of the last page (`end`), or of every page (`text`).
        quality: of the JPEG.
        grey: scanned without colour.
        blur: how far out of focus, in pixels.
        watermark: large pale letters across the page.
        seed: another one gives other noise.
    """
    pages = _pages(pdf, dpi, noise, skew, seal, grey, blur, watermark, seed)
    buffer = io.BytesIO()
    first, *rest = pages
    moment = time.gmtime(0)
    first.save(
        buffer, "PDF", save_all=True, append_images=rest, resolution=dpi, quality=quality,
        creationDate=moment, modDate=moment,
    )  # fmt: skip
    return buffer.getvalue()


def page_images(
    pdf: bytes,
    *,
    dpi: int = 200,
    noise: float = 6.0,
    skew: float = 0.0,
    seal: Seal = "",
    grey: bool = False,
    blur: float = 0.0,
    watermark: bool = False,
    seed: int = 1,
    form: str = "PNG",
    turn: int = 0,
    **options: Any,
) -> list[bytes]:
    """Return the pages as picture files of a form that PIL knows, turned by so many degrees clockwise."""
    made = []
    for page in _pages(pdf, dpi, noise, skew, seal, grey, blur, watermark, seed):
        buffer = io.BytesIO()
        page.rotate(-turn, expand=True).save(buffer, form, dpi=(dpi, dpi), **options)
        made.append(buffer.getvalue())
    return made


def pages_of(pdf: bytes, *numbers: int) -> bytes:
    """Return a PDF of some of the pages, counted from 1."""
    source, made = pypdfium2.PdfDocument(pdf), pypdfium2.PdfDocument.new()
    made.import_pages(source, [number - 1 for number in numbers])
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def joined(*pdfs: bytes) -> bytes:
    """Return one PDF of the pages of several."""
    made = pypdfium2.PdfDocument.new()
    for pdf in pdfs:
        made.import_pages(pypdfium2.PdfDocument(pdf))
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def _pages(
    pdf: bytes, dpi: int, noise: float, skew: float, seal: Seal, grey: bool, blur: float,
    watermark: bool, seed: int,
) -> list[Image.Image]:  # fmt: skip
    document = pypdfium2.PdfDocument(pdf)
    made = []
    for index in range(len(document)):
        chance = np.random.default_rng([seed, index])
        page = document[index].render(scale=dpi / 72).to_pil().convert("RGB")
        if watermark:
            page = _watermarked(page, dpi)
        if seal == "text" or (seal == "end" and index == len(document) - 1):
            page = _sealed(page, dpi)
        page = _worn(page, noise, skew, blur, chance)
        made.append(page.convert("L") if grey else page)
    document.close()
    return made


def _worn(
    page: Image.Image, noise: float, skew: float, blur: float, chance: np.random.Generator
) -> Image.Image:
    if skew:
        angle = chance.uniform(0.5, 1.0) * skew * chance.choice([-1, 1])
        page = page.rotate(angle, Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
    if blur:
        page = page.filter(ImageFilter.GaussianBlur(blur))
    if not noise:
        return page
    pixels = np.asarray(page).astype(np.float32)
    height, width = pixels.shape[:2]
    # Paper is a little off white, darker to one side, and speckled with dust.
    shade = np.linspace(250, 238, width, dtype=np.float32)[None, :, None] / 255
    pixels = pixels * shade + chance.normal(0, noise, (height, width, 1)).astype(np.float32)
    for _ in range(int(width * height / 40_000)):
        y, x, size = chance.integers(height), chance.integers(width), chance.integers(1, 3)
        pixels[y : y + size, x : x + size] -= chance.uniform(40, 160)
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def _sealed(page: Image.Image, dpi: int) -> Image.Image:
    """Stamp a seal of 42 mm over the last lines, right of the middle, as over a signature and its date."""
    size = round(42 / 25.4 * dpi)
    ink = np.asarray(page.convert("L")) < 128
    # Above the foot, where the page number stands.
    rows = np.flatnonzero(ink[: int(page.height * 0.86)].any(axis=1))
    bottom = int(rows[-1]) if rows.size else page.height // 2
    columns = np.flatnonzero(ink[max(0, bottom - dpi // 4) : bottom + 1].any(axis=0))
    right = int(columns[-1]) if columns.size else page.width // 2
    centre = (min(right - size // 8, int(page.width * 0.75)), bottom - size // 6)
    stamp = Image.new("RGB", page.size, (255, 255, 255))
    draw = ImageDraw.Draw(stamp)
    half = size / 2
    box = [centre[0] - half, centre[1] - half, centre[0] + half, centre[1] + half]
    draw.ellipse(box, outline=RED, width=max(2, round(1.2 / 25.4 * dpi)))
    draw.polygon(_star(centre, size * 0.15), fill=RED)
    _ring(stamp, centre, size * 0.38, size * 0.11)
    faded = np.asarray(stamp).astype(np.float32)
    patches = np.random.default_rng(dpi).uniform(0.75, 1.0, faded.shape[:2])[:, :, None]
    faded = 255 - (255 - faded) * patches
    multiplied = np.asarray(page).astype(np.float32) * faded / 255
    return Image.fromarray(multiplied.astype(np.uint8))


def _star(centre: tuple[int, int], radius: float) -> list[tuple[float, float]]:
    return [
        (
            centre[0] + math.sin(step * math.pi / 5) * radius * (1 if step % 2 == 0 else 0.4),
            centre[1] - math.cos(step * math.pi / 5) * radius * (1 if step % 2 == 0 else 0.4),
        )
        for step in range(10)
    ]


def _ring(stamp: Image.Image, centre: tuple[int, int], radius: float, size: float) -> None:
    """Blocks of strokes round the rim, as dense as the characters that stand there."""
    cell = max(6, round(size))
    for step in range(-5, 6):
        angle = step * math.radians(24)
        tile = Image.new("L", (cell, cell), 0)
        draw = ImageDraw.Draw(tile)
        stroke = max(1, cell // 9)
        for line in range(4):
            y = round((line + 0.5) * cell / 4)
            draw.line([(0, y), (cell, y)], fill=255, width=stroke)
        draw.line([(cell // 2, 0), (cell // 2, cell)], fill=255, width=stroke)
        turned = tile.rotate(-math.degrees(angle), expand=True)
        x = round(centre[0] + math.sin(angle) * radius - turned.width / 2)
        y = round(centre[1] - math.cos(angle) * radius - turned.height / 2)
        stamp.paste(RED, (x, y), turned)


def _watermarked(page: Image.Image, dpi: int) -> Image.Image:
    """Lay pale slanting letters across the page."""
    layer = Image.new("L", (page.width, page.height), 0)
    draw = ImageDraw.Draw(layer)
    size = dpi * 0.7
    for y in range(0, page.height, round(dpi * 2.4)):
        for x in range(0, page.width, round(dpi * 3)):
            draw.text((x, y), "COPY", fill=255, font_size=size)
    layer = layer.rotate(30)
    pixels = np.asarray(page).astype(np.float32)
    pale = np.asarray(layer).astype(np.float32)[:, :, None] / 255
    return Image.fromarray(np.clip(pixels - 32 * pale, 0, 255).astype(np.uint8))
