"""`nianbao diff`: what changed from one run, or one workbook, to another, and why."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from flows.differences import Side, changes_to_json, show_changes
from flows.printing import print_lines, until_closed, write_bytes
from flows.stores import existing_store
from nianbao.comparing import Snapshot, compare, read_workbook
from nianbao.corrections import edited_figures, read_basis
from nianbao.errors import UsageError
from nianbao.model import IndicatorInfo

if TYPE_CHECKING:
    from nianbao.store.snapshots import PublishingRun, Snapshots

_LAST = re.compile(r"(?:last|上次)(?:[~～](\d{1,6}))?")
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".et")
_SUMMARY_SHEET = "指标汇总"
_TOLD = 5


def diff_command(
    before: str, after: str, *, store: str, whole: bool = False, as_json: bool = False, check: bool = False
) -> int:
    """Print what changed; return the exit status.

    Args:
        before, after: runs (an id, the beginning of one, `last`, `last~1` …) or workbooks that a run wrote.
        store: path or address of the store; empty for the usual one.
        whole: whether long lists are printed to their end.
        as_json: print one JSON object.
        check: whether a change makes the exit status 1.

    Raises:
        UsageError: there is no such run or workbook, or they have no year in common.
        StoreError: the store can't be read.
    """
    old, new = _sides((before, after), store)
    changes = compare(old.snapshots, new.snapshots)
    with until_closed():
        if as_json:
            row = json.dumps(changes_to_json(old, new, changes), ensure_ascii=False)
            write_bytes(row.encode("utf-8", "replace") + b"\n")
        else:
            print_lines(show_changes(old, new, changes, whole=whole))
    return 1 if check and not changes.is_empty else 0


def _sides(names: Sequence[str], store: str) -> list[Side]:
    workbooks = {name: Path(name).expanduser() for name in names if _is_workbook(name)}
    sides = {name: _of_workbook(path) for name, path in workbooks.items()}
    wanted = [name for name in names if name not in workbooks]
    if wanted:
        with existing_store(store, beside=next(iter(workbooks.values()), None)) as opened:
            kept = opened.snapshots
            known = kept.runs()
            sides |= {name: _of_run(name, known, kept) for name in wanted}
    return [sides[name] for name in names]


def _is_workbook(name: str) -> bool:
    return name.lower().endswith(_WORKBOOKS) or Path(name).expanduser().is_file()


def _of_workbook(path: Path) -> Side:
    found = read_workbook(path)
    basis = read_basis(path)
    if basis is not None:
        infos = _infos(found.snapshot)
        edited = edited_figures(path, basis, infos, _SUMMARY_SHEET)
        for line in edited[:_TOLD]:
            _warn(f"提醒：{path}：{line}")
        if len(edited) > _TOLD:
            _warn(f"提醒：{path}：这样直接改动的数字共 {len(edited)} 个，比较的是汇总时写入的数")
    return Side(found.run, found.started, str(path), (found.snapshot,))


def _infos(snapshot: Snapshot) -> list[IndicatorInfo]:
    return [IndicatorInfo(each.id, each.name, "", "", "", each.unit, "") for each in snapshot.indicators]


def _of_run(name: str, known: Sequence[PublishingRun], kept: Snapshots) -> Side:
    if not known:
        raise UsageError(
            "数据库里还没有可以比较的运行", where=name, hint="请先运行 nianbao run，或给出两本工作簿"
        )
    run = _named(name, known)
    return Side(run.id, run.started, "", kept.of_run(run.id))


def _named(name: str, known: Sequence[PublishingRun]) -> PublishingRun:
    """Return the run that a name means: how many before the last, or the beginning of its id.

    Raises:
        UsageError: there is none, or there are several.
    """
    back = _LAST.fullmatch(name.strip())
    if back is not None:
        number = int(back[1] or 0)
        if number < len(known):
            return known[number]
        raise UsageError(f"可以比较的运行只有 {len(known)} 次", where=name, hint=f"最早的是 {known[-1].id}")
    found = [run for run in known if run.id == name] or [run for run in known if run.id.startswith(name)]
    if len(found) == 1:
        return found[0]
    told = "、".join(run.id for run in (found or known)[:_TOLD])
    if found:
        raise UsageError(f"有 {len(found)} 次运行的编号这样开头", where=name, hint=f"请写全：{told}")
    raise UsageError(
        "没有这次运行，也没有这本工作簿", where=name, hint=f"最近的运行：{told}；或写 last、last~1"
    )


def _warn(line: str) -> None:
    print(line, file=sys.stderr)
