"""Chooses the part of a page that is the document: known containers first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from connectors.readers.charset import wide
from connectors.readers.depth import is_too_deep
from connectors.readers.flow import Flow, Line
from connectors.readers.hidden import source_of
from connectors.readers.linebreaks import plain_cells, plain_lines
from connectors.readers.prose import Prose, squeeze
from connectors.readers.scriptbody import kept_markup, script_document
from connectors.readers.sitelines import BODY_LINE, trimmed
from connectors.readers.surroundings import above, below
from nianbao import Fact

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

# Characters of Chinese text, its punctuation included.
ENOUGH = 220
MAIN_TEXT = "main text"
WHOLE = "body"
SCRIPT = "script"
GUESSED = (MAIN_TEXT, WHOLE)
GUESSED_NOTE = "网页的正文位置是推断出来的"
SPLIT_NOTE = "网页的正文分在几处，已按先后接起来"
_FEW_LINKS = 10
_MOST_MATCHES = 50
_LINKED = "a[href],iframe[src],embed[src],object[data]"
_MOST_LINKS = 300
# Prose outside the body is told of from this many characters on, if it is this share of the body.
_MUCH = 300
_SHARE = 4

_NAME = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a document: its lines, and the cells of its tables."""

    lines: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """The lines of a page.

    Args:
        flow: holds the tables of the lines.
        lines: the document itself.
        origin: the selector that found it, or how else it was found.
        head: what stands above the document.
        tail: what stands right after it.
        links: where its links and those right after it lead, and what they are called.
        facts: what is told beside it.
        notes: what a reader of the document should know.
    """

    flow: Flow
    lines: list[Line]
    origin: str
    head: Around = Around()
    tail: Around = Around()
    links: tuple[tuple[str, str], ...] = ()
    facts: tuple[Fact, ...] = ()
    notes: tuple[str, ...] = ()


@cache
def selectors() -> tuple[str, ...]:
    """Return the selectors of the known containers."""
    import yaml

    text = (Path(__file__).parent / "containers.yml").read_text(encoding="utf-8")
    return tuple(yaml.safe_load(text))


