"""The command of the local web app; only Typer is imported here."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows import manual, storecli
from flows.phrasing import command_of


def add_to(app: typer.Typer) -> None:
    """Add this command to the program's."""
    command_of(app, manual.SERVE, "在浏览器里核对数字，自查待公布的报告。")(serve)


def serve(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="结果文件夹", help="nianbao run 写出结果的文件夹；没有也能自查。", show_default=False
        ),
    ] = None,
    *,
    host: Annotated[
        str, typer.Option("--host", metavar="地址", help="在哪个地址上接受访问；默认只有本机。")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="端口", help="0 为任意空闲端口。")] = 8765,
    token: Annotated[
        str,
        typer.Option(
            "--token", metavar="口令", help="进入用的口令；不写则每次新编一个。", show_default=False
        ),
    ] = "",
    store: storecli.Store = "",
) -> int:
    """Serve the review pages and the self-check."""
    from flows.commands.serve import serve_command

    return serve_command(folder, store=store, host=host, port=port, token=token)
