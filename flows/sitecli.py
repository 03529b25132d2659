"""The commands about profiles of sites; only Typer is imported here."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows import manual
from flows.phrasing import command_of, new_group

_sources = new_group()


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program's."""
    app.add_typer(_sources, name="sources", help="站点配置：试一次，或起草一份。")


@command_of(_sources, manual.SOURCES_CHECK, "试一次站点配置，看选择器读到什么。", name="check")
def check(
    profiles: Annotated[
        list[Path],
        typer.Argument(metavar="站点配置", help="可以写几个，用空格隔开；也可以写地区，用其插件带的。"),
    ],
    *,
    year: Annotated[
        int | None,
        typer.Option("--year", "-y", metavar="年份", help="只看这一年度的起始页和标题。", show_default=False),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON，每个网站一行，供程序使用。")] = False,
) -> int:
    """Look at the sites of profiles once."""
    from flows.commands.sources import check_command

    return check_command(profiles, year, as_json=as_json)


@command_of(_sources, manual.SOURCES_NEW, "由一个列表页起草站点配置。", name="new")
def new(
    page: Annotated[str, typer.Argument(metavar="网址或网页", help="列表页的网址，或存下来的文件。")],
    *,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", metavar="文件", help="配置写到哪里；不写则为 地区名称.yml。", show_default=False
        ),
    ] = None,
    address: Annotated[
        str,
        typer.Option(
            "--address",
            metavar="网址",
            help="存下来的网页原来的网址；网页里写着的可以不写。",
            show_default=False,
        ),
    ] = "",
    region: Annotated[
        str,
        typer.Option(
            "--region", metavar="地区", help="区划代码，或名称；不写则从网页上猜。", show_default=False
        ),
    ] = "",
    name: Annotated[
        str,
        typer.Option("--name", metavar="名称", help="地区的名称；不写则用区划表里的。", show_default=False),
    ] = "",
    browser: Annotated[
        bool, typer.Option("--browser", help="列表只有浏览器才能显示：写上 browser: true。")
    ] = False,
    allow_private: Annotated[bool, typer.Option("--allow-private", help="只供测试：允许内网地址。")] = False,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的文件。")] = False,
) -> int:
    """Draft a profile from a list page."""
    from flows.commands.drafting import new_command

    return new_command(
        page,
        out,
        address=address,
        region=region,
        name=name,
        browser=browser,
        allow_private=allow_private,
        force=force,
    )
