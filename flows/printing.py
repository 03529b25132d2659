"""Writes what a command gives to standard output: plain into files and pipes, with colours on a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from flows.display import Line

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

# On a narrower terminal the text would be a thread beside its margin.
_NARROWEST = 20


def write_bytes(data: bytes) -> None:
    """Write bytes as they are: neither the console's encoding nor its line ends get in."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)


@contextmanager
def until_closed() -> Iterator[None]:
    """Leave the block quietly where whoever reads our output has seen enough."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # The interpreter must not fail on its last flush either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def print_lines(lines: Iterable[Line]) -> None:
    """Print lines: wrapped beside their margin on a terminal, else one line each."""
    if sys.stdout.isatty():
        _print_on_terminal(lines)
        return
    for line in lines:
        print(line.margin + "".join(run.text for run in line.body))


def _print_on_terminal(lines: Iterable[Line]) -> None:
    from rich.cells import cell_len
    from rich.console import Console
    from rich.text import Text

    plain = bool(os.environ.get("NO_COLOR"))
    console = Console(highlight=False, markup=False, emoji=False, color_system=None if plain else "auto")
    for line in lines:
        taken = cell_len(line.margin)
        body = Text.assemble(*((run.text, run.look.value) for run in line.body))
        margin = line.margin
        for row in _wrapped(console, body, console.width - taken):
            console.print(Text(margin, "dim") + row, soft_wrap=True)
            margin = " " * (taken - 2) + "│ " if taken else ""


def _wrapped(console: Console, body: Text, width: int) -> Iterable[Text]:
    if width < _NARROWEST or not body.plain:
        return (body,)
    return body.wrap(console, width, overflow="fold")
