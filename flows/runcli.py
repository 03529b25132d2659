"""The command that makes the yearly results; only Typer is imported here."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows import manual, storecli
from flows.phrasing import command_of

Waivers = Annotated[
    Path | None,
    typer.Option(
        "--waivers",
        metavar="文件",
        help="豁免清单，或填了豁免理由的工作簿； 只用于这一次。",
        show_default=False,
    ),
]
Region = Annotated[
    str,
    typer.Option("--region", metavar="地区", help="按这个地区的插件：名称或区划代码。", show_default=False),
]


def add_to(app: typer.Typer) -> None:
    """Add this command to the program's."""
    command_of(app, manual.RUN, "把一个文件夹的报告汇总成年度工作簿。")(run)


def run(
    source: Annotated[
        str, typer.Argument(metavar="报告位置", help="放报告的文件夹，一个文件，站点配置，或名录。")
    ],
    out: Annotated[
        Path,
        typer.Option("--out", "-o", metavar="文件夹", help="结果写到哪里；没有就新建。", show_default=False),
    ],
    year: Annotated[
        int | None,
        typer.Option(
            "--year", "-y", metavar="年份", help="只汇总这一年度；不写则各年度各出一本。", show_default=False
        ),
    ] = None,
    *,
    roster: Annotated[
        Path | None,
        typer.Option("--roster", metavar="文件", help="应报单位名单，用来查出谁还未报。", show_default=False),
    ] = None,
    county: Annotated[
        str,
        typer.Option(
            "--county",
            metavar="县区",
            help="没有名单时，以这个县区的各乡镇街道为名单。",
            show_default=False,
        ),
    ] = "",
    waivers: Waivers = None,
    region: Region = "",
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers", metavar="个数", help="同时用几个进程读取；不写则自动决定。", show_default=False
        ),
    ] = None,
    store: storecli.Store = "",
    wait: Annotated[
        bool, typer.Option("--wait", help="另一次运行正在使用同一个数据库时， 等它结束。")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="全部重新读取和汇总，不管有没有变动。")] = False,
    publish: Annotated[
        str,
        typer.Option(
            "--publish",
            metavar="名称",
            help="写出什么：工作簿、数据集、通报；默认是工作簿。",
            show_default=False,
        ),
    ] = "",
    no_mask: Annotated[
        bool, typer.Option("--no-mask", help="不遮盖引文里的姓名、身份证号和电话号码。")
    ] = False,
    only_failed: Annotated[
        bool, typer.Option("--only-failed", help="只重新处理上次没有读成的文件。")
    ] = False,
    engine: Annotated[
        str,
        typer.Option(
            "--engine",
            metavar="引擎",
            help="在哪里读取：processes、serial、dask 或 dask=地址；默认是本机的几个进程。",
            show_default=False,
        ),
    ] = "",
) -> int:
    """Make the workbooks of a folder of reports."""
    from flows.commands.run import run_command

    return run_command(
        source,
        out,
        year,
        roster=roster,
        county=county,
        waivers=waivers,
        workers=workers,
        store=store,
        wait=wait,
        force=force,
        only_failed=only_failed,
        region=region,
        publish=publish,
        mask=not no_mask,
        engine=engine,
    )
