"""Facts told twice in different parts of a report: with other figures, and with what only looks like them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from nianbao import Document, Report
from nianbao.manager import registry
from nianbao.steps import analyse, make_context

CASES = yaml.safe_load(Path(__file__).with_name("recalled.yml").read_text(encoding="utf-8"))
HEADINGS = {
    "work": "一、主要举措和成效",
    "problems": "二、存在的不足和原因",
    "duty": "三、主要负责人履行推进法治建设第一责任人职责情况",
    "plan": "四、2024年工作安排",
}


def report_of(work: str, part: str, sentence: str) -> Report:
    lines = ["安新县苇泊镇2023年度法治政府建设情况报告"]
    for name, heading in HEADINGS.items():
        lines += [heading]
        lines += [work] if name == "work" else []
        lines += [sentence] if name == part else []
        lines += ["认真落实各项制度，严格依法办事。"]
    return analyse(registry(), Document("a.txt", "0" * 64, "text", "\n".join(lines)), make_context())


def told(report: Report) -> list[tuple[str, list[str]]]:
    return [
        (finding.rule, [quote.quote for quote in finding.quotes])
        for finding in report.findings
        if finding.kind == "repeat-conflict"
    ]


@pytest.mark.parametrize(("work", "part", "sentence", "rule", "figures"), CASES["faults"])
def test_what_is_recalled_with_another_figure_is_told(
    work: str, part: str, sentence: str, rule: str, figures: list[str]
) -> None:
    found = told(report_of(work, part, sentence))
    assert [code for code, _ in found] == [rule]
    for figure in figures:
        assert any(figure in quote for quote in found[0][1])


@pytest.mark.parametrize(("work", "part", "sentence"), CASES["clean"])
def test_what_is_no_recollection_is_left_alone(work: str, part: str, sentence: str) -> None:
    assert told(report_of(work, part, sentence)) == []


def test_a_hedged_figure_that_may_be_the_other_is_left_alone() -> None:
    report = report_of("全年调解纠纷200余件。", "problems", "一是调解纠纷207件，履行慢。")
    assert told(report) == []
