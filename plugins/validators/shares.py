"""Rates in per cent against the figures that they are told with, over bounds: pure, as all relations are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from plugins.validators.relations import Bounds, Verdict

HUNDRED = Decimal(100)
_NOTHING = Decimal(0)
_TWO = Decimal(2)
_FEW_COUNTS = 500


@dataclass(frozen=True, slots=True)
class Share:
    """A rate in per cent is part ÷ whole, rounded or cut off at the place to which it is told.

    Args:
        rate, part, whole: the numbers of the figures.
        sign: 0 for a plain rate; 1 where the rate is the growth of `part` over `whole`, -1 its fall.
        strict: whether a rate told as 100 % leaves nothing over.
        scale: what a rate of one part in one is told as: 100 for per cent, 1 for means and multiples.
    """

    rate: int
    part: int
    whole: int
    sign: int = 0
    strict: bool = True
    scale: Decimal = HUNDRED

    @property
    def members(self) -> tuple[int, ...]:
        """The rate, then its two figures."""
        return self.rate, self.part, self.whole

    def verdict(self, told: Sequence[Bounds]) -> Verdict:
        """Judge the rate."""
        rate, part, whole = (told[member] for member in self.members)
        if part.high is None or whole.high is None or whole.low <= 0:
            return Verdict.CANT_TELL
        low, high = self.scale * part.low / whole.high, self.scale * part.high / whole.low
        least, most = self._window(rate)
        if rate.high is None:
            # 45 of 57 are not 96%以上; what hardly falls short may have been told so.
            return Verdict.FAILS if not self.sign and high < least - 1 else Verdict.CANT_TELL
        if self._full(rate):
            meets = low <= HUNDRED <= high
        elif self.sign < 0:
            meets = low <= most and high > least
        else:
            meets = low < most and high >= least
        if not meets or not self._is_met_by_a_count(rate, part, whole):
            return Verdict.FAILS
        return Verdict.HOLDS if rate.exact and part.exact and whole.exact else Verdict.CANT_TELL

    def room(self, member: int, told: Sequence[Bounds]) -> Bounds | None:
        """Return the values of one figure that make the rate true."""
        rate, part, whole = (told[number] for number in self.members)
        step = told[member].step
        if member == self.rate:
            return self._rate_room(rate, part, whole)
        if part.high is None or whole.high is None or whole.low <= 0 or (self.sign and rate.high is None):
            return Bounds(_NOTHING, None, step)
        least, most = (HUNDRED, HUNDRED) if self._full(rate) else self._window(rate)
        high: Decimal | None = most * whole.high / self.scale
        low = least * whole.low / self.scale
        if member == self.whole:
            low = self.scale * part.low / most if most > 0 else _NOTHING
            high = self.scale * part.high / least if least > 0 else None
        return self._trimmed(member, told, _grid(low, high, step))

    def rounded(self, told: Sequence[Bounds]) -> Decimal:
        """Return the rate that its figures give, rounded at the place to which it is told."""
        rate, part, whole = (told[member] for member in self.members)
        return self._exact(part.low, whole.low).quantize(rate.step, ROUND_HALF_UP)

    def is_cut_off(self, told: Sequence[Bounds]) -> bool:
        """Whether exact figures give the rate by truncation alone."""
        rate, part, whole = (told[member] for member in self.members)
        exact = rate.exact and part.exact and whole.exact and whole.low > 0
        return exact and self.verdict(told) is Verdict.HOLDS and self.rounded(told) != rate.low

    def _exact(self, part: Decimal, whole: Decimal) -> Decimal:
        ratio = self.scale * part / whole
        return ratio if not self.sign else (ratio - self.scale) * self.sign

    def _window(self, rate: Bounds) -> tuple[Decimal, Decimal]:
        """Return part ÷ whole in per cent for which the rate is true; the end that truncation adds is out."""
        high = HUNDRED if rate.high is None else rate.high
        least, most = rate.low - rate.step / _TWO, high + rate.step
        if not self.sign:
            return least, most
        all_of_it = self.scale
        return (
            (all_of_it + least, all_of_it + most) if self.sign > 0 else (all_of_it - most, all_of_it - least)
        )

    def _is_met_by_a_count(self, rate: Bounds, part: Bounds, whole: Bounds) -> bool:
        """Whether one of the counts that the whole may be gives the rate: 43 of 43, of 44 or of 45."""
        few = whole.high is not None and whole.low < whole.high <= whole.low + _FEW_COUNTS
        if self.sign or not (few and part.exact and whole.step == 1) or self._full(rate):
            return True
        least, most = self._window(rate)
        counts = range(int(whole.low), int(whole.high or whole.low) + 1)
        return any(least <= self.scale * part.low / count < most for count in counts)

    def _full(self, rate: Bounds) -> bool:
        return self.strict and not self.sign and rate.exact and rate.low == HUNDRED

    def _rate_room(self, rate: Bounds, part: Bounds, whole: Bounds) -> Bounds | None:
        if part.high is None or whole.high is None or whole.low <= 0:
            return Bounds(_NOTHING, None, rate.step)
        ends = sorted((self._exact(part.low, whole.high), self._exact(part.high, whole.low)))
        if ends[1] < 0:
            return None
        least = max(_NOTHING, ends[0]).quantize(rate.step, ROUND_FLOOR)
        most = ends[1].quantize(rate.step, ROUND_HALF_UP)
        if self.strict and not self.sign and most == HUNDRED != ends[1]:
            most -= rate.step
        return Bounds(least, most, rate.step) if least <= most else None

    def _trimmed(self, member: int, told: Sequence[Bounds], room: Bounds | None) -> Bounds | None:
        """Take off an end that the half-open window leaves out."""
        if room is None or room.high is None:
            return room
        low, high = room.low, room.high
        changed = list(told)

        def fits(value: Decimal) -> bool:
            changed[member] = Bounds(value, value, room.step)
            return self.verdict(changed) is not Verdict.FAILS

        if low <= high and not fits(low):
            low += room.step
        if low <= high and not fits(high):
            high -= room.step
        return Bounds(low, high, room.step) if low <= high else None


@dataclass(frozen=True, slots=True)
class NotCut:
    """A rate is rounded, not cut off; it is told of rates that hold."""

    rate: int
    part: int
    whole: int

    @property
    def members(self) -> tuple[int, ...]:
        """The rate, then its two figures."""
        return self.rate, self.part, self.whole

    def verdict(self, told: Sequence[Bounds]) -> Verdict:
        """Fail where exact figures give the rate by truncation alone."""
        return Verdict.FAILS if Share(self.rate, self.part, self.whole).is_cut_off(told) else Verdict.HOLDS

    def room(self, member: int, told: Sequence[Bounds]) -> Bounds | None:
        """Return any value: how a rate is cut mends nothing."""
        return Bounds(_NOTHING, None, told[member].step)


@dataclass(frozen=True, slots=True)
class NoneLeft:
    """A rate of 100 % leaves none open; where all is said to be done, it is 100 %.

    Args:
        rate: the number of the rate.
        count: the number of what is open; with `wants_all`, of what is said to be done altogether.
        wants_all: whether all is said to be done.
    """

    rate: int
    count: int
    wants_all: bool = False

    @property
    def members(self) -> tuple[int, ...]:
        """The rate, then the count."""
        return self.rate, self.count

    def verdict(self, told: Sequence[Bounds]) -> Verdict:
        """Judge the rate."""
        rate, count = told[self.rate], told[self.count]
        if self.wants_all:
            return Verdict.FAILS if rate.high is not None and rate.high < HUNDRED else Verdict.HOLDS
        return Verdict.FAILS if rate.low == HUNDRED and count.low > 0 else Verdict.HOLDS

    def room(self, member: int, told: Sequence[Bounds]) -> Bounds | None:
        """Return the values of the rate, or of the count, that agree with the other."""
        step = told[member].step
        if self.wants_all:
            return Bounds(HUNDRED, HUNDRED, step) if member == self.rate else Bounds(_NOTHING, None, step)
        if member == self.rate:
            return Bounds(_NOTHING, HUNDRED - step, step)
        return Bounds(_NOTHING, _NOTHING, step)


def _grid(low: Decimal, high: Decimal | None, step: Decimal) -> Bounds | None:
    """Return the multiples of a step between two ends."""
    least = max(_NOTHING, (low / step).to_integral_value(ROUND_CEILING) * step)
    if high is None:
        return Bounds(least, None, step)
    most = (high / step).to_integral_value(ROUND_FLOOR) * step
    return Bounds(least, most, step) if least <= most else None
