"""The loopback site itself: a host of its own for every site, and one to look at them from."""

from __future__ import annotations

import socketserver
import threading
import time
import traceback
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler
from types import TracebackType
from typing import Any

from . import county
from .exchange import Asked, Part, Reply
from .faults import ACTS, NAMES, VIEWS, Fault, Faults, usual_parts
from .log import Log
from .portal import portal_reply
from .profiles import profile_text
from .sites import Site, View
from .wire import Wire

PORTAL = "portal"
_TRIES = 20
_LONGEST_BODY = 1_000_000


class Loopback:
    """The county on the loopback interface, started by `with` or by `start`.

    Each site is at an address of its own (127.0.0.2, 127.0.0.3 …) on one port; where the system has no
    address but 127.0.0.1, at a port of its own.

    Args:
        seed: of all that is invented.
        port: of all sites; any free one where 0.
        more: how many small sites there are besides, `many-01` and on.
        scripted: whether there are, besides, sites whose lists a browser alone shows, `shown-next` and on.
        one_address: whether all sites are at 127.0.0.1, each at a port of its own (from `port` on).
    """

    def __init__(
        self,
        *,
        seed: int = 7,
        port: int = 0,
        more: int = 0,
        scripted: bool = False,
        one_address: bool = False,
    ) -> None:
        self.log, self.faults = Log(), Faults()
        self._servers = _bind(
            [PORTAL, *county.keys(more, scripted=scripted)], port, self, one_address=one_address
        )
        self.bases = {each.site: f"http://{each.host}:{each.port}" for each in self._servers}
        self.sites: Mapping[str, Site] = county.build(self.bases, seed=seed, more=more, scripted=scripted)
        self._threads: list[threading.Thread] = []

    def start(self) -> Loopback:
        """Answer from now on."""
        for server in self._servers:
            thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
            thread.start()
            self._threads.append(thread)
        return self

    def stop(self) -> None:
        """Stop answering and give the addresses back."""
        if self._threads:
            # Each waits for its loop's next turn.
            with ThreadPoolExecutor(len(self._servers)) as pool:
                list(pool.map(_Server.shutdown, self._servers))
        for server in self._servers:
            server.server_close()
        self._threads.clear()

    def __enter__(self) -> Loopback:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def url(self, site: str, path: str = "/") -> str:
        """Return the address of a path on a site."""
        return f"{self.bases[site]}{path}"

    def starts(self, site: str) -> list[str]:
        """Return the addresses of the first list pages of a site's columns."""
        return [self.url(site, self.sites[site].start(column)) for column in self.sites[site].columns]

    def listed(self) -> list[county.Listed]:
        """Return the reports that a collector of the county should come home with."""
        return county.listed(self.sites)

    def profile(self, *sites: str) -> str:
        """Return the profile (YAML) by which the county is collected, or some of its sites."""
        return profile_text([self.sites[name] for name in sites or county.SITES])

    def fault(
        self,
        site: str,
        name: str,
        *,
        part: Part | None = None,
        path: str = "/",
        times: int | None = None,
        after: int = 0,
        **options: float | str,
    ) -> None:
        """Switch a fault on.

        Args:
            site: the key of a site.
            name: the fault, one of `NAMES`; where it is a way of showing lists, only `site` counts besides.
            part: the part of the site that it befalls; where None, that which it is made for.
            path: how the paths begin that it befalls.
            times: how often it happens; without end where None.
            after: how many fitting requests pass before.
            options: what else it is told (`retry_after`, `seconds`, `bytes`, `megabytes`, `rule`, `charset`).

        Raises:
            ValueError: there is no such fault, or no such site.
        """
        if name not in NAMES or site not in self.sites:
            raise ValueError(f"no fault {name!r}, or no site {site!r}; faults: {', '.join(NAMES)}")
        if name in VIEWS:
            self.sites[site].view = VIEWS[name]
            return
        parts = frozenset({part}) if part is not None else usual_parts(name)
        told = {key: str(value) for key, value in options.items()}
        self.faults.add(Fault(site, name, parts, path, times, after, told))

    def mend(self) -> None:
        """Switch all faults off."""
        self.faults.clear()
        for site in self.sites.values():
            site.view = View.USUAL

    def reset(self) -> None:
        """Switch all faults off and forget what was asked."""
        self.mend()
        self.log.clear()

    def answer(self, site: str, asked: Asked) -> tuple[Reply, Fault | None]:
        """Return what a site answers when nothing is wrong, and the fault that befalls the request."""
        if site == PORTAL:
            return portal_reply(self, asked), None
        reply = self.sites[site].reply(asked)
        return reply, self.faults.for_request(site, asked, reply.part)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, site: str, host: str, port: int, loopback: Loopback) -> None:
        self.site, self.host, self.loopback = site, host, loopback
        super().__init__((host, port), _Handler)
        self.port: int = self.server_address[1]

    def handle_error(self, request: Any, client_address: Any) -> None:
        self.loopback.log.failed(traceback.format_exc())


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def setup(self) -> None:
        self.server.loopback.log.opened(self.server.site)
        super().setup()

    def finish(self) -> None:
        self.server.loopback.log.closed(self.server.site)
        super().finish()

    def handle(self) -> None:
        try:
            super().handle()
        except (ConnectionError, TimeoutError):
            self.close_connection = True

    def do_GET(self) -> None:
        self._answer()

    do_HEAD = do_POST = do_GET  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: there is a log."""

    def _answer(self) -> None:
        begun = time.monotonic()
        loopback, site = self.server.loopback, self.server.site
        headers = {name.lower(): value for name, value in self.headers.items()}
        entry = loopback.log.begin(site, self.command, self.path, headers, begun, self.client_address[1])
        length = min(int(headers.get("content-length") or 0), _LONGEST_BODY)
        asked = Asked(self.command, self.path, headers, self.rfile.read(length) if length else b"")
        reply, fault = loopback.answer(site, asked)
        title = loopback.sites[site].title if site in loopback.sites else ""

        def ended(status: int, sent: int) -> None:
            loopback.log.end(entry, status=status, sent=sent, seconds=time.monotonic() - begun)

        wire = Wire(asked, reply, title, loopback.bases, self.wfile, self.connection, ended)
        try:
            if fault is None:
                wire.send(reply)
            else:
                entry.fault = fault.name
                ACTS[fault.name](wire, fault.options)
        finally:
            wire.end()
            self.close_connection = self.close_connection or wire.closes


def _bind(keys: Sequence[str], port: int, loopback: Loopback, *, one_address: bool) -> list[_Server]:
    """Return a server for each key: all on one port at addresses of their own, or the other way round."""
    hosts = [f"127.0.{number // 250}.{number % 250 + 1}" for number in range(len(keys))]
    for _ in range(0 if one_address else 1 if port else _TRIES):
        made: list[_Server] = []
        try:
            for key, host in zip(keys, hosts, strict=True):
                made.append(_Server(key, host, made[0].port if made else port, loopback))
        except OSError:
            for server in made:
                server.server_close()
        else:
            return made
    return [
        _Server(key, "127.0.0.1", port + number if port else 0, loopback) for number, key in enumerate(keys)
    ]
