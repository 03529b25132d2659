"""Turns what was recognised into the text that was meant, and tells which of it is not sure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from connectors.readers.engine import Glyph
from connectors.readers.recognition import FIGURES

# Below these a character is doubtful: a figure is wrong at once, a word is understood all the same.
_SURE_FIGURE = 0.9
_SURE_OTHER = 0.5
_SURE_BESIDE = 0.85
# How probable a figure may be where none was read.
_MISSED = 0.02

_FULL = str.maketrans(",:;()?!", "，：；（）？！")
_PLAIN = str.maketrans(
    "０１２３４５６７８９％．＋－ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ",
    "0123456789%.+-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
)
_HAN = "\u3400-\u9fff〇"
# Half-width marks are full-width ones beside Han characters; between figures they are what they seem.
_MARK = re.compile(rf"(?<=[{_HAN}”》）%])[,:;?!]|[,:;?!](?=[{_HAN}“《（])|[,;?!]$")
_STOP = re.compile(rf"(?<=[{_HAN}”》）%])\.(?=[{_HAN}“《（]|$)")
_OPEN = re.compile(rf"\((?=[{_HAN}])|(?<=[{_HAN}])\(")
_CLOSE = re.compile(rf"(?<=[{_HAN}])\)|\)(?=[{_HAN}，。；：、])")
_PAIR = re.compile(r"\([^()（）]*）|（[^()（）]*\)")
_ENDS = re.compile(r"^ +| +$")
# Between two words or two figures a blank has a meaning.
_BLANK = re.compile(r"(?<![A-Za-z0-9.%]) +| +(?![A-Za-z0-9])")
# A label's character taken for a stroke; nothing else stands before 、 or alone in brackets at a start.
_STROKES = str.maketrans("-—–－_=＝≡+＋", "一一一一一二二三十十")
_STROKED = r"[一二三四五六七八九十\-—–－_=＝≡+＋]{1,3}"
_LABEL = re.compile(rf"^(?:[（(]{_STROKED}[)）]|{_STROKED}、)(?=\D)")
_LATIN_LABEL = re.compile(r"^[lI|](?=[.．、])")
_YEAR = re.compile(r"(?<=[一二三四五六七八九])[Oo○◯0]{1,2}(?=[一二三四五六七八九])")
# Dashes round a page number; a short one beside a figure is easily taken for 一.
_DASHED = re.compile(r"^[-—–_一·]{1,2} ?(\d{1,3}) ?[-—–_一·]{1,2}$")
# Letters that stand among digits, or between one and a unit, were digits.
_LETTERS = str.maketrans("OoQDlI|SBZ", "0000111582")
_LETTER = re.compile(
    r"(?<=\d)[OoQDlI|SBZ]+(?=[\d.%])|(?<=\d)[OolI|]+(?=[件次人名项个起宗份场万亿元年月日条户家期余多])"
)
# A letter before digits may be one, or part of a name (A4, G30): it stays, and all is doubtful.
_BEFORE = re.compile(r"(?<![A-Za-z])[OoQDlI|SZB](?=\d)\d+(?:\.\d+)?%?")
# A share above a hundred, or a number that begins with 0, has rather lost its point or a figure.
_UNLIKELY = re.compile(r"(?<![\d.,])(?!100%)\d{3,}%|(?<![\d.,\-/:〕\]])0\d+(?![\d.\-/:])")
_POINT = re.compile(r"(?<=\d)[·•](?=\d)|(?<=\d),(?=\d{1,2}(?!\d))|(?<=\d)[，。](?=\d{1,2}%)")


@dataclass(slots=True)
class Reading:
    """Text under repair: which of its characters are doubtful, one flag each."""

    text: str
    doubtful: list[bool]

    def replace(self, start: int, end: int, text: str, *, doubtful: bool = False) -> None:
        """Put other text in a place; of another length, or doubtful, it is so as a whole."""
        kept = self.doubtful[start:end]
        if len(text) != end - start:
            kept = [any(kept)] * len(text)
        self.doubtful[start:end] = [doubtful or each for each in kept]
        self.text = self.text[:start] + text + self.text[end:]

    def spans(self) -> tuple[tuple[int, int], ...]:
        """Return the doubtful spans."""
        marks = "".join("x" if each else "." for each in self.doubtful)
        return tuple(match.span() for match in re.finditer("x+", marks))


def reading_of(glyphs: Sequence[Glyph], looks: Sequence[str] = ()) -> Reading:
    """Return the text of a strip, its unsure characters marked.

    Args:
        glyphs: as read.
        looks: what further looks read.
    """
    text = "".join(each.text for each in glyphs)
    reading = Reading(text, [_is_doubtful(each) for each in glyphs for _ in each.text])
    for place in _beside_unsure(glyphs):
        reading.doubtful[place] = True
    for text in looks:
        _compare(reading, text)
    return reading


def _beside_unsure(glyphs: Sequence[Glyph]) -> Iterator[int]:
    """Yield where a digit stands beside an unsure character, which may be a part of its figure."""
    offsets = [0, *accumulate(len(each.text) for each in glyphs)]
    for index, (first, second) in enumerate(pairwise(glyphs)):
        if first.text.isdigit() and second.text.isalpha() and second.sure < _SURE_BESIDE:
            yield offsets[index]
        if second.text.isdigit() and first.text.isalpha() and first.sure < _SURE_BESIDE:
            yield offsets[index + 1]


def _is_doubtful(glyph: Glyph) -> bool:
    figure = glyph.text in FIGURES
    return glyph.sure < (_SURE_FIGURE if figure else _SURE_OTHER) or glyph.missed > _MISSED


def _compare(reading: Reading, again: str) -> None:
    """Mark the figures that a second look read otherwise."""
    from difflib import SequenceMatcher

    first, second = _folded(reading.text), _folded(again)
    if first == second:
        return
    compared = SequenceMatcher(None, first, second, autojunk=False).get_opcodes()
    for kind, start, end, other_start, other_end in compared:
        if kind == "equal" or not FIGURES.intersection(first[start:end] + second[other_start:other_end]):
            continue
        # Where something more was read, what stands beside it is not sure either.
        begin, past = (max(0, start - 1), min(len(first), end + 1)) if start == end else (start, end)
        reading.doubtful[begin:past] = [True] * (past - begin)


def _folded(text: str) -> str:
    return text.translate(_FULL).translate(_PLAIN)


def mend(reading: Reading) -> Reading:
    """Mend a line: marks to full width, labels and years, letters among figures; blanks go."""
    reading.text = _quotes(reading.text.translate(_PLAIN))
    _each(reading, _DASHED, lambda found: "—" + found.strip("-—–_一· ") + "—")
    for pattern in (_MARK, _OPEN, _CLOSE, _PAIR):
        _each(reading, pattern, lambda found: found.translate(_FULL))
    _each(reading, _STOP, lambda _: "。")
    _each(reading, _LABEL, lambda found: found.translate(_STROKES).translate(_FULL))
    _each(reading, _LATIN_LABEL, lambda _: "1")
    _each(reading, _YEAR, lambda found: "〇" * len(found))
    _each(reading, _LETTER, lambda found: found.translate(_LETTERS), doubtful=True)
    _each(reading, _BEFORE, lambda found: found, doubtful=True)
    _each(reading, _POINT, lambda _: ".", doubtful=True)
    _each(reading, _UNLIKELY, lambda found: found, doubtful=True)
    _each(reading, _BLANK, lambda _: "")
    _each(reading, _ENDS, lambda _: "")
    return reading


def _quotes(text: str) -> str:
    """Straight quotation marks of a line open and close in turn, where they come in pairs."""
    if not text.count('"') or text.count('"') % 2:
        return text
    parts = text.split('"')
    return (
        "".join(part + ("“" if index % 2 == 0 else "”") for index, part in enumerate(parts[:-1])) + parts[-1]
    )


def _each(
    reading: Reading, pattern: re.Pattern[str], change: Callable[[str], str], *, doubtful: bool = False
) -> None:
    for match in reversed(list(pattern.finditer(reading.text))):
        reading.replace(match.start(), match.end(), change(match.group()), doubtful=doubtful)
