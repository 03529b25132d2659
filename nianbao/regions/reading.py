"""A report read by its region's profile: the choice, once its place is known, and the context for it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from nianbao.grammar.reading import read_text
from nianbao.guard import guarded
from nianbao.manager import Registry
from nianbao.model import Document, Failure, RegionUse, Report
from nianbao.records import OWN_ID, Context, Extractor
from nianbao.regions.catalogues import catalogue_of
from nianbao.regions.choice import choose, profile_of


def placed(
    registry: Registry, report: Report, document: Document, context: Context
) -> tuple[Report, Context]:
    """Choose the profile that reads a report; return the report with it, and the context that it makes.

    Where a profile's cards can't be put together, its plugin has failed on this report, which is then read
    as one of no region.

    Args:
        registry: the plugins' records.
        report: with its identity.
        document: what it is read from.
        context: its own.
    """
    use = choose(registry.regions, report, context)
    report = replace(report, region=use)
    if use is None:
        return report, in_region(registry, report, document, context)
    found = guarded(_owner(registry, use), "region", in_region, registry, report, document, context)
    if not isinstance(found, Failure):
        return report, found
    report = replace(report, region=None, failures=(*report.failures, found))
    return report, in_region(registry, report, document, context)


def in_region(registry: Registry, report: Report, document: Document, context: Context) -> Context:
    """Return the context in which a report is read whose profile has been chosen.

    Args:
        registry: the plugins' records.
        report: with the region that reads it, or none.
        document: what it is read from.
        context: its own.

    Raises:
        CatalogueError: the profile's cards can't be put together.
    """
    use = report.region
    if use is None:
        return context if context.region is None else replace(context, region=None)
    region = profile_of(registry.regions, use, context.region)
    if region is None:
        return context
    catalogue = catalogue_of(context.catalogue, registry.regions, region)
    reading = context.reading
    if reading is not None and catalogue.units is not context.catalogue.units:
        reading = read_text(document.text, catalogue.units, document.blocks)
    return replace(context, region=region, region_by=use.by, catalogue=catalogue, reading=reading)


def is_of_other_regions(extractor: Extractor, known: Collection[str]) -> bool:
    """Tell whether an extractor yields nothing but other regions' own indicators.

    Args:
        extractor: the extractor.
        known: what the report's own catalogue has.
    """
    return bool(extractor.yields) and all(
        name not in known and OWN_ID.fullmatch(name) for name in extractor.yields
    )


def _owner(registry: Registry, use: RegionUse) -> str:
    """Return the plugin that brings a region's profile; its code where none does."""
    owners = (
        plugin.name
        for plugin in registry.plugins
        for hook, codes in plugin.records
        if hook == "nianbao_regions" and use.code in codes
    )
    return next(owners, use.code)
