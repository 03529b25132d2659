"""A run's summary as an operator reads it: what needs a hand, by county, against the last time, by cause."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tallied import WORKBOOK, finding, outcome, report, summary, yearbook

from flows.artifacts.files import Folders
from flows.artifacts.news import Change, at_rest
from flows.artifacts.page import causes_of, page_of
from flows.artifacts.tally import Arrived
from nianbao.model import Failure, Severity, Status
from nianbao.yearbook import LeftOut

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE
FOLDERS = Folders("/报告", Path("/结果"), "https://files.example/")
YEAR = outcome(
    yearbook(
        report("甲镇.txt", findings=(finding(), finding(NOTE))),
        report("丙镇.txt", "遂昌县"),
        report("x.doc", "", Status.UNREADABLE, error="坏了"),
        roster={"松阳县甲镇": ["甲镇.txt"], "松阳县乙镇": [], "遂昌县丙镇": ["丙镇.txt"]},
    ),
    Arrived(frozenset({("甲镇.txt", 1)}), frozenset({("丙镇.txt", 1)})),
)
CHANGE = Change(
    "2024-05-01T01:30:00+00:00", 1, ((ERROR, 3), (WARNING, 0), (NOTE, 1)), ("遂昌县丙镇",), ("松阳县乙镇",)
)


def lines(*years: object, **more: object) -> list[str]:
    return page_of(summary(*years, **more), FOLDERS, "某县").splitlines()  # type: ignore[arg-type]


def test_what_needs_a_hand_stands_first() -> None:
    told = lines(replace(YEAR, stale=("更正已失效：甲",)), unreadable=(LeftOut("x.doc", "坏了"),))
    assert told[0] == "# 某县：部分完成"
    assert told[2] == "**无法读取 1 个文件；更正失效 1 处；未报 1 个单位；待复核 2 处**"


def test_a_run_that_needs_no_hand_says_so() -> None:
    assert lines(outcome(yearbook(report("a.txt"))))[:3] == ["# 某县：全部完成", "", "**没有需要处理的**"]


def test_a_run_that_published_nothing_says_why() -> None:
    told = lines(files=1, unreadable=(LeftOut("x.doc", "坏了"),))
    assert told[:3] == ["# 某县：未能完成", "", "**所有文件都无法读取；无法读取 1 个文件**"]


def test_a_run_that_came_too_early_has_not_failed() -> None:
    told = lines(early="还没有 2023 年度的报告")
    assert told[:3] == ["# 某县：还没有报告", "", "**还没有 2023 年度的报告**"]


def test_counties_stand_below_their_total() -> None:
    told = lines(YEAR)
    first = told.index("| 县区 | 应报 | 已报 | 新增 | 变化 | 失败 | 待复核 |")
    assert told[first + 2] == "| **合计** | **3** | **2** | **1** | **1** | **1** | **2** |"
    assert sorted(told[first + 3 : first + 6]) == sorted(
        [
            "| 松阳县 | 2 | 1 | 1 | 0 | 0 | 2 |",
            "| 遂昌县 | 1 | 1 | 0 | 1 | 0 | 0 |",
            "| 县区不明 | 0 | 0 | 0 | 0 | 1 | 0 |",
        ]
    )


def test_without_a_roster_nobody_is_asked() -> None:
    assert "| 松阳县 | 未给名单 | 1 | 0 | 0 | 0 | 0 |" in lines(outcome(yearbook(report("a.txt"))))


def test_what_is_other_than_the_last_time() -> None:
    told = lines(replace(YEAR, change=CHANGE))
    assert "与上次汇总（2024-05-01 09:30）相比：报告 1 → 2（+1）；错误 3 → 1（-2）。" in told
    assert "- 新报的单位（1）：遂昌县丙镇" in told
    assert "- 新列为未报的单位（1）：松阳县乙镇" in told
    assert "没有可比的上一次汇总。" in lines(YEAR)


def test_a_year_that_holds_has_nothing_new() -> None:
    told = lines(at_rest(replace(YEAR, change=CHANGE)))
    assert "自上次汇总以来没有变动，结果文件没有重写。" in told
    assert "| **合计** | **3** | **2** | **0** | **0** | **1** | **2** |" in told
    assert not any("新报的单位" in line for line in told)


def test_a_year_of_an_earlier_version_says_what_it_lacks() -> None:
    told = lines(replace(YEAR, tally=None))
    assert "这一年度是以前的版本写出的，没有分县区的统计；全部重做一次就有。" in told


def test_the_main_causes_the_most_frequent_first() -> None:
    many = tuple(finding(NOTE, f"kind-{n}") for n in range(5)) * 3
    warned = tuple(finding(WARNING, f"kind-{n}") for n in range(7))
    year = outcome(yearbook(report("甲镇.txt", findings=(finding(), finding(), *many, *warned))))
    bad = tuple(LeftOut(f"/报告/甲{n}.pdf", f"第{n}页损坏") for n in range(3))
    told = summary(year, replace(year, year=2022), unreadable=bad, failures=("插件 x 没有装载",))
    causes = causes_of(told, FOLDERS)
    assert [(cause.what, cause.count) for cause in causes] == [
        ("error", 4),
        ("unreadable", 3),
        *[("warning", 2)] * 7,
        # What is only noted fills up what is left.
        ("note", 6),
    ]
    page = page_of(told, FOLDERS, "某县").splitlines()
    assert "| 4 | 错误 | 合计不符 | 松阳县甲镇人民政府：加不起来。 |" in page
    assert "| 3 | 无法读取 | 第0页损坏 | 甲0.pdf |" in page


def test_files_are_linked_where_they_are_served_and_told_by_path() -> None:
    quoted = Folders("", WORKBOOK.parent, "https://files.example").address(WORKBOOK)
    assert f"- [{WORKBOOK.name}]({quoted})　`{WORKBOOK}`" in lines(YEAR)
    unserved = page_of(summary(YEAR), Folders("", WORKBOOK.parent), "某县")
    assert f"- `{WORKBOOK}`" in unserved.splitlines()
    assert "](" not in unserved


def test_hostile_names_break_no_row() -> None:
    name = "a|b</td><script>alert(1)</script>\n| 甲 |[x](http://evil.example)"
    made = yearbook(
        report("a.txt", name, findings=(finding(message=name),), failures=(Failure(name, "extract", name),)),
        roster={name: []},
    )
    year = replace(outcome(made), stale=(name,), change=replace(CHANGE, come=(name,), gone=(name,)))
    told = summary(
        year,
        unreadable=(LeftOut(name, name),),
        left_out=(LeftOut(name, name),),
        failures=(name,),
        remarks=(name,),
    )
    page = page_of(told, FOLDERS, name)
    assert "<script" not in page.replace("\\<", "")
    assert "](http://evil" not in page
    for line in page.splitlines():
        if line.startswith("| "):
            columns = line.replace("\\|", "").count("|") - 1
            assert columns in {2, 4, 7}, line


def test_of_very_many_counties_the_last_are_added_up() -> None:
    made = yearbook(*(report(f"{n}.txt", f"第{n}县") for n in range(305)))
    rows = [line for line in lines(outcome(made)) if "县" in line and line.startswith("| ")]
    assert rows[-1] == "| 其余 5 个县区 | 未给名单 | 5 | 0 | 0 | 0 | 0 |"
    assert len(rows) == 1 + 300 + 1


def test_the_tables_are_linked() -> None:
    told = page_of(summary(YEAR), FOLDERS, "某县", {"问题": "../artifact/1", "失败的文件": "../artifact/2"})
    assert "明细：[问题](../artifact/1)、[失败的文件](../artifact/2)" in told.splitlines()
