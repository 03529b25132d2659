"""Writes into an HTML tree what parts its lines, so that the parser can gather all text at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from connectors.readers.htmllists import item_labels
from connectors.readers.linebreaks import PARTING, has_signs, unbroken

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

TABLE = "\ufdd0"
LABEL = "\ufdd1"
LEVEL = "\ufdd2"
RAISED = "\ufdd3"
LOWERED = "\ufdd4"

# The commonest elements, which change nothing, stay out of the list of those that are looked at.
_LOOKED_AT = r":not(span,a,b,font,strong,o\:p,em,u,i)"
SKIPPED = frozenset(
    {
        "script", "style", "noscript", "template", "iframe", "svg", "object", "select", "option",
        "button", "input", "textarea", "audio", "video", "canvas", "map", "rt", "rp", "head",
        "noframes", "embed",
    }
)  # fmt: skip
BLOCKS = frozenset(
    {
        "p", "div", "td", "th", "tr", "table", "tbody", "thead", "tfoot", "caption", "li", "ul", "dl",
        "dt", "dd", "section", "article", "center", "blockquote", "form", "fieldset", "legend", "main",
        "header", "footer", "nav", "aside", "address", "figure", "figcaption", "details", "summary",
        "menu", "dir", "hr", "body", "html", "hgroup", "dialog", "frameset", "multicol", "marquee",
    }
)  # fmt: skip
HEADINGS = {f"h{level}": level for level in range(1, 7)}
# What paragraphs of running text hold, and nothing else.
_BESIDE_PARAGRAPHS = r":not(p,span,a,b,font,strong,o\:p,em,u,i)"


def paragraphs(root: LexborNode, text: str) -> list[str] | None:
    """Return the lines of an element that holds paragraphs of running text alone, or None of another one.

    Args:
        root: the element.
        text: all its text.
    """
    own = root.mem_id
    if any(node.mem_id != own for node in root.css(_BESIDE_PARAGRAPHS)):
        return None
    texts = [node.text(deep=True) for node in root.css("p")]
    joined = "".join(texts)
    if not texts or PARTING in joined or has_signs(joined):
        return None
    # Editors write all paragraphs on lines of their own, or none.
    is_all = text.strip("\n") == "\n".join(texts).strip("\n")
    if not is_all and "".join(joined.split()) != "".join(text.split()):
        return None
    lines = filter(None, map(str.strip, texts))
    is_broken = "\n" in joined or "\r" in joined or "\f" in joined
    return list(map(unbroken, lines) if is_broken else lines)


def mark(root: LexborNode) -> list[LexborNode]:
    """Write into a subtree what parts its lines; return its tables."""
    tables: list[LexborNode] = []
    own = root.mem_id
    for node in root.css(_LOOKED_AT):
        tag = node.tag or ""
        if tag in BLOCKS:
            if node.mem_id != own:
                node.insert_before(PARTING)
                node.insert_after(PARTING)
            if tag == "table":
                tables.append(node)
        elif tag == "br":
            node.insert_before(PARTING)
        elif tag in SKIPPED:
            node.replace_with("")
        elif tag in HEADINGS:
            node.insert_before(f"{PARTING}{LEVEL}{HEADINGS[tag]}")
            node.insert_after(PARTING)
        elif tag in ("sup", "sub"):
            sign = RAISED if tag == "sup" else LOWERED
            node.insert_before(sign)
            node.insert_after(sign)
        elif tag == "ol":
            _number(node)
        elif tag in ("pre", "listing", "xmp"):
            _keep_breaks(node)
    return tables


def _number(node: LexborNode) -> None:
    node.insert_before(PARTING)
    node.insert_after(PARTING)
    for item, label in item_labels(node):
        item.insert_before(f"{PARTING}{LABEL}{label}{LABEL}")


def _keep_breaks(node: LexborNode) -> None:
    """Line breaks count in what is preformatted."""
    for child in list(node.traverse(include_text=True)):
        if child.tag == "-text" and "\n" in (content := child.text_content or ""):
            child.replace_with(content.replace("\n", PARTING))
    node.insert_before(PARTING)
    node.insert_after(PARTING)
