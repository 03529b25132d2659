"""Builds the registry: every plugin's records, sorted by name, each hook called once and under guard."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import EntryPoint, entry_points, version
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

import pluggy

from nianbao import hookspecs
from nianbao.errors import PluginError
from nianbao.guard import guarded
from nianbao.hookspecs import PROJECT
from nianbao.model import Failure
from nianbao.records import Extractor, Publisher, Reader, RegionProfile, Source, Validator

ENTRY_POINTS = "nianbao"
OUR_PACKAGES = ("connectors", "plugins", "outputs", "flows")
RECORD_HOOKS: dict[str, type] = {
    "nianbao_sources": Source,
    "nianbao_readers": Reader,
    "nianbao_extractors": Extractor,
    "nianbao_validators": Validator,
    "nianbao_regions": RegionProfile,
    "nianbao_publishers": Publisher,
}

Record = TypeVar("Record", Source, Reader, Extractor, Validator, RegionProfile, Publisher)


@dataclass(frozen=True, slots=True)
class PluginInfo:
    """A plugin as `nianbao plugins list` shows it.

    Args:
        name: its entry point's name.
        module: the module that the entry point names.
        distribution, version: of the package that brings it.
        records: (hook, names of the records it yielded).
        failures: what went wrong with it; empty where it is sound.
    """

    name: str
    module: str
    distribution: str
    version: str
    records: tuple[tuple[str, tuple[str, ...]], ...] = ()
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class Registry:
    """All records of all sound plugins; built once a process, never pickled."""

    sources: tuple[Source, ...]
    readers: tuple[Reader, ...]
    extractors: tuple[Extractor, ...]
    validators: tuple[Validator, ...]
    regions: tuple[RegionProfile, ...]
    publishers: tuple[Publisher, ...]
    settlers: tuple[tuple[str, Callable[..., Any]], ...]
    plugins: tuple[PluginInfo, ...]

    @property
    def failures(self) -> tuple[Failure, ...]:
        """What went wrong while plugins were loaded."""
        return tuple(failure for plugin in self.plugins for failure in plugin.failures)

    def __reduce__(self) -> str | tuple[Any, ...]:
        """Refuse to be pickled: each process builds its own."""
        raise PluginError("插件登记表不能跨进程传递，每个进程自行建立")


@dataclass(slots=True)
class _Draft:
    """What one plugin has yielded so far."""

    info: PluginInfo
    records: dict[str, list[Any]] = field(default_factory=dict)
    settler: Callable[..., Any] | None = None
    failures: list[Failure] = field(default_factory=list)


@cache
def registry() -> Registry:
    """Return this process's registry, built from the installed entry points."""
    check_packages()
    return build_registry(sorted(entry_points(group=ENTRY_POINTS), key=_built_in_first))


def _built_in_first(point: EntryPoint) -> tuple[bool, str]:
    """A stranger's record can't displace a built-in of the same name."""
    return (point.dist is None or point.dist.name != "nianbao", point.name)


def check_packages() -> None:
    """Refuse to start where another package shadows one of ours; naming it.

    Raises:
        PluginError: a top-level package does not come from beside `nianbao`.
    """
    home = Path(__file__).resolve().parent.parent
    for name in OUR_PACKAGES:
        spec = find_spec(name)
        places = list(spec.submodule_search_locations or ()) if spec else []
        if not places or Path(places[0]).resolve().parent != home:
            found = places[0] if places else "没有找到"
            raise PluginError(
                f"程序包 {name} 不是 nianbao 自带的（{found}）",
                where="启动检查",
                hint="请把 nianbao 装进单独的虚拟环境",
            )


