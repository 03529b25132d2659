"""Figures against each other: planted faults are found with their repair, what can be right is left alone."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml

from nianbao import (
    Attribute,
    Block,
    Context,
    Document,
    Field,
    Finding,
    Report,
    Section,
    SectionKind,
    Status,
)
from nianbao.catalogue import load_catalogue
from nianbao.divisions import divisions
from nianbao.grammar.reading import read_text
from nianbao.manager import registry
from nianbao.steps import settle
from plugins.validators.arithmetic import check, judgements
from plugins.validators.relations import Verdict

HERE = Path(__file__).parent
FAULTS = yaml.safe_load((HERE / "figure_faults.yml").read_text(encoding="utf-8"))
TRAPS = yaml.safe_load((HERE / "figure_traps.yml").read_text(encoding="utf-8"))


def named(case: dict) -> str:
    return case.get("name", case["text"][:30])


def analysed(text: str, blocks: tuple[Block, ...] = ()) -> tuple[Report, Context]:
    """Read a text whole, with what the extractor of indicators finds, settled."""
    catalogue = load_catalogue()
    document = Document("甲.txt", "0" * 64, "text", text, blocks)
    context = Context(
        catalogue, divisions(), date(2024, 5, 6), reading=read_text(text, catalogue.units, blocks)
    )
    attributes = (
        Attribute(Field.YEAR, "2023", "", "test"),
        Attribute(Field.ISSUER_LEVEL, "town", "", "test"),
    )
    report = Report("甲.txt", "0" * 64, Status.COMPLETE, attributes)
    extractor = next(e for e in registry().extractors if e.name == "indicators")
    observed = tuple(extractor.extract(document, replace(context, report=report)))
    report = replace(report, observations=tuple(o for o in observed if hasattr(o, "indicator")))
    return settle(registry(), report, context), context


def findings(text: str, blocks: tuple[Block, ...] = ()) -> list[Finding]:
    report, context = analysed(text, blocks)
    found = list(check(report, context))
    for finding in found:
        for quote in finding.quotes:
            assert text[quote.start : quote.end] == quote.quote
        assert finding.basis
        assert finding.suggestion.endswith("。")
        assert finding.message.endswith("。")
        assert finding.message.count("。") == 1
    return found


@pytest.mark.parametrize("case", FAULTS, ids=named)
def test_planted_faults_are_found(case: dict) -> None:
    found = findings(case["text"])
    assert {finding.rule for finding in found} == set(case["rules"])
    assert not found or case.get("repair", "") in found[0].suggestion


@pytest.mark.parametrize("case", TRAPS, ids=named)
def test_what_can_be_right_is_left_alone(case: dict) -> None:
    assert [finding.message for finding in findings(case["text"])] == []
    judged = judgements(*analysed(case["text"]))
    assert judged is not None
    untold = {end.check.rule.code for end in judged[1] if end.verdict is Verdict.CANT_TELL}
    assert set(case.get("untold", ())) <= untold


def test_messages_are_plain_sentences() -> None:
    text = FAULTS[0]["text"]
    first, second = findings(text)
    assert first.message == "“办理行政执法案件”写为500件，但所列各分项 240 + 120 + 170 = 530，两者不一致。"
    assert second.message == "“行政许可占比”写为42%，但按 240 ÷ 500 计算应为48.0%。"
    assert first.suggestion == "最小的改动：“行政许可”的240改为210（改后各处数字相符），请对照台账核实。"


@pytest.mark.parametrize(
    ("text", "rule", "message"),
    [
        (
            "办理行政处罚案件3件，其中简易程序2件，占比66.6%。",
            "arithmetic.share-cut",
            "“简易程序占比”66.6%是由 2 ÷ 3 截尾得到的。",
        ),
        (
            "全年排查矛盾纠纷156件，化解155件，化解率99.3%。",
            "arithmetic.rate-cut",
            "“化解率”99.3%是由 155 ÷ 156 截尾得到的。",
        ),
    ],
)
def test_what_is_off_by_truncation_alone_is_a_note(text: str, rule: str, message: str) -> None:
    (found,) = findings(text)
    assert (found.rule, found.severity, found.message) == (rule, "note", message)


@pytest.mark.parametrize("text", ["", "坚持依法行政，法治政府建设稳步推进。", "召开专题会议4次。"])
def test_where_nothing_is_bound_nothing_is_judged(text: str) -> None:
    judged = judgements(*analysed(text))
    assert judged is not None
    assert judged[1] == ()


def test_without_a_text_there_is_nothing_to_check() -> None:
    report, context = analysed("召开专题会议4次。")
    assert list(check(report, replace(context, reading=None))) == []


def test_the_place_is_told() -> None:
    text = "一、主要举措和成效\n共调处纠纷80起，其中邻里类50起、土地类40起。"
    report, context = analysed(text)
    section = Section("一、主要举措和成效", SectionKind.ACHIEVEMENTS, 0, len(text), 1, "test")
    (found,) = check(replace(report, sections=(section,)), context)
    assert found.message.startswith("“一、主要举措和成效”部分：")


def test_the_validator_is_registered_with_its_kinds() -> None:
    validator = next(v for v in registry().validators if v.name == "arithmetic")
    assert validator.scope == "report"
    assert validator.kinds == {"sum", "ratio", "order", "repeat-conflict", "unit"}


def test_the_suite_is_large_enough() -> None:
    assert len(FAULTS) >= 35
    assert len(TRAPS) >= 15


def test_confusion_table() -> None:
    """Nineteen faults in twenty are found, and no clean text is blamed; `pytest -s` shows the table."""
    kinds = {"sum", "ratio", "order", "repeat-conflict", "unit"}
    table: Counter[tuple[str, str]] = Counter()
    for case in FAULTS:
        raised = {finding.kind for finding in findings(case["text"]) if finding.severity != "note"}
        planted = {case["kind"]} if "kind" in case else raised
        table.update((kind, "found" if kind in raised else "missed") for kind in planted)
        table.update((kind, "false") for kind in raised - planted)
    clean = [finding for case in TRAPS for finding in findings(case["text"]) if finding.severity != "note"]
    table.update((finding.kind, "false") for finding in clean)
    for kind in sorted(kinds):
        print(kind.ljust(16), *(f"{end} {table[kind, end]:3}" for end in ("found", "missed", "false")))
    found = sum(table[kind, "found"] for kind in kinds)
    missed = sum(table[kind, "missed"] for kind in kinds)
    print(f"{len(FAULTS)} faulty texts: {found} found, {missed} missed")
    print(f"{len(TRAPS)} clean texts: {len(clean)} false")
    assert found >= 0.95 * (found + missed)
    assert clean == []
