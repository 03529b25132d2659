"""What answers for decisions: what a reviewer settles on a page stands in the store at once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from flows.deciding import EnteredDecisions, enter_decisions
from flows.entering import today
from flows.indicators import known_catalogue
from flows.serve.faults import fault_of, refuse
from flows.serve.shelf import Shelf
from flows.serve.uploads import receive
from nianbao.errors import StoreError
from nianbao.review.decisions import MOST_BYTES, decisions_of

_SECONDS = 30.0
_JSON = "application/json"


@dataclass(frozen=True, slots=True)
class DecisionRoutes:
    """The decisions' part of the app.

    Args:
        shelf: whose store they go into.
    """

    shelf: Shelf

    def routes(self) -> Iterable[Route]:
        """Yield what answers which address."""
        yield Route("/api/decisions", self.enter, methods=["POST"])

    async def enter(self, request: Request) -> Response:
        """Enter all decisions of a page, or none, and tell which."""
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _JSON:
            raise refuse(415, "不是核对记录", "请在核对页上操作")
        body = bytearray()
        await receive(request, MOST_BYTES, _SECONDS, body.extend)
        try:
            done = await asyncio.to_thread(self._enter, bytes(body))
        except ValueError as error:
            raise refuse(400, str(error)) from error
        except StoreError as error:
            # Nothing is entered, and the page keeps what was decided.
            fault = fault_of(error, 503)
            raise refuse(503, f"没有记入数据库：{fault.message}", fault.hint) from error
        told = {"entered": done.entered + done.known, "faults": list(done.faults), "told": list(done.told)}
        return JSONResponse(told, 422 if done.faults else 200)

    def _enter(self, body: bytes) -> EnteredDecisions:
        decisions = decisions_of(body, known_catalogue().infos(), today())
        done = enter_decisions(self.shelf.store, decisions, "app", entries_of=self.shelf.entries_of_year)
        if done.entered:
            about = {(each.year, each.issuer) for each in decisions.acceptances}
            about |= {(each.year, each.issuer) for each in decisions.corrections}
            about |= {(each.year, each.issuer) for each in decisions.waivers.waivers}
            for year in {year for year, _ in about}:
                self.shelf.renew(year, {issuer for each, issuer in about if each == year})
        return done
