"""Cuts strips of text out of a page: at the rules of tables, and where ink was overlooked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import TYPE_CHECKING, Any

from connectors.readers.rules import Box, Grid

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

# Which share of a place lies in a cell at least for the cell to hold it.
_WITHIN = 0.5
_INSET = 3
# A second look takes in this share of the height more, above and below, and is paler.
_MARGIN = 0.1
_PALER = 0.6
_WIDER = 1.4
_SMALLEST = 6
# How high, against its width, the place of one character is at most.
_SQUARE = 0.95
# How dense with ink, against the rest of its line, a part of it is at least.
_AS_DENSE = 0.4
# And how much of that a whole line has, over the width of the text; short ones are found by themselves.
_LINE = 0.25


def strip_pictures(page: Array, places: Iterable[Array]) -> list[Array]:
    """Return the picture of each place, straight."""
    return [_straight(page, place) for place in places]


def seen_again(strip: Array) -> Array:
    """Return the picture of a strip smaller and paler: what is read of it otherwise was not sure.

    Of a dozen ways to look again (stretched, sharpened, cropped …) this one tells the most wrong figures.
    """
    import cv2
    import numpy as np

    margin = round(strip.shape[0] * _MARGIN)
    wider = cv2.copyMakeBorder(strip, margin, margin, 0, 0, cv2.BORDER_REPLICATE)
    curve = (255 * (np.arange(256) / 255) ** _PALER).astype(np.uint8)
    paler: Array = curve[wider]
    return paler


def seen_wider(strip: Array) -> Array:
    """Return the picture of a strip drawn wider: like figures side by side are rarer taken for fewer."""
    import cv2

    height, width = strip.shape
    wider: Array = cv2.resize(strip, (round(width * _WIDER), height), interpolation=cv2.INTER_CUBIC)
    return wider


def _straight(page: Array, place: Array) -> Array:
    import cv2
    import numpy as np

    upper_left, upper_right, lower_right, lower_left = place
    width = max(
        float(np.hypot(*(upper_right - upper_left))), float(np.hypot(*(lower_right - lower_left))), 4.0
    )
    height = max(
        float(np.hypot(*(lower_left - upper_left))), float(np.hypot(*(lower_right - upper_right))), 4.0
    )
    wide, high = round(width), round(height)
    corners = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    matrix = cv2.getPerspectiveTransform(place.astype(np.float32), corners)
    return cv2.warpPerspective(
        page, matrix, (wide, high), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )


def corners_of(box: Box) -> Array:
    """Return the corners of an upright place."""
    import numpy as np

    left, top, right, bottom = box
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)


def bounds_of(place: Array) -> Box:
    """Return the upright box round a place."""
    left, top = place.min(axis=0).tolist()
    right, bottom = place.max(axis=0).tolist()
    return round(left), round(top), round(right), round(bottom)


def cut_at_cells(places: Iterable[Array], grids: Sequence[Grid]) -> list[Array]:
    """Cut the places that lie in a table at its rules."""
    cut: list[Array] = []
    for place in places:
        box = bounds_of(place)
        grid = next((grid for grid in grids if _overlap(box, grid.box) > _WITHIN * _area(box)), None)
        pieces = [] if grid is None else _pieces(box, grid)
        cut += [corners_of(piece) for piece in pieces] if pieces else [place]
    return cut


def cut_upright(places: Iterable[Array], ink: Array, grids: Sequence[Grid]) -> list[Array]:
    """Cut the places in tables' cells where characters stand below each other."""
    places = list(places)
    if not places or not grids:
        return places
    usual = median(box[3] - box[1] for box in map(bounds_of, places))
    cut: list[Array] = []
    for place in places:
        left, top, right, bottom = box = bounds_of(place)
        tall = bottom - top > max(1.6 * (right - left), 1.5 * usual)
        in_cell = tall and any(
            _overlap(box, cell) > _WITHIN * _area(box) for grid in grids for cell in grid.cells
        )
        cut += _characters(box, ink) if in_cell else [place]
    return cut


def _characters(box: Box, ink: Array) -> list[Array]:
    """Return the places of characters below each other: where ink is parted, about as high as wide."""
    import numpy as np

    left, top, right, bottom = (max(0, edge) for edge in box)
    rows = np.flatnonzero(ink[top:bottom, left:right].sum(axis=1) > 1)
    runs = [run for run in np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1) if run.size]
    places: list[Array] = []
    begin: int | None = None
    for index, run in enumerate(runs):
        begin = int(run[0]) if begin is None else begin
        following = int(runs[index + 1][-1]) if index + 1 < len(runs) else None
        # A character's strokes may be parted as well: it goes on while it is no higher than wide.
        if following is None or following - begin > _SQUARE * (right - left):
            places.append(corners_of((left, top + begin - 2, right, top + int(run[-1]) + 3)))
            begin = None
    return places


def _pieces(box: Box, grid: Grid) -> list[Box]:
    left, top, right, bottom = box
    pieces: list[Box] = []
    for cell in grid.cells:
        inside = min(bottom, cell[3]) - max(top, cell[1])
        across = min(right, cell[2]) - max(left, cell[0])
        if inside > _WITHIN * (bottom - top) and across > _SMALLEST:
            pieces.append((max(left, cell[0]), max(top, cell[1]), min(right, cell[2]), min(bottom, cell[3])))
    return pieces


