"""Lists of parts against their whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

import regex

from nianbao import Severity
from plugins.validators.checks import Check, Ledger, Rule
from plugins.validators.counterparts import CARRIED_OVER
from plugins.validators.exactruns import ExactRuns
from plugins.validators.lists import Claim, Listing
from plugins.validators.listwords import (
    CARRIED,
    OUTCOME,
    OVERLAP,
    REST,
    complementary,
    crosswise,
    decided,
    disposed,
    leveled,
    parallel,
    tells_change,
    uniform,
)
from plugins.validators.nearly import is_slip, is_swap
from plugins.validators.partshares import enter_share, first_unbroken
from plugins.validators.relations import AtMost, Bounds, Total, Verdict
from plugins.validators.scales import graded
from plugins.validators.sentences import Spot
from plugins.validators.sumwords import two_units

SUM = Rule("arithmetic.sum", "sum", Severity.ERROR, "所列各分项之和应等于合计，未列全的不应超过合计")
NEAR_SUM = Rule("arithmetic.near-sum", "sum", Severity.WARNING, "所列各分项之和与合计只差一个数位，疑为笔误")
UNIT = Rule("arithmetic.sum-unit", "unit", Severity.WARNING, "各分项与合计应当用同一单位")
PART = Rule("arithmetic.part", "order", Severity.ERROR, "部分不应大于整体")
_TEN = Decimal(10)
_HUNDRED = Decimal(100)
_TEN_THOUSAND = Decimal(10_000)
_MONEY = frozenset({"元", "万元", "亿元"})
# What a list that leaves nothing out lacks to its whole, or has more, is less than this part of it.
_FURTHEST = Decimal("0.3")
# Fewer kinds than these are no breakdown.
_FEWEST_NEARLY = 3
_PARTED = regex.compile(r"[，,、;；。和及与]")
_OF_OTHERS = re.compile("受理|未|正在|在[办审]|待|中止")
_TWO = _MOST_BEYOND = 2
_NEAREST = Decimal("0.15")
_MANY = 5
_NOUN = 2
_ENDED = regex.compile(r"[。;；\n]")
_MORE = regex.compile(
    r"(?<=\d[^，,、]{0,4})等|其余|余下|剩余|剩下|(?<=[，,、])其他|另|还有|此外|零散|不再|四舍五入"
)
# 受理91件（含上年结转3件）
_HELD = re.compile(r"\((?:其中)?(?:包?含|包括)")


def check_sums(ledger: Ledger, listings: Iterable[Listing], exact: ExactRuns) -> None:
    """Enter every list that the text tells; `exact` tells which figures make one sum or another."""
    text = ledger.reading.shadow.text
    for listing in listings:
        if not (listing.told_after and two_units(text, listing.wholes[0].quantity)):
            _enter(ledger, listing, exact)


def _enter(ledger: Ledger, listing: Listing, exact: ExactRuns) -> None:
    parts = tuple(ledger.spot(part) for part in listing.parts)
    wholes = tuple(ledger.spot(whole) for whole in listing.wholes)
    each_of = _each_of_its_own(listing)
    if each_of:
        for part, its in zip(parts, each_of, strict=True):
            ledger.checks.append(Check(PART, AtMost(part, ledger.spot(its))))
        return
    if listing.additive and len(parts) > 1:
        total = _total(ledger, listing, wholes, parts)
        whole = total.whole
        carried = not _is_of_the_closed(listing) and _may_be_carried(listing)
        # What a bracket holds goes on to nothing; and what cases ended in is of those that were closed.
        free = not (listing.closed or _is_of_the_closed(listing))
        # 76份，其中涉及发包的29份，法律顾问参与52份，其余24份: the rest is of two of them.
        known = exact.go_on(listing.parts) or exact.ends(listing.wholes[0], listing.parts[-1])
        told_otherwise = known and total.verdict(ledger.bounds) is Verdict.FAILS
        if (told_otherwise and not listing.closed) or (free and _of_several(ledger, wholes, parts)):
            return
        slipped = _unit_slip(ledger, total)
        if slipped:
            ledger.checks.append(Check(UNIT, total, note=slipped))
            return
        ledger.checks.append(Check(SUM, total, CARRIED_OVER if carried else ""))
        if listing.claim is Claim.UNSAID and total.verdict(ledger.bounds) is not Verdict.FAILS:
            _enter_near_miss(ledger, listing, Total(whole, total.parts), exact)
    else:
        whole = wholes[0]
        for part in parts:
            relation = first_unbroken(ledger, [AtMost(part, each) for each in wholes])
            ledger.checks.append(Check(PART, relation))
        named = [part.called for part in listing.parts]
        # 通过平台流转办理的374件，街道直接调处的239件
        told_of_them = all(name.endswith("的") and not crosswise([name]) for name in named)
        alike = graded(named) or leveled(named) or complementary(named) or told_of_them
        # Whoever tells the others tells all.
        alike = alike or (len(parts) > _TWO and REST.match(named[-1]) is not None)
        if len(parts) > 1 and (alike or disposed(named) or (len(parts) > 2 and not crosswise(named))):
            for each in wholes[:_TWO] if told_of_them else wholes[:1]:
                _enter_near_miss(ledger, listing, Total(each, parts), exact)
    for part, share in zip(parts, listing.shares, strict=True):
        if share is not None:
            enter_share(ledger, share, part, tuple(dict.fromkeys((whole, *wholes))))


def _may_be_carried(listing: Listing) -> bool:
    """Whether what came over may be why parts don't make their whole: not why they exceed what holds it."""
    over = [each for each in listing.wholes if _is_carried(each)]
    if not over or not all(_HELD.match(each.gap) for each in over):
        return bool(over)
    summed = sum((part.quantity.value for part in listing.parts), Decimal(0))
    return summed <= max(each.quantity.value for each in listing.wholes)


