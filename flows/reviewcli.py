"""The commands about what reviewers settled; only Typer is imported here."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows import manual
from flows.phrasing import command_of, new_group
from flows.storecli import Store

_review = new_group()


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program's."""
    app.add_typer(_review, name="review", help="核对记录：导入、查看、撤销和导出。")


@command_of(_review, manual.REVIEW_IMPORT, "导入核对页上保存的核对记录。", name="import")
def review_import(
    paths: Annotated[list[Path], typer.Argument(metavar="文件", help="核对记录，可以写几个。")],
    store: Store = "",
) -> int:
    """Enter what reviewers decided."""
    from flows.commands.review import import_command

    return import_command(paths, store)


@command_of(_review, manual.REVIEW_LIST, "列出认可过的数字、问题和原文数字。", name="list")
def review_list(store: Store = "") -> int:
    """List what was accepted."""
    from flows.commands.review import list_command

    return list_command(store)


@command_of(_review, manual.REVIEW_WITHDRAW, "撤销一条认可。", name="withdraw")
def review_withdraw(
    number: Annotated[int, typer.Argument(metavar="编号", help="认可的编号。")],
    *,
    person: Annotated[str, typer.Option("--by", metavar="姓名", help="谁撤销的。", show_default=False)],
    reason: Annotated[
        str, typer.Option("--reason", metavar="理由", help="为什么撤销；可以不写。", show_default=False)
    ] = "",
    store: Store = "",
) -> int:
    """Take an acceptance back."""
    from flows.commands.review import withdraw_command

    return withdraw_command(number, person, reason, store)


@command_of(_review, manual.REVIEW_EXPORT, "把认可过的写成 YAML。", name="export")
def review_export(
    path: Annotated[Path, typer.Argument(metavar="文件", help="写到哪个文件；- 为屏幕。")], store: Store = ""
) -> int:
    """Write what was accepted down."""
    from flows.commands.review import export_command

    return export_command(path, store)
