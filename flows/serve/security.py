"""Who may talk to the app: by the name it is called, the page that asks, the method and a secret."""

from __future__ import annotations

import hmac
import ipaddress
import re
import secrets
import socket
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from flows.serve.faults import Fault, answer
from nianbao.errors import UsageError

TOKEN_HEADER = "x-nianbao-token"  # noqa: S105  the name of a header
METHODS = ("GET", "HEAD", "POST")
ENTRANCE = "/enter"
# What anybody may have: the program's own style and scripts.
OPEN = ("/assets/", "/favicon.ico")
# What a header and a cookie can hold.
_TOKEN = re.compile(r"[\w!#$%&'*+.^`|~/:=?@-]+", re.ASCII)
LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
SHORTEST_TOKEN = 12
# Pages run no script but the program's own files, load nothing from elsewhere and stand in no frame.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
_HOST = re.compile(r"(?:\[(?P<address>[0-9a-f:.]+)\]|(?P<name>[\w.-]+))(?::\d{1,5})?")
_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


def is_loopback(host: str) -> bool:
    """Whether an address or name is reached from this machine alone."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def new_token() -> str:
    """Return a secret that nobody guesses."""
    return secrets.token_urlsafe(24)


@dataclass(frozen=True, slots=True)
class Gate:
    """What lets a request in.

    Args:
        token: the secret.
        cookie: the name of the cookie that holds it; cookies are shared by all ports of a machine.
        names: the names by which the app may be called, in small letters.
        is_open: whether other machines may call it too, by any of this one's addresses.
    """

    token: str
    cookie: str
    names: frozenset[str]
    is_open: bool

    @classmethod
    def at(cls, host: str, port: int, token: str) -> Gate:
        """Return the gate of an app that listens there."""
        if is_loopback(host):
            return cls(token, f"nianbao-{port}", LOCAL_NAMES, is_open=False)
        own = {host.lower(), socket.gethostname().lower(), socket.getfqdn().lower()}
        return cls(token, f"nianbao-{port}", LOCAL_NAMES | own, is_open=True)

    def knows(self, told: str) -> bool:
        """Whether a `Host` header calls this app: a page that rebinds its own name to us does not.

        An address can't be rebound; it is let pass where other machines are.
        """
        name = _name_of(told)
        return name in self.names or (self.is_open and _is_address(name))

    def is_right(self, told: str | None) -> bool:
        """Whether this is the secret, in constant time."""
        return told is not None and hmac.compare_digest(told.encode(), self.token.encode())


class Guarded:
    """Lets requests through a gate, and puts the protecting headers on every answer."""

    def __init__(self, app: ASGIApp, gate: Gate) -> None:
        self._app = app
        self._gate = gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        request = Request(scope, receive)
        fault = refusal(self._gate, request.method, scope["path"], request.headers)
        if fault is None:
            await self._app(scope, receive, protected)
        else:
            await answer(request, fault)(scope, receive, protected)


def refusal(gate: Gate, method: str, path: str, headers: Headers) -> Fault | None:
    """Return why a request is not let in, or None."""
    hosts = headers.getlist("host")
    if len(hosts) != 1 or not gate.knows(hosts[0]):
        return Fault(421, "这不是本程序的网址", hint="请使用终端里显示的网址")
    if method not in METHODS:
        return Fault(405, "不支持这种请求", headers=(("allow", ", ".join(METHODS)),))
    if not _is_own_page(method, hosts[0], headers):
        return Fault(403, "请求来自别的网页，没有受理", hint="请在本程序的页面里操作")
    if path.startswith(OPEN) or path == ENTRANCE:
        return None
    told = headers.get(TOKEN_HEADER)
    if method == "POST":
        # A cookie is not enough: the browser would send it along with whatever asks.
        known = gate.is_right(told)
    else:
        known = gate.is_right(told) or gate.is_right(_cookie(gate.cookie, headers))
    return None if known else Fault(401, "没有口令，或口令不对", hint="请用终端里显示的网址打开")


def _is_own_page(method: str, host: str, headers: Headers) -> bool:
    """Whether no other site's page asks; programs that are no browsers tell nothing of this."""
    origins = headers.getlist("origin")
    if any(origin not in (f"http://{host}", f"https://{host}") for origin in origins):
        return False
    site = headers.get("sec-fetch-site", "same-origin")
    if site == "same-origin":
        return True
    # A link to us may stand anywhere; the cookie does not come along from another site.
    is_visit = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    return method != "POST" and (is_visit or site == "none")


def _cookie(name: str, headers: Headers) -> str | None:
    for told in headers.getlist("cookie"):
        try:
            found = SimpleCookie(told).get(name)
        except CookieError:
            continue
        if found is not None:
            return found.value
    return None


def cookie_of(gate: Gate) -> str:
    """Return the header that lets a browser keep the secret for this session, away from all other sites."""
    return f"{gate.cookie}={gate.token}; Path=/; HttpOnly; SameSite=Strict"


def _name_of(told: str) -> str:
    """Return the name of a `Host` header without its port; nothing where it is no name at all."""
    found = _HOST.fullmatch(told.strip().lower())
    return (found["address"] or found["name"]).rstrip(".") if found else ""


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def addresses(host: str, port: int) -> tuple[str, ...]:
    """Return the addresses under which the app may be opened, the first one from this machine."""
    name = f"[{host}]" if ":" in host else host
    if host not in ("0.0.0.0", "::"):  # noqa: S104  told, not listened to
        return (f"http://{name}:{port}/",)
    return f"http://127.0.0.1:{port}/", f"http://{socket.gethostname()}:{port}/"


def check_token(token: str) -> None:
    """Refuse a secret that is easily guessed, or that no header can hold; an empty one stands for a new one.

    Raises:
        UsageError: it is such a one.
    """
    if token and (len(token) < SHORTEST_TOKEN or not _TOKEN.fullmatch(token)):
        hint = f"至少 {SHORTEST_TOKEN} 个字母、数字或符号，没有空格和引号；也可以不写，由程序新编一个"
        raise UsageError("口令太短，或有不能用的字符", where="--token", hint=hint)
