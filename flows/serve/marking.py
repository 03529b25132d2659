"""A report's text as HTML with its figures and findings marked in it, readable without any script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from nianbao.model import Finding, Report, Severity
from outputs.review.text import shown

_TABLE = '<div class="wide" tabindex="0" role="group" aria-label="表格"><table>'
_END = "</table></div>"
_ORDER = {each.value: place for place, each in enumerate((Severity.ERROR, Severity.WARNING, Severity.NOTE))}


@dataclass(frozen=True, slots=True)
class Span:
    """A marked piece of the text.

    Args:
        start, end: in the document's text.
        finding: the number of the finding that it is evidence of; None of a figure.
        look: the style: a severity, or `figure`.
        told: what it is, for whoever points at it.
    """

    start: int
    end: int
    finding: int | None
    look: str
    told: str


def spans_of(
    report: Report, findings: Sequence[Finding], names: Mapping[str, str], first: int = 0
) -> list[Span]:
    """Return what is to be marked: the evidence of findings, and the figures that were taken.

    Args:
        report: settled and checked.
        findings: in the order in which they are numbered.
        names: of the indicators by id.
        first: the number of the first finding.
    """
    spans = [
        Span(quote.start, quote.end, number, finding.severity.value, finding.message)
        for number, finding in enumerate(findings, first)
        for quote in finding.quotes
        if quote.end > quote.start
    ]
    taken = {source for figure in report.figures for source in figure.sources}
    spans += [
        Span(told.figure_start, told.figure_end, None, "figure", names.get(told.indicator, told.indicator))
        for place, told in enumerate(report.observations)
        if place in taken
    ]
    return spans


def marked(text: str, spans: Iterable[Span], first: int = 0, last: int | None = None) -> Iterator[str]:
    """Yield the paragraphs of a piece of a text, and its tables.

    Args:
        text: the document's.
        spans: what is to be marked; may overlap.
        first, last: where the piece begins and ends.
    """
    ordered = sorted(spans, key=lambda span: (span.start, span.end))
    begun: set[int] = set()
    in_table = False
    start = first
    for line in text[first:last].split("\n"):
        if ("\t" in line) != in_table:
            in_table = not in_table
            yield _TABLE if in_table else _END
        here = [span for span in ordered if span.start < start + len(line) and span.end > start]
        if in_table:
            yield f"<tr>{''.join(_cells(text, line, start, here, begun))}</tr>"
        elif line.strip():
            yield f"<p>{_pieces(text, start, start + len(line), here, begun)}</p>"
        start += len(line) + 1
    if in_table:
        yield _END


def _cells(text: str, line: str, start: int, spans: Sequence[Span], begun: set[int]) -> Iterator[str]:
    for cell in line.split("\t"):
        yield f"<td>{_pieces(text, start, start + len(cell), spans, begun)}</td>"
        start += len(cell) + 1


def _pieces(text: str, start: int, end: int, spans: Sequence[Span], begun: set[int]) -> str:
    """Return a stretch of text with its marks: figures stand inside the links to findings."""
    inside = [span for span in spans if span.start < end and span.end > start]
    figures = [span for span in inside if span.finding is None]
    return "".join(
        _linked(_figures(text, a, b, figures), over, begun)
        for a, b, over in _cut(start, end, [span for span in inside if span.finding is not None])
    )


def _cut(start: int, end: int, spans: Sequence[Span]) -> Iterator[tuple[int, int, list[Span]]]:
    """Yield the pieces of a stretch between the edges of spans, each with what covers it."""
    edges = {start, end, *(e for span in spans for e in (span.start, span.end) if start < e < end)}
    for a, b in pairwise(sorted(edges)):
        yield a, b, [span for span in spans if span.start <= a and span.end >= b]


def _figures(text: str, start: int, end: int, figures: Sequence[Span]) -> str:
    told = []
    for a, b, over in _cut(start, end, figures):
        words = shown(text[a:b])
        told.append(f'<span class="figure" title="{shown(over[0].told)}">{words}</span>' if over else words)
    return "".join(told)


def _linked(told: str, findings: Sequence[Span], begun: set[int]) -> str:
    if not findings:
        return told
    new = [span.finding for span in findings if span.finding is not None and span.finding not in begun]
    begun.update(new)
    anchors = "".join(f'<i id="q{number}"></i>' for number in new)
    worst = min(findings, key=lambda span: _ORDER[span.look])
    link = f'class="mark {worst.look}" href="#f{worst.finding}" title="{shown(worst.told)}"'
    return f"{anchors}<a {link}>{told}</a>"
