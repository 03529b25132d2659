"""Finds the documents, pages and templates of an OFD package (GB/T 33190-2016, chapter 7).

Namespaces and prefixes differ between producers and editions, so elements go by their local names.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from connectors.readers.package import Package
from nianbao import ReadError

if TYPE_CHECKING:
    from lxml.etree import _Element

ENTRY = "OFD.xml"
KIND = "OFD 文件"
REMEDY = "请重新取得这个文件，或用 OFD 阅读器另存为 PDF 再试"
# What GM/T 0099-2020 adds to a package whose parts are encrypted.
_ENCRYPTION = ("encryptions.xml", "encryptentries.dat", "decryptseed.dat", "entriesmap.dat")


def local(element: _Element) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def children(element: _Element | None, *names: str) -> Iterator[_Element]:
    """Yield the child elements that bear one of the names."""
    if element is not None:
        yield from (child for child in element if local(child) in names)


def child(element: _Element | None, *path: str) -> _Element | None:
    """Return the first element down a path of names, or None."""
    for name in path:
        element = next(children(element, name), None)
    return element


def text_of(element: _Element | None) -> str:
    """Return an element's text without blanks around it."""
    return (element.text or "").strip() if element is not None else ""


class OfdPackage:
    """The parts of an OFD file, found by whatever form of path refers to them.

    Args:
        data: the bytes of the file.

    Raises:
        ReadError: it is no sound zip, or beyond the bounds.
    """

    def __init__(self, data: bytes) -> None:
        self._package = Package(data, KIND, REMEDY)
        self._members = self._package.names
        self._names = {_plain(name): name for name in self._members}

    @property
    def is_encrypted(self) -> bool:
        """Whether the package says that parts of it are encrypted."""
        return any(posixpath.basename(name) in _ENCRYPTION for name in self._names)

    def find(self, location: str, origin: str = "") -> str | None:
        """Return the name of the part that a location refers to, or None.

        Args:
            location: from the root where it begins with a stroke, else from the part that names it; some
                producers count from the root without the stroke.
            origin: the part that names it.
        """
        path = location.strip().lstrip("/\\")
        if not path:
            return None
        for folder in _folders(origin, is_rooted=path != location.strip()):
            name = self._names.get(_plain(posixpath.join(folder, path)))
            if name is not None:
                return name
        return None

    def load(self, location: str, origin: str = "") -> tuple[str, _Element]:
        """Return the name and the root of the part that a location refers to.

        Raises:
            ReadError: it is not there, or can't be read.
        """
        name = self.find(location, origin)
        if name is None:
            raise ReadError(f"{KIND}缺少 {location[:80] or '正文'}，可能不完整", hint=REMEDY)
        return name, self._package.parse(self._members[name])

    def documents(self) -> list[str]:
        """Return the main parts of the documents in the package, in order.

        Raises:
            ReadError: the package names none, or none that is there.
        """
        _, entry = self.load(ENTRY)
        locations = [text_of(child(body, "DocRoot")) for body in children(entry, "DocBody")]
        found = [name for location in locations if (name := self.find(location, ENTRY)) is not None]
        if not found:
            missing = next(filter(None, locations), "Document.xml")
            raise ReadError(f"{KIND}缺少 {missing[:80]}，可能不完整", hint=REMEDY)
        return found


def _folders(origin: str, *, is_rooted: bool) -> list[str]:
    """Return where a path may count from: the folder of the part that names it, those above, the root."""
    folders = [posixpath.dirname(origin)]
    while folders[-1]:
        folders.append(posixpath.dirname(folders[-1]))
    return folders[::-1] if is_rooted else folders


def _plain(name: str) -> str:
    """Producers differ in strokes, case and leading dots."""
    return posixpath.normpath("/" + name.replace("\\", "/")).lower().lstrip("/")


@dataclass(frozen=True, slots=True)
class OfdDocument:
    """One document of a package.

    Args:
        package: where its parts are.
        name: its main part.
        root: the main part's root.
    """

    package: OfdPackage
    name: str
    root: _Element

    @property
    def pages(self) -> list[str]:
        """Where its pages are, in order; an empty string for one that has no place."""
        return [location_of(page) for page in children(child(self.root, "Pages"), "Page")]

    @property
    def area(self) -> _Element | None:
        """The size of pages that don't tell their own."""
        return child(self.root, "CommonData", "PageArea")

    def template(self, identifier: str) -> str | None:
        """Return where a template page is, or None."""
        for template in children(child(self.root, "CommonData"), "TemplatePage"):
            if template.get("ID") == identifier:
                return location_of(template)
        return None

    def resources(self) -> Iterator[str]:
        """Yield where its common resources are."""
        for resource in children(child(self.root, "CommonData"), "PublicRes", "DocumentRes"):
            yield text_of(resource)

    def attachments(self) -> list[str]:
        """Return the names of the files attached to it."""
        location = text_of(child(self.root, "Attachments"))
        if self.package.find(location, self.name) is None:
            return []
        try:
            _, root = self.package.load(location, self.name)
        except ReadError:
            return []
        return [each.get("Name") or each.get("ID") or "" for each in children(root, "Attachment")]


def location_of(element: _Element) -> str:
    """Return where a page, template or resource refers to, however it is written."""
    return element.get("BaseLoc") or text_of(child(element, "BaseLoc"))
