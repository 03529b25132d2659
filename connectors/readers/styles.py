"""What the paragraph styles of a Word document pass on: numbering, outline level, hidden text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from connectors.readers.numbering import W, integer_of, is_on, value_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEADING = re.compile(r"^(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_BODY_TEXT = 9


@dataclass(frozen=True, slots=True)
class Style:
    """One style's own settings.

    Args:
        name: its id.
        parent: the style that it is based on.
        list_id, index: the list and its level that it numbers by.
        outline: the outline level, from 0; 9 is body text.
        hidden: whether its text is hidden.
    """

    name: str
    parent: str | None
    list_id: str | None
    index: int | None
    outline: int | None
    hidden: bool


class Styles:
    """The styles of a document.

    Args:
        root: the styles part, or None where the document has none.
    """

    def __init__(self, root: _Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self._chains: dict[str, tuple[Style, ...]] = {}
        self.default: str | None = None
        self.lists: dict[str, str] = {}
        if root is None:
            return
        for element in root.iterchildren(f"{W}style"):
            style = _style(element)
            self._styles[style.name] = style
            kind = element.get(f"{W}type")
            if kind == "paragraph" and element.get(f"{W}default") in ("1", "true", "on"):
                self.default = style.name
            if kind == "numbering" and style.list_id:
                self.lists[style.name] = style.list_id

    def chain(self, name: str | None) -> tuple[Style, ...]:
        """Return a style and those that it is based on, nearest first; a circle is cut."""
        if name is None:
            return ()
        if name not in self._chains:
            self._chains[name] = tuple(self._ancestors(name))
        return self._chains[name]

    def outline(self, name: str | None) -> int | None:
        """Return the outline level (from 0; 9 is body text) that a paragraph style gives, or None."""
        return next((style.outline for style in self.chain(name) if style.outline is not None), None)

    @property
    def hide_text(self) -> bool:
        """Whether there is a style that hides its text."""
        return any(style.hidden for style in self._styles.values())

    def is_hidden(self, name: str | None) -> bool:
        """Whether a style hides its text."""
        return any(style.hidden for style in self.chain(name))

    def _ancestors(self, name: str) -> Iterator[Style]:
        seen: set[str] = set()
        following: str | None = name
        while following and following not in seen and (style := self._styles.get(following)):
            seen.add(following)
            yield style
            following = style.parent


def _style(element: _Element) -> Style:
    properties = element.find(f"{W}pPr")
    numbered = properties.find(f"{W}numPr") if properties is not None else None
    outline = integer_of(properties, "outlineLvl")
    if outline is None and (match := _HEADING.match(value_of(element, "name") or "")):
        outline = int(match.group(1)) - 1
    return Style(
        name=element.get(f"{W}styleId", ""),
        parent=value_of(element, "basedOn"),
        list_id=value_of(numbered, "numId"),
        index=integer_of(numbered, "ilvl"),
        outline=outline,
        hidden=is_on(element.find(f"{W}rPr"), "vanish"),
    )


def outline_to_level(outline: int | None) -> int | None:
    """Return a block's level (from 1), or None for body text."""
    return outline + 1 if outline is not None and 0 <= outline < _BODY_TEXT else None
