"""A whole broken down clause by clause to its rest: 纠纷217件。邻里的最多，有89件；…；剩下的34件为…."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

import regex

from nianbao.grammar.units import COUNTS
from plugins.validators import listwords as words
from plugins.validators.checks import Check, Ledger
from plugins.validators.relations import Total
from plugins.validators.sentences import Sentence, Spot, alike
from plugins.validators.sums import SUM

_CLAUSE = regex.compile(r"[;；]")
_REST = regex.compile(r"^[其]?(?:剩下|余下|剩余|其余|另外|其他|最后)的?")
# 情况如下：, 具体为：; 从来源看，, 按类型分，; 还有28件, 其余为.
_SHOWN = regex.compile(r"[，,](?:具体|分类|构成|分布)?(?:情况)?(?:如下|为|是|包括|看|分布为)?[:：]")
_SEEN = regex.compile(
    r"(?:若?按照?|依照?|从)[^，,。;；:：\d]{1,12}?(?:划分|区分|来分|分类?|统计|来看|上看|看|分析|归类)[，,:：]"
    r"|(?:这些|上述|以上)[^，,。;；:：\d]{0,10}[中里内][，,:：]?"
)
_LAST = regex.compile("还有|另有|其余|剩下|余下|剩余|其他|另外|最后")
_MOST_SENTENCES = 6
_FEWEST = 3
# What is further off from its parts is not what they break down.
_FURTHEST = Decimal("0.2")


def check_rest_lists(ledger: Ledger, sentences: Sequence[Sentence], taken: frozenset[int]) -> frozenset[int]:
    """Enter the wholes that the next sentence breaks down, a part to a clause, the last of them the rest.

    Args:
        ledger: where checks are entered.
        sentences: the report's sentences.
        taken: where the figures begin that are parts already.

    Returns:
        Where the figures begin that are parts of them.
    """
    parts: set[int] = set()
    for whole, found, text in (*_of_the_next(sentences), *_shown_below(sentences), *_told_on(sentences)):
        if any(part.quantity.start in taken for part in found):
            continue
        told = [part.quantity.value for part in found]
        if _may_break_down(whole, found, sum(told, Decimal(0))) and not words.OVERLAP.search(text):
            relation = Total(ledger.spot(whole), tuple(ledger.spot(part) for part in found))
            ledger.checks.append(Check(SUM, relation))
            parts.update(part.quantity.start for part in found)
    return frozenset(parts)


_Found = tuple[Spot, tuple[Spot, ...], str]


def _of_the_next(sentences: Sequence[Sentence]) -> Iterator[_Found]:
    """Yield the wholes that the sentence after them breaks down."""
    for before, sentence in pairwise(sentences):
        if before.end != sentence.start or "\n" in before.text or _CLAUSE.search(sentence.text) is None:
            continue
        found = tuple(_parts(_clauses(sentence)))
        whole = _whole(before, found)
        if whole is not None:
            yield whole, found, sentence.text


def _shown_below(sentences: Sequence[Sentence]) -> Iterator[_Found]:
    """Yield the wholes that their own sentence breaks down: 195起，情况如下：占道的68起，…；其余54起."""
    for sentence in sentences:
        if _CLAUSE.search(sentence.text) is None:
            continue
        shown = _SHOWN.search(sentence.text)
        clauses = _clauses(sentence)
        if shown is None or not clauses[0][1]:
            continue
        (first, spots), at = clauses[0], sentence.start + shown.end()
        whole = next((spot for spot in reversed(spots) if spot.quantity.end <= at), None)
        below = (first[shown.end() :], [spot for spot in spots if spot.quantity.start >= at])
        found = tuple(_parts([below, *clauses[1:]]))
        if whole is not None and found and alike(whole.quantity, found[0].quantity):
            yield whole, found, sentence.text


def _told_on(sentences: Sequence[Sentence]) -> Iterator[_Found]:
    """Yield the wholes that several sentences break down: 236件。从来源看，网格117件。…38件。…还有28件."""
    for number, before in enumerate(sentences[:-1]):
        following = sentences[number + 1]
        if before.end != following.start or not (opened := _SEEN.match(following.text)):
            continue
        found: list[Spot] = []
        reached, ended = before, False
        for sentence in sentences[number + 1 : number + 1 + _MOST_SENTENCES]:
            head = (found or sentence.spots)[0].quantity
            alone = all(_is_counted(spot) and alike(spot.quantity, head) for spot in sentence.spots)
            if reached.end != sentence.start or "\n" in reached.text or not alone:
                break
            found += sentence.spots
            reached = sentence
            ended = _LAST.search(sentence.spots[-1].gap) is not None
            if ended:
                break
        whole = _whole(before, found) if ended and len(found) >= _FEWEST else None
        if whole is not None and not words.MAINLY.search(opened.group()):
            yield whole, tuple(found), before.text + reached.text


def _whole(before: Sentence, parts: Sequence[Spot]) -> Spot | None:
    """Return the last figure of a sentence that is counted like the parts; None without parts."""
    near = (spot for spot in reversed(before.spots) if parts and alike(spot.quantity, parts[0].quantity))
    return next(near, None)


def _parts(clauses: Sequence[tuple[str, list[Spot]]]) -> Iterator[Spot]:
    """Yield the one figure of each clause, if the last clause tells the rest; else none."""
    if len(clauses) < _FEWEST or not _REST.match(clauses[-1][0]):
        return
    if all(len(spots) == 1 and _is_part(spots[0], clauses[0][1]) for _, spots in clauses):
        yield from (spots[0] for _, spots in clauses)


def _is_part(spot: Spot, head: Sequence[Spot]) -> bool:
    return bool(head) and _is_counted(spot) and alike(spot.quantity, head[0].quantity)


def _is_counted(spot: Spot) -> bool:
    plain = spot.quantity.kind in COUNTS and spot.quantity.low == spot.quantity.high
    return plain and not words.tells_change(spot.gap)


def _clauses(sentence: Sentence) -> list[tuple[str, list[Spot]]]:
    """Return the clauses that semicolons part, each with its figures."""
    clauses: list[tuple[str, list[Spot]]] = []
    at = 0
    for text in _CLAUSE.split(sentence.text):
        start, end = sentence.start + at, sentence.start + at + len(text)
        clauses.append((text, [spot for spot in sentence.spots if start <= spot.quantity.start < end]))
        at += len(text) + 1
    return clauses


def _may_break_down(whole: Spot, parts: Sequence[Spot], summed: Decimal) -> bool:
    value = whole.quantity.value
    if whole.quantity.low != whole.quantity.high or value <= max(part.quantity.value for part in parts):
        return False
    return abs(summed - value) <= _FURTHEST * value
