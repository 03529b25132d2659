"""A broken validator is a finding; the others' results stay as they are."""

from __future__ import annotations

import pytest
from broken import Writer, context, empty_yearbook, registry_with
from broken_beside import HEAD, loaded_beside

from nianbao.model import Status
from nianbao.steps import validate_yearbook

VALIDATOR = (
    HEAD
    + """
@hookimpl
def nianbao_validators():
    yield Validator("broken", "{scope}", frozenset({{"sum"}}), check)

def check(subject, context):
    yield Finding("sum", "broken.sum", Severity.ERROR, "分项之和与合计不符。")
    {body}
"""
)


WHILE_CHECKING = {
    "raises": ("raise ZeroDivisionError('除以零')", "ZeroDivisionError: 除以零"),
    "an undeclared kind": (
        "yield Finding('ratio', 'r', Severity.NOTE, '比例不符。')",
        "未声明的问题类型 ratio",
    ),
    "a false quote": (
        "yield Finding('sum', 's', Severity.NOTE, '不符。', (Quote(0, 4, '二、主要'),))",
        "引文与原文不符：二、主要",
    ),
    "a quote outside the text": (
        "yield Finding('sum', 's', Severity.NOTE, '不符。', (Quote(500, 500, ''),))",
        "超出原文",
    ),
    "a severity that is none": ("yield Finding('sum', 's', 'bad', '不符。')", "severity 应为 Severity"),
    "no finding": ("yield '不符'", "应给出 Finding，却给出了 str"),
}


@pytest.mark.parametrize(("body", "said"), WHILE_CHECKING.values(), ids=WHILE_CHECKING)
def test_a_validator_that_fails_is_a_finding(write: Writer, body: str, said: str) -> None:
    _, alone, beside = loaded_beside(write, VALIDATOR.format(scope="report", body=body))
    [failure] = beside.failures
    assert (failure.plugin, failure.stage) == ("broken", "validate")
    assert said in failure.error
    assert beside.status is Status.PARTIAL
    assert beside.figures == alone.figures
    assert [(finding.kind, finding.rule) for finding in beside.findings] == [
        ("crashed", "broken.crashed"),
        ("order", "sound.order"),
    ]
    assert beside.findings[0].message == "校验规则 broken 未能完成，这份报告没有经过它的检查。"


def test_a_yearbook_validator_that_fails_is_a_finding(write: Writer) -> None:
    found = registry_with(write, VALIDATOR.format(scope="yearbook", body="raise KeyError"))
    yearbook = empty_yearbook(found)
    assert [finding.message for finding in yearbook.findings] == [
        "校验规则 broken 未能完成，本年度的汇总没有经过它的检查。"
    ]
    assert len(validate_yearbook(found, yearbook, context()).findings) == 2
