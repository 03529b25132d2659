"""The indicators of the catalogue, by their cards; and why every other numeral is none."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from nianbao import (
    INDICATORS,
    NUMERALS,
    SECTIONS,
    Candidate,
    Context,
    Document,
    Extractor,
    Numeral,
    Observation,
    hookimpl,
)
from nianbao.catalogue import load_catalogue


@hookimpl
def nianbao_extractors() -> Iterator[Extractor]:
    """Yield the extractor of the catalogue's indicators."""
    yield Extractor(
        name="indicators",
        yields=frozenset(load_catalogue().indicators) | {INDICATORS, NUMERALS},
        extract=extract,
        needs=frozenset({"year", "issuer_level", "division_code", SECTIONS}),
        explain=explain,
    )


def extract(document: Document, context: Context) -> Iterator[Observation | Numeral]:
    """Find every figure of every indicator in a document, and account for its other numerals."""
    # The automaton and its library are loaded with the first document, not with the plugin.
    from plugins.extractors.indicators.engine import engine_for

    if context.reading is not None and context.report is not None:
        yield from engine_for(context.catalogue).extract(context.reading, context.report)


def explain(document: Document, context: Context, wanted: AbstractSet[str]) -> Iterator[Candidate]:
    """Tell every figure that was weighed for some indicators, and why it was taken or refused."""
    from plugins.extractors.indicators import explaining

    if context.reading is not None and context.report is not None:
        yield from explaining.explain(context.reading, context.report, context.catalogue, wanted)
