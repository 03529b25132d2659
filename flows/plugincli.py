"""The commands for authors of plugins; only Typer is imported here."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows import manual
from flows.phrasing import command_of, new_group

_plugin = new_group()
_Plugin = Annotated[str, typer.Argument(metavar="插件", help="插件的文件夹，或已安装的名称。")]


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program's."""
    app.add_typer(_plugin, name="plugin", help="编写插件：起草、测试、更新预期。")


@command_of(_plugin, manual.PLUGIN_NEW, "起草一个地区插件。", name="new")
def new(
    region: Annotated[str, typer.Argument(metavar="地区", help="名称，如 浙江；从报告起草时可以不写。")] = "",
    *,
    out: Annotated[
        Path,
        typer.Option("--out", "-o", metavar="文件夹", help="写在哪个文件夹里。", show_default="当前文件夹"),
    ] = Path(),
    code: Annotated[
        str,
        typer.Option("--code", metavar="代码", help="区划代码；同名的不止一处时要写。", show_default=False),
    ] = "",
    module: Annotated[
        str,
        typer.Option(
            "--module", metavar="拼写", help="名称的拉丁字母拼写；不写则按读音。", show_default=False
        ),
    ] = "",
    from_file: Annotated[
        str,
        typer.Option(
            "--from-file",
            metavar="报告",
            help="从一份报告起草：猜地区和各部分，建议指标卡。",
            show_default=False,
        ),
    ] = "",
    from_page: Annotated[
        str,
        typer.Option(
            "--from-page",
            metavar="网页",
            help="从报告的网页起草：网址，或存下的网页。",
            show_default=False,
        ),
    ] = "",
) -> int:
    """Write a plugin's scaffold."""
    from flows.commands.plugindraft import new_command

    return new_command(region, out, code=code, module=module, from_file=from_file, from_page=from_page)


@command_of(_plugin, manual.PLUGIN_TEST, "对一个插件做规范测试。", name="test")
def test(plugin: _Plugin) -> int:
    """Run the conformance suite."""
    from flows.commands.plugin import test_command

    return test_command(plugin)


@command_of(_plugin, manual.PLUGIN_ACCEPT, "写出或更新示例报告的预期。", name="accept")
def accept(
    plugin: Annotated[str, typer.Argument(metavar="文件夹", help="插件的文件夹。")],
    *,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="不再询问，直接写。")] = False,
) -> int:
    """Write the expected readings of golden reports."""
    from flows.commands.plugin import accept_command

    return accept_command(plugin, yes=yes)
