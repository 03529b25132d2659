"""The grammar's one pass over a document: its shadow, its numerals, its sentences."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from nianbao.grammar.quantity import Other, Quantity, find_numerals
from nianbao.grammar.ranges import join_ranges
from nianbao.grammar.tables import Table, find_tables
from nianbao.grammar.text import Shadow, shadow
from nianbao.grammar.units import Units
from nianbao.model import Block

_SENTENCE_END = regex.compile(r"[。!?\n]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the grammar found in a text; offsets count in the shadow unless they are called canonical.

    Args:
        text: the canonical text.
        shadow: its folded copy.
        quantities: its figures with units, in order.
        others: its other numerals, in order.
        ends: where its sentences end (past the stop), in order.
        tables: the document's tables; their offsets are canonical.
    """

    text: str = field(repr=False)
    shadow: Shadow = field(repr=False)
    quantities: tuple[Quantity, ...]
    others: tuple[Other, ...]
    ends: tuple[int, ...] = field(repr=False)
    tables: tuple[Table, ...] = field(default=(), repr=False)

    def sentence(self, offset: int) -> tuple[int, int]:
        """Return the span of the sentence that holds an offset."""
        index = bisect_right(self.ends, offset)
        start = self.ends[index - 1] if index else 0
        end = self.ends[index] if index < len(self.ends) else len(self.shadow.text)
        return start, end

    def quote(self, start: int, end: int) -> tuple[int, int, str]:
        """Return the canonical span of a span of the shadow, and what stands there."""
        first, last = self.shadow.span(start, end)
        return first, last, self.text[first:last]


def read_text(text: str, units: Units, blocks: Sequence[Block] = ()) -> Reading:
    """Read a canonical text once.

    Args:
        text: the canonical text.
        units: the units in force.
        blocks: the document's blocks, for its tables.
    """
    folded = shadow(text)
    numerals = tuple(join_ranges(folded.text, find_numerals(folded.text, units)))
    return Reading(
        text=text,
        shadow=folded,
        quantities=tuple(numeral for numeral in numerals if isinstance(numeral, Quantity)),
        others=tuple(numeral for numeral in numerals if isinstance(numeral, Other)),
        ends=tuple(match.end() for match in _SENTENCE_END.finditer(folded.text)),
        tables=find_tables(text, blocks),
    )
