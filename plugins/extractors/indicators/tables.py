"""Figures told in tables: the header or the label names the indicator, the row is the evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

import regex

from nianbao.grammar.quantity import Quantity
from nianbao.grammar.reading import Reading, read_text
from nianbao.grammar.tables import Table, TableFigure
from nianbao.grammar.units import Units
from nianbao.model import Observation, Role
from plugins.extractors.indicators.claims import Claim
from plugins.extractors.indicators.roles import Statement

_YEAR = regex.compile(r"(20\d\d)年?|(上年|去年)|(今年|本年|本期)")
_CONFIDENCE = Decimal("0.85")
_DEFAULT_UNITS = ("件", "次", "项", "份", "人", "个", "%", "元", "场")

Finder = Callable[[Reading], Claim | None]


@dataclass(frozen=True, slots=True)
class Tabled:
    """An observation from a table, and what the choice of roles needs to know of it."""

    observation: Observation
    statement: Statement


def from_tables(
    reading: Reading, units: Units, year: int | None, find: Finder, extractor: str
) -> Iterator[Tabled]:
    """Yield the observations that a document's tables tell.

    Args:
        reading: the reading, with its tables.
        units: the units in force.
        year: the year reported on; a column of another year is passed over.
        find: the best claim on the only figure of a short reading.
        extractor: the name to sign with.
    """
    for table in reading.tables:
        yield from _from_table(reading, table, units, year, find, extractor)


def _from_table(
    reading: Reading, table: Table, units: Units, year: int | None, find: Finder, extractor: str
) -> Iterator[Tabled]:
    for figure in table.figures():
        if _of_another_year(figure.header, year) or _of_another_year(figure.label, year):
            continue
        by_header = _named(figure.header, figure, units, find)
        found = by_header or _named(figure.label, figure, units, find)
        if found is None:
            continue
        claim, quantity = found
        quote = reading.text[figure.row_start : figure.cell.end]
        # Under a header that names the indicator, each row is a part, but for the sum.
        part = by_header is not None and not figure.total
        yield Tabled(
            Observation(
                indicator=claim.card.id,
                value=quantity.value,
                unit=quantity.unit,
                qualifier=quantity.qualifier,
                role=Role.PART,
                start=figure.row_start,
                end=figure.cell.end,
                quote=quote,
                low=quantity.low,
                high=quantity.high,
                figure_start=figure.cell.start,
                figure_end=figure.cell.end,
                confidence=_CONFIDENCE,
                extractor=extractor,
                reason=f"表格{'表头' if by_header else '行名'}“{figure.header if by_header else figure.label}”",
            ),
            Statement(quantity.value, part, 0, False, "合计" if figure.total else "", False),
        )


def _named(
    name: str, figure: TableFigure, units: Units, find: Finder
) -> tuple[Claim, Quantity] | None:
    """Read the name with the number as the phrase that a text would have: 罚没金额96.3万元."""
    for unit in [figure.unit] if figure.unit else _DEFAULT_UNITS:
        phrase = read_text(f"{name}{figure.number}{unit}", units)
        if len(phrase.quantities) == 1 and name:
            claim = find(phrase)
            if claim is not None:
                return claim, phrase.quantities[0]
    return None


def _of_another_year(name: str, year: int | None) -> bool:
    told = _YEAR.search(name)
    if told is None or told.group(3):
        return False
    return told.group(2) is not None or (year is not None and int(told.group(1)) != year)
