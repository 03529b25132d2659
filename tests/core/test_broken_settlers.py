"""Where a settler is broken, the core settles."""

from __future__ import annotations

import pytest
from broken import Writer, registry_with, report_of
from broken_beside import HEAD, loaded_beside

from nianbao.model import Status

SETTLER = (
    HEAD
    + """
@hookimpl
def nianbao_settle({arguments}):
    index, first = candidates[0]
    {body}
"""
)


FIGURE = "return Figure({indicator}, {value}, FigureStatus.{status}, False, {sources})"


WHILE_SETTLING = {
    "raises": ("raise RuntimeError('不会')", "RuntimeError: 不会"),
    "another indicator's figure": (
        FIGURE.format(
            indicator="'disputes_mediated'", value="first.value", status="STATED", sources="(index,)"
        ),
        "给出了 disputes_mediated 的结果",
    ),
    "a float": (
        FIGURE.format(indicator="first.indicator", value="1.5", status="STATED", sources="(index,)"),
        "不是有限的 Decimal：1.5",
    ),
    "a number without a figure": ("return first.value", "应给出 Figure，却给出了 Decimal"),
    "stated without a value": (
        FIGURE.format(indicator="first.indicator", value="None", status="STATED", sources="(index,)"),
        "的数值与状态 stated 不符",
    ),
    "sources of another indicator": (
        FIGURE.format(indicator="first.indicator", value="first.value", status="STATED", sources="(99,)"),
        "没有指明所依据的数字",
    ),
    "candidates cleared": ("candidates.clear()", "AttributeError"),
}


@pytest.mark.parametrize(("body", "said"), WHILE_SETTLING.values(), ids=WHILE_SETTLING)
def test_where_a_settler_fails_the_core_settles(write: Writer, body: str, said: str) -> None:
    source = SETTLER.format(arguments="candidates, context", body=body)
    _, alone, beside = loaded_beside(write, source)
    assert {(failure.plugin, failure.stage) for failure in beside.failures} == {("broken", "settle")}
    assert all(said in failure.error for failure in beside.failures)
    assert beside.figures == alone.figures
    assert beside.status is Status.PARTIAL


@pytest.mark.parametrize("arguments", ["candidates", "context, candidates", "candidates, context"])
def test_a_settler_gets_the_arguments_that_it_names(write: Writer, arguments: str) -> None:
    body = FIGURE.format(indicator="first.indicator", value="Decimal(7)", status="STATED", sources="(index,)")
    report = report_of(registry_with(write, SETTLER.format(arguments=arguments, body=body)))
    assert (report.status, {figure.value for figure in report.figures}) == (Status.COMPLETE, {7})
