"""From a place to documents: sources list and fetch, readers bid and read, each under guard."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from typing import ParamSpec, TypeVar

from nianbao.errors import FinalReadError, PassingReadError, PluginError, ReadError, UsageError
from nianbao.evidence import check_document
from nianbao.guard import guarded
from nianbao.manager import Registry
from nianbao.model import Document, Download, Failure, Filing, SourceConfig
from nianbao.records import Reader, Source

LOG = logging.getLogger(__name__)
Params = ParamSpec("Params")
Value = TypeVar("Value")
Expected = TypeVar("Expected", bound=Exception)


def list_filings(registry: Registry, config: SourceConfig, year: int | None = None) -> tuple[Filing, ...]:
    """List the filings of a place, by the first source that accepts it.

    Raises:
        UsageError: no source accepts the place, or the source can't list it.
    """
    for source in registry.sources:
        accepted = guarded(source.name, "accepts", source.accepts, config)
        if isinstance(accepted, Failure):
            LOG.warning("来源 %s 出错，没有使用：%s", source.name, accepted.error)
        elif accepted:
            listed = guarded(source.name, "list", _attempt, UsageError, _listed, source, config, year)
            if isinstance(listed, Failure):
                raise UsageError(f"来源 {source.name} 出错：{listed.error}", where=config.location)
            if isinstance(listed, UsageError):
                raise listed
            return listed
    raise UsageError("没有能读取这个位置的来源", where=config.location, hint="请给出文件夹或文件的路径")


def _listed(source: Source, config: SourceConfig, year: int | None) -> tuple[Filing, ...]:
    filings = tuple(source.list(config, year))
    for filing in filings:
        if not isinstance(filing, Filing):
            raise PluginError(f"应给出 Filing，却给出了 {type(filing).__name__}", where=source.name)
    return filings


def _attempt(
    expected: type[Expected], function: Callable[Params, Value], *args: Params.args, **kwargs: Params.kwargs
) -> Value | Expected:
    """Call a plugin's function; an error that its contract allows is returned, others go to the guard."""
    try:
        return function(*args, **kwargs)
    except expected as error:
        return error


def fetch(registry: Registry, filing: Filing) -> Download:
    """Fetch a filing's bytes from the source that listed it.

    Raises:
        ReadError: the source is gone, or can't fetch it.
    """
    fetched, _ = try_fetch(registry, filing)
    if isinstance(fetched, ReadError):
        raise fetched
    return fetched


def try_fetch(registry: Registry, filing: Filing) -> tuple[Download | ReadError, tuple[Failure, ...]]:
    """Like `fetch`, with the error returned; and what went wrong in the source itself."""
    source = next((source for source in registry.sources if source.name == filing.source), None)
    if source is None:
        return PassingReadError(f"来源 {filing.source} 未安装", where=filing.name), ()
    fetched = guarded(source.name, "fetch", _attempt, ReadError, _fetched, source, filing)
    if isinstance(fetched, Failure):
        return PassingReadError(f"来源 {source.name} 出错：{fetched.error}", where=filing.name), (fetched,)
    return fetched, ()


def _fetched(source: Source, filing: Filing) -> Download:
    download = source.fetch(filing)
    if not isinstance(download, Download):
        raise PluginError(f"应给出 Download，却给出了 {type(download).__name__}", where=source.name)
    return download


def read(registry: Registry, download: Download) -> tuple[Document, tuple[Failure, ...]]:
    """Read a download by its highest bidder, or by the next where that one fails.

    Returns:
        The document, and the failures of readers on the way (a plain ReadError is none).

    Raises:
        ReadError: nobody can read it; the text of the highest bidder's error, or of the one that is final.
    """
    document, failures = try_read(registry, download)
    if isinstance(document, ReadError):
        raise document
    return document, failures


class SlowReadError(ReadError):
    """Only a slow reader is left to try, and it was not to be tried here."""


def try_read(
    registry: Registry, download: Download, *, slow: bool = True
) -> tuple[Document | ReadError, tuple[Failure, ...]]:
    """Like `read`, with the error returned, so that the failures on the way are not lost with it.

    Args:
        registry: the readers.
        download: what to read.
        slow: whether slow readers may read it; else a SlowReadError is returned when it is their turn.
    """
    name = download.filing.name
    bids: list[tuple[int, Reader]] = []
    failures: list[Failure] = []
    for reader in registry.readers:
        bid = guarded(reader.name, "bid", lambda reader: int(reader.bid(download)), reader)
        if isinstance(bid, Failure):
            failures.append(bid)
        elif bid > 0:
            bids.append((bid, reader))
    first_error: ReadError | None = None
    for _, reader in sorted(bids, key=lambda row: (-row[0], row[1].name)):
        if reader.is_slow and not slow:
            return SlowReadError("须由较慢的读取程序读取", where=name), ()
        result = guarded(reader.name, "read", _attempt, ReadError, _document, reader, download)
        if isinstance(result, Document):
            return result, tuple(failures)
        if isinstance(result, Failure):
            failures.append(result)
            result = ReadError(f"读取程序 {reader.name} 出错：{result.error}", where=name)
        if isinstance(result, FinalReadError):
            return result, tuple(failures)
        first_error = first_error or result
    return first_error or ReadError("不支持的文件类型", where=name), tuple(failures)


# How many files, and bytes, are handed to a reader's `prepare` at once.
PREPARED_TOGETHER = 32
_PREPARED_BYTES = 64 * 1024 * 1024


def prepared_endings(registry: Registry) -> tuple[str, ...] | None:
    """Return how the addresses of filings end for which `prepare` is worth calling; None where any may."""
    readers = [reader for reader in registry.readers if reader.prepare is not None]
    if not all(reader.prepares for reader in readers):
        return None
    return tuple(sorted({ending.lower() for reader in readers for ending in reader.prepares}))


def prepare(registry: Registry, filings: Iterable[Filing]) -> tuple[Failure, ...]:
    """Let readers do beforehand what they do better for several files at once.

    What fails here fails again, and is told, when the file is read.

    Returns:
        The failures of readers; those of sources come again with `fetch`.
    """
    readers = [reader for reader in registry.readers if reader.prepare is not None]
    failures: list[Failure] = []
    waiting: dict[str, list[Download]] = {reader.name: [] for reader in readers}
    for filing in filings if readers else ():
        download, _ = try_fetch(registry, filing)
        if isinstance(download, ReadError):
            continue
        for reader in readers:
            bid = guarded(reader.name, "bid", lambda reader, data: int(reader.bid(data)), reader, download)
            if isinstance(bid, Failure) or bid <= 0:
                continue
            together = waiting[reader.name]
            together.append(download)
            held = sum(len(each.data) for each in together)
            if len(together) >= PREPARED_TOGETHER or held > _PREPARED_BYTES:
                failures += _prepare(reader, together)
                together.clear()
    for reader in readers:
        if waiting[reader.name]:
            failures += _prepare(reader, waiting[reader.name])
    return tuple(failures)


def _prepare(reader: Reader, downloads: Sequence[Download]) -> list[Failure]:
    if reader.prepare is None:
        return []
    done = guarded(reader.name, "prepare", _attempt, ReadError, reader.prepare, tuple(downloads))
    return [done] if isinstance(done, Failure) else []


def _document(reader: Reader, download: Download) -> Document:
    document = reader.read(download)
    check_document(document, reader.name, download.sha256)
    return document
