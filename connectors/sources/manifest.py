"""Lists the reports that a manifest names: files beside it, and addresses that are fetched politely.

What it names are filings of the folder's and the website's sources, with what its row tells as facts; its own
are only the rows that lead to nothing, so that each is told with its cause.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from connectors.sources import folder
from nianbao import (
    Download,
    Fact,
    FactName,
    Filing,
    PassingReadError,
    Source,
    SourceConfig,
    UsageError,
    hookimpl,
)

if TYPE_CHECKING:
    from nianbao.manifest import ManifestRow

NAME = "manifest"
ORIGIN = "manifest"
# A run lists its source twice; the second time nothing is fetched again.
_HOLDS = 600.0


@dataclass(slots=True)
class _Memory:
    done: dict[tuple[str, str, int | None], float] = field(default_factory=dict)


_MEMORY = _Memory()


@hookimpl
def nianbao_sources() -> Iterable[Source]:
    """Yield the manifest source."""
    yield Source(NAME, accepts=accepts, list=list_reports, fetch=fetch_report, version="1")


def accepts(config: SourceConfig) -> bool:
    """Accept a table, by its suffix."""
    return "://" not in config.location and config.location.lower().endswith((".xlsx", ".csv", ".xls"))


def list_reports(config: SourceConfig, year: int | None) -> Iterator[Filing]:
    """List what the rows lead to, in their order; a row that leads to nothing is listed itself.

    Args:
        config: its location is the manifest; the options `crawl-state` and `archive` tell where what is
            fetched is kept; with `collect` set to `no` nothing is fetched.
        year: rows of another year are passed over; None for all.

    Raises:
        UsageError: it is no manifest, has nothing of the year, or may not be collected as things are.
    """
    from nianbao.manifest import rows_of_year

    path = Path(config.location).expanduser()
    rows = rows_of_year(_rows(path), year)
    if not any(row.target or row.problem for row in rows):
        told = f" {year} 年度的" if year is not None else ""
        raise UsageError(f"名录里没有{told}链接或文件", where=config.location)
    shared: dict[str, list[ManifestRow]] = {}
    for row in rows:
        if row.target and not row.problem:
            shared.setdefault(row.target, []).append(row)
    links = {
        target: f"{path.name} 第 {told[0].number} 行" for target, told in shared.items() if not told[0].file
    }
    fetched = _fetched(config, path, links, year) if links else {}
    for row in rows:
        problem = row.problem or (_file_of(path, row)[1] if row.file else "")
        if problem:
            yield _broken(path, row)
        elif row.target and shared[row.target][0] is row:
            facts = _facts(shared[row.target])
            found = fetched[row.link] if not row.file else _files(config, path, row)
            yield from (replace(filing, facts=(*filing.facts, *facts)) for filing in found)


def fetch_report(filing: Filing) -> Download:
    """Tell why a row leads to nothing.

    Raises:
        ReadError: always.
    """
    place, _, number = filing.uri.rpartition("#")
    path = Path(place)
    try:
        row = next((row for row in _rows(path) if str(row.number) == number), None)
    except UsageError as error:
        raise PassingReadError(error.message, where=filing.name, hint=error.hint) from error
    problem = (row.problem or _file_of(path, row)[1]) if row is not None else ""
    raise PassingReadError(problem or "名录刚刚改动过，请再次运行", where=filing.name)


def forget() -> None:
    """Forget what this process has fetched just now, so that the next listing fetches again."""
    _MEMORY.done.clear()


def _rows(path: Path) -> tuple[ManifestRow, ...]:
    try:
        status = path.stat()
    except OSError:
        return _read(path, 0, 0)
    return _read(path, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=4)
def _read(path: Path, modified: int, size: int) -> tuple[ManifestRow, ...]:
    """Read a manifest; when it was changed, and its size, tell whether it is still the same."""
    from nianbao.manifest import read_manifest
    from nianbao.settings import load_settings

    return read_manifest(path, allow_private=load_settings().web_private)


def _file_of(path: Path, row: ManifestRow) -> tuple[Path, str]:
    """Return a row's file, and what is wrong with it.

    A name without its suffix is that of the only file called so.
    """
    base = path.parent
    found = base / row.file
    try:
        if not found.exists() and found.parent.is_dir():
            alike = [each for each in found.parent.iterdir() if each.stem == found.name and each.is_file()]
            found = alike[0] if len(alike) == 1 else found
        if not found.exists():
            return found, f"找不到文件 {row.file}"
        if not found.resolve().is_relative_to(base.resolve()):
            return found, f"文件 {row.file} 不在名录所在的文件夹里，请把文件放进来"
        if found.is_dir():
            return found, f"{row.file} 是文件夹，请写到文件"
        return found, f"{row.file} 是名录自己" if found.samefile(path) else ""
    except (OSError, ValueError) as error:
        return found, f"打不开文件 {row.file[:80]}：{getattr(error, 'strerror', None) or '名称写法不对'}"


def _files(config: SourceConfig, path: Path, row: ManifestRow) -> Iterator[Filing]:
    """Yield a row's file, or the files of the archive that it is."""
    found, _ = _file_of(path, row)
    named = Path(config.location).parent / found.relative_to(path.parent)
    yield from folder.list_files(SourceConfig(str(named)), None)


def _fetched(
    config: SourceConfig, path: Path, links: Mapping[str, str], year: int | None
) -> dict[str, list[Filing]]:
    from connectors.sources.website import STATE
    from connectors.sources.website.links import collected_links, crawl_links
    from connectors.sources.website.listing import ARCHIVE

    options = dict(config.options)
    if STATE not in options or ARCHIVE not in options:
        raise UsageError("名录里有网址，要用 nianbao run 采集", where=config.location)
    state = Path(options[STATE]).expanduser().absolute()
    key = (str(path.absolute()), str(state), year)
    if options.get("collect") != "no" and time.monotonic() - _MEMORY.done.get(key, float("-inf")) >= _HOLDS:
        crawl_links(list(links), path, year, state, options[ARCHIVE])
        _MEMORY.done[key] = time.monotonic()
    return collected_links(links, path.name, year, state)


def _facts(rows: Sequence[ManifestRow]) -> tuple[Fact, ...]:
    """Return what all rows that lead to the same agree on."""
    told = (
        (FactName.ISSUER, {row.issuer for row in rows}),
        (FactName.YEAR, {str(row.year or "") for row in rows}),
        (FactName.TITLE, {row.title for row in rows}),
        # Of a file, where it is from.
        (FactName.URL, {row.link if row.file else "" for row in rows}),
    )
    return tuple(
        Fact(name, values.pop(), ORIGIN) for name, values in told if len(values) == 1 and values != {""}
    )


def _broken(path: Path, row: ManifestRow) -> Filing:
    issuer = f"（{row.issuer}）" if row.issuer else ""
    return Filing(NAME, f"{path.absolute()}#{row.number}", f"{path.name} 第 {row.number} 行{issuer}")
