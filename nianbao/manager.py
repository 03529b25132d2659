"""Builds the registry: every plugin's records, sorted by name, each hook called once and under guard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import localcontext
from functools import cache
from importlib.metadata import EntryPoint, version
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias, TypeVar, cast

import pluggy

from nianbao import hookspecs
from nianbao.errors import PluginError
from nianbao.guard import guarded
from nianbao.hookspecs import PROJECT
from nianbao.installed import ENTRY_POINTS, choice, chosen_points
from nianbao.model import Failure, Figure, Observation
from nianbao.records import (
    Context,
    Extractor,
    Publisher,
    Reader,
    RegionProfile,
    ReportKind,
    Source,
    Validator,
)
from nianbao.soundness import check_record, record_name
from nianbao.strangers import held_to_account
from nianbao.tracing import told, traced

__all__ = [
    "ENTRY_POINTS",
    "PluginInfo",
    "Registry",
    "build_registry",
    "intake_registry",
    "record_name",
    "registry",
]

OUR_PACKAGES = ("connectors", "plugins", "outputs", "flows")
RECORD_HOOKS: dict[str, type] = {
    "nianbao_sources": Source,
    "nianbao_readers": Reader,
    "nianbao_extractors": Extractor,
    "nianbao_validators": Validator,
    "nianbao_regions": RegionProfile,
    "nianbao_kinds": ReportKind,
    "nianbao_publishers": Publisher,
}
INTAKE_HOOKS = ("nianbao_sources", "nianbao_readers")

Candidates: TypeAlias = Sequence[tuple[int, Observation]]
Settler: TypeAlias = Callable[[Candidates, Context], Figure | None]

Record = TypeVar("Record", Source, Reader, Extractor, Validator, RegionProfile, ReportKind, Publisher)


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
    settlers: tuple[tuple[str, Settler], ...]
    plugins: tuple[PluginInfo, ...]
    kinds: tuple[ReportKind, ...] = ()

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
    failures: list[Failure] = field(default_factory=list)


@cache
def registry() -> Registry:
    """Return this process's registry, built from the installed entry points."""
    check_packages()
    return build_registry(chosen_points())


@cache
def intake_registry() -> Registry:
    """Return a registry that lists, fetches and reads: nothing is made ready for what comes after."""
    check_packages()
    return build_registry(chosen_points(), hooks=INTAKE_HOOKS)


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


def build_registry(points: Iterable[EntryPoint], hooks: Collection[str] = tuple(RECORD_HOOKS)) -> Registry:
    """Load the plugins that entry points name, collect their records and check them.

    A plugin that fails is named in its PluginInfo and leaves nothing else behind.

    Args:
        points: the entry points; of two that bring the same name, the earlier stays.
        hooks: those whose records are wanted; the others are not called.
    """
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(hookspecs)
    with localcontext():
        drafts = [_load(manager, point, hooks) for point in points]
    _drop_collisions(drafts)
    sound = [draft for draft in drafts if not draft.failures]
    names = {draft.info.name for draft in sound}
    return Registry(
        sources=_gather(sound, "nianbao_sources", Source),
        readers=_gather(sound, "nianbao_readers", Reader),
        extractors=_gather(sound, "nianbao_extractors", Extractor),
        validators=_gather(sound, "nianbao_validators", Validator),
        regions=_gather(sound, "nianbao_regions", RegionProfile),
        publishers=_gather(sound, "nianbao_publishers", Publisher),
        settlers=tuple(
            (hook.plugin_name, _settler(hook))
            for hook in reversed(manager.hook.nianbao_settle.get_hookimpls())
            if hook.plugin_name in names
        ),
        plugins=tuple(_info(draft) for draft in drafts),
        kinds=_gather(sound, "nianbao_kinds", ReportKind),
    )


def _load(manager: pluggy.PluginManager, point: EntryPoint, hooks: Collection[str]) -> _Draft:
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
        return draft
    tracing = choice().trace_plugins
    for hook in hooks:
        kind = RECORD_HOOKS[hook]
        records = guarded(point.name, hook, _records, module, hook, kind)
        if isinstance(records, Failure):
            draft.failures.append(records)
        elif records:
            draft.records[hook] = [traced(point.name, each) for each in records] if tracing else records
    return draft


