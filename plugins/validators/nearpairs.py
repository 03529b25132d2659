"""Which figures of a report are near enough to tell one fact: no other pair need be compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from nianbao.grammar.units import UnitClass
from plugins.validators.claims import Claim
from plugins.validators.nouns import counted_alike, counted_kin

# Beyond so many figures of about one size a text is a register, and comparing each with each takes too long.
_MOST_NEAR = 200
_MOST_TURNED = 20
_TWO_DIGITS = 10


def near_pairs(claims: Sequence[Claim], widest: Decimal) -> Iterator[tuple[int, int]]:
    """Yield the numbers of the pairs that count the same, with figures that differ, the first told first.

    Args:
        claims: the report's.
        widest: how many times the smaller figure the larger may be.
    """
    groups: dict[tuple[UnitClass, str], list[tuple[Decimal, int]]] = defaultdict(list)
    for number, claim in enumerate(claims):
        quantity = claim.spot.quantity
        if quantity.value > 0:
            groups[quantity.kind, counted_kin(quantity)].append((quantity.value, number))
    for told in groups.values():
        told.sort()
        for place, (low, number) in enumerate(told, 1):
            if place == len(told) or told[place][0] > (most := low * widest):
                continue
            for high, other in told[place : place + _MOST_NEAR]:
                if high > most:
                    break
                if low < high:
                    yield _in_order(claims, number, other)


def turned_pairs(claims: Sequence[Claim], widest: Decimal) -> Iterator[tuple[int, int]]:
    """Yield the numbers of the pairs that differ more, by the order of their digits alone: 84件, 48件."""
    groups: dict[tuple[UnitClass, str], list[int]] = defaultdict(list)
    for number, claim in enumerate(claims):
        quantity = claim.spot.quantity
        if quantity.value >= _TWO_DIGITS:
            groups[quantity.kind, claim.digits].append(number)
    for told in groups.values():
        for one, other in combinations(told, 2) if len(told) <= _MOST_TURNED else ():
            low, high = sorted(claims[number].spot.quantity.value for number in (one, other))
            if high > low * widest and counted_alike(claims[one].spot, claims[other].spot):
                yield _in_order(claims, one, other)


def makes_up(one: Claim, other: Claim, parts: frozenset[int]) -> bool:
    """Whether a figure of the less one's sentence makes up the more: 213件当场查处，1件以视频取证, of 214.

    Args:
        one, other: the claims.
        parts: where the figures begin that a list tells as parts: of what they are is told already.
    """
    less, more = sorted((one, other), key=lambda claim: claim.spot.quantity.value)
    missing = more.spot.quantity.value - less.spot.quantity.value
    return any(
        spot.quantity.value == missing and counted_alike(spot, less.spot)
        for spot in less.sentence.spots
        if spot is not less.spot and spot.quantity.start not in parts
    )


def told_beside(one: Claim, other: Claim) -> bool:
    """Whether a sentence tells the figure of the other one, too: 调解41件，成功39件, of 调解成功的39件."""
    return any(
        spot.quantity.value == theirs.spot.quantity.value and counted_alike(spot, theirs.spot)
        for mine, theirs in ((one, other), (other, one))
        for spot in mine.sentence.spots
        if spot.called and spot is not mine.spot and spot is not theirs.spot
    )


def _in_order(claims: Sequence[Claim], one: int, other: int) -> tuple[int, int]:
    return (one, other) if claims[one].spot.left < claims[other].spot.left else (other, one)
