"""What of a run's sources changed since the run before, and which of them have nothing any more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from flows.events.notice import CHANGED, EMPTIED, SHOWN, Notice, Task, digest, message, some


@dataclass(frozen=True, slots=True)
class Item:
    """What a source lists.

    Args:
        site: the site that it is of; empty where the source is one place.
        name: what the user knows it by.
        content: the digest of its bytes; empty where they were never had.
        years: of the reports in it.
    """

    site: str
    name: str
    content: str
    years: tuple[int, ...] = ()


Items = Mapping[int, Item]


@dataclass(frozen=True, slots=True)
class Stock:
    """What a source held at the end of a run.

    Args:
        items: by the number of the file in the store.
        day: of that run, in Asia/Shanghai.
    """

    items: Items
    day: date

    def of(self, site: str) -> Items:
        """Return what a site has of it."""
        return {number: item for number, item in self.items.items() if item.site == site}


def source_changes(task: Task, before: Stock, now: Stock, why: str = "") -> Iterator[Notice]:
    """Yield an event for each place or site that changed, or has nothing any more.

    Args:
        task: whose run it was.
        before: at the last run that listed anything.
        now: at this run.
        why: what the source said where it could list nothing.
    """
    sites = dict.fromkeys(item.site for stock in (before, now) for item in stock.items.values())
    for site in sorted(sites):
        had, has = before.of(site), now.of(site)
        if _is_emptied(had, has):
            yield _emptied(task, site, Stock(had, before.day), has, why)
        elif notice := _changed(task, site, had, has, before.day):
            yield notice


def _is_emptied(had: Items, has: Items) -> bool:
    return bool(had) and (not has or (_reports(had) > 0 and _reports(has) == 0))


def _reports(items: Items) -> int:
    return sum(bool(item.years) for item in items.values())


def _emptied(task: Task, site: str, last: Stock, has: Items, why: str) -> Notice:
    had, day = last.items, last.day
    years = Counter(year for item in had.values() for year in item.years)
    each = "、".join(f"{year} 年度 {count} 份" for year, count in sorted(years.items(), reverse=True)[:SHOWN])
    now = f"这次列出 {len(has)} 个条目，没有一份报告" if has else "这次一个条目也没有"
    reports = f"其中报告 {_reports(had)} 份{f'（{each}）' if each else ''}"
    lines = [f"上次（{day}）有 {len(had)} 个条目，{reports}；{now}。"]
    lines += [why] if why else []
    hint = "请打开这个网站或文件夹，看是否改版、搬迁或误删；以前读出的内容都还在数据库里。"
    payload = {
        **message(f"{task.label}：来源空了（{site or task.source}）", lines, hint),
        "来源": site or task.source,
        "上次日期": day.isoformat(),
        "上次条目": len(had),
        "上次报告": _reports(had),
        "上次各年度": {str(year): count for year, count in sorted(years.items(), reverse=True)[:SHOWN]},
        "这次条目": len(has),
        "原因": why,
    }
    return Notice(EMPTIED, _resource(task, site), payload)


def _changed(task: Task, site: str, had: Items, has: Items, day: date) -> Notice | None:
    new = _names(has, has.keys() - had.keys())
    gone = _names(had, had.keys() - has.keys())
    other = _names(has, {key for key in has.keys() & had.keys() if has[key].content != had[key].content})
    if not (new or gone or other):
        return None
    counted = (("新增", new), ("变动", other), ("不见了", gone))
    lines = [f"{called} {len(names)} 个：{some(names, 3)}" for called, names in counted if names]
    payload = {
        **message(
            f"{task.label}：来源有变动（{site or task.source}）", lines, "不用处理；结果已按现在的内容更新。"
        ),
        "来源": site or task.source,
        "上次日期": day.isoformat(),
        **{called: len(names) for called, names in counted},
        **{f"{called}的": names[:SHOWN] for called, names in counted},
    }
    return Notice(CHANGED, _resource(task, site), payload)


def _names(items: Items, keys: Iterable[int]) -> list[str]:
    return sorted(items[key].name for key in keys)


def _resource(task: Task, site: str) -> dict[str, str]:
    return task.resource(site=site, source=task.source) | {
        "prefect.resource.id": f"nianbao.source.{digest(task.source, task.out, site)}",
        "prefect.resource.name": site or task.label,
    }
