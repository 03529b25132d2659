"""Draws the pages of OFD packages (GB/T 33190-2016), with the habits of what writes them.

`line` writes as editors' exports do (an object a line, distances between characters), `run` as converters
from PDF do (points scaled by a CTM, a boundary as large as the page), `character` as print drivers do (an
object a character in nested blocks, no blanks), `shuffled` the same in no order.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

Style = Literal["line", "run", "character", "shuffled"]
STYLES: tuple[Style, ...] = ("line", "run", "character", "shuffled")
NAMESPACE = "http://www.ofdspec.org/2016"
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
A4 = (595.0, 842.0)
ASCENT, DESCENT = 0.88, 0.12


@dataclass(frozen=True)
class Character:
    """A character at a place in points: `x` from the left, `base` (its base line) from the upper edge."""

    text: str
    x: float
    base: float
    size: float
    width: float


@dataclass
class OfdPage:
    """A page: characters in the file's order, closed or open paths, and XML written as it is."""

    width: float = A4[0]
    height: float = A4[1]
    characters: list[Character] = field(default_factory=list)
    paths: list[list[tuple[float, float]]] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)

    def text(self, x: float, y: float, text: str, size: float = 16) -> OfdPage:
        """Add a text; `y` runs upwards from the lower edge, as in PDF."""
        for character in text:
            width = size * (0.5 if character.isascii() else 1.0)
            self.characters.append(Character(character, x, self.height - y, size, width))
            x += width
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> OfdPage:
        self.paths.append([(x0, self.height - y0), (x1, self.height - y1)])
        return self

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> OfdPage:
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        return self

    def xml(self, *objects: str) -> OfdPage:
        """Add objects to the page's layer."""
        self.extra += objects
        return self

    def head(self, *elements: str) -> OfdPage:
        """Add elements before the page's content (`Template`, `PageRes`)."""
        self.before += elements
        return self


def mm(points: float) -> str:
    return f"{points * 25.4 / 72:.4f}".rstrip("0").rstrip(".")


def text_object(x: str, y: str, text: str, *, size: str = "5", more: str = "", **code: str) -> str:
    """A text at a place in millimetres, its attributes written as given."""
    attributes = "".join(f" {name}={quoteattr(value)}" for name, value in code.items())
    boundary = "" if "Boundary" in more else ' Boundary="0 0 210 297"'
    return (
        f'<ofd:TextObject ID="1" Font="1" Size="{size}"{boundary} {more}>'
        f'<ofd:TextCode X="{x}" Y="{y}"{attributes}>{escape(text)}</ofd:TextCode></ofd:TextObject>'
    )


def part(name: str, content: str) -> str:
    return f'{DECLARATION}<ofd:{name} xmlns:ofd="{NAMESPACE}">{content}</ofd:{name}>'


def area(width: float, height: float, name: str = "Area") -> str:
    return f"<ofd:{name}><ofd:PhysicalBox>0 0 {mm(width)} {mm(height)}</ofd:PhysicalBox></ofd:{name}>"


def page_xml(page: OfdPage, style: Style = "line") -> str:
    ids = itertools.count(1000)
    objects = [_path(path, next(ids)) for path in page.paths]
    objects += [text.replace("#", str(next(ids)), 1) for text in _texts(page, style)]
    content = "".join([*objects, *page.extra])
    if style in ("character", "shuffled"):
        content = f'<ofd:PageBlock ID="4"><ofd:PageBlock ID="5">{content}</ofd:PageBlock></ofd:PageBlock>'
    layer = f'<ofd:Content><ofd:Layer ID="3" Type="Body">{content}</ofd:Layer></ofd:Content>'
    return part("Page", area(page.width, page.height) + "".join(page.before) + layer)


def _path(points: list[tuple[float, float]], identifier: int) -> str:
    left, top = min(x for x, _ in points), min(y for _, y in points)
    width, height = max(x for x, _ in points) - left, max(y for _, y in points) - top
    moves = [f"{mm(x - left)} {mm(y - top)}" for x, y in points]
    return (
        f'<ofd:PathObject ID="{identifier}" Boundary="{mm(left)} {mm(top)} {mm(width)} {mm(height)}" '
        f'LineWidth="0.25"><ofd:AbbreviatedData>M {" L ".join(moves)}</ofd:AbbreviatedData></ofd:PathObject>'
    )