def find_body(tree: LexborHTMLParser, markup: str) -> Body | None:
    """Return the body of a page: a known container, else what reads like the main text, else all of it.

    Args:
        tree: the parsed page; it is changed.
        markup: the page as text.
    """
    root = tree.body or tree.root
    if root is None:
        return None
    page = Prose(markup)
    slight: tuple[list[LexborNode], str] | None = None
    is_partial = False
    for nodes, selector in _containers(tree):
        text = _text(nodes)
        if wide(text) < ENOUGH:
            slight = slight or ((nodes, selector) if _has_links(nodes) else None)
            continue
        outside = page.prose_outside(text)
        if outside <= len(text):
            is_much = outside > max(_MUCH, len(text) // _SHARE)
            notes = (_outside_note(outside),) if is_much else ()
            source = source_of(markup, text, _NAME.findall(selector)[-1])
            return _contained(nodes, selector, source, text, *notes)
        is_partial = True
    hidden = None if is_partial else _hidden_in_data(tree, markup)
    if hidden is None and slight is not None and page.prose < ENOUGH:
        return _contained(*slight, markup, _text(slight[0]))
    return hidden or _guessed(tree, root, markup)


def _hidden_in_data(tree: LexborHTMLParser, markup: str) -> Body | None:
    """Return the document that a page holds as data, which a script shows."""
    scripted = script_document(markup)
    if scripted is not None:
        return _inner(*scripted)
    kept = kept_markup(tree)
    return _inner(kept) if kept is not None else None


def _outside_note(outside: int) -> str:
    return f"正文区域以外还有约 {outside} 字的成段文字，没有读入"


def _containers(tree: LexborHTMLParser) -> Iterator[tuple[list[LexborNode], str]]:
    """Yield the known containers of a page, the parts of one in their order."""
    for selector in selectors():
        nodes = tree.css(selector)
        if len(nodes) == 1:
            yield nodes, selector
        elif nodes:
            yield _parts(nodes[:_MOST_MATCHES]), selector


def _parts(nodes: Sequence[LexborNode]) -> list[LexborNode]:
    """Return the fullest of some elements, or all that hold enough and do not lie within each other."""
    sizes = [wide(node.text(deep=True)) for node in nodes]
    fullest = max(range(len(nodes)), key=sizes.__getitem__)
    chosen = [nodes[fullest]]
    if sum(size >= ENOUGH for size in sizes) < 2:
        return chosen
    known: list[LexborNode] = []
    for node, size in zip(nodes, sizes, strict=True):
        if size >= ENOUGH and not any(_holds(each, node) for each in known):
            known.append(node)
    return known


def _holds(outer: LexborNode, inner: LexborNode) -> bool:
    return any(node.mem_id == inner.mem_id for node in outer.css(inner.tag or "*"))


def _has_links(nodes: Sequence[LexborNode]) -> bool:
    return any(node.css_first(_LINKED) is not None for node in nodes)


def _text(nodes: Sequence[LexborNode]) -> str:
    return "".join(node.text(deep=True) for node in nodes)


def _contained(nodes: list[LexborNode], selector: str, markup: str, text: str, *notes: str) -> Body:
    flow = Flow(markup)
    before, after = above(nodes[0]), below(nodes[-1])
    links = _links((*nodes, *after))
    lines = trimmed(flow.body_lines(nodes, text))
    if len(nodes) > 1:
        notes = (*notes, SPLIT_NOTE)
    head = _standing(before)
    tail = Around(tuple(line for node in after for line in (node.text(deep=True) or "").splitlines()))
    return Body(flow, lines, selector, head, tail, links, notes=(*notes, *flow.notes))


def _standing(nodes: Sequence[LexborNode]) -> Around:
    """Return what stands above a document; its tree is used only where the markup does not tell."""
    flow = Flow("")
    lines: list[str] = []
    cells: list[str] = []
    for is_table, group in groupby(nodes, key=lambda node: node.tag == "table"):
        run = list(group)
        markup = "".join(node.html or "" for node in run)
        if not is_table and (plain := plain_lines(markup)) is not None:
            lines += plain
            continue
        if is_table and (plain := plain_cells(markup)) is not None:
            cells += plain
            continue
        for each in [[node] for node in run] if is_table else [run]:
            around = _around(flow, flow.lines(*each))
            lines += around.lines
            cells += around.cells
    return Around(tuple(lines), tuple(cells))


def _links(nodes: Sequence[LexborNode]) -> tuple[tuple[str, str], ...]:
    """Return the addresses in some elements, those of embedded files too, with their names."""
    found: list[tuple[str, str]] = []
    for node in nodes:
        if node.tag == "-text":
            continue
        for each in node.css(_LINKED)[:_MOST_LINKS]:
            attributes = each.attributes
            target = attributes.get("href") or attributes.get("src") or attributes.get("data") or ""
            name = each.text(deep=True).strip() or attributes.get("title") or ""
            found.append((target.strip(), name))
    return tuple(found)


def _around(flow: Flow, lines: Sequence[Line]) -> Around:
    cells = tuple(cell for line in lines if line.table is not None for cell in flow.cells(line))
    return Around(tuple(line.text for line in lines if line.table is None), cells)


def _inner(content: str, facts: tuple[Fact, ...] = ()) -> Body | None:
    """Return the document that a page keeps as markup within itself."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(content)
    root = tree.body or tree.root
    if root is None:
        return None
    flow, links = Flow(content), _links((root,))
    lines = trimmed(flow.lines(root))
    return Body(flow, lines, SCRIPT, links=links, facts=facts, notes=tuple(flow.notes))


def _guessed(tree: LexborHTMLParser, root: LexborNode, markup: str) -> Body:
    flow, links = Flow(markup), _links((root,))
    has_menus = len(tree.css("a[href]")) > _FEW_LINKS
    lines = flow.lines(root)
    span = _main_span(lines, markup) if has_menus else None
    notes = (GUESSED_NOTE, *flow.notes)
    if span is None:
        return Body(flow, trimmed(lines), WHOLE, links=links, notes=notes)
    first, last = span
    head, tail = _around(flow, lines[:first]), _around(flow, lines[last + 1 :])
    return Body(flow, trimmed(lines[first : last + 1]), MAIN_TEXT, head, tail, links, notes=notes)


def _main_span(lines: Sequence[Line], markup: str) -> tuple[int, int] | None:
    """Return the run of lines that the fallback's main text covers, from its first line to its last."""
    from resiliparse.extract.html2text import extract_plain_text

    if is_too_deep(markup):
        return None
    main = extract_plain_text(
        markup, main_content=True, alt_texts=False, list_bullets=False, preserve_formatting=True
    )
    squeezed = squeeze(main)
    if wide(main) < ENOUGH:
        return None
    held = [
        index for index, line in enumerate(lines) if len(line.text) >= 4 and squeeze(line.text) in squeezed
    ]
    long = [index for index in held if len(lines[index].text) >= BODY_LINE] or held
    return _grown(held, long) if long else None


def _grown(held: Sequence[int], long: Sequence[int]) -> tuple[int, int]:
    """Grow the run of long paragraphs over the held lines that touch it."""
    first, last = long[0], long[-1]
    known = set(held)
    while first - 1 in known or first - 2 in known:
        first -= 1
    while last + 1 in known or last + 2 in known:
        last += 1
    return first, last