def _is_carried(whole: Spot) -> bool:
    """Whether a whole is told with what came over; 较上年增加14起 tells of none."""
    return CARRIED.search(whole.name) is not None and not tells_change(whole.name)


def _is_of_the_closed(listing: Listing) -> bool:
    """Whether parts are what cases ended in, told of those that were closed, whenever these had come."""
    return decided([part.called for part in listing.parts], listing.wholes[0].name)


def _is_of_no_others(listing: Listing) -> bool:
    told_of_others = any(_OF_OTHERS.search(f"{part.gap}#{part.after}") for part in listing.parts)
    return _is_of_the_closed(listing) and not told_of_others


def _each_of_its_own(listing: Listing) -> list[Spot]:
    """Return the wholes that parts name, each its own: 建议26件、提案31件，其中建议1件、提案5件."""
    found: list[Spot] = []
    for part in listing.parts if len(listing.wholes) > 1 else ():
        noun = part.called[-_NOUN:]
        of = next((whole for whole in listing.wholes if len(noun) == _NOUN and noun in whole.called), None)
        if of is None:
            return []
        found.append(of)
    return found if len({of.left for of in found}) > 1 else []


def _of_several(ledger: Ledger, wholes: tuple[int, ...], parts: tuple[int, ...]) -> bool:
    """Whether parts break down two figures together: 建议10件、提案17件，其中主办12件、协办15件."""
    bounds = ledger.bounds
    both = len(wholes) > 1 and all(bounds[whole].exact for whole in wholes[:2])
    summed = sum((bounds[part].low for part in parts), Decimal(0))
    return both and summed == bounds[wholes[0]].low + bounds[wholes[1]].low


def _unit_slip(ledger: Ledger, total: Total) -> str:
    """Return what to do where one of the amounts would make the sum true in 万元, or in 元."""
    told = ledger.told(total)
    bounds = ledger.bounds
    if told[0].unit not in _MONEY or total.verdict(bounds) is Verdict.HOLDS:
        return ""
    for member, figure in zip(total.members, told, strict=True):
        # Of two that are about as large, the smaller in 元 would only be as good as left out.
        too_large = figure.value > told[0].value
        for scale in (
            (_TEN_THOUSAND, 1 / _TEN_THOUSAND) if too_large or member == total.whole else (_TEN_THOUSAND,)
        ):
            low, high = figure.bounds.low * scale, figure.value * scale
            changed = list(bounds)
            changed[member] = Bounds(low, high, figure.bounds.step * scale)
            whole, *parts = (changed[each].low for each in total.members)
            if abs(whole - sum(parts, Decimal(0))) * _HUNDRED <= whole:
                right = "万元" if scale > 1 else "元"
                return f"请核实单位：“{figure.name}”的{figure.written}疑应以{right}为单位。"
    return ""


