"""A broken plugin breaks nothing else: whatever it does wrong, the others' results stay as they are."""

from __future__ import annotations

from dataclasses import replace
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from broken import (
    SETTLE,
    SOUND,
    TEXT,
    Writer,
    context,
    download,
    empty_yearbook,
    registry_with,
    report_of,
)

from nianbao.manager import build_registry
from nianbao.model import Failure, FigureStatus, Filing, Report, Status
from nianbao.steps import process, process_download, publish, validate_yearbook

HEAD = """
from decimal import Decimal
from nianbao import *
"""


def loaded_beside(write: Writer, *sources: str) -> tuple[tuple[Failure, ...], Report, Report]:
    """Return what was said of the plugins, a report read without them and one read with them."""
    alone = report_of(registry_with(write))
    found = registry_with(write, *sources)
    return found.failures, alone, report_of(found)


# What goes wrong while a plugin is loaded: its source, the stage, and a piece of what is said.
AT_LOADING = {
    "an import error": ("import no_such_module_of_ours", "import", "ModuleNotFoundError"),
    "a syntax error": ("def broken(:", "import", "SyntaxError"),
    "an exit at import": ("raise SystemExit(3)", "import", "SystemExit: 3"),
    "an error without text": (
        "class Mute(Exception):\n    def __str__(self): raise ValueError\nraise Mute",
        "import",
        "Mute: （出错信息无法显示）",
    ),
    "an unknown hook": (
        HEAD + "@hookimpl\ndef nianbao_extractor():\n    return ()",
        "register",
        "没有名为 nianbao_extractor 的钩子（可用的钩子：nianbao_sources、",
    ),
    "a hook without its mark": (
        HEAD + "def nianbao_readers():\n    return ()",
        "register",
        "钩子 nianbao_readers 没有标注 @hookimpl",
    ),
    "a hook with an argument": (
        HEAD + "@hookimpl\ndef nianbao_readers(context):\n    return ()",
        "register",
        "nianbao_readers",
    ),
    "a wrapper": (
        HEAD + "@hookimpl(wrapper=True)\ndef nianbao_settle(candidates):\n    return (yield)",
        "register",
        "不能是包装函数",
    ),
    "a generator that raises after a good record": (
        HEAD
        + "@hookimpl\ndef nianbao_extractors():\n"
        + "    yield Extractor('good', frozenset({'year'}), lambda d, c: ())\n    raise KeyError('片区')",
        "nianbao_extractors",
        "KeyError: '片区'",
    ),
    "a record of another hook": (
        HEAD + "@hookimpl\ndef nianbao_readers():\n    yield Publisher('p', print)",
        "nianbao_readers",
        "应给出 Reader，却给出了 Publisher",
    ),
    "no records at all": (
        HEAD + "@hookimpl\ndef nianbao_readers():\n    return None",
        "nianbao_readers",
        "TypeError",
    ),
    "a record without a name": (
        HEAD + "@hookimpl\ndef nianbao_publishers():\n    yield Publisher('', print)",
        "nianbao_publishers",
        "的 name 不合要求：''",
    ),
    "a record that can't be called": (
        HEAD + "@hookimpl\ndef nianbao_readers():\n    yield Reader('r', 10, None)",
        "nianbao_readers",
        "Reader r 的 bid 不合要求：10",
    ),
    "names that are no set": (
        HEAD + "@hookimpl\ndef nianbao_extractors():\n    yield Extractor('e', None, print)",
        "nianbao_extractors",
        "Extractor e 的 yields 不合要求：None",
    ),
    "an unknown scope": (
        HEAD + "@hookimpl\ndef nianbao_validators():\n    yield Validator('v', 'month', frozenset(), print)",
        "nianbao_validators",
        "的 scope 不合要求：'month'",
    ),
    "a record's name that is taken": (
        HEAD
        + "@hookimpl\ndef nianbao_extractors():\n    yield Extractor('sound', frozenset({'year'}), print)",
        "register",
        "broken 在 nianbao_extractors 中给出的名称 sound 已由插件 sound 使用",
    ),
    "one name for two records": (
        HEAD + "@hookimpl\ndef nianbao_readers():\n    return [Reader('r', print, print)] * 2",
        "register",
        "名称 r 已由插件 broken 使用",
    ),
}


@pytest.mark.parametrize(("source", "stage", "said"), AT_LOADING.values(), ids=AT_LOADING)
def test_what_fails_at_loading_leaves_nothing_behind(
    write: Writer, source: str, stage: str, said: str
) -> None:
    failures, alone, beside = loaded_beside(write, source)
    [failure] = failures
    assert (failure.plugin, failure.stage) == ("broken", stage)
    assert said in failure.error
    assert "\n" not in failure.error
    assert beside == alone


