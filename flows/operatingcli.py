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
        help="口令、运行历史和日志放在哪里。",
        show_default=False,
    ),
]


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program's."""
    command_of(app, manual.SERVER, "启动运行服务：网页、定时任务和工作进程。")(server)
    command_of(app, manual.DEPLOY, "把定时任务部署到运行服务。")(deploy)
    command_of(app, manual.NOTIFY, "查看通知发到哪里，试发一条。")(notify)


def server(
    port: Annotated[int, typer.Option("--port", metavar="端口", help="网页和接口的端口。")] = 4200,
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


def deploy(
    source: Annotated[
        str, typer.Argument(metavar="报告位置", help="放报告的文件夹，一个文件，站点配置，或名录。")
    ],
    out: Annotated[
        Path,
        typer.Option("--out", "-o", metavar="文件夹", help="结果写到哪里；没有就新建。", show_default=False),
    ],
    name: Annotated[
        str,
        typer.Option(
            "--name",
            metavar="名称",
            help="任务的名称，如 岚溪县；不写则用县区或报告位置的名称。",
            show_default=False,
        ),
    ] = "",
    *,
    county: Annotated[
        str,
        typer.Option("--county", metavar="县区", help="以这个县区的各乡镇街道为名单。", show_default=False),
    ] = "",
    roster: Annotated[
        Path | None,
        typer.Option("--roster", metavar="文件", help="应报单位名单，用来查出谁还未报。", show_default=False),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option("--file", metavar="文件", help="自己的部署文件，用来改时间等。", show_default=False),
    ] = None,
    folder: _Folder = None,
) -> int:
    """Deploy the flows for one place."""
    from flows.commands.deploy import deploy_command

    return deploy_command(source, out, name=name, county=county, roster=roster, file=file, folder=folder)


def notify(
    *,
    test: Annotated[bool, typer.Option("--test", help="向每个地址发一条测试消息，看是否送达。")] = False,
) -> int:
    """Show where notices go."""
    from flows.commands.notify import notify_command

    return notify_command(test=test)
