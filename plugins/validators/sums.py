"""Lists of parts against their whole, and the shares told of them."""

from __future__ import annotations

from decimal import Decimal

from nianbao import Severity
from plugins.validators.checks import Check, Ledger, Rule
from plugins.validators.listwords import REST
from plugins.validators.lists import Claim, Listing, listings
from plugins.validators.relations import AtMost, Bounds, Share, Total, Verdict
from plugins.validators.repair import OTHERWISE, smallest_repairs
from plugins.validators.sentences import Sentence, Spot

SUM = Rule("arithmetic.sum", "sum", Severity.ERROR, "所列各分项之和应等于合计，未列全的不应超过合计")
NEAR_SUM = Rule("arithmetic.near-sum", "sum", Severity.WARNING, "所列各分项之和与合计只差一个数位，疑为笔误")
PART = Rule("arithmetic.part", "order", Severity.ERROR, "部分不应大于整体")
SHARE = Rule("arithmetic.share", "ratio", Severity.ERROR, "占比应等于分项除以合计（四舍五入或截尾均可）")
_TEN = Decimal(10)
# Fewer parts than these may be picked at will.
_FEWEST_UNSAID = 3


def check_sums(ledger: Ledger, sentences: tuple[Sentence, ...]) -> None:
    """Enter every list that the text tells."""
    for listing in listings(sentences):
        _enter(ledger, listing)


def _enter(ledger: Ledger, listing: Listing) -> None:
    parts = tuple(ledger.spot(part) for part in listing.parts)
    whole = _whole(ledger, listing, parts)
    bounds = ledger.bounds
    single = [AtMost(part, whole) for part in parts]
    total = Total(whole, parts, complete=listing.claim is Claim.ALL)
    summed = listing.additive and len(parts) > 1
    if summed:
        doubt = "" if listing.claim is not Claim.ALL or _is_settled(ledger, listing, total) else "ambiguous"
        ledger.checks.append(Check(SUM, total, doubt))
        if listing.claim is Claim.UNSAID and total.verdict(bounds) is not Verdict.FAILS:
            _enter_near_miss(ledger, Total(whole, parts))
    else:
        ledger.checks += [Check(PART, relation) for relation in single]
    for part, share in zip(parts, listing.shares, strict=True):
        if share is not None:
            ledger.checks.append(Check(SHARE, Share(ledger.spot(share), part, whole, strict=False)))


def _whole(ledger: Ledger, listing: Listing, parts: tuple[int, ...]) -> int:
    """Return the whole: the nearest before the list, or an earlier one that the parts add up to."""
    wholes = [ledger.spot(whole) for whole in listing.wholes]
    if len(parts) > 1 and listing.additive:
        for whole in wholes:
            if Total(whole, parts).verdict(ledger.bounds) is Verdict.HOLDS:
                return whole
    return wholes[0]


def _is_settled(ledger: Ledger, listing: Listing, total: Total) -> bool:
    return True


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
    while all(figure.low % (granule * _TEN) == 0 for figure in figures):
        granule *= _TEN
    return granule
