"""Characters of symbol fonts (Symbol, Wingdings …) as the Unicode characters that they show."""

from __future__ import annotations

from functools import cache
from itertools import chain

_PRIVATE = 0xF000

_GREEK = (
    "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ",
    "αβχδεφγηιϕκλμνοπθρστυϖωξψζ",
)
_SYMBOL = {
    0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2A: "∗", 0x2D: "−", 0x40: "≅", 0x5C: "∴", 0x5E: "⊥", 0x7E: "∼",
    0xA1: "ϒ", 0xA2: "′", 0xA3: "≤", 0xA4: "⁄", 0xA5: "∞", 0xA6: "ƒ", 0xAB: "↔", 0xAC: "←", 0xAD: "↑",
    0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB5: "∝", 0xB6: "∂",
    0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xC5: "⊕", 0xC7: "∩", 0xC8: "∪",
    0xCE: "∈", 0xCF: "∉", 0xD0: "∠", 0xD5: "∏", 0xD6: "√", 0xD7: "⋅", 0xDE: "⇒", 0xE5: "∑", 0xF2: "∫",
}  # fmt: skip
_WINGDINGS = {
    0x28: "☎", 0x29: "✆", 0x2A: "✉", 0x46: "☞", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x70: "□",
    0x71: "❑", 0x72: "❒", 0x73: "⬧", 0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x9E: "·", 0x9F: "•",
    0xA1: "○", 0xA2: "○", 0xA4: "◉", 0xA5: "◎", 0xA6: "○", 0xA7: "▪", 0xA8: "□", 0xAA: "✦", 0xAB: "★",
    0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xEF: "⇦", 0xF0: "⇨", 0xF1: "⇧",
    0xF2: "⇩", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●", 0x98: "●", 0x9A: "○",
    0xA2: "■", 0xA3: "□",
}  # fmt: skip
_WINGDINGS_3 = {0x21: "←", 0x22: "→", 0x23: "↑", 0x24: "↓", 0x70: "▲", 0x71: "▼", 0x75: "◀", 0x7D: "▶"}


def symbol(font: str, code: int) -> str:
    """Return what a character of a font shows; nothing where that is not known.

    Args:
        font: the font's name.
        code: the character's code, in the font or moved into the private area.
    """
    table = _fonts().get(font.strip().casefold())
    if _PRIVATE <= code <= _PRIVATE + 0xFF:
        code -= _PRIVATE
        if table is None:
            return ""
    elif table is None:
        return chr(code) if 0x20 <= code < 0xD800 else ""
    return table.get(code, "")


@cache
def _fonts() -> dict[str, dict[int, str]]:
    """Return the tables of the fonts, with the letters and the ringed digits that stand in rows."""
    symbols = {code: chr(code) for code in range(0x20, 0x7F)}
    for row, first in zip(_GREEK, (0x41, 0x61), strict=True):
        symbols |= {first + rank: letter for rank, letter in enumerate(row)}
    ringed = [chr(code) for code in chain([0x24EA], range(0x2460, 0x246A), [0x24FF], range(0x2776, 0x2780))]
    return {
        "symbol": symbols | _SYMBOL,
        "wingdings": dict(enumerate(ringed, start=0x80)) | _WINGDINGS,
        "wingdings 2": dict(enumerate(ringed, start=0x69)) | _WINGDINGS_2,
        "wingdings 3": _WINGDINGS_3,
    }
