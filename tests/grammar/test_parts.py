"""Which figures are told as parts of which."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.catalogue import load_catalogue
from nianbao.grammar.clauses import clauses
from nianbao.grammar.parts import Parts, find_parts
from nianbao.grammar.reading import read_text


def parts_of(text: str) -> list[tuple[str, Parts]]:
    """Each breakdown as `whole = part + part`, with what is said of it."""
    reading = read_text(text, load_catalogue().units)
    found = clauses(reading)
    values = [f"{clause.quantity.value:f}" for clause in found]
    return [
        (f"{values[parts.whole]} = {' + '.join(values[part] for part in parts.parts)}", parts)
        for parts in find_parts(reading.shadow.text, found)
    ]


@pytest.mark.parametrize(
    ("text", "breakdown"),
    [
        ("办理案件18起，其中安全类16起、环保类2起。", "18 = 16 + 2"),
        ("办理案件18起（其中安全类16起，环保类2起）。", "18 = 16 + 2"),
        ("办理案件18起（安全类16起，环保类2起）。", "18 = 16 + 2"),
        ("办理案件18起：安全类16起，环保类2起。", "18 = 16 + 2"),
        ("办理案件18起，分别为安全类16起、环保类2起。", "18 = 16 + 2"),
        ("办理案件18起，包括安全类16起、环保类2起。", "18 = 16 + 2"),
        ("办理案件18件，其中普通程序15起，简易程序3起。", "18 = 15 + 3"),
        ("办理案件18起。其中，安全类16起，环保类2起。", "18 = 16 + 2"),
        ("培训3期，办理案件18起，其中安全类16起、环保类2起。", "18 = 16 + 2"),
        ("安全类16起，环保类2起，合计18起。", "18 = 16 + 2"),
        ("安全类11起，环保类6起，土地类20起，共计37起。", "37 = 11 + 6 + 20"),
        ("办理案件18起，其中安全类16起，占89%，环保类2起。", "18 = 16 + 2"),
        # how a whole told before is split up
        ("排查纠纷90件，化解88件；从来源看，网格上报60件，群众申请30件。", "90 = 60 + 30"),
        ("查办案件37起，罚款9万元。按领域分，食品类20起、广告类11起、其他6起。", "37 = 20 + 11 + 6"),
        ("办理工单45件。工单分类：咨询类30件、求助类15件。", "45 = 30 + 15"),
        ("应诉案件80件，主要集中在公安类31件、自然资源类22件。", "80 = 31 + 22"),
        # what adds up goes on over a comma
        ("公开信息50条，其中动态21条、公告14条，解读9条、其他6条。", "50 = 21 + 14 + 9 + 6"),
        ("公开信息60条，其中动态21条、公告14条，回应留言9条。", "60 = 21 + 14"),
        # money
        ("罚没收入43万元，其中市直部门12万元。", "430000 = 120000"),
        ("罚款2.5万元，其中简易程序3000元、普通程序2.2万元。", "25000 = 3000 + 22000"),
        ("罚款1.2亿元（其中环保领域3000万元）。", "120000000 = 30000000"),
    ],
)
def test_a_breakdown_is_found(text: str, breakdown: str) -> None:
    assert [told for told, _ in parts_of(text)] == [breakdown]


@pytest.mark.parametrize(
    "text",
    [
        "办理案件18起，办结16起。",
        "办理案件18起。受理信访2起。",
        "召开会议4次，其中培训干部16人。",
        "办理案件2起，其中安全类16起。",
        "办理案件18起\n其中安全类16起。",
        "受理5起，化解4起，合计9起。",
        "宣传3场，案件12起，共计15次。",
        "排查纠纷90件，从来源看，网格上报60件，群众申请25件。",
        "办理案件90件。从数量看，处罚60件，许可25件。",
        "按要求分别检查企业12家、学校3家。",
    ],
)
def test_what_is_no_breakdown(text: str) -> None:
    assert parts_of(text) == []


@pytest.mark.parametrize(
    ("text", "additive", "complete", "sure"),
    [
        ("办理案件18起，其中安全类16起、环保类2起。", True, False, True),
        ("办理案件18起，其中安全类16起、其他2起。", True, True, True),
        ("办理案件18起，分别为安全类16起、环保类2起。", True, True, False),
        ("办理案件18起，其中办结16起、未办结2起。", False, False, True),
        ("办理案件18起（安全类16起，环保类2起）。", True, False, True),
        ("安全类16起，环保类2起，合计18起。", True, True, False),
    ],
)
def test_what_is_said_of_the_parts(text: str, additive: bool, complete: bool, sure: bool) -> None:
    [(_, parts)] = parts_of(text)
    assert (parts.additive, parts.complete, parts.sure) == (additive, complete, sure)


PIECES = st.sampled_from(
    [
        "案件",
        "类",
        "3起",
        "12起",
        "9件",
        "95%",
        "3万元",
        "，",
        "、",
        "。",
        "（",
        "）",
        "：",
        "其中",
        "合计",
        "分别为",
        "\n",
    ]
)


@given(st.lists(PIECES, max_size=30))
def test_a_figure_is_part_of_one_whole_at_most(pieces: list[str]) -> None:
    found = [parts for _, parts in parts_of("".join(pieces))]
    parts = [number for each in found for number in each.parts]
    assert len(parts) == len(set(parts))
    assert all(each.whole not in each.parts for each in found)
    assert all(each.parts == tuple(sorted(each.parts)) for each in found)
