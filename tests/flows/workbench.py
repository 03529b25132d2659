"""A small registry of records that read, crash, hang and publish, for tests that cross process boundaries."""

from __future__ import annotations

import ctypes
import hashlib
import os
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from nianbao import (
    Attribute,
    Block,
    BlockKind,
    Context,
    Document,
    Download,
    Extractor,
    Field,
    Filing,
    Finding,
    Place,
    Publisher,
    Reader,
    ReadError,
    Report,
    Severity,
    Source,
    SourceConfig,
    UsageError,
    Validator,
    Yearbook,
)
from nianbao.catalogue import load_catalogue
from nianbao.divisions import divisions
from nianbao.errors import CatalogueError
from nianbao.manager import Registry


def accepts(config: SourceConfig) -> bool:
    return "://" not in config.location


def list_files(config: SourceConfig, year: int | None) -> Iterable[Filing]:
    folder = Path(config.location)
    if not folder.is_dir():
        raise UsageError("没有这个文件或文件夹", where=config.location)
    return [Filing("folder", str(path.absolute()), path.name) for path in sorted(folder.glob("*.txt"))]


def list_deep(config: SourceConfig, year: int | None) -> Iterable[Filing]:
    paths = sorted(Path(config.location).rglob("*.txt"))
    return [Filing("folder", str(path.absolute()), path.name) for path in paths]


def fetch(filing: Filing) -> Download:
    data = Path(filing.uri).read_bytes()
    return Download(filing, data, hashlib.sha256(data).hexdigest())


def bid(download: Download) -> int:
    return 50


def read(download: Download) -> Document:
    """Read plain text; a text that is one of these words does what it says."""
    text = download.data.decode()
    match text.strip():
        case "exit":
            os._exit(9)
        case "segfault":
            ctypes.string_at(0)
        case "eat memory":
            bytearray(6 * 1024**3)
        case "hang":
            time.sleep(3600)
        case "hang without letting go":
            # PyDLL keeps the interpreter's lock while it sleeps.
            ctypes.PyDLL(None).sleep(3600)
        case "unreadable":
            raise ReadError("文件已损坏", where=download.filing.name)
    blocks = (Block(0, len(text), BlockKind.PARAGRAPH, Place(paragraph=1)),)
    return Document(download.filing.name, download.sha256, "plain", text, blocks)


def read_slowly(download: Download) -> Document:
    """Read what no other reader can; `slow exit` and `slow hang` do what they say."""
    match download.data.decode().split():
        case ["slow", "exit"]:
            os._exit(9)
        case ["slow", "hang"]:
            time.sleep(3600)
        case ["slow", *_]:
            text = f"2023 由 {os.getpid()} 读取"
            blocks = (Block(0, len(text), BlockKind.PARAGRAPH, Place(paragraph=1)),)
            return Document(download.filing.name, download.sha256, "slow", text, blocks)
    raise ReadError("认不出", where=download.filing.name)


def refuse_slow(download: Download) -> Document:
    if download.data.startswith(b"slow"):
        raise ReadError("是图片", where=download.filing.name)
    return read(download)


def prepare(downloads: Sequence[Download]) -> None:
    """Write down who was prepared together; a text `poison` ends the process."""
    names = " ".join(each.filing.name for each in downloads)
    folder = Path(downloads[0].filing.uri).parent
    (folder / f"{downloads[0].filing.name}.prepared").write_text(names, encoding="utf-8")
    if any(each.data == b"poison" for each in downloads):
        os._exit(8)


def slow_setup() -> tuple[Registry, Context]:
    readers = (
        Reader("plain", bid, refuse_slow, prepare=prepare),
        Reader("slow", lambda download: 10, read_slowly, is_slow=True),
    )
    return replace(registry(), readers=readers), setup()[1]


def identify(document: Document, context: Context) -> Iterable[Attribute]:
    """Take the year from the first four characters; `plan` is no report."""
    if document.text.startswith("plan"):
        yield Attribute(Field.KIND, "plan", "标题是工作要点", "identity")
    if document.text[:4].isdigit():
        yield Attribute(Field.YEAR, document.text[:4], "写在开头", "identity", 0, 4)
    if document.text.startswith("bad"):
        raise ValueError("读不懂")


def publish(yearbook: Yearbook, folder: Path) -> Sequence[Path]:
    path = folder / f"{yearbook.title}.csv"
    path.write_text("".join(f"{entry.report.file}\n" for entry in yearbook.entries), encoding="utf-8")
    return [path]


def registry() -> Registry:
    return Registry(
        sources=(Source("folder", accepts, list_files, fetch),),
        readers=(Reader("plain", bid, read),),
        extractors=(Extractor("identity", frozenset(Field), identify),),
        validators=(),
        regions=(),
        publishers=(Publisher("list", publish),),
        settlers=(),
        plugins=(),
    )


def deep_registry() -> Registry:
    return replace(registry(), sources=(Source("folder", accepts, list_deep, fetch),))


def crash(yearbook: Yearbook, context: Context) -> Iterable[Finding]:
    raise ValueError("算不下去")


def crashing_check_setup() -> tuple[Registry, Context]:
    validator = Validator("peers", "yearbook", frozenset({"outlier"}), crash)
    return replace(registry(), validators=(validator,)), setup()[1]


def setup() -> tuple[Registry, Context]:
    return registry(), Context(load_catalogue(), divisions(), date(2024, 5, 6))


def crashing_setup() -> tuple[Registry, Context]:
    os._exit(7)


def failing_setup() -> tuple[Registry, Context]:
    raise CatalogueError("卡片写错了", where="governance.yml")


def stamp(filing: Filing) -> str:
    status = Path(filing.uri).stat()
    return f"{status.st_size}-{status.st_mtime_ns}"


def stamped_registry() -> Registry:
    """A registry whose source tells, without opening a file, whether it was changed."""
    return replace(registry(), sources=(Source("folder", accepts, list_files, fetch, stamp=stamp),))


def stamped_setup() -> tuple[Registry, Context]:
    return stamped_registry(), setup()[1]


def newer_setup() -> tuple[Registry, Context]:
    """Tools whose extractor is of a later version, and says no more than before."""
    extractor = Extractor("identity", frozenset(Field), identify, version="2")
    return replace(stamped_registry(), extractors=(extractor,)), setup()[1]


def note_length(report: Report, context: Context) -> Iterable[Finding]:
    yield Finding("year", "length.year", Severity.NOTE, "请核对。")


def checking_setup() -> tuple[Registry, Context]:
    """Tools with a check that there was not before."""
    validator = Validator("length", "report", frozenset({"year"}), note_length)
    return replace(stamped_registry(), validators=(validator,)), setup()[1]


def later_reader_setup() -> tuple[Registry, Context]:
    """Tools whose reader is of a later version."""
    return replace(stamped_registry(), readers=(Reader("plain", bid, read, version="2"),)), setup()[1]


def next_year_setup() -> tuple[Registry, Context]:
    """The same tools in a later year."""
    return stamped_registry(), replace(setup()[1], today=date(2031, 1, 1))
