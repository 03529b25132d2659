"""Who reports, for which year, from where, and whether the document is such a report at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nianbao import Attribute, Context, Document, Extractor, Field, hookimpl


@hookimpl
def nianbao_extractors() -> Iterable[Extractor]:
    """Yield the extractor of a report's identity."""
    yield Extractor("identity", yields=frozenset(Field), extract=extract)


def extract(document: Document, context: Context) -> Iterator[Attribute]:
    """Yield what a document says of itself: kind, title, year, issuer, place and day of publication."""
    # Its patterns take tens of milliseconds to compile, which a command that reads nothing need not pay.
    from plugins.extractors.identity.statements import identify

    yield from identify(document, context)
