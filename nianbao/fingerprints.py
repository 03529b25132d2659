"""Fingerprints of what reads, extracts, checks and publishes: they change when its results may.

They are taken from the source and data files themselves, so that a developer's edit counts as much as a new
version does; of the libraries below, from their versions.
"""

from __future__ import annotations

import hashlib
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from nianbao.limits import Limits, limits
from nianbao.manager import OUR_PACKAGES, PluginInfo, Registry, our_version, record_name
from nianbao.records import Context

# The shapes of what comes after a document, and what puts plugins together: they make no text.
_AFTER_READING = frozenset(
    {
        "connectors.wordcomments",
        "nianbao.hookspecs",
        "nianbao.manager",
        "nianbao.records",
        "nianbao.settings",
        "nianbao.soundness",
        *(f"nianbao.model.{name}" for name in ("candidates", "figures", "overlaps", "report", "yearbook")),
        "nianbao.model.corrections",
    }
)
_OURS = ("nianbao", *OUR_PACKAGES)
_HOME = Path(__file__).resolve().parent.parent
# Whose results go into a text, into what is found in it, and into what is written.
_READ_WITH = (
    "charset-normalizer",
    "lxml",
    "olefile",
    "onnxruntime",
    "pdfplumber",
    "pypdfium2",
    "rapidocr",
    "resiliparse",
    "selectolax",
)
_EXTRACTED_WITH = ("ahocorasick-rs", "PyYAML", "regex", "rjieba")
_PUBLISHED_WITH = ("python-calamine", "python-docx", "XlsxWriter")
# The bounds that decide what a text holds; the others decide how long it may take.
_READING_BOUNDS = ("file_megabytes", "pages", "archive_members", "archive_depth", "scan_pages")
_IMPORT = re.compile(r"^ *(?:from ([\w.]+) import (?:\(([^)]*)\)|([\w, ]+))|import ([\w.]+))", re.MULTILINE)
_FOR_TYPES = re.compile(r"^if TYPE_CHECKING:\n(?:(?: +.*)?\n)+", re.MULTILINE)
# In whose files a plugin of another package is looked up; larger ones are no rules.
_LARGEST = 4 * 1024 * 1024
_ASKS_THE_DAY = b".today"


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """What the work of this process is done with; equal ones do the same.

    Args:
        reading: bytes to a document.
        extraction: a document to observations and figures.
        validation: a settled report to findings.
        yearbook: a year's reports to published files.
    """

    reading: str
    extraction: str
    validation: str
    yearbook: str


def fingerprints(registry: Registry, context: Context) -> Fingerprints:
    """Return the fingerprints of a registry's records in a context.

    The day of the run counts only for other packages' plugins that ask for it: when the built-in rules would
    decide otherwise is known of each report (`nianbao.horizon`).
    """
    bounds, day = limits(), context.today.isoformat()
    text = [unicodedata.unidata_version]
    cards = [context.catalogue.fingerprint, str(bounds.review_percent)]
    cards += [repr(region) for region in (*registry.regions, context.region) if region is not None]
    cards += [repr(kind.indicators) for kind in registry.kinds]
    reading = _Digest(day, [*text, *_bounds(bounds), *_versions(_READ_WITH)])
    reading.add(
        registry,
        ("nianbao_sources", "nianbao_readers"),
        ("connectors", "nianbao.intake"),
        without=_AFTER_READING,
    )
    extraction = _Digest(day, [*text, *cards, *_versions(_EXTRACTED_WITH)])
    extraction.add(
        registry,
        ("nianbao_extractors", "nianbao_regions", "nianbao_kinds", "nianbao_settle"),
        ("plugins.extractors", "plugins.regions", "nianbao.settle", "nianbao.steps"),
    )
    validation = _Digest(day, [*text, *cards])
    validation.add(registry, ("nianbao_validators",), ("plugins.validators", "nianbao.checking"))
    yearbook = _Digest(day, [*text, *cards, our_version(), *_versions(_PUBLISHED_WITH)])
    yearbook.add(
        registry,
        ("nianbao_validators", "nianbao_kinds", "nianbao_publishers"),
        ("outputs", "plugins.validators", "nianbao.masking", "nianbao.yearbook"),
    )
    return Fingerprints(*(each.told() for each in (reading, extraction, validation, yearbook)))


