"""Selectors for the rows of a list that no family's fit, from what repeats in its page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from connectors.sources.website.rows import day_in, flat, link_of
from nianbao.sites import Verdict, usual_titles

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_HAN = re.compile(r"[\u4e00-\u9fff]")
# A title has so many Chinese characters at least; what has fewer is of a menu.
_LEAST_TITLE = 6
_NAME = re.compile(r"[A-Za-z_][\w-]*")
# What marks a single row or its turn, and not the list.
_STATES = re.compile(
    r"^(?:on|cur(?:rent)?|active|first|last|odd|even|hover|selected|clearfix|fl|fr|l|r)$", re.I
)
_ITEMS = frozenset(("li", "tr", "dd", "article"))
_HOLDERS = frozenset(("ul", "ol", "table", "tbody", "dl", "body", "html", "main"))
_HIGHEST = 8
_LONGEST_DAY = 16


@dataclass(frozen=True, slots=True)
class Repeated:
    """What repeats in a list page.

    Args:
        rows: a selector of the rows.
        dates: a selector of the day within a row; empty where none is needed or found.
        links: the addresses that the rows lead to.
        dated: how many rows show a day.
    """

    rows: str
    dates: str
    links: tuple[str, ...]
    dated: int


def repeated(tree: LexborHTMLParser, url: str) -> Repeated | None:
    """Return the rows of a page that look most like a list of papers; None where nothing repeats.

    Args:
        tree: the page.
        url: its address.
    """
    groups: dict[tuple[str, ...], list[LexborNode]] = {}
    for item in _items(tree, url):
        groups.setdefault(_path(item), []).append(item)
    rows = max(groups.values(), key=_weight, default=[])
    dated = sum(bool(_day(item)) for item in rows)
    # One link alone is a list only where it looks like a paper of one.
    if not rows or (len(rows) == 1 and not dated):
        return None
    selector = _selector(tree, rows)
    links = tuple(link_of(link, url)[0] for item in rows if (link := _link(item)) is not None)
    return Repeated(selector, _dates(rows), links, dated) if selector else None


def _items(tree: LexborHTMLParser, url: str) -> Iterator[LexborNode]:
    """Yield for each link with a title the largest element that has no other one."""
    links = [
        link
        for link in tree.css("a[href]")
        if link_of(link, url)[0] and len(_HAN.findall(link_of(link, url)[1])) >= _LEAST_TITLE
    ]
    counts: Counter[int] = Counter()
    for link in links:
        for node in (link, *_above(link)):
            counts[node.mem_id] += 1
    seen: set[int] = set()
    for link in links:
        item = link
        for node in _above(link):
            if item.tag in _ITEMS or node.tag in _HOLDERS or counts[node.mem_id] > 1:
                break
            item = node
        if item.mem_id not in seen:
            seen.add(item.mem_id)
            yield item


def _above(node: LexborNode) -> Iterator[LexborNode]:
    parent = node.parent
    while parent is not None and parent.tag not in ("-undef", "html"):
        yield parent
        parent = parent.parent


def _path(item: LexborNode) -> tuple[str, ...]:
    """Return what rows of one list share: their tag and what they stand in."""
    return (item.tag or "", *(_step(node) for node in _above(item)))


def _step(node: LexborNode) -> str:
    name = node.attributes.get("id") or ""
    return f"{node.tag}#{name}.{'.'.join(_classes(node))}"


def _weight(rows: Sequence[LexborNode]) -> tuple[int, int]:
    judge = usual_titles().judge
    wanted = sum(judge(flat(item.text(deep=True))) is Verdict.WANTED for item in rows)
    return sum(bool(_day(item)) for item in rows) + 3 * wanted, len(rows)


def _day(item: LexborNode) -> str:
    return day_in(item.text(deep=True))


def _link(item: LexborNode) -> LexborNode | None:
    return item if item.tag == "a" else item.css_first("a[href]")


def _classes(node: LexborNode) -> list[str]:
    told = (node.attributes.get("class") or "").split()
    return [name for name in told if _NAME.fullmatch(name) and not _STATES.match(name)]


def _own(nodes: Sequence[LexborNode]) -> str:
    """Return what selects nodes of one kind: their tag, with a class that all of them have."""
    tag = nodes[0].tag or ""
    shared = [name for name in _classes(nodes[0]) if all(name in _classes(node) for node in nodes)]
    return f"{tag}.{shared[0]}" if shared else tag


def _selector(tree: LexborHTMLParser, rows: Sequence[LexborNode]) -> str:
    """Return the shortest selector that finds these rows and nothing else with a link; else the nearest."""
    wanted = {node.mem_id for node in rows}
    best, fewest = "", 0
    for selector in _candidates(rows):
        found = {node.mem_id for node in tree.css(selector) if _link(node) is not None}
        if found == wanted:
            return selector
        if wanted < found and (not best or len(found) < fewest):
            best, fewest = selector, len(found)
    return best


def _candidates(rows: Sequence[LexborNode]) -> Iterator[str]:
    own = _own(rows)
    if "." in own:
        yield own
    above = list(_above(rows[0]))[:_HIGHEST]
    named = [name for node in above for name in _names(node)]
    for name in named:
        yield f"{name} {own}"
    for number, inner in enumerate(named):
        for outer in named[number + 1 :]:
            yield f"{outer} {inner} {own}"
    if above:
        yield f"{above[0].tag} > {own}"
    yield own


def _names(node: LexborNode) -> Iterable[str]:
    name = node.attributes.get("id") or ""
    # A number behind a name is a serial one that the next page may not have.
    if _NAME.fullmatch(name) and not re.search(r"\d{3,}", name):
        yield f"#{name}"
    for each in _classes(node):
        yield f".{each}"


def _dates(rows: Sequence[LexborNode]) -> str:
    """Return what selects the element of a row that holds its day and nothing else."""
    found: dict[str, int] = {}
    for item in rows:
        for node in item.css("*"):
            text = flat(node.text(deep=True))
            if node.mem_id != item.mem_id and node.tag != "a" and len(text) <= _LONGEST_DAY and day_in(text):
                found[_own((node,))] = found.get(_own((node,)), 0) + 1
    return max(found, key=lambda name: found[name], default="")
