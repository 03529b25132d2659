"""Many observations, one figure: the core's own settling over small tables."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from broken import context

from nianbao.model import Figure, FigureStatus, Observation, Qualifier, Role
from nianbao.settle import nianbao_settle

TOTAL, PART, REPEAT = Role.TOTAL, Role.PART, Role.REPEAT
STATED, ZERO, DISPUTED = FigureStatus.STATED, FigureStatus.ZERO, FigureStatus.DISPUTED
EXACT, MORE, ABOUT, LESS = Qualifier.EXACT, Qualifier.AT_LEAST, Qualifier.ABOUT, Qualifier.BELOW


def told(
    role: Role, value: str, bounds: str = "", confidence: str = "0.95", indicator: str = ""
) -> Observation:
    """`bounds` is `low..high`, either of which may lack; without it the value is exact."""
    low, _, high = bounds.partition("..") if bounds else (value, "", value)
    qualifier = EXACT
    if bounds:
        qualifier = MORE if low == value else (LESS if high == value else ABOUT)
    return Observation(
        indicator=indicator or "penalty_cases",
        value=Decimal(value),
        unit="件",
        qualifier=qualifier,
        role=role,
        start=0,
        end=3,
        quote="十二件",
        low=Decimal(low) if low else None,
        high=Decimal(high) if high else None,
        figure_start=0,
        figure_end=3,
        confidence=Decimal(confidence),
        extractor="test",
    )


def settled(*observations: Observation) -> Figure:
    figure = nianbao_settle(list(enumerate(observations)), context())
    assert figure is not None
    return figure


def summary(figure: Figure) -> tuple[object, ...]:
    value = None if figure.value is None else f"{figure.value:f}"
    return figure.status, value, figure.derived, figure.sources


@pytest.mark.parametrize(
    ("observations", "expected"),
    [
        # A total wins over its parts, wherever it stands.
        ([told(TOTAL, "12")], (STATED, "12", False, (0,))),
        ([told(PART, "8"), told(TOTAL, "12"), told(PART, "4")], (STATED, "12", False, (1,))),
        ([told(TOTAL, "12"), told(PART, "9"), told(PART, "9")], (STATED, "12", False, (0,))),
        # The same again, or what can be true together, disputes nothing.
        ([told(TOTAL, "12"), told(REPEAT, "12")], (STATED, "12", False, (0,))),
        ([told(TOTAL, "320", "320..329"), told(REPEAT, "325")], (STATED, "320", False, (0,))),
        ([told(TOTAL, "325"), told(REPEAT, "320", "320..329")], (STATED, "325", False, (0,))),
        ([told(TOTAL, "500", "500.."), told(REPEAT, "620")], (STATED, "500", False, (0,))),
        ([told(TOTAL, "20", "0..20"), told(REPEAT, "7")], (STATED, "20", False, (0,))),
        # What can't is a dispute, and names the rivals.
        ([told(TOTAL, "12"), told(REPEAT, "13")], (DISPUTED, "12", False, (0, 1))),
        ([told(TOTAL, "320", "320..329"), told(REPEAT, "330")], (DISPUTED, "320", False, (0, 1))),
        ([told(TOTAL, "12"), told(TOTAL, "15"), told(REPEAT, "12")], (DISPUTED, "12", False, (0, 1))),
        ([told(TOTAL, "500", "500.."), told(REPEAT, "499")], (DISPUTED, "500", False, (0, 1))),
        ([told(TOTAL, "0"), told(REPEAT, "3")], (DISPUTED, "0", False, (0, 1))),
        # A part alone is the figure; parts are added up.
        ([told(PART, "8")], (STATED, "8", False, (0,))),
        ([told(PART, "8"), told(PART, "4")], (STATED, "12", True, (0, 1))),
        ([told(PART, "0"), told(PART, "0")], (ZERO, "0", True, (0, 1))),
        ([told(PART, "8"), told(REPEAT, "8"), told(PART, "4")], (STATED, "12", True, (0, 2))),
        # A stated nothing.
        ([told(TOTAL, "0")], (ZERO, "0", False, (0,))),
        ([told(PART, "0")], (ZERO, "0", False, (0,))),
        ([told(REPEAT, "5")], (STATED, "5", False, (0,))),
    ],
)
def test_observations_settle(observations: list[Observation], expected: tuple[object, ...]) -> None:
    assert summary(settled(*observations)) == expected


def test_rates_are_not_added_up() -> None:
    rates = [told(PART, value, indicator="petition_closure_rate") for value in ("98", "100")]
    assert summary(settled(*rates)) == (STATED, "98", False, (0,))


@pytest.mark.parametrize(
    ("parts", "qualifier", "low", "high"),
    [
        ([told(PART, "8"), told(PART, "4")], EXACT, "12", "12"),
        ([told(PART, "320", "320..329"), told(PART, "5")], MORE, "325", "334"),
        ([told(PART, "500", "500.."), told(PART, "5")], MORE, "505", None),
        ([told(PART, "20", "0..20"), told(PART, "5")], LESS, "5", "25"),
        ([told(PART, "100", "90..110"), told(PART, "20", "20..29")], ABOUT, "110", "139"),
    ],
)
def test_a_hedged_sum_keeps_its_bounds(
    parts: list[Observation], qualifier: Qualifier, low: str, high: str | None
) -> None:
    figure = settled(*parts)
    assert (figure.qualifier, figure.low) == (qualifier, Decimal(low))
    assert figure.high == (None if high is None else Decimal(high))
    assert figure.review == "由各分项相加得出，请核对"


def test_what_a_person_should_look_at_is_said() -> None:
    assert settled(told(TOTAL, "12")).review == ""
    assert settled(told(TOTAL, "12", confidence="0.7")).review == "读取把握不大（约70%），请核对原文"
    disputed = settled(told(TOTAL, "12"), told(REPEAT, "13"), told(REPEAT, "13"), told(REPEAT, "1000"))
    assert disputed.review == "文中另有不同说法：13、1000"


def test_a_hedge_travels_with_the_figure() -> None:
    figure = settled(told(TOTAL, "320", "320..329"))
    assert (figure.qualifier, figure.low, figure.high) == (MORE, Decimal(320), Decimal(329))


def placed(value: str, quote: str, start: int) -> Observation:
    end = start + len(quote)
    return replace(told(PART, value), quote=quote, start=start, end=end, figure_start=end - 2, figure_end=end)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        # The same parts told again in another chapter are added up once.
        (
            [("6", "代表建议6件"), ("3", "政协提案3件"), ("6", "办理代表建议共6件"), ("3", "政协提案3件")],
            ("9", (0, 1)),
        ),
        # The same value of two things is two figures.
        ([("3", "代表建议3件"), ("3", "政协提案3件")], ("6", (0, 1))),
        ([("3", "代表建议3件"), ("4", "代表建议4件")], ("7", (0, 1))),
    ],
)
def test_parts_told_twice_are_added_once(parts: list[tuple[str, str]], expected: tuple[str, object]) -> None:
    figure = settled(*(placed(value, quote, 50 * number) for number, (value, quote) in enumerate(parts)))
    assert (f"{figure.value:f}", figure.sources) == expected


def test_one_figure_for_two_names_is_added_twice() -> None:
    shared = replace(placed("1", "座谈会、论证会各1次", 0), start=0)
    inner = replace(shared, start=4, quote="论证会各1次")
    assert settled(shared, inner).value == 2
