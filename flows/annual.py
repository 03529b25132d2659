"""The Prefect flow of a yearly run: collect, process in batches, publish each year.

Tasks take ids and years only; what they share in this process stands in the workshop.
"""

from __future__ import annotations

import os
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import replace
from typing import Any, cast
from uuid import UUID

from prefect import Flow, State, flow
from prefect.artifacts import create_progress_artifact, update_progress_artifact
from prefect.context import tags
from prefect.futures import PrefectFuture, as_completed
from prefect.logging import get_run_logger
from prefect.states import Completed, Failed
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from flows import work
from flows.artifacts.posting import post
from flows.endings import state_of
from flows.engines import batches_at_once
from flows.events.emitting import emitter
from flows.events.lookout import looking_out
from flows.operating.running import (
    LogWatch,
    is_deployed,
    label_run,
    named_after,
    step,
    tags_of,
    untagged,
)
from flows.operating.turns import taking_turns
from flows.parameters import Collection
from flows.request import Request
from flows.summary import Summary, YearOutcome
from flows.waiting import is_empty_yet, is_too_early, told_early
from flows.watch import WATCH, Watch
from flows.work import Workshop
from nianbao.errors import NianbaoError, NothingThereError, UsageError
from nianbao.model import DocumentKind
from nianbao.settings import load_settings
from nianbao.store.address import shown

_WORKSHOP: ContextVar[Workshop] = ContextVar("_WORKSHOP")
# What a run of this process was asked for; the flow's parameters, shown in Prefect's pages, go without the
# password of its store.
_REQUEST: ContextVar[Request | None] = ContextVar("_REQUEST", default=None)
_LONGEST = 12 * 3600


def _threads(engine: str) -> TaskRunner[PrefectFuture[Any]]:
    """Return the threads of which each waits for one batch."""
    number = batches_at_once(engine, os.cpu_count() or 1)
    return cast("TaskRunner[PrefectFuture[Any]]", ThreadPoolTaskRunner(max_workers=number))


def _usual_engine() -> str:
    """Return the engine that is set; a run that asks for wrong settings is told so itself."""
    with suppress(NianbaoError):
        return load_settings().engine_told
    return "processes"


@step("collect", "列出文件")
def collect() -> list[int]:
    """List the filings into the store."""
    with taking_turns():
        return work.collect(_WORKSHOP.get())


@step("process", "处理 第{number}批（{first}–{last}）")
def process(number: int, first: int, last: int, ids: list[int]) -> int:
    """Process one batch of files."""
    done = work.process_batch(_WORKSHOP.get(), ids)
    get_run_logger().info("第 %s 批（%s–%s）已处理：%s 个文件", number, first, last, done)
    return done


@step("publish", "汇总 {year} 年度")
def publish(year: int, kind: str) -> YearOutcome:
    """Make and write one year's yearbook of a kind of report."""
    return work.publish_year(_WORKSHOP.get(), year, DocumentKind(kind))


def _annual(params: Collection) -> State[Summary]:
    """Turn a place full of reports into a workbook of each year (or of the one asked for)."""
    told = _REQUEST.get()
    if told is not None:
        summary = _run(told, WATCH.get(), params.label)
        post(summary, told, params.label)
        return state_of(summary)
    try:
        request = _asked(params)
        if is_deployed():
            label_run(params, request.year)
        return _by_the_clock(request, params.label)
    except NianbaoError as error:
        # One line in Prefect's pages says more than a traceback.
        get_run_logger().error("%s", error)
        return Failed(message=str(error))


def _by_the_clock(request: Request, label: str) -> State[Summary]:
    """Run for nobody who waits at a terminal."""
    try:
        summary = _run(request, LogWatch(), label)
    except NothingThereError as error:
        if not is_empty_yet(request, error):
            raise
        return Completed(message=told_early(request))
    if is_too_early(request, summary):
        summary = replace(summary, early=told_early(request))
    post(summary, request, label)
    state = state_of(summary)
    # Nobody waits for more than the message; of a failed run it would be taken for its exception.
    state.data = None
    return state


def _flow(longest: float | None) -> Flow[[Collection], State[Summary]]:
    made = flow(
        name="annual-collection",
        description="读取一个地方的法治政府建设年度报告，汇总成各年度的工作簿。",
        flow_run_name=named_after("年报"),
        task_runner=_threads(_usual_engine()),
        timeout_seconds=longest,
        persist_result=False,
    )
    return cast("Flow[[Collection], State[Summary]]", made(_annual))


# What a deployment runs is given up some time; who sits before a terminal decides himself.
annual_collection = _flow(_LONGEST)
_one_off = _flow(None)


def _asked(params: Collection) -> Request:
    if shown(params.store) != params.store:
        raise UsageError("地址里不要写口令", where="数据库", hint="请写在设置 store 里，这里不填")
    return params.request()


def _run(request: Request, watch: Watch, label: str) -> Summary:
    opened = work.open_workshop(request, watch)
    with untagged(), opened as workshop, looking_out(workshop, label, emitter()) as ended:
        token = _WORKSHOP.set(workshop)
        try:
            ids = collect()
            watch.phase("读取报告", len(ids))
            _process_all(ids, request.batch_size)
            while again := work.quarantine(workshop):
                watch.phase("停用出错的插件，重新汇算", len(again))
                _process_all(again, request.batch_size)
            watch.phase("汇总")
            years = [publish(year, kind.value) for year, kind in work.yearbooks_wanted(workshop)]
            return ended(work.finish(workshop, years))
        finally:
            _WORKSHOP.reset(token)


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


def run_annual(params: Collection, request: Request) -> Summary:
    """Run the flow in this process and wait for its end.

    Args:
        params: what is shown of the run in Prefect's pages.
        request: what was made of them.

    Raises:
        NianbaoError: as the flow raised it.
    """
    token = _REQUEST.set(request)
    shown_params = params.model_copy(update={"store": shown(request.store)})
    try:
        with tags(*tags_of(params, request.year)):
            ran = _one_off.with_options(task_runner=_threads(request.engine))
            state = cast("State[Summary]", ran(shown_params, return_state=True))
    finally:
        _REQUEST.reset(token)
    result: object = state.result(raise_on_failure=False)
    if isinstance(result, BaseException):
        raise result
    return cast("Summary", result)
