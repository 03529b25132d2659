"""Lists of parts against their whole, and the shares told of them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TypeVar

from nianbao import Severity
from plugins.validators.checks import Check, Ledger, Rule
from plugins.validators.lists import Claim, Listing
from plugins.validators.listwords import OUTCOME
from plugins.validators.relations import AtMost, Bounds, Total, Verdict
from plugins.validators.repair import OTHERWISE, smallest_repairs
from plugins.validators.shares import NotCut, Share

SUM = Rule("arithmetic.sum", "sum", Severity.ERROR, "所列各分项之和应等于合计，未列全的不应超过合计")
NEAR_SUM = Rule("arithmetic.near-sum", "sum", Severity.WARNING, "所列各分项之和与合计只差一个数位，疑为笔误")
PART = Rule("arithmetic.part", "order", Severity.ERROR, "部分不应大于整体")
SHARE = Rule("arithmetic.share", "ratio", Severity.ERROR, "占比应等于分项除以合计（四舍五入或截尾均可）")
CUT = Rule("arithmetic.share-cut", "ratio", Severity.NOTE, "占比一般四舍五入，截尾得到的偏低")
_Option = TypeVar("_Option", Total, AtMost, Share)
_TEN = Decimal(10)
# Fewer parts than these may be picked at will.
_FEWEST_UNSAID = 3


def check_sums(ledger: Ledger, listings: Iterable[Listing]) -> None:
    """Enter every list that the text tells."""
    for listing in listings:
        _enter(ledger, listing)


def _enter(ledger: Ledger, listing: Listing) -> None:
    parts = tuple(ledger.spot(part) for part in listing.parts)
    wholes = tuple(ledger.spot(whole) for whole in listing.wholes)
    if listing.additive and len(parts) > 1:
        total = _total(ledger, listing, wholes, parts)
        whole = total.whole
        ledger.checks.append(Check(SUM, total))
        if listing.claim is Claim.UNSAID and total.verdict(ledger.bounds) is not Verdict.FAILS:
            _enter_near_miss(ledger, Total(whole, parts))
    else:
        whole = wholes[0]
        for part in parts:
            relation = _fitting(ledger, listing, [AtMost(part, each) for each in wholes])
            ledger.checks.append(Check(PART, relation))
    for part, share in zip(parts, listing.shares, strict=True):
        if share is not None:
            told = ledger.spot(share, name=f"{ledger.figures[part].name}占比")
            options = [Share(told, part, each, strict=False) for each in dict.fromkeys((whole, *wholes))]
            fitting = _first_unbroken(ledger, options)
            ledger.checks.append(Check(SHARE, fitting))
            if fitting.is_cut_off(ledger.bounds):
                note = f"如按四舍五入，应写为{fitting.rounded(ledger.bounds):f}%。"
                cut = NotCut(fitting.rate, fitting.part, fitting.whole)
                ledger.checks.append(Check(CUT, cut, note=note))


def _total(ledger: Ledger, listing: Listing, wholes: tuple[int, ...], parts: tuple[int, ...]) -> Total:
    """Return the sum with the whole that the parts add up to, else with the one that is meant."""
    options = [Total(whole, parts) for whole in wholes]
    bounds = ledger.bounds
    for option in options:
        if option.verdict(bounds) is Verdict.HOLDS:
            return option
    if listing.claim is not Claim.ALL:
        loose = [Total(whole, parts, complete=False) for whole in wholes]
        return _fitting(ledger, listing, loose)
    summed = sum((bounds[part].low for part in parts), Decimal(0))
    return min(options, key=lambda option: abs(bounds[option.whole].low - summed))


def _fitting(ledger: Ledger, listing: Listing, options: list[_Option]) -> _Option:
    """Return the first option; where its whole is only an outcome of an earlier one, the one that fits."""
    if OUTCOME.search(listing.wholes[0].name) is None:
        return options[0]
    return _first_unbroken(ledger, options)


def _first_unbroken(ledger: Ledger, options: list[_Option]) -> _Option:
    bounds = ledger.bounds
    return next((each for each in options if each.verdict(bounds) is not Verdict.FAILS), options[0])


def _enter_near_miss(ledger: Ledger, total: Total) -> None:
    """Enter a list that is not said to be complete, but lacks just one digit of being so.

    The rest is then one digit in a higher place than the figures are rounded to; by chance that is rare.
    """
    bounds = ledger.bounds
    figures = [bounds[member] for member in total.members]
    if len(total.parts) < _FEWEST_UNSAID or not all(figure.exact for figure in figures):
        return
    rest = figures[0].low - sum((figure.low for figure in figures[1:]), Decimal(0))
    if rest < _TEN * _granule(figures):
        return
    repairs = smallest_repairs(bounds, [total])
    if repairs and all(change.slip < OTHERWISE for change in repairs[0].changes):
        ledger.checks.append(Check(NEAR_SUM, total))


def _granule(figures: list[Bounds]) -> Decimal:
    """Return the power of ten to which all figures are round."""
    granule = Decimal(1)
    largest = max(figure.low for figure in figures)
    while granule < largest and all(figure.low % (granule * _TEN) == 0 for figure in figures):
        granule *= _TEN
    return granule
