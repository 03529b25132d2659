"""A whole broken down clause by clause to its rest: 纠纷217件。邻里的最多，有89件；…；剩下的34件为…."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

import regex

from nianbao.grammar.units import COUNTS
from plugins.validators import listwords as words
from plugins.validators.checks import Check, Ledger
from plugins.validators.relations import Total
from plugins.validators.sentences import Sentence, Spot, alike
from plugins.validators.sums import SUM

_CLAUSE = regex.compile(r"[;；]")
_REST = regex.compile(r"^[其]?(?:剩下|余下|剩余|其余|另外|其他|最后)的?")
_FEWEST = 3
# What is further off from its parts is not what they break down.
_FURTHEST = Decimal("0.2")


def check_rest_lists(ledger: Ledger, sentences: Sequence[Sentence], taken: frozenset[int]) -> frozenset[int]:
    """Enter the wholes that the next sentence breaks down, a part to a clause, the last of them the rest.

    Args:
        ledger: where checks are entered.
        sentences: the report's sentences.
        taken: where the figures begin that are parts already.

    Returns:
        Where the figures begin that are parts of them.
    """
    parts: set[int] = set()
    for before, sentence in pairwise(sentences):
        if before.end != sentence.start or "\n" in before.text or _CLAUSE.search(sentence.text) is None:
            continue
        found = tuple(_parts(sentence))
        whole = _whole(before, found)
        if whole is None or any(part.quantity.start in taken for part in found):
            continue
        told = [part.quantity.value for part in found]
        if _may_break_down(whole, found, sum(told, Decimal(0))) and not words.OVERLAP.search(sentence.text):
            relation = Total(ledger.spot(whole), tuple(ledger.spot(part) for part in found))
            ledger.checks.append(Check(SUM, relation))
            parts.update(part.quantity.start for part in found)
    return frozenset(parts)


def _whole(before: Sentence, parts: Sequence[Spot]) -> Spot | None:
    """Return the last figure of a sentence that is counted like the parts; None without parts."""
    near = (spot for spot in reversed(before.spots) if parts and alike(spot.quantity, parts[0].quantity))
    return next(near, None)


def _parts(sentence: Sentence) -> Iterator[Spot]:
    """Yield the one figure of each clause, if the last clause tells the rest; else none."""
    clauses = _clauses(sentence)
    if len(clauses) < _FEWEST or not _REST.match(clauses[-1][0]):
        return
    if all(len(spots) == 1 and _is_part(spots[0], clauses[0][1]) for _, spots in clauses):
        yield from (spots[0] for _, spots in clauses)


def _is_part(spot: Spot, head: Sequence[Spot]) -> bool:
    quantity = spot.quantity
    counted = quantity.kind in COUNTS and quantity.low == quantity.high
    return counted and bool(head) and alike(quantity, head[0].quantity) and not words.tells_change(spot.gap)


def _clauses(sentence: Sentence) -> list[tuple[str, list[Spot]]]:
    """Return the clauses that semicolons part, each with its figures."""
    clauses: list[tuple[str, list[Spot]]] = []
    at = 0
    for text in _CLAUSE.split(sentence.text):
        start, end = sentence.start + at, sentence.start + at + len(text)
        clauses.append((text, [spot for spot in sentence.spots if start <= spot.quantity.start < end]))
        at += len(text) + 1
    return clauses


def _may_break_down(whole: Spot, parts: Sequence[Spot], summed: Decimal) -> bool:
    value = whole.quantity.value
    if whole.quantity.low != whole.quantity.high or value <= max(part.quantity.value for part in parts):
        return False
    return abs(summed - value) <= _FURTHEST * value
