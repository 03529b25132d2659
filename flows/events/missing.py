"""Who has not reported, and whether it is time to say so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flows.events.notice import MISSING, Notice, Task, message, some
from nianbao.roster.counties import NO_COUNTY

# Before that day of the year after reports are to be public (法治政府建设与责任落实督察工作规定).
_MONTH, _DAY = 4, 1
_COUNTIES = 8
_ALL = 100


def deadline_of(year: int) -> date:
    """Return the day on which a year's reports are to be public."""
    return date(year + 1, _MONTH, _DAY)


def is_due(year: int, today: date, runs: Iterable[date]) -> bool:
    """Tell whether the run of today is to remind of a year's missing reports.

    The first run on 1 April or later is: that of 1 April, where it is scheduled. Later ones of that year are
    not: who is late stands in their results. Nor is a run over years that were due before.

    Args:
        year: reported on.
        today: the day of the run, in Asia/Shanghai.
        runs: the days of the earlier runs over the same place that told who is missing of that year.
    """
    deadline = deadline_of(year)
    return today.year == deadline.year and today >= deadline and not any(day >= deadline for day in runs)


@dataclass(frozen=True, slots=True)
class Roll:
    """What is known of those that should report.

    Args:
        expected: how many they are.
        counties: the county of each that has not reported, by the name in the roster.
        today: the day of the run, in Asia/Shanghai.
        runs: of each year, the days of the earlier runs over the same place that told who is missing.
    """

    expected: int
    counties: Mapping[str, str]
    today: date
    runs: Mapping[int, Sequence[date]]


def missing_reports(task: Task, silent: Mapping[int, Sequence[str]], roll: Roll) -> Iterator[Notice]:
    """Yield an event for each year of which issuers of the roster have not reported.

    Args:
        task: whose run it was.
        silent: who has not, by year.
        roll: who should.
    """
    for year, names in silent.items():
        if names:
            yield _of_year(task, year, names, roll)


def _of_year(task: Task, year: int, silent: Sequence[str], roll: Roll) -> Notice:
    deadline, expected = deadline_of(year), roll.expected
    is_over = roll.today >= deadline
    grouped: dict[str, list[str]] = {}
    for name in silent:
        grouped.setdefault(roll.counties.get(name) or NO_COUNTY, []).append(name)
    lines = [f"应报 {expected} 个单位，已报 {expected - len(silent)} 个，未报 {len(silent)} 个："]
    lines += [f"{county}：{some(names)}" for county, names in list(grouped.items())[:_COUNTIES]]
    if len(grouped) > _COUNTIES:
        lines.append(f"…… 等 {len(grouped)} 个县区")
    when = f"{deadline.month} 月 {deadline.day} 日已到期，" if is_over else ""
    title = f"{task.label} {year} 年度：{when}还有 {len(silent)} 个单位未报"
    hint = "请先核对单位名称和网址有没有错，再催报；完整名单见工作簿。"
    payload = {
        **message(title, lines, hint),
        "年度": year,
        "应报": expected,
        "未报": len(silent),
        "各县区未报": {county: len(names) for county, names in list(grouped.items())[:_ALL]},
        "未报单位": list(silent[:_ALL]),
        "公开期限": deadline.isoformat(),
        "期限已到": is_over,
    }
    labels = {
        "year": str(year),
        "deadline": "over" if is_over else "ahead",
        "notice": "due" if is_due(year, roll.today, roll.runs.get(year, ())) else "none",
    }
    return Notice(MISSING, task.resource(**labels), payload)
