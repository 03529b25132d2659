"""What runs inside a Dask worker: batches, each in processes of that worker's own.

The worker itself reads nothing: a document that kills or hangs ends a process below it, as in a run without
Dask.
"""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from flows.engines.base import Conditions
from flows.engines.processes import Processes
from flows.packing import Packed
from nianbao.again import Job
from nianbao.errors import NianbaoError

# A run that was killed can't tell that its processes are not needed any more.
_IDLE_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Order:
    """A batch to do.

    Args:
        key: of this try; a second one of the same is refused.
        run: by which the workers' processes of a run are known.
        conditions: what the run's engine works under.
        abilities: of the run's own machine, which the worker's must equal.
        jobs: the batch.
    """

    key: str
    run: str
    conditions: Conditions
    abilities: str
    jobs: tuple[Job, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of an order.

    Args:
        outcomes: in the order of the jobs; None where a worker died of this order before.
        error: what ended the work of the whole run.
    """

    outcomes: tuple[Packed, ...] | None = None
    error: NianbaoError | None = None


@dataclass(slots=True)
class _Kept:
    engine: Processes
    users: int = 0
    timer: threading.Timer | None = None
    is_checked: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)


_ENGINES: dict[str, _Kept] = {}
_LOCK = threading.Lock()


def mark(key: str) -> str:
    """Return the name of the event that is set once a try has begun."""
    return f"nianbao-began-{key}"


def run_order(order: Order) -> Answer:
    """Do a batch, unless a worker has begun to and is gone: what killed it must not kill the next one."""
    from distributed import Event

    began = Event(mark(order.key))
    if began.is_set():
        return Answer()
    began.set()
    try:
        with _engine_for(order) as engine:
            return Answer(tuple(engine.packed(order.jobs)))
    except NianbaoError as error:
        return Answer(error=error)


def end(run: str) -> None:
    """Let the processes of a run go, whatever they are at."""
    with _LOCK:
        kept = _ENGINES.pop(run, None)
    if kept is not None:
        if kept.timer is not None:
            kept.timer.cancel()
        if kept.users:
            kept.engine.stop()
        kept.engine.close()


@contextmanager
def _engine_for(order: Order) -> Iterator[Processes]:
    """Lend the processes of a run; they end some time after they were needed last."""
    if multiprocessing.current_process().daemon:
        hint = "请以环境变量 DASK_DISTRIBUTED__WORKER__DAEMON=False 启动 dask worker，或加选项 --no-nanny"
        raise NianbaoError("这样启动的 Dask 工作进程不能有子进程", hint=hint)
    with _LOCK:
        kept = _ENGINES.setdefault(order.run, _Kept(Processes(_here(order.conditions))))
        kept.users += 1
        if kept.timer is not None:
            kept.timer.cancel()
    try:
        with kept.lock:
            if not kept.is_checked:
                _check(kept.engine, order.abilities)
                kept.is_checked = True
        yield kept.engine
    finally:
        with _LOCK:
            kept.users -= 1
            if not kept.users:
                kept.timer = threading.Timer(_IDLE_SECONDS, end, (order.run,))
                kept.timer.daemon = True
                kept.timer.start()


def _here(conditions: Conditions) -> Conditions:
    """Return the conditions of this worker's share: as many processes as it has threads for batches."""
    from distributed import get_worker

    threads = get_worker().state.nthreads
    return replace(conditions, workers=threads, slow_workers=min(threads, conditions.slow_workers))


def _check(engine: Processes, wanted: str) -> None:
    found = engine.abilities()
    if found != wanted:
        from distributed import get_worker

        raise NianbaoError(
            f"与本机的程序、插件或库不同（{found}，本机 {wanted}），结果会不一样",
            where=f"Dask 工作进程 {get_worker().address}",
            hint="请在各台机器上安装相同的版本和插件",
        )
