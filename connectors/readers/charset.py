"""Decodes Chinese text whose label may be missing or wrong."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

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
    "hz-gb-2312": "hz",
    "utf8": "utf-8",
    "unicode": "utf-16",
    "big5": "cp950",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "cp950",
    "cp936": "gb18030",
}
_LABEL = re.compile(rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w-]{3,20})""", re.I)
_HEADER_LABEL = re.compile(r"charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.I)
# One character in a hundred may be lost before a text is held to be in another charset.
_TOLERATED = 100
_SAMPLE = 20_000
_FREQUENT = frozenset("的一是不在有和人为中国年法政府治建设行工作规定理务会第实的與為會國設實務東個們來時對")
_HAN = re.compile("[\u4e00-\u9fff]")
_DOUBLE = ("utf-16-le", "utf-16-be")

MIXED_NOTE = "文件里混有两种编码，已分段读取"
BROKEN_NOTE = "文件里有损坏的字符，已用“\ufffd”代替"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the charset that its bytes are in, and what was wrong with them (Chinese lines).

    `is_plain` where the bytes are the text in UTF-8, no more and no less.
    """

    text: str
    charset: str
    notes: tuple[str, ...] = ()
    is_plain: bool = False


def wide(text: str) -> int:
    """Return how many characters take three bytes: those of Chinese text, its punctuation included."""
    return (len(text.encode(errors="replace")) - len(text)) // 2


def declared_label(data: bytes, media_type: str | None = None) -> str | None:
    """Return the charset that a page or its sender declares, as a codec's name, or None."""
    match = _LABEL.search(data[:4096])
    label = match.group(1).decode("ascii", errors="replace") if match else None
    if label is None and media_type and (header := _HEADER_LABEL.search(media_type)):
        label = header.group(1)
    if label is None:
        return None
    name = _SAME.get(label.lower(), label.lower())
    try:
        b"".decode(name)  # refuses codecs that give no text, such as `hex`
        return codecs.lookup(name).name
    except (LookupError, UnicodeError):
        return None


def decode(data: bytes, label: str | None = None) -> str:
    """Return the text of the bytes, which may be in any charset of Chinese; never raises."""
    return decoded(data, label).text


def decoded(data: bytes, label: str | None = None) -> Decoded:
    """Decode bytes that may be in any charset of Chinese; never raises.

    The order: byte order mark, strict UTF-8, UTF-16 by its zero bytes, UTF-8 with a few lost bytes, the
    declared label, the Chinese charset that gives more of the commonest characters, and at last
    charset-normalizer's guess. A label counts only where the bytes agree with it, and one that lies is told.

    Args:
        data: the bytes.
        label: the declared charset, as `declared_label` returns it.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _told(data[len(mark) :].decode(name, errors="replace"), name, label)
    strict = _strictly(data, "utf-8")
    if strict is not None and b"\0" not in data:
        return Decoded(strict, "utf-8", () if data.isascii() else _lie("utf-8", label), is_plain=True)
    if label not in (None, "utf-8") and (said := _strictly(data, label)) is not None and _is_plain(said):
        return Decoded(said, label or "")
    found = _double(data) or _lenient(data)
    if found is not None:
        return _told(*found, label)
    if strict is not None:
        return Decoded(strict, "utf-8", _lie("utf-8", label))
    return _told(*_likeliest(data, label), label)


def _told(text: str, charset: str, label: str | None) -> Decoded:
    lost = (BROKEN_NOTE,) if "\ufffd" in text else ()
    mixed = (MIXED_NOTE,) if charset == _MIXED else ()
    return Decoded(text, charset, (*_lie(charset.split("+")[0], label), *mixed, *lost))


_MIXED = "utf-8+gb18030"
_SPOKEN = {"gb18030": "GBK", "cp950": "Big5", "big5hkscs": "Big5"}


def _lie(charset: str, label: str | None) -> tuple[str, ...]:
    """Tell where the declared charset is another one than the bytes are in."""
    if label is None or _family(label) == _family(charset):
        return ()
    said, is_ = (_SPOKEN.get(name, name.upper()) for name in (label, charset))
    return (f"网页声明的编码是 {said}，实际是 {is_}，已按实际编码读取",)


def _family(charset: str) -> str:
    return charset.removesuffix("-le").removesuffix("-be").replace("big5hkscs", "cp950").replace("-", "")


def _double(data: bytes) -> tuple[str, str] | None:
    """Decode UTF-16 without a mark: every other byte of its markup is zero."""
    head = data[:4096]
    if head.count(0) * 8 < len(head):
        return None
    name = _DOUBLE[head[0::2].count(0) > head[1::2].count(0)]
    text = data[: len(data) // 2 * 2].decode(name, errors="replace")
    return (text, name) if text.count("\ufffd") * _TOLERATED < len(text) else None


def _lenient(data: bytes) -> tuple[str, str] | None:
    """Decode UTF-8 that lost a few bytes, or of which some lines are in GBK."""
    text = data.decode("utf-8", errors="replace")
    lost = text.count("\ufffd")
    if lost * _TOLERATED >= len(text) or lost > len(_HAN.findall(text)) // 5:
        return _mixed(data)
    return _mixed(data) or (text, "utf-8")


def _mixed(data: bytes) -> tuple[str, str] | None:
    """Decode a file put together from UTF-8 and GBK, line by line; None where it is no such file."""
    lines = data.split(b"\n")
    if len(lines) < 2:
        return None
    texts: list[str] = []
    utf8 = gbk = 0
    for line in lines:
        text = _strictly(line, "utf-8")
        if text is None:
            text = _strictly(line, "gb18030")
            if text is None or not _is_chinese(text):
                return None
            gbk += 1
        elif not line.isascii():
            utf8 += len(_HAN.findall(text)) > 1
        texts.append(text)
    return ("\n".join(texts), _MIXED) if gbk and utf8 > gbk // 50 and utf8 else None


def _is_chinese(text: str) -> bool:
    """Whether bytes read as GBK give Chinese and not the rare characters that other bytes give."""
    han = _HAN.findall(text)
    known = sum("\u4e00" <= c <= "\u9fa5" and _is_common(c) for c in han)
    return bool(han) and known * 10 >= len(han) * 9


def _is_common(character: str) -> bool:
    """GB 2312's first level, sorted by sound, holds the 3,755 characters of everyday."""
    encoded = character.encode("gb2312", errors="ignore")
    return len(encoded) == 2 and 0xB0 <= encoded[0] <= 0xD7


def _likeliest(data: bytes, label: str | None) -> tuple[str, str]:
    """Decode with the label where that gives no less Chinese than the charsets of Chinese do."""
    said = _strictly(data, label) if label != "utf-8" else None
    names = [name for name in ("gb18030", "cp950") if name != label]
    candidates = [(data.decode(name, errors="replace"), name) for name in names]
    if said is not None and label is not None:
        candidates.insert(0, (said, label))
    best = max(candidates, key=lambda candidate: _likeness(candidate[0]))
    if _likeness(best[0]) > 0 or said is not None:
        return best
    # A table, or a few words, may hold none of the commonest characters.
    chinese = _strictly(data, "gb18030")
    if chinese is not None and _is_chinese(chinese):
        return chinese, "gb18030"
    return _guessed(data) or candidates[0]


def _strictly(data: bytes, name: str | None) -> str | None:
    if name is None:
        return None
    try:
        return data.decode(name)
    except (UnicodeError, LookupError):
        return None


def _is_plain(text: str) -> bool:
    """Whether a text is Chinese beyond doubt: wrongly decoded, it would hardly hold all of these."""
    return all(character in text for character in "的法政工行人")


def _likeness(text: str) -> float:
    """Score how much a decoded text looks like Chinese: its commonest characters, less its lost ones."""
    sample = text[:_SAMPLE]
    common = sum(character in _FREQUENT for character in sample)
    return common - 5 * sample.count("\ufffd")


def _guessed(data: bytes) -> tuple[str, str] | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:65_536]).best()
    return (data.decode(best.encoding, errors="replace"), best.encoding) if best else None
