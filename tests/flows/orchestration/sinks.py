"""Where notices end in tests: a mail server, a web server, a proxy that is every host; all on loopback."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from typing import Any

import trustme
from aiosmtpd.smtp import SMTP, Envelope, Session

REFUSED = "refused-key"


@dataclass(frozen=True)
class Got:
    """A request that came in."""

    host: str
    path: str
    body: Any


@dataclass
class Sinks:
    """What came in so far, in order.

    Args:
        mail, web, proxy: the ports.
        bundle: the certificate that the proxy's hosts are signed by.
    """

    bundle: Path
    mail: int = 0
    web: int = 0
    proxy: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    requests: list[Got] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    @property
    def environment(self) -> dict[str, str]:
        """What has a program reach no host but through the proxy, and trust it."""
        proxy = f"http://127.0.0.1:{self.proxy}"
        return {
            "HTTPS_PROXY": proxy,
            "https_proxy": proxy,
            "NO_PROXY": "127.0.0.1,localhost",
            "REQUESTS_CA_BUNDLE": str(self.bundle),
        }

    @property
    def addresses(self) -> list[str]:
        return [
            f"mailto://127.0.0.1:{self.mail}?from=nianbao@example.cn&to=clerk@example.cn",
            "wecombot://wecom-key",
            "dingtalk://dingtoken",
            "https://open.feishu.cn/open-apis/bot/v2/hook/feishu-token",
            f"json://127.0.0.1:{self.web}/notice",
        ]

    def texts(self, words: str) -> dict[str, str]:
        """Return the messages with some words, by the host that got them."""
        with self.lock:
            found = {got.host: told for got in self.requests if words in (told := text_of(got.body))}
            for mail in self.mails:
                told = f"{mail['subject']}\n{plain(mail)}"
                if words in told:
                    found["mail"] = told
        return found


def text_of(body: Any) -> str:
    """Return the text that the users of a service see of a request."""
    if "msgtype" in body:
        return str(body["text"]["content"])
    if "msg_type" in body:
        return str(body["content"]["text"])
    return f"{body['title']}\n{body['message']}"


def plain(mail: EmailMessage) -> str:
    part = mail.get_body(("plain", "html"))
    assert part is not None
    return str(part.get_content())


@contextmanager
def _mail_server(mailbox: _Mailbox) -> Iterator[int]:
    """Have a mail server; yield its port."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def serve() -> asyncio.Server:
        return await loop.create_server(lambda: SMTP(mailbox, hostname="localhost"), "127.0.0.1", 0)

    server = asyncio.run_coroutine_threadsafe(serve(), loop).result()
    try:
        yield int(server.sockets[0].getsockname()[1])
    finally:
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


class _Mailbox:
    """Keeps the mails; aiosmtpd calls it by the names of its commands."""

    def __init__(self, sinks: Sinks) -> None:
        self.sinks = sinks

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        with self.sinks.lock:
            self.sinks.mails.append(mail)
        return "250 OK"


def _handler(sinks: Sinks, authority: trustme.CA) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        host = ""

        def do_CONNECT(self) -> None:
            """Be the host that is asked for."""
            self.host = self.path.partition(":")[0]
            self.send_response(200)
            self.end_headers()
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            authority.issue_cert(self.host).configure_cert(context)
            self.connection = context.wrap_socket(self.connection, server_side=True)
            self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)
            self.handle_one_request()
            self.close_connection = True

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with sinks.lock:
                sinks.requests.append(Got(self.host or "web", self.path, body))
            # As the robots do: a refusal is told in an answer of status 200.
            bad = REFUSED in self.path
            answer = {"errcode": 93000 if bad else 0, "errmsg": "invalid webhook url" if bad else "ok"}
            told = json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, *told: Any) -> None:
            pass

    return Handler


@contextmanager
def sinks_open(folder: Path) -> Iterator[Sinks]:
    """Have the sinks open."""
    authority = trustme.CA()
    sinks = Sinks(folder / "ca.pem")
    authority.cert_pem.write_to_path(sinks.bundle)
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), _handler(sinks, authority)) for _ in range(2)]
    for server in servers:
        server.daemon_threads = True
        Thread(target=server.serve_forever, daemon=True).start()
    sinks.web, sinks.proxy = (server.server_address[1] for server in servers)
    try:
        with _mail_server(_Mailbox(sinks)) as sinks.mail:
            yield sinks
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()
