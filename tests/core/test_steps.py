"""The main line over small records of the test's own: each arrow, and what it does with bad input."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from broken import context, download, empty_yearbook
from small_records import FINDER, TEXT, filing, kind_of, reader, registry

from nianbao.errors import PluginError
from nianbao.model import DocumentKind, Failure, Field, FigureStatus, Status, Yearbook
from nianbao.records import Extractor, Publisher
from nianbao.steps import entry_of, extract, process, process_download, publish, read


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


def test_publishers_write_and_return_their_paths(tmp_path: Path) -> None:
    def write(yearbook: Yearbook, folder: Path) -> Sequence[Path]:
        path = folder / "b.txt"
        path.write_text("年报", encoding="utf-8")
        return [path]

    found = registry(publishers=(Publisher("b", write),))
    paths, failures = publish(found, empty_yearbook(found), tmp_path)
    assert (paths, failures) == ((tmp_path / "b.txt",), ())


def test_a_registry_is_not_pickled() -> None:
    with pytest.raises(PluginError, match="不能跨进程传递"):
        pickle.dumps(registry())
