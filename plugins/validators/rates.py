"""Rates of the catalogue's cards against the counts told in the same sentence."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import product

from nianbao import Context, Finding, Observation, Quote, Report, Severity
from nianbao.grammar.reading import Reading
from plugins.validators.rounding import HUNDRED, Told, rate_holds

_BASIS = "比率应等于分子除以分母（四舍五入或截尾均可）"


def check_rates(report: Report, context: Context) -> Iterator[Finding]:
    """Check every rate whose numerator and denominator stand before it in its sentence.

    A rate holds when it fits any of its card's denominators; carried-over cases make it untestable.
    """
    reading = context.reading
    if reading is None:
        return
    for rate in report.observations:
        card = context.catalogue.indicators[rate.indicator]
        if len(card.ratio_of) < 2:
            continue
        near = [o for o in report.observations if _stands_before(reading, o, rate)]
        numerators = [o for o in near if o.indicator == card.ratio_of[0]]
        denominators = [o for o in near if o.indicator in card.ratio_of[1:]]
        if len(numerators) != 1:
            continue
        pairs = [pair for pair in product(numerators, denominators) if pair[1].value >= pair[0].value > 0]
        if pairs and not any(rate_holds(_told(rate), _told(one), _told(other)) for one, other in pairs):
            yield _finding(rate, *pairs[-1])


def _stands_before(reading: Reading, observation: Observation, rate: Observation) -> bool:
    locate = reading.shadow.locate
    return observation.figure_end <= rate.figure_start and reading.sentence(
        locate(observation.figure_start)
    ) == reading.sentence(locate(rate.figure_start))


def _told(observation: Observation) -> Told:
    return Told(observation.value, observation.low, observation.high)


def _finding(rate: Observation, numerator: Observation, denominator: Observation) -> Finding:
    exact = (numerator.value / denominator.value * HUNDRED).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return Finding(
        kind="ratio",
        rule="arithmetic.rate",
        severity=Severity.ERROR,
        message=f"比率写为{rate.value}%，但按{numerator.value}÷{denominator.value}计算应为{exact}%。",
        quotes=tuple(Quote(o.start, o.end, o.quote) for o in (rate, numerator, denominator)),
        suggestion=f"请核实：比率应为{exact}%，或者相应的件数有误。",
        indicators=(rate.indicator, numerator.indicator, denominator.indicator),
        basis=_BASIS,
    )
