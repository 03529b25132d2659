"""Plugins that fail too often in a run: all that they say of its reports is left out.

What is decided rests on the reports alone, not on the order in which they were read. Built-in plugins are
never quarantined: their figures are what a run is made for, and a failure costs a part of one report.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nianbao.hookspecs import PROJECT
from nianbao.manager import PluginInfo, Registry
from nianbao.model import DocumentKind, Failure

# A plugin that fails on so many reports of a run is quarantined.
TOO_MANY = 3
_SAID = "本次运行停用它，所有报告都不采用它的结果"
_LONGEST_REASON = 120
_STAGES = {"nianbao_extractors": "extract", "nianbao_validators": "validate"}


@dataclass(frozen=True, slots=True, order=True)
class Failed:
    """A plugin's failure on a report of the run.

    Args:
        file, part: the report's.
        failure: of one of the plugin's records.
    """

    file: str
    part: int
    plugin: str
    stage: str
    error: str


def quarantined(registry: Registry, failed: Iterable[Failed]) -> dict[str, str]:
    """Return the plugins of other packages that failed too often, each with the line that tells it.

    One that was quarantined already stays so, for as long as the same plugins read the same reports.

    Args:
        registry: the plugins.
        failed: all failures on the run's reports.
    """
    owners = dispensable(registry)
    by_plugin: dict[str, list[Failed]] = {}
    for each in sorted(failed):
        plugin = owners.get((each.stage, each.plugin))
        if plugin is not None:
            by_plugin.setdefault(plugin, []).append(each)
    told: dict[str, str] = {}
    for plugin, found in sorted(by_plugin.items()):
        before = [each.error for each in found if is_quarantine(each.error)]
        if before:
            told[plugin] = min(before)
        elif len({(each.file, each.part) for each in found}) >= TOO_MANY:
            told[plugin] = line_of(plugin, found[0].error)
    return told


def concerning(registry: Registry, told: Mapping[str, str], kind: DocumentKind) -> tuple[str, ...]:
    """Return the lines of the quarantined plugins that are asked about reports of a kind.

    Args:
        registry: the plugins.
        told: as `quarantined` returns them.
        kind: the kind.
    """
    asked = {("extract", each.name) for each in registry.extractors if kind in each.serves}
    asked |= {("validate", each.name) for each in registry.validators if kind in each.serves}
    asked |= {("settle", name) for name, _ in registry.settlers}
    plugins = {plugin for key, plugin in dispensable(registry).items() if key in asked}
    return tuple(line for plugin, line in told.items() if plugin in plugins)


def line_of(plugin: str, reason: str) -> str:
    """Return the line that tells that a plugin is quarantined, with the first error for its reason."""
    return f"插件 {plugin} 在 {TOO_MANY} 份以上的报告上出错，{_SAID}：{reason[:_LONGEST_REASON]}"


def is_quarantine(error: str) -> bool:
    """Tell whether an error says that its plugin is quarantined, rather than what it did."""
    return _SAID in error


def dispensable(registry: Registry) -> dict[tuple[str, str], str]:
    """Return what other packages' plugins bring to reports: (stage, record) → the plugin."""
    return {
        key: plugin.name
        for plugin in registry.plugins
        if plugin.distribution != PROJECT and not plugin.failures
        for key in _records(registry, plugin)
    }


def _records(registry: Registry, plugin: PluginInfo) -> Iterable[tuple[str, str]]:
    for hook, names in plugin.records:
        if hook in _STAGES:
            yield from ((_STAGES[hook], name) for name in names)
    if plugin.name in dict(registry.settlers):
        yield "settle", plugin.name


def failures_of(owners: Mapping[tuple[str, str], str], told: Mapping[str, str]) -> tuple[Failure, ...]:
    """Return how each record of the quarantined plugins ends, for `nianbao.barring`.

    Args:
        owners: as `dispensable` returns them.
        told: as `quarantined` returns them.
    """
    return tuple(
        Failure(record, stage, told[plugin]) for (stage, record), plugin in owners.items() if plugin in told
    )
