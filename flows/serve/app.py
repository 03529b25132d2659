"""The app: who is let in, what answers, and how whatever goes wrong is told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import AbstractContextManager, asynccontextmanager
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from flows.serve.faults import Fault, FaultError, answer, fault_of
from flows.serve.pages import passing_page
from flows.serve.security import ENTRANCE, Gate, Guarded, cookie_of
from flows.serve.uploads import receive
from nianbao.errors import NianbaoError

_ASSETS = {"appbar.css": "text/css", "serve.css": "text/css", "selfcheck.js": "text/javascript"}
_LONGEST_FORM, _FORM_SECONDS = 4096, 15.0
# Who guesses must wait.
_PAUSE_SECONDS = 1.0
_WRONG = Fault(401, "口令不对", hint="请用终端里显示的网址打开，或重新输入")
_UNKNOWN = Fault(404, "没有这个页面")
_METHOD = Fault(405, "这个地址不支持这种请求")
_BROKEN = Fault(500, "程序内部出错", hint="详情见运行 nianbao serve 的终端")


Work = Callable[[], AbstractContextManager[object]]
Handler = Callable[[Request, Exception], Awaitable[Response]]


def make_app(gate: Gate, routes: Iterable[Route], work: Work) -> ASGIApp:
    """Return the app.

    Args:
        gate: who is let in.
        routes: what answers, besides the entrance and the app's own style and scripts.
        work: what is begun before the first request and ended after the last one.
    """

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        with work():
            yield

    async def enter(request: Request) -> Response:
        told = request.query_params.get("token") if request.method != "POST" else await _form_token(request)
        if gate.is_right(told):
            return HTMLResponse(passing_page(), headers={"set-cookie": cookie_of(gate)})
        await asyncio.sleep(_PAUSE_SECONDS)
        return answer(request, _WRONG)

    own = [
        Route(ENTRANCE, enter, methods=["GET", "POST"]),
        Route("/assets/{name}", _asset, methods=["GET"]),
        Route("/favicon.ico", _no_icon, methods=["GET"]),
    ]
    starlette = Starlette(routes=[*own, *routes], exception_handlers=_HANDLERS, lifespan=life)
    # Outside of all, so that even the answer to a crash bears the protecting headers.
    return Guarded(starlette, gate)


async def _form_token(request: Request) -> str | None:
    form = bytearray()
    await receive(request, _LONGEST_FORM, _FORM_SECONDS, form.extend)
    told = parse_qs(form.decode(errors="replace"), max_num_fields=8).get("token")
    return told[0].strip() if told else None


async def _asset(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _ASSETS:
        return answer(request, _UNKNOWN)
    data = files("flows.serve").joinpath("assets", name).read_bytes()
    return Response(data, media_type=_ASSETS[name])


async def _no_icon(_: Request) -> Response:
    return Response(status_code=204)


async def _refused(request: Request, error: Exception) -> Response:
    return answer(request, error.fault) if isinstance(error, FaultError) else answer(request, _BROKEN)


async def _failed(request: Request, error: Exception) -> Response:
    return answer(request, fault_of(error)) if isinstance(error, NianbaoError) else answer(request, _BROKEN)


async def _unknown(request: Request, _: Exception) -> Response:
    return answer(request, _UNKNOWN)


async def _method(request: Request, _: Exception) -> Response:
    return answer(request, _METHOD)


async def _broken(request: Request, _: Exception) -> Response:
    return answer(request, _BROKEN)


_HANDLERS: Mapping[Any, Handler] = {
    FaultError: _refused,
    NianbaoError: _failed,
    404: _unknown,
    405: _method,
    500: _broken,
}
