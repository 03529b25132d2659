"""Titles told outside the text: by the page's head, its trail of links, an attachment, the file's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from nianbao import FactName
from plugins.extractors.identity.page import SUBJECT, Page, flat
from plugins.extractors.identity.wording import LEAD, Title, is_generic, is_title

_QUOTED = re.compile(r"《([^《》\n]{6,90})》")
_SEPARATORS = re.compile(
    r"\s*[_|│丨]\s*|\s+[-–—]+\s*|\s*[-–—]+\s+|-{2,}|>|»|(?<=[一-鿿)）》])[-–](?=[一-鿿])"
)
_SUFFIX = re.compile(r"\.(?:docx?|pdf|html?|txt|wps|ofd|zip|rtf)$", re.I)
_FILE_LEAD = re.compile(r"^(?:[(（]?\d{1,3}[)）]?\s*[-、._\s]+|\d{1,3}(?=[一-鿿])(?!年))")
_FILE_TAIL = re.compile(
    r"\s*(?:[(（]\d{1,2}[)）]|[-–_\s]*副本|[-–_\s]*[(（]?(?:最终版?|终稿|定稿|盖章版?|扫描件)[)）]?|[_-]?20\d{6})$"
)
_CUT = re.compile(r"(?P<title>\S{6,})(?:…+|\.{2,})\s*")


def titles_outside(page: Page) -> Iterator[Title]:
    """Yield the titles told outside the body, the surest first."""
    for value, reason, confidence, of_page in _told(page):
        for piece in _pieces(value):
            quoted = _QUOTED.search(piece)
            found = next((t for t in (piece, quoted[1] if quoted else "") if is_title(flat(t))), None)
            # The last step of a trail is mostly the name of the column.
            if found and not (reason == "位置导航的末项" and is_generic(flat(found))):
                yield Title(found, None, None, reason, Decimal(confidence), of_page=of_page)
                break


def titles_cut(page: Page) -> Iterator[str]:
    """Yield the beginnings of titles that a listing or a page's head has cut short: no titles, but hints."""
    for value in page.facts(FactName.TITLE):
        for piece in _pieces(value):
            cut = _CUT.fullmatch(piece)
            if cut and SUBJECT.search(flat(piece)):
                yield cut["title"]


def file_name(page: Page) -> str:
    """Return the file's name without folders, suffix, its number in a row and marks of its version."""
    name = next(iter(page.facts(FactName.FILE_NAME)), "") or page.document.name
    name = _SUFFIX.sub("", re.split(r"[\\/]", name)[-1].strip())
    while (shorter := _FILE_TAIL.sub("", name)) != name:
        name = shorter
    return _FILE_LEAD.sub("", name)


def _told(page: Page) -> Iterator[tuple[str, str, str, bool]]:
    for fact in page.document.facts:
        if fact.name is FactName.TITLE:
            yield fact.value, f"页面标题（{fact.origin}）", "0.9", True
    for crumb in (*page.crumbs, *page.facts(FactName.BREADCRUMB)):
        yield crumb, "位置导航的末项", "0.7", True
    for value in page.facts(FactName.ATTACHMENT):
        yield value, "附件名称", "0.7", False
    yield file_name(page), "文件名", "0.6", False
    for quoted in _QUOTED.finditer(page.folded, 0, page.body + 200):
        yield quoted[1], "文首引用的标题", "0.6", False


def _pieces(value: str) -> list[str]:
    value = LEAD.sub("", _SUFFIX.sub("", value.strip()), count=1)
    return [
        piece.strip()
        for piece in (value, *_SEPARATORS.split(value))
        if piece and not _SEPARATORS.search(piece.strip())
    ]
