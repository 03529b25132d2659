"""A folded shadow of a text, whose offsets map back to the canonical text."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field

# One character for one: full-width ASCII, and what stands for a digit, a bracket or a stop.
_FOLD: dict[int, int | str] = {0xFF01 + i: 0x21 + i for i in range(94)}
# The full-width comma ends a clause; its ASCII twin may stand inside a number.
del _FOLD[ord("，")]
_FOLD |= {ord("　"): " ", ord("\u00a0"): " ", ord("\u2002"): " ", ord("\u2003"): " ", ord("\u2009"): " "}
_FOLD |= {ord("﹪"): "%", ord("﹐"): ",", ord("﹔"): ";", ord("﹕"): ":", ord("﹙"): "(", ord("﹚"): ")"}
_FOLD |= {ord("○"): "〇", ord("Ｏ"): "O", ord("－"): "-", ord("–"): "-", ord("—"): "-", ord("～"): "~"}
_FOLD |= {ord("＇"): "'", ord("〔"): "[", ord("〕"): "]", ord("【"): "[", ord("】"): "]"}
_BLANKS = frozenset(" \u200b\u200c\u200d\ufeff\u00ad")


@dataclass(frozen=True, slots=True)
class Shadow:
    """A folded copy of a text: widths folded, blanks taken out; newlines and tabs kept.

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
    """Fold widths, character for character: the result is as long as the text."""
    return text.translate(_FOLD)


def shadow(text: str) -> Shadow:
    """Make the shadow of a canonical text."""
    folded = fold(text)
    if not _BLANKS & set(folded):
        return Shadow(folded, array("i", range(len(folded))))
    kept: list[str] = []
    origins = array("i")
    last = len(folded) - 1
    for offset, character in enumerate(folded):
        if character in _BLANKS:
            inside = 0 < offset < last
            if not (inside and character == " " and _is_word(folded[offset - 1], folded[offset + 1])):
                continue
        kept.append(character)
        origins.append(offset)
    return Shadow("".join(kept), origins)


def _is_word(*characters: str) -> bool:
    return all(character.isascii() and character.isalnum() for character in characters)
