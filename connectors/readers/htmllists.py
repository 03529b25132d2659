"""The numbers of an HTML list's items, which a browser shows and the text does not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from connectors.readers.labels import thousands, write_number

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_HAN_LIST = re.compile(r"cjk-ideographic|chinese-informal|trad-chinese|simp-chinese|cjk-decimal", re.I)
_NO_LIST = re.compile(r"list-style(?:-type)?\s*:[^;]*\bnone\b", re.I)
_STYLED = (
    (re.compile(r"lower-(?:alpha|latin)", re.I), "lowerLetter"),
    (re.compile(r"upper-(?:alpha|latin)", re.I), "upperLetter"),
    (re.compile(r"lower-roman", re.I), "lowerRoman"),
    (re.compile(r"upper-roman", re.I), "upperRoman"),
)
_TYPED = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_LABELLED = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[、.．）)]|第[一二三四五六七八九十\d]+|[一二三四五六七八九十]是|[①-⑳])"
)


def has_label(text: str) -> bool:
    """Whether a line begins with a number of its own, so that the list's would be one too many."""
    return _LABELLED.match(text) is not None


def item_labels(node: LexborNode) -> Iterator[tuple[LexborNode, str]]:
    """Yield the items of an ordered list, each with the label that a browser shows before it."""
    attributes = node.attributes
    style = _style(attributes)
    items = [child for child in node.iter() if child.tag == "li"]
    step = -1 if "reversed" in attributes else 1
    start = _whole(attributes.get("start"))
    number = (len(items) if step < 0 else 1) if start is None else start
    for item in items:
        value = _whole(item.attributes.get("value"))
        number = number if value is None else value
        label = _written(number, style)
        if label and not _NO_LIST.search(item.attributes.get("style") or ""):
            yield item, label
        number += step


def _style(attributes: dict[str, str | None]) -> str:
    style = attributes.get("style") or ""
    if _NO_LIST.search(style):
        return "none"
    if _HAN_LIST.search(style):
        return "han"
    named = (name for pattern, name in _STYLED if pattern.search(style))
    return next(named, _TYPED.get(attributes.get("type") or "", "decimal"))


def _written(number: int, style: str) -> str:
    if style == "none":
        return ""
    return thousands(number) + "、" if style == "han" else write_number(number, style) + "."


def _whole(value: str | None) -> int | None:
    text = (value or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None
