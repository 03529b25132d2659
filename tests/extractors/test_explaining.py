"""Why a figure was taken or refused: told by the engine that decides, in words for a clerk."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from importlib.resources import files

import pytest
from laid_out import cells

from nianbao import (
    Attribute,
    Block,
    Candidate,
    Context,
    Document,
    Field,
    Observation,
    Report,
    Section,
    SectionKind,
    Status,
)
from nianbao.catalogue import Catalogue, load_catalogue, read_catalogue
from nianbao.divisions import divisions
from nianbao.grammar.reading import read_text
from plugins.extractors.indicators import explain, extract

# The reasons are the engine's; the cards of the catalogue may change without them.
CARDS = """
penalty_cases:
  {name: 行政处罚案件数, dimension: count, unit: 件, definition: 处罚, takes: [case], examples: [],
   without: [案卷], cues: [{head: [(办理|)行政处罚(案件|)]}, {head: [处罚], weak: true}]}
licensing_cases:
  {name: 行政许可件数, dimension: count, unit: 件, definition: 许可, takes: [case], examples: [],
   cues: [{head: [行政许可]}]}
inspections:
  {name: 行政检查次数, dimension: count, unit: 次, definition: 检查, takes: [event, case], examples: [],
   cues: [{head: [行政检查]}]}
disputes_resolved:
  {name: 化解纠纷件数, dimension: count, unit: 件, definition: 化解, takes: [case], examples: [],
   cues: [{head: [纠纷], with: [[化解]]}]}
petitions_closed:
  {name: 信访办结件数, dimension: count, unit: 件, definition: 办结, takes: [case], examples: [],
   cues: [{head: [信访], with: [[办结, 化解]]}, {head: [办结], context: [[信访]], side: left}]}
litigation_cases:
  {name: 行政诉讼案件数, dimension: count, unit: 件, definition: 诉讼, takes: [case], examples: [],
   nothing: [行政诉讼(案件|)], cues: [{head: [行政诉讼]}]}
