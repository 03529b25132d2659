"""Listens, serves until it is told to end, and leaves nothing running."""

from __future__ import annotations

import errno
import socket
from dataclasses import dataclass
from typing import Self

import uvicorn
from starlette.types import ASGIApp

from flows.serve.protocol import protocol_of
from nianbao.errors import UsageError

# Requests under way may take so long to end once the program is told to.
_GRACE_SECONDS = 3
_CONNECTIONS = 128
_LAST_PORT = 65_535


@dataclass(frozen=True, slots=True)
class Listening:
    """A socket that is bound, so that nobody else can take its port; closed at the end of its block."""

    socket: socket.socket

    @property
    def port(self) -> int:
        """The real one."""
        return int(self.socket.getsockname()[1])

    def __enter__(self) -> Self:
        """Return it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let the port go."""
        self.socket.close()


def listen(host: str, port: int) -> Listening:
    """Take an address and a port; 0 is any free one.

    Raises:
        UsageError: it is taken, or is none of this machine's.
    """
    if not 0 <= port <= _LAST_PORT:
        raise UsageError(f"没有端口 {port}", where="--port", hint=f"请写 0 至 {_LAST_PORT} 之间的整数")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        bound = socket.socket(family, kind, protocol)
        if hasattr(socket, "SO_REUSEADDR") and not hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
        # From here on whoever asks waits for the app, and is not turned away while it starts.
        bound.listen(_CONNECTIONS)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            hint = "可能已有一个在运行；请用 --port 换一个端口"
            raise UsageError(f"端口 {port} 已被占用", where="--port", hint=hint) from error
        hint = "请写本机的地址，如 127.0.0.1"
        raise UsageError(f"不能在 {host}:{port} 上接受访问", where="--host", hint=hint) from error
    return Listening(bound)


def serve(app: ASGIApp, at: Listening, head_seconds: float) -> None:
    """Serve an app until Ctrl-C.

    Args:
        app: what answers.
        at: where it listens.
        head_seconds: that the head of a request may take to arrive.

    Raises:
        KeyboardInterrupt: that was what ended it.
    """
    config = uvicorn.Config(
        app,
        http=protocol_of(head_seconds),
        ws="none",
        lifespan="on",
        loop="asyncio",
        log_level="error",
        access_log=False,
        server_header=False,
        # A header that anybody can write must not tell who asks.
        proxy_headers=False,
        limit_concurrency=_CONNECTIONS,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
    uvicorn.Server(config).run(sockets=[at.socket])
