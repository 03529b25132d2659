"""Batches in the workers of a Dask cluster: one that a worker dies of is tried again in halves."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Self
from uuid import uuid4

from flows.engines.base import Conditions, Engine, jobs_from
from flows.engines.processes import Processes
from flows.engines.remote import Answer, Order, end, mark, run_order
from flows.worker import Outcome, abilities_of, lost
from nianbao.again import Job
from nianbao.errors import NianbaoError, UsageError
from nianbao.limits import PREFIX, limits
from nianbao.model import Filing

if TYPE_CHECKING:
    from distributed import Client, Future, LocalCluster

DIED = "处理这份文件时 Dask 工作进程两次意外退出，已放弃这份文件"
WORKERLESS = "Dask 集群已 {:g} 秒没有可用的工作进程"
DISCONNECTED = "与 Dask 调度器的连接断了"
# A file alone in its batch is given up after so many workers have died of it.
_TRIES = 2
_TICK = 1.0
_CONNECT_SECONDS = 15.0
_CLOSE_SECONDS = 10.0
# What decides which plugins there are; the machines' folders and programs are their own.
_OF_THE_RUN = ("PLUGINS", "DISABLE")
_CONFIG = {
    # Workers have processes of their own, which Python denies to a daemon; asked again at each restart.
    "distributed.worker.daemon": False,
    "distributed.admin.large-graph-warning-threshold": "1GB",
    # Looking a hundred times a second at what each thread does.
    "distributed.worker.profile.enabled": False,
    "distributed.comm.timeouts.connect": f"{_CONNECT_SECONDS:g}s",
}


# How asking a cluster ends that is going or gone.
_LOST = (OSError, RuntimeError, TimeoutError, ValueError)


class _GoneError(Exception):
    """The cluster can't do the batch any more."""


