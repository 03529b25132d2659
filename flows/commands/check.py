"""`nianbao check`: what to mend in a report before it is published; no Prefect, no store."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import count
from pathlib import Path, PurePath

from flows.annotating import DOCX, annotated, findings_of
from flows.commands.extract import choose_setup, outcomes
from flows.listing import list_all
from flows.printing import print_lines, until_closed, write_bytes
from flows.selfcheck import show_findings
from flows.stopping import StoppedError
from flows.summary import SHOWN, failure_lines
from flows.watch import TerminalWatch
from flows.worker import Outcome, installed
from nianbao.errors import PublishError, ReadError, UsageError
from nianbao.manager import Registry, registry
from nianbao.model import Report, Severity, Status
from nianbao.steps import SHANGHAI, fetch
from nianbao.waivers import Waivers, foreign, read_waivers, waive_report

# Beyond those of every command; a file that can't be read, or a rule that fails, is 1 whatever was found.
_STATUSES = {Severity.NOTE: 0, Severity.WARNING: 4, Severity.ERROR: 5}


def check_command(
    paths: Sequence[str],
    region: str,
    *,
    annotate: Path | None,
    as_json: bool,
    waivers: Path | None = None,
) -> int:
    """Print what is to be mended in each report; return the exit status.

    Args:
        paths: files, folders, members of archives.
        region: name or code of the region whose rules hold; empty where the report tells it.
        annotate: the folder to write copies of the Word files to, with the findings as comments.
        as_json: print one object a report.
        waivers: a file of waivers; what they cover is shown and does not count.

    Returns:
        0 nothing worse than a note, 4 warnings, 5 errors, 1 a file that can't be checked.

    Raises:
        UsageError: a path that is not there, a folder for the copies that holds the files themselves, or a
            file that holds no waivers.
        StoppedError: the user stopped it.
    """
    found = registry()
    for failure in found.failures:
        _tell(f"警告：插件 {failure.plugin} 没有装载：{failure.error}")
    setup = choose_setup(region) if region else installed
    desk = _Desk(read_waivers(waivers) if waivers is not None else Waivers())
    filings = list_all(found, paths)
    if annotate is not None:
        _check_folder(annotate, [filing.uri for filing in filings])
    reports: list[Report] = []
    taken: set[Path] = set()
    flawed = bool(found.failures)
    try:
        with until_closed(), TerminalWatch(quiet=sys.stdout.isatty()) as watch:
            watch.phase("检查报告", len(filings))
            for outcome in map(desk.waived, outcomes(setup, filings)):
                _print(outcome, as_json=as_json)
                reports += outcome.processed.reports
                if annotate is not None:
                    flawed |= not _annotate(found, outcome, annotate, taken)
                watch.advance()
    except KeyboardInterrupt as error:
        raise StoppedError("已停止；已输出的各份是完整的，再次运行同样的命令即可从头检查。") from error
    for line in failure_lines(reports):
        _tell(f"警告：{line}")
    for line in desk.remarks(reports):
        _tell(f"提醒：{line}")
    if flawed or any(report.status is not Status.COMPLETE for report in reports):
        return 1
    found_in = (finding for report in reports for finding in report.findings if finding.waiver is None)
    return max((_STATUSES[finding.severity] for finding in found_in), default=0)


class _Desk:
    """Marks what is waived, and remembers the waivers that did nothing."""

    def __init__(self, waivers: Waivers) -> None:
        self._waivers = waivers
        self._idle: list[str] = []
        self._today = datetime.now(SHANGHAI).date()

    def waived(self, outcome: Outcome) -> Outcome:
        """Return the outcome with its waived findings marked."""
        if not self._waivers.waivers:
            return outcome
        reports = []
        for report in outcome.processed.reports:
            marked, idle = waive_report(report, self._waivers, self._today)
            reports.append(marked)
            self._idle += idle
        return replace(outcome, processed=replace(outcome.processed, reports=tuple(reports)))

    def remarks(self, reports: Iterable[Report]) -> Iterator[str]:
        """Yield what is wrong with the waivers, and which of them are about none of these reports."""
        yield from self._waivers.faults
        yield from self._idle
        others = foreign(self._waivers, reports)
        if others:
            rows = "、".join(str(waiver.row) for waiver in others[:SHOWN])
            more = f" 等 {len(others)} {self._waivers.unit}" if len(others) > SHOWN else self._waivers.unit
            yield f"豁免第{rows}{more}不是这次检查的单位和年度，没有用到"


def _print(outcome: Outcome, *, as_json: bool) -> None:
    from nianbao.looks import findings_to_json

    document = outcome.processed.document
    for number, report in enumerate(outcome.processed.reports):
        if as_json:
            row = json.dumps(findings_to_json(report, document), ensure_ascii=False)
            write_bytes(row.encode("utf-8", "replace") + b"\n")
            continue
        if number:
            print()
        print_lines(show_findings(report, document))
    if not as_json:
        print(flush=True)


def _free(target: Path, taken: set[Path]) -> Path:
    """Return a name that no other copy of this call has, and take it."""
    names = (target.with_stem(f"{target.stem}（{number}）") for number in count(2))
    chosen = target if target not in taken else next(each for each in names if each not in taken)
    taken.add(chosen)
    return chosen


def _annotate(found: Registry, outcome: Outcome, folder: Path, taken: set[Path]) -> bool:
    """Write the copy of a Word file that bears its findings; tell why not, where there is none."""
    processed = outcome.processed
    document, filing = processed.document, processed.filing
    findings = findings_of(processed.reports)
    if document is None or not findings:
        return True
    if PurePath(filing.name).suffix.lower() != DOCX:
        _tell(f"提醒：{filing.name} 不是 .docx 文件，没有写批注；请用 Word 另存为 .docx 后再查")
        return True
    target = _free(folder / PurePath(filing.name).name, taken)
    try:
        _write(target, annotated(fetch(found, filing), document, findings))
    except (ReadError, PublishError) as error:
        _tell(f"错误：{error}")
        return False
    _tell(f"批注稿：{target}")
    return True


def _check_folder(folder: Path, files: Iterable[str]) -> None:
    if folder.exists() and not folder.is_dir():
        raise UsageError("这是一个文件，不是文件夹", where=str(folder), hint="请换一个文件夹放批注稿")
    if any(Path(file).parent.resolve() == folder.resolve() for file in files):
        raise UsageError("批注稿会覆盖原件", where=str(folder), hint="请换一个文件夹放批注稿")


def _write(target: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(f".{target.name}.part")
        draft.write_bytes(data)
        draft.replace(target)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise PublishError(
            f"批注稿不能写入：{reason}", where=str(target), hint="如果它正打开着，请先关闭"
        ) from error


def _tell(line: str) -> None:
    sys.stdout.flush()
    print(line, file=sys.stderr)