def _total(ledger: Ledger, listing: Listing, wholes: tuple[int, ...], parts: tuple[int, ...]) -> Total:
    """Return the sum with the whole that the parts, or the first of them, add up to; else as it is meant."""
    bounds = ledger.bounds
    # 受理79件，审结73件，其中维持37件、…: of those that were closed, unless one was not taken in or is open.
    wholes = wholes[:1] if listing.closed or _is_of_no_others(listing) else wholes
    # A list may run on into what is none of its parts, unless its items are called alike.
    ended = REST.search(listing.parts[-1].gap) is not None
    # What one stop joins, a comma would end: 场所六件、出版物三件、旅行社三件，罚没款….
    joined = len(parts) > _TWO and all(part.gap.startswith("、") for part in listing.parts[1:])
    whole_run = ended or joined or uniform([part.called for part in listing.parts])
    shortest = len(parts) - 1 if whole_run else 1
    for count in range(len(parts), shortest, -1):
        for whole in wholes:
            option = Total(whole, parts[:count])
            if option.verdict(bounds) is Verdict.HOLDS:
                return option
    if listing.claim is not Claim.ALL:
        loose = [Total(whole, parts, complete=False) for whole in wholes]
        # 其中 after an outcome, or in a sentence of its own, may break down what stands before; and what is
        # smaller than one of the parts is hardly their whole: 立案427件，移送7件；其中食品类203件.
        smaller = bounds[wholes[0]].low < max(bounds[part].low for part in parts)
        done = listing.wholes[0].name
        open_to_all = listing.apart or smaller or OUTCOME.search(done) is not None
        sure = listing.closed or _is_of_the_closed(listing)
        return first_unbroken(ledger, loose) if open_to_all and not sure else loose[0]
    options = [Total(whole, parts) for whole in wholes]
    summed = sum((bounds[part].low for part in parts), Decimal(0))
    return min(options, key=lambda option: abs(bounds[option.whole].low - summed))


def _enter_near_miss(ledger: Ledger, listing: Listing, total: Total, exact: ExactRuns) -> None:
    """Enter a list that is not said to be complete, but is so but for one digit, and leaves nothing out.

    In 250 clean reports two in three such lists are complete; of those that come within three tenths of it
    and are not, nearly each says that there is more (其余, 另有, 等).
    """
    unhedged = all(each.quantity.low == each.quantity.high for each in (*listing.wholes, *listing.parts))
    if listing.apart or not unhedged or (exact.explain(listing.parts) and not listing.closed):
        return
    whole = ledger.figures[total.whole].value
    for count in range(min(len(listing.beyond), _MOST_BEYOND) + 1):
        parts = (*listing.parts, *listing.beyond[:count])
        more = listing.beyond[count : count + 1]
        if more and _goes_on(more[0]):
            continue
        if _is_near(whole, parts, listing) and not _is_told_on(ledger.reading.shadow.text, parts):
            ledger.checks.append(Check(NEAR_SUM, Total(total.whole, tuple(map(ledger.spot, parts)))))
            return


def _goes_on(spot: Spot) -> bool:
    """Whether a figure is one more part of the list before it: 、继续有效106件; 另有43件."""
    return spot.gap.startswith("、") or _MORE.search(spot.gap) is not None


def _is_near(whole: Decimal, parts: Sequence[Spot], listing: Listing) -> bool:
    """Whether figures, each parted from the one before by a stop, make their whole but for one digit.

    Who tells so many as make about the whole means to tell all.
    """
    told = [part.quantity.value for part in parts]
    close = abs(whole - sum(told, Decimal(0))) <= _FURTHEST * whole
    parted = all(_PARTED.search(part.gap) for part in parts[1:])
    if len(parts) == len(listing.parts) and (
        (len(parts) >= _MANY and close) or _are_nearly(whole, parts, told)
    ):
        return parted
    # 常务会议21次，其中专题研究4次、会前学法11次: two need not be all of a few.
    named = [part.called for part in parts]
    two = complementary(named) or parallel(named)
    # 263条，其中惠民类88条、扶贫类105条: of two that leave room for a third a digit proves nothing.
    full = complementary(named) or sum(told, Decimal(0)) >= whole * (1 - _NEAREST)
    near = len(parts) > 2 or (close and full) or (two and is_swap(whole, told))
    return near and parted and is_slip(whole, told, complete=True)


def _are_nearly(whole: Decimal, parts: Sequence[Spot], told: Sequence[Decimal]) -> bool:
    """Whether four kinds, or three that are called alike (许可类、处罚类), make nearly their whole."""
    alike = len(parts) == _FEWEST_NEARLY and parallel([part.called for part in parts])
    return (alike or len(parts) > _FEWEST_NEARLY) and abs(whole - sum(told, Decimal(0))) <= _NEAREST * whole


def _is_told_on(text: str, parts: Sequence[Spot]) -> bool:
    """Whether what follows figures says that there is more, or that one case counts under several."""
    end = parts[-1].quantity.end
    stop = _ENDED.search(text, end)
    close = stop.start() if stop else len(text)
    more = _MORE.search(text, end, close) or OVERLAP.search(text, parts[0].left, close)
    return more is not None
