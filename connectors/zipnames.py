"""Names in a zip's list of contents, and which of them make it a package (Word, OFD …) and no archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

TYPES = "[Content_Types].xml"
LOCAL_MARK = b"PK\x03\x04"
END_MARK = b"PK\x05\x06"
# How far from the end of the file the end mark may stand.
END_REACH = 22 + 0xFFFF
# Packages are zips too; their parts, by which they are known.
_PACKAGE_PARTS = frozenset({TYPES, "_rels/.rels", "word/document.xml", "OFD.xml", "mimetype", "content.xml"})
# First in some packages; none of them alone makes one.
LEADING_PARTS = _PACKAGE_PARTS | {
    "docProps/app.xml", "docProps/core.xml", "docProps/custom.xml", "word/styles.xml",
    "word/_rels/document.xml.rels", "xl/workbook.xml", "ppt/presentation.xml", "visio/document.xml",
}  # fmt: skip
# The folders of packages; where a list of contents is lost, the first member's tells.
_PACKAGE_FOLDERS = frozenset({"word", "xl", "ppt", "visio", "docProps", "_rels", "customXml", "Doc_0"})

_LOCAL_HEADER = 30
_ENTRY_MARK = b"PK\x01\x02"
_ENTRY = 46
_MOST_NAMES = 20_000


def first_name(head: bytes) -> str:
    """Return the name of a zip's first member; an empty string where it is told elsewhere."""
    length = int.from_bytes(head[26:28], "little")
    name = head[_LOCAL_HEADER : _LOCAL_HEADER + length] if head.startswith(LOCAL_MARK) else b""
    return name.decode("utf-8", errors="replace")


def leads_package(name: str) -> bool:
    """Whether a zip whose first member has this name is surely a package, such as Word's, and no archive."""
    return name in LEADING_PARTS


def may_lead_package(name: str) -> bool:
    """Whether a package may begin with this member: all that is known where its list of contents is lost."""
    return name in LEADING_PARTS or name.partition("/")[0] in _PACKAGE_FOLDERS


def is_package(names: Iterable[str]) -> bool:
    """Whether a zip with members of these names is a package, and no archive."""
    return any(name.replace("\\", "/") in _PACKAGE_PARTS for name in names)


def listed_names(data: bytes) -> Iterator[str]:
    """Yield the names in a zip's list of contents, which ends where its end mark stands."""
    end = data.rfind(END_MARK, max(0, len(data) - END_REACH))
    if end < 0:
        return
    place = max(0, end - int.from_bytes(data[end + 12 : end + 16], "little"))
    for _ in range(_MOST_NAMES):
        entry = data[place : place + _ENTRY]
        if not entry.startswith(_ENTRY_MARK):
            return
        name, extra, comment = (int.from_bytes(entry[at : at + 2], "little") for at in (28, 30, 32))
        place += _ENTRY
        yield data[place : place + name].decode("utf-8", errors="replace")
        place += name + extra + comment
