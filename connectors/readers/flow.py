"""Flattens an HTML tree into lines and tables.

What parts lines is written into the tree as text (a paragraph separator before and after each block, a sign
before a list's label …), and then the parser's own code gathers all the text at once: visiting the nodes one
by one in Python takes several times as long as parsing the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from connectors.readers.canonical import Piece
from connectors.readers.grid import Row, is_layout
from connectors.readers.hidden import ancestors, hide, suspects
from connectors.readers.htmlgrid import own_rows
from connectors.readers.htmllists import has_label, item_labels
from nianbao import BlockKind, Place

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

# Signs within the text; Unicode keeps all but the first from any use in texts.
_PARTING = "\u2029"
_TABLE = "\ufdd0"
_LABEL = "\ufdd1"
_LEVEL = "\ufdd2"
_RAISED = "\ufdd3"
_LOWERED = "\ufdd4"
_MARKER = "\ufdd5"
_SIGNS = re.compile("[\ufdd0-\ufdd5]")

# The commonest elements, which change nothing, stay out of the list of those that are looked at.
_LOOKED_AT = r":not(span,a,b,font,strong,o\:p,em,u,i)"
_SKIPPED = frozenset(
    {
        "script", "style", "noscript", "template", "iframe", "svg", "object", "select", "option",
        "button", "input", "textarea", "audio", "video", "canvas", "map", "rt", "rp", "head",
        "noframes", "embed",
    }
)  # fmt: skip
_BLOCKS = frozenset(
    {
        "p", "div", "td", "th", "tr", "table", "tbody", "thead", "tfoot", "caption", "li", "ul", "dl",
        "dt", "dd", "section", "article", "center", "blockquote", "form", "fieldset", "legend", "main",
        "header", "footer", "nav", "aside", "address", "figure", "figcaption", "details", "summary",
        "menu", "dir", "hr", "body", "html", "hgroup", "dialog", "frameset", "multicol", "marquee",
    }
)  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
# A cell with so much text may hold a body.
_BODY = 60
_DEEPEST_SEARCH = 40

_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60“”‘’…—\u3000-\u303f"
_LINE_BREAK = re.compile(r"[ \t]*[\r\n\f][ \t\r\n\f]*")
_WIDE_END = re.compile(f"[{_WIDE}]$")
_WIDE_START = re.compile(f"[{_WIDE}]")
_SMALL = re.compile(f"(.?)([{_RAISED}{_LOWERED}])([^{_RAISED}{_LOWERED}]*)\\2")
_NOTE_MARK = re.compile(r"[\[［(（〔]?\s*(?:\d{1,3}|[*※#①-⑳])\s*[\]］)）〕]?")
_POWERS = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_MARKERS = re.compile(f"{_MARKER}([^{_MARKER}]*){_MARKER}")
_BULLET = re.compile(r"[a-zA-Z§·•●○◆■□–\-Øü\uf000-\uf0ff]?")

MARK_NOTE = "数字旁的上标注号没有读入"


class Line(NamedTuple):
    """A line of a page, or the place of a data table in it."""

    text: str
    level: int | None = None
    table: int | None = None


class Flow:
    """Flattens parts of one page, changing its tree on the way.

    Args:
        markup: of the parts, to see what need not be looked for; an empty one where hidden text counts.
    """

    def __init__(self, markup: str) -> None:
        self.notes: list[str] = []
        self.tables: list[Sequence[Row]] = []
        self._suspects = suspects(markup)
        self._has_markers = "mso-list" in markup

    def lines(self, *roots: LexborNode) -> list[Line]:
        """Return the lines of subtrees that stand side by side."""
        return self._cut("".join(map(self._text, roots)))

    def pieces(self, lines: Iterable[Line], origin: str) -> Iterator[Piece]:
        """Yield the document's pieces, numbered; the path of their places is `origin`."""
        paragraph = table = 0
        for line in lines:
            if line.table is None:
                paragraph += 1
                yield Piece(line.text, BlockKind.PARAGRAPH, _place(paragraph, origin), line.level)
                continue
            table += 1
            for number, row in enumerate(self.tables[line.table], start=1):
                for cell in row:
                    place = Place(table=table, row=number, column=cell.column, path=origin)
                    yield Piece(cell.text, BlockKind.CELL, place)

    def cells(self, line: Line) -> list[str]:
        """Return the texts of the cells of the table that stands at a line."""
        return [] if line.table is None else [cell.text for row in self.tables[line.table] for cell in row]

    def _text(self, root: LexborNode) -> str:
        tag = root.tag or ""
        if tag == "-text":
            return root.text_content or ""
        if tag in _SKIPPED or tag.startswith(("-", "!")):
            return ""
        if self._suspects:
            self.notes += hide(root, self._suspects)
        if self._has_markers:
            for node in root.css('[style*="mso-list:Ignore" i],[style*="mso-list: Ignore" i]'):
                node.insert_before(_MARKER)
                node.insert_after(_MARKER)
        tables = _mark(root)
        forced: set[int] = set()
        text = None
        for table in reversed(tables):
            sign = self._taken(table, root, forced)
            if sign and table.mem_id == root.mem_id:
                text = sign
            elif sign:
                table.replace_with(sign)
        text = root.text(deep=True) if text is None else text
        return f"{_PARTING}{text}{_PARTING}" if tag in _BLOCKS or tag in _HEADINGS else text

    def _taken(self, table: LexborNode, root: LexborNode, forced: set[int]) -> str:
        """Return the sign that stands for a data table; none for a table that lays out the page."""
        caption, raw = own_rows(table)
        rows: list[Row] = []
        if table.mem_id not in forced:
            rows = raw.rows(lambda text: [Piece(each) for each in self._flat(text)])
        if table.mem_id in forced or is_layout(rows):
            if table.mem_id in forced or any(len(cell.text) >= _BODY for row in rows for cell in row):
                _force(table, root, forced)
            return ""
        self.tables.append(rows)
        return f"{_PARTING}{caption}{_PARTING}{_TABLE}{len(self.tables) - 1}{_PARTING}"

    def _flat(self, text: str) -> list[str]:
        """Return the lines of a cell; a table within it gives a line a row."""
        flat: list[str] = []
        for line in self._cut(text):
            if line.table is None:
                flat.append(line.text)
            else:
                flat += [
                    " ".join(filter(None, (cell.text for cell in row))) for row in self.tables[line.table]
                ]
        return flat

    def _cut(self, text: str) -> list[Line]:
        if _MARKER in text:
            text = _MARKERS.sub(_marker, text)
        if _RAISED in text or _LOWERED in text:
            text = _SMALL.sub(self._small, text)
        lines: list[Line] = []
        label = ""
        for part in text.split(_PARTING):
            line = part.strip()
            if not line:
                continue
            if line[0] in _SPECIAL:
                label, made = self._special(line, label)
                lines += made
                continue
            if "\n" in line or "\r" in line or "\f" in line:
                line = _LINE_BREAK.sub(_joint, line)
            if label:
                line, label = line if has_label(line) else label + line, ""
            lines.append(Line(line))
        return lines

    def _special(self, line: str, label: str) -> tuple[str, list[Line]]:
        """Read a line that begins with a sign; return the label that waits for its line, and lines."""
        if line[0] == _TABLE:
            number = line[1:]
            is_known = number.isascii() and number.isdigit() and int(number) < len(self.tables)
            return label, [Line("", table=int(number))] if is_known else []
        level = None
        if line[0] == _LABEL:
            own, _, line = line[1:].partition(_LABEL)
            label = own
        if line.startswith(_LEVEL):
            level, line = int(line[1]) if line[1:2].isdigit() else None, line[2:]
        line = _LINE_BREAK.sub(_joint, _SIGNS.sub("", line).strip())
        if not line:
            return label, []
        return "", [Line(line if not label or has_label(line) else label + line, level)]

    def _small(self, match: re.Match[str]) -> str:
        """Write raised and lowered text: a note's number must not run into the figure before it."""
        before, sign, text = match.groups()
        is_after_letter = before.isascii() and before.isalpha()
        if is_after_letter or not _NOTE_MARK.fullmatch(text):
            return before + text
        if before in ("", _PARTING, " "):
            return f"{before}{text} "
        if before == "0" and sign == _RAISED and text.isdigit() and _is_power(match):
            return before + text.translate(_POWERS)
        if before.isdigit() or text.isdigit():
            self.notes.append(MARK_NOTE)
            return before
        return before + text


