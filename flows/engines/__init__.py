"""Engines: where documents are processed. Each gives the same results; they differ in speed and in needs.

`processes` is a pool on this machine, `serial` does one document after the other, and `dask` hands batches to
the workers of a Dask cluster, each of which reads in processes of its own.
"""

from __future__ import annotations

from collections.abc import Callable

from flows.engines.base import Conditions, Engine
from flows.engines.processes import Processes
from flows.engines.serial import Serial
from nianbao.errors import UsageError

__all__ = ["Conditions", "Engine", "Processes", "Serial", "batches_at_once", "check_engine", "make_engine"]

_NAMES = ("processes", "serial", "dask")
# Batches that wait for a cluster at the same time; how many workers it has is known only later.
_FOR_A_CLUSTER = 64


def check_engine(told: str) -> tuple[str, str]:
    """Return the engine's name, and the address of the cluster where one is given.

    Args:
        told: `processes`, `serial`, `dask` (workers on this machine alone) or `dask=ADDRESS`.

    Raises:
        UsageError: there is no such engine.
    """
    name, has_address, address = told.partition("=")
    if name not in _NAMES or (has_address and (name != "dask" or not address)):
        hint = "可以写 processes、serial、dask 或 dask=地址，如 dask=tcp://127.0.0.1:8786"
        raise UsageError(f"没有名为“{told}”的引擎", where="--engine", hint=hint)
    return name, address


def batches_at_once(told: str, processors: int) -> int:
    """Return how many batches are handed to an engine at the same time.

    Args:
        told: the engine, as for `check_engine`.
        processors: of this machine; one batch more than these keeps them all busy.
    """
    return max(_FOR_A_CLUSTER, processors + 1) if check_engine(told)[1] else processors + 1


def make_engine(told: str, conditions: Conditions, warn: Callable[[str], None] = print) -> Engine:
    """Return an engine; use it as a context manager.

    Args:
        told: the engine, as for `check_engine`.
        conditions: what it works under.
        warn: is told what the user must know, in one Chinese line.

    Raises:
        UsageError: there is no such engine.
    """
    name, address = check_engine(told)
    if name == "serial":
        return Serial(conditions)
    if name == "dask":
        # Dask takes half a second to load.
        from flows.engines.cluster import Cluster

        return Cluster(conditions, address, warn)
    return Processes(conditions)
