"""Decodes Chinese text whose label may be missing or wrong."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Pages declare gb2312 and send GBK; GB 18030 holds both, as the WHATWG's standard reads them.
_SAME = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb-2312": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
}
_SAME |= {
    "utf8": "utf-8",
    "big5": "cp950",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "cp950",
    "cp936": "gb18030",
}
_LABEL = re.compile(rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w-]{3,20})""", re.I)
_HEADER_LABEL = re.compile(r"charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.I)
# Two bytes in a hundred characters may be lost before a text is held to be in another charset.
_TOLERATED = 100
_FREQUENT = frozenset("的一是不在有和人为中国年法政府治建设行工作规定理务会第实的與為會國設實務東個們來時對")


def declared_label(data: bytes, media_type: str | None = None) -> str | None:
    """Return the charset that a page or its sender declares, as a codec's name, or None."""
    match = _LABEL.search(data[:4096])
    label = match.group(1).decode("ascii") if match else None
    if label is None and media_type and (header := _HEADER_LABEL.search(media_type)):
        label = header.group(1)
    if label is None:
        return None
    name = _SAME.get(label.lower(), label.lower())
    try:
        b"".decode(name)  # refuses codecs that give no text, such as `hex`
        return codecs.lookup(name).name
    except LookupError:
        return None


def decode(data: bytes, label: str | None = None) -> str:
    """Return the text of the bytes, which may be in any charset of Chinese; never raises.

    The order: byte order mark, strict UTF-8, the declared label, UTF-8 with a few lost bytes, the Chinese
    charset that gives more of the commonest characters, and at last charset-normalizer's guess.

    Args:
        data: the bytes.
        label: the declared charset, as `declared_label` returns it.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, errors="replace")
    strict = _strictly(data, "utf-8")
    if strict is not None:
        return strict
    lenient = data.decode("utf-8", errors="replace")
    if lenient.count("\ufffd") * _TOLERATED < len(lenient):
        return lenient
    if label not in (None, "utf-8") and (text := _strictly(data, label)) is not None:
        return text
    candidates = [data.decode(name, errors="replace") for name in ("gb18030", "cp950")]
    best = max(candidates, key=_likeness)
    if _likeness(best) > 0:
        return best
    return _guessed(data) or candidates[0]


def _strictly(data: bytes, name: str | None) -> str | None:
    if name is None:
        return None
    try:
        return data.decode(name)
    except (UnicodeError, LookupError):
        return None


def _likeness(text: str) -> float:
    """Score how much a decoded text looks like Chinese: its commonest characters, less its lost ones."""
    sample = text[:20_000]
    common = sum(character in _FREQUENT for character in sample)
    return common - 5 * sample.count("\ufffd")


def _guessed(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:65_536]).best()
    return data.decode(best.encoding, errors="replace") if best else None
