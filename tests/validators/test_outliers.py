"""Figures far from those of the neighbours: told where there are enough neighbours, and nowhere else."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao import (
    Attribute,
    Entry,
    Field,
    Figure,
    FigureStatus,
    Finding,
    IndicatorInfo,
    Observation,
    Qualifier,
    Quote,
    Report,
    Role,
    RunRecord,
    Severity,
    Status,
    Yearbook,
)
from plugins.validators.outliers import check

NAMES = "青白黑赤黄石柳河桥岭沟湾坪坝塘井铺店寨堡"
USUAL = (310, 260, 420, 180, 500, 350, 290, 610, 230, 470)


def town(
    place: int, value: str | int, level: str = "town", county: str = "清源县", code: str = "990123"
) -> Entry:
    told, quote = Decimal(value), f"全年调解纠纷{value}件"
    name = f"{NAMES[place]}水镇"
    fields = {
        Field.YEAR: "2024", Field.ISSUER: f"{county}{name}人民政府", Field.ISSUER_LEVEL: level,
        Field.CITY: "安平市", Field.COUNTY: county, Field.TOWN: name,
        Field.DIVISION_CODE: f"{code}{100 + place}",
    }  # fmt: skip
    attributes = tuple(Attribute(field, text, "", "identity") for field, text in fields.items())
    seen = Observation(
        "disputes_mediated", told, "件", Qualifier.EXACT, Role.TOTAL, 50, 50 + len(quote), quote, told, told,
        56, 56 + len(str(value)), Decimal(1), "indicators",
    )  # fmt: skip
    figure = Figure(
        "disputes_mediated", told, FigureStatus.STATED if told else FigureStatus.ZERO, False, (0,)
    )
    report = Report(
        f"{county}{name}{place}.txt", "", Status.COMPLETE, attributes, observations=(seen,), figures=(figure,)
    )
    return Entry(report, ("第3段",), "text")


def towns(values: Sequence[str | int], **place: str) -> list[Entry]:
    return [town(number, value, **place) for number, value in enumerate(values)]


def found(entries: Sequence[Entry], dimension: str = "count") -> list[Finding]:
    info = IndicatorInfo("disputes_mediated", "调解纠纷数", "D", "矛盾纠纷", dimension, "件", "")
    run = RunRecord("r", datetime(2025, 4, 1, tzinfo=UTC), "0")
    return list(check(Yearbook(2024, "汇总", tuple(entries), (info,), (), None, run)))


def test_a_figure_a_hundred_times_the_median_is_told_with_its_sentence() -> None:
    (finding,) = found([*towns(USUAL), town(15, 36000)])
    assert (finding.kind, finding.rule, finding.severity) == ("outlier", "peers.outlier", Severity.NOTE)
    assert (
        finding.message == "“调解纠纷数”为 36,000 件，约为清源县乡镇（街道）11 家中位数（350 件）的 103 倍。"
    )
    assert finding.quotes == (Quote(50, 62, "全年调解纠纷36000件"),)
    assert finding.indicators == ("disputes_mediated",)
    assert finding.subject is not None
    assert finding.subject.file == "清源县井水镇15.txt"


def test_a_figure_far_below_is_told_too() -> None:
    (finding,) = found([*towns([value * 100 for value in USUAL]), town(15, 35)])
    assert finding.message == "“调解纠纷数”为 35 件，只有清源县乡镇（街道）11 家中位数（31,000 件）的 1/886。"


@pytest.mark.parametrize(
    ("why", "values"),
    [
        ("all alike", USUAL),
        ("ten times, no more", (*USUAL, 3300)),
        ("another one is near", (*USUAL, 36000, 29000)),
        ("small counts", (1, 2, 1, 3, 2, 1, 2, 1, 1, 19)),
        ("the median is small", (1, 2, 1, 3, 2, 1, 2, 1, 1, 400)),
        ("too few", (*USUAL[:6], 36000)),
        ("nothing told by the rest", (0, 0, 0, 0, 0, 0, 0, 0, 0, 36000)),
        ("they differ by orders of magnitude", (25, 60, 140, 300, 800, 2100, 5200, 12000, 30000)),
    ],
)
def test_what_is_no_outlier(why: str, values: tuple[int, ...]) -> None:
    assert found(towns(values)) == [], why


def test_rates_have_no_orders_of_magnitude() -> None:
    assert found([*towns(["98.5"] * 10), town(15, "2")], "rate") == []


def test_other_counties_and_departments_are_no_neighbours() -> None:
    assert found([*towns(USUAL[:5]), *towns([*USUAL[5:], 36000], county="古渡县", code="990124")]) == []
    assert found([*towns(USUAL, level="department"), town(15, 36000, "department")]) == []


def test_a_town_that_reported_twice_counts_once() -> None:
    again = [
        replace(each, report=replace(each.report, file=f"{each.report.file}.pdf"))
        for each in towns(USUAL[:6])
    ]
    assert found([*towns(USUAL[:6]), *again, town(15, 36000)]) == []


def test_what_is_disputed_or_failed_is_not_compared() -> None:
    far = town(15, 36000)
    (figure,) = far.report.figures
    disputed = replace(far.report, figures=(replace(figure, status=FigureStatus.DISPUTED),))
    assert found([*towns(USUAL), replace(far, report=disputed)]) == []


@given(st.lists(st.integers(1, 10**7), min_size=8, max_size=20), st.randoms())
def test_order_tells_nothing_and_at_most_both_ends_are_told(values: list[int], dice: random.Random) -> None:
    entries = towns(values)
    first = found(entries)
    assert len(first) <= 2
    for finding in first:
        value = int(finding.quotes[0].quote.removeprefix("全年调解纠纷").removesuffix("件"))
        assert value in (min(values), max(values))
    dice.shuffle(entries)
    assert found(entries) == first
