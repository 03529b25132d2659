"""A further kind of report: read by the extractors of its kind alone, and nothing of it among the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from broken import context, download, empty_yearbook
from small_records import CHECKER, FINDER, TEXT, kind_of, registry

from nianbao.errors import PluginError
from nianbao.explaining import explain
from nianbao.interface import report_to_json
from nianbao.manager import PluginInfo, Registry
from nianbao.model import (
    Attribute,
    Document,
    DocumentKind,
    Entry,
    Field,
    FigureStatus,
    Finding,
    IndicatorInfo,
    Observation,
    Qualifier,
    Report,
    Role,
    RunRecord,
    Severity,
    Status,
    Yearbook,
)
from nianbao.quarantine import concerning
from nianbao.records import INDICATORS, Context, Extractor, Publisher, ReportKind, Validator
from nianbao.steps import SHANGHAI, entry_of, process_download, publish
from nianbao.yearbook import leave_out, make_yearbook, make_yearbook_of_kind, years_of

PLANS = frozenset({DocumentKind.PLAN.value})
MEETINGS = IndicatorInfo("plans.meetings", "会议数", "plans", "计划", "count", "次", "安排召开的会议次数")
KIND = ReportKind(DocumentKind.PLAN, "年度计划", (MEETINGS,))
LAW = TEXT
PLAN = f"{TEXT}\n计划召开会议3次。"


def told(document: Document, _: Context) -> Iterator[Attribute]:
    kind = DocumentKind.PLAN if "计划" in document.text else DocumentKind.REPORT
    yield Attribute(Field.KIND, kind.value, "看标题", "identity")
    yield Attribute(Field.YEAR, "2023", "看标题", "identity")
    yield Attribute(Field.ISSUER, "北流镇人民政府", "看标题", "identity")


def meetings(document: Document, given: Context) -> Iterator[Observation]:
    assert list(given.catalogue.indicators) == ["plans.meetings"]
    start = document.text.find("召开会议3次")
    if start >= 0:
        yield Observation(
            "plans.meetings", Decimal(3), "次", Qualifier.EXACT, Role.TOTAL, start, start + 6, "召开会议3次",
            Decimal(3), Decimal(3), start + 4, start + 6, Decimal(1), "meetings",
        )  # fmt: skip


def praise(report: Report, _: Context) -> Iterator[Finding]:
    yield Finding("plan", "plans.seen", Severity.NOTE, f"{report.file}看过。")


IDENTITY = Extractor("identity", frozenset(Field), told)
# By its name it would run before the identity is known.
READER = Extractor("a-meetings", frozenset({INDICATORS}), meetings, serves=PLANS)
OF_PLANS = Validator("plans", "report", frozenset({"plan"}), praise, serves=PLANS)


def with_kind(**parts: object) -> Registry:
    found = registry(extractors=(FINDER, IDENTITY, READER), validators=(CHECKER, OF_PLANS), kinds=(KIND,))
    return replace(found, **parts)


def read(found: Registry, text: str, name: str = "北流镇.txt") -> tuple[Report, Entry]:
    done = process_download(found, download(text, name), context())
    [report] = done.reports
    return report, entry_of(report, done.document)


def test_each_kind_is_read_by_its_own_extractors_and_checks() -> None:
    law, _ = read(with_kind(), LAW)
    assert [figure.indicator for figure in law.figures] == ["disputes_mediated"]
    assert [finding.rule for finding in law.findings] == ["test.order"]
    plan, _ = read(with_kind(), PLAN)
    assert (plan.status, plan.kind, plan.region) == (Status.COMPLETE, DocumentKind.PLAN, None)
    assert [(f.indicator, f.value, f.status) for f in plan.figures] == [
        ("plans.meetings", Decimal(3), FigureStatus.STATED)
    ]
    assert [finding.rule for finding in plan.findings] == ["plans.seen"]
    # What the finder said before the kind was known is dropped; who reports is kept.
    assert (plan.sections, plan.year) == ((), 2023)
    assert report_to_json(plan)["document_kind"] == "plan"
    assert "document_kind" not in report_to_json(law)


@pytest.mark.parametrize(
    "found",
    [
        with_kind(kinds=()),
        with_kind(extractors=(FINDER, IDENTITY)),
        registry(extractors=(FINDER, IDENTITY)),
    ],
    ids=["no kind", "no extractor of it", "neither"],
)
def test_without_the_plugin_it_is_no_report(found: Registry) -> None:
    plan, entry = read(found, PLAN)
    assert (plan.status, plan.reason, plan.figures, plan.findings) == (
        Status.NOT_A_REPORT, "看标题", (), ()
    )  # fmt: skip
    assert [row.reason for row in leave_out([entry], None)] == ["不是法治政府建设年度报告：看标题"]


def test_reports_on_law_are_the_same_with_and_without_the_plugin() -> None:
    assert read(with_kind(), LAW)[0] == read(registry(extractors=(FINDER, IDENTITY)), LAW)[0]


def test_what_fails_is_failed_of_its_own_indicators_alone() -> None:
    def broken(document: Document, given: Context) -> Iterator[Observation]:
        raise ValueError("坏了")

    found = with_kind(extractors=(FINDER, IDENTITY, replace(READER, extract=broken)))
    plan, _ = read(found, PLAN)
    assert [(f.indicator, f.status) for f in plan.figures] == [("plans.meetings", FigureStatus.FAILED)]
    assert [failure.plugin for failure in plan.failures] == ["a-meetings"]
    law, _ = read(found, LAW)
    assert law == read(with_kind(), LAW)[0]


def test_a_plugin_can_take_a_document_out_of_its_kind_but_not_into_another() -> None:
    other = replace(kind_of("z-judge", "other"), serves=PLANS)
    plan, _ = read(with_kind(extractors=(FINDER, replace(IDENTITY, extract=unsure), READER, other)), PLAN)
    assert (plan.status, plan.reason) == (Status.NOT_A_REPORT, "z-judge说的")
    back = replace(kind_of("z-judge", "report"), serves=PLANS)
    plan, _ = read(with_kind(extractors=(FINDER, replace(IDENTITY, extract=unsure), READER, back)), PLAN)
    assert plan.status is Status.NOT_A_REPORT


def unsure(document: Document, given: Context) -> Iterator[Attribute]:
    yield from (replace(each, confidence=Decimal("0.5")) for each in told(document, given))


def test_each_kind_has_yearbooks_of_its_own() -> None:
    found = with_kind()
    entries = [read(found, LAW, "甲.txt")[1], read(found, PLAN, "乙.txt")[1]]
    run = RunRecord("试", datetime(2024, 2, 1, tzinfo=SHANGHAI), "0")
    assert years_of(entries) == (2023,)
    law = make_yearbook(found, context(), 2023, entries, roster=None, run=run, earlier=entries)
    plans = make_yearbook_of_kind(found, context(), KIND, 2023, entries, run=run)
    # One issuer and year, two kinds: neither is set aside for the other.
    assert [(book.title, [e.report.file for e in book.entries], book.set_aside) for book in (law, plans)] == [
        ("2023年度法治政府建设报告汇总", ["甲.txt"], ()),
        ("2023年度年度计划汇总", ["乙.txt"], ()),
    ]
    assert "plans.meetings" not in {each.id for each in law.indicators}
    assert plans.indicators == (MEETINGS,)
    assert (law.kind, plans.kind) == (DocumentKind.REPORT, DocumentKind.PLAN)
    last = make_yearbook_of_kind(found, context(), KIND, 2024, entries, run=run, earlier=entries)
    assert (last.entries, last.earlier) == ((), ())


def test_publishers_write_the_yearbooks_of_their_kind(tmp_path: Path) -> None:
    def write(yearbook: Yearbook, folder: Path) -> list[Path]:
        path = folder / f"{yearbook.kind}.txt"
        path.write_text("年报", encoding="utf-8")
        return [path]

    found = with_kind(publishers=(Publisher("law", write), Publisher("plans", write, serves=PLANS)))
    book = empty_yearbook(found)
    assert [path.name for path in publish(found, book, tmp_path)[0]] == ["report.txt"]
    assert [path.name for path in publish(found, replace(book, kind=DocumentKind.PLAN), tmp_path)[0]] == [
        "plan.txt"
    ]


def test_a_quarantine_is_told_in_the_yearbooks_of_the_kinds_that_it_concerns() -> None:
    plugins = (
        PluginInfo("plans", "plans", "stranger", "1", (("nianbao_extractors", ("a-meetings",)),)),
        PluginInfo("law", "law", "stranger", "1", (("nianbao_validators", ("checker",)),)),
    )
    found = with_kind(plugins=plugins)
    told = {"plans": "停用甲", "law": "停用乙"}
    assert concerning(found, told, DocumentKind.PLAN) == ("停用甲",)
    assert concerning(found, told, DocumentKind.REPORT) == ("停用乙",)


def test_what_was_weighed_is_asked_of_the_extractors_of_the_kind() -> None:
    def ask(*_: object) -> Iterator[object]:
        raise AssertionError("asked")

    found = with_kind(extractors=(replace(FINDER, explain=ask), IDENTITY, READER))
    document = process_download(found, download(PLAN), context()).document
    assert document is not None
    [explanation] = explain(found, document, context(), {"disputes_mediated"})
    assert (explanation.candidates, explanation.report.failures) == ((), ())


@pytest.mark.parametrize(
    ("kind", "indicators", "message"),
    [
        (DocumentKind.REPORT, (), "报告种类不合要求"),
        ("plan", (), "报告种类不合要求"),
        (DocumentKind.PLAN, (MEETINGS, MEETINGS), "plans.meetings 重复"),
        (DocumentKind.PLAN, (replace(MEETINGS, id="disputes_mediated"),), "不是“种类.名称”的写法"),
    ],
    ids=["the law's", "no kind", "twice", "national"],
)
def test_a_kind_that_stands_in_anothers_way_is_refused(
    kind: DocumentKind, indicators: tuple[IndicatorInfo, ...], message: str
) -> None:
    with pytest.raises(PluginError, match=message):
        ReportKind(kind, "计划", indicators)
