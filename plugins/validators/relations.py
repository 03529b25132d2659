"""What figures must satisfy together, over bounds: pure, and blind to where the figures stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, Protocol

_NOTHING = Decimal(0)


class Verdict(StrEnum):
    """How a rule ends; one that raises is `crashed`, which the core tells."""

    HOLDS = "holds"
    FAILS = "fails"
    CANT_TELL = "cant-tell"


class Bounds(NamedTuple):
    """What a figure may be: `low` to `high`, both inclusive (`high` is None where it is open), by `step`."""

    low: Decimal
    high: Decimal | None
    step: Decimal = Decimal(1)

    @property
    def exact(self) -> bool:
        """Whether only one value is possible."""
        return self.low == self.high

    def meet(self, other: Bounds) -> Bounds | None:
        """Return what both allow, or None."""
        low = max(self.low, other.low)
        highs = [bound for bound in (self.high, other.high) if bound is not None]
        high = min(highs) if highs else None
        return None if high is not None and low > high else Bounds(low, high, self.step)


class Relation(Protocol):
    """A constraint on figures, which it names by their numbers."""

    @property
    def members(self) -> tuple[int, ...]:
        """The numbers of its figures."""

    def verdict(self, told: Sequence[Bounds]) -> Verdict:
        """Judge the figures: fails where no choice within the bounds satisfies it."""

    def room(self, member: int, told: Sequence[Bounds]) -> Bounds | None:
        """Return the values of one member that satisfy it, the others as told; None where there is none."""


@dataclass(frozen=True, slots=True)
class Total:
    """Parts add up to their whole; where they are not said to be all, they don't exceed it."""

    whole: int
    parts: tuple[int, ...]
    complete: bool = True

    @property
    def members(self) -> tuple[int, ...]:
        """The whole, then its parts."""
        return (self.whole, *self.parts)

    def parts_them(self, told: Relation) -> bool:
        """Whether of two figures one is the whole, and the other a part of it."""
        return self.whole in told.members and set(told.members) <= set(self.members)

    def verdict(self, told: Sequence[Bounds]) -> Verdict:
        """Judge the sum."""
        whole, parts = told[self.whole], _sum(told[part] for part in self.parts)
        if whole.high is not None and parts.low > whole.high:
            return Verdict.FAILS
        if not self.complete:
            sure = parts.high is not None and parts.high <= whole.low
            return Verdict.HOLDS if sure else Verdict.CANT_TELL
        if parts.high is not None and parts.high < whole.low:
            return Verdict.FAILS
        return Verdict.HOLDS if parts.exact and whole.exact else Verdict.CANT_TELL

    def room(self, member: int, told: Sequence[Bounds]) -> Bounds | None:
        """Return the values of the whole, or of a part, that the others leave."""
        step = told[member].step
        if member == self.whole:
            parts = _sum(told[part] for part in self.parts)
            return Bounds(parts.low, parts.high if self.complete else None, step)
        whole = told[self.whole]
        others = _sum(told[part] for part in self.parts if part != member)
        high = None if whole.high is None else whole.high - others.low
        bounded = self.complete and others.high is not None
        low = max(_NOTHING, whole.low - (others.high or _NOTHING)) if bounded else _NOTHING
        return None if high is not None and low > high else Bounds(low, high, step)


@dataclass(frozen=True, slots=True)
class Balance:
    """What there is, with what went, makes what there was with what came: exact figures all.

    Args:
        end: the number of what there is.
        came: the numbers of what there was and what came.
        went: the numbers of what went.
    """

    end: int
    came: tuple[int, ...]
    went: tuple[int, ...] = ()

    @property
    def members(self) -> tuple[int, ...]:
        """What there is, then what there was and came, then what went."""
        return (self.end, *self.came, *self.went)

    def verdict(self, told: Sequence[Bounds]) -> Verdict:
        """Judge the balance."""
        return Verdict.HOLDS if self.expected(told) == told[self.end].low else Verdict.FAILS

    def expected(self, told: Sequence[Bounds]) -> Decimal:
        """Return what there should be."""
        return _sum(told[number] for number in self.came).low - _sum(told[number] for number in self.went).low

    def room(self, member: int, told: Sequence[Bounds]) -> Bounds | None:
        """Return the one value that balances the others."""
        amiss = self.expected(told) - told[self.end].low
        sign = -1 if member in self.came else 1
        value = told[member].low + sign * amiss
        return Bounds(value, value, told[member].step) if value >= 0 else None


