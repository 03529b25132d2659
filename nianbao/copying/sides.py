"""One report as a side of what is shared: how much of it, and its longest passage."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from decimal import Decimal

from nianbao.copying.issuers import issuer_name
from nianbao.copying.prose import Prose
from nianbao.model import Quote, Side


def side_of(prose: Prose, share: Decimal, run: tuple[int, int]) -> Side:
    """Return a report with its share and the passage from one sentence to another, both included."""
    report = prose.entry.report
    passage = Quote(*prose.quote(*run))
    rounded = min(Decimal(1), share.quantize(Decimal("0.001")))
    return Side(report.file, report.part, report.year or 0, issuer_name(report), rounded, passage)


def longest_run(one: Prose, other: Prose, keys: AbstractSet[int]) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the first and last sentence, in each, of the longest passage of shared sentences in a row."""
    places: dict[int, list[int]] = {}
    for place, key in enumerate(other.keys):
        if key in keys:
            places.setdefault(key, []).append(place)
    best, best_size = ((0, 0), (0, 0)), 0
    before: dict[int, tuple[int, int]] = {}
    for place, key in enumerate(one.keys):
        now: dict[int, tuple[int, int]] = {}
        for there in places.get(key, ()):
            length, size = before.get(there - 1, (0, 0))
            now[there] = length + 1, size + one.sizes[place]
            if now[there][1] > best_size:
                best_size = now[there][1]
                best = ((place - length, place), (there - length, there))
        before = now
    return best


def longest_passage(prose: Prose, keys: AbstractSet[int]) -> tuple[int, int]:
    """Return the first and last of the most said in a row of sentences with these keys."""
    best, best_size = (0, 0), 0
    begun, size = 0, 0
    for place, key in enumerate(prose.keys):
        if key not in keys:
            begun, size = place + 1, 0
            continue
        size += prose.sizes[place]
        if size > best_size:
            best, best_size = (begun, place), size
    return best