@lru_cache(maxsize=4096)
def _place(paragraph: int, origin: str) -> Place:
    """Return the place of a paragraph; the same few come again in every page of a site."""
    return Place(paragraph, path=origin)


_SPECIAL = frozenset((_TABLE, _LABEL, _LEVEL))


def _mark(root: LexborNode) -> list[LexborNode]:
    """Write into a subtree what parts its lines; return its tables."""
    tables: list[LexborNode] = []
    own = root.mem_id
    for node in root.css(_LOOKED_AT):
        tag = node.tag or ""
        if tag in _BLOCKS:
            if node.mem_id != own:
                node.insert_before(_PARTING)
                node.insert_after(_PARTING)
            if tag == "table":
                tables.append(node)
        elif tag == "br":
            node.insert_before(_PARTING)
        elif tag in _SKIPPED:
            node.replace_with("")
        elif tag in _HEADINGS:
            node.insert_before(f"{_PARTING}{_LEVEL}{_HEADINGS[tag]}")
            node.insert_after(_PARTING)
        elif tag in ("sup", "sub"):
            sign = _RAISED if tag == "sup" else _LOWERED
            node.insert_before(sign)
            node.insert_after(sign)
        elif tag == "ol":
            _number(node)
        elif tag in ("pre", "listing", "xmp"):
            _keep_breaks(node)
    return tables


