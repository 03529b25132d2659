"""What an operator is shown of a year: counted by county, by cause, and row by row."""

from __future__ import annotations

from dataclasses import astuple
from datetime import date

from tallied import finding, report, tally, yearbook

from flows.artifacts.tally import MOST_ROWS, PLUGIN, WHOLE_YEAR, Arrived, Cause, shortened
from nianbao.model import Failure, Severity, Status, Subject, Waiver
from nianbao.quarantine import line_of

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE
WAIVED = Waiver("甲镇", 2023, "test.sum", "", "", "台账如此", "王敏", date(2024, 1, 1), date(2099, 1, 1), 1)


def test_each_county_has_its_row() -> None:
    made = yearbook(
        report("a.txt"),
        report("b.txt", findings=(finding(), finding(waiver=WAIVED))),
        report("c.txt", "遂昌县", failures=(Failure("themes", "extract", "KeyError"),)),
        report("d.txt", "遂昌县", Status.UNREADABLE, error="坏了"),
        report("外.txt", "遂昌县"),
        roster={
            "松阳县甲镇": ["a.txt"],
            "松阳县乙镇": ["b.txt"],
            "遂昌县丙镇": ["c.txt"],
            "遂昌县丁镇": ["d.txt"],
            "云和县戊镇": [],
        },
    )
    told = tally(made, Arrived(frozenset({("a.txt", 1)}), frozenset({("b.txt", 1), ("c.txt", 1)})))
    assert sorted(map(astuple, told.counties)) == sorted(
        [
            ("松阳县", 2, 2, 1, 1, 0, 1),
            ("遂昌县", 2, 1, 0, 1, 2, 0),
            ("云和县", 1, 0, 0, 0, 0, 0),
        ]
    )
    assert told.unlisted == 1
    assert [(row.issuer, row.county) for row in told.missing] == [("云和县戊镇", "云和县")]


def test_without_a_roster_the_reports_that_count_are_counted() -> None:
    made = yearbook(report("a.txt"), report("b.txt", status=Status.UNREADABLE, error="坏了"))
    told = tally(made)
    assert [astuple(row) for row in told.counties] == [
        ("松阳县", None, 1, 0, 0, 0, 0),
        ("县区不明", None, 0, 0, 0, 1, 0),
    ]
    assert (told.unlisted, told.missing) == (0, ())


def test_an_unreadable_file_of_another_year_is_not_this_years_failure() -> None:
    files = ("2021年报告.doc", "2023年报告.doc", "报告.doc")
    made = yearbook(*(report(file, status=Status.UNREADABLE, error="坏了") for file in files))
    assert sum(row.failed for row in tally(made).counties) == 2


def test_findings_stand_gravest_first_with_whom_they_are_about() -> None:
    late = finding(WARNING, "late", "晚了。", subject=Subject("丙镇"))
    made = yearbook(
        report("a.txt", findings=(finding(NOTE), finding(WARNING, waiver=WAIVED), finding(WARNING))),
        report("b.txt", findings=(finding(ERROR, message="合计\n不符。"),)),
        findings=(late, finding(NOTE, "outlier")),
    )
    assert [(row.severity, row.issuer, row.message) for row in tally(made).found] == [
        (ERROR, "松阳县b人民政府", "合计 不符。"),
        (WARNING, "松阳县a人民政府", "加不起来。"),
        (WARNING, "丙镇", "晚了。"),
        (NOTE, "松阳县a人民政府", "加不起来。"),
        (NOTE, WHOLE_YEAR, "加不起来。"),
    ]


def test_no_more_rows_are_kept_than_a_page_can_show() -> None:
    many = tuple(finding(NOTE) for _ in range(MOST_ROWS + 5))
    failed = tuple(Failure(f"p{n}", "extract", "KeyError") for n in range(MOST_ROWS + 5))
    told = tally(yearbook(report("a.txt", findings=(*many, finding(ERROR)), failures=failed)))
    assert (len(told.found), len(told.broken)) == (MOST_ROWS, MOST_ROWS)
    assert told.found[0].severity is ERROR
    assert Cause("note", "sum", MOST_ROWS + 5, "松阳县a人民政府：加不起来。") in told.causes


def test_causes_are_counted_by_kind_and_severity_and_by_plugin() -> None:
    broken = Failure("themes", "extract", "KeyError: 甲")
    resting = Failure("foreign", "extract", line_of("foreign", "boom"))
    made = yearbook(
        report("a.txt", findings=(finding(), finding(WARNING))),
        report("b.txt", findings=(finding(),), failures=(broken, broken, resting)),
        report("c.txt", failures=(broken,)),
    )
    told = tally(made)
    assert sorted((cause.what, cause.count) for cause in told.causes) == [
        ("error", 2),
        (PLUGIN, 1),
        (PLUGIN, 2),
        ("warning", 1),
    ]
    # What a quarantined plugin would have said is missing everywhere: it is told once, no report has failed.
    assert [row.file for row in told.broken] == ["b.txt", "b.txt", "c.txt"]
    assert sum(row.failed for row in told.counties) == 2


def test_long_texts_are_cut_to_one_line() -> None:
    assert shortened(" 甲\n\t乙 ") == "甲 乙"
    assert shortened("甲" * 30, 10) == "甲" * 9 + "…"
