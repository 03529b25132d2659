"""Servers and services that take their time: what a run has to tell arrives all the same."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from test_emitting import SCRIPT, ran

pytestmark = pytest.mark.prefect

# Longer than apprise waits by itself (4 seconds), and than a server that is looked for (5 seconds).
SLOW = 6.5


@contextmanager
def service(status: Callable[[int], int]) -> Iterator[tuple[str, list[str]]]:
    """Have a service that says how each request ends, by its number; yield its address and what it got."""
    got: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.answer(status(len(got)))

        def do_GET(self) -> None:
            got.append(self.path)
            self.answer(status(len(got)))

        def answer(self, told: int) -> None:
            self.send_response(told)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *told: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}", got
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def slowly(_: int) -> int:
    time.sleep(SLOW)
    return 200


def notify(url: str) -> None:
    """Send a message as Prefect's server does; raise where it was not delivered."""
    from flows.events.blocks import NianbaoNotice

    block = NianbaoNotice(url=url)  # type: ignore[arg-type]
    with block.raise_on_failure():
        block.notify("还有 2 个单位未报", "到期未报")


def test_a_service_that_is_slow_is_waited_for() -> None:
    with service(slowly) as (host, got):
        notify(f"json://{host}/")
    assert [json.loads(each)["title"] for each in got] == ["到期未报"]


def test_a_service_that_fails_for_a_moment_is_asked_again() -> None:
    with service(lambda number: 503 if number < 3 else 200) as (host, got):
        notify(f"json://{host}/")
    assert len(got) == 3


def test_a_service_that_goes_on_failing_is_told_as_failing() -> None:
    from prefect.blocks.abstract import NotificationError

    with service(lambda _: 503) as (host, got), pytest.raises(NotificationError):
        notify(f"json://{host}/")
    assert len(got) == 3


def test_what_the_address_says_of_waiting_holds() -> None:
    from prefect.blocks.abstract import NotificationError

    with service(slowly) as (host, got), pytest.raises(NotificationError):
        notify(f"json://{host}/?rto=1&retry=0")
    assert len(got) == 1


def test_a_server_that_is_busy_is_told_of_events(tmp_path: Path) -> None:
    # The script ends at once: what it would go on to say to a real server is not of this test.
    with service(slowly) as (host, got):
        ended = ran(
            tmp_path,
            f"{SCRIPT}\nimport os, sys; sys.stdout.flush(); os._exit(0)",
            PREFECT_API_URL=f"http://{host}/api",
        )
    assert ended.stdout == "waiting for the server: True\n", ended.stderr
    assert got[0] == "/api/health"
