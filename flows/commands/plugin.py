"""`nianbao plugin new|test|accept`: what an author of a plugin needs; no Prefect, no store."""

from __future__ import annotations

import sys
from pathlib import Path

from flows.commands.extract import outcomes
from flows.listing import list_all
from flows.stopping import StoppedError
from flows.worker import installed
from nianbao.errors import ReadError, UsageError
from nianbao.kit.accepting import changes, write
from nianbao.kit.conformance import conformance
from nianbao.kit.drafting import Draft, draft
from nianbao.kit.locating import locate
from nianbao.kit.scaffold import Found, names_of, scaffold
from nianbao.manager import registry
from nianbao.model import Status


def new_command(region: str, out: Path, *, code: str, module: str, from_file: str) -> int:
    """Write a plugin's scaffold and say what to do next; return the exit status.

    Args:
        region: its name; may be empty where a report or a code tells it.
        out: the folder that it goes into.
        code: its division code; empty for that of the name.
        module: its name in Latin letters; empty for that by its readings.
        from_file: a saved report to begin with; empty for none.

    Raises:
        UsageError: nothing tells the region, or the package's folder exists.
        ReadError: the report can't be read.
        PublishError: a file can't be written.
    """
    drafted = _drafted(from_file) if from_file else Draft()
    code = code or ("" if region else drafted.code)
    if not (region or code):
        hint = "请写出名称或 --code" + ("，这份报告里看不出" if from_file else "")
        raise UsageError("没有写是哪个地区", where="nianbao plugin new", hint=hint)
    names = names_of(region, code, module)
    files = scaffold(names, out, Found(drafted.outline, drafted.proposed))
    home = out / names.package
    print(f"已写出 {home}：{names.name}（{names.code}）的插件，{len(files)} 个文件")
    if names.others:
        print(f"名称里有多音字：用了 {names.slug}；也可能是 {'、'.join(names.others)}，可用 --module 指定")
    for line in drafted.told:
        print(line)
    print(f"接着：nianbao plugin accept {home} 写出示例的预期，再用 nianbao plugin test {home} 测试")
    return 0


def test_command(told: str) -> int:
    """Run the conformance suite, a line for each check; return 0 where all hold, else 1.

    Raises:
        UsageError: there is no such plugin.
        StoppedError: the user stopped it.
    """
    plugin = locate(told)
    try:
        checks = conformance(plugin)
    except KeyboardInterrupt as error:
        raise StoppedError("已停止。") from error
    for check in checks:
        for line in check.lines():
            print(line)
    broken = sum(not check.passed for check in checks)
    print(f"{plugin.name}：{len(checks)} 项检查，{f'{broken} 项不通过' if broken else '全部通过'}")
    return 1 if broken else 0


def accept_command(told: str, *, yes: bool) -> int:
    """Show how expected readings change, and write them once that is confirmed; return the exit status.

    Raises:
        UsageError: there is no such plugin, it has no reports, or nobody can be asked.
        PluginError: it does not load.
        PublishError: a file can't be written.
    """
    found = tuple(changes(locate(told)))
    for change in found:
        print("\n".join(change.lines))
    if not found:
        print("预期没有变化")
        return 0
    if not (yes or _confirmed(len(found))):
        print("什么也没有写")
        return 1
    for change in found:
        write(change)
        print(f"已写 {change.path}")
    return 0


def _confirmed(count: int) -> bool:
    if not sys.stdin.isatty():
        raise UsageError("没有写：这里不能询问", where="nianbao plugin accept", hint="确认无误后加 --yes")
    try:
        return input(f"写出以上 {count} 份预期吗？[y/N] ").strip().lower() in ("y", "yes", "是")
    except (EOFError, KeyboardInterrupt):
        print()
        return False


def _drafted(place: str) -> Draft:
    filings = list_all(registry(), (place,))
    if len(filings) != 1:
        raise UsageError("请只写一份报告", where=place)
    try:
        done = next(iter(outcomes(installed, filings))).processed
    except KeyboardInterrupt as error:
        raise StoppedError("已停止；什么也没有写。") from error
    report, document = done.reports[0], done.document
    if document is None or report.status is Status.UNREADABLE:
        raise ReadError(report.error or "读不了这个文件", where=place)
    if report.status is Status.NOT_A_REPORT:
        raise UsageError(f"不是法治政府建设年度报告：{report.reason}", where=place)
    return draft(report, document)
