"""When a list that only its form shows is entered: where it adds up, or ought to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from plugins.validators import listwords as words
from plugins.validators.checks import Check, Ledger
from plugins.validators.counterparts import CARRIED_OVER, roles, tells_carried
from plugins.validators.nearly import is_one_too_many, is_slip
from plugins.validators.relations import Total
from plugins.validators.sentences import Spot
from plugins.validators.sums import NEAR_SUM, SUM

_LOST = re.compile("败诉|纠错")
_BEFORE = 14
# 婚姻家庭类最多，有64件
_RANKED = re.compile("最多|居多|较多|居前|前[三五几]|首位")
_MOST_OF_IT = Decimal("0.8")
_FEWEST = 3
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class PlainList:
    """A whole and what stands after it.

    Args:
        whole, parts: the figures.
        announced: whether the text presents the parts as kinds of the whole.
        complete: whether it says that they are all of them.
        firm: whether by their names there can be no other.
        shares: those that are dealt out after the parts: 占比分别为…; none where nothing is.
    """

    whole: Spot
    parts: tuple[Spot, ...]
    announced: bool
    complete: bool
    firm: bool
    shares: tuple[Spot | None, ...] = ()


def enter_plain_list(ledger: Ledger, found: PlainList) -> bool:
    """Enter a list that adds up, or ought to; tell whether it is one."""
    whole = ledger.spot(found.whole)
    parts = tuple(ledger.spot(part) for part in found.parts)
    # 年初结存7件，今年新收98件，审结96件，年末未结9件: what is closed was not all new.
    before = ledger.reading.shadow.text[max(found.whole.left - _BEFORE, 0) : found.whole.left]
    over = "新" in found.whole.name and tells_carried(before)
    carried = over or words.CARRIED.search(found.whole.name) is not None
    doubt = CARRIED_OVER if carried else ""
    total, told = found.whole.quantity.value, [part.quantity.value for part in found.parts]
    summed = sum(told, Decimal(0))
    relation = Total(whole, parts)
    if summed == total:
        ledger.checks.append(Check(SUM, relation, doubt))
    elif found.complete or (found.announced and summed > total):
        ledger.checks.append(Check(SUM, Total(whole, parts, complete=found.complete), doubt))
    elif (
        is_slip(total, told) or _has_one_too_many(found) or _tells_nearly_all(found, summed)
    ) and not _makes_without_lost(found):
        ledger.checks.append(Check(NEAR_SUM, relation, doubt))
    elif found.firm:
        ledger.checks.append(Check(SUM, relation, doubt))
    else:
        return found.announced
    return True


def _makes_without_lost(found: PlainList) -> bool:
    """Whether all but the cases that were lost make the whole: 14件，审结9件，败诉1件，尚未审结5件."""
    kept = [part.quantity.value for part in found.parts if not _LOST.search(part.name)]
    return len(kept) < len(found.parts) and sum(kept, _NOTHING) == found.whole.quantity.value


def _has_one_too_many(found: PlainList) -> bool:
    """Whether a kind was added to a list and not to its whole; 受理17件，决定15件 are no kinds."""
    staged = any(roles(part).of or roles(part).done for part in found.parts)
    told = [part.quantity.value for part in found.parts]
    return not staged and is_one_too_many(found.whole.quantity.value, told)


def _tells_nearly_all(found: PlainList, summed: Decimal) -> bool:
    """Whether a list by kinds (从主体看，…) misses so little that whoever made it meant all."""
    gaps = "".join(part.gap for part in found.parts)
    said = found.announced and len(found.parts) >= _FEWEST and not words.MAINLY.search(gaps)
    return said and _MOST_OF_IT * found.whole.quantity.value <= summed and not _RANKED.search(gaps)
