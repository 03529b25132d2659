"""The commands about what a store keeps; only Typer is imported here."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows import manual
from flows.phrasing import command_of, new_group
from nianbao.errors import UsageError

Store = Annotated[
    str,
    typer.Option(
        "--store",
        metavar="文件",
        help=manual.STORE,
        show_default=False,
    ),
]
_Archive = Annotated[
    str,
    typer.Option(
        "--archive",
        metavar="文件夹",
        help=manual.ARCHIVE,
        show_default=False,
    ),
]
_corrections = new_group()
_waivers = new_group()
_whole = new_group()


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program's."""
    command_of(app, manual.STATUS, "查看各年度、各县区的文件处理到了哪一步。")(status)
    command_of(app, manual.CORRECT, "登记一条更正。")(correct)
    command_of(app, manual.DIFF, "比较两次结果：哪些数字变了，为什么。")(diff)
    command_of(app, manual.FORM, "用读出的数字填好自己的表格。")(form)
    command_of(app, manual.RUNS, "列出最近的运行。")(runs)
    app.add_typer(_corrections, name="corrections", help="更正台账：查看、导入和导出。")
    app.add_typer(_waivers, name="waivers", help="豁免：查看、导入、导出和撤销。")
    app.add_typer(_whole, name="store", help="数据库：核对、导出和导入。")


def status(
    source: Annotated[
        str,
        typer.Argument(
            metavar="报告位置", help="与这里现有的文件比较；不写则只看数据库。站点配置和名录则看各网站。"
        ),
    ] = "",
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="输出 JSON，每行一个年度和县区，或一个网站。")
    ] = False,
    page: Annotated[
        Path | None,
        typer.Option("--page", metavar="文件", help="把各网站的情况写成网页。", show_default=False),
    ] = None,
    store: Store = "",
) -> int:
    """Print how the files stand, or the sites."""
    from flows.commands.sitestatus import has_sites, sites_command
    from flows.commands.status import status_command

    if has_sites(source):
        return sites_command(source, store, as_json=as_json, page=page)
    if page is not None:
        raise UsageError("只有站点配置和名录才有网页", where="--page", hint="例如 nianbao status 岚溪县.yml")

    return status_command(source, store, as_json=as_json)


def correct(
    issuer: Annotated[str, typer.Argument(metavar="单位", help="哪个单位的报告。")],
    year: Annotated[int, typer.Argument(metavar="年度", help="报告的年度，如 2023。")],
    indicator: Annotated[str, typer.Argument(metavar="指标", help="名称或代号。")],
    value: Annotated[str, typer.Argument(metavar="数值", help="正确的数；或“未提及”“撤销”。")],
    *,
    reason: Annotated[str, typer.Option("--reason", metavar="理由", help="为什么更正。", show_default=False)],
    person: Annotated[str, typer.Option("--by", metavar="姓名", help="谁更正的。", show_default=False)],
    store: Store = "",
) -> int:
    """Enter a correction."""
    from flows.commands.corrections import correct_command

    return correct_command(issuer, year, indicator, value, reason=reason, person=person, store=store)


def form(
    template: Annotated[Path, typer.Argument(metavar="表格", help="要填的 .xlsx 文件；它本身不改。")],
    *,
    year: Annotated[
        int, typer.Option("--year", "-y", metavar="年份", help="填哪一年度。", show_default=False)
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="文件", help="填好的写到哪里。", show_default=False)
    ],
    store: Store = "",
) -> int:
    """Fill a form."""
    from flows.commands.form import form_command

    return form_command(template, out, year, store)


