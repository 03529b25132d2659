# ruff: noqa: E501  tables stay on one line
from __future__ import annotations

import pytest

from nianbao import Entry, Item, Report, SectionKind, Status, Topic, TopicExample
from nianbao.catalogue.topics import load_topics, read_topics
from nianbao.errors import CatalogueError
from nianbao.topics import find_topics, topics_of


def item(gist: str, kind: SectionKind = SectionKind.PROBLEMS, more: str = "", start: int = 0) -> Item:
    return Item(kind, start, start + len(gist + more), gist + more, gist, "test")


@pytest.mark.parametrize(
    ("gist", "name"),
    [
        ("执法力量不足", "执法力量不足"),
        ("基层一线执法人员紧缺", "执法力量不足"),
        ("普法宣传的针对性不强", "普法形式单一、针对性不强"),
        ("个别干部法治意识淡薄", "法治意识、法治思维不强"),
        ("法律专业人才比较缺乏", "法治专业人才缺乏"),
        ("合法性审查把关不严", "合法性审查质量不高"),
        ("矛盾纠纷多元化解机制不健全", "矛盾纠纷化解能力不足"),
        ("执法办案经费保障不够", "经费和装备保障不足"),
        ("政务公开不够及时", "政务公开不够及时全面"),
        ("行政执法程序不够规范", "执法不够规范"),
        ("法治建设考核督导力度不够", "考核督导作用不强"),
        ("行政应诉能力有待提升", "行政复议和应诉能力不足"),
        ("執法力量不足", "执法力量不足"),
    ],
)
def test_what_problems_are_about(gist: str, name: str) -> None:
    assert load_topics().topics[topics_of(item(gist))[0]].problem == name


def test_the_text_decides_where_the_gist_does_not() -> None:
    assert topics_of(item("仍有短板", more="，普法宣传形式单一")) == topics_of(item("普法宣传形式单一"))
    assert topics_of(item("煤矸石堆场扰民")) == ()


def test_a_report_counts_once_and_examples_lead_back() -> None:
    first = Report(
        "a.txt",
        "",
        Status.COMPLETE,
        items=(item("执法力量不足", start=7), item("执法人员少，人手不足", start=30)),
    )
    second = Report(
        "b.txt",
        "",
        Status.COMPLETE,
        items=(item("执法力量薄弱", start=5), item("充实执法力量", SectionKind.PLAN, start=50)),
    )
    assert find_topics([Entry(first, (), "text"), Entry(second, (), "text")]) == (
        Topic("enforcement-staff", "执法力量不足", SectionKind.PROBLEMS, 2, 3,
              (TopicExample("a.txt", 1, 7, 13, "执法力量不足"), TopicExample("b.txt", 1, 5, 11, "执法力量薄弱"))),
        Topic("enforcement-staff", "充实执法力量", SectionKind.PLAN, 1, 1, (TopicExample("b.txt", 1, 50, 56, "充实执法力量"),)),
    )  # fmt: skip


CARD = {"id": "a", "problem": "甲", "plan": "乙", "words": ["丙"], "hints": []}


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([{**CARD, "more": 1}], "键不对"),
        ([CARD, {**CARD, "id": "b"}], "甲 出现了两次"),
        ([CARD, {**CARD, "id": "b", "problem": "丁", "plan": "戊"}], "一个词只归一个主题"),
        ([{**CARD, "hints": ["丙"]}], "一个词只归一个主题"),
    ],
)
def test_a_wrong_lexicon_is_refused(rows: list[dict[str, object]], told: str) -> None:
    with pytest.raises(CatalogueError, match=told):
        read_topics(rows)
