"""Mistakes are shown in their sentences with the engine's reasons; runs are compared mistake by mistake."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from nianbao import Document
from nianbao.errors import UsageError
from nianbao.evaluation import Evaluation, ExhibitKind, compare, exhibit, saved, score
from nianbao.explaining import Explanation, explain
from nianbao.interface import report_to_json
from nianbao.manager import registry
from nianbao.steps import make_context
from outputs.gallery import Panel, gallery_page

TEXT = (
    "绥阳县旺草镇2023年法治政府建设年度报告\n"
    "一、2023年度主要举措和成效\n"
    "规范执法。全年办理行政处罚案件30件。上年开展行政检查200次。发放<宣传>资料5000余份。\n"
    "化解矛盾纠纷16件。召开专题会议4次。\n"
    "二、存在的不足和原因\n执法力量不足，人员素质有待提高。\n"
    "三、下一步工作安排\n继续加强法治培训，提高依法行政能力，推进法治政府建设。\n"
)
NAMES = {"penalty_cases": "行政处罚案件数", "inspections": "行政检查次数"}


def observed(indicator: str, value: float, quote: str, **more: Any) -> dict[str, Any]:
    row = {"indicator": indicator, "value": value, "unit": "件", "qualifier": "exact", "role": "total"}
    return row | {"quote": quote} | more


@pytest.fixture(scope="module")
def told() -> Explanation:
    context = make_context()
    document = Document("a.txt", "", "text", TEXT)
    return next(explain(registry(), document, context, frozenset(context.catalogue.indicators)))


def evaluated(told: Explanation, *observations: dict[str, Any]) -> Evaluation:
    read = {"a": json.loads(json.dumps(report_to_json(told.report)))}
    return score([{"id": "g", "file": "a.txt", "observations": list(observations)}], read)


WANTED = (
    observed("inspections", 200, "开展行政检查200次"),
    observed("penalty_cases", 31, "办理行政处罚案件30件"),
    observed("publicity_materials", 5000, "发放<宣传>资料5000余份"),
    observed("disputes_resolved", 16, "化解矛盾纠纷16件"),
)


def test_each_mistake_has_its_sentence_and_reason(told: Explanation) -> None:
    result = evaluated(told, *WANTED)
    shown = {
        (one.kind.value, one.indicator): (one.gold, one.given, one.marked, one.reason)
        for one in exhibit(result.mistakes, {"a": [told]}, NAMES)
        if one.kind is not ExhibitKind.HEADLINE
    }
    assert shown == {
        ("missed", "inspections"): ("200", "", "开展行政检查200次", "说的是别的年度"),
        ("value", "penalty_cases"): (
            "31",
            "30",
            "办理行政处罚案件30件",
            "按本身的文字归入：第1条线索“办理行政处罚案件”",
        ),
        ("qualifier", "publicity_materials"): (
            "5000",
            "5000 at_least",
            "宣传>资料5000余份",
            next(c.told for c in told.candidates if c.indicator == "publicity_materials" and c.taken),
        ),
    }


def test_a_headline_names_what_was_taken_instead(told: Explanation) -> None:
    report = replace(told.report, figures=tuple(replace(f, value=Decimal(8)) for f in told.report.figures))
    result = evaluated(replace(told, report=report), observed("penalty_cases", 30, "办理行政处罚案件30件"))
    heads = [
        one for one in exhibit(result.mistakes, {"a": [told]}, NAMES) if one.kind is ExhibitKind.HEADLINE
    ]
    assert [(one.indicator, one.gold, one.given, one.reason) for one in heads] == [
        ("penalty_cases", "30", "8", "取了另一处：办理行政处罚案件30件")
    ]


def test_what_was_not_read_at_all_is_shown_by_its_quote() -> None:
    result = score([{"id": "g", "file": "b.txt", "observations": [WANTED[0]]}], {})
    (missed,) = exhibit(result.mistakes, {}, NAMES)
    assert (missed.marked, missed.reason) == ("开展行政检查200次", "没有读到这份报告，或找不到这句话")


def test_the_page_is_whole_and_harmless(told: Explanation) -> None:
    result = evaluated(told, *WANTED)
    page = gallery_page(
        "评测<错处>",
        [Panel("F1", "0.9")],
        result.indicators,
        exhibit(result.mistakes, {"a": [told]}, NAMES),
        NAMES,
    )
    assert "<宣传>" not in page
    assert "<mark>宣传&gt;资料5000余份</mark>" in page
    assert "评测&lt;错处&gt;" in page
    assert page.count("<article") == 3
    assert not [word for word in ("http:", "https:", "src=", "href=", "@import") if word in page]


def test_a_run_is_compared_with_an_earlier_one(told: Explanation, tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    before = evaluated(told, *WANTED)
    path.write_text(saved(before, Evaluation(), "1"), "utf-8")
    after = evaluated(told, *WANTED[1:], observed("law_lectures", 3, "讲座3场"))
    found = compare(after, "1", path)
    assert (found.same_gold, found.before) == (True, before.total)
    assert [(m.kind.value, m.name) for m in found.broken] == [
        ("missed", "law_lectures"),
        ("headline", "law_lectures"),
    ]
    assert [(m.kind.value, m.name) for m in found.mended] == [
        ("missed", "inspections"),
        ("headline", "inspections"),
    ]
    assert set(found.changed) == {"inspections", "law_lectures"}
    assert not compare(before, "2", path).same_gold


def test_nothing_of_what_is_held_out_is_saved_but_totals(told: Explanation) -> None:
    held_out = evaluated(told, replace_quote(WANTED[0]))
    row = json.loads(saved(Evaluation(), held_out, "1"))
    assert row["held_out"]["total"]["wanted"] == 1
    assert "留出的句子" not in json.dumps(row, ensure_ascii=False)


def replace_quote(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"quote": "留出的句子"}


@pytest.mark.parametrize("text", ["", "[]", '{"form": "x"}', None])
def test_what_is_no_saved_run_is_said_in_one_line(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "run.json"
    if text is not None:
        path.write_text(text, "utf-8")
    with pytest.raises(UsageError) as error:
        compare(Evaluation(), "1", path)
    assert str(path) in str(error.value)
