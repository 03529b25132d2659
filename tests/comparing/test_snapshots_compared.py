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
from small_snapshots import AMOUNT, CASES, cell, entered, row, snapshot

from nianbao.comparing import (
    Cause,
    Cell,
    Changes,
    Fate,
    Idle,
    Named,
    Row,
    Snapshot,
    compare,
    digest_of,
    pack,
    unpack,
)
from nianbao.errors import UsageError
from nianbao.model import CorrectionState, FigureStatus, Qualifier, Status

OTHER_RULES = {"extraction": "提2"}
OTHER_READERS = {"reading": "读2"}


def changes(before: Row | Snapshot, after: Row | Snapshot, **made_by: Any) -> Changes:
    """Compare two towns' reports, or whatever is given."""
    old, new = (each if isinstance(each, Snapshot) else snapshot(each) for each in (before, after))
    return compare([old], [replace(new, **made_by)])


def causes(before: Row | Snapshot, after: Row | Snapshot, **made_by: Any) -> list[tuple[str, str]]:
    return [(change.cause.value, change.told) for change in changes(before, after, **made_by).cells]


def fates(found: Changes) -> list[tuple[str, str, str]]:
    return [(change.fate.value, change.issuer, change.told) for change in found.reports]


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


STALE = Idle(CASES.id, CorrectionState.STALE, "更正时读出的是3，现在是4，没有采用；请核对后重新更正")


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


def test_reports_that_come_and_go() -> None:
    unread = replace(row("东关镇"), status=Status.UNREADABLE, issuer="东关镇")
    found = changes(
        snapshot(row("东关镇", cell("3")), row("西关镇", cell("5"), cell("6", AMOUNT.id)), row("北关镇")),
        snapshot(row("南关镇", cell("7")), unread, row("北关镇")),
    )
    assert fates(found) == [("new", "清源县南关镇", ""), ("gone", "清源县东关镇", "现在无法读取"), ("gone", "清源县西关镇", "")]  # fmt: skip
    assert [change.figures for change in found.reports] == [1, 1, 2]
    assert (found.reports_before, found.reports_after, found.cells) == (3, 2, ())


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (row("西关镇", cell("3"), sha256="东关镇"), "单位由清源县东关镇改为清源县西关镇"),
        (row("东关镇", cell("3"), code="990123001"), "区划代码由无改为990123001"),
    ],
)
def test_a_report_that_is_assigned_to_another(after: Row, told: str) -> None:
    found = changes(row("东关镇", cell("3")), after)
    assert [(change.fate, change.told) for change in found.reports] == [(Fate.MOVED, told)]
    assert found.cells == ()


def test_a_report_that_moves_to_another_year_is_neither_new_nor_gone() -> None:
    town, moved = row("东关镇", cell("3")), row("西关镇", cell("5"))
    before = [snapshot(year=2022), snapshot(town, moved)]
    after = [snapshot(moved, year=2022), snapshot(town)]
    assert fates(compare(before, after)) == [("moved", "清源县西关镇", "年度由2023改为2022")]


def test_a_town_that_is_called_otherwise_is_told_by_its_code() -> None:
    before = row("东关镇", cell("3"), code="990123001")
    after = row("东关街道", cell("4"), code="990123001", content="新")
    found = changes(before, after)
    assert fates(found)[0] == ("moved", "清源县东关街道", "单位由清源县东关镇改为清源县东关街道")
    assert [change.cause for change in found.cells] == [Cause.SOURCE]


def test_files_without_text_are_not_one_another() -> None:
    found = changes(row("东关镇", text=""), row("西关镇", text=""))
    assert [fate for fate, _, _ in fates(found)] == ["new", "gone"]


def test_another_version_that_is_chosen() -> None:
    draft, final = row("东关镇", cell("3")), row("东关镇", cell("5"), content="定", file="定稿.docx")
    found = changes(snapshot(draft), snapshot(replace(draft, aside="定稿较晚"), final))
    told = "改用“定稿.docx”（原为“东关镇.docx”）"
    assert fates(found) == [("replaced", "清源县东关镇", told)]
    assert [(change.cause, change.told) for change in found.cells] == [(Cause.SOURCE, told)]
    back = changes(snapshot(replace(draft, aside="定稿较晚"), final), snapshot(draft))
    assert [fate for fate, _, _ in fates(back)] == ["replaced"]


def test_a_further_version_that_is_not_chosen() -> None:
    one, other = (
        row("东关镇", cell("3")),
        row("东关镇", cell("5"), content="稿", file="初稿.docx", aside="是初稿"),
    )
    found = changes(snapshot(one), snapshot(one, other))
    assert [(change.fate, change.counts, change.told) for change in found.reports] == [
        (Fate.NEW, False, "没有采用：是初稿")
    ]
    assert found.cells == ()
    assert [fate for fate, _, _ in fates(changes(snapshot(one, other), snapshot(one)))] == ["gone"]


def test_two_that_change_places() -> None:
    one, other = row("东关镇", cell("3")), row("东关镇", cell("5"), content="稿", file="稿.docx")
    found = changes(snapshot(one, replace(other, aside="较早")), snapshot(replace(one, aside="较晚"), other))
    assert [(change.before, change.after) for change in found.cells] == [(one.cells[0], other.cells[0])]
    assert [fate for fate, _, _ in fates(found)] == ["replaced"]


def test_a_file_that_was_saved_anew() -> None:
    found = changes(row("东关镇", cell("3")), row("东关镇", cell("3"), sha256="重新保存"))
    assert fates(found) == [("replaced", "清源县东关镇", "文件重新保存过，文字没有变")]


def test_a_renamed_file_is_no_change() -> None:
    assert changes(row("东关镇", cell("3")), row("东关镇", cell("3"), file="新名.docx")).is_empty


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


def everything() -> Snapshot:
    cells: tuple[Cell, ...] = (
        *(cell("3", status=status) for status in FigureStatus),
        *(cell("1.50E+3", qualifier=qualifier) for qualifier in Qualifier),
        cell(None, "of_a_plugin", correction=replace(entered(None, None), indicator="of_a_plugin")),
        cell("0.1", correction=entered("0.1", "1E+5")),
    )
    rows = (
        row("东关镇", *cells, idle=(STALE,)),
        row("西关镇", aside="是初稿"),
        row("", status=Status.UNREADABLE, sha256="\ud800\u2028"),
    )
    return snapshot(*rows)


def test_a_snapshot_comes_back_as_it_was() -> None:
    whole = everything()
    packed = pack(whole)
    back = unpack(packed)
    assert back == replace(whole, rows=(*whole.rows[:2], replace(whole.rows[2], sha256="?\u2028")))
    assert str(back.rows[0].cells[-1].value) == "0.1"
    assert digest_of(packed) == digest_of(pack(everything()))


def test_a_snapshot_of_a_newer_program_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from nianbao.comparing import packing

    monkeypatch.setattr(packing, "FORMAT", 2)
    packed = pack(everything())
    monkeypatch.setattr(packing, "FORMAT", 1)
    with pytest.raises(ValueError, match="由更新版本的 nianbao 写出"):
        unpack(packed)


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
