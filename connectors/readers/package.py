"""Opens a zip of XML parts (Word, OFD) within bounds, and parses them without reaching outside."""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from connectors.membernames import stored_name
from connectors.zipped import BROKEN, TooManyError, bounded_zip
from nianbao import ReadError
from nianbao.limits import limits

if TYPE_CHECKING:
    from lxml.etree import XMLParser, _Element

LARGEST_PART = 64 * 1024 * 1024
MOST_MEMBERS = 10_000
# Deflate packs at most about 1,000 to 1, and text of real documents 5 to 60 to 1.
HIGHEST_RATIO = 300
_SMALL_ENOUGH = 4 * 1024 * 1024

_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_STRICT = b"http://purl.oclc.org/ooxml/"
_USUAL = b"http://schemas.openxmlformats.org/"
# The namespaces that readers look at, strict and usual.
_STRICT_NAMES = {
    b"wordprocessingml/main": b"wordprocessingml/2006/main",
    b"officeDocument/math": b"officeDocument/2006/math",
    b"officeDocument/relationships": b"officeDocument/2006/relationships",
    b"drawingml/main": b"drawingml/2006/main",
    b"drawingml/diagram": b"drawingml/2006/diagram",
    b"drawingml/chart": b"drawingml/2006/chart",
}
# All that packages may use; the others would have to be unpacked piecemeal to stay within bounds.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship to another part: its id, the last word of its type, and the part's name."""

    name: str
    kind: str
    target: str


class Package:
    """A zip of XML parts.

    Args:
        data: the bytes of the file.
        kind: what messages call the file.
        remedy: what the user can do where a part of it is damaged.

    Raises:
        ReadError: it is no sound zip, or beyond the bounds.
    """

    def __init__(
        self, data: bytes, kind: str = "Word 文件", remedy: str = "请用 Word 打开后另存为 .docx"
    ) -> None:
        self._kind = kind
        self._remedy = remedy
        self._unpacked = 0
        self._relations: dict[str, tuple[Relation, ...]] = {}
        try:
            self._zip = bounded_zip(io.BytesIO(data))
        except TooManyError as error:
            raise ReadError("压缩包里的文件太多，已拒绝读取") from error
        except BROKEN as error:
            raise ReadError(f"{kind}已损坏或不完整", hint="请重新取得这个文件") from error
        self._members = {info.filename: info for info in self._zip.infolist()}
        if len(self._members) > MOST_MEMBERS:
            raise ReadError("压缩包里的文件太多，已拒绝读取")

    def __contains__(self, name: str) -> bool:
        return name in self._members

    @property
    def names(self) -> dict[str, str]:
        """The names of its parts as they were meant, whatever the character set, and as the zip has them."""
        return {stored_name(info): name for name, info in self._members.items()}

    def read(self, name: str) -> bytes:
        """Return a part's bytes, unpacked within bounds whatever its header says.

        Raises:
            ReadError: it is not there, broken, encrypted or too large.
        """
        info = self._members.get(name)
        if info is None:
            raise ReadError(f"{self._kind}缺少 {name}，可能不完整", hint=self._remedy)
        if info.compress_type not in _METHODS:
            raise ReadError(f"{self._kind}用了不支持的压缩方法", hint=self._remedy)
        try:
            with self._zip.open(info) as part:
                data = part.read(LARGEST_PART + 1)
        except BROKEN as error:
            raise ReadError(f"{self._kind}已损坏或已加密", hint=self._remedy) from error
        packed = max(info.compress_size, 1)
        self._unpacked += len(data)
        is_bomb = len(data) > LARGEST_PART or (
            len(data) > _SMALL_ENOUGH and len(data) > HIGHEST_RATIO * packed
        )
        if is_bomb or self._unpacked > limits().file_bytes:
            raise ReadError("压缩包解开后大得异常（疑似压缩炸弹），已拒绝读取")
        return data

    def parse(self, name: str) -> _Element:
        """Return the root of an XML part; the strict namespaces of Word become the usual ones.

        Raises:
            ReadError: it is not there, or no sound XML, or declares entities.
        """
        return self.parse_bytes(self.read(name))

    def parse_bytes(self, data: bytes) -> _Element:
        """Return the root of an XML part that was read; otherwise like `parse`.

        Raises:
            ReadError: it is no sound XML, or declares entities.
        """
        return sound_xml(data, self._kind, self._remedy)

    def related(self, part: str, kind: str) -> str | None:
        """Return the name of the part that `part` is related to by a kind (`styles`, `numbering` …).

        Args:
            part: a part's name, or an empty string for the package itself.
            kind: the last word of the relationship's type.
        """
        return next((each.target for each in self.relations(part) if each.kind == kind), None)

    def relations(self, part: str) -> tuple[Relation, ...]:
        """Return the relationships of a part to others in the package.

        Args:
            part: a part's name, or an empty string for the package itself.
        """
        if part not in self._relations:
            self._relations[part] = self._read_relations(part)
        return self._relations[part]

    def _read_relations(self, part: str) -> tuple[Relation, ...]:
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations not in self:
            return ()
        found = []
        for relation in self.parse(relations).iter(f"{_RELATIONSHIPS}Relationship"):
            target = relation.get("Target")
            if not target or relation.get("TargetMode") == "External":
                continue
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            if path in self:
                kind = relation.get("Type", "").rpartition("/")[2]
                found.append(Relation(relation.get("Id", ""), kind, path))
        return tuple(found)


def sound_xml(data: bytes, kind: str, remedy: str) -> _Element:
    """Return the root of an XML file from outside; the strict namespaces of Word become the usual ones.

    Args:
        data: the bytes of the file.
        kind: what messages call it.
        remedy: what the user can do where it is damaged.

    Raises:
        ReadError: it is no sound XML, or declares entities.
    """
    from lxml import etree

    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise ReadError(f"{kind}里声明了 XML 实体，已拒绝读取")
    if _STRICT in data[:4096]:
        for strict, usual in _STRICT_NAMES.items():
            data = data.replace(_STRICT + strict, _USUAL + usual)
    try:
        root = etree.fromstring(data, _parser())
    except (etree.LxmlError, ValueError) as error:
        raise ReadError(f"{kind}里的 XML 已损坏", hint=remedy) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ReadError(f"{kind}里声明了 XML 实体，已拒绝读取")
    return root


@cache
def _parser() -> XMLParser:
    """Return the parser that reaches for nothing outside the part; it may be used again and again."""
    from lxml import etree

    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
