"""Flattens an HTML tree into lines and tables.

What parts lines is written into the tree as text (a paragraph separator before and after each block, a sign
before a list's label …), and then the parser's own code gathers all the text at once: visiting the nodes one
by one in Python takes several times as long as parsing the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from connectors.readers.canonical import Layout, Piece
from connectors.readers.flowmarks import (
    BLOCKS,
    HEADINGS,
    LABEL,
    LEVEL,
    LOWERED,
    RAISED,
    SKIPPED,
    TABLE,
    mark,
    paragraphs,
)
from connectors.readers.grid import Row, is_layout
from connectors.readers.hidden import WORD_PROPERTY, ancestors, hide, suspects
from connectors.readers.htmlgrid import own_rows
from connectors.readers.htmllists import has_label
from connectors.readers.linebreaks import PARTING, SIGNS, plain_lines, unbroken
from nianbao import BlockKind, Place

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_MARKER = "\ufdd5"

# A cell with so much text may hold a body.
_BODY = 60
_DEEPEST_SEARCH = 40
# Characters of markup for one of text.
_FEW_TAGS = 3

_SMALL = re.compile(f"(.?)([{RAISED}{LOWERED}])([^{RAISED}{LOWERED}]*)\\2")
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
        self._length = len(markup)
        is_words = WORD_PROPERTY in markup
        self._suspects = suspects(markup, is_words=is_words)
        self._has_markers = is_words and "mso-list" in markup

    def lines(self, *roots: LexborNode) -> list[Line]:
        """Return the lines of subtrees that stand side by side."""
        return self._cut("".join(map(self._text, roots)))

    def body_lines(self, nodes: Sequence[LexborNode], text: str) -> list[Line]:
        """Return the lines of the elements whose text is given."""
        plain = None
        if len(nodes) == 1 and not (self._suspects or self._has_markers):
            plain = paragraphs(nodes[0], text)
            # Where there are few tags, they are soon looked through; headings have a level to tell.
            if plain is None and self._length < _FEW_TAGS * len(text):
                markup = nodes[0].html or ""
                plain = None if any(f"<{tag}" in markup for tag in HEADINGS) else plain_lines(markup)
        return self.lines(*nodes) if plain is None else list(map(Line, plain))

    def write(self, lines: Iterable[Line], origin: str, layout: Layout) -> None:
        """Lay out lines and tables, numbered; the path of their places is `origin`."""
        paragraph = table = 0
        for is_table, group in groupby(lines, key=_is_table):
            run = list(group)
            if not is_table:
                texts, levels, _ = zip(*run, strict=True)
                first, paragraph = paragraph, paragraph + len(run)
                layout.add_paragraphs(texts, _places(origin, first, paragraph), levels)
                continue
            for line in run:
                table += 1
                self._write_table(self.tables[line.table or 0], table, origin, layout)

    def _write_table(self, rows: Sequence[Row], table: int, origin: str, layout: Layout) -> None:
        for number, row in enumerate(rows, start=1):
            places = (Place(table=table, row=number, column=cell.column, path=origin) for cell in row)
            pairs = zip(row, places, strict=True)
            layout.add_row([Piece(cell.text, BlockKind.CELL, place) for cell, place in pairs])

    def cells(self, line: Line) -> list[str]:
        """Return the texts of the cells of the table that stands at a line."""
        return [] if line.table is None else [cell.text for row in self.tables[line.table] for cell in row]

    def _text(self, root: LexborNode) -> str:
        tag = root.tag or ""
        if tag == "-text":
            return root.text_content or ""
        if tag in SKIPPED or tag.startswith(("-", "!")):
            return ""
        if self._suspects:
            self.notes += hide(root, self._suspects)
        if self._has_markers:
            for node in root.css('[style*="mso-list:Ignore" i],[style*="mso-list: Ignore" i]'):
                node.insert_before(_MARKER)
                node.insert_after(_MARKER)
        tables = mark(root)
        forced: set[int] = set()
        text = None
        for table in reversed(tables):
            sign = self._taken(table, root, forced)
            if sign and table.mem_id == root.mem_id:
                text = sign
            elif sign:
                table.replace_with(sign)
        text = root.text(deep=True) if text is None else text
        return f"{PARTING}{text}{PARTING}" if tag in BLOCKS or tag in HEADINGS else text

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
        return f"{PARTING}{caption}{PARTING}{TABLE}{len(self.tables) - 1}{PARTING}"

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
        if RAISED in text or LOWERED in text:
            text = _SMALL.sub(self._small, text)
        lines: list[Line] = []
        label = ""
        for part in text.split(PARTING):
            line = part.strip()
            if not line:
                continue
            if line[0] in _SPECIAL:
                label, made = self._special(line, label)
                lines += made
                continue
            line = unbroken(line)
            if label:
                line, label = line if has_label(line) else label + line, ""
            lines.append(Line(line))
        return lines

    def _special(self, line: str, label: str) -> tuple[str, list[Line]]:
        """Read a line that begins with a sign; return the label that waits for its line, and lines."""
        if line[0] == TABLE:
            number = line[1:]
            is_known = number.isascii() and number.isdigit() and int(number) < len(self.tables)
            return label, [Line("", table=int(number))] if is_known else []
        level = None
        if line[0] == LABEL:
            own, _, line = line[1:].partition(LABEL)
            label = own
        if line.startswith(LEVEL):
            level, line = int(line[1]) if line[1:2].isdigit() else None, line[2:]
        line = unbroken(SIGNS.sub("", line).strip())
        if not line:
            return label, []
        return "", [Line(line if not label or has_label(line) else label + line, level)]

    def _small(self, match: re.Match[str]) -> str:
        """Write raised and lowered text: a note's number must not run into the figure before it."""
        before, sign, text = match.groups()
        is_after_letter = before.isascii() and before.isalpha()
        if is_after_letter or not _NOTE_MARK.fullmatch(text):
            return before + text
        if before in ("", PARTING, " "):
            return f"{before}{text} "
        if before == "0" and sign == RAISED and text.isdigit() and _is_power(match):
            return before + text.translate(_POWERS)
        if before.isdigit() or text.isdigit():
            self.notes.append(MARK_NOTE)
            return before
        return before + text


def _is_table(line: Line) -> bool:
    return line.table is not None


def _places(origin: str, first: int, last: int) -> Sequence[Place]:
    """Return the places of some paragraphs; the first ones come again in every page of a site."""
    known = _first_places(origin)
    if last <= len(known):
        return known[first:last]
    return [
        *known[first:],
        *(Place(number + 1, path=origin) for number in range(max(first, len(known)), last)),
    ]


@lru_cache(maxsize=64)
def _first_places(origin: str) -> Sequence[Place]:
    return [Place(number + 1, path=origin) for number in range(200)]


_SPECIAL = frozenset((TABLE, LABEL, LEVEL))


def _force(table: LexborNode, root: LexborNode, forced: set[int]) -> None:
    """A table around one that holds a body holds a body as well; no need to gather its text again."""
    for step, node in enumerate(ancestors(table, root)):
        if node.tag == "table":
            forced.add(node.mem_id)
            return
        if step > _DEEPEST_SEARCH:
            return


def _marker(match: re.Match[str]) -> str:
    """A list's own number, as Word leaves it behind, without the blanks of its tab; bullets go."""
    marker = match[1].strip()
    return "" if _BULLET.fullmatch(marker) else marker


def _is_power(match: re.Match[str]) -> bool:
    """Whether what is raised stands after a bare 10."""
    start = match.start()
    digits = re.search(r"(?<![\d.])10$", match.string[max(start - 12, 0) : start + 1])
    return digits is not None
