"""Relations over bounds, and the smallest repair: held against brute force on small cases."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.validators.relations import AtMost, Bounds, Relation, Same, Total, Verdict
from plugins.validators.repair import (
    ONE_DIGIT,
    OTHERWISE,
    SLIPPED,
    Change,
    Repair,
    slip_of,
    smallest_repairs,
)
from plugins.validators.shares import NoneLeft, NotCut, Share

# A figure of two digits, with one more, is no larger.
LARGEST = 1000


def only(value: int | str, step: str = "1") -> Bounds:
    return Bounds(Decimal(value), Decimal(value), Decimal(step))


def changed(told: list[Bounds], repair: Repair) -> list[Bounds]:
    result = list(told)
    for change in repair.changes:
        assert result[change.member].low == change.old
        result[change.member] = Bounds(change.new, change.new, told[change.member].step)
    return result


def holds(told: list[Bounds], relations: list[Relation]) -> bool:
    return all(relation.verdict(told) is not Verdict.FAILS for relation in relations)


def brute_force(told: list[Bounds], relations: list[Relation]) -> set[Change]:
    """Every cheapest single change among all values up to the largest."""
    found = []
    for member, figure in enumerate(told):
        for value in range(1, LARGEST + 1):
            new = Decimal(value)
            if figure.exact and new != figure.low:
                change = Change(member, figure.low, new, slip_of(figure.low, new))
                if holds(changed(told, Repair((change,))), relations):
                    found.append(change)
    least = min((change.cost for change in found), default=None)
    return {change for change in found if change.cost == least}


@st.composite
def small_cases(draw: st.DrawFn) -> tuple[list[Bounds], list[Relation]]:
    """Draw a whole of two or three parts with shares, an order, a second telling, a hedged figure."""
    number = st.integers(1, 60)
    count = draw(st.integers(2, 3))
    told = [only(value) for value in draw(st.lists(number, min_size=count + 1, max_size=count + 1))]
    parts = tuple(range(1, count + 1))
    relations: list[Relation] = [Total(0, parts, complete=draw(st.booleans()))]
    for part in parts:
        if draw(st.booleans()):
            told.append(only(draw(st.integers(1, 100))))
            relations.append(Share(len(told) - 1, part, 0, sign=draw(st.sampled_from([0, 0, 1, -1]))))
    if draw(st.booleans()):
        told.append(only(draw(number)))
        relations.append(draw(st.sampled_from([AtMost(1, len(told) - 1), Same(0, len(told) - 1)])))
    if draw(st.booleans()):
        told[2] = Bounds(told[2].low, told[2].low + 9)
    return told, relations


@settings(max_examples=80, deadline=None)
@given(small_cases())
def test_a_repair_satisfies_all_and_none_is_smaller(case: tuple[list[Bounds], list[Relation]]) -> None:
    told, relations = case
    repairs = smallest_repairs(told, relations)
    if holds(told, relations):
        assert repairs == ()
        return
    for repair in repairs:
        assert holds(changed(told, repair), relations)
        assert all(change.new > 0 for change in repair.changes)
    single = {repair.changes[0] for repair in repairs if len(repair.changes) == 1}
    expected = brute_force(told, relations)
    # What only a larger value mends, brute force can't see.
    if expected or all(change.new <= LARGEST for change in single):
        assert single == expected


RATE = st.integers(1, 1000)


@settings(deadline=None)
@given(part=st.integers(0, 400), whole=st.integers(1, 400), rate=RATE, places=st.integers(0, 2))
def test_a_rate_holds_where_rounding_or_truncation_gives_it(
    part: int, whole: int, rate: int, places: int
) -> None:
    step = Decimal(1).scaleb(-places)
    told = [Bounds(rate * step, rate * step, step), only(part), only(whole)]
    exact = 100 * Decimal(part) / Decimal(whole)
    given_by = {exact.quantize(step, ROUND_HALF_UP), exact.quantize(step, ROUND_DOWN)}
    right = part == whole if rate * step == 100 else rate * step in given_by
    assert (Share(0, 1, 2).verdict(told) is Verdict.HOLDS) is right
    loose = Share(0, 1, 2, strict=False)
    assert (loose.verdict(told) is Verdict.HOLDS) is (rate * step in given_by)
    assert loose.is_cut_off(told) is (rate * step in given_by and rate * step != max(given_by))


@settings(deadline=None)
@given(now=st.integers(1, 300), last=st.integers(1, 300), rate=RATE, sign=st.sampled_from([1, -1]))
def test_a_change_holds_where_rounding_or_truncation_gives_it(
    now: int, last: int, rate: int, sign: int
) -> None:
    step = Decimal("0.1")
    told = [Bounds(rate * step, rate * step, step), only(now), only(last)]
    exact = sign * 100 * Decimal(now - last) / Decimal(last)
    given_by = {exact.quantize(step, ROUND_HALF_UP), exact.quantize(step, ROUND_DOWN)}
    assert (Share(0, 1, 2, sign=sign).verdict(told) is Verdict.HOLDS) is (rate * step in given_by)


@settings(deadline=None)
@given(small_cases())
def test_room_is_just_what_holds(case: tuple[list[Bounds], list[Relation]]) -> None:
    told, relations = case
    for relation in relations:
        for member in relation.members:
            room = relation.room(member, told)
            for value in range(1, 131):
                trial = list(told)
                trial[member] = only(value)
                within = room is not None and room.low <= value and (room.high is None or value <= room.high)
                assert (relation.verdict(trial) is not Verdict.FAILS) is within, (relation, member, value)


@pytest.mark.parametrize(
    ("old", "new", "slip"),
    [
        ("156", "165", SLIPPED),
        ("1320", "132", ONE_DIGIT),
        ("132", "1132", ONE_DIGIT),
        ("269", "239", ONE_DIGIT),
        ("95.4", "94.5", SLIPPED),
        ("5", "7", ONE_DIGIT),
        ("5", "15", OTHERWISE),
        ("269", "196", OTHERWISE),
        ("100", "99", OTHERWISE),
    ],
)
def test_slips(old: str, new: str, slip: int) -> None:
    assert slip_of(Decimal(old), Decimal(new)) == slip


def test_shares_tell_which_part_is_wrong() -> None:
    told = [only(672), only(269), only(172), only(261), only(36), only(25), only(39)]
    relations = [Total(0, (1, 2, 3)), Share(4, 1, 0), Share(5, 2, 0), Share(6, 3, 0)]
    assert smallest_repairs(told, relations) == (Repair((Change(1, Decimal(269), Decimal(239), ONE_DIGIT),)),)


def test_two_changes_where_one_is_not_enough() -> None:
    told = [only(100), only(60), only(50), only(90), only(20)]
    relations = [Total(0, (1, 2)), AtMost(3, 4)]
    repairs = smallest_repairs(told, relations)
    assert repairs
    assert {len(repair.changes) for repair in repairs} == {2}
    assert all(holds(changed(told, repair), relations) for repair in repairs)


def test_a_tangle_ends_in_bounded_time() -> None:
    told = [only(value) for value in range(10, 50)]
    relations = [Total(a, (a + 1, a + 2)) for a in range(38)]
    assert smallest_repairs(told, relations) == ()


def test_too_many_figures_get_no_suggestion() -> None:
    assert smallest_repairs([only(1)] * 60, [Total(0, tuple(range(1, 60)))]) == ()


@pytest.mark.parametrize(
    ("relation", "told", "verdict"),
    [
        (Total(0, (1, 2)), [only(5), only(2), only(3)], Verdict.HOLDS),
        (Total(0, (1, 2)), [only(5), only(2), only(2)], Verdict.FAILS),
        (Total(0, (1, 2), complete=False), [only(5), only(2), only(2)], Verdict.HOLDS),
        (Total(0, (1, 2)), [Bounds(Decimal(80), Decimal(89)), only(50), only(35)], Verdict.CANT_TELL),
        (Total(0, (1, 2)), [only(80), Bounds(Decimal(50), None), only(35)], Verdict.FAILS),
        (Total(0, (1, 2)), [only(90), Bounds(Decimal(50), None), only(35)], Verdict.CANT_TELL),
        (AtMost(0, 1), [only(5), only(5)], Verdict.HOLDS),
        (AtMost(0, 1), [only(6), only(5)], Verdict.FAILS),
        (AtMost(0, 1), [only(6), Bounds(Decimal(5), None)], Verdict.CANT_TELL),
        (Same(0, 1), [only(6), Bounds(Decimal(5), Decimal(9))], Verdict.CANT_TELL),
        (Same(0, 1), [only(6), only(6)], Verdict.HOLDS),
        (Same(0, 1), [only(6), only(7)], Verdict.FAILS),
        (NoneLeft(0, 1), [only(100), only(3)], Verdict.FAILS),
        (NoneLeft(0, 1), [only(98), only(3)], Verdict.HOLDS),
        (NoneLeft(0, 1, wants_all=True), [only(98), only(3)], Verdict.FAILS),
        (NoneLeft(0, 1, wants_all=True), [only(100), only(3)], Verdict.HOLDS),
        (NotCut(0, 1, 2), [only(66), only(2), only(3)], Verdict.FAILS),
        (NotCut(0, 1, 2), [only(67), only(2), only(3)], Verdict.HOLDS),
        (Share(0, 1, 2), [only(50), only(1), only(0)], Verdict.CANT_TELL),
        (Share(0, 1, 2), [Bounds(Decimal(95), None), only(90), only(100)], Verdict.FAILS),
        (Share(0, 1, 2), [Bounds(Decimal(90), None), only(90), only(100)], Verdict.CANT_TELL),
        (Share(0, 1, 2), [Bounds(Decimal(95), Decimal(99)), only(90), only(100)], Verdict.FAILS),
    ],
)
def test_verdicts(relation: Relation, told: list[Bounds], verdict: Verdict) -> None:
    assert relation.verdict(told) is verdict
