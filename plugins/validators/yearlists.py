"""Figures of several years against what they make: 三年来累计化解37件，2021年9件、2022年13件、2023年15件."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex

from nianbao.grammar.units import COUNTS, UnitClass
from plugins.validators.checks import Check, Ledger
from plugins.validators.relations import Total
from plugins.validators.sentences import Sentence, Spot, alike
from plugins.validators.sums import SUM

_YEARS = regex.compile(
    r"(?:(?P<number>[两二三四五])年(?:来|间|里|内)?|近(?P<number>[两二三四五])年来?)[\p{Han}]{0,4}?(?:累计|合计|总计|共)[\p{Han}]{0,12}$"
)
_YEAR = regex.compile(r"(?:^|[，,、;；:：(])(?:其中)?(?P<year>20\d\d)年[\p{Han}]{0,8}$")
_NUMBERS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5}
_ADDED = COUNTS | {UnitClass.MONEY}


def check_year_lists(ledger: Ledger, sentences: Sequence[Sentence]) -> None:
    """Enter what several years come to that are told one by one, before or behind their sum.

    Args:
        ledger: where checks are entered.
        sentences: the report's sentences.
    """
    for sentence in sentences:
        if "年" not in sentence.text or len(sentence.spots) < len(("sum", "one", "other")):
            continue
        for place, spot in enumerate(sentence.spots):
            match = _YEARS.search(spot.gap) if spot.quantity.kind in _ADDED else None
            if match is None:
                continue
            number = _NUMBERS[match["number"]]
            behind = sentence.spots[place + 1 : place + 1 + number]
            before = sentence.spots[max(place - number, 0) : place]
            parts = next((side for side in (behind, before) if _by_years(side, spot, number)), ())
            if parts:
                ledger.checks.append(
                    Check(SUM, Total(ledger.spot(spot), tuple(ledger.spot(part) for part in parts)))
                )


def _by_years(parts: Sequence[Spot], whole: Spot, number: int) -> bool:
    """Whether figures are of as many years, one after the other, and are counted like their sum."""
    told = [_YEAR.search(part.gap) for part in parts]
    years = [int(match["year"]) for match in told if match is not None]
    in_turn = len(years) == number and all(later == year + 1 for year, later in pairwise(years))
    return in_turn and all(alike(part.quantity, whole.quantity) for part in parts)
