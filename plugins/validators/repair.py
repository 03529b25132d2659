"""The smallest change of figures that satisfies all their relations: a pure search, bounded in steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from plugins.validators.relations import Bounds, Relation, Verdict

# How a new figure may have come to be misprinted, the likeliest first.
SLIPPED = 0
ONE_DIGIT = 1
OTHERWISE = 2
# Larger tangles get no suggestion: a person has to look at them.
_MOST_FIGURES = 40
_MOST_TRIES = 400


@dataclass(frozen=True, slots=True)
class Change:
    """One figure changed: `member` is its number; `slip` tells how likely a misprint it is."""

    member: int
    old: Decimal
    new: Decimal
    slip: int

    @property
    def cost(self) -> tuple[int, Decimal]:
        """The likelier misprint is the smaller repair; then the smaller change."""
        return self.slip, abs(self.new - self.old)


@dataclass(frozen=True, slots=True)
class Repair:
    """Changes after which no relation fails: one, or two where one is not enough."""

    changes: tuple[Change, ...]

    @property
    def cost(self) -> tuple[int, int, Decimal]:
        """Fewer changes are the smaller repair; then the likelier misprints, then the smaller ones."""
        distance = sum((change.cost[1] for change in self.changes), Decimal(0))
        return len(self.changes), sum(change.slip for change in self.changes), distance


def smallest_repairs(told: Sequence[Bounds], relations: Sequence[Relation]) -> tuple[Repair, ...]:
    """Return the smallest repairs, all of one cost, in the order of their figures; none where none is found.

    Only figures told exactly are changed, to positive values on their own grid. Every single change is
    considered; two changes only where no single one is enough, and then within a bounded number of tries.

    Args:
        told: the figures.
        relations: what they must satisfy; their members are numbers of `told`.
    """
    if len({member for relation in relations for member in relation.members}) > _MOST_FIGURES:
        return ()
    repairs = [Repair((change,)) for change in _single(told, relations)]
    if not repairs:
        repairs = list(_double(told, relations))
    least = min((repair.cost for repair in repairs), default=None)
    return tuple(repair for repair in repairs if repair.cost == least)


def change_of(member: int, told: Sequence[Bounds], relations: Sequence[Relation]) -> Change | None:
    """Return the smallest change of one figure after which no relation fails, or None."""
    return next((change for change in _single(told, relations) if change.member == member), None)


def slip_of(old: Decimal, new: Decimal) -> int:
    """Tell how likely a misprint turns one figure into the other.

    Neighbouring digits transposed come first; then one digit changed, dropped or added.
    """
    one, other = f"{old:f}".replace(".", ""), f"{new:f}".replace(".", "")
    if len(one) == len(other):
        places = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        if len(places) == 2 and places[1] == places[0] + 1:
            swapped = one[places[0]] == other[places[1]] and one[places[1]] == other[places[0]]
            return SLIPPED if swapped else OTHERWISE
        return ONE_DIGIT if len(places) == 1 else OTHERWISE
    if abs(len(one) - len(other)) == 1:
        short, long = sorted((one, other), key=len)
        if len(short) > 1 and any(long[:place] + long[place + 1 :] == short for place in range(len(long))):
            return ONE_DIGIT
    return OTHERWISE


def _single(told: Sequence[Bounds], relations: Sequence[Relation]) -> Iterator[Change]:
    """Yield the best change of each figure that alone mends all."""
    broken = [relation for relation in relations if relation.verdict(told) is Verdict.FAILS]
    if not broken:
        return
    suspects = frozenset(broken[0].members).intersection(*(relation.members for relation in broken))
    for member in sorted(suspects):
        change = _change(told, relations, member)
        if change is not None:
            yield change


def _double(told: Sequence[Bounds], relations: Sequence[Relation]) -> Iterator[Repair]:
    """Yield pairs of changes that mend all, until the tries are used up."""
    broken = [relation for relation in relations if relation.verdict(told) is Verdict.FAILS]
    tries = 0
    for first in sorted({member for relation in broken for member in relation.members}):
        if not told[first].exact:
            continue
        for value in _trials(told, relations, first):
            tries += 1
            if tries > _MOST_TRIES:
                return
            changed = [*told]
            changed[first] = Bounds(value, value, told[first].step)
            for second in _single(changed, relations):
                if second.member > first:
                    old = told[first].low
                    yield Repair((Change(first, old, value, slip_of(old, value)), second))


def _trials(told: Sequence[Bounds], relations: Sequence[Relation], member: int) -> tuple[Decimal, ...]:
    """Return the values that would mend each relation of a figure by themselves, nearest first."""
    values: set[Decimal] = set()
    for relation in relations:
        if member in relation.members and relation.verdict(told) is Verdict.FAILS:
            room = relation.room(member, told)
            if room is not None:
                values |= {change.new for change in _candidates(told[member], member, room)}
    values.discard(told[member].low)
    return tuple(sorted(values, key=lambda value: (abs(value - told[member].low), value)))


def _change(told: Sequence[Bounds], relations: Sequence[Relation], member: int) -> Change | None:
    """Return the best value of a figure among all that satisfy its relations."""
    figure = told[member]
    if not figure.exact:
        return None
    room: Bounds | None = Bounds(figure.step, None, figure.step)
    for relation in relations:
        if member in relation.members:
            allowed = relation.room(member, told)
            room = room.meet(allowed) if room and allowed else None
    if room is None:
        return None
    return min(_candidates(figure, member, room), key=lambda change: (change.cost, change.new), default=None)


def _candidates(figure: Bounds, member: int, room: Bounds) -> Iterator[Change]:
    """Yield the values of a room that can be the best: its nearest one, and all that are one slip away."""
    old, step = figure.low, figure.step
    low = (room.low / step).to_integral_value(ROUND_CEILING) * step
    high = None if room.high is None else (room.high / step).to_integral_value(ROUND_FLOOR) * step
    if high is not None and low > high:
        return
    nearest = low if old < low else high if high is not None and old > high else old
    for new in {nearest, *_slips(old, step)}:
        if low <= new and (high is None or new <= high) and new != old and new > 0:
            yield Change(member, old, new, slip_of(old, new))


def _slips(old: Decimal, step: Decimal) -> Iterator[Decimal]:
    """Yield every value that is one slip or one digit away."""
    digits = f"{(old / step).to_integral_value():f}"
    for place in range(len(digits)):
        before, here, after = digits[:place], digits[place], digits[place + 1 :]
        for digit in "0123456789":
            yield Decimal(before + digit + after) * step
            yield Decimal(before + digit + here + after) * step
            yield Decimal(digits + digit) * step
        if before + after:
            yield Decimal(before + after) * step
        if after:
            yield Decimal(before + after[0] + here + after[1:]) * step
