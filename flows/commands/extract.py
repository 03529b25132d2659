"""`nianbao extract`: JSON lines on standard output; no Prefect, no store, no server."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence

from flows.engines import Conditions, Processes
from flows.listing import list_all
from flows.request import check_year
from flows.stopping import StoppedError
from flows.summary import cut, failure_lines
from flows.watch import TerminalWatch
from flows.worker import Outcome, Setup, in_region, installed
from nianbao.errors import UsageError
from nianbao.interface import report_to_json
from nianbao.manager import registry
from nianbao.model import Filing, Report, Status
from nianbao.regions import named_profile
from nianbao.yearbook import name_of


def extract_command(paths: Sequence[str], year: int | None, region: str, *, with_text: bool) -> int:
    """Print one object a report; return the exit status."""
    check_year(year)
    setup = choose_setup(region) if region else installed
    found = registry()
    filings = list_all(found, paths)
    for failure in found.failures:
        _tell(f"警告：插件 {failure.plugin} 没有装载：{failure.error}")
    kept: list[Report] = []
    dropped: list[Report] = []
    try:
        with TerminalWatch(quiet=sys.stdout.isatty()) as watch:
            watch.phase("读取报告", len(filings))
            for outcome in outcomes(setup, filings):
                for report in outcome.processed.reports:
                    wanted = _is_wanted(report, year)
                    (kept if wanted else dropped).append(report)
                    if wanted:
                        _print(report, _text(outcome) if with_text else None)
                watch.advance()
            sys.stdout.flush()
    except KeyboardInterrupt as error:
        raise StoppedError("已停止；已输出的各行是完整的，再次运行同样的命令即可从头读取。") from error
    except BrokenPipeError:
        # Whoever read our output has seen enough; the interpreter must not fail on its last flush either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    if dropped:
        names = [f"{name_of(report)}（{report.year or '年份不明'}）" for report in dropped]
        _tell(f"不是 {year} 年度的报告，没有输出：{cut(names)}")
    for line in failure_lines(kept):
        _tell(f"警告：{line}")
    flawed = any(report.status is Status.UNREADABLE or report.failures for report in kept)
    return 1 if flawed or found.failures else 0


def choose_setup(region: str) -> Setup:
    """Return the setup of a region, by its name or code.

    Raises:
        UsageError: no plugin brings this region; naming those that are there.
    """
    return in_region(code_of(region))


def code_of(region: str) -> str:
    """Return the code of a region, by its name, with or without its ending, or code.

    Raises:
        UsageError: no plugin brings this region; naming those that are there.
    """
    regions = registry().regions
    profile = named_profile(regions, region)
    if profile is not None:
        return profile.code
    known = "、".join(f"{profile.name}（{profile.code}）" for profile in regions)
    hint = f"可用的地区：{known}" if known else "目前没有安装任何地区插件，请去掉 --region"
    raise UsageError(f"没有名为“{region}”的地区", where="--region", hint=hint)


def outcomes(setup: Setup, filings: Sequence[Filing]) -> Iterator[Outcome]:
    """Process filings in worker processes, in order: none can harm this process or its neighbours."""
    from nianbao.intake import prepared_endings
    from nianbao.settings import load_settings

    settings = load_settings()
    # A worker takes a second to begin, and about ten files a second from then on.
    workers = min(settings.worker_count, 1 + len(filings) // 8)
    conditions = Conditions(
        setup,
        workers,
        settings.file_seconds,
        settings.scan_worker_count,
        settings.scan_seconds,
        prepared=prepared_endings(registry()),
    )
    with Processes(conditions) as engine:
        yield from engine.outcomes(filings)


def _is_wanted(report: Report, year: int | None) -> bool:
    """A file without a report tells why by its own row, whatever the year."""
    return year is None or report.status in (Status.UNREADABLE, Status.NOT_A_REPORT) or report.year == year


def _text(outcome: Outcome) -> str | None:
    document = outcome.processed.document
    return document.text if document else None


def _print(report: Report, text: str | None) -> None:
    # Bytes, so that neither the console's encoding nor its line ends get in.
    line = json.dumps(report_to_json(report, text), ensure_ascii=False)
    sys.stdout.buffer.write(line.encode("utf-8", "replace") + b"\n")


def _tell(line: str) -> None:
    sys.stdout.flush()
    print(line, file=sys.stderr)
