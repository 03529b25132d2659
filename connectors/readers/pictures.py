"""Pictures of pages: opened from files within bounds, the right way up."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nianbao import ReadError

if TYPE_CHECKING:
    import numpy as np
    from PIL.Image import Image
    from pypdfium2 import PdfPage

    Array = np.ndarray[Any, np.dtype[Any]]

# An A3 page at 600 dpi; what is larger is no page, but may well be a bomb.
MOST_PIXELS = 80_000_000
# A4 at 300 dpi: finer print needs no more, and time and memory grow with it.
LONGEST_SIDE = 3_508
SHORTEST_SIDE = 24
RENDERED_DPI = 200
# Which share of a page its picture covers at least, each way, to stand for the page.
_COVERED = 0.9
_POINTS = 72


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture of a page.

    Args:
        pixels: rows of RGB or grey values.
        width, height: of the page in points.
    """

    pixels: Array
    width: float
    height: float


def file_pictures(data: bytes, where: str, most: int) -> Iterator[Picture]:
    """Yield the pages of a picture file: one, or the frames of a TIFF; of an animation the first frame.

    Raises:
        ReadError: it is broken, too large, or has more than `most` pages.
    """
    from PIL import Image, UnidentifiedImageError

    with warnings.catch_warnings():
        # What the library warns of is refused below; flaws of the metadata don't matter.
        warnings.simplefilter("ignore")
        try:
            with Image.open(io.BytesIO(data)) as image:
                frames = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
                if frames > most:
                    raise ReadError(f"图片超过 {most} 页，不像一份报告", where=where)
                for index in range(frames):
                    image.seek(index)
                    yield _picture(image, where)
        except UnidentifiedImageError as error:
            raise ReadError("图片无法打开，可能已损坏", where=where, hint="请重新取得这个文件") from error
        except Image.DecompressionBombError as error:
            raise _too_large(where) from error
        # What the library's decoders raise on broken files.
        except (OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, TypeError) as error:
            raise ReadError("图片已损坏或不完整", where=where, hint="请重新取得这个文件") from error


def _too_large(where: str) -> ReadError:
    return ReadError("图片的尺寸过大，不能识别", where=where, hint="请以 200 至 300 dpi 重新扫描")


def _picture(image: Image, where: str) -> Picture:
    """Return a frame upright, within bounds, with the size that its resolution gives it."""
    from PIL import ImageOps

    if image.width * image.height > MOST_PIXELS:
        raise _too_large(where)
    if min(image.size) < SHORTEST_SIDE:
        raise ReadError("图片太小，没有可识别的文字", where=where, hint="请提供原件的扫描件")
    dpi = _resolution(image)
    # A JPEG is decoded no finer than needed.
    image.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(image)
    width, height = upright.size
    scale = _POINTS / dpi if dpi else 595 / min(width, height)
    return Picture(_pixels(_bounded(_flat(upright))), width * scale, height * scale)


def _resolution(image: Image) -> float | None:
    """Return the dots an inch where the file tells it, and a page of that size is thinkable."""
    told = image.info.get("dpi")
    if not isinstance(told, tuple) or not told:
        return None
    dpi = float(told[0])
    shorter = min(image.size) / dpi if dpi > 1 else 0.0
    return dpi if 4 <= shorter <= 24 else None


def _flat(image: Image) -> Image:
    """Return the picture in grey or RGB on white paper."""
    from PIL import Image as Images

    if image.mode in ("I", "F") or image.mode.startswith("I;"):
        _, high = image.getextrema()
        top = max(float(high), 1.0) if isinstance(high, int | float) else 1.0
        # 16 bits of grey, or whatever range the scanner used.
        full = 65535.0 if 255 < top <= 65535 else top
        return image.convert("F").point(lambda value: value * (255.0 / full)).convert("L")
    if image.mode == "1":
        return image.convert("L")
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        paper = Images.new("RGBA", image.size, (255, 255, 255, 255))
        return Images.alpha_composite(paper, image.convert("RGBA")).convert("RGB")
    return image if image.mode in ("L", "RGB") else image.convert("RGB")


def _bounded(image: Image) -> Image:
    from PIL import Image as Images

    if max(image.size) > LONGEST_SIDE:
        image = image.copy()
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Images.Resampling.BOX)
    return image


def _pixels(image: Image) -> Array:
    import numpy as np

    return np.asarray(image)


def page_picture(page: PdfPage, where: str) -> Picture:
    """Return the picture of a PDF page: the one that it consists of, or the page as it prints.

    Raises:
        ReadError: the picture on it is too large.
    """
    width, height = page.get_size()
    embedded = _embedded(page, where)
    if embedded is None:
        scale = min(RENDERED_DPI / _POINTS, LONGEST_SIDE / max(width, height, 1.0))
        embedded = page.render(scale=scale, may_draw_forms=False).to_pil()
    return Picture(_pixels(_bounded(_flat(embedded))), width, height)


def _embedded(page: PdfPage, where: str) -> Image | None:
    """Return a page's one picture, turned as the page is; None where the page is more than that."""
    from pypdfium2 import PdfImage, raw

    objects = list(page.get_objects(max_depth=2))
    images = [each for each in objects if isinstance(each, PdfImage)]
    for image in images:
        columns, rows = image.get_px_size()
        if columns * rows > MOST_PIXELS:
            raise _too_large(where)
    if len(images) != 1 or any(each.type == raw.FPDF_PAGEOBJ_PATH for each in objects):
        return None
    (image,) = images
    matrix = image.get_matrix()
    left, bottom, right, top = image.get_bounds()
    box = page.get_cropbox()
    covers = right - left >= _COVERED * (box[2] - box[0]) and top - bottom >= _COVERED * (box[3] - box[1])
    inside = right - left <= (box[2] - box[0]) / _COVERED and top - bottom <= (box[3] - box[1]) / _COVERED
    upright = matrix.a > 0 and matrix.d > 0 and abs(matrix.b) + abs(matrix.c) < 0.01 * matrix.a
    if not (covers and inside and upright) or raw.FPDFPageObj_HasTransparency(image.raw):
        return None
    # Of one bit a dot it may be a stencil, whose ink only its drawing tells.
    if image.get_metadata().bits_per_pixel < 8 or min(image.get_px_size()) < SHORTEST_SIDE:
        return None
    picture: Image = image.get_bitmap(render=False).to_pil()
    return picture.rotate(-page.get_rotation(), expand=True) if page.get_rotation() else picture
