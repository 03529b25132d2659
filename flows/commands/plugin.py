"""`nianbao plugin test|accept`: tests an author's plugin, reads its golden reports; no Prefect, no store."""

from __future__ import annotations

import sys

from flows.stopping import StoppedError
from nianbao.errors import UsageError
from nianbao.kit.accepting import changes, write
from nianbao.kit.conformance import conformance
from nianbao.kit.locating import locate


def test_command(told: str) -> int:
    """Run the conformance suite, a line for each check; return 0 where all hold, else 1.

    Raises:
        UsageError: there is no such plugin.
        StoppedError: the user stopped it.
    """
    plugin = locate(told)
    if sys.stderr.isatty():
        print("正在测试，约十几秒……", file=sys.stderr)
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
        StoppedError: the user stopped it.
    """
    try:
        found = tuple(changes(locate(told)))
    except KeyboardInterrupt as error:
        raise StoppedError("已停止；什么也没有写。") from error
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
