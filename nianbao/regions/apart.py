"""Which plugins bear on the reports of one region alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from nianbao.catalogue.regional import own_ids
from nianbao.manager import PluginInfo, Registry
from nianbao.records import RegionProfile
from nianbao.regions.reading import is_of_other_regions

_REGIONS, _EXTRACTORS = "nianbao_regions", "nianbao_extractors"


def regional_plugins(registry: Registry, known: Collection[str]) -> tuple[PluginInfo, ...]:
    """Return the sound plugins that bring nothing but regions, and extractors that their reports alone ask.

    Args:
        registry: the plugins' records.
        known: the ids of the national indicators.
    """
    of_all = {each.name for each in registry.extractors if not is_of_other_regions(each, known)}
    settlers = {name for name, _ in registry.settlers}
    return tuple(
        plugin
        for plugin in registry.plugins
        if not plugin.failures
        and plugin.name not in settlers
        and {hook for hook, _ in plugin.records} in ({_REGIONS}, {_REGIONS, _EXTRACTORS})
        and of_all.isdisjoint(_names(plugin, _EXTRACTORS))
    )


def bearing_on(
    registry: Registry, lineage: Collection[RegionProfile], plugins: Iterable[PluginInfo]
) -> tuple[PluginInfo, ...]:
    """Return those of the regional plugins whose code may be asked for a report that profiles read.

    Args:
        registry: the plugins' records.
        lineage: the profiles.
        plugins: the regional ones.
    """
    codes = {each.code for each in lineage}
    ids = {name for each in lineage for name in own_ids(each.cards)}
    asked = {each.name for each in registry.extractors if not ids.isdisjoint(each.yields)}
    return tuple(
        plugin
        for plugin in plugins
        if not codes.isdisjoint(_names(plugin, _REGIONS)) or not asked.isdisjoint(_names(plugin, _EXTRACTORS))
    )


def _names(plugin: PluginInfo, hook: str) -> tuple[str, ...]:
    return next((names for kind, names in plugin.records if kind == hook), ())
