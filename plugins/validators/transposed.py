"""A figure told again with two of its digits transposed: 投诉举报案件736件, further on 763件.

By chance that happens to two figures of three digits once in some four hundred times: of one noun, and
confined to nothing, it is a slip of the pen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, takewhile

from nianbao.grammar.units import COUNTS
from plugins.validators.claims import Claim
from plugins.validators.repair import SLIPPED, slip_of

_FEWEST_DIGITS = 3
_LEAST = 10 ** (_FEWEST_DIGITS - 1)
_TELLING = 4


def transposed(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Yield the pairs of claims of one noun whose figures differ in the order of two neighbouring digits."""
    groups: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        quantity = claim.spot.quantity
        if quantity.value < _LEAST:
            continue
        digits = f"{quantity.value.normalize():f}".rstrip("0")
        if (
            quantity.kind in COUNTS
            and len(digits) >= _FEWEST_DIGITS
            and quantity.value == int(quantity.value)
        ):
            # Only what has the same digits can be transposed.
            groups[quantity.unit, "".join(sorted(f"{int(quantity.value)}"))].append(claim)
    for group in groups.values():
        if len(group) == 2:
            yield from (pair for pair in combinations(group, 2) if _is_told_again(*pair))


def _is_told_again(one: Claim, other: Claim) -> bool:
    values = one.spot.quantity.value, other.spot.quantity.value
    slipped = values[0] != values[1] and slip_of(*values) == SLIPPED
    return slipped and one.sentence is not other.sentence and noun_in_common(one, other) >= _TELLING


def noun_in_common(one: Claim, other: Claim) -> int:
    """Return how many characters two nouns share: at their ends, where their figures follow them."""
    if one.noun is None or other.noun is None or one.noun.behind != other.noun.behind:
        return 0
    step = 1 if one.noun.behind else -1
    pairs = zip(one.noun.words[::step], other.noun.words[::step], strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
