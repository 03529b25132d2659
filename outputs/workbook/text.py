"""Makes any text safe for a cell, and measures the room that it takes."""

from __future__ import annotations

import re
from typing import Final

# Excel's own limit, counted in UTF-16 units.
LONGEST_CELL: Final = 32_767
LONGEST_TIP: Final = 200
CUT: Final = "……（以下从略）"
FORMULA_STARTS: Final = ("=", "+", "-", "@")

# Control characters, lone surrogates, non-characters, and marks that turn the writing direction.
_UNWANTED: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
_BREAKS: Final = re.compile("\r\n?|[\u2028\u2029]")
_WIDE: Final = re.compile(
    "[\u1100-\u115f\u2014\u2018-\u201d\u2026\u203b\u2265\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff"
    "\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\U00020000-\U0003fffd]"
)


def clean(text: str) -> str:
    """Return the text as a cell may hold it: without control characters, tabs as blanks, not too long."""
    if not text.isprintable():
        text = _UNWANTED.sub("", _BREAKS.sub("\n", text)).replace("\t", "\u3000")
    if len(text) * 2 > LONGEST_CELL:
        text = _cut(text, LONGEST_CELL)
    if text.startswith("<r>") and text.endswith("</r>"):
        # XlsxWriter takes such an inline string for markup and would write it raw.
        text += " "
    return text


def clean_tip(text: str) -> str:
    """Return the text as a link's screen tip may show it: one line, short."""
    text = clean(text).replace("\n", " ")
    return text if len(text) <= LONGEST_TIP // 2 else text[: LONGEST_TIP // 2] + "……"


def looks_like_formula(text: str) -> bool:
    """Tell whether a spreadsheet would take the text for a formula once somebody edits the cell."""
    return text.startswith(FORMULA_STARTS)


def display_width(text: str) -> int:
    """Return the width in halves of a Chinese character."""
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))


def count_lines(text: str, column_width: float) -> int:
    """Return how many lines the text takes when wrapped in a column of that width."""
    if "\n" in text:
        return sum(_lines_of(line, column_width) for line in text.split("\n"))
    return _lines_of(text, column_width)


def _lines_of(text: str, column_width: float) -> int:
    room = column_width - 0.5
    if len(text) * 2 <= room or (width := display_width(text)) <= room:
        return 1
    # A line that ends before a Chinese character or a word leaves some of its room empty.
    return -int(-width // max(2.0, column_width - 1.5))


def _cut(text: str, limit: int) -> str:
    encoded = text.encode("utf-16-le")
    if len(encoded) // 2 <= limit:
        return text
    return encoded[: (limit - len(CUT)) * 2].decode("utf-16-le", "ignore") + CUT
