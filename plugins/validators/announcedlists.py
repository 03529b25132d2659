"""Lists that a sentence of their own announces, with remarks between their items, against the whole before.

As 共调解纠纷87件。从类型看，邻里之间的31件，多因滴水引起；山林方面的26件，集中在边界；…；其他纠纷仅有12件.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

import regex

from nianbao.grammar.units import COUNTS
from plugins.validators.checks import Check, Ledger
from plugins.validators.listwords import OVERLAP, REST, tells_change
from plugins.validators.relations import Total
from plugins.validators.sentences import Sentence, Spot, alike
from plugins.validators.sums import SUM

_ANNOUNCED = regex.compile(
    r"^(?:从|按照?|依照?)[^，,。;；:：\d]{1,12}?(?:来看|上看|看|划分|区分|分|统计|分析)[，,:：]"
    r"|^(?:这些|上述|以上)[^，,。;；:：\d]{0,10}[中里][，,:：]"
)
_FEWEST = 3


def check_announced_lists(ledger: Ledger, sentences: Sequence[Sentence]) -> None:
    """Enter every announced list that ends in what else there was, with the whole of the sentence before.

    Args:
        ledger: where checks are entered.
        sentences: the report's sentences.
    """
    text = ledger.reading.shadow.text
    for before, sentence in pairwise(sentences):
        if before.end != sentence.start or len(sentence.spots) < _FEWEST or "\n" in before.text:
            continue
        if _ANNOUNCED.match(sentence.text) is None or OVERLAP.search(sentence.text):
            continue
        items = _items(sentence)
        most = max((item.quantity.value for item in items), default=Decimal(0))
        wholes = [
            spot
            for spot in before.spots
            if items and alike(spot.quantity, items[0].quantity) and spot.quantity.value >= most
        ]
        if len(wholes) != 1 or not items or text[before.start : before.end].count("其中"):
            continue
        total = Total(ledger.spot(wholes[0]), tuple(ledger.spot(item) for item in items))
        if all(set(total.members) != set(check.relation.members) for check in ledger.checks):
            ledger.checks.append(Check(SUM, total))


def _items(sentence: Sentence) -> list[Spot]:
    """Return the first figure of each item, the last of them the rest; none where it is no such list."""
    items: list[Spot] = []
    gap = ""
    for spot in sentence.spots:
        gap += spot.gap
        if items and not alike(spot.quantity, items[0].quantity):
            continue  # 除这三类之外: what is counted otherwise is no item
        if items and ";" not in gap:
            return []
        items.append(spot)
        gap = ""
    plain = all(
        item.quantity.kind in COUNTS
        and item.quantity.low == item.quantity.high
        and alike(item.quantity, items[0].quantity)
        and not tells_change(item.gap)
        and item.quantity.value > Decimal(0)
        for item in items
    )
    return items if len(items) >= _FEWEST and plain and REST.search(items[-1].gap) else []