"""


def small_catalogue() -> Catalogue:
    units = files("nianbao.catalogue").joinpath("units.yml").read_bytes()
    return read_catalogue({"enforcement": CARDS.encode()}, units)


def context_of(
    text: str, blocks: tuple[Block, ...] = (), plan_from: str = "", catalogue: Catalogue | None = None
) -> tuple[Document, Context]:
    catalogue = catalogue or small_catalogue()
    known = {Field.YEAR: "2023", Field.ISSUER_LEVEL: "town"}
    attributes = tuple(Attribute(field, value, "", "test") for field, value in known.items())
    sections: tuple[Section, ...] = ()
    if plan_from:
        sections = (Section(plan_from, SectionKind.PLAN, text.index(plan_from), len(text), 1, "test"),)
    report = Report("甲.txt", "", Status.COMPLETE, attributes, sections)
    reading = read_text(text, catalogue.units, blocks)
    context = Context(catalogue, divisions(), date(2024, 5, 6), reading=reading, report=report)
    return Document("甲.txt", "", "text", text, blocks), context


def weighed(text: str, indicator: str, **given: object) -> list[Candidate]:
    document, context = context_of(text, **given)  # type: ignore[arg-type]
    return list(explain(document, context, frozenset({indicator})))


def told(text: str, indicator: str, **given: object) -> list[tuple[str, bool, str]]:
    return [(text[c.start : c.end], c.taken, c.told) for c in weighed(text, indicator, **given)]


LACKING = "第1条线索“信访”还要同一分句里有“办结”、“化解”之一"
BARRED = "第1条线索“行政处罚”旁边有“案卷”，说的是别的事"
OWN = "按本身的文字归入：第1条线索“办理行政处罚案件”"
CASES = [
    ("办理行政处罚案件40件。", "penalty_cases", [("40件", True, OWN)]),
    (
        "办理行政处罚案件40件，其中城管领域28件。",
        "penalty_cases",
        [
            ("40件", True, OWN),
            ("28件", True, "是前面总数的一部分，随总数归入：第1条线索“办理行政处罚案件”"),
        ],
    ),
    (
        "行政许可、行政处罚、行政检查分别为12件、3件、8件。",
        "penalty_cases",
        [
            ("3件", True, "文中逐一分配（分别、各、均）：第1条线索“行政处罚”"),
        ],
    ),
    ("上年办理行政处罚案件15件。", "penalty_cases", [("15件", False, "说的是别的年度")]),
    ("力争处罚15件。", "penalty_cases", [("15件", False, "说的是要求、目标或频次，不是全年实际")]),
    ("行政处罚案件同比减少3件。", "penalty_cases", [("3件", False, "说的是增减幅度，或与上年的比较")]),
    ("全县办理行政处罚案件300件。", "penalty_cases", [("300件", False, "说的是上级或别的单位")]),
    ("受理信访90件，均已办结。", "petitions_closed", [("90件", False, LACKING)]),
    ("未发生行政诉讼案件。", "litigation_cases", [("未发生行政诉讼案件", True, "文字说明没有发生，按零计")]),
    ("评查行政处罚案卷12件。", "penalty_cases", [("12件", False, BARRED)]),
    ("办结30件。", "petitions_closed", [("30件", False, "第2条线索“办结”前文要有“信访”")]),
    ("信访共30件办结。", "petitions_closed", [("30件", True, "按本身的文字归入：第1条线索“信访”")]),
    ("行政许可公示率100%。", "licensing_cases", [("100%", False, "第1条线索“行政许可”不用“%”计数")]),
    ("现有行政处罚12件。", "penalty_cases", [("12件", False, "说的是现有的存量，不是全年办的")]),
    (
        "行政许可和行政处罚12件。",
        "licensing_cases",
        [("12件", False, "“行政处罚案件数”的文字离数字更近、更明确，归了“行政处罚案件数”")],
    ),
    ("慰问困难群众45户。", "penalty_cases", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "indicator", "expected"), CASES)
def test_the_deciding_reason(text: str, indicator: str, expected: list[tuple[str, bool, str]]) -> None:
    assert told(text, indicator) == expected


def test_a_plan_and_a_unit_are_told() -> None:
    text = "一、成效\n行政处罚公示率100%。\n二、下一步打算\n办理行政处罚案件30件。"
    assert told(text, "penalty_cases", plan_from="二、下一步打算") == [
        ("100%", False, "第1条线索“行政处罚”不用“%”计数"),
        ("30件", False, "说的是以后的打算，不是已经做的"),
    ]


def test_a_table_s_figures_are_told_by_header_or_label() -> None:
    text, blocks = cells(("指标", "2022年", "2023年"), ("行政处罚案件（件）", "15", "18"))
    assert told(text, "penalty_cases", blocks=blocks) == [
        ("15", False, "表格行名“行政处罚案件”，是别的年度"),
        ("18", True, "表格行名“行政处罚案件”"),
    ]


def test_roles_are_told_with_what_was_taken() -> None:
    text = "化解邻里纠纷6件。全镇共化解矛盾纠纷88件。"
    roles = [candidate.checks[-1] for candidate in weighed(text, "disputes_resolved")]
    assert [(check.rule, check.told) for check in roles] == [
        ("role.part", "范围不如另一处说法宽"),
        ("role.total", "各处说法中范围最宽"),
    ]


def test_what_is_told_as_taken_is_what_is_extracted() -> None:
    text = (
        "全年开展行政检查300次，下达文书36份，罚款3万余元。化解纠纷80件，其中口头50件、书面30件。\n"
        "未发生行政复议、行政诉讼案件。参考率、合格率均为100%。上年罚款5万元。每季度学法1次。"
    )
    document, context = context_of(text, catalogue=load_catalogue())
    wanted = frozenset(context.catalogue.indicators)
    candidates = [c for c in explain(document, context, wanted) if c.taken]
    observations = [row for row in extract(document, context) if isinstance(row, Observation)]
    rows = sorted((row.indicator, row.figure_start, row.figure_end, row.value) for row in observations)
    assert len(rows) > 8
    assert sorted((c.indicator, c.start, c.end, c.value) for c in candidates) == rows
    assert all(c.evidence for c in candidates)
    without_report = replace(context, report=None)
    assert list(explain(document, without_report, wanted)) == []
