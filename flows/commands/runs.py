"""`nianbao runs`: the runs of a store, the latest first, so that `nianbao diff` can be told which."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
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
            for run in shown:
                print(*_lines(run, at_work), sep="\n")
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


def _lines(run: PastRun, at_work: str | None) -> Iterator[str]:
    """Yield two lines a run, so that an id is whole on any terminal and in any pipe."""
    status = status_now(run.id, run.status, at_work)
    told = [run.id, _when(run), f"{_MARKS.get(status, '')}{STATUSES.get(status, status)}"]
    if run.years:
        told.append(f"发布 {'、'.join(map(str, run.years))} 年度")
    yield "  ".join(told)
    counts = "，".join(f"{name} {run.counts[kind]}" for kind, name in _KINDS.items() if kind in run.counts)
    yield f"    {run.place}{'：' if counts else ''}{counts}"


def _when(run: PastRun) -> str:
    began = f"{run.started:%Y-%m-%d %H:%M}"
    if run.finished is None:
        return began
    is_same_day = run.finished.date() == run.started.date()
    return f"{began} 至 {run.finished:{'%H:%M' if is_same_day else '%Y-%m-%d %H:%M'}}"
