"""Collects the visible text of a Word paragraph: fields, revisions, hidden text and boxes resolved."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from connectors.readers.dingbats import symbol
from connectors.readers.numbering import VAL, W, is_set
from connectors.readers.styles import Styles
from connectors.readers.wordfields import Fields, raised

if TYPE_CHECKING:
    from lxml.etree import _Element

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"

RUN, RUN_PROPERTIES, TEXT = f"{W}r", f"{W}rPr", f"{W}t"
VANISH, RAISED, FONTS = f"{W}vanish", f"{W}vertAlign", f"{W}rFonts"
DELETIONS = frozenset({f"{W}del", f"{W}moveFrom"})
_RUN_STYLE = f"{W}rStyle"
_FIELD_MARK = f"{W}fldChar"
FOOTNOTE, ENDNOTE = f"{W}footnoteReference", f"{W}endnoteReference"
_REFERENCES = frozenset({FOOTNOTE, ENDNOTE})
_PRIVATE = re.compile("[\uf000-\uf0ff]")
# A break is told from the blank that a newline within a text is.
BREAK = "\x0b"
_SIGNS = {
    f"{W}tab": " ",
    f"{W}ptab": " ",
    f"{W}br": BREAK,
    f"{W}cr": BREAK,
    f"{W}noBreakHyphen": "-",
}
# What holds no text of the body: properties, deleted text, phonetic guides, marks.
_SKIPPED = frozenset(
    {
        f"{W}pPr", RUN_PROPERTIES, f"{W}sdtPr", f"{W}sdtEndPr", f"{W}delText", f"{W}delInstrText", f"{W}rt",
        f"{W}rubyPr", f"{W}softHyphen", f"{W}lastRenderedPageBreak", f"{W}commentReference",
        f"{W}annotationRef", f"{W}footnoteRef", f"{W}endnoteRef", f"{W}smartTagPr", f"{W}proofErr",
        f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}tbl",
        f"{W}pgNum", f"{_M}ctrlPr", f"{_M}rPr",
    }
)  # fmt: skip


@dataclass(slots=True)
class Inline:
    """Reads the runs of paragraph after paragraph; a field may reach over several.

    Args:
        styles: the document's styles.
        formats: what properties of runs matter: `VANISH`, `RAISED`, `FONTS`; none where nothing uses them.
        spans: whether a field that is left out may reach over several paragraphs.
        boxes: what is anchored in the paragraph read last: text boxes, diagrams, the text of a drawn title.
        references: the footnotes and endnotes that were referred to, in order: tag and id.
        objects: how many charts and embedded objects were left out.
        fields: the fields that are open.
    """

    styles: Styles
    formats: frozenset[str] = frozenset({VANISH, RAISED})
    spans: bool = True
    boxes: list[_Element | str] = field(default_factory=list)
    references: dict[tuple[str, str], None] = field(default_factory=dict)
    objects: int = 0
    fields: Fields = field(default_factory=Fields)

    def text(self, paragraph: _Element) -> str:
        """Return the visible text of a paragraph and keep its boxes in `boxes`."""
        self.boxes = []
        parts: list[str] = []
        self._walk(paragraph, parts)
        self.fields.end_paragraph(spans=self.spans)
        text = "".join(parts)
        return text.replace("\n", " ") if "\n" in text else text

    @property
    def is_open(self) -> bool:
        """Whether a field that is left out has not ended."""
        return self.fields.silent

    def _walk(self, parent: _Element, parts: list[str]) -> None:
        for element in parent:
            tag = element.tag
            if tag == RUN:
                if self.formats:
                    self._formatted(element, parts)
                else:
                    self._run(element, parts)
            elif tag not in _SKIPPED:
                self._special(element, tag, parts)

    def _run(self, run: _Element, parts: list[str]) -> None:
        for element in run:
            tag = element.tag
            if tag == TEXT:
                text = element.text
                if text and not self.fields.silent:
                    if text[0] <= " " or text[-1] <= " ":
                        text = _kept(element, text)
                    parts.append(text)
            elif tag in _REFERENCES:
                self._reference(element, tag)
                if element.get(f"{W}customMarkFollows") is not None:
                    # The mark that was typed by hand goes with the reference.
                    return
            elif tag not in _SKIPPED:
                self._special(element, tag, parts)

    def _formatted(self, run: _Element, parts: list[str]) -> None:
        """Read a run that may be hidden or raised."""
        properties = run.find(RUN_PROPERTIES)
        if properties is None:
            self._run(run, parts)
            return
        if VANISH in self.formats and self._is_hidden(properties):
            self._keep_marks(run)
            return
        own: list[str] = []
        self._run(run, own)
        text = "".join(own)
        if FONTS in self.formats and _PRIVATE.search(text):
            text = _in_font(properties.find(FONTS), text)
        raising = properties.find(RAISED)
        if raising is not None and raising.get(VAL) == "superscript" and parts and parts[-1][-1:].isdigit():
            # After a letter a raised digit is read as the plain one: m2.
            text = raised(text)
        parts.append(text)

    def _special(self, element: _Element, tag: str, parts: list[str]) -> None:
        if tag in _SIGNS:
            if not self.fields.silent:
                parts.append(_SIGNS[tag])
        elif tag == f"{_M}t":
            if element.text and not self.fields.silent:
                parts.append(element.text)
        elif (special := _SPECIALS.get(tag)) is not None:
            special(self, element, parts)
        else:
            self._walk(element, parts)

    def _deleted(self, element: _Element, _: list[str]) -> None:
        self._keep_marks(element)

    def _keep_marks(self, element: _Element) -> None:
        """Follow the fields that begin or end in what is left out."""
        for mark in element.iter(_FIELD_MARK):
            self.fields.mark(mark)

    def _symbol(self, element: _Element, parts: list[str]) -> None:
        try:
            code = int(element.get(f"{W}char", ""), 16)
        except ValueError:
            return
        if not self.fields.silent and 0 < code <= 0xFFFF:
            parts.append(symbol(element.get(f"{W}font", ""), code))

    def _field_mark(self, element: _Element, parts: list[str]) -> None:
        shown = self.fields.mark(element)
        if shown:
            parts.append(shown)

    def _instruction(self, element: _Element, _: list[str]) -> None:
        self.fields.instruct(element.text or "")

    def _simple_field(self, element: _Element, parts: list[str]) -> None:
        shown = self.fields.simple(element)
        if shown is None:
            self._walk(element, parts)
        else:
            parts.append(shown)

    def _alternatives(self, element: _Element, parts: list[str]) -> None:
        chosen = alternative(element)
        if chosen is not None:
            self._walk(chosen, parts)

    def _box(self, element: _Element, _: list[str]) -> None:
        self.boxes.append(element)

    def _drawn_title(self, element: _Element, parts: list[str]) -> None:
        self.boxes.append(element.get("string", ""))
        self._walk(element, parts)

    def _object(self, _: _Element, __: list[str]) -> None:
        self.objects += 1

    def _control(self, element: _Element, parts: list[str]) -> None:
        if not is_placeholder(element):
            self._walk(element, parts)

    def _reference(self, element: _Element, tag: str) -> None:
        if not self.fields.silent:
            self.references[tag, element.get(f"{W}id", "")] = None

    def _fraction(self, element: _Element, parts: list[str]) -> None:
        for place, part in enumerate(element.iterchildren(f"{_M}num", f"{_M}den")):
            if place and not self.fields.silent:
                parts.append("/")
            self._walk(part, parts)

    def _power(self, element: _Element, parts: list[str]) -> None:
        for part in element.iterchildren(f"{_M}e", f"{_M}sup"):
            own: list[str] = []
            self._walk(part, own)
            parts.append(raised("".join(own)) if part.tag == f"{_M}sup" else "".join(own))

    def _is_hidden(self, properties: _Element) -> bool:
        vanish = properties.find(VANISH)
        if vanish is not None:
            return is_set(vanish)
        style = properties.find(_RUN_STYLE)
        return style is not None and self.styles.of(style.get(VAL)).hidden


_SPECIALS = {
    f"{W}del": Inline._deleted,
    f"{W}moveFrom": Inline._deleted,
    f"{W}sym": Inline._symbol,
    _FIELD_MARK: Inline._field_mark,
    f"{W}instrText": Inline._instruction,
    f"{W}fldSimple": Inline._simple_field,
    f"{_MC}AlternateContent": Inline._alternatives,
    f"{W}txbxContent": Inline._box,
    f"{_DIAGRAM}relIds": Inline._box,
    "{urn:schemas-microsoft-com:vml}textpath": Inline._drawn_title,
    f"{_CHART}chart": Inline._object,
    "{urn:schemas-microsoft-com:office:office}OLEObject": Inline._object,
    f"{W}sdt": Inline._control,
    f"{_M}f": Inline._fraction,
    f"{_M}sSup": Inline._power,
}


def alternative(element: _Element) -> _Element | None:
    """Return the first choice of alternative contents, or the fallback where there is no choice."""
    chosen = element.find(f"{_MC}Choice")
    return chosen if chosen is not None else element.find(f"{_MC}Fallback")


def is_placeholder(control: _Element) -> bool:
    """Whether a content control shows only the prompt to fill it."""
    shown = control.find(f"{W}sdtPr/{W}showingPlcHdr")
    return shown is not None and is_set(shown)


def _in_font(fonts: _Element | None, text: str) -> str:
    """Return a text with the characters of a symbol font as what they show."""
    name = "" if fonts is None else fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or ""
    return _PRIVATE.sub(lambda match: symbol(name, ord(match[0])), text)


def _kept(element: _Element, text: str) -> str:
    """Return a text with the blanks at its ends only where they are to be kept."""
    space = element.get("{http://www.w3.org/XML/1998/namespace}space")
    return text if space == "preserve" else text.strip(" \t\r\n")