def build_registry(points: Iterable[EntryPoint]) -> Registry:
    """Load the plugins that entry points name, collect their records and check them.

    A plugin that fails is named in its PluginInfo and leaves nothing else behind.
    """
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(hookspecs)
    drafts = [_load(manager, point) for point in points]
    _drop_collisions(drafts)
    sound = [draft for draft in drafts if not draft.failures]
    settlers = {draft.info.name: draft.settler for draft in sound if draft.settler}
    order = [impl.plugin_name for impl in reversed(manager.hook.nianbao_settle.get_hookimpls())]
    return Registry(
        sources=_gather(sound, "nianbao_sources", Source),
        readers=_gather(sound, "nianbao_readers", Reader),
        extractors=_gather(sound, "nianbao_extractors", Extractor),
        validators=_gather(sound, "nianbao_validators", Validator),
        regions=tuple(sorted(_all(sound, "nianbao_regions"), key=lambda region: region.code)),
        publishers=_gather(sound, "nianbao_publishers", Publisher),
        settlers=tuple((name, settlers[name]) for name in order if name in settlers),
        plugins=tuple(_info(draft) for draft in drafts),
    )


def _load(manager: pluggy.PluginManager, point: EntryPoint) -> _Draft:
    distribution = point.dist
    info = PluginInfo(
        point.name,
        point.module,
        distribution.name if distribution else "",
        distribution.version if distribution else "",
    )
    draft = _Draft(info)
    module = guarded(point.name, "import", point.load)
    if isinstance(module, Failure):
        draft.failures.append(module)
        return draft
    registered = guarded(point.name, "register", _register, manager, module, point.name)
    if isinstance(registered, Failure):
        draft.failures.append(registered)
        if manager.has_plugin(point.name):
            manager.unregister(name=point.name)
        return draft
    for hook, kind in RECORD_HOOKS.items():
        function = getattr(module, hook, None)
        if function is None:
            continue
        records = guarded(point.name, hook, _records, function, kind)
        if isinstance(records, Failure):
            draft.failures.append(records)
        else:
            draft.records[hook] = records
    draft.settler = getattr(module, "nianbao_settle", None)
    return draft


def _register(manager: pluggy.PluginManager, module: ModuleType, name: str) -> None:
    unknown = [
        hook
        for hook in dir(module)
        if manager.parse_hookimpl_opts(module, hook) is not None and not hasattr(hookspecs, hook)
    ]
    if unknown:
        known = "、".join([*RECORD_HOOKS, "nianbao_settle"])
        raise PluginError(f"没有名为 {unknown[0]} 的钩子", where=name, hint=f"可用的钩子：{known}")
    unmarked = [
        hook
        for hook in [*RECORD_HOOKS, "nianbao_settle"]
        if hasattr(module, hook) and manager.parse_hookimpl_opts(module, hook) is None
    ]
    if unmarked:
        raise PluginError(f"钩子 {unmarked[0]} 没有标注 @hookimpl", where=name)
    manager.register(module, name)


def _records(function: Callable[[], Iterable[Any]], kind: type) -> list[Any]:
    records = list(function())
    for record in records:
        if not isinstance(record, kind):
            raise PluginError(f"{function.__name__} 应给出 {kind.__name__}，却给出了 {type(record).__name__}")
    return records


def _drop_collisions(drafts: Sequence[_Draft]) -> None:
    """Name both providers where two records share a name; the later one is dropped, whole."""
    owner: dict[tuple[str, str], str] = {}
    for draft in drafts:
        for hook, records in draft.records.items():
            for record in records:
                name = record_name(record)
                first = owner.setdefault((hook, name), draft.info.name)
                if first != draft.info.name:
                    error = f"{hook} 中的名称 {name} 已由插件 {first} 使用"
                    draft.failures.append(Failure(draft.info.name, "register", error))


def record_name(record: Any) -> str:
    """Return what a record is known by: its name, or a region's code."""
    return str(record.code) if isinstance(record, RegionProfile) else str(record.name)


def _all(drafts: Iterable[_Draft], hook: str) -> list[Any]:
    return [record for draft in drafts for record in draft.records.get(hook, ())]


def _gather(drafts: Sequence[_Draft], hook: str, kind: type[Record]) -> tuple[Record, ...]:
    return tuple(sorted(_all(drafts, hook), key=record_name))


def _info(draft: _Draft) -> PluginInfo:
    info = draft.info
    records = tuple((hook, tuple(record_name(r) for r in found)) for hook, found in draft.records.items())
    return PluginInfo(info.name, info.module, info.distribution, info.version, records, tuple(draft.failures))


def our_version() -> str:
    """Return the installed version of nianbao."""
    return version("nianbao")
