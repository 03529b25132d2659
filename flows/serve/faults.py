"""What could not be done, told in one line: as a page to people, as JSON to scripts."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from flows.serve.pages import entrance_page, fault_page
from nianbao.errors import NianbaoError


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a request is refused.

    Args:
        status: of HTTP.
        message: one Chinese sentence.
        hint: what to do about it.
        headers: further ones of the answer.
    """

    status: int
    message: str
    hint: str = ""
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def line(self) -> str:
        """The whole line."""
        return f"{self.message}（{self.hint}）" if self.hint else self.message


class FaultError(Exception):
    """A request that is refused, on its way to the answer."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


def refuse(status: int, message: str, hint: str = "") -> FaultError:
    """Return the error that ends a request."""
    return FaultError(Fault(status, message, hint))


def fault_of(error: NianbaoError, status: int = 422) -> Fault:
    """Return an error of the program as a fault."""
    return Fault(status, error.message, error.hint)


def answer(request: Request, fault: Fault) -> Response:
    """Return the answer that tells a fault: a page where a person looks, else JSON like a decision's."""
    headers = dict(fault.headers)
    if request.method == "POST" and request.scope["path"].startswith("/api/"):
        told = {"entered": 0, "faults": [fault.line]}
        return JSONResponse(told, fault.status, headers)
    if fault.status != 401:
        return HTMLResponse(fault_page(fault.line), fault.status, headers)
    # Under a stricter policy a form's origin would be told as "null".
    return HTMLResponse(entrance_page(fault.line), 401, {**headers, "referrer-policy": "same-origin"})
