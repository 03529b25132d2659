"""One report as a side of what is shared: how much of it, and its longest passage."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from decimal import Decimal

from nianbao.copying.naming import issuer_name
from nianbao.copying.prose import Prose
from nianbao.model import Quote, Side


def side_of(prose: Prose, share: Decimal, run: tuple[int, int]) -> Side:
    """Return a report with its share and the passage from one sentence to another, both included."""
    report = prose.entry.report
    passage = Quote(*prose.quote(*run))
    rounded = min(Decimal(1), share.quantize(Decimal("0.001")))
    return Side(report.file, report.part, report.year or 0, issuer_name(report), rounded, passage)


def longest_run(one: Prose, other: Prose, keys: AbstractSet[int]) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the first and last sentence, in each, of the longest passage that both have.

    It is made of shared sentences in a row, of one part of either report.
    """
    places: dict[int, list[int]] = {}
    for place, key in enumerate(other.keys):
        if key in keys:
            places.setdefault(key, []).append(place)
    best, best_size = ((0, 0), (0, 0)), 0
    before: dict[int, tuple[int, int]] = {}
    for place, key in enumerate(one.keys):
        now: dict[int, tuple[int, int]] = {}
        for there in places.get(key, ()):
            is_new = _begins_part(one, place) or _begins_part(other, there)
            length, size = (0, 0) if is_new else before.get(there - 1, (0, 0))
            now[there] = length + 1, size + one.sizes[place]
            if now[there][1] > best_size:
                best_size = now[there][1]
                best = ((place - length, place), (there - length, there))
        before = now
    return best


def longest_passage(prose: Prose, keys: AbstractSet[int]) -> tuple[int, int]:
    """Return the first and last of the most said in a row, in one part, of sentences with these keys."""
    best, best_size = (0, 0), 0
    begun, size = 0, 0
    for place, key in enumerate(prose.keys):
        if key not in keys:
            begun, size = place + 1, 0
            continue
        if _begins_part(prose, place):
            begun, size = place, 0
        size += prose.sizes[place]
        if size > best_size:
            best, best_size = (begun, place), size
    return best


def _begins_part(prose: Prose, place: int) -> bool:
    return place == 0 or prose.kinds[place] is not prose.kinds[place - 1]
