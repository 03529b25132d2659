"""HTTP as uvicorn speaks it, with a bound to the time that the head of a request may take.

Uvicorn waits for a head without end: whoever opens connections and says nothing would take all of them.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol


class BoundedProtocol(H11Protocol):
    """Closes a connection whose next request does not come in time."""

    head_seconds = 15.0
    _head: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Take bytes in; wait no longer once they make up a head."""
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        super().connection_lost(exc)
        self._stop()

    def _watch(self) -> None:
        if self.cycle is not None and not self.cycle.response_complete:
            self._stop()
        elif self._head is None:
            self._head = self.loop.call_later(self.head_seconds, self.transport.close)

    def _stop(self) -> None:
        if self._head is not None:
            self._head.cancel()
            self._head = None


def protocol_of(head_seconds: float) -> type[BoundedProtocol]:
    """Return the protocol that waits so many seconds for the head of a request."""
    return type("BoundedProtocol", (BoundedProtocol,), {"head_seconds": head_seconds})
