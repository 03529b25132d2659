"""Makes lines of a PDF page's text: raised note marks and false blanks go, what was torn apart is joined."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from connectors.readers.canonical import clean
from connectors.readers.pdflines import Line
from connectors.readers.pdfpage import PageText

Span = tuple[int, int]
# What stands for characters, by their offsets on the page; nothing for those that go.
Changes = dict[int, str]

# What may be the mark of a note: figures, circled ones, stars, in brackets or not.
MARK = re.compile(r"[\d①-⑳*＊†‡\[\]〔〕［］]+")
_LINE_START = ("", "\n")
_LONGEST_MARK = 5
_MARK_ALONE = re.compile(r"^[\[〔［]?[\d①-⑳*＊†‡]{1,3}[\]〕］]?$")
# How far a mark is raised: in points at least, and in heights of its neighbour; and how much smaller it is.
_RISE = 1.0
RAISED = 0.12
SMALLER = 0.88
POWERS = {"2": "²", "3": "³"}
UNIT = re.compile(r"(?:^|[^A-Za-z])[kdcm]?m$")
_BLANK = re.compile(r" (?:(?<=[\u2e80-\U0010ffff] )(?=[\u2e80-\U0010ffff])|(?<=[\d.,%] )(?=[\d.,%]))")
_WIDE = "\u2e80"
_FIGURE = frozenset("0123456789.,%")
# How wide a gap between two characters is at most that is no blank, in widths of the one before.
_WIDE_GAP = 0.9
_FIGURE_GAP = 1.3
_LEAST_GAP = 0.4
# Within what, in heights, two lines are level, torn apart, or the same printed twice.
_LEVEL = 0.35
_TORN = 1.2
_TWICE = 0.25
_WORD_GAP = 0.25


@dataclass(slots=True)
class Rows:
    """The lines of a page, and what was found among them.

    Args:
        lines: in the order of the file.
        changed: what stands for characters of the page that are not to be read as they are.
        marks: the raised marks that were taken out of them.
        leaning: how many lines were left out because they lean or stand upright, as watermarks do.
    """

    lines: list[Line] = field(default_factory=list)
    changed: Changes = field(default_factory=dict)
    marks: list[str] = field(default_factory=list)
    leaning: int = 0


def page_rows(text: PageText, number: int) -> Rows:
    """Return the lines of a page."""
    rows = Rows()
    changed = rows.changed = changes(text, rows.marks)
    for span, turn in zip(text.segments, text.turns, strict=True):
        if turn != text.frame.turn:
            rows.leaning += 1
            continue
        line = row_line(text, span, number, changed)
        if line is not None:
            rows.lines.append(line)
    rows.lines = mended(rows.lines, rows.marks)
    return rows


def upright_spans(text: PageText) -> list[Span]:
    """Return the segments of a page that are turned as most of its text is."""
    return [span for span, turn in zip(text.segments, text.turns, strict=True) if turn == text.frame.turn]


def row_line(text: PageText, span: Span, number: int, changed: Changes) -> Line | None:
    """Return the line of a span, or None where nothing of it is seen."""
    start, end = span
    content = text.text[start:end]
    is_note = False
    if changed and not changed.keys().isdisjoint(range(start, end)):
        begun = start
        while start < end and _is_nothing(text, start, changed):
            start += 1
        while end > start and _is_nothing(text, end - 1, changed):
            end -= 1
        content = "".join(changed.get(offset, text.text[offset]) for offset in range(start, end))
        is_note = any(changed.get(offset) == "" for offset in range(begun, start))
    line = content if content.isprintable() else clean(content).replace("\n", " ")
    if not line:
        return None
    left, top, right, bottom = text.reach(start, end - 1)
    height = text.height
    middle = (top + bottom) / 2
    if not 0 <= middle <= height or right < 0 or left > text.width:
        return None
    share = 1 - middle / height if height else 0.0
    return Line(line, number, left, right, share, top, bottom, (), is_note, is_note)


def _is_nothing(text: PageText, offset: int, changed: Changes) -> bool:
    return changed.get(offset) == "" or text.text[offset] == " "


def changes(text: PageText, marks: list[str]) -> Changes:
    """Return what stands for the characters of a page that are not to be read as they are.

    The marks of notes that go are added to `marks`.
    """
    changed = _raised(text)
    for blank in _BLANK.finditer(text.text):
        if _is_false(text, blank.start()):
            changed[blank.start()] = ""
    gone = [offset for offset, put in changed.items() if not put and text.text[offset] != " "]
    for offset in sorted(gone):
        if offset - 1 in changed and marks and offset - 1 in gone:
            marks[-1] += text.text[offset]
        else:
            marks.append(text.text[offset])
    return changed


def _raised(text: PageText) -> Changes:
    """Find the characters that are raised and small: marks of notes, and the powers of units."""
    content = text.text
    runs = [run.span() for run in MARK.finditer(content)]
    found: Changes = {}
    if not runs:
        return found
    looked = dict.fromkeys([end - 1 for _, end in runs])
    looked.update(dict.fromkeys([first for first, _ in runs if content[first - 1 : first] in _LINE_START]))
    small = set(text.small(list(looked)))
    if not small:
        return found
    for first, end in runs:
        if end - 1 in small or first in small:
            _note_raised(text, first, end - 1, found)
    return found


def _note_raised(text: PageText, first: int, last: int, found: Changes) -> None:
    """Note what is raised at the end, or at the beginning, of a run of figures and the like."""
    content = text.text
    beside = _beside(content, first, last + 1)
    offsets: Iterable[int] = ()
    if beside >= 0 and text.rise(beside, last) > _RISE:
        offsets = range(last, first - 1, -1)
    elif beside > last > first and text.rise(beside, first) > _RISE:
        offsets = range(first, last)
    is_power = content[last] in POWERS and UNIT.search(content, max(0, first - 3), first)
    for offset in offsets:
        if not _is_raised(text, offset, beside):
            break
        found[offset] = POWERS[content[last]] if is_power and offset == last else ""


def _beside(content: str, first: int, end: int) -> int:
    """Return the nearest character before or behind a run in its line, or -1."""
    before = first - 1
    while before >= 0 and content[before] == " ":
        before -= 1
    if before >= 0 and content[before] != "\n":
        return before
    while content[end : end + 1] == " ":
        end += 1
    return end if content[end : end + 1] not in ("\r", "") else -1


def _is_raised(text: PageText, offset: int, beside: int) -> bool:
    _, top, _, bottom = text.box(beside)
    _, upper, _, lower = text.box(offset)
    return text.rise(beside, offset) > RAISED * (bottom - top) and lower - upper < SMALLER * (bottom - top)


def _is_false(text: PageText, offset: int) -> bool:
    """Whether a blank stands only for wide setting: between Han characters, and between single figures."""
    content = text.text
    if not text.is_generated(offset):
        return False
    if content[offset - 1] >= _WIDE:
        widest = _WIDE_GAP
    else:
        before, after = content[offset - 2 : offset - 1], content[offset + 2 : offset + 3]
        is_single = before not in _FIGURE and after not in _FIGURE
        widest = _FIGURE_GAP if is_single else _LEAST_GAP
    left, _, right, _ = text.box(offset - 1)
    return text.box(offset + 1)[0] - right < widest * (right - left)


def mended(lines: Sequence[Line], marks: list[str]) -> list[Line]:
    """Join what was torn apart on one level; leave out what is printed twice, and marks that stand apart."""
    kept: list[Line] = []
    places: dict[str, Line] = {}
    for line in lines:
        twin = places.get(line.text)
        if twin is not None and _is_again(twin, line):
            continue
        places[line.text] = line
        before = kept[-1] if kept else None
        if (
            len(line.text) <= _LONGEST_MARK
            and _MARK_ALONE.match(line.text)
            and any(_is_above(line, other) for other in lines)
        ):
            marks.append(line.text)
        elif before is not None and line.top < before.bottom and _is_torn(before, line):
            kept[-1] = _rejoined(before, line)
        else:
            kept.append(line)
    return kept


def _height(line: Line) -> float:
    return max(line.bottom - line.top, 1.0)


def _is_again(line: Line, other: Line) -> bool:
    near = _TWICE * _height(line)
    return abs(line.left - other.left) < near and abs(line.top - other.top) < near


def _is_above(line: Line, before: Line) -> bool:
    """Whether a small line stands at the upper edge of another, within it or right behind it."""
    height = _height(before)
    return (
        _height(line) < SMALLER * height
        and before.top - height / 2 <= line.top
        and line.bottom < before.bottom - RAISED * height
        and before.left < line.left <= before.right + _TORN * height
    )


def _is_torn(before: Line, line: Line) -> bool:
    height = max(_height(before), _height(line))
    return (
        abs(before.top + before.bottom - line.top - line.bottom) < 2 * _LEVEL * height
        and -_TWICE * height <= line.left - before.right < _TORN * height
    )


def _rejoined(before: Line, line: Line) -> Line:
    gap = line.left - before.right
    is_latin = before.text[-1] < _WIDE and line.text[0] < _WIDE
    is_figure = before.text[-1] in _FIGURE and line.text[0] in _FIGURE
    is_parted = is_latin and not is_figure and gap > _WORD_GAP * _height(before)
    return replace(
        before,
        text=f"{before.text} {line.text}" if is_parted else before.text + line.text,
        right=max(before.right, line.right),
        top=min(before.top, line.top),
        bottom=max(before.bottom, line.bottom),
    )
