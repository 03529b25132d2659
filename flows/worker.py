"""What runs inside a worker process: its own registry, a time limit, one job after the other."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from time import perf_counter

from flows.bounded import Board, Watchdog, begin_bounded, hold_calls
from flows.packing import Packed, pack
from nianbao.again import Job, redo
from nianbao.barring import barred
from nianbao.errors import NianbaoError, ReadError, StoreError
from nianbao.guard import guarded
from nianbao.manager import Registry, registry
from nianbao.model import Failure, Field, Filing
from nianbao.processed import Processed, unreadable
from nianbao.records import SECTIONS, Context
from nianbao.steps import make_context, prepare, process

Setup = Callable[[], tuple[Registry, Context]]

# A worker of slow readers gives way to the others.
_NICENESS = 10


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one filing, and how many seconds it took."""

    processed: Processed
    seconds: float


def installed() -> tuple[Registry, Context]:
    """Return the installed registry and the context of a run: what every worker needs."""
    found = registry()
    return found, make_context()


def identifying() -> tuple[Registry, Context]:
    """Return what tells who reports, on which year and in which parts: no indicators, no checks."""
    found, context = installed()
    wanted = {*Field, SECTIONS}
    extractors = tuple(each for each in found.extractors if each.yields & wanted)
    return replace(found, extractors=extractors, validators=(), settlers=(), publishers=()), context


def in_region(code: str) -> Setup:
    """Return a setup whose context has the region of this division code."""
    return partial(_in_region, code)


def _in_region(code: str) -> tuple[Registry, Context]:
    found, context = installed()
    profile = next(region for region in found.regions if region.code == code)
    return found, replace(context, region=profile)


def lost(filing: Filing, reason: str, seconds: float = 0.0) -> Outcome:
    """Return the row of a filing that could not be brought to its end."""
    row = unreadable(filing.name, "", ReadError(reason))
    return Outcome(Processed(filing, "", None, (row,), may_pass=True), seconds)


def process_here(found: Registry, context: Context, filing: Filing, *, slow: bool = True) -> Outcome:
    """Process a filing in this process; an error of our own costs this filing alone."""
    began = perf_counter()
    result = guarded("nianbao", "process", process, found, filing, context, slow=slow)
    seconds = perf_counter() - began
    if isinstance(result, Failure):
        return lost(filing, f"处理时程序出错：{result.error}", seconds)
    return Outcome(result, seconds)


def redo_here(
    found: Registry, context: Context, job: Job, archive: str = "", *, slow: bool = True
) -> Outcome:
    """Do a job in this process; an error of our own costs its filing alone.

    Raises:
        StoreError: the archive can't be written.
    """
    if job.kept is None:
        return process_here(found, context, job.filing, slow=slow)
    began = perf_counter()
    result = guarded("nianbao", "process", _redone, found, context, job, archive, slow=slow)
    seconds = perf_counter() - began
    if isinstance(result, StoreError):
        raise result
    if isinstance(result, Failure):
        return lost(job.filing, f"处理时程序出错：{result.error}", seconds)
    return Outcome(result, seconds)


def _redone(
    found: Registry, context: Context, job: Job, archive: str, *, slow: bool
) -> Processed | StoreError:
    """Return what came of a job, or the error that no other job would escape."""
    try:
        from nianbao.archive import open_archive

        return redo(found, job, context, slow=slow, archive=open_archive(archive) if archive else None)
    except StoreError as error:
        return error


@dataclass(slots=True)
class _Bench:
    """What a worker process has built for itself."""

    limit: float = 0.0
    slow: bool = False
    archive: str = ""
    tools: tuple[Registry, Context] | None = None
    error: str = ""


_BENCH = _Bench()


def build_bench(
    setup: Setup,
    limit: float,
    *,
    slow: bool,
    archive: str = "",
    board: Board | None = None,
    environment: Sequence[tuple[str, str]] = (),
) -> None:
    """Begin a worker's life.

    Args:
        setup: builds the registry and context.
        limit: seconds that one filing may take before the process is ended.
        slow: whether it is there for what slow readers read.
        archive: where the bytes that a store's jobs fetch are kept, if they are.
        board: where the plugin at work is written down for the parent, if it asks.
        environment: variables to take over from the run, where that is not this process's parent.
    """
    os.environ.update(environment)
    begin_bounded(slow=slow)
    hold_calls(limit, slow=slow, board=board)
    if slow and hasattr(os, "nice"):
        with contextlib.suppress(OSError):
            os.nice(_NICENESS)
    _BENCH.limit, _BENCH.slow, _BENCH.archive = limit, slow, archive
    tools = guarded("nianbao", "setup", setup)
    if isinstance(tools, Failure):
        _BENCH.error = tools.error
    else:
        _BENCH.tools = tools


def _tools() -> tuple[Registry, Context]:
    if _BENCH.tools is None:
        raise not_ready(_BENCH.error)
    return _BENCH.tools


def not_ready(error: object) -> NianbaoError:
    """Return the error of workers that can't begin."""
    return NianbaoError(f"工作进程无法启动：{error}", hint="请先运行 nianbao plugins list --check")


def ready() -> None:
    """Tell by its result that a worker has built its tools; they stay where they are."""
    _tools()


def abilities() -> str:
    """Return what this worker can do, as `abilities_of` tells it."""
    return abilities_of(*_tools())


def abilities_of(found: Registry, context: Context) -> str:
    """Return what tells whether two machines would come to the same results."""
    from nianbao.fingerprints import fingerprints
    from nianbao.manager import our_version

    prints = fingerprints(found, context)
    return f"{our_version()} {prints.reading[:8]} {prints.extraction[:8]} {prints.validation[:8]}"


def process_one(job: Job) -> Outcome:
    """Do a job; where only a slow reader can, and this worker is not for those, it is deferred."""
    found, context = _tools()
    with Watchdog(_BENCH.limit):
        return redo_here(barred(found, job.barred), context, job, _BENCH.archive, slow=_BENCH.slow)


def process_some(jobs: Sequence[Job]) -> list[Packed]:
    """Do jobs one after the other, each within its own time, as `process_one` does one."""
    return [packed(job.filing, process_one(job)) for job in jobs]


def packed(filing: Filing, outcome: Outcome) -> Packed:
    """Return an outcome, packed; one that can't be is that filing's alone to lose."""
    try:
        return pack(outcome)
    except Exception as error:  # noqa: BLE001  whatever a plugin's values raise
        return pack(lost(filing, f"处理结果无法取回：{type(error).__name__}: {error}", outcome.seconds))


def prepare_all(filings: Sequence[Filing]) -> None:
    """Let the readers prepare filings; what fails here is told when the file itself is read."""
    found, _ = _tools()
    with Watchdog(_BENCH.limit * len(filings)):
        guarded("nianbao", "prepare", prepare, found, filings)
