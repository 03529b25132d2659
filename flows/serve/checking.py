"""What answers for the self-check: a file comes in, its findings are shown, its copy goes out."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from flows.serve.checkpages import result_page, upload_page
from flows.serve.desk import Checked, Desk
from flows.serve.faults import refuse
from flows.serve.pages import Frame
from flows.serve.uploads import Bounds, Queue, name_of_upload, receive
from nianbao.steps import SHANGHAI
from outputs.files import safe_name, whole_file, writable

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FOLDER = "自查"


@dataclass(frozen=True, slots=True)
class CheckRoutes:
    """The self-check's part of the app.

    Args:
        desk: does the work.
        queue: how much of it at once.
        frame: of the pages.
        bounds: of what comes in.
        names: of the indicators by id.
        folder: where a checked file is saved that its user asks to be; None where there is none.
    """

    desk: Desk
    queue: Queue
    frame: Frame
    bounds: Bounds
    names: Mapping[str, str]
    folder: Path | None = None

    def routes(self) -> Iterable[Route]:
        """Yield what answers which address."""
        yield Route("/check", self.upload, methods=["GET"])
        yield Route("/check/{id}", self.result, methods=["GET"])
        yield Route("/check/{id}/annotated.docx", self.annotated, methods=["GET"])
        yield Route("/api/check", self.check, methods=["POST"])
        yield Route("/api/check/{id}/keep", self.keep, methods=["POST"])
        yield Route("/api/check/{id}/drop", self.drop, methods=["POST"])

    async def upload(self, _: Request) -> Response:
        """Show the page on which a file is chosen."""
        return HTMLResponse(upload_page(self.frame, self.bounds.file_bytes))

    async def check(self, request: Request) -> Response:
        """Take a file in and check it; the answer tells where its findings are shown."""
        name = name_of_upload(request)
        async with self.queue.place():
            with self.desk.slot() as file:
                await receive(request, self.bounds.file_bytes, self.bounds.seconds, file.write)
                checked = await asyncio.to_thread(self.desk.check, file, name)
        return JSONResponse({"page": f"/check/{checked.id}", "seconds": round(checked.seconds, 3)})

    async def result(self, request: Request) -> Response:
        """Show what was found."""
        checked = self._found(request)
        folder = str(self.folder / _FOLDER) if self.folder else ""
        return HTMLResponse(await asyncio.to_thread(result_page, self.frame, checked, self.names, folder))

    async def annotated(self, request: Request) -> Response:
        """Give the Word file with its findings as comments."""
        checked = self._found(request)
        data = await asyncio.to_thread(checked.annotated)
        return download(data, f"{PurePath(checked.name).stem}（批注）.docx", DOCX_TYPE)

    async def keep(self, request: Request) -> Response:
        """Save a file and its annotated copy, because its user asks for it, and tell where."""
        checked = self._found(request)
        if self.folder is None:
            raise refuse(409, "没有结果文件夹，不能保存", "请下载批注稿")
        place = await asyncio.to_thread(_save, checked, self.folder / _FOLDER)
        return JSONResponse({"told": f"已保存到：{place}"})

    async def drop(self, request: Request) -> Response:
        """Forget a file at once."""
        self.desk.drop(request.path_params["id"])
        return JSONResponse({"page": "/check"})

    def _found(self, request: Request) -> Checked:
        return self.desk.found(request.path_params["id"])


def download(data: bytes, name: str, media_type: str) -> Response:
    """Return bytes to be saved under a name, whatever characters it has."""
    # Old browsers get a plain name; the others the real one.
    told = f"attachment; filename=\"nianbao{PurePath(name).suffix}\"; filename*=UTF-8''{quote(name, safe='')}"
    return Response(data, media_type=media_type, headers={"content-disposition": told})


def _save(checked: Checked, folder: Path) -> Path:
    """Write a file, and its annotated copy where it has one, below a folder; return where.

    Raises:
        PublishError: it can't be written.
    """
    name = PurePath(checked.name)
    moment = datetime.now(SHANGHAI)
    place = folder / f"{moment:%Y%m%d-%H%M%S} {safe_name(name.stem, '报告')}"
    files = {f"原件{name.suffix.lower()}": checked.data}
    if checked.can_be_annotated:
        files["批注稿.docx"] = checked.annotated()
    for called, data in files.items():
        path = place / called
        with writable(path, "自查的文件", " Word 或 WPS"), whole_file(path) as draft:
            draft.write_bytes(data)
    return place
