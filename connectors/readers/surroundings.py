"""What stands around the body of a page: the nearest lines above and below, not the whole page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

# A menu or a list of links is not looked at, a heading or a table of metadata is far smaller.
_MOST_TEXT = 1_500
_MOST_LINKS = 25
_FEW_TEXT = 100
_ENOUGH_TEXT = 1_200
_MOST_NODES = 120
_TOP = ("body", "html")


def above(node: LexborNode) -> list[LexborNode]:
    """Return the elements and texts that stand before a node, in order."""
    found: list[LexborNode] = []
    gathered = 0
    for step, each in enumerate(_around(node, forward=False)):
        size = _size(each)
        if size and size <= _MOST_TEXT and not (size > _FEW_TEXT and _is_menu(each)):
            found.append(each)
            gathered += size
        if gathered > _ENOUGH_TEXT or step > _MOST_NODES:
            break
    return found[::-1]


def below(node: LexborNode) -> list[LexborNode]:
    """Return the elements and texts that stand right after a node, in order."""
    found: list[LexborNode] = []
    gathered = 0
    for step, each in enumerate(_around(node, forward=True)):
        size = _size(each)
        if size > _MOST_TEXT or (size and _is_menu(each)):
            break
        if size or _is_embedded(each):
            found.append(each)
            gathered += size
        if gathered > _MOST_TEXT or step > _MOST_NODES // 2:
            break
    return found


def _around(node: LexborNode, *, forward: bool) -> Iterator[LexborNode]:
    """Yield what stands beside a node and beside each element around it, the nearest first."""
    outer: LexborNode | None = node
    while outer is not None and outer.tag not in _TOP:
        beside = outer.next if forward else outer.prev
        while beside is not None:
            yield beside
            beside = beside.next if forward else beside.prev
        outer = outer.parent


def _size(node: LexborNode) -> int:
    tag = node.tag or ""
    if tag == "-text":
        return len((node.text_content or "").strip())
    if tag in ("script", "style", "noscript") or tag.startswith(("-", "!")):
        return 0
    return len(node.text(deep=True).strip())


def _is_embedded(node: LexborNode) -> bool:
    """Whether an element without text shows a file."""
    return not (node.tag or "-").startswith(("-", "!")) and node.css_first("iframe,embed,object") is not None


def _is_menu(node: LexborNode) -> bool:
    return node.tag != "-text" and len(node.css("a")) > _MOST_LINKS
