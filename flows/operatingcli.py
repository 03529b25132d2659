"""The commands of an operator; only Typer is imported here."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows import manual
from flows.phrasing import command_of

_Folder = Annotated[
    Path | None,
    typer.Option(
        "--folder",
        metavar="文件夹",
        help="存放口令、运行历史和日志；默认是设置里的，或用户的数据文件夹。",
        show_default=False,
    ),
]


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program's."""
    command_of(app, manual.SERVER, "启动运行服务：网页、定时任务和工作进程。")(server)


def server(
    port: Annotated[
        int, typer.Option("--port", metavar="端口", help="网页和接口的端口。")
    ] = 4200,
    folder: _Folder = None,
    database: Annotated[
        str,
        typer.Option(
            "--database",
            metavar="地址",
            help="存放运行历史的 PostgreSQL，如 postgresql://用户:口令@主机/数据库。",
            show_default=False,
        ),
    ] = "",
    runs: Annotated[
        int,
        typer.Option("--runs", metavar="个数", help="最多同时运行几个任务。"),
    ] = 2,
) -> int:
    """Start the operator's server."""
    from flows.commands.server import server_command

    return server_command(port, folder, database, runs)
