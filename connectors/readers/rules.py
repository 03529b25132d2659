"""Finds the ruled tables of a scanned page: long rules, and the cells between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

Box = tuple[int, int, int, int]

# As shares of the page: how long a rule is at least; characters of running text are shorter strokes.
_LONG = 0.05
_TALL = 0.022
# A cell is at least this wide and high; what is smaller lies between two strokes of one rule.
_WIDE = 0.015
_HIGH = 0.008
_BROKEN = 5
# What dust takes out of a rule, as a share of the page's height.
_DUST = 0.002
_MOST_CELLS = 2_000


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table on a page, in pixels.

    Args:
        box: left, top, right and bottom.
        cells: the places between its rules, in no order.
    """

    box: Box
    cells: tuple[Box, ...]

    def rows(self) -> list[list[tuple[int, Box | None]]]:
        """Return, row by row, each cell with its column (from 1); None where a cell from above reaches in."""
        tops = _steps([cell[1] for cell in self.cells], self._tolerance(1, 3))
        lefts = _steps([cell[0] for cell in self.cells], self._tolerance(0, 2))
        placed = {(_step(tops, cell[1]), _step(lefts, cell[0])): cell for cell in self.cells}
        rows: list[list[tuple[int, Box | None]]] = []
        for row, top in enumerate(tops):
            found: list[tuple[int, Box | None]] = []
            for column in range(len(lefts)):
                cell = placed.get((row, column))
                if cell is not None:
                    found.append((column + 1, cell))
                elif any(
                    at == column and above < row and below[3] > top + self._tolerance(1, 3)
                    for (above, at), below in placed.items()
                ):
                    found.append((column + 1, None))
            rows.append(found)
        return [row for row in rows if row]

    def columns(self) -> list[int]:
        """Return where the columns begin, and where the last one ends."""
        begins = _steps([cell[0] for cell in self.cells], self._tolerance(0, 2))
        return [*begins, max(cell[2] for cell in self.cells)]

    def _tolerance(self, first: int, last: int) -> int:
        """Half of the smallest cell: cells of one row or column don't differ by more."""
        return max(2, min(cell[last] - cell[first] for cell in self.cells) // 2)


def _steps(values: Sequence[int], tolerance: int) -> list[int]:
    """Return the distinct values, those within the tolerance of each other as one."""
    steps: list[int] = []
    for value in sorted(values):
        if not steps or value - steps[-1] > tolerance:
            steps.append(value)
    return steps


def _step(steps: Sequence[int], value: int) -> int:
    return max(index for index, step in enumerate(steps) if step <= value)


def ink_of(page: Array) -> Array:
    """Return where a grey page has ink (1) and where paper (0), whatever the light."""
    import cv2

    block = max(15, min(page.shape[:2]) // 40 | 1)
    return cv2.adaptiveThreshold(page, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, 18)


def find_grids(ink: Array) -> tuple[list[Grid], Array]:
    """Return the ruled tables of an upright page from top to bottom, and where all its long rules are."""
    import cv2
    import numpy as np

    height, width = ink.shape
    long, tall = max(20, round(width * _LONG)), max(20, round(height * _TALL))
    # A rule that is slightly askew, or broken by dust, stays one.
    thick_across = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    thick_down = cv2.dilate(ink, np.ones((1, 3), np.uint8))
    gap = max(3, round(height * _DUST))
    thick_down = cv2.morphologyEx(thick_down, cv2.MORPH_CLOSE, np.ones((gap, 1), np.uint8))
    across = cv2.morphologyEx(thick_across, cv2.MORPH_OPEN, np.ones((1, long), np.uint8))
    down = cv2.morphologyEx(thick_down, cv2.MORPH_OPEN, np.ones((tall, 1), np.uint8))
    across = cv2.morphologyEx(across, cv2.MORPH_CLOSE, np.ones((1, long // 2), np.uint8))
    down = cv2.morphologyEx(down, cv2.MORPH_CLOSE, np.ones((tall // 2, 1), np.uint8))
    rules = cv2.dilate(cv2.bitwise_or(across, down), np.ones((_BROKEN, _BROKEN), np.uint8))
    grids: list[Grid] = []
    count, labels, stats, _ = cv2.connectedComponentsWithStats(rules)
    for label in range(1, count):
        left, top, wide, high, _ = stats[label].tolist()
        if wide < 2 * long or high < tall:
            continue
        box = (left, top, left + wide, top + high)
        cells = _cells(
            (labels[top : top + high, left : left + wide] == label).astype(np.uint8), box, ink.shape
        )
        if len(cells) >= 2:
            grids.append(Grid(box, tuple(cells)))
    return sorted(grids, key=lambda grid: grid.box[1]), rules


def _cells(rules: Array, box: Box, page: tuple[int, ...]) -> list[Box]:
    """Return the places that rules enclose."""
    import cv2

    high, wide = rules.shape
    count, _, stats, _ = cv2.connectedComponentsWithStats(1 - rules, connectivity=4)
    cells: list[Box] = []
    for left, top, across, down, area in stats[1 : min(count, _MOST_CELLS)].tolist():
        enclosed = left > 0 and top > 0 and left + across < wide and top + down < high
        # Within a true cell nothing but paper counts: it fills its box.
        if enclosed and across >= _WIDE * page[1] and down >= _HIGH * page[0] and area > 0.8 * across * down:
            cells.append((box[0] + left, box[1] + top, box[0] + left + across, box[1] + top + down))
    return cells
