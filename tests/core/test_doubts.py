"""Figures that rest on characters which were not surely recognised are less sure, and marked for review."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from small_records import filing

from nianbao import Block, BlockKind, Document, Place, Report, steps
from nianbao.doubts import DOUBTFUL, REVIEW, is_doubtful, lower_doubtful
from nianbao.manager import registry

TEXT = (
    "云岭县清溪镇2023年法治政府建设年度报告\n一、主要举措和成效\n全年调解矛盾纠纷312件，办理行政处罚案件25件。\n"
    "二、存在的不足\n人手不足。\n三、第一责任人履职情况\n带头学法。\n四、下一步安排\n继续推进。"
)


def document(*quotes: str) -> Document:
    spans = tuple((TEXT.index(quote), TEXT.index(quote) + len(quote)) for quote in quotes)
    blocks, start = [], 0
    for number, line in enumerate(TEXT.split("\n"), start=1):
        end = start + len(line)
        within = tuple(span for span in spans if start <= span[0] < end)
        blocks.append(Block(start, end, BlockKind.PARAGRAPH, Place(page=1, paragraph=number), doubts=within))
        start = end + 1
    return Document(filing("甲.pdf").name, "00", "scan", TEXT, tuple(blocks))


def report_of(*quotes: str) -> Report:
    return steps.analyse(registry(), document(*quotes), steps.make_context())


def confidences(report: Report) -> dict[str, Decimal]:
    return {each.indicator: each.confidence for each in report.observations}


def reviews(report: Report) -> dict[str, str]:
    return {figure.indicator: figure.review for figure in report.figures if not figure.derived}


def test_a_doubtful_figure_is_less_sure_and_to_be_reviewed_and_the_others_are_not() -> None:
    sure, doubtful = report_of(), report_of("12件")
    assert confidences(sure)["disputes_mediated"] > DOUBTFUL
    assert confidences(doubtful) == confidences(sure) | {"disputes_mediated": DOUBTFUL}
    assert reviews(doubtful)["disputes_mediated"].startswith(REVIEW)
    assert {name: told for name, told in reviews(doubtful).items() if name != "disputes_mediated"} == {
        name: told for name, told in reviews(sure).items() if name != "disputes_mediated"
    }
    [mediated] = [each for each in doubtful.observations if each.indicator == "disputes_mediated"]
    assert mediated.value == 312
    assert mediated.reason.endswith("扫描识别不确定")


@pytest.mark.parametrize("quote", ["云岭县", "矛盾纠纷", "。\n二、存"])
def test_doubts_about_other_characters_lower_nothing(quote: str) -> None:
    assert confidences(report_of(quote)) == confidences(report_of())


@pytest.mark.parametrize(
    ("spans", "doubtful"),
    [
        ((), False),
        (((0, 10),), False),
        (((0, 11),), True),
        (((14, 20),), False),
        (((13, 14),), True),
        (((0, 3), (4, 6), (12, 13), (30, 40)), True),
        (((0, 3), (4, 6), (30, 40)), False),
    ],
)
def test_a_figure_is_doubtful_where_spans_overlap_it(
    spans: tuple[tuple[int, int], ...], doubtful: bool
) -> None:
    observation = replace(report_of().observations[0], figure_start=10, figure_end=14)
    assert is_doubtful(observation, spans) is doubtful


def test_a_figure_that_is_less_sure_already_stays_so() -> None:
    [first, *others] = report_of().observations
    report = replace(report_of(), observations=(replace(first, confidence=Decimal("0.2")), *others))
    [lowered, *_] = lower_doubtful(report, document("12件")).observations
    assert lowered.confidence == Decimal("0.2")
