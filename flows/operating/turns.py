"""Turns at hosts among all runs that share a Prefect server, by its global concurrency limits.

A host has a limit of one, `nianbao-host-…`, held by a lease that is renewed: whoever is killed loses it when
that ends. Among the processes of one machine a locked file comes first (`nianbao.turns`).
"""

from __future__ import annotations

import logging
import random
import re
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from uuid import UUID

from httpx import HTTPError, HTTPStatusError
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import GlobalConcurrencyLimitCreate
from prefect.client.schemas.objects import ConcurrencyLeaseHolder
from prefect.exceptions import ObjectAlreadyExists, PrefectException
from prefect.runtime import flow_run
from prefect.settings import get_current_settings

from nianbao.turns import LONGEST_WAIT, TURNS, MachineTurns, NoTurnError, Turn, Turns, told_time, wait_for

PREFIX = "nianbao-host-"
_LEASE, _RENEWALS = 120.0, 4
_LOCKED, _GONE = 423, 410
# A server that is started anew is there again by then.
_PATIENCE = 300.0
_POLL, _JITTER = 1.0, 1.0
_LOG = logging.getLogger(__name__)


class SharedTurns:
    """Turns that a Prefect server gives.

    Args:
        run: the flow run that is named as the holder in Prefect's pages.
        longest: how many seconds to wait for a turn.
        patience: how many seconds a server may be away.
        lease: how many seconds a turn lasts beyond two requests where it is not renewed, 60 at least.
        here: gives turns among the processes of this machine.
    """

    def __init__(
        self,
        run: UUID | None = None,
        longest: float = LONGEST_WAIT,
        patience: float = _PATIENCE,
        lease: float = _LEASE,
        here: Turns | None = None,
    ) -> None:
        self._holder = ConcurrencyLeaseHolder(type="flow_run", id=run) if run is not None else None
        self._longest, self._patience, self._lease = longest, patience, lease
        self._here = here or MachineTurns(longest=longest)

    @contextmanager
    def at(self, host: str, given_up: threading.Event, seconds: float = 0.0) -> Iterator[Turn]:
        """Wait for our turn, as `nianbao.turns.Turns` has it."""
        with ExitStack() as stack:
            stack.enter_context(self._here.at(host, given_up, seconds))
            client = stack.enter_context(get_client(sync_client=True))
            lease = _Lease(client, limit_of(host), self._lease + 2 * seconds, self._holder)
            taking = _Taking(lease, self._patience)
            wait_for(taking.take, host, given_up, self._longest, _pause)
            stack.callback(lease.give_back)
            yield lease


def limit_of(host: str) -> str:
    """Return the name of a host's limit; what a name may not hold is left out."""
    return PREFIX + re.sub(r"[/%&<>]", "", host)


def _pause() -> float:
    return _POLL + random.uniform(0, _JITTER)  # noqa: S311  no secret


class _Lease:
    """A host's slot, for so many seconds; it is a `Turn` once it is taken."""

    def __init__(
        self, client: SyncPrefectClient, name: str, seconds: float, holder: ConcurrencyLeaseHolder | None
    ) -> None:
        self._client, self._name, self._seconds, self._holder = client, name, seconds, holder
        self._id: UUID | None = None
        self.until = 0.0
        self.every = seconds / _RENEWALS

    def take(self) -> bool:
        """Take the slot if nobody has it, and make its limit if it is not there.

        Raises:
            HTTPError: the server is away, or refuses.
        """
        if (is_taken := self._increment()) is None:
            # Without its limit everybody would be let in.
            with suppress(ObjectAlreadyExists):
                self._client.create_global_concurrency_limit(
                    GlobalConcurrencyLimitCreate(name=self._name, limit=1)
                )
            is_taken = self._increment()
        return bool(is_taken)

    def _increment(self) -> bool | None:
        """Try to take the slot; return None where there is no limit."""
        began = time.monotonic()
        try:
            answer = self._client.increment_concurrency_slots_with_lease(
                [self._name], 1, "concurrency", self._seconds, self._holder
            ).json()
        except HTTPStatusError as error:
            if error.response.status_code == _LOCKED:
                return False
            raise
        if not answer["limits"]:
            return None
        self._id, self.until = UUID(answer["lease_id"]), began + self._seconds
        return True

    def renew(self) -> bool:
        """Renew the lease; where the server does not answer it stays ours until it ends."""
        assert self._id is not None
        began = time.monotonic()
        try:
            self._client.renew_concurrency_lease(self._id, self._seconds)
        except HTTPStatusError as error:
            if error.response.status_code == _GONE:
                return False
        except (HTTPError, PrefectException):
            pass
        else:
            self.until = began + self._seconds
        return self.until > time.monotonic()

    def give_back(self) -> None:
        """Give the slot back; where that fails, the lease ends by itself."""
        assert self._id is not None
        try:
            self._client.release_concurrency_slots_with_lease(self._id)
        except (HTTPError, PrefectException) as error:
            _LOG.warning("没有能告诉调度服务采集已结束（%s）：%s", self._name, error)


class _Taking:
    """Tries to take a lease while the server is there, and for some time while it is not."""

    def __init__(self, lease: _Lease, patience: float) -> None:
        self._lease, self._patience = lease, patience
        self._answered = time.monotonic()

    def take(self) -> bool:
        """Try once.

        Raises:
            NoTurnError: the server has been away for too long.
        """
        try:
            taken = self._lease.take()
        except (HTTPError, PrefectException) as error:
            if time.monotonic() - self._answered > self._patience:
                told = f"调度服务 {told_time(self._patience)}没有应答，这次不采集这个网站"
                raise NoTurnError(told) from error
            return False
        self._answered = time.monotonic()
        return taken


@contextmanager
def taking_turns() -> Iterator[None]:
    """Have sources take turns at hosts from the Prefect server that several runs share, if there is one."""
    if get_current_settings().api.url is None:
        # The temporary server of a run knows of no other run.
        yield
        return
    told = flow_run.id
    token = TURNS.set(SharedTurns(UUID(told) if told else None))
    try:
        yield
    finally:
        TURNS.reset(token)
