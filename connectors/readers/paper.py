"""Clears the picture of a page: red seals, shadows and watermarks go, the text stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

# A round seal of a body measures 38 to 50 mm, an oval one 30 by 45; red letters are smaller, rules longer.
_SEAL_LEAST = 0.11
_SEAL_MOST = 0.36
# Paper is looked at this much smaller; a stroke or a character is no paper, a dark field is.
_SMALLER = 8
_REACH = 15
_DARKEST_PAPER = 96
# What stands out from paper less than this, as a share of the darkest ink, is a watermark or shines through.
_PALE = 0.25
# A page has one where so much of it, apart from letters and what is near to them, is tinted.
_WATERMARK = 0.005
_TINT = 0.08
_DARK = 0.5
_DARKEST = 0.3
_NEAR = 120
_NOISE = 9


def cleared(pixels: Array) -> Array:
    """Return a page in grey, evenly lit, without red seals and pale watermarks."""
    return _without_pale(_evenly_lit(without_seals(pixels)[0]))


def _evenly_lit(page: Array) -> Array:
    """Return a page as if its paper were white all over."""
    import cv2
    import numpy as np

    height, width = page.shape
    small = cv2.resize(
        page, (max(1, width // _SMALLER), max(1, height // _SMALLER)), interpolation=cv2.INTER_AREA
    )
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((_REACH, _REACH), np.uint8))
    paper = cv2.GaussianBlur(paper, (0, 0), _REACH / 3)
    paper = np.maximum(cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR), _DARKEST_PAPER)
    lit: Array = cv2.divide(page, paper, scale=255)
    return lit


def _without_pale(page: Array) -> Array:
    """Return a page without its watermark: where it has one, what is little darker than paper turns white.

    Elsewhere nothing changes: of letters that are small or out of focus the thin strokes are pale as well.
    """
    import cv2
    import numpy as np

    darkest = float(np.percentile(page, _DARKEST))
    reach = 2 * (min(page.shape) // _NEAR) + 1
    dark = (page < 255 - _DARK * (255 - darkest)).astype(np.uint8)
    apart = cv2.dilate(dark, np.ones((reach, reach), np.uint8)) == 0
    if not apart.any():
        return page
    paper = float(np.median(page[apart]))
    contrast = max(paper - darkest, 1.0)
    tinted = apart & (cv2.blur(page, (_NOISE, _NOISE)) < paper - _TINT * contrast)
    if tinted.mean() < _WATERMARK:
        return page
    return np.where(page > paper - _PALE * contrast, np.uint8(255), page)


def without_seals(pixels: Array) -> tuple[Array, list[tuple[int, int, int, int]]]:
    """Return a page in grey without its red seals, and where they stand (left, top, right, bottom).

    Red ink is as bright as paper in red light, so there the text below a seal stands alone. Elsewhere red
    stays: the red head of an official document is text.
    """
    import cv2
    import numpy as np

    if pixels.ndim == 2:
        return pixels, []
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    red, green, blue = (pixels[:, :, index].astype(np.int16) for index in range(3))
    ink = ((red - np.maximum(green, blue) > 40) & (red > 90)).astype(np.uint8)
    width = min(pixels.shape[:2])
    if int(ink.sum()) < width // 4:
        return grey, []
    gap = max(3, width // 100)
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((gap, gap), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    seals: list[tuple[int, int, int, int]] = []
    for left, top, across, down, _ in stats[1:count].tolist():
        if min(across, down) >= _SEAL_LEAST * width and max(across, down) <= _SEAL_MOST * width:
            box = (max(left - gap, 0), max(top - gap, 0), left + across + gap, top + down + gap)
            seals.append(box)
            grey[box[1] : box[3], box[0] : box[2]] = _in_red_light(pixels, ink, box)
    return grey, seals


def _in_red_light(pixels: Array, ink: Array, box: tuple[int, int, int, int]) -> Array:
    """Return what stands in a box in red light, so bright that the seal's ink is as bright as paper."""
    import numpy as np

    place = (slice(box[1], box[3]), slice(box[0], box[2]))
    light = pixels[:, :, 0][place].astype(np.float32)
    paper = float(np.percentile(light, 85))
    # Where the seal lies on text its ink is darker; of the rest most is brighter than this.
    seal = float(np.percentile(light[ink[place] > 0], 25))
    brighter = light * (paper / max(min(seal, paper), 1.0))
    cleared: Array = np.minimum(brighter, paper).astype(np.uint8)
    return cleared
