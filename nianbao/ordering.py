"""The order in which extractors run: each after all that yield what it needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from nianbao.manager import Registry
from nianbao.model import DocumentKind, Failure, Field
from nianbao.records import Extractor


def in_order(
    extractors: Sequence[Extractor], standing: Mapping[str, int]
) -> tuple[tuple[Extractor, ...], tuple[Failure, ...]]:
    """Order extractors by what they need; ties go by name.

    Where extractors wait for each other, the one that was registered last is left out, so that a
    stranger's can't hold up a built-in one.

    Args:
        extractors: all of them.
        standing: the rank of each by name, the built-in first; unranked ones come before all.

    Returns:
        Those that can run, in order, and a failure for each that was left out.
    """
    by_name = {extractor.name: extractor for extractor in extractors}
    failures: list[Failure] = []
    while True:
        sorter = TopologicalSorter(_waits(by_name))
        try:
            sorter.prepare()
        except CycleError as error:
            ring: list[str] = error.args[1]
            last = max(ring, key=lambda name: (standing.get(name, -1), name))
            failures.append(Failure(last, "extract", f"提取插件互相等待：{' → '.join(ring)}"))
            del by_name[last]
            continue
        ordered: list[Extractor] = []
        while sorter.is_active():
            ready = sorted(sorter.get_ready())
            ordered += [by_name[name] for name in ready]
            sorter.done(*ready)
        return tuple(ordered), tuple(failures)


def _waits(extractors: Mapping[str, Extractor]) -> dict[str, list[str]]:
    """Return for each extractor those that it waits for; sorted, so that every process finds one ring."""
    providers: dict[str, set[str]] = {}
    for extractor in extractors.values():
        for name in extractor.yields:
            providers.setdefault(name, set()).add(extractor.name)
    return {
        name: sorted({owner for need in _needs(extractor) for owner in providers.get(need, ())} - {name})
        for name, extractor in extractors.items()
    }


def _needs(extractor: Extractor) -> frozenset[str]:
    """Return what must be known before an extractor runs: of one that serves another kind, the kind too."""
    return extractor.needs if extractor.serves == {DocumentKind.REPORT} else extractor.needs | {Field.KIND}


def standing_of(registry: Registry) -> dict[str, int]:
    """Return each extractor's rank by name: the place of its plugin, the built-in first."""
    return {
        name: rank
        for rank, plugin in enumerate(registry.plugins)
        for hook, names in plugin.records
        if hook == "nianbao_extractors" and not plugin.failures
        for name in names
    }


def last_to_tell(name: str, extractors: Sequence[Extractor]) -> int:
    """Return how many extractors have run once the last one has that yields a name; 0 where none does.

    Args:
        name: of a field, or of what else extractors yield.
        extractors: in their order.
    """
    return max((number for number, each in enumerate(extractors, 1) if name in each.yields), default=0)
