"""A list page that somebody saved: its text, where it was, what its site calls itself, its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from connectors.media import Media, media_of
from connectors.readers.charset import declared_label, decode
from connectors.readers.depth import is_too_deep
from connectors.readers.html import archived_page, read_html
from connectors.sources.website.asks import Ask, Role, Row, Turn
from connectors.sources.website.faces import trouble_of
from connectors.sources.website.walks import turn_of
from nianbao import Download, Fact, FactName, Filing, ReadError, UsageError
from nianbao.sites import SiteProfile

_SAVE = "请在浏览器里打开列表页，另存为网页后再试"
_WHAT: Mapping[Media, str] = {Media.EMPTY: "文件是空的", Media.PDF: "这是 PDF，不是网页"}


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A list page.

    Args:
        data: the bytes of the page itself.
        text: its markup.
        address: where it was.
        sites: what its site calls itself, the surest first.
    """

    data: bytes
    text: str
    address: str
    sites: tuple[str, ...]


def saved_page(data: bytes, name: str, address: str = "", media: str = "") -> SavedPage:
    """Return a list page from its bytes, in whatever charset they are.

    Args:
        data: an HTML file, or a page archive (.mht).
        name: the file's name or address, for errors.
        address: where it was; empty where the page itself tells.
        media: its declared type.

    Raises:
        UsageError: it is no page, or one of verification or of an error; or nothing tells where it was.
    """
    kind = media_of(data)
    if kind not in (Media.HTML, Media.ARCHIVED_PAGE):
        raise UsageError(_WHAT.get(kind, "这不是网页"), where=name, hint=_SAVE)
    told: tuple[Fact, ...] = ()
    if kind is Media.ARCHIVED_PAGE:
        data, declared, told = archived_page(data)
        media = declared or ""
    text = decode(data, declared_label(data, media or None))
    if is_too_deep(text):
        raise UsageError("网页的标签嵌套得异常深，已拒绝读取", where=name)
    if trouble := trouble_of(200, text):
        raise UsageError(f"这不是列表页：{trouble}", where=name, hint=_SAVE)
    facts = (*told, *_facts(data, name))
    address = address or next((fact.value for fact in facts if fact.name is FactName.URL), "")
    if not address:
        raise UsageError("网页里没有写它原来的网址", where=name, hint="请用 --address 写出")
    sites = dict.fromkeys(fact.value for fact in facts if fact.name is FactName.SITE)
    return SavedPage(data, text, address, tuple(sites))


def saved_rows(site: SiteProfile, path: Path, address: str) -> tuple[Row, ...]:
    """Return the rows that a profile catches in a saved list page.

    Args:
        site: how it is read.
        path: the file.
        address: where the page was.

    Raises:
        OSError: there is no such file.
    """
    return saved_turn(site, path, address).rows


def saved_turn(site: SiteProfile, path: Path, address: str) -> Turn:
    """Return what a profile catches in a saved list page: its rows, and where the list goes on."""
    data = path.read_bytes()
    return turn_of(site, Ask(address, Role.LIST, address), decode(data, declared_label(data)))


def _facts(data: bytes, name: str) -> tuple[Fact, ...]:
    """Return what a page says of itself; what says little else says nothing."""
    try:
        return read_html(Download(Filing("saved", name, name), data, "")).facts
    except ReadError:
        return ()
