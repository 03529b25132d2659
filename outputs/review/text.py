"""A report's text as HTML that shows whatever it holds as text, character for character."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any, Final

# Characters that show nothing, or turn what stands beside them: controls, marks of direction, joiners, tags.
_ODD: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\uffff\ud800-\udfff\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_PICTURES: Final = 0x2400
_UNKNOWN: Final = "\ufffd"
# It scrolls by itself where it is wide, by keyboard too.
_TABLE: Final = '<div class="wide" tabindex="0" role="group" aria-label="表格"><table>'
_END: Final = "</table></div>"
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
# What would end a script element, or a line in an old browser's eyes.
_UNSAFE: Final = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def visible(text: str) -> str:
    """Return a text in which what would not be seen is seen; each character stays one character."""
    return _ODD.sub(lambda found: _seen(ord(found[0])), text)


def _seen(code: int) -> str:
    """Return what stands for a character: the picture of a control, else the sign of what can't be shown."""
    return chr(_PICTURES + code) if code < 0x20 else "\u2421" if code == 0x7F else _UNKNOWN


def shown(text: str) -> str:
    """Return a text as HTML, in elements and in attributes."""
    return escape(visible(text))


def oddities(text: str) -> list[tuple[int, str]]:
    """Return where characters stand that show nothing, and which they are."""
    return [(found.start(), f"U+{ord(found[0]):04X}") for found in _ODD.finditer(text)]


def beyond(text: str) -> list[int]:
    """Return where characters stand that JavaScript counts as two, once the text is made visible."""
    if max(text, default="") <= "\uffff":
        return []
    return [place for place, each in enumerate(visible(text)) if each > "\uffff"]


def as_json(value: Any) -> str:
    """Return a value as JSON that may stand in a script, of an HTML page or of its own."""
    told = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign, instead in _UNSAFE.items():
        told = told.replace(sign, instead)
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", told)


def paragraphs(text: str, headings: Mapping[int, tuple[int, int]]) -> Iterator[str]:
    """Yield the text as paragraphs, headings and tables; each says by `data-s` where its text begins.

    Args:
        text: the document's; its lines are paragraphs, lines with tabs rows of tables.
        headings: the length and level of each heading, by where it starts.
    """
    start, in_table = 0, False
    for line in text.split("\n"):
        if ("\t" in line) != in_table:
            in_table = not in_table
            yield _TABLE if in_table else _END
        if in_table:
            yield f"<tr>{''.join(_cells(line, start))}</tr>"
        elif line.strip():
            yield _paragraph(line, start, headings)
        start += len(line) + 1
    if in_table:
        yield _END


def _cells(line: str, start: int) -> Iterator[str]:
    for cell in line.split("\t"):
        yield f'<td data-s="{start}">{shown(cell)}</td>'
        start += len(cell) + 1


def _paragraph(line: str, start: int, headings: Mapping[int, tuple[int, int]]) -> str:
    length, level = headings.get(start + len(line) - len(line.lstrip()), (0, 0))
    # A heading may begin a paragraph. The report's title comes above them all.
    name = f"h{min(level + 1, 6)}" if level and len(line.strip()) <= length + 1 else "p"
    return f'<{name} data-s="{start}">{shown(line)}</{name}>'
