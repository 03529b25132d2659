"""What a manifest tells of a report counts where the report doesn't tell it, never before its own word."""

from __future__ import annotations

import pytest

from nianbao import Context, Fact, FactName, Field
from nianbao.model import Document
from nianbao.steps import make_context
from plugins.extractors.identity.statements import identify

BODY = "\n\n一、主要举措和成效\n全年办理行政处罚案件12件。\n\n二、下一步安排\n继续推进各项工作。\n"


@pytest.fixture(scope="module")
def context() -> Context:
    return make_context()


def told(context: Context, title: str, *facts: Fact) -> dict[Field, tuple[str, str]]:
    text = title + BODY
    document = Document("a.txt", "0" * 64, "text", text, (), facts, ())
    return {each.field: (each.value, each.reason) for each in identify(document, context)}


LISTED = (
    Fact(FactName.ISSUER, "云溪市青石县白水镇人民政府", "manifest"),
    Fact(FactName.YEAR, "2023", "manifest"),
)


def test_it_tells_what_the_report_does_not(context: Context) -> None:
    found = told(context, "法治政府建设情况报告", *LISTED)
    assert found[Field.YEAR] == ("2023", "名录写明的年度")
    assert found[Field.ISSUER] == ("云溪市青石县白水镇人民政府", "名录注明的单位")


def test_the_report_s_own_word_comes_first(context: Context) -> None:
    found = told(context, "红石乡人民政府2022年法治政府建设情况报告", *LISTED)
    assert found[Field.YEAR] == ("2022", "标题中的年份")
    assert found[Field.ISSUER][0].endswith("红石乡人民政府")


def test_a_year_that_is_none_counts_for_nothing(context: Context) -> None:
    for value in ("去年", "2999"):
        found = told(context, "法治政府建设情况报告", Fact(FactName.YEAR, value, "manifest"))
        assert Field.YEAR not in found
