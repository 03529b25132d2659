"""Recognises the picture of a page: turned upright, its tables and strips of text found, each strip read."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from connectors.readers.engine import Glyph, engine, engine_version
from connectors.readers.paper import cleared
from connectors.readers.pictures import Picture
from connectors.readers.rules import Box, Grid, find_grids, ink_of
from connectors.readers.strips import (
    cut_at_cells,
    cut_upright,
    missed_ink,
    seen_again,
    seen_wider,
    strip_pictures,
)
from nianbao.cache import cache_in_use

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

# Changes when the same picture may be recognised otherwise.
VERSION = "5"
CACHE_KIND = "page"

_SIDEWAYS = 0.6
_VOTERS = 10
# Askew by more than this, in degrees, a page is turned straight; by more than the other it is a photograph.
_LEAST_SKEW = 0.1
_MOST_SKEW = 15.0
# Letters of a watermark or round a seal lie aslant.
_SLANTED = 8.0
_LIKE = re.compile(r"([0-9])\1")
FIGURES = frozenset("0123456789〇○零一二三四五六七八九十百千万亿两%.")


@dataclass(frozen=True, slots=True)
class Strip:
    """A strip of text on a page, in pixels of the upright page.

    Args:
        box: left, top, right and bottom of its ink.
        glyphs: what was read.
        looks: what further looks read, where they were taken.
    """

    box: Box
    glyphs: tuple[Glyph, ...]
    looks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a page holds.

    Args:
        width, height: of the upright page in pixels.
        turned: by how many quarters it was turned clockwise to be upright.
        strips: its text, in no order.
        grids: its ruled tables.
    """

    width: int
    height: int
    turned: int
    strips: tuple[Strip, ...]
    grids: tuple[Grid, ...]


def recognise(picture: Picture) -> Sheet:
    """Return what stands on a page; a page that was seen before comes from the cache."""
    pixels = picture.pixels
    digest = hashlib.sha256(pixels.tobytes()).hexdigest()
    key = f"{digest} {pixels.shape} {engine_version()} {VERSION}"
    kept = cache_in_use().get(CACHE_KIND, key)
    sheet = _from_json(kept) if kept is not None else None
    if sheet is None:
        sheet = _recognised(pixels)
        cache_in_use().put(CACHE_KIND, key, json.dumps(asdict(sheet), ensure_ascii=False).encode())
    return sheet


def _from_json(data: bytes) -> Sheet | None:
    """Return a sheet as it was kept; None where it is damaged."""
    try:
        kept = json.loads(data)
        return Sheet(
            kept["width"],
            kept["height"],
            kept["turned"],
            tuple(
                Strip(
                    tuple(each["box"]),
                    tuple(Glyph(**glyph) for glyph in each["glyphs"]),
                    tuple(each["looks"]),
                )
                for each in kept["strips"]
            ),
            tuple(
                Grid(tuple(each["box"]), tuple(tuple(cell) for cell in each["cells"]))
                for each in kept["grids"]
            ),
        )
    except (ValueError, KeyError, TypeError):
        return None


def _recognised(pixels: Array) -> Sheet:
    page, places, turned = _upright(cleared(pixels))
    page, places = _straightened(page, places)
    ink = ink_of(page)
    grids, rules = find_grids(ink)
    places = cut_upright(cut_at_cells(places, grids), ink, grids)
    places += missed_ink(ink, rules, places, grids)
    height, width = page.shape
    strips = _read(page, ink & (1 - rules), places)
    return Sheet(width, height, turned, tuple(strips), tuple(grids))


def _upright(page: Array) -> tuple[Array, list[Array], int]:
    """Return the page the right way up, its places of text, and by how many quarters it was turned."""
    import numpy as np

    places = engine().places(page)
    turned = 0
    if _lies_sideways(places):
        page = np.ascontiguousarray(np.rot90(page, -1))
        turned = 1
        places = engine().places(page)
    longest = sorted(places, key=_width, reverse=True)[:_VOTERS]
    if engine().upside_down(strip_pictures(page, longest)):
        page = np.ascontiguousarray(np.rot90(page, 2))
        turned += 2
        size = np.array([page.shape[1], page.shape[0]], np.float32)
        places = [(size - place)[[2, 3, 0, 1]] for place in places]
    return page, places, turned


def _lies_sideways(places: Sequence[Array]) -> bool:
    """Whether most of the text runs upwards or downwards."""
    upright = sum(_width(place) * _height(place) for place in places if _height(place) > 1.5 * _width(place))
    return upright > _SIDEWAYS * sum(_width(place) * _height(place) for place in places) > 0


def _width(place: Array) -> float:
    return float(abs(place[1] - place[0]).max())


def _height(place: Array) -> float:
    return float(abs(place[3] - place[0]).max())


def _straightened(page: Array, places: list[Array]) -> tuple[Array, list[Array]]:
    """Turn a page straight by the slant that most of its lines share; what is aslant to them goes."""
    import cv2
    import numpy as np

    slants = [(_slant(place), _width(place)) for place in places if _width(place) > 4 * _height(place)]
    if not slants:
        return page, places
    angle = _weighted_median(slants)
    places = [
        place
        for place in places
        if _width(place) <= 2 * _height(place) or abs(_slant(place) - angle) < _SLANTED
    ]
    if not _LEAST_SKEW < abs(angle) < _MOST_SKEW:
        return page, places
    height, width = page.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    paper = int(np.percentile(page[:: max(1, height // 200)], 80))
    straight = cv2.warpAffine(page, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(paper,))
    return straight, [cv2.transform(place[None], matrix)[0].astype(np.float32) for place in places]


def _slant(place: Array) -> float:
    """Return by how many degrees a place falls to the right."""
    import math

    across, down = (place[1] + place[2] - place[0] - place[3]).tolist()
    return math.degrees(math.atan2(down, across))


def _weighted_median(rows: Sequence[tuple[float, float]]) -> float:
    half = sum(weight for _, weight in rows) / 2
    for value, weight in sorted(rows):
        half -= weight
        if half <= 0:
            return value
    return 0.0


def _read(page: Array, ink: Array, places: Sequence[Array]) -> list[Strip]:
    """Read every place; those with figures twice, those with like figures side by side three times."""
    pictures = strip_pictures(page, places)
    read = engine().read(pictures)
    texts = ["".join(each.text for each in glyphs) for glyphs in read]
    looks: list[list[str]] = [[] for _ in places]
    for seen, wanted in ((seen_again, FIGURES.intersection), (seen_wider, _LIKE.search)):
        chosen = [index for index, text in enumerate(texts) if wanted(text)]
        further = engine().read([seen(pictures[index]) for index in chosen])
        for index, glyphs in zip(chosen, further, strict=True):
            looks[index].append("".join(each.text for each in glyphs))
    return [
        Strip(_ink_box(ink, place), tuple(glyphs), tuple(seen))
        for place, glyphs, seen in zip(places, read, looks, strict=True)
        if glyphs
    ]


def _ink_box(ink: Array, place: Array) -> Box:
    """Return what the ink within a place covers, or the place where it is too faint."""
    import numpy as np

    left, top = (int(max(value, 0)) for value in place.min(axis=0))
    right, bottom = (int(value) + 1 for value in place.max(axis=0))
    inside = ink[top:bottom, left:right]
    rows, columns = np.flatnonzero(inside.sum(axis=1) > 1), np.flatnonzero(inside.sum(axis=0) > 1)
    if not rows.size or not columns.size:
        return left, top, right, bottom
    return left + int(columns[0]), top + int(rows[0]), left + int(columns[-1]) + 1, top + int(rows[-1]) + 1
