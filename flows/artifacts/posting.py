"""Puts what a run came to into Prefect's pages: tables, a link a file, and the summary that leads to them."""

from __future__ import annotations

from pathlib import Path
from typing import cast
from uuid import UUID

import httpx
from prefect.artifacts import create_link_artifact, create_markdown_artifact, create_table_artifact
from prefect.exceptions import PrefectException
from prefect.logging import get_run_logger
from prefect.settings import PREFECT_UI_URL

from flows.artifacts.files import Folders, digest_of
from flows.artifacts.markdown import as_code, plain_markdown
from flows.artifacts.page import page_of
from flows.artifacts.tables import Table, tables_of
from flows.request import Request
from flows.summary import Summary
from flows.unchanged import folder_of

# A plugin may publish any number of files; the summary names them all.
_MOST_FILES = 30


def post(summary: Summary, request: Request, label: str) -> None:
    """Make a run's artifacts, and write into its log where the summary is.

    What was published stands whether Prefect can be told or not, so that a server that is away costs a line.

    Args:
        summary: of the run.
        request: what it was asked.
        label: what it is called after.
    """
    log = get_run_logger()
    try:
        address = _post(summary, request, label)
    except (httpx.HTTPError, PrefectException) as error:
        log.warning("结果没有写进 Prefect 的页面：%s", error)
        return
    if address:
        log.info("本次运行的结果：%s", address)


def key_of(name: str, label: str, request: Request) -> str:
    """Return an artifact's key: the same for all runs of one place and year, and of no others.

    Args:
        name: of the artifact, in lower-case letters.
        label: what the place is called.
        request: of a run; the place is told by the folder of its results, too.
    """
    return f"nianbao-{name}-{digest_of(label, folder_of(request))}-{request.year or 'all'}"


def _post(summary: Summary, request: Request, label: str) -> str:
    folders = Folders(request.source, request.out, request.results_url)
    tables = {
        table.title: _table(table, key_of(table.name, label, request))
        for table in tables_of(summary, folders)
    }
    for path in summary.written[:_MOST_FILES]:
        key = key_of(f"file-{folders.digest(path)}", label, request)
        _file(path, folders, key)
    # The same from both of Prefect's two sets of pages.
    addresses = {title: f"../artifact/{made}" for title, made in tables.items()}
    page = page_of(summary, folders, label, addresses)
    made = create_markdown_artifact(
        page, key=key_of("summary", label, request), description="总结（先看这一页）"
    )
    pages = PREFECT_UI_URL.value()
    return f"{pages.rstrip('/')}/artifacts/artifact/{made}" if pages else ""


def _table(table: Table, key: str) -> UUID:
    told = plain_markdown(f"{table.title}：{table.told}")
    return cast("UUID", create_table_artifact(list(table.rows), key=key, description=told))


def _file(path: Path, folders: Folders, key: str) -> None:
    name, address = plain_markdown(folders.name(path)), folders.address(path)
    told = f"结果文件：{name}"
    if address:
        create_link_artifact(address, name, key=key, description=told)
    else:
        # Browsers open no file of the machine from a page that came over the network.
        create_markdown_artifact(as_code(str(path.absolute())), key=key, description=told)
