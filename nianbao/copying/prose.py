"""A report's prose as sentences that can be compared: figures and own names masked, numbers of points out."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from decimal import Decimal

from nianbao.grammar.bodynames import TOWNS, UPPERS
from nianbao.grammar.text import fold
from nianbao.model import PLACE_FIELDS, Entry, Field, Report, SectionKind

# Shorter ones are said by everybody.
SHORTEST = 12
_STOPS = "。;!?\n\t"
_STOP = re.compile(f"[{_STOPS}]")
_FIGURE = re.compile(r"\d(?:[\d.,]*\d)?[余多]?[万亿%‰]?[余多]?")
# What cannot tell two texts apart: punctuation, blanks, quotation marks.
_NOISE = re.compile(rf"[^\w#@{_STOPS}]+")
_POINT = re.compile(rf"(?:(?<=[{_STOPS}])|^)(?:第?[一二三四五六七八九十]+(?:方面|是|要)?|#|@(?=#))+")
_BODY = rf"(?:{TOWNS}|[{UPPERS}镇乡局街办])"
# 我镇, 全街道: towns copy from streets and the other way round.
_SELF = re.compile(rf"[我全本](?:{_BODY})(?:党工委|党委|党组|人民政府|政府|办事处)?")
_PARTY = re.compile("党工委|党委|党组|街道办事处|办事处|镇政府|乡政府|人民政府")
_UNIT = re.compile(rf"(?:{TOWNS}|自治[{UPPERS}]|[{UPPERS}])$")
_GOVERNMENT = re.compile(r"(?:人民政府|政府|办事处|委员会|党工委|党委)+$")


@dataclass(frozen=True, slots=True)
class Prose:
    """A report's sentences in order; all columns are equally long.

    Args:
        entry: whose they are.
        keys: equal where sentences say the same but for figures and own names; of this process only.
        starts, ends: where each stands in the text.
        sizes: how many characters each counts, without figures and punctuation.
        kinds: the part of the report that each stands in.
        total: all their characters.
    """

    entry: Entry
    keys: array[int] = field(repr=False)
    starts: array[int] = field(repr=False)
    ends: array[int] = field(repr=False)
    sizes: array[int] = field(repr=False)
    kinds: tuple[SectionKind, ...] = field(repr=False)
    total: int

    def share(self, keys: AbstractSet[int]) -> Decimal:
        """Return how much of the prose, between 0 and 1, the sentences with these keys are."""
        sizes = zip(self.keys, self.sizes, strict=True)
        return Decimal(sum(size for key, size in sizes if key in keys)) / max(1, self.total)

    def quote(self, first: int, last: int) -> tuple[int, int, str]:
        """Return the span and the text from one sentence to another, both included."""
        start, end = self.starts[first], self.ends[last]
        return start, end, self.entry.text[start:end]


def read_prose(entry: Entry) -> Prose:
    """Cut a report's parts into sentences; without parts, the whole text where it holds one report only."""
    report = entry.report
    parts = [(part.start, part.end, part.kind) for part in report.parts]
    if not parts and report.part == 1:
        parts = [(0, len(entry.text), SectionKind.OTHER)]
    headings = {section.start for section in report.sections}
    names = own_names(report)
    keys, starts, ends, sizes = array("q"), array("i"), array("i"), array("i")
    kinds: list[SectionKind] = []
    for start, end, kind in parts:
        for key, first, last, size in _sentences(entry.text[start:end], names):
            if start + first not in headings:
                keys.append(key)
                starts.append(start + first)
                ends.append(start + last)
                sizes.append(size)
                kinds.append(kind)
    return Prose(entry, keys, starts, ends, sizes, tuple(kinds), sum(sizes))


def own_names(report: Report) -> re.Pattern[str] | None:
    """Return what finds the names of a report's issuer and of the places that it lies in, short ones too."""
    told = [value for name in (*PLACE_FIELDS, Field.ISSUER) if (value := report.value(name))]
    forms = {form for value in told for form in _forms(fold(value))}
    # A stop in a name would join the two sentences around it.
    names = {form for form in forms if len(form) > 1 and not _STOP.search(form)}
    if not names:
        return None
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(f"(?:{'|'.join(map(re.escape, longest_first))})+(?:{_BODY})?")


def _forms(name: str) -> Iterator[str]:
    """Yield 白水镇人民政府, 白水镇, 白水."""
    yield name
    without_body = _GOVERNMENT.sub("", name)
    yield without_body
    yield _UNIT.sub("", without_body)


def masked(text: str, names: re.Pattern[str] | None) -> str:
    """Return folded text in which `#` stands for each figure and `@` for each own name, stops kept."""
    shown = names.sub("@", text) if names else text
    shown = _PARTY.sub("府", _SELF.sub("@", shown)).replace("@府", "@").replace("中共@", "@")
    return _POINT.sub("", _NOISE.sub("", _FIGURE.sub("#", shown)))


def _sentences(text: str, names: re.Pattern[str] | None) -> Iterator[tuple[int, int, int, int]]:
    """Yield the key, span and size of each sentence that is long enough."""
    folded = fold(text)
    # Masks leave the stops alone, so that both copies have the same sentences.
    said = _STOP.split(masked(folded, names))
    for words, (start, end) in zip(said, _spans(folded), strict=True):
        size = len(words)
        if size >= SHORTEST:
            yield hash(words), start, end, size


def _spans(folded: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence stands, its stop included, blanks around it out."""
    reached = 0
    for stop in _STOP.finditer(folded):
        end = stop.end() if stop[0] not in "\n\t" else stop.start()
        yield _stripped(folded, reached, end)
        reached = stop.end()
    yield _stripped(folded, reached, len(folded))


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
