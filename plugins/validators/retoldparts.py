"""A part of one whole that is told twice with other figures: 执法人员15名，其中持证11名…15名，其中持证8名."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from plugins.validators.checks import Check, Ledger
from plugins.validators.listnames import name_of
from plugins.validators.lists import Listing
from plugins.validators.relations import Same
from plugins.validators.repeats import REPEAT
from plugins.validators.sentences import Spot

_LEAST = 3
# Wholes of so few are often of other things.
_LEAST_WHOLE = 3
# Beyond so many lists of one whole a text is a register.
_MOST = 8


def check_retold_parts(ledger: Ledger, listings: Sequence[Listing]) -> None:
    """Enter what is told twice as the same part of the same whole.

    Args:
        ledger: where checks are entered.
        listings: the lists that the report tells.
    """
    by_whole: dict[tuple[Decimal, str], list[Listing]] = defaultdict(list)
    for listing in listings:
        whole = listing.wholes[0].quantity
        if whole.low == whole.high and whole.value >= _LEAST_WHOLE:
            by_whole[whole.value, whole.unit].append(listing)
    for told in by_whole.values():
        for one, other in combinations(told, 2) if len(told) <= _MOST else ():
            if _are_one(one.wholes[0], other.wholes[0]):
                for first, again in _told_otherwise(one, other):
                    ledger.checks.append(Check(REPEAT, Same(ledger.spot(first), ledger.spot(again))))


def _are_one(one: Spot, other: Spot) -> bool:
    """Whether two figures of the same value are of the same: the last words before them are."""
    names = [(spot.called + spot.after[:_LEAST])[-2 * _LEAST :] for spot in (one, other)]
    pieces = {names[0][at : at + 2] for at in range(len(names[0]) - 1)}
    return one is not other and any(piece in names[1] for piece in pieces)


def _told_otherwise(one: Listing, other: Listing) -> Iterator[tuple[Spot, Spot]]:
    named = {name_of(part): part for part in one.parts}
    for again in other.parts:
        name = name_of(again)
        first = named.get(name)
        if (
            first is not None
            and len(name) >= _LEAST
            and first.quantity.unit == again.quantity.unit
            and first.quantity.value != again.quantity.value
            and first.quantity.low == first.quantity.high
            and again.quantity.low == again.quantity.high
        ):
            yield first, again
