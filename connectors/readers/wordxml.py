"""Turns Word documents saved as one XML file into packages: the flat form of a package, and Word 2003's own.

Sources: ECMA-376 part 2 and its flat form as Word writes it (`pkg:package`); the Word 2003 XML reference
schemas (`w:wordDocument`); the number formats are those of [MS-OSHARED] 2.2.1.3 (MSONFC).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import TYPE_CHECKING

from connectors.readers.numbering import VAL, W
from connectors.readers.package import sound_xml
from nianbao import ReadError

if TYPE_CHECKING:
    from lxml.etree import _Element

_KIND = "XML 格式的 Word 文件"
_REMEDY = "请用 Word 打开后另存为 .docx"
_FLAT = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_OLD = "{http://schemas.microsoft.com/office/word/2003/wordml}"
_ANNOTATION = "{http://schemas.microsoft.com/aml/2001/core}annotation"

# Pictures, by far the longest part of such a file.
_PICTURES = re.compile(rb"<(w:binData|pkg:binaryData)\b[^<>]*>[^<]*</\1>")
_PART_NAME = re.compile(r"/[^/\0]{1,100}(?:/[^/\0]{1,100}){0,9}")
_RENAMED = {
    "listPr": "numPr", "ilfo": "numId", "vmerge": "vMerge", "hmerge": "hMerge",
    "footnote": "footnoteReference", "endnote": "endnoteReference", "hlink": "hyperlink",
    "lists": "numbering", "listDef": "abstractNum", "listDefId": "abstractNumId", "list": "num",
    "ilst": "abstractNumId", "listStyleLink": "numStyleLink",
}  # fmt: skip
_BLOCKS = frozenset({f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc"})
_CHANGES = {"Word.Insertion": f"{W}ins", "Word.Deletion": f"{W}del"}
_NUMBER_FORMATS = (
    "decimal", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter", "ordinal", "cardinalText",
    "ordinalText", "hex", "chicago", "ideographDigital", "japaneseCounting", "aiueo", "iroha",
    "decimalFullWidth", "decimalHalfWidth", "japaneseLegal", "japaneseDigitalTenThousand",
    "decimalEnclosedCircle", "decimalFullWidth2", "aiueoFullWidth", "irohaFullWidth", "decimalZero",
    "bullet", "ganada", "chosung", "decimalEnclosedFullstop", "decimalEnclosedParen",
    "decimalEnclosedCircleChinese", "ideographEnclosedCircle", "ideographTraditional", "ideographZodiac",
    "ideographZodiacTraditional", "taiwaneseCounting", "ideographLegalTraditional",
    "taiwaneseCountingThousand", "taiwaneseDigital", "chineseCounting", "chineseLegalSimplified",
    "chineseCountingThousand",
)  # fmt: skip
_NO_NUMBER = "255"


def package_of(data: bytes) -> bytes:
    """Return the .docx that a Word document in one XML file amounts to.

    Raises:
        ReadError: it is no sound XML, declares entities, or holds no Word document.
    """
    root = sound_xml(_PICTURES.sub(b"", data), _KIND, _REMEDY)
    if root.tag == f"{_FLAT}package":
        return _zipped(_flat_parts(root))
    if root.tag == f"{_OLD}wordDocument":
        return _zipped(_old_parts(root))
    raise ReadError("这个 XML 文件里没有 Word 文档", hint=_REMEDY)


def _zipped(parts: Mapping[str, _Element]) -> bytes:
    from lxml import etree

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as package:
        for name, root in parts.items():
            package.writestr(name, etree.tostring(root, encoding="utf-8"))
    return buffer.getvalue()


def _flat_parts(root: _Element) -> dict[str, _Element]:
    parts = {}
    for part in root.iterchildren(f"{_FLAT}part"):
        held, name = part.find(f"{_FLAT}xmlData"), part.get(f"{_FLAT}name", "")
        if held is not None and len(held) and _PART_NAME.fullmatch(name):
            parts[name.removeprefix("/")] = held[0]
    return parts


def _old_parts(root: _Element) -> dict[str, _Element]:
    for element in list(root.iter(f"{_OLD}*", _ANNOTATION)):
        if element.tag == _ANNOTATION:
            _change(element)
        else:
            _rename(element)
    for element in root.iter("{*}*"):
        if not element.tag.startswith(W) and any(child.tag in _BLOCKS for child in element):
            element.tag = f"{W}customXml"
    for level in root.iter(f"{W}lvl"):
        _spell_level(level)
    parts = {f"word/{kind}s.xml": _notes(root, kind) for kind in ("footnote", "endnote")}
    for name in ("styles", "numbering"):
        part = root.find(f"{W}{name}")
        if part is not None:
            parts[f"word/{name}.xml"] = part
    return {"word/document.xml": root, **parts}


def _notes(root: _Element, kind: str) -> _Element:
    """Move the footnotes or endnotes out of the running text, to a part of their own."""
    from lxml import etree

    part = etree.Element(f"{W}{kind}s", nsmap={"w": W[1:-1]})
    for number, reference in enumerate(list(root.iter(f"{W}{kind}Reference")), start=1):
        note = etree.SubElement(part, f"{W}{kind}", {f"{W}id": str(number)})
        note.extend(list(reference))
        reference.set(f"{W}id", str(number))
    return part


def _rename(element: _Element) -> None:
    element.tag = _later(element.tag)
    for name in [str(key) for key in element.attrib if str(key).startswith(_OLD)]:
        element.set(_later(name), element.get(name, ""))
        del element.attrib[name]


def _later(name: str) -> str:
    local = name.removeprefix(_OLD)
    return W + _RENAMED.get(local, local)


def _change(annotation: _Element) -> None:
    """Keep insertions and deletions; comments, bookmarks and former formats go."""
    tag = _CHANGES.get(annotation.get(f"{_OLD}type", ""))
    parent = annotation.getparent()
    if tag is not None:
        annotation.tag = tag
    elif parent is not None:
        parent.remove(annotation)


def _spell_level(level: _Element) -> None:
    """Give a list level the words of later versions for its number format and what follows the number."""
    for element in level.iterchildren(f"{W}nfc"):
        number = element.get(VAL, "")
        element.tag = f"{W}numFmt"
        is_known = number.isdecimal() and int(number) < len(_NUMBER_FORMATS)
        element.set(
            VAL, "none" if number == _NO_NUMBER else _NUMBER_FORMATS[int(number)] if is_known else "decimal"
        )
    for element in level.iterchildren(f"{W}suff"):
        element.set(VAL, element.get(VAL, "").lower())
