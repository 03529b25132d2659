"""The Prefect flow of a yearly run: collect, process in batches, publish each year.

Tasks take ids and years only; what they share in this process stands in the workshop.
"""

from __future__ import annotations

import os
from contextvars import ContextVar
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from prefect import State, flow, task
from prefect.artifacts import create_markdown_artifact, create_progress_artifact, update_progress_artifact
from prefect.cache_policies import NO_CACHE
from prefect.context import tags
from prefect.futures import PrefectFuture, as_completed
from prefect.logging import get_run_logger
from prefect.runtime import flow_run
from prefect.states import Completed, Failed
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from flows import work
from flows.engines import batches_at_once
from flows.markdown import report_in_markdown
from flows.request import Request
from flows.summary import Ending, Summary, YearOutcome
from flows.watch import WATCH
from flows.work import Workshop
from nianbao.model import DocumentKind
from nianbao.store.address import shown

_WORKSHOP: ContextVar[Workshop] = ContextVar("_WORKSHOP")
# The store's address with its password, which the flow's parameters, shown in Prefect's pages, go without.
_STORE: ContextVar[str] = ContextVar("_STORE", default="")


def _threads(engine: str) -> TaskRunner[PrefectFuture[Any]]:
    """Return the threads of which each waits for one batch."""
    number = batches_at_once(engine, os.cpu_count() or 1)
    return cast("TaskRunner[PrefectFuture[Any]]", ThreadPoolTaskRunner(max_workers=number))


def _run_name() -> str:
    given: dict[str, Any] = flow_run.parameters
    year = given.get("year")
    return f"年报 {year or '各年'} · {Path(given['source']).name or given['source']}"


@task(name="collect", task_run_name="列出文件", cache_policy=NO_CACHE, persist_result=False)
def collect() -> list[int]:
    """List the filings into the store."""
    return work.collect(_WORKSHOP.get())


@task(
    name="process",
    task_run_name="处理 第{number}批（{first}–{last}）",
    cache_policy=NO_CACHE,
    persist_result=False,
)
def process(number: int, first: int, last: int, ids: list[int]) -> int:
    """Process one batch of files."""
    done = work.process_batch(_WORKSHOP.get(), ids)
    get_run_logger().info("第 %s 批（%s–%s）已处理：%s 个文件", number, first, last, done)
    return done


@task(name="publish", task_run_name="汇总 {year} 年度", cache_policy=NO_CACHE, persist_result=False)
def publish(year: int, kind: str) -> YearOutcome:
    """Make and write one year's yearbook of a kind of report."""
    return work.publish_year(_WORKSHOP.get(), year, DocumentKind(kind))


@flow(
    name="annual",
    flow_run_name=_run_name,
    task_runner=_threads("processes"),
    persist_result=False,
)
def annual(
    source: str,
    out: str,
    year: int | None = None,
    *,
    roster: str | None = None,
    store: str = "",
    workers: int = 2,
    batch_size: int = 64,
    limit: float = 120.0,
    scan_workers: int = 2,
    scan_limit: float = 3_600.0,
    county: str = "",
    waivers: str | None = None,
    wait: bool = False,
    archive: str = "",
    force: bool = False,
    only_failed: bool = False,
    region: str = "",
    publish_by: tuple[str, ...] = (),
    mask: bool = True,
    engine: str = "processes",
) -> State[Summary]:
    """Turn a place full of reports into a workbook of each year (or of the one asked for)."""
    request = Request(
        source,
        Path(out),
        year,
        Path(roster) if roster else None,
        _STORE.get() or store,
        workers,
        batch_size,
        limit,
        scan_workers,
        scan_limit,
        county,
        Path(waivers) if waivers else None,
        wait,
        archive,
        force,
        only_failed,
        region,
        tuple(publish_by),
        mask,
        engine,
    )
    watch = WATCH.get()
    with work.open_workshop(request, watch) as workshop:
        token = _WORKSHOP.set(workshop)
        try:
            ids = collect()
            watch.phase("读取报告", len(ids))
            _process_all(ids, batch_size)
            while again := work.quarantine(workshop):
                watch.phase("停用出错的插件，重新汇算", len(again))
                _process_all(again, batch_size)
            watch.phase("汇总")
            years = [publish(year, kind.value) for year, kind in work.yearbooks_wanted(workshop)]
            summary = work.finish(workshop, years)
        finally:
            _WORKSHOP.reset(token)
    create_markdown_artifact(report_in_markdown(summary), key="nianbao-summary", description="本次运行的结果")
    return _state(summary)


def _process_all(ids: list[int], batch_size: int) -> None:
    artifact = cast("UUID", create_progress_artifact(0.0, key="nianbao-progress", description="已处理的文件"))
    futures: list[PrefectFuture[int]] = []
    first = 1
    for number, batch in enumerate(work.batches(ids, batch_size), start=1):
        last = first + len(batch) - 1
        futures.append(process.submit(number, first, last, batch))
        first = last + 1
    done = 0
    for future in as_completed(futures):
        done += future.result()
        update_progress_artifact(artifact, round(100 * done / len(ids), 1))


def _state(summary: Summary) -> State[Summary]:
    if summary.ending is Ending.FAILED:
        return Failed(message=summary.why_nothing, data=summary)
    written = "、".join(path.name for path in summary.written)
    if summary.ending is Ending.PARTIAL:
        message = (
            f"{len(summary.unreadable)} 个文件无法读取，{len(summary.failures)} 处插件出错；已写出 {written}"
        )
        return Completed(name="Partial", message=message, data=summary)
    return Completed(message=f"已写出 {written}", data=summary)


def run_annual(request: Request) -> Summary:
    """Run the flow in this process and wait for its end.

    Raises:
        NianbaoError: as the flow raised it.
    """
    labels = ["nianbao", *([f"year:{request.year}"] if request.year else [])]
    token = _STORE.set(request.store)
    try:
        with tags(*labels):
            state = annual.with_options(task_runner=_threads(request.engine))(
                source=request.source,
                out=str(request.out),
                year=request.year,
                roster=str(request.roster) if request.roster else None,
                store=shown(request.store),
                workers=request.workers,
                batch_size=request.batch_size,
                limit=request.limit,
                scan_workers=request.scan_workers,
                scan_limit=request.scan_limit,
                county=request.county,
                waivers=str(request.waivers) if request.waivers else None,
                wait=request.wait,
                archive=request.archive,
                force=request.force,
                only_failed=request.only_failed,
                region=request.region,
                publish_by=request.publish,
                mask=request.mask,
                engine=request.engine,
                return_state=True,
            )
    finally:
        _STORE.reset(token)
    result: object = state.result(raise_on_failure=False)
    if isinstance(result, BaseException):
        raise result
    return cast("Summary", result)
