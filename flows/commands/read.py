"""`nianbao read`: files as the text that figures are read from, with the place of every line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from flows.bench import Bench, Read
from flows.listing import list_all
from flows.printing import print_lines, until_closed, write_bytes
from flows.stopping import StoppedError
from nianbao.errors import ReadError, UsageError
from nianbao.manager import intake_registry
from nianbao.model import Document, Filing


def read_command(paths: Sequence[str], *, text: bool, as_json: bool) -> int:
    """Print files as they are read; return the exit status.

    Args:
        paths: files, folders, members of archives.
        text: print the canonical text and nothing else.
        as_json: print one object a file.

    Raises:
        UsageError: a path that is not there, or both forms at once.
        StoppedError: the user stopped it.
    """
    if text and as_json:
        raise UsageError("--text 和 --json 不能同时用", where="nianbao read", hint="请只写其中一个")
    found = intake_registry()
    for failure in found.failures:
        _tell(f"警告：插件 {failure.plugin} 没有装载：{failure.error}")
    filings = list_all(found, paths)
    flawed = bool(found.failures)
    printer = _print_text if text else _print_object if as_json else _print_page
    try:
        with until_closed(), Bench() as bench:
            for filing, read in _reads(bench, filings):
                flawed |= bool(read.failures) or isinstance(read.result, ReadError)
                _tell_errors(filing, read)
                if isinstance(read.result, Document):
                    printer(read.result)
                elif as_json:
                    _write_object({"name": filing.name, "error": read.result.message})
    except KeyboardInterrupt as error:
        raise StoppedError("已停止；再次运行同样的命令即可从头读取。") from error
    return 1 if flawed else 0


def _reads(bench: Bench, filings: Sequence[Filing]) -> Iterator[tuple[Filing, Read]]:
    if len(filings) > 1:
        bench.prepare(filings)
    for filing in filings:
        read = bench.read(filing)
        if read.is_deferred:
            with _progress(f"正在识别扫描件：{filing.name}"):
                read = bench.read(filing, slow=True)
        yield filing, read


def _tell_errors(filing: Filing, read: Read) -> None:
    for failure in read.failures:
        _tell(f"警告：插件 {failure.plugin} 在 {filing.name} 上出错：{failure.error}")
    if isinstance(read.result, ReadError):
        _tell(f"错误：{read.result}")


def _print_page(document: Document) -> None:
    from flows.display import show

    print_lines(show(document))
    print(flush=True)


def _print_text(document: Document) -> None:
    """Write the text alone; on a terminal the prompt must not stand behind its last character."""
    write_bytes(document.text.encode() + (b"\n" if sys.stdout.isatty() else b""))


def _print_object(document: Document) -> None:
    from nianbao.looks import document_to_json

    _write_object(document_to_json(document))


def _write_object(row: dict[str, object]) -> None:
    write_bytes(json.dumps(row, ensure_ascii=False).encode("utf-8", "replace") + b"\n")


@contextmanager
def _progress(name: str) -> Iterator[None]:
    """Show on standard error that something takes its time."""
    sys.stdout.flush()
    if not sys.stderr.isatty():
        print(name, file=sys.stderr, flush=True)
        yield
        return
    from rich.markup import escape

    from flows.watch import TerminalWatch

    with TerminalWatch() as watch:
        watch.phase(escape(name))
        yield


def _tell(line: str) -> None:
    sys.stdout.flush()
    print(line, file=sys.stderr)
