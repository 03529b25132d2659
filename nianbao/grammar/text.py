"""A folded shadow of a text, whose offsets map back to the canonical text."""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass, field

from nianbao.grammar.variants import simplify

# One character for one: full-width ASCII, and what stands for a digit, a bracket or a stop.
_FOLD = {chr(0xFF01 + i): chr(0x21 + i) for i in range(94)}
# The full-width comma ends a clause; its ASCII twin may stand inside a number.
del _FOLD["，"]
_FOLD |= dict.fromkeys("　\u00a0\u2002\u2003\u2009", " ")
_FOLD |= dict.fromkeys("○◯", "〇") | dict.fromkeys("ＯΟО", "O")
_FOLD |= dict.fromkeys("－–—‐‑‒―−⁃﹣﹘─━", "-") | dict.fromkeys("～∼〜˜﹋﹏", "~")
_FOLD |= dict.fromkeys("〔【﹝︹︻", "[") | dict.fromkeys("〕】﹞︺︼", "]")
_FOLD |= dict.fromkeys("﹙︵", "(") | dict.fromkeys("﹚︶", ")")
_FOLD |= dict.fromkeys("「『﹁﹃〝", "“") | dict.fromkeys("」』﹂﹄〞", "”")
_FOLD |= dict.fromkeys("≪︽", "《") | dict.fromkeys("≫︾", "》")
_FOLD |= dict.fromkeys("﹕︓∶︰", ":") | dict.fromkeys("﹔︔", ";")
_FOLD |= dict.fromkeys("﹖︖", "?") | dict.fromkeys("﹗︕", "!")
_FOLD |= dict.fromkeys("﹪٪", "%") | dict.fromkeys("∕⁄", "/")
_FOLD |= dict.fromkeys("﹑､︑", "、") | dict.fromkeys("｡︒", "。")
_FOLD |= {"︐": "，", "﹐": ",", "﹒": ".", "＇": "'"}
_FOLDED = re.compile(f"[{re.escape(''.join(_FOLD))}]")
_WIDE_DIGITS = "０１２３４５６７８９"
_WIDE_DIGIT = re.compile(f"[{_WIDE_DIGITS}]")
# A class at its head lets the expression skip what can't match; a blank goes unless it parts two words.
_BLANK = re.compile("[ \u200b\u200c\u200d\ufeff\u00ad](?:(?<! )|(?![0-9A-Za-z])|(?<![0-9A-Za-z] ))")


@dataclass(frozen=True, slots=True)
class Shadow:
    """A folded copy of a text: widths and traditional characters folded, blanks out; newlines, tabs kept.

    Blanks between two ASCII letters or digits are kept, all others go: word processors put them between
    Han characters and digits, and typists between the characters of a name.

    Args:
        text: the folded copy; punctuation is ASCII where it has a twin; `，` stays,
            because `,` may stand inside a number, and so do 、 and 。
        origins: for each of its characters, the offset in the canonical text.
    """

    text: str
    origins: array[int] = field(repr=False)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the canonical span of the shadow's `text[start:end]`, which must not be empty."""
        return self.origins[start], self.origins[end - 1] + 1

    def locate(self, offset: int) -> int:
        """Return the first offset of the shadow that stands at or after a canonical offset."""
        low, high = 0, len(self.origins)
        while low < high:
            middle = (low + high) // 2
            if self.origins[middle] < offset:
                low = middle + 1
            else:
                high = middle
        return low


def fold(text: str) -> str:
    """Fold widths and traditional characters, one for one: the result is as long as the text."""
    return _FOLDED.sub(_folded, simplify(text))


def plain(text: str) -> str:
    """Fold traditional characters and full-width digits, and leave the punctuation, one for one."""
    simple = simplify(text)
    # To look for ten characters is ten times as fast as to look for one of ten.
    return _WIDE_DIGIT.sub(_folded, simple) if any(d in simple for d in _WIDE_DIGITS) else simple


def squeeze(text: str) -> str:
    """Return the text of a shadow, where no offset is asked for."""
    return _BLANK.sub("", fold(text))


def _folded(match: re.Match[str]) -> str:
    return _FOLD[match[0]]


def shadow(text: str) -> Shadow:
    """Make the shadow of a canonical text."""
    folded = fold(text)
    kept: list[str] = []
    origins = array("i")
    reached = 0
    for blank in _BLANK.finditer(folded):
        kept.append(folded[reached : blank.start()])
        origins.extend(range(reached, blank.start()))
        reached = blank.end()
    if not reached:
        return Shadow(folded, array("i", range(len(folded))))
    origins.extend(range(reached, len(folded)))
    return Shadow("".join((*kept, folded[reached:])), origins)
