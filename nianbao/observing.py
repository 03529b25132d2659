"""A figure of the text as an observation: the one place where what the grammar read becomes a record."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from nianbao.model import Observation, Role

if TYPE_CHECKING:
    from nianbao.grammar.quantity import Quantity
    from nianbao.grammar.reading import Reading


def observation_of(
    reading: Reading,
    quantity: Quantity,
    indicator: str,
    words: tuple[int, int],
    *,
    extractor: str,
    reason: str,
    confidence: Decimal,
    role: Role = Role.PART,
) -> Observation:
    """Return what a figure tells of an indicator: its value, hedge and bounds, with its evidence.

    Args:
        reading: of the document.
        quantity: one of `reading.quantities`.
        indicator: its id.
        words: where the words begin and end that tell it, in `reading.shadow.text`; the figure may stand
            beside them and is quoted too.
        extractor: who found it.
        reason: why, in Chinese.
        confidence: between 0 and 1.
        role: whether it is a total, a part or told again.
    """
    start, end, quote = reading.quote(min(words[0], quantity.start), max(words[1], quantity.end))
    figure_start, figure_end = reading.shadow.span(quantity.start, quantity.end)
    return Observation(
        indicator=indicator,
        value=quantity.value,
        unit=quantity.unit,
        qualifier=quantity.qualifier,
        role=role,
        start=start,
        end=end,
        quote=quote,
        low=quantity.low,
        high=quantity.high,
        figure_start=figure_start,
        figure_end=figure_end,
        confidence=confidence,
        extractor=extractor,
        reason=reason,
    )
