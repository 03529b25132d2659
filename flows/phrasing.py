"""Typer's help and usage errors, in Chinese."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from typing import Any

from typer import Typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

OPTIONS = "[选项]"
COMMANDS = "命令 …"


class _InChinese:
    """What commands and groups share: the usage line, the help option and the panels' titles."""

    def get_help_option(self, ctx: Any) -> Any:
        """Return the `--help` option with its help in Chinese."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "显示这段说明。"
        return option

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the usage line."""
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]
        plain = " ".join(pieces).translate({ord("{"): None, ord("}"): None}).replace("...", " …")
        formatter.write_usage(ctx.command_path, plain, prefix="用法：")

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the whole help; rich comes in here and not before."""
        from typer import rich_utils

        rich_utils.ARGUMENTS_PANEL_TITLE = "参数"
        rich_utils.OPTIONS_PANEL_TITLE = "选项"
        rich_utils.COMMANDS_PANEL_TITLE = "命令"
        rich_utils.DEFAULT_STRING = "[默认：{}]"
        rich_utils.REQUIRED_LONG_STRING = "[必填]"
        for parameter in self.get_params(ctx):  # type: ignore[attr-defined]
            if parameter.metavar is None or parameter.param_type_name == "argument":
                # Else Typer shows Python's type, which tells a clerk nothing.
                parameter.display_type_rich = _no_type
        super().format_help(ctx, formatter)  # type: ignore[misc]


def _no_type(ctx: Any) -> None:
    """Stand in for the type of a parameter."""


class ChineseCommand(_InChinese, TyperCommand):
    """A command whose help is in Chinese."""


class ChineseGroup(_InChinese, TyperGroup):
    """A group of commands whose help is in Chinese."""


def new_group(**options: Any) -> Typer:
    """Return a command line, or a part of one, that speaks Chinese.

    Args:
        options: further ones of Typer's own.
    """
    return Typer(
        cls=ChineseGroup,
        no_args_is_help=True,
        rich_markup_mode="rich",
        options_metavar=OPTIONS,
        subcommand_metavar=COMMANDS,
        **options,
    )


def command_of(
    app: Typer, told: str, short: str, *, name: str | None = None
) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Return what makes a function a command, with its help in full and in one line."""
    return app.command(name, cls=ChineseCommand, options_metavar=OPTIONS, help=told, short_help=short)


def usage_error(error: TyperException) -> str:
    """Return one line for what Typer found wrong with a call, with where to read on.

    The kinds of Typer's errors are known by name: their classes are private to it.
    """
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "nianbao"
    return f"{_what(error)}（用法见 {path} --help）"


def _what(error: TyperException) -> str:
    name = _parameter_name(error)
    match type(error).__name__:
        case "MissingParameter":
            return f"缺少{name}"
        case "NoSuchOption":
            told = getattr(error, "option_name", "")
            near = get_close_matches(told, getattr(error, "possibilities", None) or (), n=1)
            return f"没有选项 {told}{f'，是不是 {near[0]}？' if near else ''}"
        case "BadOptionUsage":
            return f"选项 {getattr(error, 'option_name', '')} 后面缺少值"
        case "BadParameter":
            return f"{name} 的值不对{'，应为整数' if 'integer' in error.message else ''}"
    return _other(error)


def _other(error: TyperException) -> str:
    message = error.message
    if message.startswith("No such command"):
        known = "、".join(getattr(getattr(error, "cmd", None), "commands", ()))
        asked = message.split("'")[1] if "'" in message else ""
        return f"没有命令 {asked}，可用的命令：{known}"
    if message.startswith("Missing command"):
        known = "、".join(getattr(getattr(error, "cmd", None), "commands", ()))
        return f"缺少命令，可用的命令：{known}"
    if message.startswith("Got unexpected extra argument"):
        return f"多余的参数 {message[message.rfind('(') + 1 : message.rfind(')')]}"
    return f"命令写得不对：{message}"


def _parameter_name(error: TyperException) -> str:
    parameter: Any = getattr(error, "param", None)
    if parameter is None:
        return "参数"
    if parameter.param_type_name == "argument":
        return f"参数“{parameter.metavar or parameter.name}”"
    return f"选项 {max(parameter.opts, key=len)}"
