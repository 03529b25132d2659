"""Prefect's server as `nianbao server` starts it: what `prefect server start` serves, held to itself.

The pages of Prefect 3.8 ask a host of a statistics company for its settings as soon as they are opened,
telemetry or not; a header forbids the browser to ask anybody but this server.

Its automations read and then write in one transaction, which SQLite refuses at once where another wrote in
between; it tries an event four times without a pause, and then lays it aside, and with it the notice that it
was to bring. Here it tries for some seconds.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

POLICY = "connect-src 'self'; form-action 'self'; frame-ancestors 'none'"
# A page that is open keeps a connection; nobody waits for it.
_GRACE = 3
# An event that could not be worked off is tried again so often, each time somewhat later.
_TRIES = 20
_PAUSE, _LONGEST_PAUSE = 0.1, 1.0


def held(app: App) -> App:
    """Return an app whose answers forbid their pages to ask other hosts, or to be shown inside others'."""

    async def answer(scope: Message, receive: Receive, send: Send) -> None:
        async def with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message.get("headers", ()),
                    (b"content-security-policy", POLICY.encode()),
                ]
            await send(message)

        await app(scope, receive, with_policy)

    return answer


def be_patient() -> None:
    """Let the server try an event again for some seconds before it lays it aside."""
    from prefect.server.utilities.messaging import memory

    class PatientSubscription(memory.Subscription):
        """A subscription that waits somewhat longer before each further try."""

        def __init__(self, topic: memory.Topic, max_retries: int = _TRIES, **options: Any) -> None:
            super().__init__(topic, max_retries=max_retries, **options)

        async def retry(self, message: memory.MemoryMessage) -> None:
            await asyncio.sleep(min(_PAUSE * (message.retry_count + 1), _LONGEST_PAUSE))
            await super().retry(message)

    setattr(memory, "Subscription", PatientSubscription)  # noqa: B010 - a type may not be assigned to


def main() -> None:
    """Serve until told to end; what and where is told by the environment."""
    import uvicorn
    from prefect.server.api.server import create_app
    from prefect.settings import get_current_settings

    be_patient()
    server = get_current_settings().server
    uvicorn.run(
        held(create_app(final=True)),
        host=server.api.host,
        port=server.api.port,
        timeout_keep_alive=server.api.keepalive_timeout,
        timeout_graceful_shutdown=_GRACE,
        log_level=server.logging_level.lower(),
    )


if __name__ == "__main__":
    main()
