"""The main line over small records of the test's own: each arrow, and what it does with bad input."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from broken import context, download

from nianbao import settle
from nianbao.errors import NianbaoError, PluginError, ReadError, UsageError
from nianbao.guard import LONGEST_ERROR, guarded
from nianbao.manager import Registry
from nianbao.model import (
    Attribute,
    Block,
    BlockKind,
    Document,
    DocumentKind,
    Download,
    Failure,
    Field,
    FigureStatus,
    Filing,
    Finding,
    Observation,
    Place,
    Qualifier,
    Report,
    Role,
    Section,
    SectionKind,
    Severity,
    SourceConfig,
    Status,
    Yearbook,
)
from nianbao.ordering import in_order
from nianbao.records import Context, Extractor, Publisher, Reader, Source, Validator
from nianbao.steps import entry_of, extract, fetch, list_filings, process, process_download, publish, read

TEXT = "一、成效\n调解纠纷12件。\n二、不足\n人手不足。"


def filing(name: str) -> Filing:
    return Filing("memory", name, name)


def source(name: str, place: str) -> Source:
    def listed(config: SourceConfig, year: int | None) -> Iterator[Filing]:
        yield Filing(name, f"{config.location}/{year}", "a.txt")

    def fetched(wanted: Filing) -> Download:
        if wanted.name == "没有.txt":
            raise ReadError("文件不在了", where=wanted.name, hint="请重新列出")
        return replace(download(TEXT), filing=wanted)

    return Source(name, lambda config: config.location == place, listed, fetched)


def reader(name: str, bid: int, *, error: str = "") -> Reader:
    def read_it(given: Download) -> Document:
        if error:
            raise ReadError(error, where=given.filing.name, hint=f"请改用{name}")
        text = given.data.decode()
        block = Block(0, len(text), BlockKind.PARAGRAPH, Place(page=2, paragraph=1))
        return Document(given.filing.name, given.sha256, name, text, (block,))

    return Reader(name, lambda given: bid, read_it)


def observe(document: Document, given: Context) -> Iterator[Attribute | Section | Observation]:
    yield Attribute(Field.YEAR, "2023", "标题", "finder")
    yield Section("二、不足", SectionKind.PROBLEMS, 14, 24, 1, "finder")
    yield Section("一、成效", SectionKind.ACHIEVEMENTS, 0, 13, 1, "finder")
    start = document.text.find("调解纠纷12件")
    if start >= 0:
        twelve = Decimal(12)
        yield Observation(
            indicator="disputes_mediated",
            value=twelve,
            unit="件",
            qualifier=Qualifier.EXACT,
            role=Role.TOTAL,
            start=start,
            end=start + 7,
            quote="调解纠纷12件",
            low=twelve,
            high=twelve,
            figure_start=start + 4,
            figure_end=start + 7,
            confidence=Decimal("0.9"),
            extractor="finder",
        )


FINDER = Extractor("finder", frozenset({Field.YEAR, "sections", "disputes_mediated"}), observe)


def check(report: Report, given: Context) -> Iterator[Finding]:
    if given.report == report and report.figure("disputes_mediated"):
        yield Finding("order", "test.order", Severity.NOTE, "看过。")


CHECKER = Validator("checker", "report", frozenset({"order"}), check)


def registry(**parts: object) -> Registry:
    empty = Registry((), (), (), (), (), (), (), ())
    complete = replace(
        empty,
        sources=(source("memory", "内存"),),
        readers=(reader("plain", 50),),
        extractors=(FINDER,),
        validators=(CHECKER,),
        settlers=(("settle", settle.nianbao_settle),),
    )
    return replace(complete, **parts)


def kind_of(name: str, value: str, confidence: str = "1") -> Extractor:
    statement = Attribute(Field.KIND, value, f"{name}说的", name, confidence=Decimal(confidence))
    return Extractor(name, frozenset({Field.KIND}), lambda document, given: (statement,))


def test_the_first_source_that_accepts_lists() -> None:
    found = registry(sources=(source("away", "网站"), source("memory", "内存"), source("twin", "内存")))
    assert list_filings(found, SourceConfig("内存"), 2023) == (Filing("memory", "内存/2023", "a.txt"),)


def test_a_place_that_no_source_accepts_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match="软盘：没有能读取这个位置的来源"):
        list_filings(registry(), SourceConfig("软盘"))


def test_a_source_that_cannot_say_whether_it_accepts_is_passed_over(caplog: pytest.LogCaptureFixture) -> None:
    broken = replace(source("a", "内存"), accepts=lambda config: config.nothing)
    found = registry(sources=(broken, source("memory", "内存")))
    assert len(list_filings(found, SourceConfig("内存"))) == 1
    assert "来源 a 出错，没有使用" in caplog.text


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        (lambda config, year: 1 / 0, "内存：来源 m 出错：ZeroDivisionError: division by zero"),
        (lambda config, year: ["a.txt"], "内存：来源 m 出错：m：应给出 Filing，却给出了 str"),
    ],
)
def test_a_source_that_fails_to_list_says_which(listed: object, said: str) -> None:
    broken = replace(source("m", "内存"), list=listed)
    with pytest.raises(UsageError) as caught:
        list_filings(registry(sources=(broken,)), SourceConfig("内存"))
    assert str(caught.value) == said


def test_a_source_s_own_usage_error_stays_as_it_is() -> None:
    def listed(config: SourceConfig, year: int | None) -> Sequence[Filing]:
        raise UsageError("文件夹是空的", where=config.location)

    with pytest.raises(UsageError, match=r"^内存：文件夹是空的$"):
        list_filings(registry(sources=(replace(source("m", "内存"), list=listed),)), SourceConfig("内存"))


def test_fetching() -> None:
    assert fetch(registry(), filing("a.txt")).data.decode() == TEXT
    with pytest.raises(ReadError, match=r"没有\.txt：文件不在了（请重新列出）"):
        fetch(registry(), filing("没有.txt"))
    with pytest.raises(ReadError, match="来源 gone 未安装"):
        fetch(registry(), Filing("gone", "x", "x"))


@pytest.mark.parametrize(
    ("readers", "name"),
    [
        ([reader("low", 10), reader("high", 90)], "high"),
        ([reader("b", 50), reader("a", 50)], "a"),
        ([reader("none", 0), reader("low", 1)], "low"),
        ([reader("high", 90, error="加密"), reader("low", 10)], "low"),
    ],
)
def test_the_highest_bidder_that_can_reads(readers: list[Reader], name: str) -> None:
    document, failures = read(registry(readers=tuple(readers)), download(TEXT))
    assert (document.reader, failures) == (name, ())


def test_the_highest_bidder_s_error_is_told() -> None:
    found = registry(readers=(reader("low", 10, error="看不懂"), reader("high", 90, error="加密")))
    with pytest.raises(ReadError, match="加密（请改用high）"):
        read(found, download(TEXT))
    with pytest.raises(ReadError, match="不支持的文件类型"):
        read(registry(readers=(reader("none", 0),)), download(TEXT))


def test_the_whole_way() -> None:
    processed = process(registry(), filing("北流镇.txt"), context())
    [report] = processed.reports
    assert (report.status, report.year, report.failures) == (Status.COMPLETE, 2023, ())
    assert [section.heading for section in report.parts] == ["一、成效", "二、不足"]
    [figure] = report.figures
    assert (figure.indicator, figure.value, figure.sources) == ("disputes_mediated", Decimal(12), (0,))
    assert [finding.rule for finding in report.findings] == ["test.order"]
    assert processed.sha256 == report.sha256 == download(TEXT).sha256
    assert entry_of(report, processed.document).places == ("第2页第1段",)


@pytest.mark.parametrize(
    "data",
    [
        "",
        "\n",
        "\x00" * 50,
        "一" * 3000,
        "1" * 3000 + "件",
        "９" * 40 + "％",
        "《〔“" * 500,
        "\ud7ff\U0010ffff件1",
    ],
)
def test_processing_never_raises_for_a_strange_text(data: str) -> None:
    finder = Extractor("finder", frozenset({"disputes_mediated"}), lambda document, given: ())
    [report] = process_download(registry(extractors=(finder,)), download(data), context()).reports
    assert (report.status, report.figures) == (Status.COMPLETE, ())


def test_a_file_that_cannot_be_fetched_or_read_is_a_row_with_a_reason() -> None:
    [missing] = process(registry(), filing("没有.txt"), context()).reports
    assert (missing.status, missing.error) == (Status.UNREADABLE, "文件不在了（请重新列出）")
    found = registry(readers=(reader("plain", 50, error="加密"),))
    processed = process(found, filing("a.txt"), context())
    [unread] = processed.reports
    assert (unread.status, unread.error, unread.failures) == (Status.UNREADABLE, "加密（请改用plain）", ())
    assert (processed.document, unread.sha256) == (None, download(TEXT).sha256)


def test_what_is_no_report_is_not_extracted_further() -> None:
    plan = kind_of("a-kind", DocumentKind.PLAN)
    later = replace(FINDER, needs=frozenset({Field.KIND}))
    [report] = process_download(registry(extractors=(later, plan)), download(TEXT), context()).reports
    assert (report.status, report.reason, report.observations, report.findings) == (
        Status.NOT_A_REPORT,
        "a-kind说的",
        (),
        (),
    )


def test_the_surer_attribute_wins_and_the_first_of_equals() -> None:
    document, _ = read(registry(), download(TEXT))
    kinds = (kind_of("a", "report", "0.5"), kind_of("b", "report", "0.9"), kind_of("c", "report", "0.9"))
    report = extract(registry(extractors=kinds), document, context(), ())
    kind = report.attribute(Field.KIND)
    assert kind is not None
    assert (kind.extractor, report.status) == ("b", Status.COMPLETE)


def test_earlier_failures_make_a_report_partial() -> None:
    document, _ = read(registry(), download(TEXT))
    failure = Failure("scan", "read", "OSError: 坏")
    report = extract(registry(), document, context(), (failure,))
    assert (report.status, report.failures) == (Status.PARTIAL, (failure,))


def test_a_failed_indicator_that_another_extractor_tells_is_not_failed() -> None:
    failing = Extractor(
        "twin", frozenset({"disputes_mediated", "penalty_cases"}), lambda document, given: 1 / 0
    )
    [report] = process_download(registry(extractors=(FINDER, failing)), download(TEXT), context()).reports
    assert [(figure.indicator, figure.status) for figure in report.figures] == [
        ("penalty_cases", FigureStatus.FAILED),
        ("disputes_mediated", FigureStatus.STATED),
    ]


def extractor(name: str, yields: str = "", needs: str = "") -> Extractor:
    return Extractor(name, frozenset(yields.split()), lambda document, given: (), frozenset(needs.split()))


@pytest.mark.parametrize(
    ("extractors", "order", "left_out"),
    [
        ([extractor("b"), extractor("a")], "a b", ""),
        ([extractor("a", "x", "y"), extractor("b", "y")], "b a", ""),
        ([extractor("a", "x", "y"), extractor("b", "y"), extractor("c", "y")], "b c a", ""),
        ([extractor("a", "x", "x")], "a", ""),
        ([extractor("a", "x", "nobody")], "a", ""),
        ([extractor("a", "x", "y"), extractor("b", "y", "x")], "a", "b"),
        ([extractor("b", "x", "y"), extractor("a", "y", "x")], "b", "a"),
        ([extractor("a", "x", "z"), extractor("b", "y", "x"), extractor("c", "z", "y")], "a b", "c"),
        ([extractor("a", "x", "y"), extractor("b", "y", "x z"), extractor("c", "z", "x")], "a c", "b"),
    ],
)
def test_extractors_run_after_what_they_need(extractors: list[Extractor], order: str, left_out: str) -> None:
    standing = {each.name: rank for rank, each in enumerate(extractors)}
    ordered, failures = in_order(extractors, standing)
    assert " ".join(failure.plugin for failure in failures) == left_out
    assert " ".join(each.name for each in ordered) == order


def test_publishers_write_and_return_their_paths(tmp_path: Path) -> None:
    def write(yearbook: Yearbook, folder: Path) -> Sequence[Path]:
        path = folder / "b.txt"
        path.write_text("年报", encoding="utf-8")
        return [path]

    paths, failures = publish(registry(publishers=(Publisher("b", write),)), None, tmp_path)
    assert (paths, failures) == ((tmp_path / "b.txt",), ())


def test_a_registry_is_not_pickled() -> None:
    with pytest.raises(PluginError, match="不能跨进程传递"):
        pickle.dumps(registry())


def test_an_error_is_one_line_and_crosses_processes() -> None:
    error = UsageError("文件夹不存在", where="D:/年报", hint="请检查路径")
    assert str(error) == "D:/年报：文件夹不存在（请检查路径）"
    assert str(NianbaoError("出错")) == "出错"
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), again.hint) == (UsageError, str(error), "请检查路径")


def test_a_guard_tells_errors_in_one_short_line_and_lets_a_stop_through() -> None:
    def fail(error: BaseException) -> None:
        raise error

    assert guarded("p", "read", fail, ValueError("一\n二\t三")) == Failure(
        "p", "read", "ValueError: 一 二 三"
    )
    told = guarded("p", "read", fail, ReadError("长" * 1000))
    assert isinstance(told, Failure)
    assert len(told.error) == LONGEST_ERROR
    assert guarded("p", "read", len, "三个字") == 3
    with pytest.raises(KeyboardInterrupt):
        guarded("p", "read", fail, KeyboardInterrupt())


def test_a_place_is_found_by_its_block() -> None:
    blocks = tuple(
        Block(start, start + 3, BlockKind.CELL, Place(table=1, row=1, column=column))
        for column, start in ((1, 0), (2, 4), (3, 8))
    )
    document = Document("a", "0", "r", "甲甲甲\t乙乙乙\t丙丙丙", blocks)
    assert [document.place_of(offset).describe() for offset in (0, 2, 4, 10)] == [
        "表1第1行第1列",
        "表1第1行第1列",
        "表1第1行第2列",
        "表1第1行第3列",
    ]
    assert [document.place_of(offset) for offset in (3, 7, 11, 99)] == [Place()] * 4