class Cluster(Engine):
    """A Dask cluster; without an address, one of separate processes on this machine, open to loopback alone.

    Args:
        conditions: what it works under; how many workers an existing cluster has is its own affair.
        address: of the scheduler, as `tcp://127.0.0.1:8786`; empty for a cluster on this machine.
        warn: is told in one Chinese line where the cluster is lost, and the rest is done on this machine.
        patience: seconds that a batch waits for a cluster without workers, and at most for a scheduler.
    """

    def __init__(
        self,
        conditions: Conditions,
        address: str = "",
        warn: Callable[[str], None] = print,
        patience: float = 60.0,
    ) -> None:
        archive = conditions.archive
        if archive and "://" not in archive:
            archive = str(Path(archive).expanduser().absolute())
        super().__init__(replace(conditions, archive=archive, environment=_environment()))
        self._address, self._warn, self._patience = address, warn, patience
        self._run = uuid4().hex
        self.abilities = ""
        self._cluster: LocalCluster | None = None
        self._client: Client | None = None
        self._local: Processes | None = None
        self._lock = threading.Lock()

    def outcomes(self, given: Iterable[Filing | Job]) -> Iterator[Outcome]:
        """Process filings, or do jobs, as one batch, in one run of one task; as `Engine` tells it."""
        jobs = list(jobs_from(given))
        if jobs:
            yield from self._batch(jobs)

    def _batch(self, jobs: list[Job]) -> list[Outcome]:
        for _ in range(_TRIES if len(jobs) == 1 else 1):
            self.check_running(jobs[0].filing)
            if self._local is not None:
                return list(self._local.outcomes(jobs))
            try:
                done = self._ask(jobs)
            except _GoneError as error:
                return list(self._lost_cluster(str(error)).outcomes(jobs))
            if done is not None:
                return done
        if len(jobs) == 1:
            return [lost(jobs[0].filing, DIED)]
        middle = len(jobs) // 2
        return [*self._batch(jobs[:middle]), *self._batch(jobs[middle:])]

    def _ask(self, jobs: list[Job]) -> list[Outcome] | None:
        """Return what a worker made of jobs, or None where it died of them.

        Raises:
            NianbaoError: the workers can't be used at all.
            _GoneError: there are no workers any more.
        """
        from distributed import Event, KilledWorker

        assert self._client is not None
        key = f"nianbao-{uuid4().hex}"
        order = Order(key, self._run, self.conditions, self.abilities, tuple(jobs))
        try:
            future = self._client.submit(run_order, order, key=key, pure=False)
            answer = self._wait(future, jobs[0].filing)
        except KilledWorker:
            return None
        finally:
            with suppress(*_LOST):
                Event(mark(key), client=self._client).clear()
        if answer.error is not None:
            raise answer.error
        return None if answer.outcomes is None else [each.unpack() for each in answer.outcomes]

    def _wait(self, future: Future[Answer], filing: Filing) -> Answer:
        """Wait for an answer as long as there are workers to give it."""
        from distributed import CancelledError

        is_done = threading.Event()
        future.add_done_callback(lambda _: is_done.set())
        last_seen = time.monotonic()
        while not is_done.wait(_TICK):
            self.check_running(filing)
            if self._has_workers():
                last_seen = time.monotonic()
            elif time.monotonic() - last_seen > self._patience:
                raise _GoneError(WORKERLESS.format(self._patience))
        try:
            return future.result(timeout=self._patience)
        except (CancelledError, OSError, TimeoutError) as error:
            self.check_running(filing)
            raise _GoneError(DISCONNECTED) from error
        except (ImportError, AttributeError, RuntimeError) as error:
            # The scheduler and the workers load the order by its name in this program.
            hint = "调度器和各工作进程的机器上都要装有同一版本的 nianbao"
            raise NianbaoError(f"Dask 集群不能运行 nianbao：{error}", hint=hint) from error

    def _has_workers(self) -> bool:
        client = self._client
        if client is None or client.scheduler is None:
            return False
        with suppress(OSError, TimeoutError, RuntimeError):
            told = client.sync(client.scheduler.identity, n_workers=1, callback_timeout=_CONNECT_SECONDS)
            return bool(told["workers"])
        return False

    def _lost_cluster(self, why: str) -> Processes:
        """Return processes on this machine that do the rest, having told so once."""
        with self._lock:
            if self._local is None:
                self._warn(f"{why}，其余的文件改在本机处理")
                self._local = Processes(self.conditions)
            return self._local

    def warm(self) -> None:
        """Do nothing: which workers are to come is not known, and they start with their first batch."""

    def stop(self) -> None:
        """End what is under way at once; a worker's processes are ended by the worker."""
        self._stopped = True
        if self._local is not None:
            self._local.stop()

    def __enter__(self) -> Self:
        """Return the engine, connected.

        Raises:
            UsageError: Dask is not installed, or there is no scheduler at the address.
        """
        try:
            import dask
            import distributed
        except ImportError as error:
            hint = "请先运行 pip install 'nianbao[dask]'"
            raise UsageError("没有安装 Dask", where="--engine dask", hint=hint) from error
        dask.config.set(_CONFIG)
        self.abilities = abilities_of(*self.conditions.setup())
        if not self._address:
            self._cluster = distributed.LocalCluster(
                host="127.0.0.1",
                n_workers=self.conditions.workers,
                threads_per_worker=1,
                # What a worker's own processes take is bounded by themselves.
                memory_limit=0,
                # Dask answers to HTTP in any case, for its own health: at ports that are free.
                dashboard_address="127.0.0.1:0",
                silence_logs=logging.CRITICAL,
            )
        try:
            place = self._cluster or self._address
            seconds = min(_CONNECT_SECONDS, self._patience)
            self._client = distributed.Client(place, timeout=seconds, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            hint = "请检查地址，以及 dask scheduler 是否在运行"
            raise UsageError("连接不上 Dask 调度器", where=self._address, hint=hint) from error
        return self

    def close(self) -> None:
        """Let the workers' processes go, and a cluster of our own with them; a lost one is not waited for."""
        client, cluster, local = self._client, self._cluster, self._local
        self._client, self._cluster = None, None
        if client is not None:
            if local is None:
                letting_go = threading.Thread(target=_let_go, args=(client, self._run), daemon=True)
                letting_go.start()
                letting_go.join(_CLOSE_SECONDS)
            with suppress(*_LOST):
                client.close(timeout=_CLOSE_SECONDS)
        if cluster is not None:
            with suppress(*_LOST):
                cluster.close(timeout=_CLOSE_SECONDS)
        if local is not None:
            local.close()


def _let_go(client: Client, run: str) -> None:
    with suppress(*_LOST):
        client.run(end, run, on_error="ignore")


def _environment() -> tuple[tuple[str, str], ...]:
    """Return the variables with which a worker reads within the bounds, and with the plugins, of this run."""
    bounds = limits()
    told = {each.name.upper(): str(getattr(bounds, each.name)) for each in fields(bounds)}
    told |= {name: os.environ[PREFIX + name] for name in _OF_THE_RUN if os.environ.get(PREFIX + name)}
    return tuple((PREFIX + name, value) for name, value in told.items())
