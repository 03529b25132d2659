"""The faults of the loopback site, by name; each is switched on by `Loopback.fault`."""

from __future__ import annotations

import gzip
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from email.utils import formatdate
from types import MappingProxyType

from . import markup
from .exchange import Asked, Part, redirect
from .robots import robots, window
from .sites import View
from .wire import Act, Wire

VIEWS: Mapping[str, View] = {view.value: view for view in View if view is not View.USUAL}
_RUNG = b"\0" * 65536


@dataclass(slots=True)
class Fault:
    """A fault switched on.

    Args:
        site: the key of the site that has it.
        name: which it is.
        parts: the parts of the site that it befalls; all where empty.
        path: how the paths begin that it befalls.
        times: how often it happens; without end where None.
        after: how many fitting requests pass before it first happens.
        options: what else it is told.
    """

    site: str
    name: str
    parts: frozenset[Part] = frozenset()
    path: str = "/"
    times: int | None = None
    after: int = 0
    options: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def befalls(self, asked: Asked, part: Part) -> bool:
        """Tell whether it happens to this request, and count it."""
        if (self.parts and part not in self.parts) or not asked.path.startswith(self.path):
            return False
        if self.after > 0:
            self.after -= 1
            return False
        if self.times is not None:
            self.times -= 1
        return self.times is None or self.times >= 0


def _validators(*, etag: bool, modified: bool) -> Act:
    return lambda wire, _: wire.send(wire.reply, etag=etag, modified=modified)


def _stale(wire: Wire, _: Mapping[str, str]) -> None:
    """Say 304 to everyone who asks under a condition, true or not."""
    if {"if-none-match", "if-modified-since"} & set(wire.asked.headers):
        wire.head(304, ())
        wire.raw(b"")
    else:
        wire.send(wire.reply)


def _refused(status: int, told: str) -> Act:
    def act(wire: Wire, options: Mapping[str, str]) -> None:
        wait = options.get("retry_after")
        headers = (("Retry-After", _waiting(wait)),) if wait is not None else ()
        wire.refused(status, f"<html><body><h1>{status} {told}</h1></body></html>", *headers)

    return act


def _waiting(told: str) -> str:
    """Return a Retry-After: seconds, or with a @ before them the day and time that they lead to."""
    return formatdate(time.time() + float(told[1:]), usegmt=True) if told.startswith("@") else told


def _slow(wire: Wire, options: Mapping[str, str]) -> None:
    time.sleep(float(options.get("seconds", "1")))
    wire.send(wire.reply)


def _drip(wire: Wire, options: Mapping[str, str]) -> None:
    """Send the body in small pieces, a pause before each."""
    size, pause = int(options.get("bytes", "200")), float(options.get("seconds", "0.1"))
    body = wire.reply.body
    wire.head(200, (("Content-Type", wire.reply.media), ("Content-Length", str(len(body)))))
    for at in range(0, len(body), size):
        time.sleep(pause)
        wire.raw(body[at : at + size], more=at + size < len(body))


