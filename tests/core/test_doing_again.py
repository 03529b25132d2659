"""Only what is stale is done again: fetched, read, extracted or validated; and the archive stands in."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from nianbao import (
    Attribute,
    Block,
    BlockKind,
    Context,
    Document,
    Download,
    Extractor,
    Field,
    Filing,
    Finding,
    PassingReadError,
    Place,
    Reader,
    ReadError,
    Severity,
    Source,
    Validator,
)
from nianbao.again import Job, Kept, redo, validated_again
from nianbao.archive import Archive
from nianbao.catalogue import load_catalogue
from nianbao.divisions import divisions
from nianbao.manager import Registry
from nianbao.model import Report, Status
from nianbao.processed import Processed, Step

TODAY = date(2024, 5, 6)
FILING = Filing("desk", "a", "a.txt")
TEXT = "2023年的报告，到2035年基本建成。"
TWO = """甲县东岭镇2022年法治政府建设年度报告

一、主要举措
（一）依法决策。全年审核合同3件。镇里逐件听取法律顾问意见。
二、存在问题
执法力量不足。有关人员业务不熟。
三、下一步打算
继续加强。抓好培训。

甲县西岭镇2022年法治政府建设年度报告

一、主要举措
（一）依法决策。全年审核合同5件。镇里逐件听取法律顾问意见。
二、存在问题
执法力量不足。有关人员业务不熟。
三、下一步打算
继续加强。抓好培训。
"""


class Desk:
    """A registry that counts what it is asked for, over bytes that can be changed or taken away."""

    def __init__(self, text: str = TEXT) -> None:
        self.data: bytes | ReadError = text.encode()
        self.calls: Counter[str] = Counter()
        self.severity = Severity.NOTE
        self.registry = Registry(
            sources=(Source("desk", lambda _: True, lambda *_: (), self.fetch),),
            readers=(Reader("plain", lambda _: 50, self.read),),
            extractors=(Extractor("identity", frozenset({Field.YEAR}), self.extract),),
            validators=(Validator("check", "report", frozenset({"year"}), self.check),),
            regions=(),
            publishers=(),
            settlers=(),
            plugins=(),
        )

    def fetch(self, filing: Filing) -> Download:
        self.calls["fetch"] += 1
        if isinstance(self.data, ReadError):
            raise self.data
        return Download(filing, self.data, hashlib.sha256(self.data).hexdigest(), "text/plain")

    def read(self, download: Download) -> Document:
        self.calls["read"] += 1
        text = download.data.decode()
        if text == "broken":
            raise ReadError("文件已损坏")
        if text == "busy":
            raise PassingReadError("程序没有响应")
        ends = [index for index, sign in enumerate(text) if sign == "\n"] + [len(text)]
        starts = [0, *(end + 1 for end in ends[:-1])]
        blocks = tuple(
            Block(start, end, BlockKind.PARAGRAPH, Place(paragraph=number))
            for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1)
            if end > start
        )
        return Document(download.filing.name, download.sha256, "plain", text, blocks)

    def extract(self, document: Document, context: Context) -> Iterable[Attribute]:
        self.calls["extract"] += 1
        start = document.text.index("202")
        yield Attribute(Field.YEAR, document.text[start : start + 4], "", "identity", start, start + 4)

    def check(self, report: Report, context: Context) -> Iterable[Finding]:
        self.calls["check"] += 1
        assert context.reading is not None
        year = report.attribute(Field.YEAR)
        assert year is not None
        assert year.start is not None
        quote = context.reading.quote(year.start, year.start + 4)
        from nianbao import Quote

        yield Finding("year", "check.year", self.severity, "请核对。", (Quote(*quote),))

    def redo(self, kept: Kept | None = None, archive: Archive | None = None) -> Processed:
        self.calls.clear()
        return redo(self.registry, Job(FILING, kept), CONTEXT, archive=archive)


CONTEXT = Context(load_catalogue(), divisions(), TODAY)


def kept_of(done: Processed, step: Step, *, same: bool) -> Kept:
    return Kept(done.sha256, step, same, done.document, done.reports)


@pytest.mark.parametrize(
    ("step", "same", "calls"),
    [
        (Step.NOTHING, True, {}),
        (Step.NOTHING, False, {"fetch": 1}),
        (Step.VALIDATE, True, {"check": 1}),
        (Step.VALIDATE, False, {"fetch": 1, "check": 1}),
        (Step.EXTRACT, True, {"extract": 1, "check": 1}),
        (Step.EXTRACT, False, {"fetch": 1, "extract": 1, "check": 1}),
        (Step.READ, True, {"fetch": 1, "read": 1, "extract": 1, "check": 1}),
    ],
)
def test_only_the_stale_steps_are_done(step: Step, same: bool, calls: dict[str, int]) -> None:
    desk = Desk()
    first = desk.redo()
    again = desk.redo(kept_of(first, step, same=same))
    assert desk.calls == calls
    assert again.step is step
    assert again.sha256 == first.sha256
    if step is not Step.NOTHING:
        assert (again.reports, again.document, again.digest, again.until) == (
            first.reports,
            first.document,
            first.digest,
            first.until,
        )


@pytest.mark.parametrize("step", list(Step))
def test_other_bytes_are_read_whatever_was_stale(step: Step) -> None:
    desk = Desk()
    first = desk.redo()
    desk.data = "2022年的报告。".encode()
    again = desk.redo(kept_of(first, step, same=False))
    assert desk.calls == {"fetch": 1, "read": 1, "extract": 1, "check": 1}
    assert again.sha256 != first.sha256
    assert again.reports[0].year == 2022
    assert again.digest != first.digest


def test_checks_of_several_reports_in_one_file_are_made_anew() -> None:
    desk = Desk(TWO)
    first = desk.redo()
    assert [report.part for report in first.reports] == [1, 2]
    assert first.document is not None
    assert validated_again(desk.registry, first.document, first.reports, CONTEXT) == first.reports
    desk.severity = Severity.ERROR
    again = desk.redo(kept_of(first, Step.VALIDATE, same=True))
    assert [[f.severity for f in report.findings] for report in again.reports] == [[Severity.ERROR]] * 2
    assert [f.quotes for r in again.reports for f in r.findings] == [
        f.quotes for r in first.reports for f in r.findings
    ]


def test_a_check_that_crashed_leaves_nothing_behind_once_it_works() -> None:
    desk = Desk()
    sound = desk.redo()

    def crash(report: Report, context: Context) -> Iterable[Finding]:
        raise ValueError("算不下去")

    broken = replace(desk.registry, validators=(Validator("check", "report", frozenset({"year"}), crash),))
    first = redo(broken, Job(FILING), CONTEXT)
    assert first.reports[0].status is Status.PARTIAL
    again = desk.redo(kept_of(first, Step.VALIDATE, same=True))
    assert again.reports == sound.reports


def test_the_day_from_which_it_may_be_otherwise() -> None:
    assert Desk().redo().until == date(2035, 1, 1)
    assert Desk("2023年的报告。").redo().until is None
    assert Desk("2023年的报告。二〇二四年七月二十日").redo().until == date(2024, 7, 1)
    assert Desk("2023年的报告，2024-05-20").redo().until == date(2024, 5, 20)


def test_bytes_are_archived_and_stand_in_for_a_source_that_is_gone(tmp_path: Path) -> None:
    desk, archive = Desk(), Archive(tmp_path)
    first = desk.redo(archive=archive)
    assert isinstance(desk.data, bytes)
    assert archive.get(first.sha256) == desk.data
    desk.data = PassingReadError("文件不存在")
    again = desk.redo(Kept(first.sha256), archive)
    assert again.reports == first.reports
    assert again.note == "文件不存在，用的是上次归档的内容"
    still = desk.redo(Kept(first.sha256, Step.NOTHING), archive)
    assert (still.step, still.sha256, still.note) == (Step.NOTHING, first.sha256, again.note)


def test_without_an_archive_a_source_that_is_gone_is_told(tmp_path: Path) -> None:
    desk = Desk()
    first = desk.redo()
    desk.data = PassingReadError("文件不存在")
    for archive in (None, Archive(tmp_path)):
        gone = desk.redo(Kept(first.sha256), archive)
        assert (gone.sha256, gone.may_pass) == ("", True)
        assert gone.reports[0].error == "文件不存在"


@pytest.mark.parametrize(
    ("data", "may_pass"),
    [(b"broken", False), (b"busy", True), (ReadError("不是压缩包"), False), (PassingReadError("正忙"), True)],
)
def test_what_may_pass_is_told_from_what_is_broken(data: bytes | ReadError, may_pass: bool) -> None:
    desk = Desk()
    desk.data = data
    done = desk.redo()
    assert done.reports[0].status is Status.UNREADABLE
    assert done.may_pass is may_pass
