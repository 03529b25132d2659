"""An open exchange: what a fault may do to it, whole answers or bytes as it likes."""

from __future__ import annotations

import io
import os
import socket
import struct
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from email.utils import formatdate
from http import HTTPStatus

from .exchange import Asked, Part, Reply

_VALIDATED = frozenset((Part.LIST, Part.PAGE, Part.FILE, Part.ROBOTS))


class Wire:
    """Writes one answer to a connection.

    Args:
        asked: what was asked.
        reply: what the site answers when nothing is wrong.
        site: the site's name as pages have it.
        bases: the addresses of all sites.
        out: where the answer goes.
        connection: the socket below it.
        ended: told the status and the body's bytes, before the last of them is sent: whoever has the whole
            answer finds it in the log.
    """

    def __init__(
        self,
        asked: Asked,
        reply: Reply,
        site: str,
        bases: Mapping[str, str],
        out: io.BufferedIOBase,
        connection: socket.socket,
        ended: Callable[[int, int], None],
    ) -> None:
        self.asked, self.reply, self.site, self.bases = asked, reply, site, bases
        self.status, self.sent, self.closes = 0, 0, False
        self._out, self._connection, self._ended = out, connection, ended
        self._pending = b""
        self._is_over = False

    def send(self, reply: Reply, *, etag: bool = True, modified: bool = True) -> None:
        """Send a whole answer; 304 where the client has it.

        Args:
            reply: the answer.
            etag: whether it bears an entity tag where it may.
            modified: whether it bears the time of its last change where it may.
        """
        if self.asked.method in ("GET", "HEAD") and reply.status == 200 and reply.modified is not None:
            told = [("ETag", reply.etag)] if etag else []
            told += [("Last-Modified", reply.last_modified)] if modified else []
            reply = reply.with_headers(*told)
            if reply.part in _VALIDATED and self._is_known(reply, etag=etag, modified=modified):
                self.head(304, tuple(told))
                self.raw(b"")
                return
        length = (("Content-Length", str(len(reply.body))),)
        media = (("Content-Type", reply.media),) if reply.body else ()
        self.head(reply.status, (*media, *length, *reply.headers))
        self.raw(b"" if self.asked.method == "HEAD" else reply.body)

    def head(self, status: int, headers: Iterable[tuple[str, str]]) -> None:
        """Prepare the first line and headers; they go with the first bytes of the body."""
        self.status = status
        known = status in HTTPStatus._value2member_map_
        lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase if known else 'Unknown'}", "Server: nginx"]
        lines += [f"Date: {formatdate(usegmt=True)}", *(f"{name}: {value}" for name, value in headers)]
        if self.closes:
            lines.append("Connection: close")
        self._pending = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")

    def raw(self, data: bytes, *, more: bool = False) -> None:
        """Send bytes as they are.

        Args:
            data: of the body.
            more: whether others follow.
        """
        self.sent += len(data)
        if not more:
            self.end()
        told, self._pending = self._pending + data, b""
        self._out.write(told)
        self._out.flush()

    def end(self) -> None:
        """Tell that the answer is over."""
        if not self._is_over:
            self._is_over = True
            self._ended(self.status, self.sent)

    def close(self) -> None:
        """Close the connection after this answer."""
        self.closes = True

    def reset(self) -> None:
        """Break the connection off without a word (a TCP reset)."""
        self.closes = True
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        # Nothing may say goodbye before it is closed.
        os.close(self._connection.detach())

    def refused(self, status: int, markup: str, *headers: tuple[str, str]) -> None:
        """Send a page in place of what was asked."""
        body = markup.encode()
        self.send(
            replace(
                self.reply,
                body=body,
                status=status,
                media="text/html; charset=utf-8",
                modified=None,
                headers=headers,
            )
        )

    def _is_known(self, reply: Reply, *, etag: bool, modified: bool) -> bool:
        """Tell whether the client has this version: its tag counts before its time (RFC 9110, 13.2.2)."""
        headers = self.asked.headers
        if "if-none-match" in headers:
            return etag and reply.etag in headers["if-none-match"]
        return modified and headers.get("if-modified-since") == reply.last_modified


Act = Callable[[Wire, Mapping[str, str]], None]
"""What a fault does to an exchange, with the options that it was switched on with."""
