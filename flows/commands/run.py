"""`nianbao run`: the yearly run through Prefect, in this process."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from concurrent import futures
from pathlib import Path
from typing import TYPE_CHECKING

from flows.artifacts.markdown import ENDINGS, SEVERITIES, counted
from flows.engines import check_engine
from flows.parameters import Collection
from flows.publishers import with_publishers
from flows.request import Request, check_request
from flows.server import keep_template, ready_prefect, start_server
from flows.stopping import StoppedError, stop_when_told
from flows.summary import EXIT_STATUS, SHOWN, Ending, Summary, YearOutcome, cut
from flows.unchanged import nothing_to_do
from flows.watch import WATCH, TerminalWatch, Watch
from flows.worker import in_region, installed
from nianbao.errors import UsageError
from nianbao.manager import registry
from nianbao.settings import names_of
from nianbao.steps import SHANGHAI

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from nianbao.yearbook import LeftOut


def run_command(
    source: str,
    out: Path,
    year: int | None,
    *,
    roster: Path | None,
    county: str = "",
    waivers: Path | None = None,
    workers: int | None,
    store: str,
    wait: bool = False,
    force: bool = False,
    only_failed: bool = False,
    region: str = "",
    publish: str = "",
    mask: bool = True,
    engine: str = "",
) -> int:
    """Run, show the summary, and return the exit status."""
    if workers is not None and workers < 1:
        raise UsageError("至少要有 1 个进程", where="--workers")
    params = Collection(
        source=source,
        out=str(out),
        year=year,
        roster=str(roster or ""),
        county=county,
        waivers=str(waivers or ""),
        store=store,
        workers=workers,
        wait=wait,
        force=force,
        only_failed=only_failed,
        region=region,
        publish=names_of(publish),
        mask=mask,
        engine=engine,
    )
    request = params.request()
    check_engine(request.engine)
    known = with_publishers(registry(), request.publish)
    filings = check_request(request, known)
    setup = in_region(request.region) if request.region else installed
    found, context = setup()
    unchanged = nothing_to_do(request, with_publishers(found, request.publish), context, filings)
    if unchanged is not None:
        show(unchanged.summary)
        print(f"自 {unchanged.ended.astimezone(SHANGHAI):%Y-%m-%d %H:%M} 的运行以来没有变动，没有重新处理。")
        return EXIT_STATUS[unchanged.summary.ending]
    stop_when_told()
    try:
        summary = _run(params, request)
    except (KeyboardInterrupt, asyncio.CancelledError, futures.CancelledError) as error:
        # Where the interrupt meets Prefect's event loop, what comes up is the cancelled task's end.
        message = "已停止。已有的结果文件没有改动；再次运行同样的命令即可重新处理。"
        raise StoppedError(message) from error
    show(summary)
    return EXIT_STATUS[summary.ending]


def _run(params: Collection, request: Request) -> Summary:
    with TerminalWatch(names=True) as watch:
        _await_turn(request, watch)
        watch.phase("正在启动 Prefect（约 10 秒）……")
        ready_prefect()
        start_server()
        # Prefect is loaded for this command alone: it takes a second or two.
        from flows.annual import run_annual

        WATCH.set(watch)
        summary = run_annual(params, request)
        watch.phase("正在结束")
        keep_template()
    return summary


def _await_turn(request: Request, watch: Watch) -> None:
    """Learn of another run on the same store before Prefect is started, and not ten seconds later."""
    from flows.work import waiting_for
    from nianbao.store.lock import await_turn

    await_turn(
        request.store_location,
        wait=request.wait,
        waiting=lambda holder: watch.phase(waiting_for(holder)),
    )


def _by_people(year: YearOutcome) -> Iterator[str]:
    """Yield what of a year people settled."""
    if year.corrected:
        yield f"{year.year} 年度按更正后的数字汇总 {year.corrected} 处。"
    if year.accepted_by:
        yield f"{year.year} 年度有 {len(year.accepted_by)} 处是核对过的。"


def show(summary: Summary) -> None:
    """Print a summary for a clerk: what was written, what is to be looked at, what was left out."""
    from rich.console import Console
    from rich.markup import escape

    console = Console(highlight=False, soft_wrap=True)
    console.print(f"[bold]{ENDINGS[summary.ending]}[/]：{counted(summary)}")
    for year in summary.years:
        # A correction that no longer holds is what a clerk must see first.
        for line in year.stale:
            console.print(f"[bold red]提醒[/]：{escape(line)}")
    if summary.years:
        console.print(_table(summary))
    for year in summary.years:
        if year.silent:
            console.print(
                f"{year.year} 年度未报的单位（{len(year.silent)}）：{cut(year.silent)}", markup=False
            )
        for line in _by_people(year):
            console.print(line)
    _list(console, "无法读取的文件", summary.unreadable)
    _list(console, "没有列入汇总的文件", summary.left_out)
    for line in summary.failures:
        console.print(f"警告：{line}", markup=False)
    for line in summary.remarks:
        console.print(f"提醒：{line}", markup=False)
    if summary.ending is Ending.FAILED:
        Console(stderr=True, highlight=False, soft_wrap=True).print(
            f"错误：{summary.why_nothing}", markup=False
        )
    for year in summary.years:
        for path in year.files:
            console.print(f"{'没有变动' if year.unchanged else '已写出'}：{path}", markup=False)


def _table(summary: Summary) -> Table:
    from rich.table import Table

    table = Table()
    table.add_column("年度")
    table.add_column("报告", justify="right")
    for severity, _ in summary.years[0].findings:
        table.add_column(SEVERITIES[severity], justify="right")
    waived = any(year.waived for year in summary.years)
    if waived:
        table.add_column("已豁免", justify="right")
    rostered = any(year.silent is not None for year in summary.years)
    if rostered:
        table.add_column("未报", justify="right")
    for year in summary.years:
        counts = [str(count) for _, count in year.findings]
        excused = [str(year.waived)] if waived else []
        silent = [str(len(year.silent or ()))] if rostered else []
        table.add_row(year.label, str(year.reports), *counts, *excused, *silent)
    return table


def _list(console: Console, title: str, rows: Iterable[LeftOut]) -> None:
    found = list(rows)
    if not found:
        return
    console.print(f"{title}（{len(found)}）：")
    for row in found[:SHOWN]:
        console.print(f"  {row.file}：{row.reason}", markup=False)
    if len(found) > SHOWN:
        console.print(f"  …… 等 {len(found)} 份")
