"""What belongs to a figure: its own clause, the clause before, its list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.catalogue import load_catalogue
from nianbao.grammar.clauses import Clause, clauses
from nianbao.grammar.reading import Reading, read_text


def read(text: str) -> tuple[Reading, tuple[Clause, ...]]:
    reading = read_text(text, load_catalogue().units)
    return reading, clauses(reading)


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("全年召开会议4次。", ["全年召开会议"], [""]),
        ("召开4次会议，培训3期干部", ["召开", "培训"], ["会议", "干部"]),
        ("发放手册500份、折页300份", ["发放手册", "、折页"], ["、折页", ""]),
        ("受理案件5件；办结4件", ["受理案件", "办结"], ["", ""]),
        ("建成：示范村2个", ["示范村"], [""]),
        ("配备律师（公职律师2名）5名", ["公职律师", ""], ["", ""]),
        ("村（居）法律顾问19名", ["村(居)法律顾问"], [""]),
        ("第一句。受理3件案件。", ["受理"], ["案件"]),
        ("标题\n受理3件", ["受理"], [""]),
        ("镇\t12件\t3件", ["", ""], ["", ""]),
    ],
)
def test_a_clause_ends_at_stops_and_other_figures(text: str, before: list[str], after: list[str]) -> None:
    reading, found = read(text)
    shadow = reading.shadow.text
    assert [clause.text_before(shadow) for clause in found] == before
    assert [shadow[clause.quantity.end : clause.right] for clause in found] == after


@pytest.mark.parametrize(
    ("text", "carried"),
    [
        ("行政处罚案件，全年共办理12件", "行政处罚案件"),
        ("法治培训，今年以来，共开展3期", "法治培训"),
        ("办理行政处罚案件12件", None),
        ("行政处罚案件：12件", "行政处罚案件"),
        ("执法有力。共12件", ""),
    ],
)
def test_a_bare_figure_takes_the_name_of_the_clause_before(text: str, carried: str | None) -> None:
    reading, [clause] = read(text)
    assert clause.bare is (carried is not None)
    if carried is not None:
        assert reading.shadow.text[slice(*clause.carried)] == carried


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("发放手册500份、折页300份和单页20份", [0, 0, 0]),
        ("发放手册500份，张贴海报300份", [0, 9]),
        ("发放手册500份及折页300份，开会2次", [0, 0, 16]),
    ],
)
def test_items_of_a_list_know_where_it_begins(text: str, starts: list[int]) -> None:
    _, found = read(text)
    assert [clause.list_start for clause in found] == starts


def test_where_a_change_began_is_superseded() -> None:
    _, found = read("窗口由6个整合为3个")
    assert [clause.superseded for clause in found] == [True, False]


@given(
    st.lists(
        st.sampled_from(
            ["受理", "案件", "3件", "12起", "95%", "，", "、", "。", "；", "（", "）", "共", "\n", "其中"]
        ),
        max_size=25,
    )
)
def test_spans_hold_their_figure_and_stay_in_their_sentence(pieces: list[str]) -> None:
    reading, found = read("".join(pieces))
    assert [clause.index for clause in found] == list(range(len(reading.quantities)))
    for clause, quantity in zip(found, reading.quantities, strict=True):
        start, end = clause.sentence
        assert clause.quantity == quantity
        assert start <= clause.list_start <= clause.left <= quantity.start
        assert quantity.end <= clause.right <= end
        assert start <= clause.carried[0] <= clause.carried[1] <= clause.left
