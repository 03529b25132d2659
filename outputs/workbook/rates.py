"""Rates of several reports together: reckoned from what is counted, never from the rates that they tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from nianbao import IndicatorInfo
from nianbao.catalogue import load_catalogue
from outputs.workbook.lines import Line

HUNDRED: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate of several reports together: the formula that reckons it, and what it comes to, in per cent."""

    formula: str
    value: Decimal


def overall_rates(
    indicators: Sequence[IndicatorInfo], lines: Sequence[Line], areas: Mapping[str, str]
) -> dict[str, Rate]:
    """Return the rates of reports together, where some tell both numerator and denominator.

    Of several denominators that the catalogue knows, the one counts that the most reports tell beside the
    numerator. Reports that tell one of the two alone stay out of both sums.

    Args:
        indicators: those of the sheet.
        lines: the reports.
        areas: the cells of each indicator's figures, in the order of the reports.
    """
    cards = load_catalogue().indicators
    rates = {}
    for info in indicators:
        card = cards.get(info.id)
        if info.dimension != "rate" or card is None or not card.ratio_of:
            continue
        numerator, *denominators = card.ratio_of
        told = [
            (_pairs(lines, numerator, each), each)
            for each in denominators
            if {numerator, each} <= areas.keys()
        ]
        pairs, denominator = max(told, key=lambda each: len(each[0]), default=([], ""))
        whole = sum((pair[1] for pair in pairs), Decimal(0))
        if whole:
            part = sum((pair[0] for pair in pairs), Decimal(0))
            formula = _formula(areas[numerator], areas[denominator])
            rates[info.id] = Rate(formula, HUNDRED * part / whole)
    return rates


def _pairs(lines: Sequence[Line], numerator: str, denominator: str) -> list[tuple[Decimal, Decimal]]:
    found = []
    for line in lines:
        part, whole = line.report.figure(numerator), line.report.figure(denominator)
        if part and whole and part.value is not None and whole.value is not None:
            found.append((part.value, whole.value))
    return found


def _formula(part: str, whole: str) -> str:
    both = f"ISNUMBER({part})*ISNUMBER({whole})"
    return f'=IFERROR(100*SUMPRODUCT({both},{part})/SUMPRODUCT({both},{whole}),"")'
