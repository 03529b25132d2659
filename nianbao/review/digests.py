"""What a reviewer saw, as digests: what was accepted holds as long as they are the same.

A figure is known by its value, its status and its evidence; a finding by its message and its quotations; a
numeral by what is quoted and its sentence; a stale correction by itself and by what is read now. Blanks and
widths don't count, so that a page saved anew is the same. Of an entry in which what is personal is hidden
they are those of what was read (`Digests`), so that a published page and the store agree.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from decimal import Decimal

from nianbao.corrections.evidence import DIGITS, evidence_of, figure_of
from nianbao.grammar.text import fold
from nianbao.model import Correction, Entry, Figure, Finding, Numeral, NumeralReason

_BLANK = re.compile(r"\s+")
_SENTENCE_ENDS = "。！？；!?;\n"
# A line without any of them is taken this far on both sides.
_LONGEST = 200


def digest_of_figure(entry: Entry, figure: Figure) -> str:
    """Return the digest of an entry's figure."""
    told = (_value(figure.value), figure.status.value, evidence_of(entry, figure.indicator))
    return _digest("figure", told)


def digest_of_stale(entry: Entry, correction: Correction) -> str:
    """Return the digest of a correction that went stale, before the figure that is read now."""
    figure = figure_of(entry.report, correction.indicator)
    now = digest_of_figure(entry, figure) if figure else evidence_of(entry, correction.indicator)
    told = (_value(correction.value), correction.evidence, correction.person, str(correction.day), now)
    return _digest("correction", told)


def digests_of_findings(entry: Entry) -> tuple[str, ...]:
    """Return the digest of each finding of an entry, in their order."""
    if entry.digests is not None:
        return entry.digests.findings
    return tuple(map(_of_finding, entry.report.findings))


def unclaimed(entry: Entry) -> tuple[tuple[int, Numeral], ...]:
    """Return the numerals that nobody claimed, each with its place among the report's numerals."""
    return tuple(
        (place, numeral)
        for place, numeral in enumerate(entry.report.numerals)
        if numeral.reason is NumeralReason.UNCLAIMED
    )


def digests_of_numerals(entry: Entry) -> tuple[str, ...]:
    """Return the digest of each of an entry's unclaimed numerals, in their order."""
    if entry.digests is not None:
        return entry.digests.numerals
    return tuple(
        _digest("numeral", (numeral.quote, _sentence(entry.text, numeral.start, numeral.end)))
        for _, numeral in unclaimed(entry)
    )


def _of_finding(finding: Finding) -> str:
    return _digest("finding", (finding.message, *(quote.quote for quote in finding.quotes)))


def _sentence(text: str, start: int, end: int) -> str:
    """Return the sentence around a span, as far as a mark that ends one, or a line, tells."""
    low, high = max(start - _LONGEST, 0), end + _LONGEST
    first = max(text.rfind(mark, low, start) for mark in _SENTENCE_ENDS) + 1
    found = [place for mark in _SENTENCE_ENDS if (place := text.find(mark, end, high)) >= 0]
    return text[max(first, low) : min(found, default=high)]


def _value(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


def _digest(kind: str, told: Iterable[str]) -> str:
    plain = "\n".join([kind, *(_BLANK.sub("", fold(each)) for each in told)])
    return hashlib.sha256(plain.encode(errors="replace")).hexdigest()[:DIGITS]
