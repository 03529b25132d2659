"""What a correction saw, as a digest that any change of it changes."""

from __future__ import annotations

import hashlib
import re

from nianbao.grammar.text import fold
from nianbao.model import Entry, Figure, Report

DIGITS = 16
_BLANK = re.compile(r"\s+")


def figure_of(report: Report, indicator: str) -> Figure | None:
    """Return a report's figure of an indicator, or None where it has none."""
    return next((figure for figure in report.figures if figure.indicator == indicator), None)


def evidence_of(entry: Entry, indicator: str) -> str:
    """Return the digest of what an indicator's figure rests on.

    These are the sentences of its sources; where the report was read as silent, its whole text, since the
    figure might then appear anywhere. Blanks and widths don't count: a page saved anew is the same evidence.
    """
    if entry.digests is not None:
        # A correction that comes back from a workbook saw what was published, and means what was read.
        return dict(entry.digests.evidence).get(indicator, entry.digests.silence)
    figure = figure_of(entry.report, indicator)
    quotes = [entry.report.observations[index].quote for index in figure.sources] if figure else []
    seen = quotes or [entry.text]
    plain = "\n".join(_BLANK.sub("", fold(quote)) for quote in seen)
    kind = "quote" if quotes else "text"
    return hashlib.sha256(f"{kind}\n{plain}".encode(errors="replace")).hexdigest()[:DIGITS]
