"""Hides what is personal in a yearbook before publishers see it; what the store keeps is not touched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from nianbao.comparing import digest_of_text
from nianbao.corrections import evidence_of
from nianbao.masking.text import Kind, hide, is_told_in, mask, personal_spans
from nianbao.model import Digests, Entry, Finding, Overlap, Quote, Report, Side, Stock, Topic, Yearbook
from nianbao.review.digests import digests_of_findings, digests_of_numerals

Key = tuple[str, int]


def mask_yearbook(yearbook: Yearbook) -> Yearbook:
    """Return the yearbook with names, ID card and telephone numbers hidden in whatever it quotes.

    All that is hidden keeps its length, so that every quotation is still `text[start:end]`. What corrections,
    acceptances and comparisons know evidence by is kept as it was (`Entry.digests`). Titles and names of
    issuers, files, and what people entered themselves (corrections, waivers, acceptances) stay.
    """
    entries, earlier = (tuple(map(_Masked.of, each)) for each in (yearbook.entries, yearbook.earlier))
    by_file = {each.key: each for each in (*earlier, *entries)}
    return replace(
        yearbook,
        entries=tuple(each.entry for each in entries),
        earlier=tuple(each.entry for each in earlier),
        findings=tuple(_of_year(finding, by_file) for finding in yearbook.findings),
        topics=tuple(_topic(topic, by_file) for topic in yearbook.topics),
        overlaps=tuple(_overlap(each, by_file) for each in yearbook.overlaps),
        reused=tuple(_overlap(each, by_file) for each in yearbook.reused),
        stocks=tuple(_stock(each, by_file) for each in yearbook.stocks),
        notes=tuple(map(mask, yearbook.notes)),
    )


@dataclass(frozen=True, slots=True)
class _Masked:
    """An entry with what is personal hidden.

    Args:
        entry: as it is to be published.
        names: (as read, as published) of the persons that its text names, the longest first.
    """

    entry: Entry
    names: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> Key:
        return self.entry.report.file, self.entry.report.part

    @classmethod
    def of(cls, entry: Entry) -> _Masked:
        """Hide what is personal in an entry; one in which nothing is stays as it is."""
        spans = personal_spans(entry.text)
        if entry.text and not spans:
            return cls(entry)
        text = hide(entry.text, spans)
        told = {
            (entry.text[span.start : span.end], text[span.start : span.end])
            for span in spans
            if span.kind is Kind.NAME
        }
        masked = cls(replace(entry, text=text), tuple(sorted(told, key=lambda pair: (-len(pair[0]), pair))))
        report = masked.report(entry.report)
        if report == entry.report and text == entry.text:
            return cls(entry)
        return replace(masked, entry=replace(masked.entry, report=report, digests=_digests(entry)))

    def report(self, report: Report) -> Report:
        """Hide it in all that a report quotes."""
        return replace(
            report,
            sections=tuple(
                replace(each, heading=self.quote(each.start, each.heading)) for each in report.sections
            ),
            items=tuple(
                replace(each, quote=self.quote(each.start, each.quote), gist=self.words(each.gist))
                for each in report.items
            ),
            observations=tuple(
                replace(each, quote=self.quote(each.start, each.quote)) for each in report.observations
            ),
            numerals=tuple(
                replace(each, quote=self.quote(each.start, each.quote)) for each in report.numerals
            ),
            figures=tuple(replace(each, review=self.words(each.review)) for each in report.figures),
            findings=tuple(self.finding(each) for each in report.findings),
        )

    def quote(self, start: int, quote: str) -> str:
        """Return what stands in the text now, in the place of a quotation of what was read."""
        found = self.entry.text[start : start + len(quote)]
        return found if found and is_told_in(found, quote) else self.words(quote)

    def words(self, told: str) -> str:
        """Hide it in words that have no place in the text."""
        for name, hidden in self.names:
            told = told.replace(name, hidden)
        return mask(told) if told else told

    def finding(self, finding: Finding) -> Finding:
        """Hide it in a finding."""
        return replace(
            finding,
            message=self.words(finding.message),
            suggestion=self.words(finding.suggestion),
            quotes=tuple(self.evidence(each) for each in finding.quotes),
        )

    def evidence(self, quote: Quote) -> Quote:
        """Hide it in a piece of evidence."""
        return replace(quote, quote=self.quote(quote.start, quote.quote))


def _digests(entry: Entry) -> Digests:
    """Return what corrections, acceptances and comparisons know an entry by."""
    figures = [figure.indicator for figure in entry.report.figures]
    evidence = tuple((each, evidence_of(entry, each)) for each in figures)
    seen = (digests_of_findings(entry), digests_of_numerals(entry))
    return Digests(digest_of_text(entry.text), evidence_of(entry, ""), evidence, *seen)


def _of_year(finding: Finding, entries: dict[Key, _Masked]) -> Finding:
    subject = finding.subject
    masked = entries.get((subject.file, subject.part)) if subject else None
    if masked is not None:
        return masked.finding(finding)
    quotes = tuple(replace(each, quote=mask(each.quote)) for each in finding.quotes)
    return replace(finding, message=mask(finding.message), suggestion=mask(finding.suggestion), quotes=quotes)


def _topic(topic: Topic, entries: dict[Key, _Masked]) -> Topic:
    told = (entries[each.file, each.part].words(each.gist) for each in topic.examples)
    examples = tuple(replace(each, gist=gist) for each, gist in zip(topic.examples, told, strict=True))
    return replace(topic, examples=examples)


def _overlap(overlap: Overlap, entries: dict[Key, _Masked]) -> Overlap:
    first, second = _sides(overlap.sides, entries)
    return replace(overlap, sides=(first, second))


def _stock(stock: Stock, entries: dict[Key, _Masked]) -> Stock:
    return replace(stock, sides=tuple(_sides(stock.sides, entries)))


def _sides(sides: Sequence[Side], entries: dict[Key, _Masked]) -> Iterable[Side]:
    return [replace(each, passage=entries[each.file, each.part].evidence(each.passage)) for each in sides]