def test_an_entry_point_s_name_that_is_taken_does_not_unseat_its_owner(write: Writer) -> None:
    module = HEAD + "@hookimpl\ndef nianbao_settle(candidates, context):\n    raise ValueError"
    stranger = replace_name(write("stranger", module), "settle")
    found = build_registry([SETTLE, write("sound", SOUND), stranger])
    [failure] = found.failures
    assert failure.error.endswith("插件名 settle 已由模块 nianbao.settle 使用")
    assert [name for name, _ in found.settlers] == ["settle"]
    assert report_of(found) == report_of(registry_with(write))


def replace_name(point: EntryPoint, name: str) -> EntryPoint:
    return EntryPoint(name, point.value, point.group)


def test_a_name_that_a_broken_plugin_asked_for_stays_free(write: Writer) -> None:
    good = HEAD + "@hookimpl\ndef nianbao_readers():\n    yield Reader('mine', lambda d: 0, print)\n"
    bad = good + "@hookimpl\ndef nianbao_publishers():\n    raise OSError('满')\n"
    found = registry_with(write, bad, good)
    assert [failure.plugin for failure in found.failures] == ["broken"]
    assert [reader.name for reader in found.readers] == ["mine", "sound"]


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


READER = (
    HEAD
    + """
@hookimpl
def nianbao_readers():
    yield Reader("broken", {bid}, read)

def read(download):
    {body}
"""
)
WHILE_READING = {
    "a bid that raises": ("lambda download: 1 / 0", "return None", "bid", "ZeroDivisionError"),
    "a bid that is no number": ("lambda download: 'high'", "return None", "bid", "ValueError"),
    "a read that raises": ("lambda download: 90", "raise IndexError('表')", "read", "IndexError: 表"),
    "no document": ("lambda download: 90", "return download.data", "read", "应给出 Document，却给出了 bytes"),
    "another file's digest": (
        "lambda download: 90",
        "return Document('x', '00', 'broken', '文')",
        "read",
        "sha256 与文件不符",
    ),
    "a block outside the text": (
        "lambda download: 90",
        "return Document('x', download.sha256, 'broken', '文', (Block(0, 5, BlockKind.PARAGRAPH, Place()),))",
        "read",
        "段落位置 0–5 重叠或超出原文",
    ),
}


@pytest.mark.parametrize(("bid", "body", "stage", "said"), WHILE_READING.values(), ids=WHILE_READING)
def test_where_a_reader_fails_the_next_one_reads(
    write: Writer, bid: str, body: str, stage: str, said: str
) -> None:
    _, alone, beside = loaded_beside(write, READER.format(bid=bid, body=body))
    [failure] = beside.failures
    assert (failure.plugin, failure.stage) == ("broken", stage)
    assert said in failure.error
    assert replace(beside, failures=(), status=alone.status) == alone
    assert beside.status is Status.PARTIAL


def test_a_reader_that_says_no_is_no_failure(write: Writer) -> None:
    _, alone, beside = loaded_beside(
        write, READER.format(bid="lambda d: 90", body="raise ReadError('加密的文件')")
    )
    assert beside == alone


def test_where_all_readers_fail_the_file_is_unreadable_and_the_failure_is_told(write: Writer) -> None:
    found = build_registry(
        [SETTLE, write("broken", READER.format(bid="lambda d: 90", body="raise OSError('坏')"))]
    )
    report = report_of(found)
    assert (report.status, report.error) == (Status.UNREADABLE, "读取程序 broken 出错：OSError: 坏")
    assert [(failure.plugin, failure.stage) for failure in report.failures] == [("broken", "read")]


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


PUBLISHER = (
    HEAD
    + """
@hookimpl
def nianbao_publishers():
    yield Publisher("a-broken", publish)

def publish(yearbook, folder):
    {body}
"""
)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("raise PermissionError('只读')", "PermissionError: 只读"),
        ("return [folder / '没有写.xlsx']", "没有写出文件 没有写.xlsx"),
        ("return None", "TypeError"),
    ],
)
def test_where_a_publisher_fails_the_others_write(
    write: Writer, tmp_path: Path, body: str, said: str
) -> None:
    found = registry_with(write, PUBLISHER.format(body=body))
    paths, failures = publish(found, empty_yearbook(found), tmp_path)
    assert [path.name for path in paths] == ["sound.txt"]
    [failure] = failures
    assert (failure.plugin, failure.stage) == ("a-broken", "publish")
    assert said in failure.error


def test_a_broken_source_leaves_the_file_unreadable(write: Writer) -> None:
    source = (
        HEAD
        + """
@hookimpl
def nianbao_sources():
    yield Source("broken", lambda config: True, lambda config, year: (), lambda filing: filing.name)
"""
    )
    found = registry_with(write, source)
    [report] = process(found, Filing("broken", "x", "x.txt"), context()).reports
    assert report.status is Status.UNREADABLE
    assert report.error == "来源 broken 出错：broken：应给出 Download，却给出了 str"
    assert [(failure.plugin, failure.stage) for failure in report.failures] == [("broken", "fetch")]


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