def _texts(page: OfdPage, style: Style) -> list[str]:
    if style == "line":
        return [_line(line) for line in _lines(page.characters)]
    if style == "run":
        return [_run(run, page) for line in _lines(page.characters) for run in _runs(line)]
    singles = [_single(each) for each in page.characters if not each.text.isspace()]
    if style == "shuffled":
        random.Random(1).shuffle(singles)
    return singles


def _lines(characters: Sequence[Character]) -> Iterator[list[Character]]:
    """Yield what follows on one base line in one size."""
    line: list[Character] = []
    for each in characters:
        last = line[-1] if line else None
        if last is not None and (
            abs(each.base - last.base) > 0.1
            or abs(each.size - last.size) > 0.1
            or not -0.3 * each.size < each.x - last.x - last.width < 3 * each.size
        ):
            yield line
            line = []
        line.append(each)
    if line:
        yield line


def _runs(line: Sequence[Character]) -> Iterator[list[Character]]:
    """Yield what is of one script in a line."""
    for _, run in itertools.groupby(line, key=lambda each: each.text.isascii()):
        yield list(run)


def _line(line: Sequence[Character]) -> str:
    first, last = line[0], line[-1]
    top = first.base - ASCENT * first.size
    boundary = f"{mm(first.x)} {mm(top)} {mm(last.x + last.width - first.x)} {mm(first.size)}"
    return (
        f'<ofd:TextObject ID="#" Boundary="{boundary}" Font="1" Size="{mm(first.size)}">'
        f'<ofd:FillColor Value="0 0 0"/><ofd:TextCode X="0" Y="{mm(ASCENT * first.size)}"'
        f"{_deltas([mm(b.x - a.x) for a, b in itertools.pairwise(line)])}>{_escaped(line)}"
        "</ofd:TextCode></ofd:TextObject>"
    )


def _run(run: Sequence[Character], page: OfdPage) -> str:
    first = run[0]
    boundary = f"0 0 {mm(page.width)} {mm(page.height)}"
    deltas = _deltas([f"{b.x - a.x:.3f}" for a, b in itertools.pairwise(run)])
    return (
        f'<ofd:TextObject ID="#" Boundary="{boundary}" CTM="0.352778 0 0 0.352778 0 0" Font="1" '
        f'Size="{first.size:.3f}"><ofd:TextCode X="{first.x:.3f}" Y="{first.base:.3f}"{deltas}>'
        f"{_escaped(run)}</ofd:TextCode></ofd:TextObject>"
    )


def _single(each: Character) -> str:
    scale = 0.05
    size = each.size * 25.4 / 72 / scale
    boundary = f"{mm(each.x)} {mm(each.base - ASCENT * each.size)} {mm(each.width)} {mm(each.size)}"
    return (
        f'<ofd:TextObject ID="#" Boundary="{boundary}" Size="{size:.4f}" CTM="{scale} 0 0 {scale} 0 0" '
        'Font="1"><ofd:CGTransform CodePosition="0" CodeCount="1" GlyphCount="1"><ofd:Glyphs>1</ofd:Glyphs>'
        f'</ofd:CGTransform><ofd:TextCode X="0" Y="{ASCENT * size:.4f}">{_escaped([each])}'
        "</ofd:TextCode></ofd:TextObject>"
    )


def _escaped(characters: Sequence[Character]) -> str:
    return escape("".join(each.text for each in characters))


def _deltas(values: Sequence[str]) -> str:
    """Write distances, the same ones told once: `g 3 5`."""
    if not values:
        return ""
    parts = []
    for value, group in itertools.groupby(values):
        count = len(list(group))
        parts += [value] * count if count < 3 else [f"g {count} {value}"]
    return f' DeltaX="{" ".join(parts)}"'
