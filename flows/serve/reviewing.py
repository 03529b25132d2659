"""What answers for a year: its list, its reports' pages, its overview, its workbook."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from flows.serve.checking import download
from flows.serve.faults import refuse
from flows.serve.originals import Originals
from flows.serve.pages import Frame, home_page
from flows.serve.shelf import Shelf, Shown
from nianbao.issuers import full_name
from outputs.review.address import PAGES
from outputs.review.listing import ListedReport
from outputs.review.overview import overview_html
from outputs.review.pages import list_html, report_html
from outputs.review.publisher import yearbook_script
from outputs.review.shell import ASSETS, SCRIPTS, STYLES, Links

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Its own policy, in the page, is stricter: by it no style counts but the program's.
_FRAME_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
_TYPES = {".css": "text/css", ".js": "text/javascript"}


@dataclass(frozen=True, slots=True)
class YearRoutes:
    """The years' part of the app; its addresses are those of the published site, so its links hold.

    Args:
        shelf: the yearbooks.
        originals: what stands beside their reports.
        frame: of the app's own pages.
        store: where the years are kept, as its user knows it.
    """

    shelf: Shelf
    originals: Originals
    frame: Frame
    store: str

    def routes(self) -> Iterable[Route]:
        """Yield what answers which address."""
        yield Route("/", self.home, methods=["GET"])
        yield Route("/{year:int}/index.html", self.listing, methods=["GET"])
        yield Route("/{year:int}/overview.html", self.overview, methods=["GET"])
        yield Route("/{year:int}/r/{page}", self.report, methods=["GET"])
        yield Route("/{year:int}/o/{name}", self.original, methods=["GET"])
        yield Route("/{year:int}/data/yearbook.js", self.data, methods=["GET"])
        yield Route("/{year:int}/assets/{name}", self.asset, methods=["GET"])
        yield Route("/{year:int}/workbook.xlsx", self.workbook, methods=["GET"])

    async def home(self, _: Request) -> Response:
        """Show the years."""
        years = await asyncio.to_thread(self.shelf.years)
        return HTMLResponse(home_page(self.frame, years, self.store))

    async def listing(self, request: Request) -> Response:
        """Show a year's reports."""
        return HTMLResponse(await asyncio.to_thread(self._listing, request.path_params["year"]))

    async def overview(self, request: Request) -> Response:
        """Show a year as a whole."""
        return HTMLResponse(await asyncio.to_thread(self._overview, request.path_params["year"]))

    async def original(self, request: Request) -> Response:
        """Give a picture of an original, or its cleaned page, which nothing acts in."""
        name = request.path_params["name"]
        path = self.originals.file(request.path_params["year"], name)
        if path is None:
            raise refuse(404, "没有这个页面")
        data = await asyncio.to_thread(path.read_bytes)
        if path.suffix == ".webp":
            return Response(data, media_type="image/webp")
        return HTMLResponse(data, headers={"content-security-policy": _FRAME_POLICY})

    async def report(self, request: Request) -> Response:
        """Show a report."""
        year, page = request.path_params["year"], request.path_params["page"]
        return HTMLResponse(await asyncio.to_thread(self._report, year, page))

    async def data(self, request: Request) -> Response:
        """Give what all pages of a year know."""
        told = await asyncio.to_thread(self._data, request.path_params["year"])
        return Response(told, media_type="text/javascript")

    async def asset(self, request: Request) -> Response:
        """Give a style or script of the review pages."""
        name = request.path_params["name"]
        if name not in (*STYLES, *SCRIPTS):
            raise refuse(404, "没有这个页面")
        return Response(ASSETS.joinpath(name).read_bytes(), media_type=_TYPES[PurePath(name).suffix])

    async def workbook(self, request: Request) -> Response:
        """Give a year's workbook, made anew."""
        name, data = await asyncio.to_thread(self.shelf.workbook, request.path_params["year"])
        return download(data, name, XLSX_TYPE)

    def _listing(self, year: int) -> str:
        shown = self.shelf.shown(year)
        page = list_html(
            shown.yearbook.title,
            shown.listed,
            links=Links(overview=True),
            mode="app",
            token=self.frame.token,
            notes=shown.yearbook.notes,
        )
        return self.frame.framed(page, year)

    def _overview(self, year: int) -> str:
        shown = self.shelf.shown(year)
        links = Links(overview=True)
        token = self.frame.token
        page = overview_html(shown.yearbook, shown.listed, links=links, mode="app", token=token)
        return self.frame.framed(page, year)

    def _report(self, year: int, page: str) -> str:
        shown, listed, place = _found(self.shelf.at_hand(year), page)
        issuer = full_name(listed[place].entry.report)
        shown, listed, place = _found(self.shelf.at_hand(year, issuer), page)
        addresses = [each.address for each in listed]
        names = ["", *(address.rpartition("/")[2] for address in addresses), ""]
        each = listed[place]
        address = each.entry.original
        links = Links(
            root="../",
            previous=names[place],
            following=names[place + 2],
            # What lies in a folder, no page of a site can lead to.
            original=address if address.startswith(("http://", "https://")) else "",
            overview=True,
        )
        html = report_html(
            each.entry,
            each.points,
            names={each.id: each for each in shown.yearbook.indicators},
            links=links,
            mode="app",
            token=self.frame.token,
            address=page,
            aside=self.originals.aside(shown.yearbook, each, links.root),
        )
        return self.frame.framed(html, year)

    def _data(self, year: int) -> str:
        shown = self.shelf.at_hand(year)
        return yearbook_script(shown.yearbook, shown.listed)


def _found(shown: Shown, page: str) -> tuple[Shown, list[ListedReport], int]:
    """Return a year, its reports that have pages, and the place among them of the one that is asked for.

    Raises:
        FaultError: there is none.
    """
    listed = [each for each in shown.listed if each.address]
    for place, each in enumerate(listed):
        if each.address == f"{PAGES}/{page}":
            return shown, listed, place
    raise refuse(404, "没有这份报告的核对页", "请从报告清单打开")
