"""Several reports in one file: where each begins, and a document of its own for each.

A county binds its towns' reports together; an office files two years, or its 信息公开年报, with the report on
法治政府建设. A report begins where a paragraph is the title of one and a body of its own follows; a title
that is quoted, listed, or repeated at the head of a page begins none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from nianbao.grammar.labels import FIRST, RANK, Label, find_labels
from nianbao.grammar.paragraphs import Lines, split_lines
from nianbao.grammar.titles import LONGEST, YEAR, Title, find_titles
from nianbao.model import Block, Document, Fact, FactName, Report

_QUICK = re.compile(r"法治|依法行政|依法治|信息公[开開]|資訊公開")
_COLLECTED = re.compile(r"汇编|合集|合订|选编|目\s*录")
_STOPS = re.compile("[。；！？;!?]")
# What the file as a whole is called says nothing of one of its reports.
_OF_THE_WHOLE = frozenset(
    {
        FactName.TITLE,
        FactName.ISSUER,
        FactName.YEAR,
        FactName.FILE_NAME,
        FactName.ATTACHMENT,
        FactName.DOCUMENT_NUMBER,
    }
)
# A body has so many sentences below a numbered outline, or so many paragraphs of so many characters.
_SENTENCES = 3
_PARAGRAPHS, _PARAGRAPH, _CHARACTERS = 3, 40, 400
# Above a second report stands at least this much.
_SHORTEST = 100
# No county binds so many together: more titles are a list, however long.
_MOST = 300
# A title that comes so often apart is a page's head: in contents and above its report it comes twice.
_HEADED = 3
_NO_TITLE = Title(0, 0, "")


@dataclass(frozen=True, slots=True)
class Part:
    """One of the reports of a document.

    Args:
        document: its own text, blocks and facts; offsets count from its own beginning.
        start: where its text begins in that of the whole.
    """

    document: Document
    start: int


def find_parts(document: Document) -> tuple[Part, ...]:
    """Return the reports of a document, each as a document of its own; most hold one, which is left whole.

    A cover and a table of contents above the first of several belong to none of them. What stands below a
    report (its signature, its annexes) stays with it.
    """
    spans = _spans(document.text)
    if len(spans) < 2:
        return (Part(document, 0),)
    called = _collection(document, spans[0][0])
    return tuple(Part(_cut(document, start, end, called), start) for start, end in spans)


def shifted(report: Report, by: int) -> Report:
    """Return the report of a part with all its offsets counted in the text of the whole."""
    if not by:
        return report

    def moved(offset: int | None) -> int | None:
        return None if offset is None else offset + by

    return replace(
        report,
        attributes=tuple(
            replace(
                each,
                start=moved(each.start),
                end=moved(each.end),
                rivals=tuple(replace(r, start=moved(r.start), end=moved(r.end)) for r in each.rivals),
            )
            for each in report.attributes
        ),
        sections=tuple(replace(each, start=each.start + by, end=each.end + by) for each in report.sections),
        observations=tuple(
            replace(
                each,
                start=each.start + by,
                end=each.end + by,
                figure_start=each.figure_start + by,
                figure_end=each.figure_end + by,
            )
            for each in report.observations
        ),
        items=tuple(replace(each, start=each.start + by, end=each.end + by) for each in report.items),
        numerals=tuple(replace(each, start=each.start + by, end=each.end + by) for each in report.numerals),
        findings=tuple(
            replace(each, quotes=tuple(replace(q, start=q.start + by, end=q.end + by) for q in each.quotes))
            for each in report.findings
        ),
    )


def _collection(document: Document, start: int) -> str:
    """Return what the cover above the first report, or the file's own title, calls the collection."""
    cover = [line.strip() for line in document.text[:start].split("\n")]
    told = [line for line in cover if len(line) <= LONGEST and (YEAR.search(line) or _COLLECTED.search(line))]
    return next(iter(told), document.fact(FactName.TITLE) or "")


def _cut(document: Document, start: int, end: int, called: str) -> Document:
    facts = tuple(fact for fact in document.facts if fact.name not in _OF_THE_WHOLE)
    if called:
        facts += (Fact(FactName.COLLECTION, called, "cover"),)
    blocks = tuple(
        _clipped(block, start, end) for block in document.blocks if block.end > start and block.start < end
    )
    return replace(document, text=document.text[start:end], blocks=blocks, facts=facts)


def _clipped(block: Block, start: int, end: int) -> Block:
    doubts = ((max(first, start), min(last, end)) for first, last in block.doubts)
    return block._replace(
        start=max(block.start, start) - start,
        end=min(block.end, end) - start,
        doubts=tuple((first - start, last - start) for first, last in doubts if first < last),
    )


