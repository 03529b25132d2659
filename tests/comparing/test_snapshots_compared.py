"""What changed from one publication to another, and by which cause."""

# ruff: noqa: E501  tables stay on one line
from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_snapshots import AMOUNT, CASES, STALE, cell, changes, entered, row, snapshot

from nianbao.comparing import Cause, Fate, Named, Row, Snapshot, compare, pack
from nianbao.errors import UsageError
from nianbao.model import FigureStatus, Qualifier, Status

OTHER_RULES = {"extraction": "提2"}
OTHER_READERS = {"reading": "读2"}


def causes(before: Row | Snapshot, after: Row | Snapshot, **made_by: Any) -> list[tuple[str, str]]:
    return [(change.cause.value, change.told) for change in changes(before, after, **made_by).cells]


def test_nothing_changed() -> None:
    found = changes(row("东关镇", cell("3")), row("东关镇", cell("3.0")), **OTHER_RULES)
    assert found.is_empty
    assert (found.years, found.reports_after, found.figures_after) == ((2023,), 1, 1)


@pytest.mark.parametrize(
    ("after", "made_by", "cause", "told"),
    [
        (row("东关镇", cell("5"), content="新"), {}, "source", "文件内容变了"),
        (row("东关镇", cell("5"), content="新"), OTHER_RULES, "source", "文件内容变了"),
        (row("东关镇", content="新"), {}, "source", "文件内容变了"),
        (row("东关镇", cell("5"), content="新", file="定稿.docx"), {}, "source", "改用“定稿.docx”（原为“东关镇.docx”）"),
        (row("东关镇", cell("5")), OTHER_RULES, "extractor", "同样的文字，提取的规则变了"),
        (row("东关镇"), OTHER_RULES, "extractor", "同样的文字，提取的规则变了"),
        (row("东关镇", cell("5"), text="新"), OTHER_READERS, "extractor", "同样的文件，读取的程序变了"),
        (row("东关镇", cell("5"), sha256="重新保存"), OTHER_RULES, "extractor", "同样的文字，提取的规则变了"),
        (
            row("东关镇", cell("5", evidence="penalty_cases 3"), content="新"), OTHER_RULES, "extractor",
            "同样的文字，提取的规则变了",
        ),
        (row("东关镇", cell(None, status=FigureStatus.FAILED)), {}, "other", "提取时出错"),
        (row("东关镇", cell("5")), {}, "other", "文件和程序都没有变，原因不明"),
        (
            row("东关镇", cell("8", correction=entered("8"))), {}, "correction",
            "更正：王敏，2024-03-05，表中为8件",
        ),
        (
            row("东关镇", cell(None, correction=entered(None), status=FigureStatus.WITHDRAWN), content="新"), {},
            "correction", "更正：王敏，2024-03-05，表中为8件",
        ),
    ],
)  # fmt: skip
def test_why_a_figure_changed(after: Row, made_by: dict[str, str], cause: str, told: str) -> None:
    assert causes(row("东关镇", cell("3")), after, **made_by) == [(cause, told)]


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (row("东关镇", cell("9", correction=entered("9"))), ["改了更正：王敏，2024-03-05，表中为8件"]),
        (row("东关镇", cell("8", correction=entered("8", reason="又查"))), []),
        (row("东关镇", cell("3")), ["更正已取消（原为王敏，2024-03-05，表中为8件）"]),
        (row("东关镇", cell("4"), content="新", idle=(STALE,)), [f"更正已失效：{STALE.told}"]),
    ],
)
def test_what_became_of_a_correction(after: Row, told: list[str]) -> None:
    before = row("东关镇", cell("8", correction=entered("8")))
    assert causes(before, after) == [("correction", each) for each in told]


def test_a_qualifier_is_part_of_what_is_seen() -> None:
    (change,) = changes(row("东关镇", cell("3")), row("东关镇", cell("3", qualifier=Qualifier.ABOUT))).cells
    assert change.before is not None
    assert change.after is not None
    assert (change.before.qualifier, change.after.qualifier) == (Qualifier.EXACT, Qualifier.ABOUT)


def test_another_unit_changes_the_figure_by_the_card() -> None:
    after = snapshot(row("东关镇", cell("0.8", AMOUNT.id)), indicators=(CASES, replace(AMOUNT, unit="万元")))
    found = changes(row("东关镇", cell("8000", AMOUNT.id)), after, **OTHER_RULES)
    assert [(change.cause, change.told) for change in found.cells] == [
        (Cause.MAPPING, "指标的单位由“元”改为“万元”")
    ]
    assert [each.told for each in found.indicators] == ["单位由“元”改为“万元”"]


