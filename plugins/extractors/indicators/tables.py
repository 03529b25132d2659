"""Figures told in tables: the header or the label names the indicator, the row is the evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import regex

from nianbao.grammar.quantity import Quantity
from nianbao.grammar.reading import Reading, read_text
from nianbao.grammar.tables import TableFigure
from nianbao.grammar.units import Units
from nianbao.model import Observation, Role
from plugins.extractors.indicators.claim import Claim
from plugins.extractors.indicators.evidence import HEADER, LABEL, Evidence
from plugins.extractors.indicators.roles import Statement
from plugins.extractors.indicators.telling import OPEN
from plugins.extractors.indicators.told import Told
from plugins.extractors.indicators.trace import CellChoice, Trace

_YEAR = regex.compile(r"(20\d\d)年?|(上年|去年)|(今年|本年|本期)")
_DEFAULT_UNITS = ("件", "次", "项", "份", "人", "个", "%", "元", "场")

Finder = Callable[[Reading], Claim | None]


@dataclass(frozen=True, slots=True)
class TableReader:
    """Reads a document's tables.

    Args:
        units: the units in force.
        year: the year reported on; a column of another year is passed over.
        find: the best claim on the only figure of a short reading.
        extractor: the name to sign with.
        trace: told of every figure that a name claims, where somebody asks for the reasons.
    """

    units: Units
    year: int | None
    find: Finder
    extractor: str
    trace: Trace | None = None

    def read(self, reading: Reading) -> Iterator[Told]:
        """Yield the observations that a reading's tables tell."""
        for table in reading.tables:
            for figure in table.figures():
                tabled = self._from_figure(reading, figure)
                if tabled is not None:
                    yield tabled

    def _from_figure(self, reading: Reading, figure: TableFigure) -> Told | None:
        taken = not any(_of_another_year(name, self.year) for name in (figure.header, figure.label))
        if not taken and self.trace is None:
            return None
        by_header = self._named(figure.header, figure)
        found = by_header or self._named(figure.label, figure)
        if found is None:
            return None
        if self.trace is not None:
            choice = CellChoice(figure, found[0].card, found[1].value, by_header is not None, taken)
            self.trace.cells.append(choice)
            if not taken:
                return None
        claim, quantity = found
        name = f"表头“{figure.header}”" if by_header else f"行名“{figure.label}”"
        observation = Observation(
            indicator=claim.card.id,
            value=quantity.value,
            unit=quantity.unit,
            qualifier=quantity.qualifier,
            role=Role.PART,
            start=figure.row_start,
            end=figure.cell.end,
            quote=reading.text[figure.row_start : figure.cell.end],
            low=quantity.low,
            high=quantity.high,
            figure_start=figure.cell.start,
            figure_end=figure.cell.end,
            confidence=OPEN,
            extractor=self.extractor,
            reason=f"表格{name}",
        )
        # Under a header that names the indicator each row is a part, but for the sum.
        part = by_header is not None and not figure.total
        told = "合计" if figure.total else ""
        bounds = quantity.low, quantity.high
        statement = Statement(quantity.value, part, 0, False, told, "", False, *bounds)
        return Told(observation, statement, Evidence(HEADER if by_header else LABEL))

    def _named(self, name: str, figure: TableFigure) -> tuple[Claim, Quantity] | None:
        """Read the name with the number as the phrase that a text would have: 罚没金额96.3万元."""
        for unit in [figure.unit] if figure.unit else _DEFAULT_UNITS:
            phrase = read_text(f"{name}{figure.number}{unit}", self.units)
            claim = self.find(phrase) if name and len(phrase.quantities) == 1 else None
            if claim is not None:
                return claim, phrase.quantities[0]
        return None


def _of_another_year(name: str, year: int | None) -> bool:
    told = _YEAR.search(name)
    if told is None or told.group(3):
        return False
    return told.group(2) is not None or (year is not None and int(told.group(1)) != year)
