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
from plugins.extractors.indicators.reasons import Refusal

_LABEL_BEFORE = regex.compile(r"(?:^|[\n\t。;；:：,，、)])[(]?$")
_LABEL_AFTER = regex.compile(r"[.、)](?!\d)")
_QUOTED = regex.compile(r"“[^”\n]{0,12}$")


def account(
    reading: Reading,
    found: Sequence[Clause],
    refusals: Mapping[int, Refusal],
    claimed: AbstractSet[int],
) -> Iterator[Numeral]:
    """Yield the numerals of a reading that no claim took, each with its reason.

    Args:
        reading: the reading.
        found: the clause of every quantity.
        refusals: why quantities were refused, by their numbers.
        claimed: the numbers of those that became observations.
    """
    for clause in found:
        if clause.index not in claimed:
            refusal = refusals.get(clause.index)
            reason = refusal.reason if refusal else _by_form(reading, clause)
            start, end, quote = reading.quote(clause.quantity.start, clause.quantity.end)
            yield Numeral(start, end, quote, reason)
    for other in reading.others:
        start, end, quote = reading.quote(other.start, other.end)
        yield Numeral(start, end, quote, _other_reason(reading.shadow.text, other))


def _by_form(reading: Reading, clause: Clause) -> NumeralReason:
    """Return the reason of an unclaimed quantity, by its unit and the marks around it."""
    quantity, text = clause.quantity, reading.shadow.text
    if quantity.kind is UnitClass.MONEY:
        return NumeralReason.MONEY
    quoted = _QUOTED.search(text[max(0, quantity.start - 14) : quantity.start]) is not None
    if quoted and (quantity.han or quantity.end - quantity.start < 4):
        return NumeralReason.SLOGAN
    return NumeralReason.UNCLAIMED


def _other_reason(text: str, other: Other) -> NumeralReason:
    if other.reason is not NumeralReason.UNCLAIMED:
        return other.reason
    before, after = text[max(0, other.start - 3) : other.start], text[other.end : other.end + 2]
    if _LABEL_BEFORE.search(before) and _LABEL_AFTER.match(after):
        return NumeralReason.ORDINAL
    if _QUOTED.search(text[max(0, other.start - 14) : other.start]):
        return NumeralReason.SLOGAN
    return NumeralReason.UNCLAIMED
