"""The roster against what came."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from nianbao.catalogue import load_catalogue
from nianbao.divisions import divisions
from nianbao.errors import UsageError
from nianbao.manager import build_registry
from nianbao.model import (
    Attribute,
    Entry,
    Field,
    Finding,
    Report,
    RosterEntry,
    RunRecord,
    Severity,
    Status,
    Yearbook,
)
from nianbao.records import Context
from nianbao.roster import roster_of_county
from nianbao.yearbook import make_yearbook
from outputs.workbook import publish
from plugins.validators import coverage

RUN = RunRecord("r1", datetime(2024, 5, 6, tzinfo=UTC), "0.1.0")
ROSTER = tuple(
    RosterEntry(f"某省某市青石县{name}镇", None, row) for row, name in enumerate(("白水", "清水", "黑水"), 2)
)


def entry(
    file: str, town: str = "", sha256: str = "", findings: tuple[Finding, ...] = (), text: str = ""
) -> Entry:
    told = {
        "year": "2023",
        "issuer": f"青石县{town}人民政府",
        "issuer_level": "town",
        "county": "青石县",
        "town": town,
    }
    attributes = tuple(Attribute(Field(name), value, "", "identity") for name, value in told.items())
    status = Status.COMPLETE if town else Status.UNREADABLE
    return Entry(
        Report(file, sha256 or file, status, attributes if town else (), findings=findings, error="坏了"),
        (),
        "text",
        text,
    )


def yearbook(
    *entries: Entry, roster: tuple[RosterEntry, ...] | None = ROSTER, today: str = "2024-05-06"
) -> Yearbook:
    context = Context(load_catalogue(), divisions(), date.fromisoformat(today))
    registry = replace(build_registry(()), validators=tuple(coverage.nianbao_validators()))
    return make_yearbook(registry, context, 2023, entries, roster=roster, run=RUN)


def found(book: Yearbook) -> list[tuple[str, str, str]]:
    every = [*book.findings, *(finding for each in book.entries for finding in each.report.findings)]
    return [(each.rule, each.severity.value, each.subject.name if each.subject else "") for each in every]


def test_who_has_reported_is_not_found() -> None:
    book = yearbook(entry("a.docx", "白水镇"), entry("b.docx", "清水镇"), entry("c.docx", "黑水镇"))
    assert found(book) == []


def test_without_a_roster_nobody_is_missing() -> None:
    assert found(yearbook(entry("a.docx", "白水镇"), roster=None)) == []


@pytest.mark.parametrize(("today", "severity"), [("2024-05-06", "warning"), ("2024-04-01", "note")])
def test_who_has_not_reported_is_named(today: str, severity: str) -> None:
    book = yearbook(entry("a.docx", "白水镇"), entry("b.docx", "清水镇"), today=today)
    assert found(book) == [("coverage.unreported", severity, "某省某市青石县黑水镇")]
    told = "应报单位“某省某市青石县黑水镇”没有2023年度的报告，应当公开的期限是2024年4月1日。"
    # The same before and after the day, so that a waiver of it lasts.
    assert book.findings[0].message == told


def test_an_unreadable_file_is_its_whose_name_it_bears() -> None:
    book = yearbook(entry("a.docx", "白水镇"), entry("清水镇2023年报告.docx"), entry("黑水镇2021年报告.docx"))
    assert found(book) == [
        ("coverage.unreported", "warning", "某省某市青石县黑水镇"),
        ("coverage.unreadable", "warning", "某省某市青石县清水镇"),
    ]
    assert "另有 2 个文件无法读取" in book.findings[0].suggestion
    borne = {each.report.file: len(each.report.findings) for each in book.entries}
    assert borne == {"a.docx": 0, "清水镇2023年报告.docx": 1, "黑水镇2021年报告.docx": 0}


def test_a_spoilt_copy_beside_a_good_report_is_no_finding() -> None:
    book = yearbook(entry("a.docx", "白水镇"), entry("白水镇.docx"), roster=ROSTER[:1])
    assert found(book) == []


def test_two_reports_of_one_issuer_are_told_once_and_never_added_up(tmp_path: Path) -> None:
    book = yearbook(
        entry("a.docx", "白水镇"), entry("b.docx", "白水镇"), entry("c.docx", "清水镇"), roster=None
    )
    assert found(book) == [("coverage.doubled", "warning", "青石县白水镇人民政府")]
    (told,) = book.entries[1].report.findings
    assert told.message == (
        "“青石县白水镇人民政府”的2023年度报告有 2 份：“a.docx”、“b.docx”；"
        "采用“a.docx”（与采用的一份内容相同）。"
    )
    sheet = openpyxl.load_workbook(publish(book, tmp_path)[0])["指标汇总"]
    names = [sheet.cell(row, 2).value for row in range(5, 14)]
    assert names.count("青石县白水镇人民政府") == 2
    assert names.index("合计") < len(names) - 1 - names[::-1].index("青石县白水镇人民政府")


def test_a_page_and_the_report_attached_to_it_are_told_only_where_they_differ() -> None:
    text = "全年查处案件672件，罚款3万元。" + "法治建设稳步推进。" * 60
    page = entry("门户/报告", "白水镇", "1", text=text)
    same = entry("门户/报告（附件）报告.docx", "白水镇", "2", text=f"报告\n{text}\n2024年1月5日")
    other = entry("门户/报告（附件）报告.docx", "白水镇", "2", text=text.replace("672", "702"))
    cut = entry("门户/报告", "白水镇", "1", text=text[:60])
    assert found(yearbook(page, same, roster=None)) == []
    book = yearbook(page, other, roster=None)
    assert found(book) == [("coverage.attachment", "warning", "青石县白水镇人民政府")]
    (told,) = book.entries[0].report.findings
    assert told.message == (
        "“青石县白水镇人民政府”公布的网页正文与附件不一致：正文为672件，附件为702件；采用的是网页正文。"
    )
    (told,) = yearbook(cut, same, roster=None).entries[1].report.findings
    assert told.message.endswith("；采用的是附件，网页正文不全。")


def test_one_file_under_two_names_is_said_to_be_the_same() -> None:
    book = yearbook(entry("a.docx", "白水镇", "77"), entry("b.docx", "白水镇", "77"), roster=None)
    assert book.entries[1].report.findings[0].message.endswith("，内容完全相同。")


def test_the_sheet_tells_who_was_late_and_who_reported_twice(tmp_path: Path) -> None:
    late = Finding("late", "timeliness.late", Severity.WARNING, "晚了。")
    book = yearbook(
        entry("a.docx", "白水镇", findings=(late,)), entry("b.docx", "清水镇"), entry("c.docx", "清水镇")
    )
    sheet = openpyxl.load_workbook(publish(book, tmp_path)[0])["未报名单"]
    assert sheet["A2"].value == "应报 3、已报 2、未报 1（逾期公布 1、不止一份 1）"
    rows = {sheet.cell(row, 2).value[-3:]: [sheet.cell(row, c).value for c in (5, 6)] for row in (4, 5, 6)}
    assert rows == {"黑水镇": ["未报", None], "白水镇": ["已报", "逾期公布"], "清水镇": ["已报", "不止一份"]}


def test_the_table_lists_a_county() -> None:
    roster = roster_of_county("丽水市松阳县", divisions())
    assert roster == roster_of_county("331124", divisions())
    assert RosterEntry("浙江省丽水市松阳县古市镇", "331124101", 0) in roster
    # Zones and farms that the statistics number among the towns are none.
    assert all("松山湖" not in each.name for each in roster_of_county("东莞市", divisions()))


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ("鼓楼区", "叫“鼓楼区”的不止一处"),
        ("丽水市无名县", "区划表中没有“丽水市无名县”"),
        ("999999", "区划表中没有代码 999999"),
        ("江苏省", "“江苏省”不是县（市、区）"),
    ],
)
def test_what_is_no_county_is_refused(told: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        roster_of_county(told, divisions())
