"""What figures of several reports add up to, and how firmly the sum stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from nianbao import Figure, FigureStatus, Qualifier
from outputs.workbook.layout import number_format, shown
from outputs.workbook.terms import CORRECTED_MARK, DISPUTED_MARK, REVIEW_MARK

# Rates are not added up.
SUMMED: Final = frozenset({"count", "amount", "people"})


@dataclass(slots=True)
class Tally:
    """The figures of one indicator that are added up; those without a value must stay out."""

    figures: list[Figure] = field(default_factory=list)

    @property
    def value(self) -> Decimal | None:
        """The sum; None where nobody tells the figure."""
        values = [figure.value for figure in self.figures if figure.value is not None]
        return sum(values, Decimal(0)) if values else None

    @property
    def qualifier(self) -> Qualifier:
        """How firmly the sum stands: as its parts do, or about, where they are hedged in several ways."""
        hedges = {figure.qualifier for figure in self.figures} - {Qualifier.EXACT}
        if not hedges:
            return Qualifier.EXACT
        return hedges.pop() if len(hedges) == 1 else Qualifier.ABOUT

    @property
    def mark(self) -> str:
        """The mark of a sum with a disputed part, or with one that a person should look at."""
        marks = {mark_of(figure) for figure in self.figures}
        return next((mark for mark in (DISPUTED_MARK, REVIEW_MARK) if mark in marks), "")

    @property
    def number(self) -> str:
        """The number format of the sum."""
        return number_format(self.value or Decimal(0), self.qualifier, self.mark)

    @property
    def text(self) -> str:
        """The sum as its cell shows it."""
        return "" if self.value is None else shown(self.value, self.qualifier, self.mark)


def mark_of(figure: Figure) -> str:
    """Return the mark that a figure bears in print, where colours are lost."""
    if figure.correction is not None:
        return CORRECTED_MARK
    if figure.acceptance is not None:
        return ""
    if figure.status is FigureStatus.DISPUTED:
        return DISPUTED_MARK
    return REVIEW_MARK if figure.review else ""
