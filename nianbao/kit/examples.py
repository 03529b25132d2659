"""The examples of a plugin's cards, put to all extractors as sentences of a town's report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from nianbao.catalogue import Catalogue, load_catalogue
from nianbao.grammar.reading import read_text
from nianbao.guard import guarded
from nianbao.kit.probes import document_of
from nianbao.manager import Registry
from nianbao.model import Attribute, Document, Failure, Field, Observation, Report, Status
from nianbao.records import INDICATORS, Context, Extractor, Statement
from nianbao.steps import context_of


def own_examples(whole: Catalogue) -> Iterator[tuple[str, Any]]:
    """Yield (id, example) of what a catalogue adds to the national one, counter-examples included."""
    base = load_catalogue().indicators
    for card in whole.indicators.values():
        known = base.get(card.id)
        old = {*known.examples, *known.counterexamples} if known else set()
        yield from ((card.id, each) for each in (*card.examples, *card.counterexamples) if each not in old)


def example_faults(found: Registry, context: Context) -> Iterator[str]:
    """Yield a Chinese line for each own example of a region's catalogue that is not read as it says.

    Args:
        found: the plugins.
        context: with the region and its catalogue.
    """
    for card, example in own_examples(context.catalogue):
        told = sorted(found_values(found, context, card, example.text))
        wanted = sorted({Decimal(value) for value in example.values})
        if told != wanted:
            yield f"{card}：“{example.text}”应读出 {_shown(wanted)}，却读出 {_shown(told)}"


def found_values(found: Registry, context: Context, indicator: str, sentence: str) -> set[Decimal]:
    """Return the values that all extractors find of an indicator in one sentence of a town's report.

    Args:
        found: the plugins.
        context: with the region and its catalogue.
        indicator: its id.
        sentence: the text.
    """
    document = document_of("例.txt", sentence)
    context = replace(context_of(found, document, context), report=town_report(document))
    context = replace(context, reading=read_text(sentence, context.catalogue.units))
    values: set[Decimal] = set()
    for extractor in found.extractors:
        if indicator in extractor.yields or INDICATORS in extractor.yields:
            told = guarded(extractor.name, "extract", listed, extractor, document, context)
            if not isinstance(told, Failure):
                values |= {s.value for s in told if isinstance(s, Observation) and s.indicator == indicator}
    return values


def listed(extractor: Extractor, document: Document, context: Context) -> list[Statement]:
    """Return all that an extractor states."""
    return list(extractor.extract(document, context))


def town_report(document: Document) -> Report:
    """Return the report that a town's document is, before anything was found in it."""
    told = (Attribute(Field.YEAR, "2023", "例", "kit"), Attribute(Field.ISSUER_LEVEL, "town", "例", "kit"))
    return Report(document.name, document.sha256, Status.COMPLETE, told)


def _shown(values: list[Decimal]) -> str:
    return "、".join(map(str, values)) or "不出数字"
