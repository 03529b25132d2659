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
    profiles: Annotated[list[Path], typer.Argument(metavar="站点配置", help="可以写几个，用空格隔开。")],
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