@dataclass(frozen=True, slots=True)
class Product:
    """All there are is what each has times how many these are, or no less."""

    total: int
    number: int
    each: int
    at_least: bool = False

    @property
    def members(self) -> tuple[int, ...]:
        """All there are, then the number of those that have some, then what each has."""
        return self.total, self.number, self.each

    def verdict(self, told: Sequence[Bounds]) -> Verdict:
        """Judge the product."""
        total, number, each = (told[member] for member in self.members)
        if total.high is not None and total.high < number.low * each.low:
            return Verdict.FAILS
        if self.at_least or each.high is None or number.high is None:
            return Verdict.CANT_TELL if each.high is None and not self.at_least else Verdict.HOLDS
        return Verdict.FAILS if total.low > number.high * each.high else Verdict.HOLDS

    def room(self, member: int, told: Sequence[Bounds]) -> Bounds | None:
        """Return the one whole value that makes the product true."""
        if member == self.total:
            right = told[self.number].low * told[self.each].low
            return Bounds(right, right, told[member].step)
        by = told[self.each if member == self.number else self.number].low
        if not by or told[self.total].low % by:
            return None
        right = told[self.total].low / by
        return Bounds(right, right, told[member].step)


@dataclass(frozen=True, slots=True)
class AtMost:
    """One figure is no larger than another; smaller, where it is of a part and more came after it."""

    less: int
    more: int
    strictly: bool = False

    @property
    def members(self) -> tuple[int, ...]:
        """The smaller, then the larger."""
        return self.less, self.more

    def verdict(self, told: Sequence[Bounds]) -> Verdict:
        """Judge the order."""
        less, more = told[self.less], told[self.more]
        if more.high is not None and self._is_beyond(less.low, more.high):
            return Verdict.FAILS
        holds = less.high is not None and not self._is_beyond(less.high, more.low)
        return Verdict.HOLDS if holds else Verdict.CANT_TELL

    def _is_beyond(self, less: Decimal, more: Decimal) -> bool:
        return less >= more if self.strictly else less > more

    def room(self, member: int, told: Sequence[Bounds]) -> Bounds | None:
        """Return what lies on the right side of the other figure."""
        step = told[member].step
        apart = step if self.strictly else _NOTHING
        if member == self.more:
            return Bounds(told[self.less].low + apart, None, step)
        high = told[self.more].high
        return Bounds(_NOTHING, None if high is None else high - apart, step)


@dataclass(frozen=True, slots=True)
class Same:
    """Two figures tell one fact."""

    one: int
    other: int

    @property
    def members(self) -> tuple[int, ...]:
        """The first, then the second."""
        return self.one, self.other

    def verdict(self, told: Sequence[Bounds]) -> Verdict:
        """Judge whether both can be true."""
        one, other = told[self.one], told[self.other]
        if one.meet(other) is None:
            return Verdict.FAILS
        return Verdict.HOLDS if one.exact and other.exact else Verdict.CANT_TELL

    def room(self, member: int, told: Sequence[Bounds]) -> Bounds | None:
        """Return what the other one says."""
        other = told[self.other if member == self.one else self.one]
        return Bounds(other.low, other.high, told[member].step)


def _sum(bounds: Iterable[Bounds]) -> Bounds:
    low, high = _NOTHING, _NOTHING
    is_open = False
    for bound in bounds:
        low += bound.low
        is_open = is_open or bound.high is None
        high += bound.high or _NOTHING
    return Bounds(low, None if is_open else high)
