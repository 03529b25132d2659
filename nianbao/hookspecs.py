"""The whole plugin interface: eight hooks.

Seven yield records, are called once, when the registry is built, and take no argument;
`nianbao_settle` alone is called while reports are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pluggy

from nianbao.model import Figure, Observation
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

PROJECT = "nianbao"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def nianbao_sources() -> Iterable[Source]:
    """Yield the sources that list and fetch filings."""
    return ()


@hookspec
def nianbao_readers() -> Iterable[Reader]:
    """Yield the readers that turn bytes into documents."""
    return ()


@hookspec
def nianbao_extractors() -> Iterable[Extractor]:
    """Yield the extractors that find statements in documents."""
    return ()


@hookspec
def nianbao_validators() -> Iterable[Validator]:
    """Yield the validators that check reports and yearbooks."""
    return ()


@hookspec
def nianbao_regions() -> Iterable[RegionProfile]:
    """Yield the profiles of regions."""
    return ()


@hookspec
def nianbao_kinds() -> Iterable[ReportKind]:
    """Yield further kinds of report, each with indicators and yearbooks of its own."""
    return ()


@hookspec
def nianbao_publishers() -> Iterable[Publisher]:
    """Yield the publishers that write yearbooks."""
    return ()


@hookspec(firstresult=True)
def nianbao_settle(candidates: Sequence[tuple[int, Observation]], context: Context) -> Figure | None:
    """Settle one indicator's headline figure.

    Args:
        candidates: (index in the report, observation) of all observations of one indicator, in text order.
        context: as for extractors; `context.report` tells year and issuer.

    Returns:
        The figure, or None to leave it to the next plugin; the core's own comes last.
    """
