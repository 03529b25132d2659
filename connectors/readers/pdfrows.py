"""Makes lines of a PDF page's text: raised note marks and false blanks go, what was torn apart is joined."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from connectors.readers.canonical import clean
from connectors.readers.pdflines import Line
from connectors.readers.pdfpage import PageText

Span = tuple[int, int]

# What may be the mark of a note: figures, circled ones, stars, in brackets or not.
_MARK = re.compile(r"[\d①-⑳*＊†‡\[\]〔〕［］]+")
_MARK_ALONE = re.compile(r"^[\[〔［]?[\d①-⑳*＊†‡]{1,3}[\]〕］]?$")
# How far a mark is raised, and how much smaller it is, in heights of its neighbour.
_RAISED = 0.12
_SMALLER = 0.88
_POWERS = {"2": "²", "3": "³"}
_UNIT = re.compile(r"(?:^|[^A-Za-z])[kdcm]?m$")
# pdfium marks a hyphen at a line's end as one that a typesetter put in.
_HYPHENS = str.maketrans({"\ufffe": "-", "\x02": "-"})
_BLANK = re.compile(r"(?<=\S) (?=\S)")
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
        marks: the raised marks that were taken out of them.
        leaning: how many lines were left out because they lean or stand upright, as watermarks do.
    """

    lines: list[Line] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    leaning: int = 0


def page_rows(text: PageText, number: int) -> Rows:
    """Return the lines of a page."""
    rows = Rows()
    for span, turn in zip(text.segments, text.turns, strict=True):
        if turn != text.frame.turn:
            rows.leaning += 1
            continue
        line = row_line(text, span, number, rows.marks)
        if line is not None:
            rows.lines.append(line)
    rows.lines = mended(rows.lines, rows.marks)
    return rows


def upright_spans(text: PageText) -> list[Span]:
    """Return the segments of a page that are turned as most of its text is."""
    return [span for span, turn in zip(text.segments, text.turns, strict=True) if turn == text.frame.turn]


def row_line(text: PageText, span: Span, number: int, marks: list[str]) -> Line | None:
    """Return the line of a span, or None where nothing of it is seen; adds the marks taken out to `marks`."""
    start, end = span
    changed = changes(text, span)
    marks += [text.text[offset] for offset, put in changed.items() if not put and text.text[offset] != " "]
    while start < end and (changed.get(start) == "" or text.text[start] == " "):
        start += 1
    while end > start and (changed.get(end - 1) == "" or text.text[end - 1] == " "):
        end -= 1
    if start == end:
        return None
    content = changed_text(text, (start, end), changed).translate(_HYPHENS)
    line = clean(content).replace("\n", " ")
    left, top, right, bottom = text.box(start)
    if end - start > 1:
        box = text.box(end - 1)
        left, top = min(left, box[0]), min(top, box[1])
        right, bottom = max(right, box[2]), max(bottom, box[3])
    frame = text.frame
    middle = (top + bottom) / 2
    if not line or not 0 <= middle <= frame.height or right < 0 or left > frame.width:
        return None
    is_note = any(changed.get(offset) == "" for offset in range(span[0], start))
    share = 1 - middle / frame.height if frame.height else 0.0
    return Line(line, number, left, right, share, top, bottom, is_note=is_note, begins=is_note)


def changed_text(text: PageText, span: Span, changed: dict[int, str]) -> str:
    """Return the text of a span as it is to be read."""
    start, end = span
    if not changed:
        return text.text[start:end]
    return "".join(changed.get(offset, text.text[offset]) for offset in range(start, end))


def changes(text: PageText, span: Span) -> dict[int, str]:
    """Return what stands for the characters of a span that are not to be read as they are."""
    return _raised(text, span) | _false_blanks(text, span)


def _raised(text: PageText, span: Span) -> dict[int, str]:
    """Find the characters that are raised and small: marks of notes, and the powers of units."""
    start, end = span
    content = text.text
    found: dict[int, str] = {}
    for run in _MARK.finditer(content, start, end):
        first, last = run.start(), run.end() - 1
        beside = _beside(content, run.span(), span)
        if beside is None:
            continue
        level = text.base(beside)
        is_raised = _raised_test(text, beside, level)
        offsets: Iterable[int] = ()
        if level - text.base(last) > 1.0:
            offsets = range(last, first - 1, -1)
        elif first == start and last > first and level - text.base(first) > 1.0:
            offsets = range(first, last)
        for offset in offsets:
            if not is_raised(offset):
                break
            is_power = content[offset] in _POWERS and _UNIT.search(content, max(start, first - 3), first)
            found[offset] = _POWERS[content[offset]] if is_power else ""
    return found


def _beside(content: str, run: Span, span: Span) -> int | None:
    """Return the nearest character before or after a run in its line, if there is one."""
    before = run[0] - 1
    while before >= span[0] and content[before] == " ":
        before -= 1
    if before >= span[0]:
        return before
    after = run[1]
    while after < span[1] and content[after] == " ":
        after += 1
    return after if after < span[1] else None


def _raised_test(text: PageText, beside: int, level: float) -> Callable[[int], bool]:
    _, top, _, bottom = text.box(beside)
    height = bottom - top

    def is_raised(offset: int) -> bool:
        _, upper, _, lower = text.box(offset)
        return level - text.base(offset) > _RAISED * height and lower - upper < _SMALLER * height

    return is_raised


def _false_blanks(text: PageText, span: Span) -> dict[int, str]:
    """Find the blanks that only wide setting makes: between Han characters, and between single figures."""
    content = text.text
    found: dict[int, str] = {}
    for blank in _BLANK.finditer(content, *span):
        offset = blank.start()
        before, after = content[offset - 1], content[offset + 1]
        if before >= _WIDE and after >= _WIDE:
            widest = _WIDE_GAP
        elif before in _FIGURE and after in _FIGURE:
            is_single = content[offset - 2 : offset - 1] in (" ", "") or content[offset - 2] >= _WIDE
            is_single = is_single and not (offset + 2 < span[1] and content[offset + 2] in _FIGURE)
            widest = _FIGURE_GAP if is_single else _LEAST_GAP
        else:
            continue
        if text.is_generated(offset):
            left, _, right, _ = text.box(offset - 1)
            if text.box(offset + 1)[0] - right < widest * (right - left):
                found[offset] = ""
    return found


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
        if before is not None and _is_mark(line, before):
            marks.append(line.text)
        elif before is not None and _is_torn(before, line):
            kept[-1] = _rejoined(before, line)
        else:
            kept.append(line)
    return kept


def _height(line: Line) -> float:
    return max(line.bottom - line.top, 1.0)


def _is_again(line: Line, other: Line) -> bool:
    near = _TWICE * _height(line)
    return abs(line.left - other.left) < near and abs(line.top - other.top) < near


def _is_mark(line: Line, before: Line) -> bool:
    """Whether a line is a mark at the upper edge of the line before."""
    height = _height(before)
    return (
        _MARK_ALONE.match(line.text) is not None
        and _height(line) < _SMALLER * height
        and before.top - height / 2 <= line.top
        and line.bottom < before.bottom - _RAISED * height
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
