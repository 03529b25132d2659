"""What the paragraph styles of a Word document pass on: numbering, outline level, hidden text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from connectors.readers.numbering import W, integer_of, is_on, value_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEADING = re.compile(r"^(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_BODY_TEXT = 9
_LATENT = (b"<w:latentStyles", b"</w:latentStyles>")


@dataclass(frozen=True, slots=True)
class Style:
    """One style's own settings.

    Args:
        name: its id.
        parent: the style that it is based on.
        list_id, index: the list and its level that it numbers by.
        outline: the outline level, from 0; 9 is body text.
        hidden: whether its text is hidden; None where it says nothing.
    """

    name: str
    parent: str | None
    list_id: str | None
    index: int | None
    outline: int | None
    hidden: bool | None


@dataclass(frozen=True, slots=True)
class Inherited:
    """What a paragraph or its runs have from a style and those that it is based on.

    Args:
        chain: the styles, nearest first.
        list_id: the list that they number by.
        outline: the outline level, from 0; 9 is body text.
        hidden: whether their text is hidden.
    """

    chain: tuple[Style, ...] = ()
    list_id: str | None = None
    outline: int | None = None
    hidden: bool = False


class Styles:
    """The styles of a document; what nothing uses is not looked at.

    Args:
        root: the styles part, or None where the document has none.
    """

    def __init__(self, root: _Element | None) -> None:
        self._elements: dict[str, _Element] = {}
        self._inherited: dict[str | None, Inherited] = {None: Inherited()}
        self.default: str | None = None
        # Whether there may be a style that hides its text.
        self.hide_text = root is not None and next(root.iter(f"{W}vanish"), None) is not None
        for element in () if root is None else root.iterchildren(f"{W}style"):
            name = element.get(f"{W}styleId", "")
            self._elements[name] = element
            is_default = element.get(f"{W}default") in ("1", "true", "on")
            if is_default and element.get(f"{W}type") == "paragraph":
                self.default = name

    def of(self, name: str | None) -> Inherited:
        """Return what a style passes on; nothing where there is no such style."""
        if name not in self._inherited:
            chain = tuple(self._ancestors(name))
            self._inherited[name] = Inherited(
                chain,
                next((style.list_id for style in chain if style.list_id is not None), None),
                next((style.outline for style in chain if style.outline is not None), None),
                next((style.hidden for style in chain if style.hidden is not None), False),
            )
        return self._inherited[name]

    def lists(self) -> Mapping[str, str]:
        """Return for each numbering style the list that it names."""
        found = {}
        for name, element in self._elements.items():
            if element.get(f"{W}type") == "numbering" and (style := _style(name, element)).list_id:
                found[name] = style.list_id
        return found

    def _ancestors(self, name: str | None) -> Iterator[Style]:
        """Yield a style and those that it is based on; a circle is cut."""
        seen: set[str] = set()
        while name and name not in seen and (element := self._elements.get(name)) is not None:
            seen.add(name)
            style = _style(name, element)
            yield style
            name = style.parent


def _style(name: str, element: _Element) -> Style:
    properties = element.find(f"{W}pPr")
    numbered = properties.find(f"{W}numPr") if properties is not None else None
    outline = integer_of(properties, "outlineLvl")
    if outline is None and (match := _HEADING.match(value_of(element, "name") or "")):
        outline = int(match.group(1)) - 1
    run = element.find(f"{W}rPr")
    says_hidden = run is not None and run.find(f"{W}vanish") is not None
    return Style(
        name=name,
        parent=value_of(element, "basedOn"),
        list_id=value_of(numbered, "numId"),
        index=integer_of(numbered, "ilvl"),
        outline=outline,
        hidden=is_on(run, "vanish") if says_hidden else None,
    )


def without_latent(data: bytes) -> bytes:
    """Return a styles part without its list of Word's own styles, half its length and of no use here."""
    start = data.find(_LATENT[0])
    end = data.find(_LATENT[1], start)
    return data[:start] + data[end + len(_LATENT[1]) :] if 0 <= start < end else data


def outline_to_level(outline: int | None) -> int | None:
    """Return a block's level (from 1), or None for body text."""
    return outline + 1 if outline is not None and 0 <= outline < _BODY_TEXT else None
