"""How the engine reads: whose a figure is, what is a part, what is dealt out, what is refused and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from indicator_wordings import WHOLES
from laid_out import cells
from part_wordings import PARTS
from refused_wordings import REFUSED

from nianbao import (
    Attribute,
    Block,
    Context,
    Document,
    Field,
    Numeral,
    Observation,
    Report,
    Section,
    SectionKind,
    Status,
)
from nianbao.catalogue import load_catalogue
from nianbao.divisions import divisions
from nianbao.grammar.reading import read_text
from plugins.extractors.indicators import extract


def read(
    text: str,
    *,
    level: str = "town",
    code: str = "",
    plan_from: str = "",
    problems_from: str = "",
    blocks: tuple[Block, ...] = (),
) -> tuple[list[Observation], list[Numeral]]:
    catalogue = load_catalogue()
    context = Context(
        catalogue, divisions(), date(2024, 5, 6), reading=read_text(text, catalogue.units, blocks)
    )
    known = {Field.YEAR: "2023", Field.ISSUER_LEVEL: level, Field.DIVISION_CODE: code}
    attributes = tuple(Attribute(field, value, "", "test") for field, value in known.items() if value)
    sections: tuple[Section, ...] = ()
    for heading, kind in ((plan_from, SectionKind.PLAN), (problems_from, SectionKind.PROBLEMS)):
        if heading:
            start = text.index(heading)
            sections = (Section(heading, kind, start, len(text), 1, "test"),)
    report = Report("甲.txt", "", Status.COMPLETE, attributes, sections)
    document = Document("甲.txt", "", "text", text, blocks)
    found = list(extract(document, replace(context, report=report)))
    for row in found:
        assert text[row.start : row.end] == row.quote
    return (
        [row for row in found if isinstance(row, Observation)],
        [row for row in found if isinstance(row, Numeral)],
    )


def told(text: str, **known: str) -> list[str]:
    observations, _ = read(text, **known)  # type: ignore[arg-type]
    observations.sort(key=lambda o: (o.figure_start, o.indicator))
    return [f"{o.indicator} {o.value} {o.role}" for o in observations]


@pytest.mark.parametrize(("text", "expected"), [*WHOLES, *PARTS])
def test_what_is_read(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(("text", "quote", "reason"), REFUSED)
def test_what_is_refused_and_why(text: str, quote: str, reason: str) -> None:
    observations, numerals = read(text)
    assert observations == []
    assert (quote, reason) in [(numeral.quote, numeral.reason.value) for numeral in numerals]


def test_every_numeral_is_told_once() -> None:
    text = "2023年开展普法宣传20场次、发放资料3000余份，投资56万元，见第三条、〔2023〕5号，拨打12348。"
    observations, numerals = read(text)
    spans = [(o.figure_start, o.figure_end) for o in observations] + [(n.start, n.end) for n in numerals]
    covered = sorted(spans)
    assert all(one[1] <= other[0] for one, other in pairwise(covered))
    digits = [index for index, character in enumerate(text) if character.isdigit()]
    assert all(any(start <= index < end for start, end in spans) for index in digits)


def test_a_plan_tells_no_facts() -> None:
    text = "一、成效\n开展普法宣传20场次。\n二、下一步打算\n开展普法宣传30场次。"
    assert told(text, plan_from="二、下一步打算") == ["publicity_events 20 total"]


def test_a_shortcoming_tells_no_facts() -> None:
    text = "一、成效\n开展普法宣传20场次。\n二、存在问题\n全年只开展普法宣传1场次，普法对3000名群众覆盖不到。"
    assert told(text, problems_from="二、存在问题") == ["publicity_events 20 total"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "调解纠纷90件。\n二、存在问题\n三个村全年调解纠纷共4件。",
            ["disputes_mediated 90 total", "disputes_mediated 4 part"],
        ),
        (
            "办理行政处罚案件60件。\n二、存在问题\n有的执法队全年办理行政处罚案件2件。",
            ["penalty_cases 60 total", "penalty_cases 2 part"],
        ),
        ("一切正常。\n二、存在问题\n全年行政诉讼案件败诉1件。", ["cases_lost 1 total"]),
    ],
)
def test_what_falls_short_is_no_headline_beside_what_was_done(text: str, expected: list[str]) -> None:
    assert told(text, problems_from="二、存在问题") == expected


@pytest.mark.parametrize(
    ("text", "level", "roles"),
    [
        ("抽查市场主体2300户次。区卫生健康局监督检查1500户次。", "county", ["total", "part"]),
        ("区卫生健康局监督检查1500户次，区应急管理局检查企业260家次。抽查市场主体2300户次。", "county", None),
        ("检查煤矿企业38家次。县应急管理局共检查企业480家次。", "department", ["part", "total"]),
        ("县政府办公室主持召开法治政府建设专题会议3次。", "county", ["total"]),
    ],
)
def test_one_department_tells_no_countys_headline(text: str, level: str, roles: list[str] | None) -> None:
    observations, _ = read(text, level=level)
    observations.sort(key=lambda row: row.figure_start)
    if roles is None:
        assert [row.value for row in observations if row.role == "total"] == [2300]
    else:
        assert [row.role for row in observations] == roles


def test_a_county_s_own_figures_are_its_own() -> None:
    text = "全县共化解矛盾纠纷5000件。"
    assert told(text, level="county") == ["disputes_resolved 5000 total"]
    assert told(text, level="town") == []


def test_a_municipality_s_city_level_ranks_as_provincial() -> None:
    text = "创建市级民主法治示范社区5个。"
    assert told(text, code="310104001") == ["demo_villages 5 total"]
    assert told(text, code="320102001") == []


def test_hedges_and_units_are_kept() -> None:
    (observation,), _ = read("发放宣传资料２万余份。")
    assert (observation.unit, observation.qualifier, observation.quote) == (
        "份",
        "at_least",
        "发放宣传资料２万余份",
    )
    assert (int(observation.value), int(observation.low or 0), int(observation.high or 0)) == (
        20000,
        20000,
        29999,
    )


def test_blanks_and_widths_do_not_matter() -> None:
    observations, _ = read("办理 行政处罚 案件 １８ 起，罚款 2.3 万元。")
    assert [(o.indicator, str(o.value), o.quote) for o in observations] == [
        ("penalty_cases", "18", "办理 行政处罚 案件 １８ 起"),
        ("penalty_amount", "23000", "罚款 2.3 万元"),
    ]


def test_a_table_whose_header_names_the_indicators() -> None:
    text, blocks = cells(
        ("单位", "行政处罚案件（件）", "罚没金额（万元）"), ("城管", "12", "3.5"), ("合计", "12", "3.5")
    )
    observations, _ = read(text, blocks=blocks)
    observations.sort(key=lambda o: o.figure_start)
    assert [(o.indicator, str(o.value), o.role.value, o.quote) for o in observations] == [
        ("penalty_cases", "12", "part", "城管\t12"),
        ("penalty_amount", "35000", "part", "城管\t12\t3.5"),
        ("penalty_cases", "12", "total", "合计\t12"),
        ("penalty_amount", "35000", "total", "合计\t12\t3.5"),
    ]


def test_a_table_whose_rows_are_the_indicators() -> None:
    text, blocks = cells(
        ("指标", "单位", "2022年", "2023年"),
        ("行政处罚案件", "件", "15", "18"),
        ("普法宣传活动", "场", "30", "36"),
    )
    observations, _ = read(text, blocks=blocks)
    assert sorted((o.indicator, str(o.value), o.role.value) for o in observations) == [
        ("penalty_cases", "18", "total"),
        ("publicity_events", "36", "total"),
    ]


def test_a_table_without_headers() -> None:
    text, blocks = cells(
        ("行政处罚案件", "18件", "普法宣传活动", "36场"), ("调解矛盾纠纷（件）", "52", "备注", "3")
    )
    observations, _ = read(text, blocks=blocks)
    assert sorted((o.indicator, str(o.value), o.role.value) for o in observations) == [
        ("disputes_mediated", "52", "total"),
        ("penalty_cases", "18", "total"),
        ("publicity_events", "36", "total"),
    ]
