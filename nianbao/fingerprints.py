"""Fingerprints of what reads, extracts, checks and publishes: they change when its results may.

They are taken from the source and data files themselves, so that a developer's edit counts as much as a new
version does; of the libraries below, from their versions.
"""

from __future__ import annotations

import hashlib
import sys
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from nianbao.hookspecs import PROJECT
from nianbao.limits import Limits, limits
from nianbao.manager import PluginInfo, Registry, our_version, record_name
from nianbao.ourfiles import HOME, our_files
from nianbao.records import Context, RegionProfile
from nianbao.regions import bearing_on, lineage_of, regional_plugins

# The shapes of what comes after a document, and what puts plugins together: they make no text.
_AFTER_READING = frozenset(
    {
        "connectors.wordcomments",
        "nianbao.hookspecs",
        "nianbao.manager",
        "nianbao.observing",
        "nianbao.records",
        "nianbao.settings",
        "nianbao.soundness",
        *(f"nianbao.model.{name}" for name in ("candidates", "figures", "overlaps", "report", "yearbook")),
        "nianbao.model.corrections",
        "nianbao.model.decisions",
    }
)
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
_PUBLISHED_WITH = ("pandas", "pyarrow", "python-calamine", "python-docx", "XlsxWriter")
# The bounds that decide what a text holds; the others decide how long it may take.
_READING_BOUNDS = ("file_megabytes", "pages", "archive_members", "archive_depth", "scan_pages")
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
        extraction_of_all, validation_of_all: the same, but for what bears on one region's reports alone.
        regions: that, by the code of the profile that reads the report.
    """

    reading: str
    extraction: str
    validation: str
    yearbook: str
    extraction_of_all: str
    validation_of_all: str
    regions: Mapping[str, str]


def fingerprints(registry: Registry, context: Context) -> Fingerprints:
    """Return the fingerprints of a registry's records in a context.

    The day of the run counts only for other packages' plugins that ask for it: when the built-in rules would
    decide otherwise is known of each report (`nianbao.horizon`).
    """
    bounds, day = limits(), context.today.isoformat()
    text = [unicodedata.unidata_version]
    profiles = {each.code: each for each in (*registry.regions, context.region) if each is not None}
    cards = [*_cards_of_all(registry, context, profiles.values()), str(bounds.review_percent)]
    apart = regional_plugins(registry, context.catalogue.indicators)
    regions = {
        code: _of_region(registry, day, lineage_of(profiles.values(), each), apart)
        for code, each in profiles.items()
    }
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
        ("plugins.extractors", *_modules_of_regions(registry, apart), "nianbao.settle", "nianbao.steps"),
        apart=apart,
    )
    validation = _Digest(day, [*text, *cards])
    validation.add(registry, ("nianbao_validators",), ("plugins.validators", "nianbao.checking"))
    yearbook = _Digest(day, [*text, *cards, *map(repr, profiles.values()), our_version()])
    yearbook.tell(*_versions(_PUBLISHED_WITH))
    yearbook.add(
        registry,
        ("nianbao_validators", "nianbao_kinds", "nianbao_publishers"),
        ("outputs", "plugins.validators", "nianbao.masking", "nianbao.yearbook"),
    )
    extraction_of_all, validation_of_all = extraction.told(), validation.told()
    for digest in (extraction, validation):
        digest.tell(*(f"{code} {told}" for code, told in sorted(regions.items())))
    return Fingerprints(
        reading=reading.told(),
        extraction=extraction.told(),
        validation=validation.told(),
        yearbook=yearbook.told(),
        extraction_of_all=extraction_of_all,
        validation_of_all=validation_of_all,
        regions=regions,
    )


def _cards_of_all(registry: Registry, context: Context, profiles: Iterable[RegionProfile]) -> Iterator[str]:
    """Yield what all reports are read with: the catalogues, and what chooses between the profiles."""
    yield context.catalogue.fingerprint
    yield from (repr(kind.indicators) for kind in registry.kinds)
    yield from (repr((each.code, each.name, each.hosts)) for each in profiles)
    yield context.region.code if context.region else ""


def _of_region(
    registry: Registry, day: str, lineage: Sequence[RegionProfile], apart: Iterable[PluginInfo]
) -> str:
    """Return the fingerprint of what bears on the reports of a region alone."""
    digest = _Digest(day, [repr((each, each.cards)) for each in lineage])
    for plugin in bearing_on(registry, lineage, apart):
        digest.tell_plugin(plugin)
    return digest.told()


def _modules_of_regions(registry: Registry, apart: Collection[PluginInfo]) -> Iterator[str]:
    """Yield our modules that bring regions and something for other reports too."""
    for plugin in registry.plugins:
        if plugin.distribution == PROJECT and "nianbao_regions" in _hooks(plugin) and plugin not in apart:
            yield plugin.module


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
        apart: Collection[PluginInfo] = (),
    ) -> None:
        """Add the records of these hooks, the files behind our modules, and those of other packages.

        Nothing is added of the plugins that stand apart.
        """
        wanted = set(hooks)
        left = {(hook, name) for plugin in apart for hook, names in plugin.records for name in names}
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
                if (hook, record_name(record)) not in left:
                    self.tell(f"{hook} {record_name(record)} {record.version}")
        for plugin in registry.plugins:
            if plugin.distribution != PROJECT and plugin not in apart and wanted & {*_hooks(plugin)}:
                self._tell_stranger(plugin)
        self._tell_files(our_files(tuple(roots), frozenset(without)))

    def told(self) -> str:
        """Return the fingerprint."""
        return self._digest.hexdigest()[:32]

    def tell(self, *lines: str) -> None:
        """Add lines."""
        for line in lines:
            self._digest.update(f"\n{line}".encode())

    def tell_plugin(self, plugin: PluginInfo) -> None:
        """Add the files of one plugin."""
        if plugin.distribution == PROJECT:
            self._tell_files(our_files((plugin.module,)))
        else:
            self._tell_stranger(plugin)

    def _tell_files(self, paths: Iterable[Path]) -> None:
        self.tell(*(f"{path.relative_to(HOME).as_posix()} {_content(path)}" for path in paths))

    def _tell_stranger(self, plugin: PluginInfo) -> None:
        self.tell(f"{plugin.name} {plugin.distribution} {plugin.version}")
        asks = False
        for path in sorted(_files_of_stranger(plugin.module)):
            self.tell(f"{path.name} {_content(path)}")
            asks = asks or _ASKS_THE_DAY in path.read_bytes()
        if asks:
            self.tell(self._day)


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
