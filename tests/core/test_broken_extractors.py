"""A broken extractor owes its own indicators; the others' results stay as they are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from broken import SETTLE, SOUND, TEXT, Writer, context, download, registry_with, report_of
from broken_beside import HEAD, loaded_beside

from nianbao.manager import build_registry
from nianbao.model import FigureStatus, Status
from nianbao.steps import process_download

EXTRACTOR = (
    SOUND.split("@hookimpl")[0]
    + """
@hookimpl
def nianbao_extractors():
    fields = {"year", "published", "document_kind", "issuer_level"}
    yield Extractor("broken", fields | {"sections", "numerals", "disputes_mediated", "law_aid"}, bad)

def good(document):
    return statement(document, "disputes_mediated", "行政处罚案件12件", 12, 12, 12)

"""
)


YIELDED = "def bad(document, context):\n    yield good(document)\n    yield {}"


OBSERVED = "import dataclasses\n" + YIELDED.format("dataclasses.replace(good(document), {})")


# What an extractor does wrong after one good observation, and a piece of what is said of it.
WHILE_EXTRACTING = {
    "raises half-way": (
        "def bad(document, context):\n    yield good(document)\n    raise ValueError('半途')",
        "半途",
    ),
    "exits": ("def bad(document, context):\n    yield good(document)\n    raise SystemExit", "SystemExit"),
    "yields nothing that can be walked": ("def bad(document, context):\n    return 5", "TypeError"),
    "yields no statement": (YIELDED.format("'penalty_cases'"), "无法识别的 str"),
    "an undeclared indicator": (
        OBSERVED.format("indicator='petitions_received'"),
        "未声明的 petitions_received",
    ),
    "an unknown indicator": (OBSERVED.format("indicator='law_aid'"), "没有名为 law_aid 的指标"),
    "a false quote": (OBSERVED.format("quote='行政处罚案件13件'"), "引文与原文不符：行政处罚案件13件"),
    "a float": (OBSERVED.format("value=12.0"), "不是有限的 Decimal：12.0"),
    "an int": (OBSERVED.format("value=12"), "不是有限的 Decimal：12"),
    "no value": (OBSERVED.format("value=None"), "没有数值"),
    "not a number": (OBSERVED.format("value=Decimal('NaN')"), "不是有限的 Decimal"),
    "an infinite bound": (OBSERVED.format("high=Decimal('Infinity')"), "不是有限的 Decimal"),
    "a confidence above one": (OBSERVED.format("confidence=Decimal(2)"), "置信度 2 不在 0 与 1 之间"),
    "a quote outside the text": (OBSERVED.format("start=900, end=910"), "证据位置 900–910 超出原文"),
    "a quote from behind": (OBSERVED.format("start=-5, end=-1"), "超出原文"),
    "a figure outside its quote": (OBSERVED.format("figure_start=0"), "数字不在引文之内"),
    "a role that is none": (OBSERVED.format("role='whole'"), "role 应为 Role，却是 'whole'"),
    "a section with a false heading": (
        YIELDED.format("Section('二、主要举措', SectionKind.PLAN, 0, 20, 1, 'broken')"),
        "引文与原文不符：二、主要举措",
    ),
    "a section shorter than its heading": (
        YIELDED.format("Section('一、主要举措和成效', SectionKind.PLAN, 0, 3, 1, 'broken')"),
        "标题超出了它的部分",
    ),
    "a numeral without a reason": (YIELDED.format("Numeral(0, 1, '一', 'why')"), "reason 应为 NumeralReason"),
    "a year in words": (
        YIELDED.format("Attribute(Field.YEAR, '二〇二三', '', 'broken')"),
        "year 的值不合格式：二〇二三",
    ),
    "a year with its word": (
        YIELDED.format("Attribute(Field.YEAR, '2023年', '', 'broken')"),
        "year 的值不合格式",
    ),
    "a year in wide digits": (
        YIELDED.format("Attribute(Field.YEAR, '２０２３', '', 'broken')"),
        "year 的值不合格式",
    ),
    "a year as a number": (
        YIELDED.format("Attribute(Field.YEAR, 2023, '', 'broken')"),
        "year 的值应为非空文字",
    ),
    "an unknown kind": (
        YIELDED.format("Attribute(Field.KIND, 'poem', '', 'broken')"),
        "document_kind 的值不合格式",
    ),
    "an unknown level": (
        YIELDED.format("Attribute(Field.ISSUER_LEVEL, '镇', '', 'broken')"),
        "issuer_level 的值不合格式",
    ),
    "a date as printed": (
        YIELDED.format("Attribute(Field.PUBLISHED, '2024年1月5日', '', 'broken')"),
        "published 的值",
    ),
    "a date without hyphens": (
        YIELDED.format("Attribute(Field.PUBLISHED, '20240105', '', 'broken')"),
        "published 的值",
    ),
    "a day that is none": (
        YIELDED.format("Attribute(Field.PUBLISHED, '2024-02-30', '', 'broken')"),
        "published 的值",
    ),
    "half a span": (YIELDED.format("Attribute(Field.YEAR, '2023', '', 'broken', 3)"), "证据位置不完整"),
    "a confidence that is no number": (
        YIELDED.format("Attribute(Field.YEAR, '2023', '', 'broken', confidence=Decimal('NaN'))"),
        "不是有限的 Decimal",
    ),
    "an undeclared field": (YIELDED.format("Attribute(Field.TOWN, '北流镇', '', 'broken')"), "未声明的 town"),
}


@pytest.mark.parametrize(("body", "said"), WHILE_EXTRACTING.values(), ids=WHILE_EXTRACTING)
def test_an_extractor_that_fails_owes_its_indicators(write: Writer, body: str, said: str) -> None:
    failures, alone, beside = loaded_beside(write, EXTRACTOR + body)
    assert failures == ()
    [failure] = beside.failures
    assert (failure.plugin, failure.stage) == ("broken", "extract")
    assert said in failure.error
    assert beside.status is Status.PARTIAL
    assert [figure for figure in beside.figures if figure.indicator != "disputes_mediated"] == list(
        alone.figures
    )
    owed = beside.figure("disputes_mediated")
    assert owed is not None
    assert (owed.status, owed.value, owed.sources) == (FigureStatus.FAILED, None, ())
    assert replace(beside, figures=alone.figures, failures=(), status=alone.status) == alone


def test_extractors_that_wait_for_each_other(write: Writer) -> None:
    ring = """
    yields = {yields!r}
    @hookimpl
    def nianbao_extractors():
        yield Extractor({name!r}, frozenset(yields), lambda d, c: (), needs=frozenset({needs!r}))
    """
    sound = SOUND.replace('penalty_amount"}), extract)', 'penalty_amount"}), extract, frozenset({"town"}))')
    ring_plugin = HEAD + ring.replace("\n    ", "\n").format(
        yields=["town", "disputes_mediated"], name="a-ring", needs=["penalty_cases"]
    )
    found = build_registry([SETTLE, write("sound", sound), write("broken", ring_plugin)])
    alone, beside = report_of(registry_with(write)), report_of(found)
    [failure] = beside.failures
    assert (failure.plugin, failure.stage) == ("a-ring", "extract")
    assert "提取插件互相等待" in failure.error
    assert {"a-ring", "sound"} <= set(failure.error.replace("：", " ").split())
    assert beside.status is Status.PARTIAL
    assert [figure for figure in beside.figures if figure.indicator != "disputes_mediated"] == list(
        alone.figures
    )
    assert [f.indicator for f in beside.figures if f.status is FigureStatus.FAILED] == ["disputes_mediated"]


def test_all_of_it_at_once(write: Writer) -> None:
    bodies = [body for body, _ in WHILE_EXTRACTING.values()]
    sources = [
        (EXTRACTOR + body).replace('Extractor("broken"', f'Extractor("broken-{number}"')
        for number, body in enumerate(bodies)
    ]
    found = registry_with(write, *sources)
    alone, beside = report_of(registry_with(write)), report_of(found)
    assert len(beside.failures) == len(bodies)
    assert [figure for figure in beside.figures if figure.indicator != "disputes_mediated"] == list(
        alone.figures
    )
    assert process_download(found, download(TEXT), context()).reports == (beside,)
