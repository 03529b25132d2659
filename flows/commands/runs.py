"""`nianbao runs`: the runs of a store, the latest first, so that `nianbao diff` can be told which."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flows.printing import until_closed, write_bytes
from flows.stores import existing_store, run_in_progress, store_location
from flows.summary import SHOWN

if TYPE_CHECKING:
    from nianbao.store.pastruns import PastRun

RUNNING, INTERRUPTED = "running", "interrupted"
STATUSES: Mapping[str, str] = {
    RUNNING: "正在进行",
    INTERRUPTED: "中途被终止",
    "stopped": "被停止",
    "failed": "未能完成",
    "partial": "部分完成",
    "complete": "全部完成",
}
# Of those that came to no end of their own.
_MARKS = {INTERRUPTED: "！", "stopped": "！", "failed": "！"}
_KINDS = {"files": "文件", "reports": "报告", "unreadable": "无法读取", "unchanged": "没有变动"}


def runs_command(store: str, *, whole: bool = False, as_json: bool = False) -> int:
    """Print the last runs; return the exit status.

    Args:
        store: path or address of the store; empty for the usual one.
        whole: whether all are printed, and not the last ten.
        as_json: print one JSON object a run.

    Raises:
        UsageError: there is no such store.
        StoreError: it can't be read.
    """
    place = store_location(store)
    with existing_store(store) as opened:
        # One more than are shown tells whether there are more.
        found = opened.past_runs(None if whole else SHOWN + 1)
    at_work = run_in_progress(place) if any(run.status == RUNNING for run in found) else None
    shown = found if whole else found[:SHOWN]
    with until_closed():
        if as_json:
            for run in shown:
                row = json.dumps(_to_json(run, at_work), ensure_ascii=False)
                write_bytes(row.encode("utf-8", "replace") + b"\n")
        elif not shown:
            print("还没有运行过。")
        else:
            _show(shown, at_work)
            if len(found) > len(shown):
                print(f"只列出最近 {SHOWN} 次，全部请加 --all。")
    return 0


def status_now(run_id: str, status: str, at_work: str | None) -> str:
    """Return how a run stands: one that is running while it does not hold the store's lock was killed."""
    if status != RUNNING or at_work == "":
        return status
    return RUNNING if at_work == run_id else INTERRUPTED


def _to_json(run: PastRun, at_work: str | None) -> dict[str, Any]:
    return {
        "id": run.id,
        "began": run.started.isoformat(timespec="seconds"),
        "ended": run.finished.isoformat(timespec="seconds") if run.finished else None,
        "status": status_now(run.id, run.status, at_work),
        "source": run.place,
        "counts": dict(run.counts),
        "years": list(run.years),
    }


def _show(shown: tuple[PastRun, ...], at_work: str | None) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("编号", "开始", "结束", "状态")
    table.add_column("来源", overflow="fold")
    for name in _KINDS.values():
        table.add_column(name, justify="right")
    table.add_column("发布的年度")
    for run in shown:
        status = status_now(run.id, run.status, at_work)
        told = f"{_MARKS.get(status, '')}{STATUSES.get(status, status)}"
        counts = [str(run.counts[kind]) if kind in run.counts else "—" for kind in _KINDS]
        years = "、".join(map(str, run.years)) or "—"
        table.add_row(run.id, f"{run.started:%Y-%m-%d %H:%M}", _ended(run), told, run.place, *counts, years)
    console = Console(highlight=False, markup=False, soft_wrap=True)
    console.print(table)


def _ended(run: PastRun) -> str:
    if run.finished is None:
        return "—"
    moment: datetime = run.finished
    is_same_day = moment.date() == run.started.date()
    return f"{moment:%H:%M}" if is_same_day else f"{moment:%Y-%m-%d %H:%M}"
