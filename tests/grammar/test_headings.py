from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.grammar.headings import find_headings
from nianbao.grammar.labels import RANK, find_labels, ordinal

BODY = (
    "各部门逐项推进年初部署，明确责任分工，细化工作要求，定期调度进展，及时总结经验，"
    + "确保各项任务落到实处。" * 3
)


def outline(text: str) -> list[tuple[int, int | None, str]]:
    text = text.replace("~", BODY)
    return [(h.level, h.number, text[h.start : h.end]) for h in find_headings(text).found]


@pytest.mark.parametrize(
    ("line", "style", "number"),
    [
        ("一、工作", "一、", 1),
        ("一.工作", "一、", 1),
        ("一．工作", "一、", 1),
        ("一，工作", "一、", 1),
        ("一 、工作", "一、", 1),
        ("一 工作情况", "一、", 1),
        ("二、2023年工作", "一、", 2),
        ("十一、工作", "一、", 11),
        ("二十一、工作", "一、", 21),
        ("（一）加强", "（一）", 1),
        ("(一)加强", "（一）", 1),
        ("（ 一 ）加强", "（一）", 1),
        ("（一）、加强", "（一）", 1),
        ("一）加强", "（一）", 1),
        ("㈡加强", "（一）", 2),
        ("（十二）加强", "（一）", 12),
        ("(1)加强", "（1）", 1),
        ("（1） 加强", "（1）", 1),
        ("1）加强", "（1）", 1),
        ("⑵加强", "（1）", 2),
        ("1、加强", "1.", 1),
        ("1.加强", "1.", 1),
        ("1．加强", "1.", 1),
        ("⒊加强", "1.", 3),
        ("3、12·4宣传", "1.", 3),
        ("1.2023年工作", "1.", 1),
        ("①加强", "①", 1),
        ("⑪加强", "①", 11),
        ("第一、加强", "第一、", 1),
        ("第一章总则", "第一部分", 1),
        ("第二部分 存在问题", "第一部分", 2),
        ("第一节 组织领导", "第一节", 1),
        ("壹、成效", "壹、", 1),
        ("Ⅱ、不足", "I.", 2),
        ("IV. 不足", "I.", 4),
        ("　　[bookmark: _GoBack]（五）推动", "（一）", 5),
        ("◆一、工作", "一、", 1),
    ],
)
def test_labels(line: str, style: str, number: int) -> None:
    assert [(label.style, label.number) for label in find_labels(line)] == [(style, number)]
    assert style in RANK


@pytest.mark.parametrize(
    "line",
    [
        "一是加强领导",
        "一方面，加强领导",
        "一 是加强领导",
        "一、二季度召开会议",
        "一、二、三产业协同发展",
        "第一责任人职责",
        "第一季度召开会议",
        "第一部分是工作情况",
        "12.4宪法日宣传",
        "1.2万余人参加",
        "2023年，我镇",
        "三月开展宣传",
        "（2021—2025年）",
        "1+6+1工作要求",
        "",
    ],
)
def test_no_labels(line: str) -> None:
    assert find_labels(line) == []


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("十", 10), ("十九", 19), ("二十", 20), ("三十二", 32), ("叁", 3), ("拾贰", 12), ("⒛", 20), ("Ⅻ", 12)],
)
def test_ordinals(numeral: str, value: int) -> None:
    assert ordinal(numeral) == value


