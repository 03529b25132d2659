"""The figures before a list that may be its whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nianbao.grammar.units import UnitClass
from plugins.validators import listwords as words
from plugins.validators.sentences import Spot, alike

_TOO_FAR = 3


def wholes_before(
    spots: Sequence[Spot], first: int, parts: Sequence[Spot], *, bracket: bool
) -> Iterator[Spot]:
    """Yield the figures before a list that it may break down, the nearest first."""
    if not parts:
        return
    found = False
    changes: list[Spot] = []
    for passed, spot in enumerate(reversed(spots[:first]), 1):
        if alike(spot.quantity, parts[0].quantity) and spot.quantity.kind is not UnitClass.RATE:
            # 处罚75起，较上年增加14起，其中…: of the change only where there is nothing else.
            if not found and words.tells_change(spot.gap):
                changes.append(spot)
                continue
            yield spot
            found = True
        elif bracket or (not found and passed >= _TOO_FAR):
            break
        if found and words.strength(spot.gap) > 1:
            break  # 治安案件2986起；复议案件21起，其中…
    yield from changes
