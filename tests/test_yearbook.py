"""Which reports a year holds, in which order, and what is named as left out."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from nianbao.catalogue import load_catalogue
from nianbao.divisions import divisions
from nianbao.manager import build_registry
from nianbao.model import Attribute, Entry, Field, Report, RosterEntry, RunRecord, Status
from nianbao.records import Context
from nianbao.yearbook import LeftOut, leave_out, make_yearbook, years_of

RUN = RunRecord("r1", datetime(2024, 5, 6, tzinfo=UTC), "0.1.0")


def entry(
    file: str, status: Status = Status.COMPLETE, part: int = 1, reason: str = "", **fields: str
) -> Entry:
    attributes = tuple(Attribute(Field(name), value, "", "identity") for name, value in fields.items())
    return Entry(Report(file, "00", status, attributes, reason=reason, part=part), (), "text")


ENTRIES = (
    entry("丁.docx", year="2023"),
    entry("丙.docx", Status.PARTIAL, year="2023", division_code="330102"),
    entry("乙.docx", year="2023", division_code="110101", issuer="乙镇人民政府", town="乙镇"),
    entry("甲.docx", year="2023", division_code="110101"),
    entry("坏.docx", Status.UNREADABLE),
    entry("去年.docx", year="2022"),
    entry("合订.docx", part=2, year="2022"),
    entry("无年份.docx"),
    entry("要点.docx", Status.NOT_A_REPORT, reason="标题是工作要点", year="2023"),
    entry("空白.docx", Status.NOT_A_REPORT),
)


def files_of(year: int, roster: tuple[RosterEntry, ...] | None = None) -> list[str]:
    context = Context(load_catalogue(), divisions(), date(2024, 5, 6))
    book = make_yearbook(build_registry(()), context, year, ENTRIES, roster=roster, run=RUN)
    return [entry.report.file for entry in book.entries]


def test_a_year_holds_its_reports_by_code_and_file_and_the_unreadable_files() -> None:
    assert files_of(2023) == ["乙.docx", "甲.docx", "丙.docx", "丁.docx", "坏.docx"]
    assert files_of(2022) == ["去年.docx", "合订.docx", "坏.docx"]


def test_the_rest_of_a_yearbook() -> None:
    context = Context(load_catalogue(), divisions(), date(2024, 5, 6))
    roster = (RosterEntry("乙镇", None, 2), RosterEntry("戊镇", None, 3))
    book = make_yearbook(build_registry(()), context, 2023, ENTRIES, roster=roster, run=RUN)
    assert (book.year, book.title, book.run) == (2023, "2023年度法治政府建设报告汇总", RUN)
    assert [info.id for info in book.indicators] == list(load_catalogue().indicators)
    assert book.roster is not None
    assert [(outcome.entry.name, outcome.files) for outcome in book.roster] == [
        ("乙镇", ("乙.docx",)),
        ("戊镇", ()),
    ]


def test_years_count_reports_alone() -> None:
    assert years_of(ENTRIES) == (2022, 2023)


def test_all_that_is_in_no_yearbook_is_named() -> None:
    always = (
        LeftOut("无年份.docx", "没有找到报告的年份"),
        LeftOut("要点.docx", "不是法治政府建设年度报告：标题是工作要点"),
        LeftOut("空白.docx", "不是法治政府建设年度报告"),
    )
    assert leave_out(ENTRIES, None) == always
    assert leave_out(ENTRIES, 2023) == (
        LeftOut("去年.docx", "2022 年度的报告"),
        LeftOut("合订.docx（第2份）", "2022 年度的报告"),
        *always,
    )


@pytest.mark.parametrize(
    ("files", "shown"),
    [
        (["报告/a.txt", "报告/乡镇/b.txt"], ["a.txt", "乡镇/b.txt"]),
        (["报告/a.txt", "报告2/b.txt"], ["报告/a.txt", "报告2/b.txt"]),
        (["../年报/报告/a.txt"], ["a.txt"]),
        (["D:\\年报\\a.docx", "D:\\年报\\子夹\\b.docx"], ["a.docx", "子夹\\b.docx"]),
        (["a.zip!/b.docx", "c.docx"], ["a.zip!/b.docx", "c.docx"]),
    ],
)
def test_files_are_named_from_the_folder_they_share(files: list[str], shown: list[str]) -> None:
    entries = [Entry(Report(file, "", Status.UNREADABLE, error="坏了"), (), "") for file in files]
    context = Context(load_catalogue(), divisions(), date(2024, 5, 6))
    book = make_yearbook(build_registry(()), context, 2023, entries, roster=None, run=RUN)
    assert sorted(entry.report.file for entry in book.entries) == sorted(shown)
