"""What the commands have in common by which people enter things into a store: corrections and waivers."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn, TypeVar

from nianbao.errors import UsageError
from nianbao.steps import SHANGHAI

Each = TypeVar("Each")


def today() -> date:
    """Return the day in China."""
    return datetime.now(SHANGHAI).date()


def name_of_person(told: str) -> str:
    """Return who enters something.

    Raises:
        UsageError: nobody is named.
    """
    if not told.strip():
        raise UsageError("没有写明是谁登记的", where="--by", hint="请写 --by 姓名")
    return told.strip()


def refuse_list(path: Path, faults: Sequence[str]) -> NoReturn:
    """Tell all faults of a list, of which nothing is entered.

    Raises:
        UsageError: with the last of them.
    """
    for line in faults[:-1]:
        warn(f"错误：{line}")
    raise UsageError(
        f"{faults[-1]}。共 {len(faults)} 处填写有误，一条也没有登记", where=str(path), hint="请改正后重新导入"
    )


def of_number(
    number: int, standing: Mapping[int, Each], known: Collection[int], called: str, lists: str
) -> Each:
    """Return the entry of a number, to be taken back.

    Args:
        number: of the entry in the store.
        standing: those that stand, by their numbers.
        known: the numbers of all that were ever entered.
        called: what such an entry is called, in Chinese.
        lists: the command that lists them.

    Raises:
        UsageError: none of that number stands.
    """
    if number not in standing:
        gone = "已经撤销，或已由后来登记的代替" if number in known else f"没有这个编号的{called}"
        raise UsageError(gone, where=f"第{number}号", hint=f"现有的请看 {lists}")
    return standing[number]


def write_list(path: Path, text: str, told: str) -> None:
    """Write a list that `import` takes; `-` is the standard output.

    Args:
        path: of the file.
        text: the list.
        told: what is in it, in Chinese.

    Raises:
        UsageError: the file can't be written.
    """
    if str(path) == "-":
        say(text.splitlines())
        return
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"写不了这个文件：{error.strerror}", where=str(path)) from error
    say([f"已写出 {told}：{path}"])


def say(lines: Iterable[str]) -> None:
    """Print lines."""
    for line in lines:
        print(line)


def warn(line: str) -> None:
    """Print a line on standard error."""
    print(line, file=sys.stderr)
