"""Which publishers write the results: those that the user names, else the usual ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nianbao.errors import UsageError
from nianbao.manager import Registry

# What users call the built-in ones.
_CALLED = {"工作簿": "workbook", "数据集": "dataset", "通报": "notice", "核对页": "review"}


def with_publishers(found: Registry, names: Sequence[str]) -> Registry:
    """Return the registry with the publishers of these names; with the usual ones where none is named.

    Raises:
        UsageError: there is no publisher of such a name.
    """
    known = {each.name for each in found.publishers}
    called = {name: _CALLED.get(name, name) for name in names}
    for name, meant in called.items():
        if meant not in known:
            shown = [*(told for told, each in _CALLED.items() if each in known), *sorted(known)]
            raise UsageError(
                f"没有名为“{name}”的输出", where="--publish", hint=f"可用的有：{'、'.join(shown)}"
            )
    wanted = set(called.values())
    chosen = [each for each in found.publishers if (each.name in wanted if wanted else each.is_usual)]
    return replace(found, publishers=tuple(chosen))


def publisher_names(found: Registry) -> tuple[str, ...]:
    """Return what users call the publishers that there are: the built-in ones first."""
    known = [each.name for each in found.publishers]
    told = [called for called, name in _CALLED.items() if name in known]
    return (*told, *sorted(set(known) - set(_CALLED.values())))
