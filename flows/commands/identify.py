"""`nianbao identify`: what each file is, whose report, of which year; no Prefect, no store, no indicators."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

from flows.commands.extract import outcomes
from flows.listing import list_all
from flows.printing import print_lines, until_closed, write_bytes
from flows.stopping import StoppedError
from flows.summary import failure_lines
from flows.watch import TerminalWatch
from flows.worker import Outcome, identifying
from nianbao.errors import UsageError
from nianbao.manager import registry
from nianbao.model import Report, Status


def identify_command(paths: Sequence[str], *, why: bool, as_json: bool) -> int:
    """Print a line a report; return the exit status.

    Args:
        paths: files, folders, members of archives.
        why: print the reasons, the evidence, what else is told, and the headings below each line.
        as_json: print one object a report, with all of that.

    Raises:
        UsageError: a path that is not there, or both forms at once.
        StoppedError: the user stopped it.
    """
    if why and as_json:
        hint = "--json 的输出里已有全部依据，请只写其中一个"
        raise UsageError("--why 和 --json 不能同时用", where="nianbao identify", hint=hint)
    found = registry()
    for failure in found.failures:
        _tell(f"警告：插件 {failure.plugin} 没有装载：{failure.error}")
    filings = list_all(found, paths)
    reports: list[Report] = []
    try:
        with until_closed(), TerminalWatch(quiet=sys.stdout.isatty()) as watch:
            watch.phase("辨认报告", len(filings))
            for outcome in outcomes(identifying, filings):
                if as_json:
                    _write_objects(outcome)
                else:
                    _print_lines(outcome, why=why)
                for report in outcome.processed.reports:
                    if report.status is Status.UNREADABLE:
                        _tell(f"错误：{report.file}：{report.error}")
                    reports.append(report)
                watch.advance()
    except KeyboardInterrupt as error:
        raise StoppedError("已停止；已输出的各行是完整的，再次运行同样的命令即可从头辨认。") from error
    for line in failure_lines(reports):
        _tell(f"警告：{line}")
    flawed = any(report.status is Status.UNREADABLE or report.failures for report in reports)
    return 1 if flawed or found.failures else 0


def _print_lines(outcome: Outcome, *, why: bool) -> None:
    from flows.identities import show_identity

    processed = outcome.processed
    for report in processed.reports:
        several = len(processed.reports) > 1
        print_lines(show_identity(report, processed.document, several=several, why=why))


def _write_objects(outcome: Outcome) -> None:
    from nianbao.looks import identity_to_json

    for report in outcome.processed.reports:
        row = identity_to_json(report, outcome.processed.document)
        write_bytes(json.dumps(row, ensure_ascii=False).encode("utf-8", "replace") + b"\n")


def _tell(line: str) -> None:
    sys.stdout.flush()
    print(line, file=sys.stderr)
