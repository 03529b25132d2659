"""Collects the visible text of a Word paragraph: fields, revisions, hidden text and boxes resolved."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from connectors.readers.numbering import VAL, W
from connectors.readers.styles import Styles

if TYPE_CHECKING:
    from lxml.etree import _Element

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

# Fields that repeat what stands elsewhere, or number pages.
_DROPPED_FIELDS = frozenset(
    {"PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "PAGEREF", "TOC", "INDEX", "TC", "XE"}
)
TABLE_OF_CONTENTS = frozenset({"TOC", "INDEX"})

_RUN, _RUN_PROPERTIES, _VANISH, _RUN_STYLE = f"{W}r", f"{W}rPr", f"{W}vanish", f"{W}rStyle"
_TEXTS = frozenset({f"{W}t", f"{_MATH}t"})
_DELETIONS = frozenset({f"{W}del", f"{W}moveFrom"})
_SIGNS = {
    f"{W}tab": " ",
    f"{W}ptab": " ",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
# What holds no text of the body: properties, deleted text, phonetic guides, the older copy of a box.
_SKIPPED = frozenset(
    {
        f"{W}pPr", f"{W}rPr", f"{W}sdtPr", f"{W}sdtEndPr", f"{W}del", f"{W}moveFrom", f"{W}delText",
        f"{W}delInstrText", f"{W}rt", f"{W}rubyPr", f"{W}softHyphen", f"{W}sym", f"{W}lastRenderedPageBreak",
        f"{W}commentReference", f"{W}annotationRef", f"{W}footnoteRef", f"{W}endnoteRef", f"{W}smartTagPr",
        f"{W}proofErr", f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}tbl",
    }
)  # fmt: skip
_NOTE_REFERENCES = frozenset({f"{W}footnoteReference", f"{W}endnoteReference"})


@dataclass(slots=True)
class _Field:
    """A field whose end has not come yet."""

    code: str = ""
    in_result: bool = False
    dropped: bool = False


@dataclass(slots=True)
class Inline:
    """Reads the runs of paragraph after paragraph; a field may reach over several.

    Args:
        styles: the document's styles.
        hides: whether any text of the document may be hidden.
        boxes: the text boxes anchored in the paragraph read last.
        notes: how many footnotes and endnotes were referred to.
        revised: whether there were tracked changes.
        contents: whether a table of contents was left out.
    """

    styles: Styles
    hides: bool = True
    boxes: list[_Element] = field(default_factory=list)
    notes: int = 0
    revised: bool = False
    contents: bool = False
    _fields: list[_Field] = field(default_factory=list)

    def text(self, paragraph: _Element) -> str:
        """Return the visible text of a paragraph and keep its boxes in `boxes`."""
        self.boxes = []
        parts: list[str] = []
        self._walk(paragraph, parts)
        # A field that has shown no result by the end of its paragraph shows none; a broken one must not
        # swallow the rest of the document.
        while self._fields and not self._fields[-1].in_result:
            self._fields.pop()
        return "".join(parts)

    def _walk(self, parent: _Element, parts: list[str]) -> None:
        for element in parent:
            tag = element.tag
            if tag == _RUN:
                if not (self.hides and self._is_hidden(element)):
                    self._walk(element, parts)
            elif tag in _TEXTS:
                if element.text and not self._is_silent():
                    parts.append(element.text)
            elif tag in _SIGNS:
                if not self._is_silent():
                    parts.append(_SIGNS[tag])
            elif tag in _SKIPPED:
                self.revised = self.revised or tag in _DELETIONS
            else:
                self._special(element, tag, parts)

    def _special(self, element: _Element, tag: str, parts: list[str]) -> None:
        if tag == f"{W}fldChar":
            self._field_mark(element.get(f"{W}fldCharType"))
        elif tag == f"{W}instrText":
            if self._fields and not self._fields[-1].in_result:
                self._fields[-1].code += element.text or ""
        elif tag == f"{W}fldSimple":
            if not self._drops(element.get(f"{W}instr", "")):
                self._walk(element, parts)
        elif tag == f"{W}txbxContent":
            self.boxes.append(element)
        elif tag == f"{_MC}AlternateContent":
            chosen = element.find(f"{_MC}Choice")
            if chosen is None:
                chosen = element.find(f"{_MC}Fallback")
            if chosen is not None:
                self._walk(chosen, parts)
        elif tag in _NOTE_REFERENCES:
            self.notes += 1
        else:
            self.revised = self.revised or tag in (f"{W}ins", f"{W}moveTo")
            self._walk(element, parts)

    def _field_mark(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].in_result = True
            self._fields[-1].dropped = self._drops(self._fields[-1].code)
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _drops(self, code: str) -> bool:
        name = code.split()[0].upper() if code.split() else ""
        self.contents = self.contents or name in TABLE_OF_CONTENTS
        return name in _DROPPED_FIELDS

    def _is_silent(self) -> bool:
        """Whether the place is inside a field's instructions, or a field that is left out."""
        return bool(self._fields) and any(field.dropped or not field.in_result for field in self._fields)

    def _is_hidden(self, run: _Element) -> bool:
        properties = run.find(_RUN_PROPERTIES)
        if properties is None:
            return False
        vanish = properties.find(_VANISH)
        if vanish is not None:
            return vanish.get(VAL, "1") not in ("0", "false", "off")
        style = properties.find(_RUN_STYLE)
        return style is not None and self.styles.is_hidden(style.get(VAL))
