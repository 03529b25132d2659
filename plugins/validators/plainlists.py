"""Lists that no 其中 announces: a whole, then its kinds side by side, in its sentence or in the next ones.

What merely stands side by side need add up to nothing. So a list is taken for one only where its items are
of one sort, and a sum that nothing announces is told only where a single slip parts it from the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, islice

import regex

from nianbao.grammar.units import COUNTS, UnitClass
from plugins.validators import listwords as words
from plugins.validators.checks import Ledger
from plugins.validators.counterparts import roles
from plugins.validators.exactruns import exact_runs
from plugins.validators.listnames import name_of, of_one_sort, separator
from plugins.validators.listshares import dealt_shares, share_after
from plugins.validators.partshares import enter_share
from plugins.validators.plainsums import PlainList, enter_plain_list
from plugins.validators.scales import graded, kept_and_not, sorted_out
from plugins.validators.sentences import Sentence, Spot, alike, told_alike

_SORTED = regex.compile(r"按[^，,。;；:：\d]{1,12}?(?:划分|区分|分类?|统计)[，,:：]")
_OPENS = re.compile("[其当]中|包括")
# 其他类; 经济往来及其他.
_OTHERS = regex.compile(rf"^(?:{words.REST.pattern})|[及和、与]其[他它](?:纠纷|案件|类|方面)?$")
_LOOSE = re.compile("主要|重点|特别|尤其|如|例|突出|多为|大多|居多|为主|等$")
# 25万元用于法治建设，购置装备…: what a whole is for stands before its parts.
_BESIDE = re.compile(r"[^，,；;。：:()\d]{0,16}[，,：:(][^，,；;。：:]*$")
_MORE = regex.compile(r"[，,、;；。]?(?:其余|余下|剩余|其他|另|还有|部分|个别|少数)")
_AND = ("和", "及", "与", "以及")
_ENDS_BY = ("、", "件、", "起、", "宗、")
_FEWEST, _TWO = 3, 2
_FAR = 2
_MOST_WHOLES = 4
_FURTHEST = Decimal("0.2")


def check_plain_lists(ledger: Ledger, sentences: Sequence[Sentence], taken: frozenset[int]) -> frozenset[int]:
    """Enter the lists of which none of the figures at `taken` is a part already.

    Returns:
        Where the figures begin that are parts of them.
    """
    known = exact_runs(ledger.reading.shadow.text, sentences)
    parts: set[int] = set()
    for found in plain_lists(sentences, taken):
        # 受理72件，属实41件、部分属实13件、不属实18件: what makes another sum is no list of 41.
        # 申请强制执行37件，准予34件、不准予1件，尚未裁定2件: nor are some of the parts all of them.
        told_otherwise = known.explain((found.whole, *found.parts)) or known.make(found.whole, found.parts)
        if len(found.parts) > 1 and not _adds_up(found) and (told_otherwise or _begins_exactly(found)):
            continue
        if enter_plain_list(ledger, found):
            for part, share in zip(found.parts, found.shares, strict=False):
                if share is not None:
                    enter_share(ledger, share, ledger.spot(part), (ledger.spot(found.whole),))
            parts.update(part.quantity.start for part in found.parts)
    return frozenset(parts)


def plain_lists(sentences: Sequence[Sentence], taken: frozenset[int]) -> Iterator[PlainList]:
    """Yield the lists that nothing but their form shows, or a clause of another kind than 其中."""
    before: Sentence | None = None
    earlier: tuple[Spot, ...] = ()
    for sentence in sentences:
        spots, first = sentence.spots, 0
        if before is not None and before.end == sentence.start and "\n" not in before.text:
            # 应诉案件29件。…出庭率100%。从应诉主体看，政府6件…: what comes between counts none of them.
            told = before.spots
            if words.ANNOUNCED.match(sentence.text) and not _like(spots[0], told):
                told = _like(spots[0], earlier)
            spots, first = (*told, *spots), len(told)
            earlier = (*earlier, *sentence.spots)
        else:
            earlier = sentence.spots
        number = max(first, 1)
        while number < len(spots):
            found = None if spots[number].quantity.start in taken else _list(spots, number, first)
            if found is None:
                number += 1
            elif (
                (len(found.parts) > 1 and words.OVERLAP.search(sentence.text))
                or _is_told_on(sentence, found)
                or _is_of_the_next(spots, found)
            ):
                break
            else:
                yield found
                number = spots.index(found.parts[-1]) + 1
        before = sentence


def _like(one: Spot, spots: Sequence[Spot]) -> tuple[Spot, ...]:
    """Return the figures that are counted like one."""
    return tuple(spot for spot in spots if told_alike(one.quantity, spot.quantity))


def _is_told_on(sentence: Sentence, found: PlainList) -> bool:
    """Whether what follows a list that does not add up tells of more, without a figure: 其余在审查中."""
    last = found.parts[-1]
    more = _MORE.match(sentence.text, last.quantity.end - sentence.start)
    return more is not None and not _adds_up(found)


def _adds_up(found: PlainList) -> bool:
    return sum((part.quantity.value for part in found.parts), Decimal(0)) == found.whole.quantity.value


def _begins_exactly(found: PlainList) -> bool:
    """Whether the first parts make the whole already: 收到27件，受理22件，不予受理5件，审结20件."""
    summed = enumerate(accumulate(part.quantity.value for part in found.parts), 1)
    end = next((at for at, each in summed if at > 1 and each == found.whole.quantity.value), None)
    return end is not None and any(roles(part).done for part in found.parts[end:])


def _is_of_the_next(spots: Sequence[Spot], found: PlainList) -> bool:
    """Whether parts add up to the figure behind them instead: 当年结案117件，结转8件，共结案125件."""
    summed = sum((part.quantity.value for part in found.parts), Decimal(0))
    behind = spots[spots.index(found.parts[-1]) + 1 :][:1]
    told = any(
        each.quantity.value == summed and alike(each.quantity, found.whole.quantity) for each in behind
    )
    return told and summed != found.whole.quantity.value


def _list(spots: Sequence[Spot], number: int, first: int) -> PlainList | None:
    head = spots[number]
    wholes = _wholes(spots, number)
    if not wholes or not _may_begin(head):
        return None
    announced = words.announced(head.gap)
    parts = tuple(_run(spots, number))
    if not (announced or number == first or _BESIDE.match(head.gap) or _sorts_out(parts)):
        return None
    whole = _meant(wholes, parts) if len(parts) > 1 else None
    if whole is None or words.ETC.match(parts[-1].after):
        return _beyond_all(wholes, parts) if _SORTED.search(head.gap) else None
    named = [name_of(part) for part in parts]
    rest = len(parts) > 2 and _OTHERS.search(named[-1]) is not None
    called = [part.called for part in parts]
    two = words.complementary(called) or words.leveled(called)
    # 受理35件，裁决14件、调解31件: a case ends in one way.
    ends = len(parts) == _TWO and not two and words.ended(called) and parts[1].gap.startswith(_ENDS_BY)
    is_one = two or ends or _are_kinds(named, parts, announced=announced)
    # 收到依申请公开15件。办理代表建议9件、政协提案13件: two of the next sentence are named with their whole.
    if len(parts) == _TWO and number == first and not announced and not _is_named_with(whole, named):
        return None
    # 按被申请人分，公安29件，人社22件: what is announced is no whole of what follows.
    begun = any(words.announced(spot.gap) for spot in spots[first:number])
    if not is_one or _is_named_like(whole, named) or (begun and whole in spots[first:number]):
        return None
    beside = number > first and spots[number - 1] is whole
    whole_told = words.leaves_none(called) or sorted_out(named)
    firm = beside and whole_told and (_is_near(whole, parts) or kept_and_not(named))
    shares = dealt_shares(spots, parts) or tuple(share_after(spots, spots.index(part)) for part in parts)
    return PlainList(whole, parts, announced or rest or ends, rest, firm, shares)


def _is_named_with(whole: Spot, named: Sequence[str]) -> bool:
    """Whether a whole has no name of its own, or shares a word with one of its parts."""
    called = whole.called
    pieces = [called[at : at + 2] for at in range(len(called) - 1)]
    return not pieces or any(piece in name for piece in pieces for name in named)


def _sorts_out(parts: Sequence[Spot]) -> bool:
    """Whether parts are what became of all papers that were gone through, however far before that stands."""
    return len(parts) > 1 and kept_and_not([name_of(part) for part in parts])


def _beyond_all(wholes: Sequence[Spot], parts: Sequence[Spot]) -> PlainList | None:
    """Return the list of one part that is more than all there is: 按受援人分，农民工618件 of 426."""
    whole = max(wholes, key=lambda each: each.quantity.value)
    most = whole.quantity.value
    more = tuple(part for part in parts if most < part.quantity.value < _FEWEST * most)
    told = bool(more) and more[0].quantity.unit == whole.quantity.unit
    return PlainList(whole, more, announced=True, complete=False, firm=False) if told else None


def _is_named_like(whole: Spot, named: Sequence[str]) -> bool:
    """Whether a whole is called as one more part: 农资类案件27件，兽药类4件，渔政类13件."""
    called = name_of(whole).removesuffix("案件")
    return called in named or (called[-1:] == "类" and words.parallel([called, *named]))


def _may_begin(head: Spot) -> bool:
    """Whether a figure may be the first part of a list that claims to be one."""
    counted = head.quantity.kind in COUNTS or head.quantity.kind is UnitClass.MONEY
    return counted and not words.tells_change(head.gap) and not _LOOSE.search(head.gap)


def _are_kinds(named: Sequence[str], parts: Sequence[Spot], *, announced: bool) -> bool:
    """Whether names are of kinds side by side: two that leave nothing out, or three of one sort."""
    if not all(named):
        return False
    if words.complementary(named) or graded(named) or sorted_out(named):
        return True
    if not (announced or of_one_sort(named, parts)):
        return False
    return len(parts) >= _FEWEST and (
        words.additive(words.bared(named)) or words.additive(named) or words.disposed(named)
    )


def _wholes(spots: Sequence[Spot], number: int) -> tuple[Spot, ...]:
    """Return the figures before a list that are counted like its first part, the nearest first."""
    head = spots[number]
    if not any(told_alike(head.quantity, spot.quantity) for spot in spots[max(0, number - _FAR) : number]):
        return ()
    near = (spot for spot in reversed(spots[:number]) if told_alike(head.quantity, spot.quantity))
    return tuple(islice(near, _MOST_WHOLES))


def _meant(wholes: Sequence[Spot], parts: Sequence[Spot]) -> Spot | None:
    """Return the whole that the parts add up to, else the nearest, if it can be one."""
    told = [part.quantity.value for part in parts]
    summed = sum(told, Decimal(0))
    nearest = wholes[0]
    named = [name_of(part) for part in parts]
    gap = parts[0].gap
    if words.announced(gap) or _SORTED.search(gap) or sorted_out(named) or graded(named):
        # What stands between a whole and its parts, sorted another way, is smaller than they are.
        nearest = next((whole for whole in wholes if whole.quantity.value >= max(told)), nearest)
    exact = next((whole for whole in wholes if whole.quantity.value == summed), nearest)
    hedged = exact.quantity.low != exact.quantity.high
    # 26件进行清理，保留91件、废止7件: all of them had some fate.
    if kept_and_not(named) and not (hedged or sorted_out([*named, name_of(exact)])):
        return exact
    return None if hedged or exact.quantity.value < max(told) else exact


def _is_near(whole: Spot, parts: Sequence[Spot]) -> bool:
    """Whether parts make about their whole; what is further off is counted otherwise."""
    summed = sum((part.quantity.value for part in parts), Decimal(0))
    return abs(summed - whole.quantity.value) <= _FURTHEST * whole.quantity.value


def _run(spots: Sequence[Spot], number: int) -> Iterator[Spot]:
    head = previous = spots[number]
    joint = ""
    for spot in spots[number:]:
        if spot is not head:
            if spot.quantity.kind in (UnitClass.RATE, UnitClass.POINT):
                continue
            sign = separator(previous, spot)
            if not sign or not alike(spot.quantity, head.quantity) or _begins_anew(spot):
                return
            if joint and sign not in (joint, *_AND) and not words.REST.match(name_of(spot)):
                return
            joint = joint or ("" if sign in _AND else sign)
        if spot.quantity.low != spot.quantity.high:
            return
        yield spot
        previous = spot


def _begins_anew(spot: Spot) -> bool:
    """Whether a figure begins another statement, or a list of its own."""
    anew = words.tells_change(spot.gap) or words.NEW.search(spot.name) or _OPENS.search(spot.gap)
    return bool(anew or words.announced(spot.gap))
