"""Opens a zip of XML parts (Word, OFD) within bounds, and parses them without reaching outside."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from nianbao import ReadError
from nianbao.limits import limits

if TYPE_CHECKING:
    from lxml.etree import _Element

LARGEST_PART = 64 * 1024 * 1024
MOST_MEMBERS = 10_000
# Deflate packs at most about 1,000 to 1, and text of real documents 5 to 60 to 1.
HIGHEST_RATIO = 300
_SMALL_ENOUGH = 4 * 1024 * 1024

_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT_WORD = (
    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
)
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError, OverflowError,
    IndexError,
)  # fmt: skip


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
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise ReadError(f"{kind}已损坏或不完整", hint="请重新取得这个文件") from error
        self._members = {info.filename: info for info in self._zip.infolist()}
        if len(self._members) > MOST_MEMBERS:
            raise ReadError("压缩包里的文件太多，已拒绝读取")

    def __contains__(self, name: str) -> bool:
        return name in self._members

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its parts."""
        return tuple(self._members)

    def read(self, name: str) -> bytes:
        """Return a part's bytes, unpacked within bounds whatever its header says.

        Raises:
            ReadError: it is not there, broken, encrypted or too large.
        """
        info = self._members.get(name)
        if info is None:
            raise ReadError(f"{self._kind}缺少 {name}，可能不完整", hint=self._remedy)
        try:
            with self._zip.open(info) as part:
                data = part.read(LARGEST_PART + 1)
        except _BROKEN as error:
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
        """Return the root of an XML part; the strict namespace of Word becomes the usual one.

        Raises:
            ReadError: it is not there, or no sound XML, or declares entities.
        """
        from lxml import etree

        data = self.read(name)
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise ReadError(f"{self._kind}里声明了 XML 实体，已拒绝读取")
        if _STRICT in data[:4096]:
            data = data.replace(*_STRICT_WORD)
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.LxmlError, ValueError) as error:
            raise ReadError(f"{self._kind}里的 XML 已损坏", hint=self._remedy) from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise ReadError(f"{self._kind}里声明了 XML 实体，已拒绝读取")
        return root

    def related(self, part: str, kind: str) -> str | None:
        """Return the name of the part that `part` is related to by a kind (`styles`, `numbering` …).

        Args:
            part: a part's name, or an empty string for the package itself.
            kind: the last word of the relationship's type.
        """
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations not in self:
            return None
        for relation in self.parse(relations).iter(f"{_RELATIONSHIPS}Relationship"):
            target = relation.get("Target")
            is_inside = relation.get("TargetMode") != "External"
            if target and is_inside and relation.get("Type", "").endswith(f"/{kind}"):
                path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                return path if path in self else None
        return None
