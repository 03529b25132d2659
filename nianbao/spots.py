"""Which paragraphs and cells of an original hold what a person may want to see there."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.model import Block, Document, NumeralReason, Report


def spots_of(report: Report, document: Document) -> tuple[Block, ...]:
    """Return the blocks that hold a report's evidence and have a box on a page, in the order of the text.

    They are few, so that a whole year's can be kept with its entries; an original without pages has none.

    Args:
        report: its figures, findings and unclaimed numerals are the evidence.
        document: what it was read from.
    """
    if not any(block.place.box for block in document.blocks):
        return ()
    found = {block.start: block for offset in _offsets(report) if (block := document.block_of(offset))}
    return tuple(found[start] for start in sorted(found) if found[start].place.box is not None)


def _offsets(report: Report) -> Iterator[int]:
    yield from (observation.figure_start for observation in report.observations)
    yield from (quote.start for finding in report.findings for quote in finding.quotes)
    yield from (each.start for each in report.numerals if each.reason is NumeralReason.UNCLAIMED)
