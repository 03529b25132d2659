"""Every numeral that is no observation, with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

import regex

from nianbao.grammar.clauses import Clause
from nianbao.grammar.quantity import Other
from nianbao.grammar.reading import Reading
from nianbao.grammar.units import UnitClass
from nianbao.model import Numeral, NumeralReason

_LABEL_BEFORE = regex.compile(r"(?:^|[\n\t。;；:：,，、)])[(]?$")
_LABEL_AFTER = regex.compile(r"[.、)](?!\d)")
_QUOTED = regex.compile(r"“[^”\n]{0,12}$")
# 四个意识, 两个维护, 三项制度: a slogan's count, written in Han, with no thing that a report could count.
_SLOGAN_TAIL = regex.compile(
    r"^(?:意识|自信|维护|确立|制度|必须|坚持|清单|结合|全面|不|统一|务必|文明|体系|机制|方面|层面"
    r"|维度|环节|关口|阶段|重点|抓手|到位|化|责|同步|平台|机关)"
)


def account(
    reading: Reading,
    found: Sequence[Clause],
    reasons: Mapping[int, NumeralReason],
    claimed: AbstractSet[int],
) -> Iterator[Numeral]:
    """Yield the numerals of a reading that no claim took, each with its reason.

    Args:
        reading: the reading.
        found: the clause of every quantity.
        reasons: why quantities were refused, by their numbers.
        claimed: the numbers of those that became observations.
    """
    for clause in found:
        if clause.index not in claimed:
            reason = reasons.get(clause.index) or _by_form(reading, clause)
            if reason is not None:
                start, end, quote = reading.quote(clause.quantity.start, clause.quantity.end)
                yield Numeral(start, end, quote, reason)
    for other in reading.others:
        start, end, quote = reading.quote(other.start, other.end)
        yield Numeral(start, end, quote, _other_reason(reading.shadow.text, other))


def _by_form(reading: Reading, clause: Clause) -> NumeralReason | None:
    """Return the reason of an unclaimed quantity; None where it is a Han numeral inside a word."""
    quantity = clause.quantity
    text = reading.shadow.text
    if quantity.kind is UnitClass.MONEY:
        return NumeralReason.MONEY
    quoted = _QUOTED.search(text[max(0, quantity.start - 14) : quantity.start]) is not None
    if quantity.han and (quoted or _SLOGAN_TAIL.match(text[quantity.end : quantity.end + 4])):
        return None if not quoted else NumeralReason.SLOGAN
    if quantity.han and quantity.value < 10 and quantity.kind is UnitClass.ITEM:
        return None
    return NumeralReason.SLOGAN if quoted and quantity.end - quantity.start < 4 else NumeralReason.UNCLAIMED


def _other_reason(text: str, other: Other) -> NumeralReason:
    if other.reason is not NumeralReason.UNCLAIMED:
        return other.reason
    before, after = text[max(0, other.start - 3) : other.start], text[other.end : other.end + 2]
    if _LABEL_BEFORE.search(before) and _LABEL_AFTER.match(after):
        return NumeralReason.ORDINAL
    if _QUOTED.search(text[max(0, other.start - 14) : other.start]):
        return NumeralReason.SLOGAN
    return NumeralReason.UNCLAIMED
