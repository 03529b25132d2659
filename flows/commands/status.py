"""`nianbao status`: what a store holds of each year and county, and what of it is to be done."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flows.commands.runs import RUNNING, STATUSES, status_now
from flows.standing import Standing, State, standing_of
from flows.stores import existing_store, run_in_progress, store_location
from flows.summary import SHOWN
from nianbao.manager import registry
from nianbao.model import DocumentKind
from nianbao.steps import SHANGHAI, make_context

if TYPE_CHECKING:
    from rich.console import Console

STATES = {
    State.FRESH: "最新",
    State.NEW: "新增",
    State.CHANGED: "有变动",
    State.WAITING: "待处理",
    State.FAILED: "失败",
}
_UNKNOWN = "未知"


def status_command(source: str, store: str, *, as_json: bool) -> int:
    """Print how the files stand; return the exit status, which is 1 where some have failed."""
    with existing_store(store) as opened:
        found = standing_of(opened, registry(), make_context(), source)
    if as_json:
        for (year, county, kind), counts in found.groups:
            told: dict[str, Any] = {"year": year, "county": county}
            if kind is not DocumentKind.REPORT:
                told["document_kind"] = kind.value
            print(json.dumps(told | {state: counts.get(state, 0) for state in State}, ensure_ascii=False))
    else:
        _show(found, store_location(store))
    return 1 if found.failed else 0


def _show(found: Standing, place: str) -> None:
    from rich.console import Console

    console = Console(highlight=False, soft_wrap=True)
    if found.last is None:
        console.print("还没有运行过。" if not found.groups else "这个位置还没有运行过。")
    else:
        began = f"{found.last.started.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
        at_work = run_in_progress(place) if found.last.status == RUNNING else None
        status = status_now(found.last.id, found.last.status, at_work)
        ending = STATUSES.get(status, status)
        console.print(f"最近一次运行：{began}（编号 {found.last.id}），{ending}", markup=False)
    if found.groups:
        _table(console, found)
    _list(console, "失败的文件", [f"{name}：{cause or '原因不明'}" for name, cause in found.failed])
    _list(console, "来源里已经没有的文件", found.gone)
    if any(found.total.get(state) for state in (State.NEW, State.CHANGED, State.WAITING)):
        console.print("再次运行 nianbao run 即可处理新增、有变动和待处理的文件。")


def _table(console: Console, found: Standing) -> None:
    from rich.table import Table

    table = Table("年度", "县区")
    for title in STATES.values():
        table.add_column(title, justify="right")
    names = {each.kind: each.name for each in registry().kinds}
    for (year, county, kind), counts in found.groups:
        told = [str(counts.get(state, 0)) for state in STATES]
        told_year = f"{year or _UNKNOWN} {names.get(kind, '')}".rstrip()
        table.add_row(told_year, county or _UNKNOWN, *told)
    if len(found.groups) > 1:
        table.add_section()
        table.add_row("合计", "", *(str(found.total.get(state, 0)) for state in STATES))
    console.print(table)


def _list(console: Console, title: str, lines: list[str] | tuple[str, ...]) -> None:
    if not lines:
        return
    console.print(f"{title}（{len(lines)}）：")
    for line in lines[:SHOWN]:
        console.print(f"  {line}", markup=False)
    if len(lines) > SHOWN:
        console.print(f"  …… 等 {len(lines)} 个")
