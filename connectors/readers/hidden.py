"""Text of a page that its readers do not see: honeypots, prompts, markers for scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from connectors.readers.charset import wide

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

HIDDEN_NOTE = "网页里有不显示的文字，没有读入"
UNHIDDEN_NOTE = "网页的正文要由脚本显示出来，已当作显示的读入"

# What hides text, by the word in a style that makes it worth a look.
_SUSPECTS = ("display", "visibility", "mso-hide", "font-size:0", "font-size: 0", "opacity")
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|"
    r"(?:font-size|opacity)\s*:\s*0(?:\.0+)?(?:px|pt|em|%)?\s*(?:;|!|$)",
    re.I,
)
_MOST_HIDDEN = 2_000
# Below this many characters, hidden text is a button's or a picture's, and nobody misses it.
_MISSED = 60


def suspects(markup: str) -> str:
    """Return a selector of the elements of a page that may be hidden, or an empty string."""
    words = [word for word in _SUSPECTS if word in markup or word.upper() in markup]
    found = [f'[style*="{word}" i]' for word in words]
    if " hidden" in markup:
        found.append("[hidden]")
    return ",".join(found)


def hide(root: LexborNode, selector: str) -> list[str]:
    """Take out of a subtree what a reader of the page does not see.

    Args:
        root: the subtree; it is changed.
        selector: as `suspects` returns it.

    Returns:
        What is to be told of it, one Chinese line each.
    """
    found = [node for node in root.css(selector) if _is_hidden(node) and node.mem_id != root.mem_id]
    if not found:
        return []
    outer = _outermost(found, root)
    hidden = sum(wide(node.text(deep=True)) for node in outer)
    if hidden >= _MISSED and hidden * 2 > wide(root.text(deep=True)):
        return [UNHIDDEN_NOTE]
    for node in outer:
        node.replace_with("")
    return [HIDDEN_NOTE] if hidden >= _MISSED else []


def ancestors(node: LexborNode, root: LexborNode) -> Iterator[LexborNode]:
    """Yield the elements around a node, the nearest first, up to a root that is left out."""
    parent = node.parent
    while parent is not None and parent.mem_id != root.mem_id:
        yield parent
        parent = parent.parent


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or _HIDDEN.search(attributes.get("style") or "") is not None


def _outermost(nodes: Sequence[LexborNode], root: LexborNode) -> list[LexborNode]:
    """Leave out the nodes that lie within others of them."""
    if len(nodes) > _MOST_HIDDEN:
        return list(nodes)
    known = {node.mem_id for node in nodes}
    return [node for node in nodes if not any(each.mem_id in known for each in ancestors(node, root))]
