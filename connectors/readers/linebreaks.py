"""Line breaks in markup, which are blanks, and the plainest markup turned into lines."""

from __future__ import annotations

import re

# What parts lines, and signs within the text; Unicode keeps all but the first from any use in texts.
PARTING = "\u2029"
_SIGNS = "\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5"
SIGNS = re.compile(f"[{_SIGNS}]")
# A heading's level follows its sign, an ordered list's label stands between two.
_WRITTEN = re.compile(f"\ufdd2[1-6]|\ufdd1[^{_SIGNS}\u2029]*\ufdd1|[{_SIGNS}]")

_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60“”‘’…—\u3000-\u303f"
_LINE_BREAK = re.compile(r"[ \t]*[\r\n\f][ \t\r\n\f]*")
_WIDE_END = re.compile(f"[{_WIDE}]$")
_WIDE_START = re.compile(f"[{_WIDE}]")

# A tag as a parser writes it, with double quotes and none within them; the group is what parts lines. All
# tags are looked for at once, or one within an attribute would be taken for a tag.
_TAG = re.compile(
    r"</?(?:span|a|b|font|strong|o:p|em|u|i|img|input|small|big|label|"
    r"(p|div|br|li|ul|h[1-6]|dl|dt|dd|section|article|center|header|nav|aside|form|main|hr|"
    r'blockquote|address|figure))(?=[\s/>])[^<>"]*+(?:"[^"]*+"[^<>"]*+)*+>'
)


_CELL = re.compile(r'<td(?=[\s>])[^<>"]*+(?:"[^"]*+"[^<>"]*+)*+>')
_ROW_ENDS = re.compile(r'</?(?:table|tbody|tr)(?=[\s>])[^<>"]*+(?:"[^"]*+"[^<>"]*+)*+>|\s+')
_LONGEST_TABLE = 4_000


def has_signs(text: str) -> bool:
    """Whether a text holds any of the signs."""
    return any(sign in text for sign in _SIGNS)


def unsigned(text: str) -> str:
    """Return the text of a part of a tree as it was before signs were written into it."""
    return _WRITTEN.sub("", text) if has_signs(text) else text


def unbroken(line: str) -> str:
    """Return a line with its breaks gone: a break is a blank, but nothing between Chinese characters.

    Source: CSS Text Module Level 3, 4.1.3.
    """
    if "\n" in line or "\r" in line or "\f" in line:
        return _LINE_BREAK.sub(_joint, line)
    return line


def plain_lines(markup: str) -> list[str] | None:
    """Return the lines of markup that a parser wrote, or None where it holds more than plain text.

    Tables, ordered lists, raised text, scripts and the like need the tree.
    """
    parts = _TAG.split(markup)
    parts[1::2] = [PARTING if block else "" for block in parts[1::2]]
    text = "".join(parts)
    if "<" in text or has_signs(text):
        return None
    if "&" in text:
        from html import unescape

        text = unescape(text)
    return [unbroken(line) for part in text.split(PARTING) if (line := part.strip())]


def plain_cells(markup: str) -> list[str] | None:
    """Return the texts of the cells of one table that a parser wrote, or None of one that needs the tree.

    That is one with merged cells, a caption, tables or several lines within its cells, or a single column.
    """
    if "span=" in markup or len(markup) > _LONGEST_TABLE:
        return None
    first, *rest = _CELL.split(markup)
    rows = (len(rest) and _ROW_ENDS.sub("", first) == "") and sum("</tr>" in each for each in rest)
    if not rows or len(rest) == rows:
        return None
    cells: list[str] = []
    for each in rest:
        inner, end, after = each.partition("</td>")
        lines = plain_lines(inner) if end and not _ROW_ENDS.sub("", after) else None
        if lines is None or len(lines) > 1:
            return None
        cells += lines or [""]
    return cells


def _joint(match: re.Match[str]) -> str:
    text = match.string
    before, after = text[max(match.start() - 1, 0) : match.start()], text[match.end() : match.end() + 1]
    return "" if _WIDE_END.match(before) and _WIDE_START.match(after) else " "
