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

# Begins the properties that only Word writes.
WORD_PROPERTY = "mso-"

# What hides text, by a word that makes it worth a look; old editors wrote properties in capitals.
_SUSPECTS = {
    "display": '[style*="display"]',
    "DISPLAY": '[style*="DISPLAY"]',
    "hidden": '[hidden],[style*="hidden" i]',
    "font-size:0": '[style*="font-size:0"]',
    "font-size: 0": '[style*="font-size: 0"]',
    "mso-hide": '[style*="mso-hide"]',
}
# A part of those words that markup seldom holds: one character is found far faster than a word, and what
# Word writes is looked for just once.
_RARE = {"DISPLAY": "Y", "mso-hide": WORD_PROPERTY}
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|"
    r"font-size\s*:\s*0(?:\.0+)?(?:px|pt|em|%)?\s*(?:;|!|$)",
    re.I,
)
_WORDS = re.compile("[\u4e00-\u9fff]{4,12}")
_FIRST = 60
_LAST = 300
_MOST_HIDDEN = 2_000
# Below this many characters, hidden text is a button's or a picture's, and nobody misses it.
_MISSED = 60


def suspects(around: str, *, is_words: bool) -> str:
    """Return a selector of the elements that may be hidden, or an empty string.

    To ask the parser for every element's style takes longer than to look for words in the markup.

    Args:
        around: the markup of the part of a page that is looked at.
        is_words: whether it holds properties that only Word writes.
    """
    skipped = WORD_PROPERTY if not is_words else None
    found = [
        selector
        for word, selector in _SUSPECTS.items()
        if (rare := _RARE.get(word, word)) != skipped and rare in around and word in around
    ]
    return ",".join(found)


def source_of(markup: str, text: str, name: str) -> str:
    """Return the markup from the tag that opens a part of the page to the last words of its text.

    The very first words may stand in a title and in the page's head too, so some later ones are looked for.

    Args:
        markup: the whole page; it is returned where the part can't be found in it.
        text: the text of the part.
        name: a word in the tag that opens it, such as its class.
    """
    first = _WORDS.search(text, _FIRST)
    body = max(markup.find("<body"), 0)
    start = markup.find(first.group(), body) if first else -1
    last = _WORDS.findall(text, max(len(text) - _LAST, 0))
    end = markup.rfind(last[-1]) if last else -1
    start = max(markup.rfind(name, body, start), 0) if name and start >= 0 else -1
    return markup[start:end] if 0 <= start < end else markup


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
