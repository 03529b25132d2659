"""Whether a rate as told may be what its counts give."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

HUNDRED = Decimal(100)
# Hedged counts and hedged rates leave this much room, in percentage points.
_ROOM = Decimal(1)


@dataclass(frozen=True, slots=True)
class Told:
    """A figure as told: its value and its bounds, both inclusive; None where open."""

    value: Decimal
    low: Decimal | None
    high: Decimal | None

    @property
    def exact(self) -> bool:
        """Whether it is told without a hedge."""
        return self.low is not None and self.low == self.high


def rate_holds(rate: Told, numerator: Told, denominator: Told) -> bool:
    """Whether a rate in per cent may be numerator/denominator; what can't be told holds."""
    bounds = (numerator.low, numerator.high, denominator.low, denominator.high)
    low, high, least, most = bounds
    if low is None or high is None or least is None or most is None or least == 0:
        return True
    if numerator.exact and denominator.exact:
        return rate_fits(rate, numerator.value / denominator.value * HUNDRED)
    return low / most * HUNDRED - _ROOM <= rate.value <= high / least * HUNDRED + _ROOM


def rate_fits(rate: Told, exact: Decimal) -> bool:
    """Whether a rate as told fits an exact one, by rounding or truncation at its stated precision."""
    if not rate.exact:
        above = rate.low is None or rate.low <= exact + _ROOM
        return above and (rate.high is None or exact - _ROOM <= rate.high)
    step = Decimal(1).scaleb(int(rate.value.as_tuple().exponent))
    return rate.value in {exact.quantize(step, ROUND_HALF_UP), exact.quantize(step, ROUND_DOWN)}
