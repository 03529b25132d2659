"""How long a request may take to arrive: by real sockets against uvicorn in a thread.

What is to end is tested under a short bound, what is to be in time under a long one: either holds however
slow the machine is.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPResponse

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from flows.serve.faults import FaultError
from flows.serve.protocol import protocol_of
from flows.serve.running import listen
from flows.serve.uploads import receive

# Seconds.
SHORT, LONG = 0.6, 600.0
# Till a connection that is to end is held not to.
GIVEN_UP = 60.0


def taking(seconds: float) -> Starlette:
    """Return an app that takes a body in as `nianbao serve` does, but for the seconds that it may take."""

    async def take(request: Request) -> Response:
        body = bytearray()
        try:
            await receive(request, 1_000, seconds, body.extend)
        except FaultError as error:
            return PlainTextResponse(error.fault.line, error.fault.status)
        return PlainTextResponse(f"{len(body)}")

    return Starlette(routes=[Route("/", take, methods=["GET", "POST"])])


@contextmanager
def connected(first: bytes = b"", *, head: float = LONG, body: float = LONG) -> Iterator[socket.socket]:
    """Serve in a thread, and connect to it.

    Args:
        first: what is sent before the server runs, so that all of it is there when the bounds begin.
        head: seconds that a head may take.
        body: seconds that a body may take.
    """
    config = uvicorn.Config(taking(body), http=protocol_of(head), ws="none", log_level="error")
    server = uvicorn.Server(config)
    with (
        listen("127.0.0.1", 0) as at,
        socket.create_connection(("127.0.0.1", at.port), timeout=GIVEN_UP) as connection,
    ):
        connection.sendall(first)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [at.socket]})
        thread.start()
        try:
            yield connection
        finally:
            server.should_exit = True
            connection.close()
            thread.join()


def answer(connection: socket.socket) -> tuple[int, str]:
    """Read one answer whole, in however many pieces it comes."""
    with HTTPResponse(connection) as response:
        response.begin()
        return response.status, response.read().decode()


def ends(connection: socket.socket, dripped: bytes = b"") -> bool:
    """Send bytes one by one; say whether the other side ends it."""
    connection.settimeout(0.1)
    until = time.monotonic() + GIVEN_UP
    place = 0
    while time.monotonic() < until:
        try:
            if dripped:
                connection.sendall(dripped[place : place + 1] or b"x")
                place += 1
            if not connection.recv(1):
                return True
        except TimeoutError:
            continue
        except OSError:
            return True
    return False


@pytest.mark.parametrize(
    "dripped", [b"", b"GET / HTTP/1.1\r\nX-Slow: " + b"x" * 500], ids=["silent", "dripping"]
)
def test_a_head_that_does_not_come_ends_the_connection(dripped: bytes) -> None:
    with connected(head=SHORT) as connection:
        assert ends(connection, dripped)


def test_nor_does_a_second_one_hold_the_connection() -> None:
    first = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nab"
    with connected(first, head=SHORT) as connection:
        assert answer(connection) == (200, "2")
        connection.sendall(b"GET / HT")
        assert ends(connection, b"TP/1.1\r\nX: " + b"x" * 500)


def test_a_body_that_never_ends_is_given_up() -> None:
    first = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\nx"
    with connected(first, body=SHORT) as connection:
        status, line = answer(connection)
    assert status == 408
    assert "没有传完，已放弃" in line


def test_who_is_in_time_is_served() -> None:
    with connected(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\nabc") as connection:
        time.sleep(SHORT / 4)
        connection.sendall(b"def")
        assert answer(connection) == (200, "6")