def test_an_indicator_of_another_id_keeps_its_figures() -> None:
    renamed = Named("fines", AMOUNT.name, AMOUNT.unit)
    after = snapshot(row("东关镇", cell("8000", "fines")), indicators=(CASES, renamed))
    found = changes(row("东关镇", cell("8000", AMOUNT.id)), after)
    assert found.cells == ()
    assert [each.told for each in found.indicators] == ["代号由“penalty_amount”改为“fines”"]


def test_indicators_that_come_and_go() -> None:
    before = snapshot(row("东关镇", cell("3")), indicators=(CASES,))
    after = snapshot(row("东关镇", cell("8000", AMOUNT.id)), indicators=(AMOUNT,))
    found = changes(before, after)
    assert [(change.indicator.id, change.cause, change.told) for change in found.cells] == [
        (AMOUNT.id, Cause.EXTRACTOR, "新设的指标"),
        (CASES.id, Cause.EXTRACTOR, "不再设这个指标"),
    ]
    assert [each.told for each in found.indicators] == ["新设的指标", "不再设这个指标"]


def test_only_the_years_of_both_are_compared() -> None:
    town = row("东关镇", cell("3"))
    found = compare([snapshot(town, year=2022), snapshot(town)], [snapshot(town)])
    assert (found.years, found.passed_over, found.is_empty) == ((2023,), (2022,), True)
    with pytest.raises(UsageError, match="没有共同的年度，无法比较：前者是2022年度，后者是2023年度"):
        compare([snapshot(town, year=2022)], [snapshot(town)])


def test_changes_come_in_a_fixed_order() -> None:
    towns = ["东关镇", "西关镇", "南关镇"]
    before = [row(town, cell("3"), cell("4", AMOUNT.id)) for town in towns]
    after = [row(town, cell("5"), cell("6", AMOUNT.id), content=new) for town, new in zip(towns, ("", "新", ""), strict=True)]  # fmt: skip
    one = changes(snapshot(*before), snapshot(*after), **OTHER_RULES)
    assert one.cells == changes(snapshot(*before[::-1]), snapshot(*after[::-1]), **OTHER_RULES).cells
    assert [(change.cause.value, change.issuer[3:], change.indicator.id) for change in one.cells] == [
        ("source", "西关镇", CASES.id),
        ("source", "西关镇", AMOUNT.id),
        ("extractor", "东关镇", CASES.id),
        ("extractor", "东关镇", AMOUNT.id),
        ("extractor", "南关镇", CASES.id),
        ("extractor", "南关镇", AMOUNT.id),
    ]


def test_thousands_of_reports_take_a_moment() -> None:
    rows = [row(f"{n}镇", *(cell(str(n * m), f"i{m}") for m in range(30))) for n in range(2_000)]
    found = changes(
        snapshot(*rows), snapshot(*(replace(each, sha256="新", text="新") for each in rows[::-1]))
    )
    assert (len(found.reports), found.cells, found.figures_after) == (2_000, (), 60_000)
    assert Decimal(len(pack(snapshot(*rows)))) < 1_000_000


names = st.sampled_from(["东关镇", "西关镇", "北关镇"])
figures = st.lists(
    st.builds(cell, st.sampled_from(["1", "2"]), st.sampled_from([CASES.id, AMOUNT.id])),
    max_size=2,
    unique_by=lambda each: each.indicator,
)
rows = st.builds(
    lambda town, content, cells, **told: row(town, *cells, content=content, **told),
    names,
    st.sampled_from(["", "新"]),
    figures,
    file=st.sampled_from(["甲.docx", "乙.docx"]),
    part=st.integers(1, 2),
    code=st.sampled_from(["", "990123001"]),
    aside=st.sampled_from(["", "", "是初稿"]),
    status=st.sampled_from([Status.COMPLETE, Status.UNREADABLE]),
    issuer=st.sampled_from(["清源县东关镇", "清源县西关镇"]),
)
sides = st.lists(
    st.builds(
        lambda year, several, **made_by: snapshot(*several, year=year, **made_by),
        st.integers(2022, 2023),
        st.lists(rows, max_size=4),
        extraction=st.sampled_from(["提1", "提2"]),
    ),
    max_size=2,
    unique_by=lambda each: each.year,
).map(lambda several: [*several, snapshot(year=2021)])


@given(sides, sides)
@settings(max_examples=300, deadline=None)
def test_what_is_compared_adds_up(before: list[Snapshot], after: list[Snapshot]) -> None:
    assert compare(before, before).is_empty
    found, back = compare(before, after), compare(after, before)
    told = Counter(change.fate for change in found.reports if change.counts)
    assert found.reports_after - found.reports_before <= told[Fate.NEW] + told[Fate.TAKEN] + told[Fate.MOVED]
    known = {(each.year, row.issuer) for side in (before, after) for each in side for row in each.rows}
    assert {(change.year, change.issuer) for change in (*found.cells, *found.reports)} <= known
    assert (found.figures_before, found.reports_before) == (back.figures_after, back.reports_after)
    assert all(change.before != change.after and change.told for change in found.cells)