def runs(
    *,
    whole: Annotated[bool, typer.Option("--all", help="全部列出。")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON，每次运行一行，供程序使用。")] = False,
    store: Store = "",
) -> int:
    """Print the runs of a store."""
    from flows.commands.runs import runs_command

    return runs_command(store, whole=whole, as_json=as_json)


def diff(
    before: Annotated[str, typer.Argument(metavar="前", help="运行编号，或工作簿。")] = "last~1",
    after: Annotated[str, typer.Argument(metavar="后", help="运行编号，或工作簿。")] = "last",
    *,
    whole: Annotated[bool, typer.Option("--all", help="全部列出，不管有多少。")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON，供程序使用。")] = False,
    check: Annotated[bool, typer.Option("--check", help="有变动时以状态 1 结束。")] = False,
    store: Store = "",
) -> int:
    """Print what changed between two runs."""
    from flows.commands.diff import diff_command

    return diff_command(before, after, store=store, whole=whole, as_json=as_json, check=check)


@command_of(_corrections, manual.CORRECTIONS_LIST, "列出现行的更正。", name="list")
def corrections_list(store: Store = "") -> int:
    """List the corrections."""
    from flows.commands.corrections import list_command

    return list_command(store)


@command_of(_corrections, manual.CORRECTIONS_IMPORT, "从工作簿或清单导入更正。", name="import")
def corrections_import(
    path: Annotated[Path, typer.Argument(metavar="文件", help="工作簿，或更正清单。")], store: Store = ""
) -> int:
    """Enter the corrections of a file."""
    from flows.commands.corrections import import_command

    return import_command(path, store)


@command_of(_corrections, manual.CORRECTIONS_EXPORT, "把现行的更正写成 YAML。", name="export")
def corrections_export(
    path: Annotated[Path, typer.Argument(metavar="文件", help="写到哪个文件；- 为屏幕。")], store: Store = ""
) -> int:
    """Write the corrections down."""
    from flows.commands.corrections import export_command

    return export_command(path, store)


@command_of(_waivers, manual.WAIVERS_LIST, "列出数据库里的豁免。", name="list")
def waivers_list(store: Store = "") -> int:
    """List the waivers."""
    from flows.commands.waivers import list_command

    return list_command(store)


@command_of(_waivers, manual.WAIVERS_IMPORT, "从工作簿或清单导入豁免。", name="import")
def waivers_import(
    path: Annotated[Path, typer.Argument(metavar="文件", help="工作簿，或豁免清单。")], store: Store = ""
) -> int:
    """Enter the waivers of a file."""
    from flows.commands.waivers import import_command

    return import_command(path, store)


@command_of(_waivers, manual.WAIVERS_EXPORT, "把数据库里的豁免写成 YAML。", name="export")
def waivers_export(
    path: Annotated[Path, typer.Argument(metavar="文件", help="写到哪个文件；- 为屏幕。")], store: Store = ""
) -> int:
    """Write the waivers down."""
    from flows.commands.waivers import export_command

    return export_command(path, store)


@command_of(_waivers, manual.WAIVERS_WITHDRAW, "撤销一条豁免。", name="withdraw")
def waivers_withdraw(
    number: Annotated[int, typer.Argument(metavar="编号", help="豁免的编号。")],
    *,
    person: Annotated[str, typer.Option("--by", metavar="姓名", help="谁撤销的。", show_default=False)],
    reason: Annotated[
        str, typer.Option("--reason", metavar="理由", help="为什么撤销；可以不写。", show_default=False)
    ] = "",
    store: Store = "",
) -> int:
    """Take a waiver back."""
    from flows.commands.waivers import withdraw_command

    return withdraw_command(number, person, reason, store)


@command_of(_whole, manual.STORE_VERIFY, "核对数据库和原件是否完好。", name="verify")
def store_verify(store: Store = "", archive: _Archive = "") -> int:
    """Check a store."""
    from flows.commands.store import verify_command

    return verify_command(store, archive)


@command_of(_whole, manual.STORE_EXPORT, "把数据库和原件写成一个文件。", name="export")
def store_export(
    path: Annotated[Path, typer.Argument(metavar="文件", help="写到哪个文件，如 备份.zip。")],
    store: Store = "",
    archive: _Archive = "",
) -> int:
    """Write a store into one file."""
    from flows.commands.store import export_command

    return export_command(path, store, archive)


@command_of(_whole, manual.STORE_IMPORT, "把导出的文件读入新的数据库。", name="import")
def store_import(
    path: Annotated[Path, typer.Argument(metavar="文件", help="导出的文件。")],
    store: Store = "",
    archive: _Archive = "",
) -> int:
    """Fill an empty store from a file."""
    from flows.commands.store import import_command

    return import_command(path, store, archive)
