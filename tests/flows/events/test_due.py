"""Which events are due, by what a run came to and the day: nothing is sent here."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from flows.events.missing import Roll, is_due, missing_reports
from flows.events.notice import Notice, Task, message
from flows.events.partial import partial_run
from flows.events.sources import Item, Stock, source_changes
from flows.summary import Summary, YearOutcome
from nianbao.model import Severity
from nianbao.yearbook import LeftOut

TASK = Task("岚溪县", "/报告", "/结果")
DAY = date(2024, 3, 25)


def outcome(year: int, *files: Path) -> YearOutcome:
    return YearOutcome(year, 3, ((Severity.ERROR, 2),), None, files, ())


def summary(
    *years: YearOutcome, unreadable: tuple[LeftOut, ...] = (), failures: tuple[str, ...] = ()
) -> Summary:
    return Summary("20240401-090000-abcdef", 2023, 9, 6, ((2023, 6),), years, unreadable, (), failures)


def missing(*silent: str, today: date) -> list[Notice]:
    counties = {"岚溪县石涧镇": "岚溪县", "岚溪县杏坞乡": "岚溪县", "青峰县白水镇": "青峰县"}
    return list(missing_reports(TASK, {2023: silent, 2022: ()}, Roll(20, counties, today, {})))


@pytest.mark.parametrize(
    ("today", "runs", "due"),
    [
        (date(2024, 3, 31), (), False),
        (date(2024, 4, 1), (), True),
        (date(2024, 4, 1), (date(2024, 3, 25), date(2024, 1, 8)), True),
        (date(2024, 4, 1), (date(2024, 4, 1),), False),
        (date(2024, 4, 8), (date(2024, 4, 1), date(2024, 3, 25)), False),
        (date(2024, 7, 1), (date(2024, 3, 25),), True),
        (date(2025, 4, 1), (), False),
    ],
    ids=[
        "the eve",
        "the day",
        "after runs of spring",
        "a second on the day",
        "the week after",
        "late",
        "old",
    ],
)
def test_the_first_run_on_1_april_or_later_reminds(today: date, runs: tuple[date, ...], due: bool) -> None:
    assert is_due(2023, today, runs) is due


def test_who_is_missing_is_told_by_county() -> None:
    names = ("岚溪县石涧镇", "青峰县白水镇", "岚溪县杏坞乡", "无名处")
    (notice,) = missing(*names, today=date(2024, 4, 1))
    assert notice.event == "nianbao.report.missing"
    assert notice.resource == {
        "prefect.resource.id": TASK.resource()["prefect.resource.id"],
        "prefect.resource.name": "岚溪县",
        "nianbao.place": "岚溪县",
        "nianbao.year": "2023",
        "nianbao.deadline": "over",
        "nianbao.notice": "due",
    }
    assert notice.payload["标题"] == "【nianbao】岚溪县 2023 年度：4 月 1 日已到期，还有 4 个单位未报"
    assert notice.payload["正文"] == (
        "应报 20 个单位，已报 16 个，未报 4 个：\n"
        "岚溪县：岚溪县石涧镇、岚溪县杏坞乡\n青峰县：青峰县白水镇\n县区不明：无名处\n"
        "怎么办：请先核对单位名称和网址有没有错，再催报；完整名单见工作簿。"
    )
    assert notice.payload["各县区未报"] == {"岚溪县": 2, "青峰县": 1, "县区不明": 1}
    assert (notice.payload["期限已到"], notice.payload["公开期限"]) == (True, "2024-04-01")


def test_before_the_deadline_the_event_says_so_and_calls_nobody() -> None:
    (notice,) = missing("岚溪县石涧镇", today=date(2024, 2, 1))
    assert (notice.resource["nianbao.deadline"], notice.resource["nianbao.notice"]) == ("ahead", "none")
    assert notice.payload["标题"] == "【nianbao】岚溪县 2023 年度：还有 1 个单位未报"


def test_however_many_are_missing_the_message_and_the_event_stay_small() -> None:
    names = tuple(f"第{number}县人民政府办公室综合行政执法大队" for number in range(3_000))
    roll = Roll(3_000, {name: name[:6] for name in names}, date(2024, 4, 1), {})
    (notice,) = missing_reports(TASK, {2023: names}, roll)
    assert len(notice.payload["正文"].encode()) < 1_500
    assert len(json.dumps(notice.payload, ensure_ascii=False).encode()) < 20_000
    assert notice.payload["未报"] == 3_000


def stock(*items: tuple[str, str, str, tuple[int, ...]]) -> Stock:
    return Stock({number: Item(*item) for number, item in enumerate(items)}, DAY)


def test_a_place_that_holds_what_it_held_has_no_event() -> None:
    held = stock(("", "甲.docx", "a1", (2023,)))
    assert list(source_changes(TASK, held, held)) == []


def test_what_is_new_other_or_gone() -> None:
    before = stock(("", "甲.docx", "a1", (2023,)), ("", "乙.docx", "b1", (2023,)))
    now = Stock({0: Item("", "甲.docx", "a2", (2023,)), 7: Item("", "丙.docx", "", ())}, DAY)
    (notice,) = source_changes(TASK, before, now)
    assert notice.event == "nianbao.source.changed"
    assert {key: notice.payload[key] for key in ("新增的", "变动的", "不见了的")} == {
        "新增的": ["丙.docx"],
        "变动的": ["甲.docx"],
        "不见了的": ["乙.docx"],
    }
    assert notice.resource["prefect.resource.id"].startswith("nianbao.source.")


def test_a_site_among_others_that_has_nothing_any_more() -> None:
    north, south = (
        ("北县政府网", "北县政府网/甲", "a1", (2023,)),
        ("南县政府网", "南县政府网/乙", "b1", (2023, 2022)),
    )
    (notice,) = source_changes(TASK, stock(north, south), stock(north))
    assert notice.event == "nianbao.source.emptied"
    assert (notice.resource["nianbao.site"], notice.payload["来源"]) == ("南县政府网", "南县政府网")
    assert (notice.payload["上次条目"], notice.payload["上次报告"]) == (1, 1)
    assert (
        "上次（2024-03-25）有 1 个条目，其中报告 1 份（2023 年度 1 份、2022 年度 1 份）"
        in notice.payload["正文"]
    )
    (again,) = source_changes(replace(TASK, label="别名"), stock(north, south), stock(north))
    assert again.resource["prefect.resource.id"] == notice.resource["prefect.resource.id"]


def test_a_site_whose_entries_are_no_reports_any_more_is_empty_too() -> None:
    before, now = stock(("甲站", "甲站/一", "a1", (2023,))), stock(("甲站", "甲站/一", "a2", ()))
    (notice,) = source_changes(TASK, before, now)
    assert (notice.event, notice.payload["这次条目"]) == ("nianbao.source.emptied", 1)
    assert "这次列出 1 个条目，没有一份报告" in notice.payload["正文"]


def test_a_site_that_never_had_reports_may_go_on_without() -> None:
    before, now = stock(("甲站", "甲站/一", "a1", ())), stock(("甲站", "甲站/一", "a2", ()))
    assert [each.event for each in source_changes(TASK, before, now)] == ["nianbao.source.changed"]


def test_a_partial_run_tells_causes_and_counts() -> None:
    (notice,) = partial_run(
        TASK, summary(outcome(2023, Path("甲.xlsx")), unreadable=(LeftOut("甲.doc", "文件已损坏"),))
    )
    assert notice.event == "nianbao.run.partial"
    assert notice.resource["nianbao.run"] == "20240401-090000-abcdef"
    assert notice.payload["校验问题"] == {"错误": 2, "警告": 0, "提示": 0}
    assert notice.payload["标题"] == "【nianbao】岚溪县 2023 年度：部分完成"
    told = notice.payload["正文"]
    assert "1 个文件无法读取。" in told
    assert "插件出错" not in told
    assert "校验问题：错误 2 处\n" in told
    assert "甲.doc：文件已损坏" in notice.payload["正文"]


def test_a_whole_run_and_a_failed_one_are_not_partial() -> None:
    assert list(partial_run(TASK, summary(outcome(2023, Path("甲.xlsx"))))) == []
    failed = summary(outcome(2023), unreadable=(LeftOut("甲.doc", "文件已损坏"),))
    assert list(partial_run(TASK, failed)) == []


def test_a_message_fits_the_smallest_messenger() -> None:
    told = message("题" * 60, ["长" * 5_000], "看一看")
    assert len((told["标题"] + told["正文"]).encode()) < 2_048 - 200
    assert told["正文"].endswith("…\n怎么办：看一看")