def _cut_off(wire: Wire, _: Mapping[str, str]) -> None:
    body = wire.reply.body
    wire.close()
    wire.head(200, (("Content-Type", wire.reply.media), ("Content-Length", str(len(body)))))
    wire.raw(body[: len(body) // 2])


def _cut_chunks(wire: Wire, _: Mapping[str, str]) -> None:
    body = wire.reply.body
    wire.close()
    wire.head(200, (("Content-Type", wire.reply.media), ("Transfer-Encoding", "chunked")))
    half = body[: len(body) // 2]
    wire.raw(f"{len(half):x}\r\n".encode() + half + b"\r\n" + f"{len(body):x}\r\n".encode() + b"<p>")


def _short_length(wire: Wire, _: Mapping[str, str]) -> None:
    """Claim fewer bytes than are sent."""
    body = wire.reply.body
    wire.close()
    wire.head(200, (("Content-Type", wire.reply.media), ("Content-Length", str(len(body) // 2))))
    wire.raw(body)


def _reset(wire: Wire, _: Mapping[str, str]) -> None:
    wire.reset()


def _bomb(wire: Wire, options: Mapping[str, str]) -> None:
    """Send some hundred kilobytes that unpack to many megabytes."""
    megabytes = int(options.get("megabytes", "100"))
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    body = b"".join(packer.compress(_RUNG) for _ in range(megabytes * 16)) + packer.flush()
    packed = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("Content-Length", str(len(body))))
    wire.head(200, packed)
    wire.raw(body)


def _unasked_gzip(wire: Wire, _: Mapping[str, str]) -> None:
    wire.send(
        replace(wire.reply, body=gzip.compress(wire.reply.body, mtime=0)).with_headers(
            ("Content-Encoding", "gzip")
        )
    )


def _broken_gzip(wire: Wire, _: Mapping[str, str]) -> None:
    body = gzip.compress(wire.reply.body, mtime=0)[:-40] + b"\xff" * 40
    wire.send(replace(wire.reply, body=body).with_headers(("Content-Encoding", "gzip")))


def _huge(wire: Wire, options: Mapping[str, str]) -> None:
    """Send a page that goes on and on, in chunks, so that nothing tells its length."""
    wire.close()
    wire.head(200, (("Content-Type", "text/html"), ("Transfer-Encoding", "chunked")))
    for _ in range(int(options.get("megabytes", "200")) * 16):
        wire.raw(b"10000\r\n" + b"<p>.</p>" * 8192 + b"\r\n", more=True)
    wire.raw(b"0\r\n\r\n")


def _to(address: Callable[[Wire, Mapping[str, str]], str], status: int = 302) -> Act:
    return lambda wire, options: wire.send(redirect(address(wire, options), status))


def _back_and_forth(wire: Wire, _: Mapping[str, str]) -> str:
    path, query = wire.asked.path, wire.asked.query
    return path if "again" in query else f"{path}?again=1"


def _one_further(wire: Wire, _: Mapping[str, str]) -> str:
    step = int(wire.asked.query.get("step") or 0)
    return f"{wire.asked.path}?step={step + 1}"


def _inner(wire: Wire, _: Mapping[str, str]) -> str:
    return f"{wire.bases['inner']}/manage/"


def _moved(wire: Wire, _: Mapping[str, str]) -> str:
    return f"{wire.bases['newhome']}{wire.asked.target}"


def _cookie_once(wire: Wire, _: Mapping[str, str]) -> None:
    """Send everyone without a cookie back to the same address with one."""
    if "CT6T" in wire.asked.cookies:
        wire.send(wire.reply)
    else:
        wire.send(redirect(wire.asked.target, 302, ("Set-Cookie", "CT6T=a1b2c3; path=/; HttpOnly")))


def _cookie_wall(wire: Wire, _: Mapping[str, str]) -> None:
    """The same, but for the cookie that no client can bring back: a script would make it."""
    wire.send(redirect(wire.asked.target, 302, ("Set-Cookie", "CT6T=expired; path=/; Max-Age=0")))


def _verify(status: int, extra: str = "") -> Act:
    return lambda wire, _: wire.refused(
        status, markup.verification() + extra, ("Set-Cookie", "acw_tc=7; path=/")
    )


def _notice(wire: Wire, _: Mapping[str, str]) -> None:
    wire.refused(200, markup.moved_notice(wire.site, wire.bases["newhome"]))


def _soft_404(wire: Wire, _: Mapping[str, str]) -> None:
    wire.refused(200, markup.soft_404(wire.site))


def _lying_charset(wire: Wire, options: Mapping[str, str]) -> None:
    wire.send(replace(wire.reply, media=f"text/html; charset={options.get('charset', 'ISO-8859-1')}"))


_SCRIPTED_412 = "<script>$_ts=window['$_ts']||{};$_ts.cd='qzZ';</script>"
_SCRIPTED_521 = (
    "<script>document.cookie='__jsl_clearance_s=0;path=/';location.href=location.pathname</script>"
)
ACTS: Mapping[str, Act] = {
    "etag-only": _validators(etag=True, modified=False),
    "last-modified-only": _validators(etag=False, modified=True),
    "no-validators": _validators(etag=False, modified=False),
    "stale": _stale,
    "too-many": _refused(429, "Too Many Requests"),
    "unavailable": _refused(503, "Service Unavailable"),
    "server-error": _refused(500, "Internal Server Error"),
    "bad-gateway": _refused(502, "Bad Gateway"),
    "forbidden": _refused(403, "Forbidden"),
    "gone": _refused(404, "Not Found"),
    "accepted": _refused(202, "Accepted"),
    "blank": lambda wire, _: wire.send(replace(wire.reply, body=b"")),
    "slow": _slow,
    "drip": _drip,
    "cut-off": _cut_off,
    "cut-chunks": _cut_chunks,
    "short-length": _short_length,
    "reset": _reset,
    "gzip-bomb": _bomb,
    "unasked-gzip": _unasked_gzip,
    "broken-gzip": _broken_gzip,
    "huge": _huge,
    "redirect-loop": _to(_back_and_forth),
    "redirect-chain": _to(_one_further),
    "redirect-inner": _to(_inner),
    "redirect-file": _to(lambda *_: "file:///etc/passwd"),
    "cookie-once": _cookie_once,
    "cookie-wall": _cookie_wall,
    "verification": _verify(200),
    "verification-412": _verify(412, _SCRIPTED_412),
    "verification-521": _verify(521, _SCRIPTED_521),
    "moved": _to(_moved, 301),
    "moved-notice": _notice,
    "soft-404": _soft_404,
    "lying-charset": _lying_charset,
    "robots-disallow": robots("User-agent: *\nDisallow: {rule}\n"),
    "robots-delay": robots("User-agent: *\nCrawl-delay: {seconds}\n"),
    "robots-window": window,
    "robots-missing": _refused(404, "Not Found"),
    "robots-error": _refused(503, "Service Unavailable"),
    "robots-page": _soft_404,
    "robots-moved": _to(lambda *_: "/robots.txt?at=home", 301),
}
NAMES = (*ACTS, *VIEWS)


def usual_parts(name: str) -> frozenset[Part]:
    """Return the parts that a fault befalls where nothing else is said."""
    if name.startswith("robots-"):
        return frozenset({Part.ROBOTS})
    return frozenset(Part) - {Part.ROBOTS}


class Faults:
    """The faults that are switched on, for all threads."""

    def __init__(self) -> None:
        self._on: list[Fault] = []
        self._lock = threading.Lock()

    def add(self, fault: Fault) -> None:
        with self._lock:
            self._on.append(fault)

    def clear(self) -> None:
        with self._lock:
            self._on.clear()

    def __iter__(self) -> Iterator[Fault]:
        with self._lock:
            return iter(tuple(self._on))

    def for_request(self, site: str, asked: Asked, part: Part) -> Fault | None:
        """Return the fault that befalls a request: the first that was switched on and does."""
        with self._lock:
            return next((each for each in self._on if each.site == site and each.befalls(asked, part)), None)
