"""Reports of other kinds than those on 法治政府建设: which kinds are read, and with which indicators."""

from __future__ import annotations

from dataclasses import replace

from nianbao.catalogue import Card, Catalogue
from nianbao.manager import Registry
from nianbao.model import Document, DocumentKind, IndicatorInfo, Report
from nianbao.records import Context, ReportKind
from nianbao.regions import in_region

_CATALOGUES: dict[tuple[str, tuple[IndicatorInfo, ...]], Catalogue] = {}


def kinds_served(registry: Registry) -> tuple[ReportKind, ...]:
    """Return the further kinds of report that some extractor serves, in the order of their names."""
    served = frozenset().union(*(each.serves for each in registry.extractors))
    return tuple(each for each in registry.kinds if each.kind in served)


def kind_served(registry: Registry, kind: DocumentKind) -> ReportKind | None:
    """Return a further kind of report that some extractor serves, or None."""
    return next((each for each in kinds_served(registry) if each.kind is kind), None)


def in_kind(context: Context, kind: ReportKind) -> Context:
    """Return the context in which the reports of a further kind are read: its indicators alone, no region."""
    return replace(context, region=None, catalogue=_catalogue(context.catalogue, kind))


def to_read(registry: Registry, report: Report, document: Document, context: Context) -> Context:
    """Return the context for a report whose identity is known: that of its kind, or of its region.

    Args:
        registry: the plugins' records.
        report: with its kind, and the region that reads it, if any.
        document: what it is read from.
        context: its own.

    Raises:
        CatalogueError: the region's cards can't be put together.
    """
    kind = kind_served(registry, report.kind)
    return in_region(registry, report, document, context) if kind is None else in_kind(context, kind)


def _catalogue(base: Catalogue, kind: ReportKind) -> Catalogue:
    """Return a catalogue of a kind's indicators, with the base's units."""
    key = (base.fingerprint, kind.indicators)
    if key not in _CATALOGUES:
        cards = {each.id: _card(each) for each in kind.indicators}
        _CATALOGUES[key] = Catalogue(cards, base.units, f"{base.fingerprint}+{kind.kind}")
    return _CATALOGUES[key]


def _card(info: IndicatorInfo) -> Card:
    """Return a card without cues: the kind's own extractors find its figures."""
    return Card(
        id=info.id,
        name=info.name,
        area=info.area,
        dimension=info.dimension,
        unit=info.unit,
        definition=info.definition,
        takes=frozenset(),
        units=frozenset(),
        stock=False,
        cues=(),
        without=(),
        nothing=(),
        nothing_without=(),
        topic=(),
        kinds=(),
        ratio_of=(),
        at_most=(),
        examples=(),
        counterexamples=(),
    )
