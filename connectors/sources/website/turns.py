"""Asks for a turn at a host before it is asked for anything, and gives it back when nothing more is wanted.

On the other side is `porter.Porter`. Whoever does not ask his host for a moment has it no more: no two runs
wait for each other's.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlsplit

from connectors.sources.website.asks import host_of
from nianbao.sites.addresses import is_private

# So long a host is kept for a next request, once its pause is over.
_IDLE = 1.0


class Taken(Protocol):
    """Takes turns at hosts."""

    async def take(self, url: str) -> str:
        """Wait until an address's host is ours to ask; return why it is not to be asked, if so."""

    def rest(self, url: str, free_at: float) -> None:
        """Tell that a request is over, and when the next one may be made (by the monotonic clock)."""


class Alone:
    """Nobody else asks."""

    async def take(self, url: str) -> str:
        """Return that nothing speaks against it."""
        return ""

    def rest(self, url: str, free_at: float) -> None:
        """Do nothing."""


@dataclass(slots=True)
class _Turn:
    number: int
    answer: asyncio.Future[str]
    until: float = 0.0
    giving: asyncio.TimerHandle | None = None


@dataclass(slots=True)
class Asked:
    """Turns that the process which started this one takes for it.

    Args:
        say: tells it a line.
        seconds: the longest that a request may take; a turn that ends before is none.
    """

    say: Callable[[dict[str, Any]], None]
    seconds: float
    _turns: dict[str, _Turn] = field(default_factory=dict)
    _number: int = 0

    async def take(self, url: str) -> str:
        """Wait for a turn, as `Taken` has it; a host's requests must follow each other."""
        host = _name(url)
        turn = self._turns.get(host)
        if turn is not None:
            if turn.giving is not None:
                turn.giving.cancel()
            if turn.until > time.monotonic() + self.seconds:
                return ""
            self._give(host)
        self._number += 1
        answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._turns[host] = _Turn(self._number, answer)
        self.say({"turn": self._number, "wants": host})
        return await answer

    def rest(self, url: str, free_at: float) -> None:
        """Give the turn back some time after its pause, unless the host is asked again."""
        host = _name(url)
        if (turn := self._turns.get(host)) is None:
            return
        if turn.giving is not None:
            turn.giving.cancel()
        # Should this process end now, the pause is kept all the same.
        self.say({"turn": turn.number, "rests": free_at})
        wait = max(0.0, free_at - time.monotonic()) + _IDLE
        turn.giving = asyncio.get_running_loop().call_later(wait, self._give, host)

    def hear(self, told: dict[str, Any]) -> None:
        """Take note of what was answered; a turn that was given back since is passed over."""
        found = next((each for each in self._turns.items() if each[1].number == told["turn"]), None)
        if found is None:
            return
        host, turn = found
        turn.until = told.get("until", 0.0)
        if problem := told.get("problem", ""):
            del self._turns[host]
        if not turn.answer.done():
            turn.answer.set_result(problem)

    def _give(self, host: str) -> None:
        self.say({"turn": self._turns.pop(host).number})


def _name(url: str) -> str:
    """Return what a host is known by; on private addresses each port is a site of its own."""
    host = host_of(url)
    return urlsplit(url).netloc.rpartition("@")[2].lower() if is_private(host) else host