class _Digest:
    """Adds up what work of one kind is done with."""

    def __init__(self, day: str, told: Iterable[str]) -> None:
        self._day = day
        self._digest = hashlib.sha256("\n".join(told).encode())

    def add(
        self,
        registry: Registry,
        hooks: Iterable[str],
        roots: Iterable[str],
        *,
        without: AbstractSet[str] = frozenset(),
    ) -> None:
        """Add the records of these hooks, the files behind our modules, and those of other packages."""
        wanted = set(hooks)
        kinds = (
            ("nianbao_sources", registry.sources),
            ("nianbao_readers", registry.readers),
            ("nianbao_extractors", registry.extractors),
            ("nianbao_validators", registry.validators),
            ("nianbao_kinds", registry.kinds),
            ("nianbao_publishers", registry.publishers),
        )
        for hook, records in kinds:
            for record in records if hook in wanted else ():
                self._tell(f"{hook} {record_name(record)} {record.version}")
        for plugin in registry.plugins:
            if plugin.distribution != "nianbao" and wanted.intersection(_hooks(plugin)):
                self._tell_stranger(plugin)
        for path in our_files(tuple(roots), frozenset(without)):
            self._tell(f"{path.relative_to(_HOME).as_posix()} {_content(path)}")

    def told(self) -> str:
        """Return the fingerprint."""
        return self._digest.hexdigest()[:32]

    def _tell(self, line: str) -> None:
        self._digest.update(f"\n{line}".encode())

    def _tell_stranger(self, plugin: PluginInfo) -> None:
        self._tell(f"{plugin.name} {plugin.distribution} {plugin.version}")
        asks = False
        for path in sorted(_files_of_stranger(plugin.module)):
            self._tell(f"{path.name} {_content(path)}")
            asks = asks or _ASKS_THE_DAY in path.read_bytes()
        if asks:
            self._tell(self._day)


def _hooks(plugin: PluginInfo) -> tuple[str, ...]:
    """Return the hooks of a plugin; `nianbao_settle` yields no records and is told by its module."""
    settles = hasattr(sys.modules.get(plugin.module), "nianbao_settle")
    return (*(hook for hook, _ in plugin.records), *(("nianbao_settle",) if settles else ()))


def _bounds(bounds: Limits) -> list[str]:
    return [f"{name} {getattr(bounds, name)}" for name in _READING_BOUNDS]


def _versions(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            yield f"{name} -"


@cache
def _content(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@cache
def our_files(roots: tuple[str, ...], without: frozenset[str] = frozenset()) -> tuple[Path, ...]:
    """Return the files that our modules rest on: themselves, what they import of ours, and their data.

    Args:
        roots: modules and packages; of a package all modules count.
        without: modules that do not count, nor what they import.
    """
    waiting = [name for root in roots for name in _modules_of(root)]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in seen and name not in without:
            seen.add(name)
            waiting += _imported(name)
    paths = {path for name in seen if (path := _path_of(name)) is not None}
    data = {file for folder in {path.parent for path in paths} for file in _data_in(folder)}
    return tuple(sorted(paths | data))


def _data_in(folder: Path) -> Iterator[Path]:
    """Yield the data of a package: its files that are no code, and those of folders that are no packages."""
    for path in folder.iterdir():
        if path.is_file():
            if path.suffix not in (".py", ".pyc", ".pyi", ".typed"):
                yield path
        elif path.name != "__pycache__" and not (path / "__init__.py").exists():
            yield from _data_in(path)


def _modules_of(root: str) -> Iterator[str]:
    yield root
    folder = _HOME.joinpath(*root.split("."))
    for path in sorted(folder.rglob("*.py")) if folder.is_dir() else ():
        parts = path.relative_to(_HOME).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def _path_of(name: str) -> Path | None:
    place = _HOME.joinpath(*name.split("."))
    for path in (place / "__init__.py", place.with_suffix(".py")):
        if path.is_file():
            return path
    return None


@cache
def _imported(name: str) -> tuple[str, ...]:
    """Return the modules of ours that a module imports when it runs, and the packages that it lies in."""
    path = _path_of(name)
    if path is None:
        return ()
    found = [name.rpartition(".")[0]] if "." in name else []
    source = _FOR_TYPES.sub("", path.read_text("utf-8"))
    for module, several, names, plain in _IMPORT.findall(source):
        target = module or plain
        if target.partition(".")[0] in _OURS:
            found.append(target)
            found += [f"{target}.{each.strip()}" for each in (several or names).split(",") if each.strip()]
    return tuple(each for each in found if _path_of(each) is not None)


def _files_of_stranger(module: str) -> Iterator[Path]:
    """Yield the files of another package's plugin: of its package, or its one module."""
    loaded = sys.modules.get(module)
    file = getattr(loaded, "__file__", None)
    if file is None:
        return
    path = Path(file)
    top = sys.modules.get(module.partition(".")[0])
    home = getattr(top, "__file__", None)
    if "." not in module and path.name != "__init__.py":
        yield path
        return
    folder = Path(home).parent if home else path.parent
    for each in folder.rglob("*"):
        if each.is_file() and each.suffix not in (".pyc", ".pyo") and each.stat().st_size <= _LARGEST:
            yield each