def _number(node: LexborNode) -> None:
    node.insert_before(_PARTING)
    node.insert_after(_PARTING)
    for item, label in item_labels(node):
        item.insert_before(f"{_PARTING}{_LABEL}{label}{_LABEL}")


def _keep_breaks(node: LexborNode) -> None:
    """Line breaks count in what is preformatted."""
    for child in list(node.traverse(include_text=True)):
        if child.tag == "-text" and "\n" in (content := child.text_content or ""):
            child.replace_with(content.replace("\n", _PARTING))
    node.insert_before(_PARTING)
    node.insert_after(_PARTING)


def _force(table: LexborNode, root: LexborNode, forced: set[int]) -> None:
    """A table around one that holds a body holds a body as well; no need to gather its text again."""
    for step, node in enumerate(ancestors(table, root)):
        if node.tag == "table":
            forced.add(node.mem_id)
            return
        if step > _DEEPEST_SEARCH:
            return


def _joint(match: re.Match[str]) -> str:
    """A line break in the markup is a blank, but nothing between Chinese characters (CSS Text 3, 4.1.3)."""
    text = match.string
    before, after = text[max(match.start() - 1, 0) : match.start()], text[match.end() : match.end() + 1]
    return "" if _WIDE_END.match(before) and _WIDE_START.match(after) else " "


def _marker(match: re.Match[str]) -> str:
    """A list's own number, as Word leaves it behind, without the blanks of its tab; bullets go."""
    marker = match[1].strip()
    return "" if _BULLET.fullmatch(marker) else marker


def _is_power(match: re.Match[str]) -> bool:
    """Whether what is raised stands after a bare 10."""
    start = match.start()
    digits = re.search(r"(?<![\d.])10$", match.string[max(start - 12, 0) : start + 1])
    return digits is not None