def test_an_ordinal_that_is_none() -> None:
    assert ordinal("一一十") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "~\n一、甲项工作\n（一）乙项。~\n1.丙项。~\n（1）丁项。~\n①戊项。~\n二、己项工作\n~",
            [
                (1, 1, "一、甲项工作"),
                (2, 1, "（一）乙项"),
                (3, 1, "1.丙项"),
                (4, 1, "（1）丁项"),
                (5, 1, "①戊项"),
                (1, 2, "二、己项工作"),
            ],
        ),
        (
            "~\n一、甲项工作\n1.乙项。~\n（1）丙项。~\n2.丁项。~",
            [(1, 1, "一、甲项工作"), (2, 1, "1.乙项"), (3, 1, "（1）丙项"), (2, 2, "2.丁项")],
        ),
        (
            "~\n1.甲项工作\n（一）乙项。~\n（二）丙项。~\n2.丁项工作\n（一）戊项。~\n3.己项工作\n~",
            [
                (1, 1, "1.甲项工作"),
                (2, 1, "（一）乙项"),
                (2, 2, "（二）丙项"),
                (1, 2, "2.丁项工作"),
                (2, 1, "（一）戊项"),
                (1, 3, "3.己项工作"),
            ],
        ),
        (
            "~\n一、甲项工作\n（1） 乙项\n~\n（2） 丙项\n~\n（三）丁项\n~",
            [(1, 1, "一、甲项工作"), (2, 1, "（1） 乙项"), (2, 2, "（2） 丙项"), (2, 3, "（三）丁项")],
        ),
        (
            "~\n一、甲项工作\n（一）乙项。~\n1.丙项。~\n（二）丁项。~\n2.戊项。~",
            [
                (1, 1, "一、甲项工作"),
                (2, 1, "（一）乙项"),
                (3, 1, "1.丙项"),
                (2, 2, "（二）丁项"),
                (3, 2, "2.戊项"),
            ],
        ),
        (
            "~\n一、甲项工作\n~\n乙项工作如何推进\n~\n三、丙项工作\n~",
            [(1, 1, "一、甲项工作"), (1, None, "乙项工作如何推进"), (1, 3, "三、丙项工作")],
        ),
        ("~\n一、甲项工作\n~\n~\n三、丙项工作\n~", [(1, 1, "一、甲项工作"), (1, 3, "三、丙项工作")]),
        (
            "~\n一、甲项工作。~\n二、乙项工作：一是抓。二是管。~",
            [(1, 1, "一、甲项工作"), (1, 2, "二、乙项工作")],
        ),
        ("~\n（一）甲项工作：抓早抓小\n~", [(1, 1, "（一）甲项工作：抓早抓小")]),
        ("~\n一、甲项\t12\t件\n二、乙项\t3\t件", []),
        ("~\n1.检查12次；\n2.调解30件；\n~", []),
        ("", []),
        (" \n\n", []),
        ("一、", []),
    ],
)
def test_levels(text: str, expected: list[tuple[int, int | None, str]]) -> None:
    assert outline(text) == expected


def test_the_body_ends_before_signature_annex_and_furniture() -> None:
    date = "2024年1月3日"
    for tail in (f"云杉岭乡政府\n{date}", f"云杉岭乡政府 {date}", "附件：统计表\n一、表格", "上一篇：通知"):
        text = f"{BODY}\n一、甲项工作\n{BODY}\n{tail}"
        headings = find_headings(text)
        assert text[headings.end :] == tail
        assert len(headings.found) == 1


def test_a_style_of_the_original_makes_a_heading() -> None:
    text = f"{BODY}\n甲乙丙丁\n{BODY}\n戊己庚辛\n{BODY}"
    styles = {text.index("甲乙"): 1, text.index("戊己"): 1}
    found = find_headings(text, style_levels=styles).found
    assert [(h.level, text[h.start : h.end]) for h in found] == [(1, "甲乙丙丁"), (1, "戊己庚辛")]


LABELS = ["一、", "二、", "三、", "（一）", "（二）", "(3)", "1.", "2、", "①", "第一部分 ", "壹、", "", "  "]
WORDINGS = ["存在问题", "工作情况。" + BODY, "下一步打算", BODY, "甲\t乙", "加强学习；"]
LINES = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(LABELS), st.sampled_from(WORDINGS)).map("".join),
        st.text(alphabet="一二、（）(1)。；：\n\t年月日附件 　", max_size=30),
    ),
    max_size=30,
)


@given(LINES)
def test_any_text_gives_headings_in_order_that_do_not_overlap(lines: list[str]) -> None:
    text = "\n".join(lines)
    headings = find_headings(text, lambda wording: "问题" if "问题" in wording else None)
    assert 0 <= headings.end <= len(text)
    previous = 0
    for heading in headings.found:
        assert previous <= heading.start <= heading.body < heading.end <= len(text)
        assert "\n" not in text[heading.start : heading.end]
        assert text[heading.start : heading.end] == text[heading.start : heading.end].strip()
        assert heading.level >= 1
        previous = heading.end
