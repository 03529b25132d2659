"""Records that are not to be called: each call of theirs ends as a failure that is known beforehand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Never

from nianbao.errors import PluginError
from nianbao.manager import Registry, Settler
from nianbao.model import Failure


def barred(registry: Registry, failures: Sequence[Failure]) -> Registry:
    """Return a registry in which records fail as told, and are not called for it.

    All else is as if they had failed: what an extractor owes is `failed`, a check leaves a finding.

    Args:
        registry: the records.
        failures: of each record that is barred (`plugin` is its name), in which stage and with which error.
    """
    if not failures:
        return registry
    errors = {(failure.stage, failure.plugin): failure.error for failure in failures}
    return replace(
        registry,
        extractors=tuple(
            replace(each, extract=_failing(error)) if (error := errors.get(("extract", each.name))) else each
            for each in registry.extractors
        ),
        validators=tuple(
            replace(each, check=_failing(error)) if (error := errors.get(("validate", each.name))) else each
            for each in registry.validators
        ),
        settlers=tuple(_settlers(registry.settlers, errors)),
    )


def _settlers(
    settlers: Iterable[tuple[str, Settler]], errors: Mapping[tuple[str, str], str]
) -> Iterable[tuple[str, Settler]]:
    for name, settler in settlers:
        error = errors.get(("settle", name))
        yield name, settler if error is None else _failing(error)


def _failing(error: str) -> Callable[..., Any]:
    def fail(*_: object) -> Never:
        raise PluginError(error)

    return fail
