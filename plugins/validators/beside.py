"""Figures that what stands beside them contradicts: another fine of the same cases, a whole half-year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from nianbao.grammar.units import UnitClass
from plugins.validators.claims import Claim
from plugins.validators.nouns import counted_alike, names_of
from plugins.validators.scopes import LIMITED, scopes_of

_TELLING = 4
_MANY = 20
_FIRST_HALF = re.compile(r"上半年|前[一二三]个?季度|1[-—至~]\d{1,2}月")
_MAY_BE_HALF = re.compile("[半季月]")
_WHOLE_YEAR = regex.compile(r"全年|年内|今年(?!上半年)|本年|20\d\d年(?!上半年|\d)")


def same_cases(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Yield the pairs of amounts that differ beside the same cases: 158件，罚款12.8万元; 158件、18.2万元罚款.

    Args:
        claims: the report's.
    """
    fined = [
        (case, money)
        for case, money in pairwise(claims)
        if case.sentence is money.sentence
        and case.spot.quantity.kind is UnitClass.CASE
        and money.spot.quantity.kind is UnitClass.MONEY
        and case.spot.quantity.value >= _MANY
    ]
    for number, (case, money) in enumerate(fined):
        for case_again, money_again in fined[number + 1 :]:
            same = case.spot.quantity.value == case_again.spot.quantity.value
            differs = money.spot.quantity.value != money_again.spot.quantity.value
            if same and differs and _share_name(case, case_again) and _share_name(money, money_again):
                yield money, money_again


def half_years(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Yield the pairs of one figure told of the first months and of the whole year, in this order.

    Args:
        claims: the report's.
    """
    halves = [
        claim
        for claim in claims
        if _MAY_BE_HALF.search(claim.sentence.text) and _FIRST_HALF.search(claim.sentence.before(claim.spot))
    ]
    for half in halves:
        for whole in claims:
            quantity = whole.spot.quantity
            if (
                quantity.value == half.spot.quantity.value >= _MANY
                and quantity.kind is not UnitClass.RATE
                and counted_alike(whole.spot, half.spot)
                and _WHOLE_YEAR.search(whole.before)
                and not LIMITED.search(whole.sentence.before(whole.spot))
                and any(len(name) >= _TELLING for name in _shared(half, whole))
                and scopes_of(half) == scopes_of(whole)
            ):
                yield half, whole


def _shared(one: Claim, other: Claim) -> set[str]:
    """Return the names that two figures share, without the months that one of them is of."""
    mine, theirs = (names_of(_FIRST_HALF.sub("", each.before), each.after) for each in (one, other))
    return set(mine) & set(theirs)


def _share_name(one: Claim, other: Claim) -> bool:
    return any(len(name) > 1 for name in _shared(one, other))