def _area(box: Box) -> int:
    return max(0, box[2] - box[0]) * max(0, box[3] - box[1])


def _overlap(first: Box, second: Box) -> int:
    return _area(
        (
            max(first[0], second[0]),
            max(first[1], second[1]),
            min(first[2], second[2]),
            min(first[3], second[3]),
        )
    )


def missed_ink(ink: Array, rules: Array, places: Sequence[Array], grids: Sequence[Grid]) -> list[Array]:
    """Return the places of text that were overlooked: a figure alone in its cell, a part of a line.

    Only what is as high as the text that was found counts; dust is smaller, pictures are larger.
    """
    import cv2
    import numpy as np

    boxes = [box for place in places if _area(box := bounds_of(place))]
    if not boxes:
        return []
    usual = median(box[3] - box[1] for box in boxes)
    rest = ink & (1 - rules)
    for left, top, right, bottom in boxes:
        rest[max(0, top) : max(0, bottom), max(0, left) : max(0, right)] = 0
    # Dust.
    rest = cv2.morphologyEx(rest, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    found: list[Box] = []
    for box in (*_beside(ink, rest, boxes, usual, grids), *_alone(rest, usual, grids)):
        if not any(_overlap(box, other) > _WITHIN * min(_area(box), _area(other)) for other in found):
            found.append(box)
    return [corners_of(box) for box in found]


def _alone(rest: Array, usual: float, grids: Sequence[Grid]) -> Iterator[Box]:
    """Yield what stands apart: in a cell anything, elsewhere what is longer than a blot."""
    import cv2
    import numpy as np

    joined = cv2.morphologyEx(rest, cv2.MORPH_CLOSE, np.ones((3, max(3, round(usual * 0.6))), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    for left, top, wide, high, area in stats[1:count].tolist():
        if not 0.3 * usual <= high <= 1.5 * usual or wide < 0.12 * usual or area < 0.1 * wide * high:
            continue
        box = (left, top, left + wide, top + high)
        in_cell = any(_overlap(box, cell) == _area(box) for grid in grids for cell in grid.cells)
        if in_cell or wide > 1.5 * high:
            margin = round(high * 0.15)
            yield left - margin, top - margin, left + wide + margin, top + high + margin


def _beside(
    ink: Array, rest: Array, boxes: Sequence[Box], usual: float, grids: Sequence[Grid]
) -> Iterator[Box]:
    """Yield the lines, and parts of lines, that were not found, as dense with ink as those that were."""
    import numpy as np

    outside = [box for box in boxes if not any(_overlap(box, grid.box) for grid in grids)]
    if not outside:
        return
    usually = float(
        np.median(
            [ink[max(0, top) : bottom, max(0, left) : right].mean() for left, top, right, bottom in outside]
        )
    )
    for top, bottom, held in (*_bands(outside), *_lost(rest, outside, usual, usually)):
        if not 0.6 * usual <= bottom - top <= 1.6 * usual:
            continue
        columns = np.flatnonzero(rest[top:bottom].sum(axis=0) > 1)
        for run in np.split(columns, np.flatnonzero(np.diff(columns) > 0.8 * usual) + 1):
            if run.size and run[-1] - run[0] > 0.6 * usual:
                left, right = int(run[0]), int(run[-1]) + 1
                clear = not any(each[0] < right and left < each[2] for each in held)
                if clear and rest[top:bottom, left:right].mean() > _AS_DENSE * usually:
                    yield left - _INSET, top, right + _INSET, bottom


def _lost(
    rest: Array, boxes: Sequence[Box], usual: float, usually: float
) -> Iterator[tuple[int, int, list[Box]]]:
    """Yield the bands between the lines that hold ink enough for a line, where none was found."""
    import numpy as np

    left, right = max(0, min(box[0] for box in boxes)), max(box[2] for box in boxes)
    smooth = max(1, round(usual / 4))
    profile = np.convolve(rest[:, left:right].mean(axis=1), np.ones(smooth) / smooth, mode="same")
    rows = np.flatnonzero(profile > _LINE * usually)
    for run in np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1):
        if run.size:
            margin = round(0.1 * usual)
            yield max(0, int(run[0]) - margin), int(run[-1]) + 1 + margin, []


def _bands(boxes: Sequence[Box]) -> Iterator[tuple[int, int, list[Box]]]:
    """Yield the lines that boxes make: from where to where each goes down, and its boxes."""
    bands: list[list[Box]] = []
    for box in sorted(boxes, key=lambda box: box[1] + box[3]):
        middle = (box[1] + box[3]) / 2
        if bands and bands[-1][0][1] < middle < bands[-1][0][3]:
            bands[-1].append(box)
        else:
            bands.append([box])
    for band in bands:
        top, bottom = (round(median(box[edge] for box in band)) for edge in (1, 3))
        if 0 <= top < bottom:
            yield (
                top,
                bottom,
                [(max(0, left), up, right, down) for left, up, right, down in band if right > left],
            )
