"""Sums that a single slip of the pen parts from their whole: pure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from plugins.validators.repair import ONE_DIGIT, SLIPPED, slip_of

_TEN = Decimal(10)
_TWO = Decimal(2)
_SEVERAL = 3
_HUNDRED = Decimal(100)


def is_slip(whole: Decimal, parts: Sequence[Decimal], *, complete: bool = False) -> bool:
    """Whether one digit changed, or two transposed, of one figure makes parts and whole agree.

    Where something is lacking, a digit in the last place to which all are round is no slip, but a rest; only
    of parts that are meant as `complete` a plain count may be a few off.
    """
    rest = whole - sum(parts, Decimal(0))
    # A few are soon one apart.
    if whole < _TEN:
        return False
    # Three kinds and more that make a large whole but for its first digit are no few of its kinds.
    first_digit = complete and len(parts) > _TWO and whole >= _HUNDRED
    if abs(rest) * _TWO > max(whole, whole - rest) and not first_digit:
        return False
    rounded = granule([whole, *parts])
    if 0 < rest < _TEN * rounded and not (complete and rounded <= 1):
        return False
    changes = [(whole, whole - rest), *((part, part + rest) for part in parts)]
    return any(new > 0 and _same_length(old, new) and slip_of(old, new) <= ONE_DIGIT for old, new in changes)


def is_swap(whole: Decimal, parts: Sequence[Decimal]) -> bool:
    """Whether two neighbouring digits of one part changed places, which chance hardly ever makes."""
    rest = whole - sum(parts, Decimal(0))
    return any(part + rest > 0 and slip_of(part, part + rest) == SLIPPED for part in parts)


def is_one_too_many(whole: Decimal, parts: Sequence[Decimal]) -> bool:
    """Whether several parts make their whole once just one of them is left out: a kind was added."""
    excess = sum(parts, Decimal(0)) - whole
    return len(parts) > _SEVERAL and excess >= _TWO and parts.count(excess) == 1


def _same_length(old: Decimal, new: Decimal) -> bool:
    # A digit lost or added is a slip that too many figures are apart by chance.
    return len(f"{old:f}") == len(f"{new:f}") or slip_of(old, new) == SLIPPED


def granule(figures: Sequence[Decimal]) -> Decimal:
    """Return the power of ten to which all figures are round."""
    return Decimal(1).scaleb(min(int(figure.normalize().as_tuple().exponent) for figure in figures))
