"""Numbered headings: what follows a number at the head of a line, or where line breaks were lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from nianbao.grammar.labels import BLANKS, FIRST, Label, find_inner_labels, find_labels
from nianbao.grammar.paragraphs import Lines

_BLANK = frozenset(BLANKS)
PartOf = Callable[[str], object | None]

# What may stand around a wording without belonging to it.
EDGE = " \t\u00a0\u3000：:，,、"
# After these a number that lost its line break may stand.
SENTENCE_END = frozenset("。！？!?”）)：: \n\t\u3000")
# Up to this length a line is a heading as a whole, a ： in it included.
_WHOLE = 45
# A numbered paragraph whose first sentence is longer has no heading of its own.
_LONGEST = dict.fromkeys(FIRST, 160) | {"（一）": 120, "1.": 60, "（1）": 60, "①": 40, "第一、": 60}
# The text may follow a heading with no stop between, where a page lost its line breaks.
# A class at the head of each alternative lets the engine pass it over at once.
_STOP = re.compile(
    r"[。！？!?；;]|[：:](?!\d)|一(?<![统唯].)是|[2今我全](?<=[况效措题足因算排划法责绩].)"
    r"(?:(?<=2)0\d\d年[,，]|(?<=今)年以来|(?<=我)[乡镇街县区市旗局委办院]|(?<=全)[乡镇街县区市旗局](?:各|上下|共))"
)
_QUOTED_LIST = re.compile("“(?=[一1（(])[^“”]{1,600}”")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: `text[start:end]`, its number included, the stop after it not.

    Args:
        start, end: its span.
        body: where its wording begins, past the number.
        level: 1 for the highest.
        number: the ordinal that its number tells; None where it has none.
        style: the numbering style (`一、`, `（一）`, `1.` …); empty where it has no number.
        part: the mandated part that its wording names, as the caller's `part_of` tells it.
    """

    start: int
    end: int
    body: int
    level: int
    number: int | None = None
    style: str = ""
    part: object | None = None

    def at(self, level: int) -> Heading:
        """Return the heading at a level."""
        return Heading(self.start, self.end, self.body, level, self.number, self.style, self.part)


def numbered_headings(lines: Lines, part_of: PartOf) -> Iterator[Heading]:
    """Yield the numbered headings in order, their levels open; items of lists are none."""
    text = lines.text
    labels = _outside_quotes(text, find_labels(text))
    labels = sorted([*labels, *_run_inside(text, labels, part_of)], key=lambda label: label.start)
    limits = [*(label.start for label in labels[1:]), len(text)]
    listed = None
    for label, following in zip(labels, limits, strict=False):
        limit = min(following, lines.ends[lines.at(label.start)])
        found = list(_headings_at(text, label, limit, part_of))
        # The last item of a list ends in 。 where the others end in ；.
        closes_list = (
            listed == (label.style, label.number - 1) and label.number > 2 and fills(text, found, limit)
        )
        if not found or closes_list:
            listed = (label.style, label.number)
        else:
            listed = None
            yield from found


def fills(text: str, found: Sequence[Heading], limit: int) -> bool:
    """Whether a heading is all that its line says."""
    return bool(found) and not text[found[-1].end : limit].strip("。；; \t\u3000")


def _outside_quotes(text: str, labels: Sequence[Label]) -> list[Label]:
    """Drop the labels of a list that is quoted over several lines (“一、…；二、…。”)."""
    quoted = [match.span() for match in _QUOTED_LIST.finditer(text) if "\n" in match[0]]
    return [label for label in labels if not any(start < label.start < end for start, end in quoted)]


def _run_inside(text: str, labels: Sequence[Label], part_of: PartOf) -> list[Label]:
    """Find the 一、 that lost the line break before them, and the （一） below them.

    They must go on where the outline stands, and name a part; in a text without line breaks any will do.
    """
    at_lines = {label.start for label in labels}
    numbers = {label.number for label in labels if label.style == "一、"}
    broken = len(labels) < 2
    run: list[Label] = []
    top = inner = 0
    found = [label for label in find_inner_labels(text, 0, len(text)) if label.start not in at_lines]
    for label in sorted([*labels, *found], key=lambda label: label.start):
        if label.start in at_lines:
            top, inner = (label.number, 0) if label.style == "一、" else (top, label.number)
        elif (label.style, label.number) == ("一、", top + 1) and label.number not in numbers:
            line_end = text.find("\n", label.end)
            heading = heading_of(text, label, line_end if line_end >= 0 else len(text), part_of)
            if heading is not None and (broken or heading.part is not None):
                top, inner = label.number, 0
                run.append(label)
        elif run and _goes_on_inside(text, label, inner):
            inner = label.number
            run.append(label)
    return run if top > 1 else []


def _goes_on_inside(text: str, label: Label, reached: int) -> bool:
    follows = label.number == 1 or text[label.start - 1] in SENTENCE_END
    return follows and (label.style, label.number) == ("（一）", reached + 1)


def _headings_at(text: str, label: Label, limit: int, part_of: PartOf) -> Iterator[Heading]:
    """Yield the heading of a label, and that of a （一） which follows in the same line."""
    inner = None
    if label.style in FIRST:
        window = find_inner_labels(text, label.end + 3, min(limit, label.end + 80))
        inner = next((found for found in window if (found.style, found.number) == ("（一）", 1)), None)
    heading = heading_of(text, label, inner.start if inner else limit, part_of)
    if heading is not None:
        yield heading
        if inner is not None:
            yield from _headings_at(text, inner, limit, part_of)


def heading_of(text: str, label: Label, limit: int, part_of: PartOf) -> Heading | None:
    """Return the heading of a label, its level open; None where what follows is no heading."""
    if "\t" in text[label.start : limit].strip():
        return None
    wording = text[label.end : _first_sentence(text, label, limit)].rstrip(EDGE)
    if not 2 <= len(wording) <= _LONGEST[label.style]:
        return None
    if label.style in FIRST and not _BLANK.isdisjoint(wording):
        wording = _without_text(text, label.end, wording, part_of)
    end = label.end + len(wording)
    return Heading(label.start, end, label.end, 0, label.number, label.style, part_of(wording))


def _without_text(text: str, start: int, wording: str, part_of: PartOf) -> str:
    """Cut at its blank a part's heading that its text, or the first number below it, follows there."""
    blank = next(i for i, character in enumerate(wording) if character in _BLANK)
    end = start + len(wording)
    text_follows = text.startswith("。", end) or bool(find_labels(wording[blank:].lstrip(BLANKS)))
    return wording[:blank] if text_follows and part_of(wording[:blank]) is not None else wording


def _first_sentence(text: str, label: Label, limit: int) -> int:
    """Return where a heading ends; the label's own end where the line is an item of a list (…；)."""
    stop = _STOP.search(text, label.end, limit)
    if stop is None:
        return _before_blank(text, label.end, limit)
    if stop[0] in "；;" and text[limit - 1] in "；;" and label.style not in FIRST:
        return label.end
    if stop[0] in "：:" and limit - label.end <= _WHOLE and not _STOP.search(text, stop.end(), limit):
        return limit
    return _before_blank(text, label.end, stop.start())


def _before_blank(text: str, start: int, end: int) -> int:
    """Cut a long run at its first blank: a heading and its text on one line with no stop between."""
    if end - start <= _WHOLE:
        return end
    return next((i for i in range(start + 4, start + _WHOLE) if text[i] in BLANKS), end)
