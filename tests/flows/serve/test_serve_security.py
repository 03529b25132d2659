"""Who is let in, and what an answer says: by real sockets against the running app."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from typing import Any

import httpx
import pytest
from serving import App

PROTECTING = {
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "SAMEORIGIN",
}
OUTSIDE = (
    "/../../../etc/passwd",
    "/..%2f..%2f..%2fetc%2fpasswd",
    "/%2e%2e/%2e%2e/nianbao.db",
    "/assets/../app.py",
    "/assets/..%2fapp.py",
    "/assets/%2e%2e%2fapp.py",
    "/assets//etc/passwd",
    "/2023/assets/..%2fpages.py",
    "/2023/r/..%2f..%2fnianbao.db",
    "/2023/r/../../../../etc/passwd",
    "/check/..%2f..%2fetc%2fpasswd",
    "/check/%00/annotated.docx",
    "/file:///etc/passwd",
)


def ask(app: App, *lines: str, body: bytes = b"") -> tuple[int, dict[str, str], str]:
    """Send the lines of a request as they are; return status, headers and body of the answer."""
    head = "\r\n".join(lines).encode() + b"\r\n\r\n"
    with socket.create_connection(("127.0.0.1", app.port), timeout=120) as connection:
        connection.sendall(head + body)
        received = b"".join(iter(lambda: connection.recv(65_536), b""))
    top, _, rest = received.partition(b"\r\n\r\n")
    first, *others = top.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in others)}
    return int(first.split()[1]), headers, rest.decode("utf-8", "replace")


def get(address: str, **more: Any) -> httpx.Response:
    """Ask as somebody who has no token."""
    return httpx.get(address, timeout=120, **more)


def own(app: App, *more: str) -> Iterable[str]:
    return (f"Host: 127.0.0.1:{app.port}", f"X-Nianbao-Token: {app.token}", "Connection: close", *more)


def is_protected(headers: httpx.Headers | dict[str, str]) -> bool:
    policy = headers["content-security-policy"]
    return (
        {name: headers[name] for name in PROTECTING} == PROTECTING
        and headers["referrer-policy"] in ("no-referrer", "same-origin")
        and "default-src 'none'" in policy
        and "script-src 'self';" in policy
        and "unsafe" not in policy
    )


def test_who_has_no_token_gets_a_form_and_nothing_else(app: App) -> None:
    for address in ("/", "/check", "/2023/index.html", "/2023/workbook.xlsx", "/api/decisions"):
        answer = get(app.base + address)
        assert answer.status_code == 401
        assert 'action="/enter"' in answer.text
        assert app.token not in answer.text
        assert is_protected(answer.headers)


@pytest.mark.parametrize("token", ["", "错误的口令", "x" * 5000, "a; Path=/"])
def test_a_wrong_token_opens_nothing(app: App, token: str) -> None:
    answer = get(f"{app.base}/enter", params={"token": token})
    assert (answer.status_code, "set-cookie" in answer.headers) == (401, False)


def test_the_token_becomes_a_cookie_of_this_site_alone(app: App) -> None:
    with httpx.Client(base_url=app.base, timeout=120) as browser:
        answer = browser.get(f"/enter?token={app.token}")
        cookie = answer.headers["set-cookie"]
        assert f"nianbao-{app.port}=" in cookie
        assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= {part.strip() for part in cookie.split(";")}
        assert app.token not in answer.text
        assert browser.get("/").status_code == 200


def test_the_form_takes_the_token_too(app: App) -> None:
    with httpx.Client(base_url=app.base, timeout=120) as browser:
        assert browser.post("/enter", data={"token": f" {app.token}\n"}).status_code == 200
        assert browser.get("/").status_code == 200
        assert browser.post("/enter", content=b"token=" + b"x" * 10_000).status_code == 413


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "",
        "[::1",
        "127.0.0.1@evil",
        "192.168.1.9",
    ],
)
def test_no_other_name_reaches_it(app: App, host: str) -> None:
    host = host.format(port=app.port)
    status, headers, told = ask(app, "GET / HTTP/1.1", f"Host: {host}", *own(app)[1:])
    assert (status, "不是本程序的网址" in told) == (421, True)
    assert is_protected(headers)


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}", "LOCALHOST", "[::1]:{port}"])
def test_its_own_names_do(app: App, host: str) -> None:
    status, _, _ = ask(app, "GET / HTTP/1.1", f"Host: {host.format(port=app.port)}", *own(app)[1:])
    assert status == 200


def test_two_names_or_none_are_refused(app: App) -> None:
    twice = ask(app, "GET / HTTP/1.1", *own(app), "Host: evil.example")
    none = ask(app, "GET / HTTP/1.0", *own(app)[1:])
    assert {twice[0], none[0]} <= {400, 421}


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "http://localhost"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
    ],
    ids=lambda headers: " ".join(next(iter(headers.items()))),
)
def test_another_page_can_send_nothing_even_with_the_token(app: App, headers: dict[str, str]) -> None:
    for address in ("/api/check", "/api/decisions", "/enter"):
        answer = app.client.post(address, headers=headers, content=b"{}")
        assert answer.status_code == 403
        assert "别的网页" in answer.text


def test_another_page_can_not_load_from_it(app: App) -> None:
    cookie = {"Cookie": f"nianbao-{app.port}={app.token}"}
    inside = {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script"}
    assert get(f"{app.base}/2023/data/yearbook.js", headers=cookie).status_code == 200
    assert get(f"{app.base}/2023/data/yearbook.js", headers=cookie | inside).status_code == 403
    visit = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert get(f"{app.base}/", headers=cookie | visit).status_code == 200
    framed = {**visit, "Sec-Fetch-Dest": "iframe"}
    assert get(f"{app.base}/", headers=cookie | framed).status_code == 403


def test_a_cookie_alone_changes_nothing(app: App) -> None:
    cookie = {"Cookie": f"nianbao-{app.port}={app.token}"}
    for address in ("/api/check", "/api/decisions"):
        assert httpx.post(app.base + address, headers=cookie, content=b"{}", timeout=120).status_code == 401


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"])
def test_other_methods_are_refused(app: App, method: str) -> None:
    status, headers, _ = ask(app, f"{method} / HTTP/1.1", *own(app))
    assert (status, headers.get("allow")) == (405, "GET, HEAD, POST")
    assert "access-control-allow-origin" not in headers


def test_a_wrong_method_of_an_address_is_told(app: App) -> None:
    assert app.client.post("/").status_code == 405
    assert app.client.get("/api/decisions").status_code == 405


@pytest.mark.parametrize("path", OUTSIDE)
def test_no_path_of_the_file_system_can_be_asked_for(app: App, path: str) -> None:
    status, headers, told = ask(app, f"GET {path} HTTP/1.1", *own(app))
    assert status == 404
    assert is_protected(headers)
    assert "root:" not in told
    assert "SQLite format" not in told
    assert "def " not in told


def test_every_page_bears_the_protecting_headers(app: App) -> None:
    for address in (
        "/",
        "/check",
        "/2023/index.html",
        "/assets/serve.css",
        "/2023/assets/base.css",
        "/nowhere",
    ):
        answer = app.client.get(address)
        assert is_protected(answer.headers), address
        assert "server" not in answer.headers
        assert "<script>" not in answer.text


def test_what_is_no_http_ends_the_connection(app: App) -> None:
    status, _, _ = ask(app, "\x16\x03\x01\x02 nonsense", "x")
    assert status == 400
    assert app.client.get("/").status_code == 200
