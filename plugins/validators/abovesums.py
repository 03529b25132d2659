"""Sums of what was told above, kind by kind: 占地罚款126万元；采矿罚款75万元。…上述两类罚款共计201万元."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

import regex

from plugins.validators.checks import Check, Ledger
from plugins.validators.relations import Total
from plugins.validators.sentences import Sentence, Spot, alike
from plugins.validators.sums import SUM

_ABOVE = regex.compile("(?:上述|以上|前述|这)$")
_KINDS = frozenset({"类", "项", "种", "大类"})
_TOGETHER = regex.compile(r"^(?!中|里)[\p{Han}]{0,12}?(?:共计|合计|总计|累计|共|总额)(?:达到?|为)?$")
# What a figure is called by ends with what it is of.
_NOUN = 2


def check_above_sums(ledger: Ledger, sentences: Sequence[Sentence]) -> None:
    """Enter what so many kinds told above make together, where a sentence tells as many by one noun.

    Args:
        ledger: where checks are entered.
        sentences: the report's sentences.
    """
    for number, sentence in enumerate(sentences):
        for kinds, spot in pairwise(sentence.spots):
            if kinds.quantity.unit not in _KINDS or not _ABOVE.search(kinds.name):
                continue
            if not _TOGETHER.match(spot.gap) or spot.quantity.low != spot.quantity.high:
                continue
            parts = _parts(sentences[:number], spot, int(kinds.quantity.value))
            if parts:
                ledger.checks.append(Check(SUM, Total(ledger.spot(spot), tuple(map(ledger.spot, parts)))))


def _parts(before: Sequence[Sentence], whole: Spot, many: int) -> list[Spot]:
    """Return the figures of the last sentence that tells just so many of what a sum is of."""
    for sentence in reversed(before):
        by_noun: dict[str, list[Spot]] = defaultdict(list)
        for spot in sentence.spots:
            if alike(spot.quantity, whole.quantity) and spot.quantity.low == spot.quantity.high:
                by_noun[spot.called[-_NOUN:]].append(spot)
        for noun, told in by_noun.items():
            if len(noun) == _NOUN and noun in whole.name and len(told) == many:
                return told
    return []
