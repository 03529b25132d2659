"""The command line; only Typer is imported here, so that help comes at once."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import Annotated, Self

import typer
from typer.exceptions import TyperException

from flows import manual, operatingcli, plugincli, reviewcli, runcli, servecli, sitecli, storecli
from flows.phrasing import command_of, new_group, usage_error
from flows.stopping import StoppedError
from nianbao.errors import NianbaoError, UsageError

STOPPED = 130

app = new_group(add_completion=False, pretty_exceptions_enable=False)
plugins_app = new_group()
_Paths = Annotated[list[str], typer.Argument(metavar="文件或文件夹", help="可以写几个，用空格隔开。")]
_AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON，每份报告一行，供程序使用。")]


_command = partial(command_of, app)
app.add_typer(plugins_app, name="plugins", help="查看已安装的插件。")


def _version(wanted: bool) -> None:
    if wanted:
        from nianbao.manager import our_version

        typer.echo(f"nianbao {our_version()}")
        raise typer.Exit


@app.callback(help="读取各地的法治政府建设年度报告，汇总成一本工作簿，其中每个数字都能查回报告里的原句。")
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本号。")
    ] = False,
) -> None:
    """Hold the options of the program itself."""


runcli.add_to(app)


@_command(manual.EXTRACT, "把报告逐份读成 JSON，供程序使用。")
def extract(
    paths: _Paths,
    year: Annotated[
        int | None,
        typer.Option("--year", "-y", metavar="年份", help="只要这一年度的报告。", show_default=False),
    ] = None,
    region: runcli.Region = "",
    with_text: Annotated[bool, typer.Option("--with-text", help="连同报告全文一起输出。")] = False,
) -> int:
    """Print reports as JSON lines."""
    from flows.commands.extract import extract_command

    return extract_command(paths, year, region, with_text=with_text)


@_command(manual.READ, "把文件读成带位置的文字，便于核对。")
def read(
    paths: _Paths,
    text: Annotated[bool, typer.Option("--text", help="只输出全文，不带位置，便于比较。")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON，每份文件一行，供程序使用。")] = False,
) -> int:
    """Print files as text with places."""
    from flows.commands.read import read_command

    return read_command(paths, text=text, as_json=as_json)


@_command(manual.IDENTIFY, "辨认每份文件是谁的、哪一年的报告。")
def identify(
    paths: _Paths,
    why: Annotated[
        bool, typer.Option("--why", help="列出每一项的依据、原文、不同的说法，以及各级标题。")
    ] = False,
    as_json: _AsJson = False,
) -> int:
    """Print who and when each report is from."""
    from flows.commands.identify import identify_command

    return identify_command(paths, why=why, as_json=as_json)


@_command(manual.EXPLAIN, "说明某个指标的数字从哪里来，为什么。")
def explain(
    report: Annotated[str, typer.Argument(metavar="报告", help="一份文件。")],
    indicator: Annotated[str, typer.Argument(metavar="指标", help="名称或代号。")],
    as_json: _AsJson = False,
) -> int:
    """Print why an indicator has its figure."""
    from flows.commands.explain import explain_command

    return explain_command(report, indicator, as_json=as_json)


@_command(manual.EVALUATE, "与标准答案比较，看读得准不准。")
def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="标准答案", help="JSON 文件，每行一份报告的答案。")],
    paths: Annotated[list[str], typer.Argument(metavar="报告位置", help="可以写几个，用空格隔开。")],
    gallery: Annotated[
        Path | None,
        typer.Option("--gallery", metavar="文件", help="把错处连同原句和原因写成网页。", show_default=False),
    ] = None,
    save: Annotated[
        Path | None,
        typer.Option("--save", metavar="文件", help="存下这次的成绩，供以后比较。", show_default=False),
    ] = None,
    compare: Annotated[
        Path | None,
        typer.Option("--compare", metavar="文件", help="与以前存下的成绩比较。", show_default=False),
    ] = None,
) -> int:
    """Print how well reports are read."""
    from flows.commands.evaluate import evaluate_command

    return evaluate_command(gold, paths, gallery=gallery, save=save, earlier=compare)


@_command(manual.CHECK, "在公布之前检查报告，指出要改的地方。")
def check(
    paths: _Paths,
    annotate: Annotated[
        Path | None,
        typer.Option(
            "--annotate",
            metavar="文件夹",
            help="把问题作为批注写进 .docx 的副本，放到这个文件夹；原件不动。",
            show_default=False,
        ),
    ] = None,
    region: runcli.Region = "",
    as_json: _AsJson = False,
    waivers: runcli.Waivers = None,
) -> int:
    """Print what to mend in reports."""
    from flows.commands.check import check_command

    return check_command(paths, region, annotate=annotate, as_json=as_json, waivers=waivers)


@command_of(plugins_app, manual.PLUGINS, "列出插件及其状态。", name="list")
def plugins_list(
    check: Annotated[bool, typer.Option("--check", help="有插件装载失败时，以状态 1 结束。")] = False,
) -> int:
    """List the plugins."""
    from flows.commands.plugins import plugins_command

    return plugins_command(check=check)


plugincli.add_to(app)
reviewcli.add_to(app)
servecli.add_to(app)
sitecli.add_to(app)
storecli.add_to(app)
operatingcli.add_to(app)


class _Verdict:
    """Turns whatever ends a command into one line on standard error and an exit status."""

    status = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if error is None or isinstance(error, SystemExit):
            return False
        self.status = _explain(error)
        return True


def _explain(error: BaseException) -> int:
    """Tell the user what ended the command; return the exit status."""
    if isinstance(error, TyperException):
        # Help that was asked for by giving nothing at all is no error line.
        if type(error).__name__ == "NoArgsIsHelpError":
            typer.echo(error.format_message(), err=True)
        else:
            typer.echo(f"错误：{usage_error(error)}", err=True)
        return 2
    if isinstance(error, StoppedError):
        typer.echo(str(error), err=True)
        return STOPPED
    if isinstance(error, NianbaoError):
        typer.echo(f"错误：{error}", err=True)
        return 2 if isinstance(error, UsageError) else 3
    traceback.print_exception(error)
    typer.echo(f"错误：程序内部出错（{type(error).__name__}），请把以上内容发给维护者。", err=True)
    return 3


def main(arguments: Sequence[str] | None = None, program: typer.Typer = app, name: str = "nianbao") -> int:
    """Run a command line.

    Args:
        arguments: what follows its name; None for those of this process.
        program: ours, or another one that ends the same way.
        name: what it is called by.

    Returns:
        The exit status: 0 done, 1 partial, 2 wrong usage, 3 failed, 130 stopped.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A file's name may hold what a Windows console's code page can't show.
            stream.reconfigure(errors="replace")
    with _Verdict() as verdict:
        # A Ctrl-C that no command turned into a StoppedError is returned by Typer as 130.
        verdict.status = program(arguments, prog_name=name, standalone_mode=False) or 0
    return verdict.status


if __name__ == "__main__":
    sys.exit(main())