def _register(manager: pluggy.PluginManager, module: ModuleType, name: str) -> None:
    """Register a module; one that breaks a rule leaves nothing in the manager.

    Raises:
        PluginError: its name is taken, or a hook is unknown, unmarked or a wrapper.
    """
    owner = manager.get_plugin(name)
    if owner is not None:
        raise PluginError(f"插件名 {name} 已由模块 {owner.__name__} 使用", where=module.__name__)
    hooks = (*RECORD_HOOKS, "nianbao_settle")
    marked = {hook: options for hook in dir(module) if (options := manager.parse_hookimpl_opts(module, hook))}
    for hook, options in marked.items():
        if hook not in hooks:
            raise PluginError(f"没有名为 {hook} 的钩子", where=name, hint=f"可用的钩子：{'、'.join(hooks)}")
        if options.get("hookwrapper") or options.get("wrapper"):
            raise PluginError(f"钩子 {hook} 不能是包装函数", where=name)
    for hook in hooks:
        if hasattr(module, hook) and hook not in marked:
            raise PluginError(f"钩子 {hook} 没有标注 @hookimpl", where=name)
    try:
        manager.register(module, name)
    except pluggy.PluginValidationError as error:
        manager.unregister(name=name)
        raise PluginError(f"钩子的参数不合规定：{error}", where=name) from error


def _records(module: ModuleType, hook: str, kind: type) -> list[Any]:
    function: Callable[[], Iterable[Any]] = getattr(module, hook, tuple)
    records = list(function())
    for record in records:
        if not isinstance(record, kind):
            raise PluginError(f"{hook} 应给出 {kind.__name__}，却给出了 {type(record).__name__}")
        check_record(record)
    return records


def _settler(hook: pluggy.HookImpl) -> Settler:
    """Return a plugin's `nianbao_settle`, given the arguments that it asks for by name, as pluggy would."""

    def settle(candidates: Candidates, context: Context) -> Figure | None:
        given = {"candidates": candidates, "context": context}
        return cast("Figure | None", hook.function(*(given[name] for name in hook.argnames)))

    return told(hook.plugin_name, "nianbao_settle", settle) if choice().trace_plugins else settle


def _drop_collisions(drafts: Sequence[_Draft]) -> None:
    """Name both providers where two records share a name; the later plugin is dropped, whole."""
    owners: dict[tuple[str, str], str] = {}
    for draft in drafts:
        if draft.failures:
            continue
        own = [(hook, record_name(record)) for hook, records in draft.records.items() for record in records]
        own += _indicators(draft.records.get("nianbao_regions", ()))
        for (hook, name), times in Counter(own).items():
            owner = owners.get((hook, name), draft.info.name if times > 1 else None)
            if owner is not None:
                error = f"{draft.info.name} 在 {hook} 中给出的名称 {name} 已由插件 {owner} 使用"
                draft.failures.append(Failure(draft.info.name, "register", error))
        if not draft.failures:
            owners |= dict.fromkeys(own, draft.info.name)


def _indicators(regions: Iterable[RegionProfile]) -> list[tuple[str, str]]:
    """Return the indicators that regions add: each is one region's own."""
    # The catalogue is loaded for regions alone.
    from nianbao.catalogue.regional import own_ids

    return [("nianbao_regions 的指标卡", name) for region in regions for name in own_ids(region.cards)]


def _gather(drafts: Sequence[_Draft], hook: str, kind: type[Record]) -> tuple[Record, ...]:
    found = ((draft.info.distribution, each) for draft in drafts for each in draft.records.get(hook, ()))
    records = [each if distribution == PROJECT else held_to_account(each) for distribution, each in found]
    return tuple(sorted(records, key=record_name))


def _info(draft: _Draft) -> PluginInfo:
    info = draft.info
    records = tuple((hook, tuple(record_name(r) for r in found)) for hook, found in draft.records.items())
    return PluginInfo(info.name, info.module, info.distribution, info.version, records, tuple(draft.failures))


def our_version() -> str:
    """Return the installed version of nianbao."""
    return version("nianbao")
