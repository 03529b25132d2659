"""Sentences that were changed a little: one clause is the same, and most of the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace

from nianbao.copying.prose import Prose, masked, own_names
from nianbao.grammar.text import fold

# So many of the pairs of characters that two sentences have are the same (Dice's coefficient).
_ALIKE = 0.75
# Shorter clauses are said by everybody.
_SHORTEST = 6
_COMMA = re.compile(r"，|,(?!\d)|[、:]")

# A sentence's clauses.
Clauses = tuple[str, ...]


class Alignment:
    """Finds sentences that are nearly the same; what it has read of a prose it keeps.

    Args:
        passed_over: keys of sentences that count nowhere.
    """

    def __init__(self, passed_over: AbstractSet[int] = frozenset()) -> None:
        self._passed_over = passed_over
        self._read: dict[tuple[str, int, int | None], dict[int, Clauses]] = {}

    def aligned(self, one: Prose, other: Prose) -> tuple[Prose, set[int]]:
        """Return the other prose with the keys of one's nearly same sentences, and those keys."""
        shared = set(one.keys) & set(other.keys)
        mine = self._unshared(one, shared)
        places: dict[str, list[int]] = {}
        for place, clauses in mine.items():
            for clause in clauses:
                if len(clause) >= _SHORTEST:
                    places.setdefault(clause, []).append(place)
        keys, near = other.keys[:], set[int]()
        for there, clauses in self._unshared(other, shared).items():
            candidates = {place for clause in clauses for place in places.get(clause, ())}
            ranked = sorted((-likeness(mine[place], clauses), place) for place in candidates)
            for unlikeness, place in ranked:
                if -unlikeness >= _ALIKE and one.keys[place] not in near:
                    keys[there] = one.keys[place]
                    near.add(keys[there])
                    break
        return replace(other, keys=keys), near

    def _unshared(self, prose: Prose, shared: AbstractSet[int]) -> dict[int, Clauses]:
        report = prose.entry.report
        known = (report.file, report.part, report.year)
        if known not in self._read:
            self._read[known] = dict(_read(prose, self._passed_over))
        return {
            place: clauses for place, clauses in self._read[known].items() if prose.keys[place] not in shared
        }


def _read(prose: Prose, passed_over: AbstractSet[int]) -> Iterator[tuple[int, Clauses]]:
    names = own_names(prose.entry.report)
    for place, key in enumerate(prose.keys):
        if key not in passed_over:
            cut = _COMMA.split(fold(prose.quote(place, place)[2]))
            yield place, tuple(masked(clause, names) for clause in cut)


def likeness(one: Clauses, other: Clauses) -> float:
    """Return how much of two sentences is the same, between 0 and 1."""
    first, second = _pairs("".join(one)), _pairs("".join(other))
    return 2 * len(first & second) / max(1, len(first) + len(second))


def _pairs(said: str) -> set[str]:
    return {said[place : place + 2] for place in range(len(said) - 1)}
