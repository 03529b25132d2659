"""Names of files in folders and archives: decoded, made harmless, ordered, clutter known."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from zipfile import ZipInfo

NAMELESS = "（无名文件）"

_LONGEST = 400
_UTF8_FLAG = 0x800
# Info-ZIP's extra field with the name in UTF-8; it holds while its CRC is the plain name's (APPNOTE 4.6.9).
_UNICODE_PATH = 0x7075
_NOT_DOCUMENTS = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
_DRIVE = re.compile(r"^[A-Za-z]:")
# Control characters, and those that turn or hide what follows them.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufffe\uffff]"
)
_HAN = re.compile("[\u3400-\u9fff]")
_RUNS = re.compile(r"\d+|\D+")

NaturalKey = tuple[tuple[tuple[int, int, str], ...], ...]


def natural_key(parts: Sequence[str]) -> NaturalKey:
    """Order paths, given by their parts, as people do: folder by folder, `9` before `10`."""
    return tuple(
        tuple((0, int(run), run) if run.isdecimal() else (1, 0, run) for run in _RUNS.findall(part))
        for part in parts
    )


def is_clutter(name: str) -> bool:
    """Whether a file or folder is hidden, a lock file of Office, or what a file manager leaves behind."""
    return name.startswith((".", "~$")) or name.lower() in _NOT_DOCUMENTS


def stored_name(info: ZipInfo) -> str:
    """Return a member's name as it was meant, whatever its archiver knew of character sets.

    The order: UTF-8 where the archive says so; the Unicode path field; else the bytes as UTF-8, GB 18030, or
    the code page 437 that the format names.
    """
    if info.flag_bits & _UTF8_FLAG:
        return info.orig_filename
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.orig_filename
    if raw.isascii():
        return raw.decode("ascii")
    return _unicode_path(info.extra, raw) or _decoded(raw)


def _unicode_path(extra: bytes, raw: bytes) -> str | None:
    while len(extra) >= 4:
        kind, size = int.from_bytes(extra[:2], "little"), int.from_bytes(extra[2:4], "little")
        value, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and value[:1] == b"\x01":
            is_current = int.from_bytes(value[1:5], "little") == zlib.crc32(raw)
            return _strictly(value[5:], "utf-8") if is_current else None
    return None


def _decoded(raw: bytes) -> str:
    utf8, chinese = _strictly(raw, "utf-8"), _strictly(raw, "gb18030")
    # A short name in GBK may be sound UTF-8 by chance, but then it holds no Han character.
    if utf8 is not None and (chinese is None or _HAN.search(utf8) or not _HAN.search(chinese)):
        return utf8
    return chinese if chinese is not None else raw.decode("cp437")


def _strictly(raw: bytes, charset: str) -> str | None:
    try:
        return raw.decode(charset)
    except UnicodeDecodeError:
        return None


def harmless(name: str) -> str:
    """Return a stored name as a relative path without tricks; empty where nothing is left of it."""
    plain = _DRIVE.sub("", _UNSAFE.sub("", name).replace("\\", "/"))
    path = "/".join(part for part in map(str.strip, plain.split("/")) if part not in ("", ".", ".."))
    return path if len(path) <= _LONGEST else "…" + path[-_LONGEST:].lstrip("/")


def told_apart(names: Iterable[str]) -> Iterator[str]:
    """Yield the names, each once: the second `b.docx` becomes `b（2）.docx`."""
    seen: set[str] = set()
    counts: dict[str, int] = {}
    for name in names:
        unique = name
        while unique in seen:
            counts[name] = counts.get(name, 1) + 1
            folder, slash, last = name.rpartition("/")
            stem, dot, suffix = last.rpartition(".")
            mark = f"（{counts[name]}）"
            unique = folder + slash + (f"{stem}{mark}{dot}{suffix}" if stem else f"{last}{mark}")
        seen.add(unique)
        yield unique
