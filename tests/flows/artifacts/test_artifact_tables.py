"""The tables of a run's pages: gravest first, never too long, cut to fit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len
from tallied import finding, outcome, report, summary, yearbook

from flows.artifacts.files import Folders
from flows.artifacts.markdown import fitted
from flows.artifacts.news import Change
from flows.artifacts.tables import findings_table, missing_table, tables_of
from flows.artifacts.tally import MOST_ROWS
from nianbao.model import Failure, Severity
from nianbao.yearbook import LeftOut

FOLDERS = Folders("/报告", Path("/结果"))
BOOK = "2023年度法治政府建设报告汇总.xlsx"
FITS = 88


def test_findings_of_all_years_stand_gravest_first() -> None:
    one = outcome(yearbook(report("白水镇.txt", findings=(finding(Severity.NOTE),))))
    two = replace(outcome(yearbook(report("黑水镇.txt", findings=(finding(Severity.ERROR),)))), year=2022)
    table = findings_table([one, two])
    assert table.rows == (
        {
            "单位": "松阳县黑水镇",
            "年度": "2022",
            "级别": "错误",
            "问题": "合计不符：加不起来。",
            "原句": "共办结案",
            "处理": "请核对。",
        },
        {**table.rows[0], "单位": "松阳县白水镇", "年度": "2023", "级别": "提示"},
    )
    assert table.told == f"共 2 处问题，错误在前；完整的字句见 {BOOK}、{BOOK} 的“校验问题”表。"


def test_a_line_tells_how_many_more_there_are_and_where() -> None:
    many = tuple(finding(Severity.WARNING) for _ in range(MOST_ROWS + 234))
    year = outcome(yearbook(report("a.txt", findings=(*many, finding(Severity.ERROR)))))
    table = findings_table([year])
    assert (len(table.rows), table.rows[0]["级别"]) == (MOST_ROWS, "错误")
    assert table.told == f"共 1235 处问题，错误在前，这里列出 1000 处；其余 235 处见 {BOOK} 的“校验问题”表。"
    without = findings_table([replace(year, files=(Path("/结果/数据.csv"),))])
    assert without.told.endswith("其余 235 处没有列出，写出工作簿才能看到全部。")


def test_who_has_not_reported_is_held_against_the_last_time() -> None:
    year = outcome(yearbook(roster={"松阳县甲镇": [], "松阳县乙镇": []}))
    change = Change("2024-05-01T00:00:00+00:00", 2, (), come=(), gone=("松阳县乙镇",))
    assert [row["与上次相比"] for row in missing_table([year]).rows] == ["", ""]
    rows = missing_table([replace(year, change=change)]).rows
    assert [(row["单位"], row["县区"], row["与上次相比"]) for row in rows] == [
        ("松阳县甲镇", "松阳县", "上次也未报"),
        ("松阳县乙镇", "松阳县", "上次没有列为未报"),
    ]


def test_what_failed_is_told_file_by_file() -> None:
    broken = report("b.txt", failures=(Failure("themes", "extract", "KeyError"),))
    year = replace(outcome(yearbook(broken)), failures=(Failure("notice", "publish", "磁盘已满"),))
    told = summary(
        year, unreadable=(LeftOut("/报告/乡镇/a.doc", "文件已损坏"), LeftOut("https://x/1", "超时"))
    )
    tables = {table.name: table for table in tables_of(told, FOLDERS)}
    assert set(tables) == {"findings", "failed"}
    assert [tuple(row.values()) for row in tables["failed"].rows] == [
        ("乡镇/a.doc", "无法读取", "文件已损坏"),
        ("https:／／x/1", "无法读取", "超时"),
        ("b.txt", "插件出错", "themes：KeyError"),
        ("2023 年度", "没有写成", "notice：磁盘已满"),
    ]


def test_a_run_without_anything_to_tell_has_empty_tables() -> None:
    tables = tables_of(summary(outcome(yearbook(report("a.txt"), roster={"甲镇": ["a.txt"]}))), FOLDERS)
    assert [(table.rows, table.told) for table in tables] == [
        ((), "共 0 处问题。"),
        ((), "共 0 个单位没有报告。"),
        ((), "共 0 处失败。"),
    ]


def test_rows_fit_beside_each_other() -> None:
    long = "很长的字句" * 40
    made = yearbook(
        report(f"{long}.txt", findings=(finding(message=long, suggestion=long, kind="missing-part"),)),
        roster={long: []},
    )
    told = summary(outcome(made), unreadable=(LeftOut(f"/报告/{long}.doc", long),))
    for table in tables_of(told, FOLDERS):
        assert len(table.rows[0]) <= 6
        for row in table.rows:
            assert sum(map(cell_len, row.values())) <= FITS, table.name
    failed = tables_of(told, FOLDERS)[-1]
    assert failed.rows[0]["文件"].endswith("字句.doc")


@pytest.mark.parametrize(
    ("text", "last", "told"),
    [
        ("甲乙丙", False, "甲乙丙"),
        ("甲乙丙丁", False, "甲乙…"),
        ("甲乙丙丁", True, "…丙丁"),
        ("abcdef", False, "abcdef"),
        ("abcdefg", False, "abcde…"),
        ("a\n b", False, "a b"),
    ],
)
def test_texts_are_cut_by_their_width(text: str, last: bool, told: str) -> None:
    assert fitted(text, 6, last=last) == told
