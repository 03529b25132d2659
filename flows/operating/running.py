"""What our flows share: their names and tags, their patience with what passes, their progress in the log."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, ParamSpec, Protocol, TypeVar

from prefect import Task, task
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import State, TaskRun
from prefect.context import TagsContext
from prefect.logging import get_run_logger
from prefect.runtime import deployment, flow_run
from prefect.tasks import exponential_backoff

from flows.watch import Watch
from nianbao.errors import LostStoreError, PassingReadError

# A network or a database that is away comes back, or does not, within some minutes: 10, 20 and 40 seconds
# later, each up to half as long again. Anything else fails the same way the second time.
_TRIES, _FIRST_BREAK, _JITTER = 3, 10, 0.5
_PASSING = (LostStoreError, PassingReadError, ConnectionError, TimeoutError)


P = ParamSpec("P")
R = TypeVar("R")


class Named(Protocol):
    """The parameters of a flow."""

    @property
    def label(self) -> str:
        """What the run is called after."""


class LogWatch(Watch):
    """Tells a run's progress in its log, which Prefect's pages show."""

    def __init__(self) -> None:
        # Made in the flow's own thread; those of the engine know of no run.
        self._log = get_run_logger()

    def phase(self, name: str, total: int | None = None) -> None:
        """Write down that a phase begins."""
        self._log.info("%s", f"{name}（{total}）" if total is not None else name)

    def warn(self, line: str) -> None:
        """Write down what the user must know."""
        self._log.warning("%s", line)


def step(name: str, run_name: str) -> Callable[[Callable[P, R]], Task[P, R]]:
    """Return what makes a function a task that tries again what passes by itself.

    Args:
        name: of the task.
        run_name: of each of its runs, with the names of its arguments in braces.
    """
    return task(
        name=name,
        task_run_name=run_name,
        cache_policy=NO_CACHE,
        persist_result=False,
        retries=_TRIES,
        retry_delay_seconds=exponential_backoff(_FIRST_BREAK),
        retry_jitter_factor=_JITTER,
        retry_condition_fn=passes,
    )


def untagged() -> AbstractContextManager[object]:
    """Keep the run's tags from its steps: Prefect asks its server for the limit of each tag."""
    return TagsContext(current_tags=set())


def passes(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """Tell whether a failure may be gone in a while; who sits before a terminal is told of it at once."""
    if not is_deployed():
        return False
    return isinstance(state.result(raise_on_failure=False), _PASSING)


def is_deployed() -> bool:
    """Whether this run was started by a deployment, and nobody waits for it at a terminal."""
    return deployment.id is not None


def named_after(what: str) -> Callable[[], str]:
    """Return what names a run, by its parameters: what it does, for which year if any, and where."""

    def name() -> str:
        params = flow_run.parameters["params"]
        wanted = getattr(params, "wanted_year", None)
        year = f" {wanted() or '各年'}" if wanted else ""
        return f"{what}{year} · {params.label}"

    return name


def tags_of(params: Named, year: int | None = None) -> list[str]:
    """Return the tags that runs are found by in Prefect's pages."""
    return ["nianbao", f"region:{params.label}", *([f"year:{year}"] if year else [])]


def label_run(params: Named, year: int | None = None) -> None:
    """Give a run that a deployment started the tags of what it was asked for."""
    wanted = {*flow_run.tags, *tags_of(params, year)}
    with get_client(sync_client=True) as client:
        client.update_flow_run(flow_run.id, tags=sorted(wanted))
