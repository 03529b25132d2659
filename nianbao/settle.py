"""Many observations become one headline figure, or a disputed one: the core's own settling."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from nianbao.hookspecs import hookimpl
from nianbao.limits import limits
from nianbao.model import Figure, FigureStatus, Observation, Qualifier, Role
from nianbao.records import Context

# What is said of any figure names none.
_COMMON = frozenset("共计各等的")


@hookimpl(trylast=True)
def nianbao_settle(candidates: Sequence[tuple[int, Observation]], context: Context) -> Figure | None:
    """Settle the headline: the total where one is told, else the sum of the parts.

    Two totals, or a total and a repeat, that can't both be true make the figure disputed.
    """
    totals = [row for row in candidates if row[1].role is Role.TOTAL]
    parts = [row for row in candidates if row[1].role is Role.PART]
    repeats = [row for row in candidates if row[1].role is Role.REPEAT]
    if totals:
        return _from_total(totals, repeats)
    if len(parts) == 1:
        return _stated(*parts[0])
    card = context.catalogue.indicators[candidates[0][1].indicator]
    if parts and card.dimension != "rate":
        summands = [row for row in parts if not _is_nested(row[1], parts)]
        return _sum_of(
            [row for number, row in enumerate(summands) if not _is_again(row[1], summands[:number])]
        )
    return _stated(*candidates[0])


def _is_nested(part: Observation, parts: Sequence[tuple[int, Observation]]) -> bool:
    """Whether a part is a part of another one, whose telling its own evidence begins with."""
    return any(
        part.start == other.start and other.figure_end <= part.figure_start and other.end < part.end
        for _, other in parts
    )


def _is_again(part: Observation, before: Sequence[tuple[int, Observation]]) -> bool:
    """Whether a part was told before: the same value in the same words, or some more of them."""
    name = _name(part)
    return any(
        other.value == part.value
        and other.figure_end <= part.start
        and (_name(other) in name or name in _name(other))
        for _, other in before
    )


def _name(observation: Observation) -> str:
    """Return what a figure is called: its evidence without digits, marks and blanks."""
    return "".join(c for c in observation.quote if c.isalpha() and c not in _COMMON)


def _from_total(totals: list[tuple[int, Observation]], repeats: list[tuple[int, Observation]]) -> Figure:
    index, head = totals[0]
    rivals = [row for row in [*totals[1:], *repeats] if not _compatible(head, row[1])]
    figure = _stated(index, head)
    if not rivals:
        return figure
    told = "、".join(dict.fromkeys(f"{row[1].value}" for row in rivals))
    return Figure(
        figure.indicator,
        figure.value,
        FigureStatus.DISPUTED,
        derived=False,
        sources=(index, *(row[0] for row in rivals)),
        qualifier=figure.qualifier,
        low=figure.low,
        high=figure.high,
        review=f"文中另有不同说法：{told}",
    )


def _compatible(one: Observation, other: Observation) -> bool:
    """Whether two tellings can both be true: their bounds overlap."""
    low = max((bound for bound in (one.low, other.low) if bound is not None), default=None)
    high = min((bound for bound in (one.high, other.high) if bound is not None), default=None)
    return low is None or high is None or low <= high


def _stated(index: int, observation: Observation) -> Figure:
    status = FigureStatus.ZERO if observation.value == 0 else FigureStatus.STATED
    doubtful = observation.confidence * 100 < limits().review_percent
    review = f"读取把握不大（约{observation.confidence:.0%}），请核对原文" if doubtful else ""
    return Figure(
        observation.indicator,
        observation.value,
        status,
        derived=False,
        sources=(index,),
        qualifier=observation.qualifier,
        low=observation.low,
        high=observation.high,
        review=review,
    )


def _sum_of(parts: list[tuple[int, Observation]]) -> Figure:
    observations = [row[1] for row in parts]
    value = sum((o.value for o in observations), Decimal(0))
    lows, highs = [o.low for o in observations], [o.high for o in observations]
    hedged = {o.qualifier for o in observations} - {Qualifier.EXACT}
    return Figure(
        observations[0].indicator,
        value,
        FigureStatus.ZERO if value == 0 else FigureStatus.STATED,
        derived=True,
        sources=tuple(row[0] for row in parts),
        qualifier=hedged.pop() if len(hedged) == 1 else (Qualifier.ABOUT if hedged else Qualifier.EXACT),
        low=_total(lows),
        high=_total(highs),
        review="由各分项相加得出，请核对",
    )


def _total(bounds: Sequence[Decimal | None]) -> Decimal | None:
    known = [bound for bound in bounds if bound is not None]
    return sum(known, Decimal(0)) if len(known) == len(bounds) else None
