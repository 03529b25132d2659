"""What a Word paragraph's properties and style say of it: its list, its level, what becomes of its mark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from connectors.readers.inline import DELETIONS, RUN_PROPERTIES
from connectors.readers.numbering import VAL, Numbering, W, is_on, whole
from connectors.readers.styles import Inherited, Styles, outline_to_level

if TYPE_CHECKING:
    from lxml.etree import _Element

_PROPERTIES, _STYLE, _NUMBERED, _OUTLINE = f"{W}pPr", f"{W}pStyle", f"{W}numPr", f"{W}outlineLvl"
_FRAME, _LIST, _LEVEL = f"{W}framePr", f"{W}numId", f"{W}ilvl"


@dataclass(slots=True)
class Layout:
    """What holds for a paragraph.

    Args:
        list_id: the list that numbers it, if one does.
        index: its level in the list, from 0.
        level: its outline level, from 1.
        hides: whether its style hides its text.
        mark_deleted: whether its mark is deleted, so that it runs on into the next paragraph.
        mark_hidden: whether its mark is hidden.
        runs_on: whether the next paragraph goes on in its line.
    """

    list_id: str | None = None
    index: int = 0
    level: int | None = None
    hides: bool = False
    mark_deleted: bool = False
    mark_hidden: bool = False
    runs_on: bool = False

    @property
    def is_hidden(self) -> bool:
        """Whether nothing of the paragraph shows where it has no visible text."""
        return self.mark_hidden or self.hides


@dataclass(frozen=True, slots=True)
class Layouts:
    """Reads the properties of paragraphs.

    Args:
        styles: the document's styles.
        numbering: its lists.
        marks_matter: whether any paragraph's mark may be deleted or hidden.
    """

    styles: Styles
    numbering: Numbering
    marks_matter: bool = True

    def of(self, paragraph: _Element) -> Layout:
        """Return what holds for a paragraph."""
        layout = Layout()
        name, numbered, outline = self.styles.default, None, None
        properties = next(paragraph.iterchildren(_PROPERTIES), None)
        for element in () if properties is None else properties:
            tag = element.tag
            if tag == _STYLE:
                name = element.get(VAL) or name
            elif tag == _NUMBERED:
                numbered = element
            elif tag == _OUTLINE:
                outline = whole(element.get(VAL))
            elif tag == _FRAME:
                # A letter that is dropped into the lines of the next paragraph begins it.
                layout.runs_on = element.get(f"{W}dropCap", "none") != "none"
            elif tag == RUN_PROPERTIES and self.marks_matter:
                layout.mark_deleted = any(element.find(mark) is not None for mark in DELETIONS)
                layout.mark_hidden = is_on(element, "vanish")
                layout.runs_on = layout.runs_on or layout.mark_hidden
        style = self.styles.of(name)
        layout.hides = style.hidden
        layout.level = outline_to_level(style.outline if outline is None else outline)
        if numbered is not None or style.list_id is not None:
            layout.list_id, layout.index = self._list(style, numbered)
        return layout

    def _list(self, style: Inherited, numbered: _Element | None) -> tuple[str | None, int]:
        """Return the list and level of a paragraph: its own, else its style's, else none."""
        own: str | None = None
        index: int | None = None
        for element in () if numbered is None else numbered:
            if element.tag == _LIST:
                own = element.get(VAL)
            elif element.tag == _LEVEL:
                index = whole(element.get(VAL))
        list_id = own or style.list_id
        if list_id in (None, "0"):
            return None, 0
        if index is None:
            for link in style.chain:
                index = self.numbering.level_of_style(str(list_id), link.name)
                if index is None and own is None:
                    # Word takes the level that the style names where the list does not bind the style.
                    index = link.index
                if index is not None:
                    break
        return list_id, index or 0


def join_label(label: str, suffix: str, text: str) -> str:
    """Put a label before its paragraph as a typist would.

    A blank parts them only between Latin letters or digits, and after a label such as 第一章; none follows
    、 or ）, nor `1.` before Han.
    """
    if not label or not text or suffix == "nothing":
        return label + text
    ends_in_word = "\u4e00" <= label[-1] <= "\u9fff"
    both_ascii = label[-1].isascii() and text[0].isascii() and text[0].isalnum()
    both_digits = label[-1].isdecimal() and text[0].isdecimal()
    return f"{label} {text}" if ends_in_word or both_ascii or both_digits else label + text
