"""How long a request may take to arrive: by real sockets against uvicorn in a thread, with short bounds."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

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

SHORT = 0.6


async def take(request: Request) -> Response:
    body = bytearray()
    try:
        await receive(request, 1_000, SHORT, body.extend)
    except FaultError as error:
        return PlainTextResponse(error.fault.line, error.fault.status)
    return PlainTextResponse(f"{len(body)}")


@contextmanager
def listening() -> Iterator[int]:
    """Serve in a thread; the app and the protocol are those of `nianbao serve`, but for their bounds."""
    app = Starlette(routes=[Route("/", take, methods=["GET", "POST"])])
    config = uvicorn.Config(app, http=protocol_of(SHORT), ws="none", log_level="error")
    server = uvicorn.Server(config)
    with listen("127.0.0.1", 0) as at:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [at.socket]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield at.port
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with listening() as found:
        yield found


def seconds_until_closed(connection: socket.socket, dripped: bytes = b"") -> float:
    """Send bytes one by one until the other side ends it; return how long that took."""
    began = time.monotonic()
    connection.settimeout(0.1)
    for place in range(300):
        try:
            if dripped:
                connection.sendall(dripped[place : place + 1] or b"x")
            if not connection.recv(1):
                break
        except TimeoutError:
            continue
        except OSError:
            break
    return time.monotonic() - began


@pytest.mark.parametrize(
    "dripped", [b"", b"GET / HTTP/1.1\r\nX-Slow: " + b"x" * 500], ids=["silent", "dripping"]
)
def test_a_head_that_does_not_come_ends_the_connection(port: int, dripped: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        assert seconds_until_closed(connection, dripped) < 20


def test_nor_does_a_second_one_hold_the_connection(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nab")
        assert connection.recv(65_536).startswith(b"HTTP/1.1 200")
        connection.sendall(b"GET / HT")
        assert seconds_until_closed(connection, b"TP/1.1\r\nX: " + b"x" * 500) < 20


def test_a_body_that_never_ends_is_given_up(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\nx")
        answer = connection.recv(65_536).decode()
    assert answer.startswith("HTTP/1.1 408")
    assert "没有传完，已放弃" in answer


def test_who_is_in_time_is_served(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 6\r\n\r\nabc")
        time.sleep(SHORT / 4)
        connection.sendall(b"def")
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))
    assert answer.endswith(b"\r\n\r\n6")