def _spans(text: str) -> list[tuple[int, int]]:
    """Return the spans of the reports where there are several, else none."""
    if next(_QUICK.finditer(text, _SHORTEST), None) is None:
        return []
    lines = split_lines(text)
    titles = _without_page_heads(_without_lone_numbers(list(find_titles(lines))))
    if not titles or len(titles) > _MOST or titles[-1].start < _SHORTEST:
        return []
    begun = _Bodies(lines, find_labels(text)).divide(titles)
    if len(begun) < 2:
        return []
    starts = [title.opens for title in begun]
    has_cover = (
        begun[0].label is not None
        or any(title.start < starts[0] for title in titles)
        or any(
            lines.length(index) <= LONGEST and _COLLECTED.search(lines[index])
            for index in lines.between(0, starts[0])
        )
    )
    if not has_cover:
        starts[0] = 0
    ends = [*(title.start for title in begun[1:]), len(text)]
    return [(start, start + len(text[start:end].rstrip())) for start, end in zip(starts, ends, strict=True)]


def _without_page_heads(titles: list[Title]) -> list[Title]:
    """Drop what the pages of a collection are headed with: it comes again between other titles."""
    runs = Counter(words for words, _ in groupby(title.words for title in titles))
    return [title for title in titles if runs[title.words] < _HEADED]


def _without_lone_numbers(titles: list[Title]) -> list[Title]:
    """Drop the numbered titles that are headings: those of a collection run on, and are two at least."""
    rows: dict[str, list[Title]] = {}
    for title in titles:
        if title.label:
            rows.setdefault(title.label.style, []).append(title)
    kept = {style for style, row in rows.items() if len({title.words for title in row}) > 1 and _run_on(row)}
    return [title for title in titles if title.label is None or title.label.style in kept]


def _run_on(row: list[Title]) -> bool:
    """Whether numbers ascend; they may begin anew, as below contents or in the next part."""
    numbers = [title.label.number for title in row if title.label]
    return all(number > before or number == 1 for before, number in pairwise(numbers))


def _start_of(label: Label) -> int:
    return label.start


@dataclass(frozen=True, slots=True)
class _Bodies:
    """Tells which titles have a body below them."""

    lines: Lines
    labels: list[Label]

    def divide(self, titles: list[Title]) -> list[Title]:
        """Return the titles at which reports begin; that of the first is empty where it has lost it."""
        begun: list[Title] = []
        reached = 0
        for title, end in zip(titles, self._ends(titles), strict=True):
            if not self._is_body(reached, title.start):
                if not begun and self._is_body(title.end, end):
                    begun.append(title)
                    reached = title.end
                continue
            begun = begun or [_NO_TITLE]
            if self._begins(title, end, begun):
                begun.append(title)
                reached = title.end
        return begun

    def _ends(self, titles: list[Title]) -> list[int]:
        """Return for each title where the next one of other words begins."""
        ends: list[int] = []
        end = len(self.lines.text)
        following: Title | None = None
        for title in reversed(titles):
            if following is not None and following.words != title.words:
                end = following.start
            ends.append(end)
            following = title
        return ends[::-1]

    def _begins(self, title: Title, end: int, begun: list[Title]) -> bool:
        """Whether a title below a body begins a report of its own, which ends at `end`."""
        same = [other for other in begun if title.is_like(other)]
        if same:
            # The head of a page, or a report told twice, unless another's stands between; but towns that name
            # themselves nowhere but below their report may all write the same above it.
            named = title.names_issuer or any(other.names_issuer for other in same)
            return not (named and title.is_like(begun[-1])) and self._is_outlined(title.end, end, FIRST)
        if title.is_annex and not title.names_issuer and any(other.names_issuer for other in begun):
            return False
        told = title.names_issuer and title.names_year and not title.is_vague
        return self._is_outlined(title.end, end) or (told and self._is_running(title.end, end))

    def _is_body(self, start: int, end: int) -> bool:
        return self._is_outlined(start, end) or self._is_running(start, end)

    def _is_outlined(self, start: int, end: int, styles: AbstractSet[str] = frozenset(RANK)) -> bool:
        """Whether numbered headings begin at one in a span, with sentences below them."""
        first = bisect_left(self.labels, start, key=_start_of)
        own = self.labels[first : bisect_left(self.labels, end, first, key=_start_of)]
        if not own or own[0].number != 1 or own[0].style not in styles:
            return False
        goes_on = any(label.style == own[0].style and label.number == 2 for label in own)
        return goes_on and len(_STOPS.findall(self.lines.text, own[0].start, end)) >= _SENTENCES

    def _is_running(self, start: int, end: int) -> bool:
        """Whether paragraphs run on in a span as those of a body do."""
        lines = self.lines
        long = [i for i in lines.between(start, end) if lines.length(i) >= _PARAGRAPH and "。" in lines[i]]
        return len(long) >= _PARAGRAPHS and sum(map(lines.length, long)) >= _CHARACTERS
